"""Fairness: known answers, simulated schools, and that nothing shown rests on few."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headship.analysis import fairness, proportions, value_added
from headship.analysis.fairness import SAME, TOO_FEW, Outcome, compared, said, severities

RNG = np.random.default_rng(7)


def staff(**groups):
    """Return groups and outcomes: {"a": (met, missed)}."""
    named = [(name, held) for name, (met, missed) in groups.items() for held in [True] * met + [False] * missed]
    return [name for name, _ in named], [held for _, held in named]


def test_the_figures_are_newcombes():
    found = compared(*staff(one=(56, 14), two=(48, 32)), Outcome.MET, least=5)
    one, two = found.groups
    same = proportions.difference_of_shares((56, 48), (70, 80), fewest=5)
    assert (one.difference, one.share.value, one.others.value) == (same, 0.8, 0.6)
    assert (two.difference.value, two.difference.low, two.difference.high) == pytest.approx(
        (-same.value, -same.high, -same.low)
    )
    assert (found.known, found.of) == (150, 150)


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ({"a": (20, 20), "b": (30, 10)}, "Fewer in this group met theirs; so large a difference is seldom chance."),
        ({"a": (30, 10), "b": (20, 20)}, "More in this group met theirs; so large a difference is seldom chance."),
        ({"a": (9, 11), "b": (13, 7)}, "Fewer in this group met theirs; with so few this may be chance."),
        ({"a": (13, 7), "b": (9, 11)}, "More in this group met theirs; with so few this may be chance."),
        ({"a": (20, 20), "b": (21, 20)}, SAME),
    ],
)
def test_it_is_said_in_words(groups, words):
    assert compared(*staff(**groups), Outcome.MET, least=5).groups[0].words == words


def test_each_outcome_has_its_words():
    different = proportions.difference_of_shares((5, 35), (40, 40), fewest=5)
    assert [said(different, each) for each in Outcome] == [
        f"Fewer in this group {words}; so large a difference is seldom chance."
        for words in ("had objectives set in time", "met theirs", "accepted support", "were promised development")
    ]
    assert said(proportions.difference_of_shares((1, 1), (2, 2), fewest=5), Outcome.MET) == TOO_FEW


def test_whoever_did_not_say_is_left_out_and_counted():
    groups, holds = staff(a=(10, 10), b=(10, 10))
    found = compared([*groups, None, "a"], [*holds, True, None], Outcome.MET, least=5)
    assert (found.known, found.of, found.groups[0].share.n) == (40, 42, 20)


@pytest.mark.parametrize(
    "groups",
    [
        {"a": (20, 20), "b": (2, 1)},  # a small group would be what is left over
        {"a": (20, 0), "b": (10, 10)},  # all of a group met theirs
        {"a": (0, 20), "b": (10, 10)},
        {"a": (20, 4), "b": (10, 10)},  # four did not
        {"a": (10, 10), "b": (20, 4)},  # of the others
    ],
)
def test_small_sides_are_shown_of_nobody(groups):
    assert [each.words for each in compared(*staff(**groups), Outcome.MET, least=5).groups] == [TOO_FEW, TOO_FEW]


def test_nobody_and_a_threshold_that_protects_nobody():
    assert compared([], [], Outcome.MET, least=5).groups == ()
    with pytest.raises(ValueError, match="fewer than 3"):
        compared([], [], Outcome.MET, least=2)
    with pytest.raises(ValueError, match=r"(shorter|longer) than"):
        compared(["a"], [], Outcome.MET, least=5)


sides = st.tuples(st.integers(0, 9), st.integers(0, 9))


@given(st.lists(sides, min_size=1, max_size=4))
def test_whatever_is_made_of_what_is_shown_rests_on_enough(sizes):
    """Every sum of shown cells with factors -1, 0 and 1, over the people of each kind, gone through one by one."""
    least = 4
    names = [f"g{place}" for place in range(len(sizes))]
    found = compared(*staff(**dict(zip(names, sizes, strict=True))), Outcome.MET, least=least)
    atoms = [(name, held) for name in names for held in (True, False)]
    people = np.array([count for pair in sizes for count in pair])
    shown = [each.group for each in found.groups if each.share]
    cells = [lambda atom: True, lambda atom: atom[1]] if shown else []
    cells += [lambda atom, name=name: atom[0] == name for name in shown]
    cells += [lambda atom, name=name: atom[0] == name and atom[1] for name in shown]
    rows = np.array([[cell(atom) for atom in atoms] for cell in cells], dtype=int).reshape(len(cells), len(atoms))
    for factors in product((-1, 0, 1), repeat=len(cells)):
        touched = (np.array(factors, dtype=int) @ rows) != 0
        assert people[touched].sum() == 0 or people[touched].sum() >= least


def test_groups_that_are_alike_are_seldom_told_apart():
    outside = 0
    for _ in range(300):
        holds = [bool(each) for each in RNG.random(160) < 0.6]
        found = compared(["a", "b"] * 80, holds, Outcome.MET, least=5).groups[0]
        outside += "seldom" in found.words
    assert outside <= 27  # one in twenty is 15; three standard deviations more is 26.3


def test_a_group_that_is_not_alike_is_told():
    found = 0
    for _ in range(50):
        holds = [bool(each) for each in RNG.random(400) < np.tile([0.55, 0.8], 200)]
        found += "Fewer" in compared(["a", "b"] * 200, holds, Outcome.MET, least=5).groups[0].words
    assert found >= 48


# --- appraisers


def simulated(severe=0.0, people=10, appraisers=40):
    """Return scores, appraisers and posts: support staff score higher, and appraiser 3 by `severe` more."""
    who = np.repeat(np.arange(appraisers), people)
    post = RNG.random(len(who)) < np.where(who % 2, 0.8, 0.2)  # the mix differs by appraiser
    scores = 0.6 + 0.2 * post + 0.1 * RNG.normal(size=len(who)) + severe * (who == 3)
    return scores, who, ["support" if each else "teacher" for each in post]


def test_a_severe_appraiser_is_found_and_drawn_towards_the_others():
    scores, who, mix = simulated(severe=-0.25)
    found = severities(scores, who, mix)
    assert found[3].words == "Lower than others, for the same mix of staff."
    assert (found[3].n, found[3].appraiser) == (10, 3)
    assert -0.25 < found[3].value < -0.09  # the truth, and half of what ten people would be believed at the least
    assert sum(each.words != SAME for each in found) <= 4


def test_a_lenient_one_too():
    assert severities(*simulated(severe=0.25))[3].words == "Higher than others, for the same mix of staff."


def test_the_mix_of_staff_is_no_ones_severity():
    found = severities(*simulated())
    odd, even = (np.mean([each.value for each in found[start::2]]) for start in (1, 0))
    assert abs(odd - even) < 0.03  # the posts alone make 0.12


def test_few_people_are_drawn_further():
    scores, who, mix = simulated(severe=-0.25)
    kept = (who != 3) | (np.cumsum(who == 3) <= 2)
    few = severities(scores[kept], who[kept], [each for each, keep in zip(mix, kept, strict=True) if keep])
    assert abs(few[3].value) < abs(severities(scores, who, mix)[3].value)


def test_what_cannot_be_told_is_refused():
    with pytest.raises(value_added.Unfit):
        severities(np.array([0.5, 0.7]), np.array([1, 1]), ["teacher", "teacher"])
    with pytest.raises(value_added.Unfit):
        severities(np.array([0.5, np.nan, 0.4]), np.array([1, 2, 2]), ["teacher"] * 3)
    assert fairness.METHOD == "fairness 1"


@pytest.mark.parametrize("scores", [np.ones(40), np.repeat([0.0, 1.0, 0.5, 0.25], 10), np.tile([0.2, 0.9], 20)])
def test_where_nothing_varies_within_appraiser_and_post_nothing_is_told(scores):
    with pytest.raises(value_added.Unfit, match="differ by nothing but"):
        severities(scores, np.repeat(np.arange(4), 10), ["teacher", "support"] * 20)


def test_two_characteristics_of_the_same_people_are_audited_together():
    """Each alone may be shown; together they would tell of the three who are in one group of each."""
    post = ["a"] * 23 + ["b"] * 20
    part = ["full"] * 20 + ["part"] * 23
    held = [True, False] * 21 + [True]
    holds = {Outcome.MET: held}
    alone = {name: compared(groups, held, Outcome.MET, least=5) for name, groups in (("post", post), ("part", part))}
    assert all(each.share is not None for found in alone.values() for each in found.groups)
    found = fairness.compared_together({"post": post, "part": part}, holds, least=5)
    assert [each.share is not None for each in found["post", Outcome.MET].groups] == [True, True]
    assert {each.words for each in found["part", Outcome.MET].groups} == {TOO_FEW}
    assert (found["part", Outcome.MET].known, found["part", Outcome.MET].of) == (43, 43)


@given(st.lists(st.tuples(*[st.sampled_from([None, "a", "b"])] * 2, *[st.sampled_from([None, True, False])] * 2),
                max_size=40))  # fmt: skip
def test_together_shows_nothing_that_alone_would_hide(rows):
    ones, twos, mets, sets = ([row[place] for row in rows] for place in range(4))
    characteristics = {"one": ones, "two": twos}
    found = fairness.compared_together(characteristics, {Outcome.MET: mets, Outcome.SET: sets}, least=5)
    for (name, outcome), each in found.items():
        held = mets if outcome is Outcome.MET else sets
        alone = compared(characteristics[name], held, outcome, least=5)
        for mine, theirs in zip(each.groups, alone.groups, strict=True):
            assert mine in (theirs, fairness.GroupShare(theirs.group, None, None, None, TOO_FEW))


def test_four_hundred_staff_are_compared_quickly():
    rng = np.random.default_rng(5)
    post, service = rng.choice(list("abcdef"), 400).tolist(), rng.choice(list("xyz"), 400).tolist()
    holds = {outcome: rng.choice([True, False], 400).tolist() for outcome in Outcome}
    found = fairness.compared_together({"post": post, "service": service}, holds, least=5)
    assert all(each.groups[0].share is not None for each in found.values())
