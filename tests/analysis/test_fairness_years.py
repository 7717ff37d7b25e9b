"""Years held against each other: a brute-force attacker that shares no code with the rule, and what the rule lets by.

The attacker knows who works there, who answered in which year, and what was decided of everybody; they hold all pages.
"""

from itertools import combinations

import numpy as np
import pytest

from headship.analysis import fairness_years
from headship.analysis.fairness import TOO_FEW, Outcome, compared
from headship.analysis.fairness_years import CHANGED, Earlier, compared_again, nobody_certain

LEAST = 3
MET, SET = Outcome.MET, Outcome.SET


class School:
    """A small school over years: some come, leave, answer, take back, change; outcomes mostly stay as they were.

    It begins as large and as mixed as it must be for its first year to be shown.
    """

    def __init__(self, rng, size, *, restless):
        self.rng, self.next = rng, 0
        self.leave, self.change, self.turn, self.arrive = (restless * self.maybe(0.6) for _ in range(4))
        self.people = {}  # person: (mark, group), or None where they did not say
        self.outcomes = {}
        for at in range(size):
            met = at % 4 < 2
            self.come(("yes", "no")[at % 2], {MET: met, SET: met if rng.random() < 0.7 else not met})

    def come(self, group, outcomes):
        self.next += 1
        self.people[self.next], self.outcomes[self.next] = self.answer(group), outcomes

    def answer(self, group):
        self.next += 1
        return (f"m{self.next}", group)

    def maybe(self, chance=0.5):
        return bool(self.rng.random() < chance)

    def any_group(self):
        return "yes" if self.maybe() else "no"

    def year_on(self):
        for person, said in list(self.people.items()):
            if self.maybe(self.leave / 2):
                del self.people[person]
            elif self.maybe(self.change / 2):
                self.people[person] = None if said and self.maybe() else self.answer(self.any_group())
            for outcome in (MET, SET):
                self.outcomes[person][outcome] ^= self.maybe(self.turn)
        for _ in range(int(self.rng.integers(0, 2 + round(12 * self.arrive))) if self.arrive else 0):
            self.come(self.any_group(), {each: self.maybe() for each in (MET, SET)})

    def lists(self):
        people = list(self.people)
        holds = {each: [self.outcomes[who][each] for who in people] for each in (MET, SET)}
        return [self.people[who] for who in people], holds


def shown_by_the_rule(said, holds, before):
    found = compared_again({"x": said}, holds, {"x": before}, least=LEAST)
    return list(found.shown.values())


def shown_by_years_alone(said, holds, before):
    """The control: each year judged as if it were the only one."""
    del before
    return shown_by_the_rule(said, holds, [])


def pages(rng, show, years, restless):
    """Return all that is shown over some years, and in how many of them."""
    school = School(rng, int(rng.integers(12, 15)), restless=restless)
    told, shown = [], 0
    for _ in range(years):
        more = show(*school.lists(), told)
        told, shown = [*told, *more], shown + bool(more)
        school.year_on()
    return told, shown


def isolates(told):
    """Whether some sum about fewer than LEAST people follows: each choice of so few is gone through, exactly."""
    marks = sorted({mark for each in told for mark in each.counted})
    rows = np.array(
        [[mark in part for mark in marks] for each in told for part in (each.counted, each.held)], dtype=int
    )
    whole = np.linalg.matrix_rank(rows)
    return any(
        np.linalg.matrix_rank(np.delete(rows, few, axis=1)) < whole
        for size in range(1, LEAST)
        for few in combinations(range(len(marks)), size)
    )


def certain(told):
    """Whether somebody's group follows: everything that everybody could have said is gone through."""
    marks = sorted({mark for each in told for mark in each.counted})
    worlds = (np.arange(2 ** len(marks))[:, None] >> np.arange(len(marks))) & 1 == 1
    for each in told:
        for name, pair in each.groups.items():
            own = worlds if name == "yes" else ~worlds
            for part, count in zip((each.counted, each.held), pair, strict=True):
                fits = (own & np.array([mark in part for mark in marks])).sum(axis=1) == count
                worlds, own = worlds[fits], own[fits]
    assert len(worlds)  # what is true is among them
    return bool((worlds.all(axis=0) | ~worlds.any(axis=0)).any())


