"""Asked by an address alone: read whole, previewed, mailed a link, reminded unseen, forgotten at the end."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from headship.core.errors import Refused, Unusable
from headship.core.models import AuditEvent
from headship.core.visibility import Visibility
from headship.voice import actions, addresses, mail_actions, queries, tasks
from headship.voice.models import Invitation
from tests.core import hostile
from tests.voice import flow
from tests.voice.flow import AT

PARENTS = [(f"parent{at}@home.example", "Parents of Year 5" if at < 7 else "Parents of Year 6") for at in range(13)]


@pytest.fixture
def draft(cast):
    return flow.begin(cast, instrument="parents")


@pytest.fixture
def asked(cast, draft):
    by = cast.scope("headteacher")
    mail_actions.ask_by_mail(by=by, at=AT, survey=draft.pk, version=1, addresses=PARENTS)
    actions.open_survey(by=by, at=AT, survey=draft.pk, version=2)
    draft.refresh_from_db()
    return draft


def base(survey):
    return f"/schools/{survey.school.urn}/surveys/{survey.pk}"


def mail(cast, survey):
    for each in queries.mailed(survey):
        account = cast.accounts["headteacher"].pk
        tasks.mail_link.call(str(each.pk), account, cast.school.urn, "https://school.example")


@pytest.mark.parametrize(
    ("text", "group", "found"),
    [
        ("Ann@Home.example", "Year 5", [("ann@home.example", "Year 5")]),
        ("E-mail,Group\nann@home.example,Year 5", "", [("ann@home.example", "Year 5")]),
        ("ann@home.example\tYear 5; green\n\n", "", [("ann@home.example", "Year 5; green")]),
        ('ann@home.example; "Year 5"', "", [("ann@home.example", "Year 5")]),
        ("ann@home.example, Year  5 ,,", "", [("ann@home.example", "Year 5")]),
    ],
)
def test_what_is_pasted_is_read_as_people_paste_it(text, group, found):
    assert addresses.pasted(text, group).found == found


def test_every_fault_is_told_by_its_line_and_nothing_is_taken():
    with pytest.raises(Unusable) as told:
        addresses.pasted("ann@home.example, Year 5\nnobody\nbo@home.example\ncy@home.example, a, b\n" + "x" * 99, "")
    assert str(told.value).splitlines() == [
        "Line 2: “nobody” is no e-mail address.",
        "Line 3: bo@home.example has no group. Write one behind it, or give one for all below.",
        "Line 4: has more than an address and a group. Take the other columns out.",
        f"Line 5: “{'x' * 60}” is no e-mail address.",
    ]
    with pytest.raises(Unusable) as many:
        addresses.pasted("\n".join(["nobody"] * 73), "A")
    assert str(many.value).splitlines()[50:] == ["There are 23 more like these."]
    with pytest.raises(Unusable, match="No address stands there"):
        addresses.pasted(" \n", "A")


def test_what_comes_twice_is_told_and_asked_once():
    read = addresses.pasted(
        "ann@home.example, A\nANN@home.example, B\nhari@school.example, B", "", {"Hari@school.example"}
    )
    assert read.found == [("ann@home.example", "A")]
    assert read.told == [
        "Line 2: ann@home.example stands in line 1 already, and is asked once, in A.",
        "Line 3: hari@school.example is somebody you ask by name, and is left out here.",
    ]


@pytest.mark.django_db
def test_a_table_is_read_looked_at_and_then_asked(cast, draft, tmp_path):
    head = cast.client("headteacher")
    rows = [("Pip", group, address) for address, group in PARENTS]
    made = hostile.workbook(tmp_path, ("Child", "Class", "Parent's e-mail"), rows)
    file = SimpleUploadedFile("parents.xlsx", made.read_bytes())
    page = head.post(f"{base(draft)}/addresses", {"file": file, "group": "", "version": 1})
    assert "13 addresses can be asked" in page.content.decode()
    assert Invitation.objects.count() == 0
    assert page.content.decode().count("@home.example\tParents of Year") == 13
    lines = "\r\n".join(f"{address}\t{group}" for address, group in PARENTS)
    assert head.post(f"{base(draft)}/addresses/ask", {"pasted": lines, "version": 1}).status_code == 302
    assert queries.group_sizes(draft) == {"Post": {"Parents of Year 5": 7, "Parents of Year 6": 6}}
    people = head.get(f"{base(draft)}/people").content.decode()
    given = head.get(f"{base(draft)}/addresses").content.decode()
    assert "Parents of Year 5" in people
    assert "parent1@home.example" not in people + given
    assert head.post(f"{base(draft)}/addresses/ask", {"pasted": "", "version": 2}).status_code == 302
    assert Invitation.objects.count() == 0


@pytest.mark.django_db
def test_a_table_at_fault_is_told_on_the_form(cast, draft):
    head = cast.client("headteacher")
    file = SimpleUploadedFile("parents.csv", b"E-mail,Group\nann@home.example,A\nnobody,A\n")
    page = head.post(f"{base(draft)}/addresses", {"file": file, "group": "", "version": 1}).content.decode()
    assert "Line 3: “nobody” is no e-mail address." in page
    other = SimpleUploadedFile("parents.csv", b"Name,Group\nAnn,A\n")
    page = head.post(f"{base(draft)}/addresses", {"file": other, "group": "", "version": 1}).content.decode()
    assert "has no column of addresses" in page
    large = SimpleUploadedFile("parents.csv", b"E-mail\n" + b"x" * addresses.LARGEST)
    page = head.post(f"{base(draft)}/addresses", {"file": large, "group": "", "version": 1}).content.decode()
    assert "is larger than 1 MB" in page


@pytest.mark.django_db
def test_each_is_mailed_a_link_of_their_own_that_names_nobody(cast, asked, mailoutbox):
    mail(cast, asked)
    assert sorted(each.to[0] for each in mailoutbox) == sorted(address for address, _ in PARENTS)
    bodies = [each.body for each in mailoutbox]
    assert len(set(bodies)) == 13
    for each in mailoutbox:
        assert "Parents of Year" not in each.body + each.subject
        assert "It is deleted when the survey closes" in each.body
        assert each.body.count("/no-more") == 1
    link = bodies[0].split("https://school.example")[1].split()[0]
    assert Client().get(link).status_code == 200


@pytest.mark.django_db
def test_a_reminder_goes_to_those_who_did_not_answer_and_names_nobody(cast, asked, mailoutbox):
    first = asked.invitations.order_by("email").first()
    flow.answer(asked, first, {"happy": 3})
    actions.remind(by=cast.scope("headteacher"), at=AT, survey=asked.pk, version=asked.version)
    mail(cast, asked)
    assert first.email not in {each.to[0] for each in mailoutbox}
    assert len(mailoutbox) == 12
    assert all(len(each.to) == 1 and not each.cc and not each.bcc for each in mailoutbox)


@pytest.mark.django_db
def test_whoever_wants_no_more_is_forgotten_and_can_still_answer(cast, asked, mailoutbox, caplog):
    one, other = asked.invitations.order_by("email")[:2]
    token, events = flow.token_of(one), AuditEvent.objects.count()
    with caplog.at_level(logging.INFO):
        assert "Send me no more" in Client().get(f"/answer/{token}/no-more").content.decode()
        assert "not here any more" in Client().post(f"/answer/{token}/no-more").content.decode()
    assert [each for each in caplog.records if hasattr(each, "told")] == []
    assert AuditEvent.objects.count() == events
    one.refresh_from_db()
    assert (one.email, one.sealed_token) == ("", "")
    mail(cast, asked)
    assert len(mailoutbox) == 12
    assert queries.codes_by_group(asked) == []  # nor is it printed
    assert Client().post(f"/answer/{token}", {"q-happy": "3"}).status_code == 302
    assert Client().get("/answer/nothing/no-more").status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(survey=asked, email=other.email, token_hash="another", sealed_token="")


@pytest.mark.django_db
def test_of_people_with_a_post_and_of_codes_nothing_is_forgotten(cast, draft):
    people = flow.staff(cast, 6)
    survey = flow.ask(cast, draft, flow.asked(people, "Teachers"))
    one = survey.invitations.first()
    Client().post(f"/answer/{flow.token_of(one)}/no-more")
    one.refresh_from_db()
    assert one.sealed_token != ""


@pytest.mark.django_db
def test_closing_deletes_the_addresses(cast, asked):
    for each in asked.invitations.order_by("email")[:9]:
        flow.answer(asked, each, {"happy": 3})
    flow.close(cast, asked)
    assert asked.invitations.count() == 13
    assert set(asked.invitations.values_list("email", "sealed_token")) == {("", "")}


@pytest.mark.django_db
def test_who_may_and_how_many(cast, draft):
    for who, fault in (("senior_leader", Refused), ("other_headteacher", Http404)):
        with pytest.raises(fault):
            mail_actions.ask_by_mail(by=cast.scope(who), at=AT, survey=draft.pk, version=1, addresses=PARENTS)
    many = [(f"a{at}@home.example", "A") for at in range(5_001)]
    with pytest.raises(Unusable, match="at most 5,000"):
        mail_actions.ask_by_mail(by=cast.scope("headteacher"), at=AT, survey=draft.pk, version=1, addresses=many)
    feedback = flow.begin(cast, instrument="headteacher_360", visibility=Visibility.PRIVATE)
    with pytest.raises(Refused, match="people with a post"):
        mail_actions.ask_by_mail(by=cast.scope("headteacher"), at=AT, survey=feedback.pk, version=1, addresses=PARENTS)
    assert Invitation.objects.count() == 0
