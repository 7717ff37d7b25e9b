"""The disclosure audit: nothing shown tells of few, everything withheld would; by an attacker who shares no code."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assurance import surveys
from assurance.differencing import isolated, made, naive, wanted
from headship.analysis import disclosure_audit
from headship.analysis.disclosure_audit import Cell, audit, audit_sets, groups_of, members_of, publishable
from headship.analysis.trades import Shown, Verdict, looked_closer

PEOPLE = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(["x", "y", None]), st.sampled_from(["f", "m"])),
    min_size=1, max_size=30,
)  # fmt: skip


def who(members, answered):
    return frozenset(np.flatnonzero(members & answered).tolist())


def judged_again(people, answered, found, *, least):
    """Return cells that the attacker judges otherwise than the audit did, in its order."""
    shown, wrong = [], []
    for cell, verdict in found.verdicts.items():
        own = who(members_of(people, [cell.group])[0], answered[:, cell.question])
        expected = Verdict.SHOWN
        if len(own) < least:
            expected = Verdict.SMALL
        elif isolated([*shown, own], least=least):
            expected = Verdict.ISOLATES
        if verdict is not expected:
            wrong.append((cell, verdict, expected))
        if verdict is Verdict.SHOWN:
            shown.append(own)
    return wrong


@settings(deadline=None, max_examples=150)
@given(people=PEOPLE, chance=st.randoms(use_true_random=False), least=st.integers(3, 6))
def test_it_shows_exactly_what_isolates_nobody(people, chance, least):
    answered = np.array([[chance.random() < 0.9] for _ in people])
    found = audit(people, answered, [Cell(0, each) for each in groups_of(people)], least=least)
    assert judged_again(people, answered, found, least=least) == []


@settings(deadline=None, max_examples=80)
@given(
    sets=st.lists(st.lists(st.booleans(), min_size=18, max_size=18), min_size=1, max_size=9), least=st.integers(3, 5)
)
def test_sets_of_any_shape_are_judged_exactly(sets, least):
    members, shown = np.array(sets), []
    for own, verdict in zip(members, audit_sets(members, least=least), strict=True):
        people = who(own, np.ones(18, dtype=bool))
        expected = len(people) >= least and not isolated([*shown, people], least=least)
        assert (verdict is Verdict.SHOWN) == expected or verdict is Verdict.UNPROVED  # withheld: the safe side
        shown += [people] if verdict is Verdict.SHOWN else []


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_questions_gone_through_together_isolate_nobody_either(seed):
    survey = made(random.Random(seed), questions=3, large=True)
    assert len(survey.people) > disclosure_audit.CLOSE
    answered = np.array([[answer is not None for answer in own] for own in survey.answers])
    found = audit(survey.people, answered, [Cell(q, each) for each in wanted(survey) for q in range(3)], least=5)
    for question in range(3):
        shown = [cell.group for cell in found.shown if cell.question == question]
        assert isolated([survey.who(question, each) for each in shown], least=5) == frozenset()
        assert len(shown) > 0.5 * len(naive(survey, question, 5))


@settings(deadline=None, max_examples=40)
@given(people=PEOPLE, chance=st.randoms(use_true_random=False))
def test_the_order_of_respondents_and_what_others_were_asked_make_no_difference(people, chance):
    answered = np.array([[chance.random() < 0.9, chance.random() < 0.5] for _ in people])
    cells = [Cell(question, each) for each in groups_of(people) for question in (0, 1)]
    found = audit(people, answered, cells, least=5)
    order = [*range(len(people))]
    chance.shuffle(order)
    assert audit([people[each] for each in order], answered[order], cells, least=5) == found
    alone = audit(people, answered[:, :1], [each for each in cells if each.question == 0], least=5)
    assert alone.verdicts == {cell: each for cell, each in found.verdicts.items() if cell.question == 0}


def test_the_last_part_of_a_whole_is_shown_because_it_follows():
    people = [("infant",)] * 7 + [("junior",)] * 6
    found = audit(people, np.ones((13, 1), dtype=bool), [Cell(0, each) for each in groups_of(people)], least=5)
    assert set(found.verdicts.values()) == {Verdict.SHOWN}


def test_somebody_who_skipped_a_question_is_not_counted_for_it():
    people = [("infant",)] * 7 + [("junior",)] * 5
    answered = np.ones((12, 2), dtype=bool)
    answered[11, 1] = False
    cells = [Cell(question, each) for each in groups_of(people) for question in (0, 1)]
    found = audit(people, answered, cells, least=5)
    infant, junior = ((0, "infant"),), ((0, "junior"),)
    assert [str(found.verdicts[Cell(0, each)]) for each in ((), infant, junior)] == ["shown"] * 3
    assert [str(found.verdicts[Cell(1, each)]) for each in ((), infant, junior)] == ["shown", "isolates", "small"]
    assert (found.all_shown([0, 1]), found.all_shown([0, 1], infant)) == (True, False)


def test_what_is_asked_for_later_is_judged_beside_what_is_out():
    people = [("infant", "f")] * 6 + [("infant", "m")] * 2 + [("junior", "f")] * 5 + [("junior", "m")] * 7
    everybody, women, infants = Cell(0), Cell(0, ((1, "f"),)), Cell(0, ((0, "infant"),))
    answered = np.ones((20, 1), dtype=bool)
    first = audit(people, answered, [everybody, women, infants], least=5)
    assert first.shown == (everybody, women, infants)
    later = Cell(0, ((0, "infant"), (1, "f")))
    assert audit(people, answered, [later], least=5).shown == (later,)
    assert audit(people, answered, [later, women], least=5, shown=first.shown).verdicts == {
        later: Verdict.ISOLATES,
        women: Verdict.SHOWN,
    }


def test_over_time_one_who_left_is_not_told_by_the_difference():
    then = np.array([[True] * 12 + [False] * 0])
    now = np.array([[True] * 11 + [False]])
    assert audit_sets(now, least=5, shown=then) == (Verdict.ISOLATES,)
    assert audit_sets(then, least=5, shown=then) == (Verdict.SHOWN,)
    both = np.array([[True] * 12 + [False] * 6, [False] * 6 + [True] * 12])
    assert audit_sets(both[1:], least=5, shown=both[:1]) == (Verdict.SHOWN,)


def test_before_anybody_answered_it_says_what_would_be_shown():
    people = [("teacher", "infant")] * 9 + [("teacher", "junior")] * 9 + [("assistant", None)] * 6
    groups = groups_of(people)
    assert publishable(people, groups, least=5, share=0) == []
    half, all_ = (publishable(people, groups, least=5, share=share) for share in (0.6, 1))
    infant = ((1, "infant"),)
    assert half == [(), infant, ((0, "teacher"), *infant)]  # three assistants would answer: not what is left of all
    assert all_ == groups


def test_nothing_is_shown_that_may_rest_on_two():
    for least in (0, 2):
        with pytest.raises(ValueError, match="fewer than 3"):
            audit([("a",)], np.ones((1, 1), dtype=bool), [Cell(0)], least=least)
        with pytest.raises(ValueError, match="fewer than 3"):
            audit_sets(np.ones((1, 9), dtype=bool), least=least)


def test_nobody_and_nothing_asked_for_is_nothing_shown():
    assert groups_of([]) == [()]
    assert audit([], np.ones((0, 1), dtype=bool), [Cell(0)], least=5).verdicts == {Cell(0): Verdict.SMALL}
    assert audit([("a",)] * 9, np.ones((9, 2), dtype=bool), [], least=5).shown == ()


def test_where_the_steps_do_not_suffice_nothing_is_shown():
    """Six people each alone in what is shown: trades overlap, so that looking closer takes steps."""
    sets = np.array([[1, 1, 1, 1, 1, 1, 0], [0, 1, 1, 1, 1, 1, 1], [1, 0, 1, 0, 1, 1, 1]])
    shown = Shown.none_of(sets)
    shown.add(0, np.ones(7, dtype=np.int64))
    verdicts = [
        looked_closer(shown, 1, np.ones(7, dtype=np.int64), least=3, steps=iter(range(steps))) for steps in (0, 50)
    ]
    assert verdicts == [Verdict.UNPROVED, Verdict.ISOLATES]


def test_a_trade_is_proved_in_whole_numbers():
    """A reduced form gone wrong by rounding, or by a fault, yields no trade: it cannot make anything shown."""
    shown = Shown.none_of(np.array([[1, 1, 1], [1, 1, 0]]))
    ones = np.ones(3, dtype=np.int64)
    shown.add(0, ones)
    assert len([*shown.trades(1, shown.left_of(1), ones)]) == 1
    shown.reduced[0, 2] = 0.5
    assert [*shown.trades(1, shown.left_of(1), ones)] == []


def test_row_j_in_short():
    found = surveys.measure(short=True)
    assert found.figure.startswith("0 of 40 surveys with somebody isolated")
    assert "naive: 0 of" not in found.control
    assert "remainder: 0 of" not in found.control
    assert found.held is False