def attacked(show, seed, *, years, schools=60):
    """Return in how many of so many schools something leaks, and how many were shown in several years."""
    rng, leaks, several, done = np.random.default_rng(seed), 0, 0, 0
    while done < schools:
        told, shown = pages(rng, show, years, restless=float(rng.choice([0.0, 0.05, 0.2, 0.6])))
        if not told or len({mark for each in told for mark in each.counted}) > 16:
            continue
        done, several = done + 1, several + (shown > 1)
        leaks += isolates(told) or certain(told)
    return leaks, several


@pytest.mark.parametrize("years", [2, 3])
def test_no_years_held_against_each_other_tell_of_few_or_of_anybody(years):
    leaks, several = attacked(shown_by_the_rule, seed=years, years=years)
    assert leaks == 0
    assert several >= 5


def test_the_attacker_finds_what_years_judged_alone_tell():
    leaks, several = attacked(shown_by_years_alone, seed=2, years=2)
    assert several >= 10
    assert leaks >= 5


# --- each rule of it, in an example that only it holds back


def staff(count, start=0, group=None):
    return [(f"a{at}", group or ("yes" if at % 2 else "no")) for at in range(start, start + count)]


def every_other(count):
    return [at % 4 < 2 for at in range(count)]


def first(said, held, least=5):
    found = compared_again({"x": said}, {MET: held}, {}, least=least)
    assert all(each.share for each in found.compared["x", MET].groups)
    return [found.shown["x", MET]]


def again(said, held, before, least=5):
    return compared_again({"x": said}, {MET: held}, {"x": before}, least=least).compared["x", MET]


def words(found):
    return {each.words for each in found.groups}


def test_the_first_year_is_as_it_would_be_alone():
    said, held = staff(40), every_other(40)
    alone = compared([each[1] for each in said], held, MET, least=5)
    assert again(said, held, []) == alone
    assert first(said, held)[0].groups == {"no": (20, 10), "yes": (20, 10)}


def test_the_same_people_of_whom_the_same_holds_are_shown_again():
    said, held = staff(40), every_other(40)
    assert again(said, held, first(said, held)).groups[0].share.n == 20


def test_one_whose_outcome_alone_changed_would_be_known():
    said, held = staff(40), every_other(40)
    assert words(again(said, [not held[0], *held[1:]], first(said, held))) == {CHANGED}


def test_few_who_answered_since_wait_and_are_not_counted():
    said, held = staff(40), every_other(40)
    before = first(said, held)
    found = again([*said, *staff(4, 40)], [*held, True, False, True, False], before)
    assert (found.known, [each.share.n for each in found.groups]) == (40, [20, 20])


def test_many_who_answered_since_are_counted():
    said, held = staff(40), every_other(40)
    found = again([*said, *staff(20, 40)], [*held, *every_other(20)], first(said, held))
    assert (found.known, [each.share.n for each in found.groups]) == (60, [30, 30])


@pytest.mark.parametrize("gone", [1, 4])
def test_few_who_took_back_since_hide_it(gone):
    said, held = staff(40), every_other(40)
    assert words(again(said[gone:], held[gone:], first(said, held))) == {CHANGED}


def test_many_who_took_back_since_do_not():
    said, held = staff(60), every_other(60)
    found = again(said[20:], held[20:], first(said, held))
    assert [each.share.n for each in found.groups] == [20, 20]


def test_few_who_changed_what_they_said_are_no_more_people_than_they_are():
    """Three others came and three are gone: six answers, and it may be three people."""
    said, held = staff(40), every_other(40)
    changed = [(f"b{at}", group) for at, (_, group) in enumerate(said[:3])]
    assert words(again([*changed, *said[3:]], held, first(said, held))) == {CHANGED}


def test_where_all_who_came_said_the_same_each_would_be_known():
    said, held = staff(40), every_other(40)
    before = first(said, held)
    found = again([*said, *staff(20, 40, group="yes")], [*held, *every_other(20)], before)
    assert words(found) == {CHANGED}


