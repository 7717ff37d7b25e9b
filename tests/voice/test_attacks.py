"""What somebody tries who wants to find out who answered, or what: subtracting, asking again, looking twice."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, combinations_with_replacement
from uuid import uuid4

import numpy as np
import pytest
from django.test import Client

from headship.analysis import figures
from headship.core.errors import Refused, Unusable
from headship.core.models import AuditEvent
from headship.core.visibility import Visibility
from headship.people.models import Post
from headship.privacy import actions as privacy
from headship.privacy import queries as requests
from headship.privacy.choices import Asked
from headship.voice import (
    actions,
    complaint_actions,
    complaint_queries,
    forms,
    instruments,
    masking,
    paper_actions,
    paper_queries,
    queries,
    releasing,
    share_queries,
    upkeep,
)
from headship.voice.choices import Why
from headship.voice.complaint_choices import Outcome, Part, Stage
from headship.voice.models import Figure, Sheet
from headship.voice.sheets import Answers
from tests.voice import flow
from tests.voice.complaining import complain, hand, move, told
from tests.voice.flow import AT, TODAY

pytestmark = pytest.mark.django_db
LOAD = {"question": "load"}


def question(code="load"):
    return next(each for each in instruments.instruments()["staff_pulse"].questions if each.code == code)


def given(**groups):
    """Return answers to one question, by team."""
    return [Answers({"Team": team}, {"load": step}) for team, steps in groups.items() for step in steps]


def released(answers):
    cells = releasing.cells(answers, [question()], 5, asked=[each.groups for each in answers])
    return {each.group or "all": each for each in cells}


def test_a_group_stands_in_results_whether_anybody_of_it_answered_or_not(cast):
    people = flow.staff(cast, 12)
    groups = flow.asked(people[1:], "Teachers") | flow.asked(people[:1], "Teachers", "Caretaker")
    stood = []
    for title in ("One", "Two"):
        survey = flow.ask(cast, flow.begin(cast, title=title), groups)
        for each in survey.invitations.all():
            if title == "One" or each.person_id != people[0].pk:
                flow.answer(survey, each, {"load": each.person_id % 5})
        flow.close(cast, survey)
        cells = Figure.objects.filter(survey=survey, **LOAD).order_by("pk")
        stood.append([(each.variable, each.group, each.count) for each in cells if each.variable])
    teachers = ("Post", "Teachers")
    assert stood == [[(*teachers, 12), ("Team", "Caretaker", None)], [(*teachers, None), ("Team", "Caretaker", None)]]


def test_nobody_answered_and_the_groups_stand_all_the_same(cast):
    survey = flow.ask(cast, flow.begin(cast), flow.asked(flow.staff(cast, 6), "Teachers"))
    flow.close(cast, survey)
    assert set(Figure.objects.filter(**LOAD).values_list("group", "count")) == {("", None), ("Teachers", None)}


def test_one_mind_cannot_be_worked_out_by_subtracting():
    found = released(given(first=[0, 1, 2, 3, 4, 2], second=[4] * 6))
    assert found["second"].nearly == 4
    assert found["all"].mean is not None
    assert (found["first"].count, found["first"].mean) == (None, None)


def test_nor_that_of_groups_too_small_to_be_shown():
    found = released(given(first=[0, 1, 2, 3, 4, 2], second=[4] * 3, third=[4] * 3))
    assert (found["second"].count, found["third"].count, found["first"].count) == (None, None, None)
    assert found["all"].count == 12


def test_where_nothing_is_of_one_mind_all_is_told():
    found = released(given(first=[0, 1, 2, 3, 4, 2], second=[4, 1, 4, 2, 3, 0]))
    assert {name: each.count for name, each in found.items()} == {"all": 12, "first": 6, "second": 6}


def test_a_remainder_inside_a_group_of_another_variable_counts_too():
    steps = np.array([0.0, 1, 2, 3, 4, 4, 4, 4, 4, 4])
    whole, post, team = np.ones(10, bool), np.arange(10) < 10, np.arange(10) < 5
    telling = [masking.Telling(at, at - 1, each) for at, each in enumerate((whole, post, team))]
    assert masking.told_of_the_rest(steps, telling) == {2}


def of_one_mind(answers):
    """Return how many sets of people, worked out of the means that are shown, chose one step all together."""
    cells = releasing.cells(answers, [question()], 5, asked=[each.groups for each in answers])
    shown = [each for each in cells if each.mean is not None]
    kinds = sorted({(each.groups["Post"], each.groups["Team"]) for each in answers})
    rows = np.array([[not one.variable or one.group in kind for kind in kinds] for one in shown], dtype=float)
    chosen = {kind: {one.steps["load"] for one in answers if (*one.groups.values(),) == kind} for kind in kinds}
    found = 0
    for size in range(1, len(kinds) + 1) if shown else ():
        for some in combinations(range(len(kinds)), size):
            wanted = np.isin(np.arange(len(kinds)), some).astype(float)
            follows = np.allclose(rows.T @ np.linalg.lstsq(rows.T, wanted)[0], wanted, atol=1e-8)
            found += follows and len(set().union(*(chosen[kinds[at]] for at in some))) == 1
    return found


def test_no_sum_of_groups_gives_one_mind():
    rng, found = random.Random(5), []
    for _ in range(80):
        answers = []
        for _ in range(rng.randint(14, 30)):
            post = rng.choice("ABC")
            team = rng.choice("XYZ") if rng.random() < 0.5 else {"A": "X", "B": "Y", "C": "Z"}[post]
            step = 4 if rng.random() < {"A": 0.5, "B": 0.98, "C": 0.9}[post] else rng.randint(0, 4)
            answers.append(Answers({"Post": post, "Team": team}, {"load": step}))
        found.append(of_one_mind(answers))
    assert found == [0] * 80


def test_a_distribution_is_not_told_by_those_of_everybody_and_the_others():
    found = released(given(first=[0, 1, 2, 3, 4] * 3, second=[0, 1, 3, 4, 2, 2]))
    assert found["all"].spread is not None
    assert (found["first"].count, found["first"].spread, found["second"].spread) == (15, None, None)


def test_of_few_the_interval_seldom_tells_what_each_chose():
    coarse, exact = {}, {}
    for steps in combinations_with_replacement(range(5), 5):
        cell, plain = released(given(first=list(steps)))["all"], figures.mean(np.array(steps) + 1.0, fewest=5)
        if cell.nearly is None:
            coarse.setdefault((cell.mean, cell.low, cell.high), []).append(steps)
            exact.setdefault((plain.value, round(max(plain.low, 1.0), 3), round(min(plain.high, 5.0), 3)), []).append(
                steps
            )
    only = [sum(len(each) == 1 for each in found.values()) for found in (exact, coarse)]
    assert (sum(map(len, coarse.values())), only) == (101, [61, 28])


def test_feedback_asked_again_at_once_does_not_tell_of_the_one_who_came(cast):
    people, rounds = flow.staff(cast, 9), []
    for count in (8, 9):
        survey = flow.begin(cast, instrument="headteacher_360", visibility=Visibility.PRIVATE)
        survey = flow.ask(cast, survey, flow.asked(people[:count], "staff"))
        for each in survey.invitations.all():
            flow.answer(survey, each, {"listens": each.person_id % 4})
        flow.close(cast, survey)
        rounds.append(Figure.objects.get(survey=survey, question="listens", group="").count)
    assert rounds == [8, None]


def test_the_same_question_under_another_name_does_not_either(cast):
    people, counts = flow.staff(cast, 12), []
    own = forms.own_question(1, "The head is fair.")
    for instrument, count, words in (("staff_pulse", 12, own), ("workload_pulse", 11, own)):
        put = [words, instruments.instruments()[instrument].questions[0]]
        survey = flow.ask(cast, flow.begin(cast, instrument=instrument, questions=put),
                          flow.asked(people[:count], "Teachers"))  # fmt: skip
        for each in survey.invitations.all():
            flow.answer(survey, each, {code["code"]: each.person_id % 4 for code in survey.questions})
        flow.close(cast, survey)
        whole = Figure.objects.filter(survey=survey, group="").order_by("pk")
        counts.append([each.count for each in whole])
    assert counts == [[12, 12], [None, 11]]
    assert queries.questions(survey)[0].words == "The head is fair."


def test_whoever_printed_a_code_cannot_look_whether_it_was_used(cast):
    survey, by = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher")
    actions.ask_by_code(by=by, at=AT, survey=survey.pk, version=1, group="Helpers", count=6)
    actions.open_survey(by=by, at=AT, survey=survey.pk, version=2)
    used, fresh = (f"/answer/{flow.token_of(each)}" for each in survey.invitations.all()[:2])
    sent = Client().post(used, {"q-load": "2"})
    assert sent["Location"] == f"{used}?sent=1"
    thanked = [Client().get(f"{link}?sent=1").content.decode() for link in (used, fresh)]
    assert ["Thank you" in page for page in thanked] == [True, True]
    pages = [Client().get(link).content.decode() for link in (used, fresh)]
    assert ["Thank you" in page for page in pages] == [False, False]
    assert [page.count('name="q-load"') for page in pages] == [6, 6]
    again = Client().post(used, {"q-load": "1"})
    assert (again.status_code, "count once" in again.content.decode(), Sheet.objects.count()) == (400, True, 1)


def test_leave_to_type_ends_with_the_post(cast):
    survey, by = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher")
    actions.ask_by_code(by=by, at=AT, survey=survey.pk, version=1, group="Helpers", count=6)
    actions.open_survey(by=by, at=AT, survey=survey.pk, version=2)
    office = cast.people["office"]
    paper_actions.name_typist(by=by, at=AT, survey=survey.pk, version=3, typist=office.pk, paper_to="the box")
    survey.refresh_from_db()
    leave = f"/answer/typed/{paper_queries.leave(survey)}"
    assert Client().get(leave).status_code == 200
    lead = Post.objects.create(person=office, school=cast.school, role="senior_leader", starts_on=TODAY)
    assert Client().get(leave).status_code == 404
    lead.delete()
    Post.objects.filter(person=office, school=cast.school).update(ends_on=TODAY - timedelta(days=1))
    assert Client().get(leave).status_code == 404


def test_what_is_shown_ends_when_whose_it_is_leaves_and_could_take_nothing_back(cast):
    share = flow.shown(cast, flow.feedback(cast), "chair", Why.PANEL)
    chair, link = cast.client("chair"), f"/schools/{cast.school.urn}/feedback/{share.pk}"
    assert chair.get(link).status_code == 200
    Post.objects.filter(person=cast.people["headteacher"], school=cast.school).update(ends_on=TODAY - timedelta(1))
    assert chair.get(link).status_code == 404
    assert share_queries.shown_to_me(cast.scope("chair")) == []


def test_what_is_shown_for_appraisal_ends_with_the_post_it_was_shown_to(cast):
    share = flow.shown(cast, flow.feedback(cast), "chair", Why.PANEL)
    Post.objects.filter(person=cast.people["chair"], school=cast.school).update(role="teacher")
    teacher = cast.client("chair")
    assert teacher.get(f"/schools/{cast.school.urn}/feedback/{share.pk}").status_code == 404
    assert teacher.get(f"/schools/{cast.school.urn}/surveys/").status_code == 200


def test_the_log_that_the_head_reads_does_not_tell_who_shows_whom_what(cast):
    feedback = flow.feedback(cast, "senior_leader")
    before = AuditEvent.objects.filter(chain=cast.school.pk).count()
    share = flow.shown(cast, feedback, "teacher", who="senior_leader")
    assert cast.client("teacher").get(f"/schools/{cast.school.urn}/feedback/{share.pk}").status_code == 200
    assert AuditEvent.objects.filter(chain=cast.school.pk).count() == before
    kept = AuditEvent.objects.filter(chain=0, action__in=("voice.show_feedback", "voice.open_share"))
    assert kept.count() == 2


def test_a_complaint_about_whoever_becomes_head_is_the_chairs_from_then_on(cast):
    about = complain(cast, about="senior_leader", owner="teacher")
    hand(cast, about, owner="teacher", office=Part.INVESTIGATES, governor=Part.PANEL)
    other = complain(cast, about="teacher")
    here = Post.objects.filter(school=cast.school)
    here.filter(person=cast.people["headteacher"]).update(ends_on=TODAY - timedelta(days=1))
    here.filter(person=cast.people["senior_leader"]).update(role="headteacher")
    new, chair = cast.scope("senior_leader"), cast.scope("chair")
    assert [each.pk for each in complaint_queries.complaints(new)] == [other.pk]
    upkeep.set_apart(AT)
    upkeep.set_apart(AT)
    about.refresh_from_db()
    assert (about.apart, about.owner_id, about.version) == (True, None, 3)
    assert [each.person for each in about.readers.all()] == [cast.people["governor"]]
    assert [each.pk for each in complaint_queries.complaints(chair)] == [about.pk]
    assert [each.pk for each in complaint_queries.counted(new, TODAY, TODAY)] == [other.pk]
    assert AuditEvent.objects.filter(chain=0, action="voice.set_complaint_apart").count() == 1
    assert cast.client("senior_leader").get(f"/schools/{cast.school.urn}/complaints/{about.pk}").status_code == 404
    with pytest.raises(Refused):
        complaint_actions.set_complaint_apart(by=chair, at=AT, complaint=other.pk)
    with pytest.raises(Unusable):
        complaint_actions.set_complaint_apart(by=replace(chair, person_id=0), at=AT, complaint=other.pk)


def test_who_answers_a_request_reads_nobodys_feedback(cast):
    feedback, name = flow.feedback(cast), cast.people["teacher"].name
    feedback.comments.update(words=f"{name} carries us all")
    pulse = flow.close(cast, flow.ask(cast, flow.begin(cast), flow.asked(flow.staff(cast, 5, "office"), "Teachers")))
    pulse.comments.create(question="one-thing", words=f"Thank {name}")
    officer, found = cast.scope("data_protection_officer"), {}
    for who in ("teacher", "headteacher"):
        key = privacy.note_request(
            by=officer, at=AT, person_id=cast.people[who].pk, asks=Asked.ACCESS, received_on=TODAY
        )
        found[who] = requests.gathered(officer, requests.request_here(officer, key.pk))
    assert [each.words for each in found["teacher"].passages] == [f"Thank {name}"]
    surveys = next(each for each in found["headteacher"].parts if each.model == "voice.Survey")
    assert [dict(row)["Title"] for row in surveys.rows] == ["How are we?"]
    assert "values-said" in flow.held(cast.client("headteacher"))


def test_a_table_has_a_name_whatever_its_survey_is_called(cast):
    survey = flow.ask(cast, flow.begin(cast, title='?"\r\n…'), flow.asked(flow.staff(cast, 5), "Teachers"))
    flow.close(cast, survey)
    given = cast.client("headteacher").get(f"/schools/{cast.school.urn}/surveys/{survey.pk}/figures")
    assert given["Content-Disposition"] == 'attachment; filename="figures.csv"'


def test_only_whoever_runs_an_open_survey_has_people_reminded(cast):
    survey = flow.begin(cast)
    groups = flow.asked(flow.staff(cast, 6), "Teachers")

    def remind(who):
        actions.remind(by=cast.scope(who), at=AT, survey=survey.pk, version=survey.version)

    with pytest.raises(Refused):
        remind("headteacher")  # it is a draft
    survey = flow.ask(cast, survey, groups)
    remind("headteacher")
    for who in ("senior_leader", "chair"):
        with pytest.raises(Refused):
            remind(who)
    survey = flow.close(cast, survey)
    with pytest.raises(Refused):
        remind("headteacher")


def test_codes_are_given_to_whoever_runs_an_open_survey_alone(cast):
    survey, by = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher")
    actions.ask_by_code(by=by, at=AT, survey=survey.pk, version=1, group="Helpers", count=6)
    address = f"/schools/{cast.school.urn}/surveys/{survey.pk}/codes"
    assert cast.client("headteacher").get(address).status_code == 403
    actions.open_survey(by=by, at=AT, survey=survey.pk, version=2)
    given = {who: cast.client(who).get(address).status_code for who in ("headteacher", "senior_leader", "chair")}
    assert given == {"headteacher": 200, "senior_leader": 403, "chair": 403}


def test_themes_are_opened_by_whoever_ran_it_alone(cast):
    survey = flow.close(cast, flow.ask(cast, flow.begin(cast), flow.asked(flow.staff(cast, 5), "Teachers")))
    address = f"/schools/{cast.school.urn}/surveys/{survey.pk}/themes"
    given = {who: cast.client(who).get(address).status_code for who in ("headteacher", "senior_leader", "chair")}
    assert given == {"headteacher": 200, "senior_leader": 403, "chair": 403}


def test_what_only_whoever_leads_a_complaint_does_is_refused_to_its_owner_and_to_all_others(cast):
    with pytest.raises(Refused):
        complain(cast, "teacher", owner="governor")
    complaint = complain(cast, owner="teacher")
    given = {"at": AT, "complaint": complaint.pk, "version": complaint.version}
    by, handed = cast.scope("teacher"), complaint_actions.Handed(cast.people["governor"].pk)
    with pytest.raises(Refused):
        complaint_actions.hand_complaint(by=by, handed=handed, **given)
    with pytest.raises(Refused):
        complaint_actions.change_complaint(by=by, told=told(), **given)
    complaint.refresh_from_db()
    assert (complaint.owner, complaint.version) == (cast.people["teacher"], 1)
    with pytest.raises(Refused):
        complaint_actions.record_complaint(
            by=cast.scope("headteacher"), at=AT, once=uuid4(), told=told(about=cast.people["headteacher"].pk)
        )


def test_who_is_named_for_one_complaint_knows_of_no_other(cast):
    one, other = complain(cast), complain(cast)
    apart = complain(cast, "office", about="headteacher")
    hand(cast, one, governor=Part.PANEL)
    hand(cast, other, teacher=Part.INVESTIGATES)
    hand(cast, apart, who="chair", clerk=Part.CLERK)
    known = {
        who: [each.pk for each in complaint_queries.complaints(cast.scope(who))]
        for who in ("governor", "teacher", "clerk", "chair", "office")
    }
    assert known == {
        "governor": [one.pk],
        "teacher": [other.pk],
        "clerk": [apart.pk],
        "chair": [apart.pk],
        "office": [],
    }


def test_what_waits_for_whom(cast):
    own, given = complain(cast), complain(cast)
    hand(cast, given, "teacher", clerk=Part.CLERK)
    apart, handed = (complain(cast, "office", about="headteacher") for _ in range(2))
    hand(cast, handed, "governor", who="chair")
    move(cast, complain(cast), Stage.CLOSED, outcome=Outcome.WITHDRAWN)
    waits = {
        who: [each.pk for each in complaint_queries.answered_by(cast.scope(who))]
        for who in ("headteacher", "teacher", "clerk", "chair", "governor")
    }
    assert waits == {
        "headteacher": [own.pk], "teacher": [given.pk], "clerk": [], "chair": [apart.pk], "governor": [handed.pk],
    }  # fmt: skip
