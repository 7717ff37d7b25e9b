"""Surveys for programs: what the pages show the same person, and never an answer, an invitation or anybody's words."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from headship.voice import upkeep
from headship.voice.models import Figure, Survey
from headship.voice.promise_actions import Promised, make_promise
from tests import cast as everybody
from tests.voice import flow
from tests.voice.flow import AT, TODAY

pytestmark = pytest.mark.django_db
HERE = f"/api/v1/schools/{everybody.OWN}"


@pytest.fixture
def survey(cast):
    """An open pulse that twelve teachers are asked, of whom seven answered."""
    survey = flow.ask(cast, flow.begin(cast), flow.asked(flow.staff(cast, 12), "Teachers"))
    for at, each in enumerate(survey.invitations.order_by("person__name")[:7]):
        flow.answer(survey, each, {"load": at % 5, "backed": 4}, {"one-thing": f"Shorter meetings {at}"})
    return survey


def get(cast, who, path):
    answer = cast.program(who).get(HERE + path)
    return answer.status_code, json.loads(answer.content)


def test_the_list_holds_what_the_page_lists(cast, survey):
    draft = flow.begin(cast)
    feedback = flow.feedback(cast, "middle_leader")
    for who, keys in (
        ("headteacher", {survey.pk, draft.pk}),
        ("teacher", {survey.pk}),
        ("middle_leader", {survey.pk, feedback.pk}),
    ):
        status, given = get(cast, who, "/surveys")
        assert (status, {each["id"] for each in given["items"]}, given["total"]) == (200, keys, len(keys))


def test_progress_is_told_in_fives_to_whoever_runs_it(cast, survey):
    _, uncounted = get(cast, "headteacher", f"/surveys/{survey.pk}")
    assert uncounted["progress"] == []
    upkeep.count_progress(AT + timedelta(days=1))
    _, own = get(cast, "headteacher", f"/surveys/{survey.pk}")
    assert [(each["group"], each["asked"], each["answered_at_least"]) for each in own["progress"]] == [
        ("Everybody", 12, 5),
        ("Teachers", 12, 5),
    ]
    assert (own["answered"], own["results"]) == (None, False)
    _, others = get(cast, "senior_leader", f"/surveys/{survey.pk}")
    assert others["progress"] == []


def test_only_released_figures_are_given_and_nobodys_words(cast, survey):
    assert get(cast, "headteacher", f"/surveys/{survey.pk}/figures")[0] == 403
    closed = flow.close(cast, survey)
    Figure.objects.filter(survey=closed, question="load", group="Teachers").update(count=None, mean=None)
    status, given = get(cast, "teacher", f"/surveys/{closed.pk}/figures?limit=100")
    cells = {(each["question"], each["group"]): each for each in given["items"]}
    assert (status, set(cells)) == (200, {("load", ""), ("backed", ""), ("backed", "Teachers")})
    assert (cells["backed", ""]["nearly_all"], cells["backed", ""]["mean"]) == ("Strongly agree", None)
    assert "Shorter meetings" not in json.dumps(given)
    Survey.objects.filter(pk=closed.pk).update(visibility="leaders")
    assert get(cast, "teacher", f"/surveys/{closed.pk}/figures")[0] == 403


def test_feedback_is_given_to_whom_it_is_about_alone(cast):
    feedback = flow.feedback(cast)
    status, given = get(cast, "headteacher", f"/surveys/{feedback.pk}")
    assert (status, given["about_me"], given["results"]) == (200, True, True)
    flow.shown(cast, feedback, "senior_leader")
    for who in ("senior_leader", "chair", "teacher"):
        assert get(cast, who, f"/surveys/{feedback.pk}")[0] == 404
        assert get(cast, who, f"/surveys/{feedback.pk}/figures")[0] == 404
    assert get(cast, "headteacher", f"/surveys/{feedback.pk}/figures")[0] == 200


def test_promises_name_staff_to_those_who_know_them(cast, survey):
    closed = flow.close(cast, survey)
    promised = Promised("Meetings are long", "End them after an hour", cast.people["teacher"].pk, TODAY, "load")
    make_promise(by=cast.scope("headteacher"), at=AT, once=uuid4(), survey=closed.pk, promised=promised)
    for who, owner in (("headteacher", cast.people["teacher"].name), ("governor", "Somebody who works here")):
        _, given = get(cast, who, "/promises")
        assert [(each["doing"], each["owner"]) for each in given["items"]] == [("End them after an hour", owner)]
