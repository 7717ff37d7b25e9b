"""Small numbers: no hidden count follows from what is shown, by ranks, by counting out, and knowing the rule itself."""

import itertools
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from headship.analysis.suppression import ranges, release, totals_of

LARGEST = 5


def with_totals(inner):
    """Return a table's cells, row by row, with the sums of each direction after them."""
    whole = np.array(inner)
    for axis in range(whole.ndim):
        whole = np.concatenate([whole, whole.sum(axis=axis, keepdims=True)], axis=axis)
    return whole.ravel().tolist()


def tables(most=40):
    """Make tables of one and two directions, with many small counts."""
    count = st.one_of(st.integers(0, 7), st.integers(0, most))
    lists = st.lists(count, min_size=1, max_size=7)
    grids = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
        lambda shape: st.lists(
            st.lists(count, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
        )
    )
    return st.one_of(lists, grids)


def hidden_of(shown):
    return np.array([each is None for each in shown])


def follows(relations, hidden):
    """Return which hidden cells linear algebra alone determines: their unit vector lies in the relations' row space."""
    own = relations[:, hidden]
    rank = np.linalg.matrix_rank(own) if own.size else 0
    units = np.eye(own.shape[1])
    return [bool(np.linalg.matrix_rank(np.vstack([own, unit])) == rank) for unit in units]


def ends_by_linear_programme(own, given, column, least):
    """Return the least and the most of one hidden cell, as another solver's continuous programmes find them."""
    goals = [direction * np.eye(own.shape[1])[column] for direction in (1, -1)]
    found = [optimize.linprog(goal, A_eq=own, b_eq=given, bounds=(least, 10_000)) for goal in goals]
    return [each.x[column] for each in found]


@settings(deadline=None, max_examples=80)
@given(inner=tables(), hide_zeros=st.booleans())
def test_no_hidden_count_follows(inner, hide_zeros):
    counts, relations = np.array(with_totals(inner)), totals_of(*np.shape(inner))
    found = release(counts, relations, largest=LARGEST, hide_zeros=hide_zeros)
    hidden = hidden_of(found.shown)
    least = 0 if hide_zeros else 1
    assert [each for each in found.shown if each is not None] == counts[~hidden].tolist()
    assert hidden[(counts >= least) & (counts <= LARGEST)].all()
    assert hide_zeros or not hidden[counts == 0].any()
    assert not any(follows(relations, hidden))
    for column, place in enumerate(np.flatnonzero(hidden)):
        own = relations[:, hidden]
        low, high = ends_by_linear_programme(own, own @ counts[hidden], column, least)
        told_low, told_high = found.ranges[place]
        assert told_low == pytest.approx(low)
        # A table with totals in one or two directions is a network: its linear programmes end at whole numbers.
        assert (high > 5_000) if told_high is None else told_high == pytest.approx(high)
        assert high - low > 0.5


@settings(deadline=None, max_examples=60)
@given(inner=tables(), hide_zeros=st.booleans())
def test_no_small_number_follows_for_several_hidden_cells_of_one_total(inner, hide_zeros):
    counts, relations = np.array(with_totals(inner)), totals_of(*np.shape(inner))
    hidden = hidden_of(release(counts, relations, largest=LARGEST, hide_zeros=hide_zeros).shown)
    for relation in relations:
        gone = hidden & (relation != 0)
        if gone.any() and (relation[gone] > 0).all():
            assert counts[gone].sum() > LARGEST


def tables_of(shape, together):
    """Return every table of a shape with up to so many pupils."""
    cells = int(np.prod(shape))
    every = itertools.product(range(together + 1), repeat=cells)
    return [np.reshape(each, shape) for each in every if sum(each) <= together]


@pytest.mark.parametrize(
    ("shape", "together", "hide_zeros", "telling"),
    [((3,), 9, False, 0), ((3,), 8, True, 0), ((2, 2), 5, False, 0), ((4,), 10, False, 4)],
)
def test_in_how_many_ways_of_showing_the_rule_itself_tells(shape, together, hide_zeros, telling):
    """Whoever knows the rule to the letter keeps the tables that would be shown in the same way, and compares them."""
    values = defaultdict(lambda: defaultdict(set))
    for inner in tables_of(shape, together):
        counts = with_totals(inner)
        shown = release(counts, totals_of(*shape), largest=2, hide_zeros=hide_zeros).shown
        for place in np.flatnonzero(hidden_of(shown)):
            values[shown][int(place)].add(counts[place])
    told = [shown for shown, cells in values.items() if any(len(each) == 1 for each in cells.values())]
    assert len(told) == telling


def test_the_plain_rule_alone_would_tell():
    counts, relations = np.array([12, 3, 9, 24]), totals_of(3)
    alone = np.array([False, True, False, False])
    assert follows(relations, alone) == [True]
    assert ranges(counts, relations, alone, least=1) == {1: (3, 3)}


def test_two_hidden_of_which_the_total_leaves_one_way_are_not_enough():
    """1 and 1 of 2, and 5 and 5 of 10 where both are known to be small: linear algebra sees nothing, the audit does."""
    assert release([20, 1, 1, 22], totals_of(3), largest=5, hide_zeros=False).shown == (None, None, None, 22)
    assert release([20, 5, 5, 30], totals_of(3), largest=5, hide_zeros=False).shown == (None, None, None, 30)
    assert release([20, 5, 4, 29], totals_of(3), largest=5, hide_zeros=False).shown == (20, None, None, 29)


@pytest.mark.parametrize(
    ("hide_zeros", "shown"), [(False, (0, None, None, 20, 36)), (True, (None, None, None, 20, 36))]
)
def test_zeros_are_handled_as_asked(hide_zeros, shown):
    assert release([0, 4, 12, 20, 36], totals_of(4), largest=5, hide_zeros=hide_zeros).shown == shown


def test_nothing_is_hidden_where_nothing_is_small():
    found = release([10, 0, 30, 40], totals_of(3), largest=5, hide_zeros=False)
    assert (found.shown, found.ranges) == ((10, 0, 30, 40), {})


def test_a_small_school_may_be_left_with_nothing_to_show():
    found = release([2, 1, 3], totals_of(2), largest=5, hide_zeros=False)
    assert (found.shown, found.ranges) == ((None, None, None), {0: (1, None), 1: (1, None), 2: (2, None)})


@pytest.mark.parametrize(
    ("counts", "sentence"), [([5, -1, 4], "cannot be below 0"), ([5, 1, 7], "do not add up to their totals")]
)
def test_what_is_no_table_is_refused(counts, sentence):
    with pytest.raises(ValueError, match=sentence):
        release(counts, totals_of(2), largest=5, hide_zeros=False)


def test_totals_of_two_directions():
    relations = totals_of(2, 3)
    assert relations.shape == (7, 12)
    counts = with_totals([[1, 2, 3], [4, 5, 6]])
    assert counts == [1, 2, 3, 6, 4, 5, 6, 15, 5, 7, 9, 21]
    assert (relations @ counts).tolist() == [0.0] * 7


def test_a_table_of_three_directions_is_audited_in_whole_numbers():
    inner = np.array([[[3, 8], [9, 12]], [[14, 7], [1, 20]]])
    counts, relations = np.array(with_totals(inner)), totals_of(2, 2, 2)
    found = release(counts, relations, largest=LARGEST, hide_zeros=False)
    hidden = hidden_of(found.shown)
    assert (relations @ counts == 0).all()
    assert not any(follows(relations, hidden))
    assert all(high is None or high > low for low, high in found.ranges.values())
    assert found.shown[-1] == 74
