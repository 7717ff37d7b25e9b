"""Preparing, asking, opening, reminding: who may, what is refused, and that nobody's answer can be found."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.urls import reverse

from headship.core.errors import Refused, Stale, Unusable
from headship.core.visibility import Visibility
from headship.voice import actions, queries, rules, tasks, upkeep
from headship.voice.choices import State
from headship.voice.instruments import question
from headship.voice.models import Invitation, Survey
from tests.voice import flow
from tests.voice.flow import AT, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    return flow.begin(cast)


def test_the_same_form_twice_prepares_one(cast):
    once = uuid4()
    keys = {
        actions.prepare_survey(by=cast.scope("headteacher"), at=AT, once=once, prepared=flow.prepared())
        for _ in range(2)
    }
    assert len(keys) == Survey.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "instrument", "may"),
    [
        ("headteacher", "staff_pulse", True),
        ("senior_leader", "parents", True),
        ("chair", "governors", True),
        ("teacher", "staff_pulse", False),
        ("middle_leader", "staff_pulse", False),
        ("headteacher", "headteacher_360", True),
        ("chair", "headteacher_360", False),
        ("middle_leader", "leader_360", True),
        ("headteacher", "leader_360", False),
    ],
)
def test_who_may_ask_with_what(cast, who, instrument, may):
    assert (rules.prepare(cast.scope(who), instrument) is None) is may


def test_feedback_on_a_person_is_theirs_alone(cast):
    survey = flow.begin(cast, instrument="headteacher_360", visibility=Visibility.PRIVATE)
    assert survey.about == cast.people["headteacher"]
    for who in ("senior_leader", "chair", "teacher"):
        assert queries.survey(cast.scope(who), survey.pk) is None
    assert rules.see_results(cast.scope("chair"), replace(queries.facts(survey), state=State.CLOSED)) is not None
    wrong = flow.prepared("headteacher_360", visibility=Visibility.STAFF)
    with pytest.raises(Unusable):
        actions.prepare_survey(by=cast.scope("headteacher"), at=AT, once=uuid4(), prepared=wrong)


def test_a_draft_is_known_to_whoever_prepares_it(cast, draft):
    assert queries.survey(cast.scope("headteacher"), draft.pk) == draft
    assert queries.survey(cast.scope("senior_leader"), draft.pk) is None
    with pytest.raises(Refused):
        actions.change_survey(
            by=cast.scope("senior_leader"), at=AT, survey=draft.pk, version=1, prepared=flow.prepared()
        )


def test_another_school_has_no_such_survey(cast, draft):
    with pytest.raises(Http404):
        actions.drop_survey(by=cast.scope("other_headteacher"), at=AT, survey=draft.pk, version=1)


def test_two_who_change_it_are_told(cast, draft):
    by = cast.scope("headteacher")
    actions.change_survey(by=by, at=AT, survey=draft.pk, version=1, prepared=flow.prepared(title="Mine"))
    with pytest.raises(Stale):
        actions.change_survey(by=by, at=AT, survey=draft.pk, version=1, prepared=flow.prepared(title="Theirs"))
    draft.refresh_from_db()
    assert draft.title == "Mine"


def test_questions_stay_as_they_were_put(cast, draft):
    own = question({"code": "own-1", "words": "Lunch is long enough."})
    prepared = flow.prepared(questions=[own])
    actions.change_survey(by=cast.scope("headteacher"), at=AT, survey=draft.pk, version=1, prepared=prepared)
    draft.refresh_from_db()
    assert [each.words for each in queries.questions(draft)] == ["Lunch is long enough."]


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_on": TODAY - timedelta(days=1)},
        {"closes_on": TODAY + timedelta(days=91)},
        {"visibility": Visibility.PRIVATE},
        {"visibility": Visibility.PUBLIC},
        {"questions": []},
    ],
)
def test_what_no_form_offers_is_refused(cast, wrong):
    with pytest.raises(Unusable):
        actions.prepare_survey(by=cast.scope("headteacher"), at=AT, once=uuid4(), prepared=flow.prepared(**wrong))


def test_fewer_than_five_are_not_asked(cast, draft):
    people = flow.staff(cast, 4)
    with pytest.raises(Unusable, match="Ask at least 5"):
        flow.ask(cast, draft, flow.asked(people, "Teachers"))
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_only_people_of_the_school_are_asked(cast, draft):
    stranger = cast.people["other_teacher"]
    with pytest.raises(Unusable, match="no post here"):
        actions.ask_people(
            by=cast.scope("headteacher"), at=AT, survey=draft.pk, version=1, people={stranger.pk: {"Post": "Teachers"}}
        )
    assert Invitation.objects.count() == 0


def test_codes_are_made_for_a_group_and_taken_back(cast):
    draft, by = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher")
    actions.ask_by_code(by=by, at=AT, survey=draft.pk, version=1, group="Year 5", count=30)
    actions.ask_by_code(by=by, at=AT, survey=draft.pk, version=2, group="Year 6", count=28)
    assert queries.group_sizes(draft) == {"Post": {"Year 5": 30, "Year 6": 28}}
    actions.ask_by_code(by=by, at=AT, survey=draft.pk, version=3, group="Year 5", count=0)
    assert queries.group_sizes(draft) == {"Post": {"Year 6": 28}}
    with pytest.raises(Unusable, match="at most"):
        actions.ask_by_code(by=by, at=AT, survey=draft.pk, version=4, group="All", count=5_000)


def test_an_open_survey_stays_as_it_is(cast, draft):
    survey = flow.ask(cast, draft, flow.asked(flow.staff(cast, 6), "Teachers"))
    by = cast.scope("headteacher")
    for action, more in (
        (actions.change_survey, {"prepared": flow.prepared()}),
        (actions.ask_people, {"people": {}}),
        (actions.ask_by_code, {"group": "A", "count": 1}),
        (actions.drop_survey, {}),
        (actions.open_survey, {}),
    ):
        with pytest.raises(Refused):
            action(by=by, at=AT, survey=survey.pk, version=survey.version, **more)


def test_how_many_answered_is_told_in_fives_and_never_of_few(cast, draft):
    teachers, others = flow.staff(cast, 12), flow.staff(cast, 6, "support_staff")
    survey = flow.ask(cast, draft, flow.asked(teachers, "Teachers") | flow.asked(others, "Support staff"))
    for each in survey.invitations.filter(person__in=[*teachers[:7], *others[:5]]):
        flow.answer(survey, each, {"load": 1})
    tomorrow = AT + timedelta(days=1)
    assert upkeep.count_progress(AT) == "Surveys counted: 0."
    assert upkeep.count_progress(tomorrow) == "Surveys counted: 1."
    survey.refresh_from_db()
    told = {each.group: (each.count, each.answered) for each in queries.progress(survey)}
    assert told == {"Everybody": (18, 10), "Teachers": (12, 5), "Support staff": (6, None)}


def test_one_that_closes_meanwhile_does_not_keep_the_others_from_being_counted(cast):
    people = flow.asked(flow.staff(cast, 12), "Teachers")
    first, second, third = (flow.ask(cast, flow.begin(cast), people) for _ in range(3))
    tomorrow = AT + timedelta(days=1)
    written: list[str] = []

    def closing(execute, sql, params, many, context):
        """Take the second survey out of what is due once the first was counted."""
        done = execute(sql, params, many, context)
        if sql.startswith('UPDATE "voice_survey"') and not written:
            written.append(sql)
            Survey.objects.filter(pk=second.pk).update(counted_on=TODAY + timedelta(days=1))
        return done

    with connection.execute_wrapper(closing):
        assert upkeep.count_progress(tomorrow) == "Surveys counted: 2."
    assert [bool(Survey.objects.get(pk=each.pk).progress) for each in (first, second, third)] == [True, False, True]


def test_nobody_can_watch_it_turn(cast, draft):
    """Counted once a day: somebody who answers changes nothing that anybody sees on that day."""
    survey = flow.ask(cast, draft, flow.asked(flow.staff(cast, 12), "Teachers"))
    base = f"/schools/{cast.school.urn}/surveys/{survey.pk}"
    head, tomorrow = cast.client("headteacher"), AT + timedelta(days=1)
    assert "from tomorrow on" in head.get(base).content.decode()
    asked = list(survey.invitations.all())
    for each in asked[:4]:
        flow.answer(survey, each, {"load": 1})
    upkeep.count_progress(tomorrow)
    before = head.get(base).content
    assert b"once a day" in before
    flow.answer(survey, asked[4], {"load": 1})
    assert upkeep.count_progress(tomorrow) == "Surveys counted: 0."
    assert words_of(head.get(base).content) == words_of(before)
    assert upkeep.count_progress(tomorrow + timedelta(days=1)) == "Surveys counted: 1."
    assert words_of(head.get(base).content) != words_of(before)


def words_of(body):
    """Return what a page says, without the marks that each form carries."""
    return re.sub(rb'value="[^"]*"|nonce="[^"]*"', b"", body)


def test_only_those_who_have_not_answered_are_mailed(cast, draft, mailoutbox):
    people = flow.staff(cast, 6)
    survey = flow.ask(cast, draft, flow.asked(people, "Teachers"))
    first = survey.invitations.get(person=people[0])
    flow.answer(survey, first, {"load": 1})
    by = cast.scope("headteacher")
    actions.remind(by=by, at=AT, survey=survey.pk, version=survey.version)
    for each in queries.mailed(survey):
        tasks.mail_link.call(str(each.pk), by.account_id, cast.school.urn, "https://school.example")
    assert sorted(each.to[0] for each in mailoutbox) == sorted(each.email for each in people[1:])
    links = [each.body.split("https://school.example/answer/")[1].split()[0] for each in mailoutbox]
    assert {queries.hash_of(each) for each in links} == {
        each.token_hash for each in survey.invitations.filter(used=False)
    }


def test_people_are_reminded_once_a_day(cast, draft):
    survey = flow.ask(cast, draft, flow.asked(flow.staff(cast, 6), "Teachers"))
    by, told = cast.scope("headteacher"), {"survey": survey.pk, "version": survey.version}
    actions.remind(by=by, at=AT, **told)
    with pytest.raises(Unusable, match="reminded today"):
        actions.remind(by=by, at=AT, **told)
    page = cast.client("headteacher").get(reverse("survey", kwargs={"urn": cast.school.urn, "survey": survey.pk}))
    assert "Whoever has not answered was reminded today." in page.content.decode()
    actions.remind(by=by, at=AT + timedelta(days=1), **told)


def test_a_survey_that_never_opened_is_thrown_away(cast, draft):
    actions.drop_survey(by=cast.scope("headteacher"), at=AT, survey=draft.pk, version=1)
    assert Survey.objects.count() == 0
