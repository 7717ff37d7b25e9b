"""On paper: a form for each code, and one person who types in what comes back, by the same way as a link."""

import io
import logging
from dataclasses import replace

import docx
import pytest
from django.test import Client

from headship.core.errors import Refused, Unusable
from headship.core.models import AuditEvent
from headship.core.visibility import Visibility
from headship.people.models import Post
from headship.voice import actions, codes, paper_actions, paper_queries, queries, rules, sheets, waiting
from headship.voice.choices import State
from headship.voice.models import Sheet, Survey
from tests.voice import flow
from tests.voice.flow import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(cast):
    """An open survey with six codes for helpers, typed in by the office."""
    made, by = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher")
    actions.ask_by_code(by=by, at=AT, survey=made.pk, version=1, group="Helpers", count=6)
    actions.open_survey(by=by, at=AT, survey=made.pk, version=2)
    paper_actions.name_typist(
        by=by, at=AT, survey=made.pk, version=3, typist=cast.people["office"].pk, paper_to="the blue box"
    )
    made.refresh_from_db()
    return made


def base(survey):
    return f"/schools/{survey.school.urn}/surveys/{survey.pk}"


def keys(survey, **more):
    """Return a paper on which every line is ticked 4."""
    asked = [each for each in queries.questions(survey) if each.kind != "comment"]
    return {f"q-{each.code}": "4" for each in asked} | more


def typing(cast, survey):
    """Return the typist's address: what their page leads to."""
    page = cast.client("office").get(f"{base(survey)}/typing").content.decode()
    return "/answer/typed/" + page.partition('href="/answer/typed/')[2].partition('"')[0]


def test_a_code_is_short_random_and_read_as_it_is_typed(survey):
    tokens = [flow.token_of(each) for each in survey.invitations.all()]
    assert {len(each) for each in tokens} == {12}
    assert len(set(tokens)) == 6
    spaced = codes.spaced(tokens[0])
    for typed in (tokens[0], spaced, spaced.lower(), f"https://head.example/answer/{spaced}/"):
        assert queries.invited_by(typed) is not None, typed
    assert Client().get(f"/answer/{spaced}").status_code == 200


def test_each_paper_has_its_code_the_boxes_and_who_sees_it(cast, survey):
    given = cast.client("headteacher").get(f"{base(survey)}/papers?group=Helpers&as=word")
    document = docx.Document(io.BytesIO(given.content))
    words = "\n".join(each.text for each in document.paragraphs)
    spaced = sorted(codes.spaced(flow.token_of(each)) for each in survey.invitations.all())
    assert sorted(line.removeprefix("Your code: ") for line in words.splitlines() if "Your code" in line) == spaced
    feet = {section.footer.paragraphs[0].text for section in list(document.sections)[1:]}
    assert feet == {f"How are we? · code {each}" for each in spaced}
    assert words.count("Neither\N{NO-BREAK SPACE}agree") == 6 * 5
    for once in ("types in what you tick and write", "put it here: the blue box", "What one thing would make"):
        assert words.count(once) == 6, once
    assert cast.people["office"].name not in words


@pytest.mark.parametrize("large", ["", "&large=1"])
def test_papers_are_pdf_that_screen_readers_read(cast, survey, large):
    given = cast.client("headteacher").get(f"{base(survey)}/papers?group=Helpers{large}")
    assert given.content[:5] == b"%PDF-"
    assert b"pdfuaid:part" in given.content


def test_no_such_papers(cast, survey):
    head = cast.client("headteacher")
    for asked in ("group=Others", "group=Helpers&part=2", "group=Helpers&part=0", "group=Helpers&part=x"):
        assert head.get(f"{base(survey)}/papers?{asked}").status_code == 404, asked


