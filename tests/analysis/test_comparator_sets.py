"""Comparator sets: published check values, and every set against the rule written out over all pairs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bench import plain_comparators as plain
from headship.analysis import comparator_sets as ours
from headship.analysis.comparator_sets import MISSING, Part, Traits, comparator_sets

PUPILS, BUILDINGS = [0.5, 0.4, 0.1], [0.8, 0.2]  # as the department publishes them


def sets(parts, traits):
    return comparator_sets(parts, traits, base=plain.NEAREST, size=plain.MEMBERS)


def traits(schools, **given):
    none = np.zeros(schools, dtype=bool)
    return Traits(**{"eligible": ~none, "pfi": none, "boards": none, "region": np.zeros(schools, dtype=int), **given})


def in_places(found, other_way):
    """Return what was found for each school in the order of places, by place: a row for each, NaN for itself."""
    away = np.full((len(found), len(found)), np.nan)
    for place, (members, distances) in enumerate(zip(found, other_way, strict=True)):
        away[place, members[members != MISSING]] = distances[members != MISSING]
    return away


def test_ratios_of_the_published_check():
    found = sets([Part(["x"], np.array([[0.0], [5], [10]]), [1])], traits(3))
    assert in_places(found.members, found.distances)[0].tolist() == [0, 0.5, 1]
    assert (in_places(found.members, found.distances) ** 2).tolist() == [[0, 0.25, 1], [0.25, 0, 0.25], [1, 0.25, 0]]


def test_distances_of_the_published_check():
    values = np.array([[100.0, 20, 5], [200, 40, 10], [300, 60, 15]])
    found = sets([Part(["pupils", "free meals", "needs"], values, PUPILS)], traits(3))
    assert in_places(found.members, found.distances)[0].tolist() == [0, 0.5, 1]


def test_two_special_schools_that_differ_in_all():
    parts = [
        Part(["pupils", "free meals"], np.array([[50.0, 10], [90, 40]]), [0.6, 0.4]),
        Part([f"need {each}" for each in range(10)], np.array([np.zeros(10), np.arange(1, 11)]), [1] * 10),
    ]
    assert sets(parts, traits(2)).distances[0, 1] == 1 + np.sqrt(10)


FEW = st.sampled_from([0.0, 1, 2, 5, np.nan])
FLAGS = st.booleans()


@st.composite
def phases(draw, columns):
    """Draw schools of which many are alike, some part-year, some with a contract, some that board, in three regions."""
    schools = draw(st.integers(1, 90))
    values = draw(arrays(float, (schools, columns), elements=FEW, fill=st.sampled_from([0.0, 1, 2])))
    flags = [draw(arrays(bool, schools, elements=FLAGS)) for _ in range(3)]
    region = draw(arrays(np.int64, schools, elements=st.sampled_from([MISSING, 1, 2, 3])))
    return values, Traits(*flags, region)


def told(found, place):
    members = found.members[place]
    return members[members != MISSING].tolist()


def assert_the_rule(found, values, distances, traits):
    unknown = np.isnan(values)
    may_be = traits.eligible & ~unknown.any(axis=1)
    for place, gone in enumerate(unknown):
        if gone.any():
            assert found.lacking[place] == tuple(f"{each}" for each in np.flatnonzero(gone))
            assert told(found, place) == []
            continue
        expected = plain.comparator_set(place, distances, may_be, traits)
        assert told(found, place) == expected
        assert found.distances[place, : len(expected)].tolist() == distances[place, expected].tolist()
        assert np.isnan(found.distances[place, len(expected) :]).all()
        assert len(set(expected)) == len(expected)


@settings(deadline=None, max_examples=150)
@given(given=phases(3))
def test_sets_are_those_of_the_rule_over_all_pairs(given):
    values, its = given
    if np.isnan(values).all(axis=0).any():
        values = np.nan_to_num(values)
    found = sets([Part(["0", "1", "2"], values, PUPILS)], its)
    assert_the_rule(found, values, plain.pupil_distances(*values.T), its)


@settings(deadline=None, max_examples=60)
@given(given=phases(4))
def test_special_schools_have_those_of_the_sum_of_two_roots(given):
    values, its = given
    if np.isnan(values).all(axis=0).any():
        values = np.nan_to_num(values)
    parts = [Part(["0", "1"], values[:, :2], [0.6, 0.4]), Part(["2", "3"], values[:, 2:], [1, 1])]
    found = sets(parts, its)
    assert_the_rule(found, values, plain.special_distances(*values.T[:2], values[:, 2:]), its)


@pytest.mark.parametrize("spread", [3, 40, 1e6])
def test_many_schools_have_those_of_the_rule_too(spread, monkeypatch):
    """So many that the tree is cut into blocks and ties beyond what was asked for are met."""
    monkeypatch.setattr(ours, "CELLS", 200_000)
    rng = np.random.default_rng(int(spread))
    values = np.floor(rng.uniform(0, spread, (700, 2))) + 1000
    flags = rng.random((3, 700)) < [[0.9], [0.2], [0.1]]
    its = Traits(*flags, rng.integers(0, 9, 700))
    found = sets([Part(["0", "1"], values, BUILDINGS)], its)
    assert_the_rule(found, values, plain.building_distances(*values.T), its)


def test_nobody_to_compare_with_is_a_set_of_one_and_no_school_is_no_set():
    alone = sets([Part(["x"], np.array([[1.0]]), [1])], traits(1))
    assert alone.members[0, :2].tolist() == [0, MISSING]
    assert sets([Part(["x"], np.empty((0, 1)), [1])], traits(0)).members.shape == (0, 30)
    unknown = sets([Part(["x"], np.array([[np.nan]]), [1])], traits(1))
    assert (told(unknown, 0), unknown.lacking) == ([], {0: ("x",)})


def test_a_weight_below_nought_is_refused():
    with pytest.raises(ValueError, match="unlike schools alike"):
        sets([Part(["x"], np.zeros((2, 1)), [-1])], traits(2))
