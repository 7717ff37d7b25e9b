"""People asked by name who have no address: marked, and asked by a printed link that tells nobody anything of them."""

import io
import re
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from headship.core.errors import Refused, require
from headship.people.models import Person
from headship.voice import actions, codes, queries, rules, tasks
from headship.voice.choices import State
from headship.voice.models import Invitation, Sheet, Survey
from tests.cast import Cast
from tests.voice import flow


@pytest.fixture
def survey(cast: Cast) -> Survey:
    """Ask eight people, of whom two have no address."""
    people = flow.staff(cast, 8)
    Person.objects.filter(pk__in=[each.pk for each in people[:2]]).update(email="")
    return flow.ask(cast, flow.begin(cast), flow.asked(people, "Teachers"))


def base(cast: Cast, survey: Survey) -> str:
    return f"/schools/{cast.school.urn}/surveys/{survey.pk}"


def test_they_are_marked_before_and_counted_while_it_is_open(cast):
    one, two = flow.staff(cast, 2)
    Person.objects.filter(pk=one.pk).update(email="")
    draft, head = flow.begin(cast), cast.client("headteacher")
    page = head.get(base(cast, draft) + "/people").content.decode()
    at = page.index(f'name="ask-{one.pk}"')
    assert "No e-mail address here" in page[at : page.index(f'name="group-{one.pk}"')]
    at = page.index(f'name="ask-{two.pk}"')
    assert "No e-mail address here" not in page[at : page.index(f'name="group-{two.pk}"')]
    by, groups = cast.scope("headteacher"), flow.asked([one, two], "Teachers")
    actions.ask_people(by=by, at=flow.AT, survey=draft.pk, version=1, people=groups)
    assert "2 asked, 1 of them by a printed link" in head.get(base(cast, draft)).content.decode()


def test_nobody_named_is_left_without_a_way_to_answer(cast, survey):
    mailed, printed = set(queries.mailed(survey)), set(queries.to_print(survey))
    assert (len(mailed), len(printed)) == (6, 2)
    assert mailed | printed == set(survey.invitations.all())
    told = tasks.mail_links(by=cast.scope("headteacher"), survey=survey, origin="https://school.example")
    assert told == (
        "6 people are being mailed their link. Print the links of the 2 without an e-mail address, and hand them out."
    )
    page = cast.client("headteacher").get(base(cast, survey)).content.decode()
    assert "2 of those you ask by name have no e-mail address here" in page


def test_each_has_a_sheet_with_a_name_and_a_link_that_works(cast, survey):
    head = cast.client("headteacher")
    given = head.get(base(cast, survey) + "/links?as=word")
    assert given.status_code == 200
    words = words_of(given.content)
    for each in queries.to_print(survey):
        address = reverse("answer", args=[codes.spaced(flow.token_of(each))])
        assert each.person.name in words
        assert address in words
        assert Client().get(address).status_code == 200
    for each in queries.mailed(survey):
        assert each.person.name not in words
    assert head.get(base(cast, survey) + "/links").content.startswith(b"%PDF")


def test_whoever_printed_a_link_cannot_see_whether_it_was_used(cast, survey):
    used, other = queries.to_print(survey)
    before = [Client().get(reverse("answer", args=[flow.token_of(each)])).content.decode() for each in (used, other)]
    address = reverse("answer", args=[flow.token_of(used)])
    sent = Client().post(address, {"q-load": "2"})
    assert (sent.status_code, sent["Location"]) == (302, f"{address}?sent=1")
    assert Sheet.objects.count() == 1
    after = [Client().get(reverse("answer", args=[flow.token_of(each)])).content.decode() for each in (used, other)]
    assert [drafts_out(each) for each in after] == [drafts_out(each) for each in before]
    thanks = [Client().get(f"{reverse('answer', args=[flow.token_of(each)])}?sent=1").content for each in (used, other)]
    assert b"Thank you" in thanks[0]
    assert b"Thank you" in thanks[1]
    # An address that is given to them later makes the printed link no different.
    Person.objects.filter(pk=used.person_id).update(email="now@school.example")
    assert drafts_out(Client().get(address).content.decode()) == drafts_out(before[0])
    Client().post(address, {"q-load": "0"})
    assert Sheet.objects.count() == 1


def drafts_out(page: str) -> str:
    """Return a page without the mark by which the device keeps a draft."""
    return page.split("<form", maxsplit=1)[0].split("</head>", maxsplit=1)[1]


def test_only_its_runner_prints_links_and_only_while_it_is_open(cast, survey):
    facts = queries.facts(survey)
    assert rules.print_links(cast.scope("headteacher"), facts) is None
    with pytest.raises(Refused):
        require(rules.print_links(cast.scope("senior_leader"), facts))
    assert cast.client("senior_leader").get(base(cast, survey) + "/links").status_code == 403
    closed = flow.close(cast, survey)
    assert closed.state == State.CLOSED
    assert cast.client("headteacher").get(base(cast, survey) + "/links").status_code == 403
    assert not Invitation.objects.filter(survey=closed).exclude(sealed_token="").exists()


def words_of(document: bytes) -> str:
    """Return what a document for Word says."""
    with ZipFile(io.BytesIO(document)) as file:
        return re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())