def test_a_typed_paper_is_a_sheet_as_any_other_and_tells_nothing_of_who_typed(cast, survey, caplog):
    address, token = typing(cast, survey), flow.token_of(survey.invitations.first())
    events, client = AuditEvent.objects.count(), cast.client("office")
    with caplog.at_level(logging.INFO):
        page = client.get(address)
        sent = client.post(
            address, keys(survey, code=token, **{"q-load": "0", "q-clear": "-", "q-one-thing": "Tea"}, named="")
        )
    assert (page.status_code, dict(page.cookies)) == (200, {})
    assert (sent.status_code, sent["Location"]) == (302, f"{address}?kept=1")
    assert cast.people["office"].name not in page.content.decode()
    told = [each.told["route"] for each in caplog.records if hasattr(each, "told")]
    assert told == ["/schools/<int:urn>/surveys/<int:survey>/typing"]  # that the signed-in page was opened, no more
    assert AuditEvent.objects.count() == events
    kept = sheets.opened(Sheet.objects.get().sealed)
    assert kept.steps == {"look-forward": 3, "load": sheets.UNSURE, "backed": 3, "heard": 3}
    assert (kept.words, kept.groups, kept.named) == ({"one-thing": "Tea"}, {"Post": "Helpers"}, "")
    assert "That paper is in" in client.get(sent["Location"]).content.decode()


def test_a_code_counts_once_however_it_comes(cast, survey):
    address, token = typing(cast, survey), flow.token_of(survey.invitations.first())
    Client().post(f"/answer/{token}", {"q-load": "2"})
    page = Client().post(address, keys(survey, code=token)).content.decode()
    assert "Your answers were received before, and count once" in page
    assert Sheet.objects.count() == 1


def test_a_code_of_another_survey_and_no_code_are_refused(cast, survey):
    other, by = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher")
    actions.ask_by_code(by=by, at=AT, survey=other.pk, version=1, group="Helpers", count=6)
    actions.open_survey(by=by, at=AT, survey=other.pk, version=2)
    address = typing(cast, survey)
    for code in (flow.token_of(other.invitations.first()), "2222-2222-2222", "x" * 200):
        assert "This code is none of this survey" in Client().post(address, keys(survey, code=code)).content.decode()
    assert Sheet.objects.count() == 0


def test_a_half_typed_paper_is_not_taken(cast, survey):
    address, token = typing(cast, survey), flow.token_of(survey.invitations.first())
    for wrong in ({"q-load": ""}, {"q-load": "6"}, {"q-load": "x"}, {"q-load": "44"}):
        page = Client().post(address, keys(survey, code=token, **wrong)).content.decode()
        assert "Line 2: type 1 to 5, 0, or - where nothing is ticked" in page, wrong
    assert Sheet.objects.count() == 0


def test_leave_ends_with_the_survey_its_day_and_another_name(cast, survey):
    address = typing(cast, survey)
    assert Client().get(f"{address}x").status_code == Client().get("/answer/typed/x").status_code == 404
    Survey.objects.filter(pk=survey.pk).update(typist=cast.people["teacher"])
    assert Client().get(address).status_code == 404
    Survey.objects.filter(pk=survey.pk).update(typist=cast.people["office"])
    assert Client().get(address).status_code == 200
    closed = flow.close(cast, survey)
    assert closed.typist_id is None
    assert Client().get(address).status_code == 404


def test_who_types_leads_nothing_here(cast):
    made, by = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher")
    offered = {each.person for each in paper_queries.typists(by)}
    assert offered == {cast.people[each].pk for each in ("office", "support_staff")}
    for wrong in ("headteacher", "senior_leader", "teacher", "other_teacher"):
        with pytest.raises(Unusable, match="leads nothing"):
            paper_actions.name_typist(
                by=by, at=AT, survey=made.pk, version=1, typist=cast.people[wrong].pk, paper_to="a box"
            )
    with pytest.raises(Refused):
        paper_actions.name_typist(
            by=cast.scope("senior_leader"), at=AT, survey=made.pk, version=1, typist=offered.pop(), paper_to="a box"
        )


def test_the_board_names_a_typist_by_their_post(cast):
    names = {each.name for each in paper_queries.typists(cast.scope("chair"))}
    assert names.isdisjoint({cast.people["office"].name, cast.people["support_staff"].name})
    assert len(names) == 2


def test_feedback_on_a_person_is_never_on_paper(cast):
    survey = flow.begin(cast, instrument="headteacher_360", visibility=Visibility.PRIVATE)
    assert "a hand would be known" in rules.ask_on_paper(cast.scope("headteacher"), queries.facts(survey))
    assert cast.client("headteacher").get(f"{base(survey)}/paper").status_code == 403


def test_only_who_was_named_types_in(cast, survey):
    assert cast.client("office").get(f"{base(survey)}/typing").status_code == 200
    assert cast.client("support_staff").get(f"{base(survey)}/typing").status_code == 403
    assert cast.client("headteacher").get(f"{base(survey)}/typing").status_code == 403
    assert [each.words for each in waiting.next_actions(cast.scope("office"))] == [
        "Type in the papers of “How are we?”"
    ]
    assert "Type in papers" in cast.client("office").get(base(survey)).content.decode()
    assert "Type in papers" not in cast.client("support_staff").get(base(survey)).content.decode()