def test_it_is_held_against_every_year_and_not_against_the_last_alone():
    """Nobody is in both the second year and the third; of the first, one is gone."""
    said, held = staff(80), every_other(80)
    one, two, third = ((said[part], held[part]) for part in (slice(41), slice(41, 80), slice(40)))
    before, between = first(*one), again(*two, first(*one))
    assert between.groups[0].share is not None
    last = first(*two)
    assert again(*third, last).groups[0].share is not None
    assert words(again(*third, [*before, *last])) == {CHANGED}


def test_a_year_in_which_nobody_can_be_told_apart_says_too_few():
    assert words(again(staff(6), every_other(6), [])) == {TOO_FEW}


def test_who_answered_decides_which_answers_wait_and_never_what_they_said():
    said, held = staff(40), every_other(40)
    before = first(said, held)
    for groups in ("yes", "no"):
        found = again([*said, *staff(4, 40, group=groups)], [*held, *every_other(4)], before)
        assert found.known == 40


def test_one_outcome_beside_another_tells_of_whoever_differs():
    """Each alone could be shown; of the one who had theirs set and did not meet them both together would tell."""
    said, held = staff(40), every_other(40)
    found = compared_again({"x": said}, {SET: held, MET: [False, *held[1:]]}, {}, least=5)
    assert found.compared["x", SET].groups[0].share is not None
    assert words(found.compared["x", MET]) == {TOO_FEW}
    assert list(found.shown) == [("x", SET)]


def test_outcomes_of_one_year_together_are_held_against_the_year_before():
    """Each alone beside last year is of enough; all three make two people known: C - A - B + what held last year."""
    said, held = staff(80), every_other(80)
    more = [at for at, yes in enumerate(held) if not yes]
    some, others, two = more[:6], more[6:12], more[12:14]

    def with_also(*also):
        return [yes or at in also for at, yes in enumerate(held)]

    holds = {MET: with_also(*some), SET: with_also(*others), Outcome.DEVELOPED: with_also(*some, *others, *two)}
    before = first(said, held)
    for outcome, one in holds.items():
        assert fairness_years._open(said, {outcome: one}, before, 5) == [outcome]
    assert fairness_years._open(said, holds, before, 5) == [MET, SET]


def test_several_characteristics_stay_audited_together():
    post = [*staff(23, group="a"), *staff(20, 23, group="b")]
    part = [*staff(20, group="full"), *staff(23, 20, group="part")]
    held = [True, False] * 21 + [True]
    found = compared_again({"post": post, "part": part}, {MET: held}, {}, least=5)
    assert list(found.shown) == [("post", MET)]
    assert words(found.compared["part", MET]) == {TOO_FEW}


def test_nobody_is_certain_where_everybody_could_be_in_it_and_out_of_it():
    all_of_them = frozenset("abcdef")
    assert nobody_certain([Earlier(all_of_them, frozenset("abc"), {"yes": (2, 1)})])
    assert not nobody_certain([Earlier(all_of_them, frozenset("abc"), {"yes": (3, 3)})])  # a, b and c are
    assert not nobody_certain([Earlier(all_of_them, frozenset("abc"), {"yes": (1, 0)})])  # a, b and c are not
    assert not nobody_certain([Earlier(all_of_them, frozenset("abc"), {"yes": (4, 3)})])  # a, b and c are, one more is
    assert not nobody_certain([Earlier(all_of_them, frozenset("abc"), {"yes": (9, 9)})])  # what cannot be is not shown
    assert nobody_certain([])


def test_a_large_school_is_compared_over_two_years_in_seconds():
    rng = np.random.default_rng(5)
    said = {name: [(f"{name}{at}", str(rng.choice(list(kinds)))) for at in range(230)]
            for name, kinds in (("sex", "mf"), ("age", "abcd"))}  # fmt: skip
    told = {name: [] for name in said}
    for year in range(2):
        now = {name: given[30 * year : 200 + 30 * year] for name, given in said.items()}
        holds = {outcome: (rng.random(200) < 0.6).tolist() for outcome in Outcome}
        found = compared_again(now, holds, told, least=5)
        assert {name for name, _ in found.shown} == {"sex", "age"}
        for (name, _), each in found.shown.items():
            told[name].append(each)
    assert fairness_years.METHOD == "fairness-years 1"
