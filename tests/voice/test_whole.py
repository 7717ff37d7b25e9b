"""A survey as people go through it: prepared, asked, answered, closed, read, and something done about it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from headship.core.errors import Refused, Stale, Unusable
from headship.core.visibility import Visibility
from headship.evidence.models import Entry
from headship.voice import actions, queries, rules, sheets, upkeep, waiting
from headship.voice.closing import close_overdue
from headship.voice.models import Comment, Figure, Invitation, Promise, Sheet, Survey
from headship.voice.own_actions import see_myself
from headship.voice.promise_actions import Promised, keep_promise, make_promise
from tests.voice import flow
from tests.voice.flow import AT, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    """An open pulse that twelve teachers and six of the support staff are asked."""
    survey = flow.begin(cast)
    teachers, others = flow.staff(cast, 12), flow.staff(cast, 6, "support_staff")
    return flow.ask(cast, survey, flow.asked(teachers, "Teachers") | flow.asked(others, "Support staff"))


def all_answer(survey, *, words=True):
    for at, each in enumerate(survey.invitations.order_by("person__name")):
        said = {"one-thing": f"Shorter meetings {at}"} if words else {}
        flow.answer(survey, each, {"look-forward": at % 5, "load": 4 - at % 5, "backed": 4}, said)


def test_a_closed_survey_holds_figures_and_no_answer(cast, asked):
    all_answer(asked)
    assert Sheet.objects.count() == 18
    closed = flow.close(cast, asked)
    assert (closed.state, closed.answered, Sheet.objects.count()) == ("closed", 18, 0)
    whole = Figure.objects.get(survey=closed, question="look-forward", group="")
    assert (whole.count, sum(whole.spread)) == (18, 18)
    nearly = Figure.objects.get(survey=closed, question="backed", group="")
    assert (nearly.nearly, nearly.mean, nearly.spread) == (4, None, None)
    assert Comment.objects.count() == 18


def test_a_link_answers_once_and_takes_no_cookie(cast, asked):
    link = f"/answer/{flow.token_of(asked.invitations.first())}"
    client = Client()
    page = client.get(link)
    assert page.status_code == 200
    assert not page.cookies
    sent = client.post(link, {"q-look-forward": "3", "q-one-thing": "Less paper"})
    assert (sent.status_code, sent["Location"]) == (302, link)
    assert "Thank you" in client.get(link).content.decode()
    client.post(link, {"q-look-forward": "1"})
    assert Sheet.objects.count() == 1
    assert Invitation.objects.filter(used=True).count() == 1


def test_the_pages_of_a_survey_being_prepared(cast):
    survey = flow.begin(cast, instrument="parents")
    by = cast.scope("headteacher")
    actions.ask_by_code(by=by, at=AT, survey=survey.pk, version=1, group="Year 5", count=30)
    actions.ask_by_code(by=by, at=AT, survey=survey.pk, version=2, group="Year 6", count=3)
    head, base = cast.client("headteacher"), f"/schools/{cast.school.urn}/surveys/{survey.pk}"
    page = head.get(base).content.decode()
    assert "Not by itself: the few others could be worked out" in page
    assert "Too small to be shown by itself" in page
    for path in ("/people", "/preview", "/change"):
        assert head.get(base + path).status_code == 200, path
    people = {f"ask-{cast.people['teacher'].pk}": "on", f"group-{cast.people['teacher'].pk}": "Teachers", "version": 3}
    assert head.post(base + "/people", people).status_code == 302
    assert queries.group_sizes(survey) == {"Post": {"Year 5": 30, "Year 6": 3, "Teachers": 1}}
    typed = {
        "title": "New",
        "opening": "",
        "kept": ["happy"],
        "own": "Lunch is long enough.",
        "visibility": "staff",
        "fewest": 5,
    }
    day = TODAY + timedelta(days=3)
    typed |= {"closes_on_day": day.day, "closes_on_month": day.month, "closes_on_year": day.year, "version": 4}
    typed["once"] = str(survey.once)
    assert head.post(base + "/change", typed).status_code == 302
    survey.refresh_from_db()
    assert [each["code"] for each in survey.questions] == ["happy", "own-1"]


def test_a_promise_is_made_once_kept_and_read_by_those_who_were_asked(cast, asked):
    all_answer(asked)
    closed = flow.close(cast, asked)
    by, once = cast.scope("headteacher"), uuid4()
    promised = Promised("Meetings are long", "End them after an hour", cast.people["teacher"].pk, TODAY, "load")
    keys = {make_promise(by=by, at=AT, once=once, survey=closed.pk, promised=promised) for _ in range(2)}
    promise = Promise.objects.get()
    assert keys == {promise.pk}
    with pytest.raises(Refused):
        keep_promise(by=cast.scope("governor"), at=AT, promise=promise.pk, version=1, came_of_it="No")
    board = cast.client("governor").get(f"/schools/{cast.school.urn}/promises/").content.decode()
    assert "Somebody who works here" in board
    assert cast.people["teacher"].name not in board
    owner = cast.scope("teacher")
    told = [each.words for each in waiting.next_actions(owner)]
    assert told == ["Keep your promise: End them after an hour"]
    keep_promise(by=owner, at=AT, promise=promise.pk, version=1, came_of_it="They end")
    with pytest.raises(Stale):
        keep_promise(by=owner, at=AT, promise=promise.pk, version=1, came_of_it="Again")
    assert Entry.objects.filter(source=f"voice.Promise:{promise.pk}").count() == 1
    somebody = Invitation.objects.filter(survey=closed)[0]
    Invitation.objects.filter(pk=somebody.pk).update(token_hash=queries.hash_of("x"))
    assert "They end" in Client().get("/answer/x").content.decode()


def test_promises_are_made_by_those_who_run_surveys_to_people_here(cast, asked):
    all_answer(asked)
    closed = flow.close(cast, asked)
    promised = Promised("Meetings are long", "End them", cast.people["other_teacher"].pk, TODAY)
    with pytest.raises(Refused):
        make_promise(by=cast.scope("teacher"), at=AT, once=uuid4(), survey=closed.pk, promised=promised)
    with pytest.raises(Unusable):
        make_promise(by=cast.scope("headteacher"), at=AT, once=uuid4(), survey=closed.pk, promised=promised)


def test_results_are_for_their_readers_and_only_when_it_closed(cast, asked):
    facts = queries.facts(asked)
    assert rules.see_results(cast.scope("headteacher"), facts) is not None
    all_answer(asked)
    closed = flow.close(cast, asked)
    Survey.objects.filter(pk=closed.pk).update(visibility="leaders")
    base = f"/schools/{cast.school.urn}/surveys/{closed.pk}"
    assert "Shorter meetings" in cast.client("senior_leader").get(base).content.decode()
    page = cast.client("teacher").get(base).content.decode()
    assert "Shorter meetings" not in page
    assert "The results are for others" in page


def test_one_who_left_between_two_askings_cannot_be_worked_out(cast):
    people = flow.staff(cast, 12)
    first = flow.ask(cast, flow.begin(cast), flow.asked(people, "Teachers"))
    all_answer(first, words=False)
    flow.close(cast, first)
    again = flow.ask(cast, flow.begin(cast), flow.asked(people, "Teachers"))
    all_answer(again, words=False)
    flow.close(cast, again)
    fewer = flow.ask(cast, flow.begin(cast), flow.asked(people[:11], "Teachers"))
    all_answer(fewer, words=False)
    flow.close(cast, fewer)
    counts = [Figure.objects.get(survey=each, question="load", group="").count for each in (first, again, fewer)]
    assert counts == [12, 12, None]


def test_people_asked_on_paper_are_somebody_new_each_time(cast):
    first = flow.ask(cast, flow.begin(cast), flow.asked(flow.staff(cast, 6), "Teachers"))
    all_answer(first, words=False)
    flow.close(cast, first)
    again, by = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher")
    actions.ask_by_code(by=by, at=AT, survey=again.pk, version=1, group="Helpers", count=6)
    actions.open_survey(by=by, at=AT, survey=again.pk, version=2)
    again.refresh_from_db()
    all_answer(again, words=False)
    flow.close(cast, again)
    assert Figure.objects.get(survey=again, question="load", group="Helpers").count == 6


def test_of_fewer_than_five_answers_nothing_stays(cast, asked):
    for each in asked.invitations.all()[:4]:
        flow.answer(asked, each, {"load": 1}, {"one-thing": "Alone"})
    closed = flow.close(cast, asked)
    assert (closed.answered, Comment.objects.count(), Sheet.objects.count()) == (None, 0, 0)
    assert set(Figure.objects.values_list("count", flat=True)) == {None}


def test_the_pages_of_the_head(cast, asked):
    head = cast.client("headteacher")
    base = f"/schools/{cast.school.urn}/surveys/"
    for path in ("", "new", "new/staff_pulse", f"{asked.pk}", f"{asked.pk}/preview"):
        assert head.get(base + path).status_code == 200, path
    all_answer(asked)
    flow.close(cast, asked)
    page = head.get(f"{base}{asked.pk}").content.decode()
    assert "Shorter meetings" in page


def test_a_survey_closes_by_itself_after_its_last_day(cast, asked):
    all_answer(asked)
    assert upkeep.close_overdue(AT) == "Surveys closed after their last day: 0."
    Survey.objects.filter(pk=asked.pk).update(closes_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused):
        close_overdue(by=cast.scope("headteacher"), at=AT, survey=asked.pk)
    assert upkeep.close_overdue(AT) == "Surveys closed after their last day: 1."
    assert upkeep.close_overdue(AT) == "Surveys closed after their last day: 0."
    asked.refresh_from_db()
    assert (asked.state, asked.answered, Sheet.objects.count()) == ("closed", 18, 0)


def test_a_changed_key_opens_what_waits_sealed(cast, asked, settings):
    flow.answer(asked, asked.invitations.first(), {"load": 1})
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert actions.seal_anew() == 19
    settings.SECRET_KEY_FALLBACKS = []
    assert sheets.opened(Sheet.objects.get().sealed).steps == {"load": 1}


def test_feedback_stands_beside_how_one_sees_oneself_and_leads_on(cast):
    survey = flow.begin(cast, instrument="headteacher_360", visibility=Visibility.PRIVATE)
    head = cast.scope("headteacher")
    see_myself(by=head, at=AT, survey=survey.pk, steps=dict.fromkeys(("values-said", "listens"), 0))
    survey = flow.ask(cast, survey, flow.asked(flow.staff(cast, 8), "staff"))
    for at, each in enumerate(survey.invitations.order_by("person__name")):
        seen = [question.code for question in queries.questions(survey) if question.is_for("staff")]
        flow.answer(survey, each, {code: 1 + (at + place) % 4 for place, code in enumerate(seen)})
    flow.close(cast, survey)
    page = cast.client("headteacher").get(f"/schools/{cast.school.urn}/surveys/{survey.pk}").content.decode()
    for words in (
        "What others see most of",
        "Others see more of this than you do",
        "Set yourself a goal",
        "Note something you learned",
    ):
        assert words in page
    assert cast.client("senior_leader").get(f"/schools/{cast.school.urn}/surveys/{survey.pk}").status_code == 404