def test_papers_wait_for_a_typist_and_for_the_survey_to_open(cast):
    made, by, head = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher"), cast.client("headteacher")
    assert "Make codes for a group first" in head.get(f"{base(made)}/paper").content.decode()
    actions.ask_by_code(by=by, at=AT, survey=made.pk, version=1, group="Helpers", count=230)
    assert "can be printed when the survey is open" in head.get(f"{base(made)}/paper").content.decode()
    actions.open_survey(by=by, at=AT, survey=made.pk, version=2)
    assert "Say first who types in" in head.get(f"{base(made)}/paper").content.decode()
    assert head.get(f"{base(made)}/papers?group=Helpers").status_code == 403
    typed = {"typist": cast.people["office"].pk, "paper_to": "the blue box", "version": 3}
    assert head.post(f"{base(made)}/paper", typed).status_code == 302
    page = head.get(f"{base(made)}/paper").content.decode()
    assert "PDF in large print, part 3 of 3" in page
    made.refresh_from_db()
    assert (made.typist_id, made.paper_to) == (cast.people["office"].pk, "the blue box")


@pytest.mark.parametrize(
    ("rule", "who", "facts", "may"),
    [
        ("ask_on_paper", "headteacher", {}, True),
        ("ask_on_paper", "headteacher", {"state": State.DRAFT}, True),
        ("ask_on_paper", "headteacher", {"state": State.CLOSED}, False),
        ("ask_on_paper", "senior_leader", {}, False),
        ("ask_on_paper", "headteacher", {"about_id": 1}, False),
        ("print_papers", "headteacher", {"typist_id": 1}, True),
        ("print_papers", "headteacher", {"typist_id": None}, False),
        ("print_papers", "headteacher", {"typist_id": 1, "state": State.DRAFT}, False),
        ("print_papers", "senior_leader", {"typist_id": 1}, False),
        ("type_in", "office", {}, True),
        ("type_in", "support_staff", {}, False),
        ("type_in", "office", {"state": State.DRAFT}, False),
        ("type_in", "office", {"state": State.CLOSED}, False),
        ("ask_without_names", "headteacher", {"state": State.DRAFT}, True),
        ("ask_without_names", "headteacher", {}, False),
        ("ask_without_names", "senior_leader", {"state": State.DRAFT}, False),
        ("ask_without_names", "headteacher", {"state": State.DRAFT, "about_id": 1}, False),
        ("theme_comments", "headteacher", {"state": State.CLOSED}, True),
        ("theme_comments", "headteacher", {}, False),
        ("theme_comments", "senior_leader", {"state": State.CLOSED}, False),
        ("theme_comments", "headteacher", {"state": State.CLOSED, "about_id": 1}, False),
    ],
)
def test_each_right_by_itself(cast, rule, who, facts, may):
    given = {
        "state": State.OPEN,
        "run_by_id": cast.people["headteacher"].pk,
        "about_id": None,
        "visibility": Visibility.STAFF,
        "typist_id": cast.people["office"].pk,
    }
    if facts.get("about_id"):
        facts = {**facts, "about_id": cast.people["senior_leader"].pk}
    assert (getattr(rules, rule)(cast.scope(who), rules.Facts(**given | facts)) is None) is may


def test_a_typist_who_comes_to_lead_or_leaves_the_office_types_no_more(cast, survey):
    office, facts = cast.scope("office"), queries.facts(survey)
    assert rules.type_in(office, facts) is None
    assert rules.type_in(replace(office, roles=office.roles | {"senior_leader"}), facts) is not None
    assert rules.type_in(replace(office, roles=frozenset({"teacher"})), facts) is not None
    Post.objects.create(person=cast.people["office"], school=cast.school, role="senior_leader", starts_on=flow.TODAY)
    assert cast.people["office"].pk not in {each.person for each in paper_queries.typists(cast.scope("headteacher"))}
    assert paper_queries.typist_of(cast.scope("headteacher"), survey) is None
    page = cast.client("headteacher").get(f"{base(survey)}/papers?group=Helpers")
    assert "can do so no longer" in page.content.decode()
