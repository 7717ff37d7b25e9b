"""Spending bands: published check values, and every band against the rule written out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bench import plain_comparators as plain
from headship.analysis.comparator_sets import MISSING
from headship.analysis.spending_bands import bands, percentile, unit_costs


def test_percentiles_of_the_published_check():
    compared = np.array([10.0, 20, 30, 40, 50])
    assert [percentile(value, compared) for value in (35, 50, 5)] == [60, 100, 0]
    found = bands(compared[:, None], np.stack([np.roll(np.arange(5), -each) for each in range(5)]))
    assert found.percentiles[:, 0].tolist() == [percentile(value, compared) for value in compared]
    assert found.medians[:, 0].tolist() == [30] * 5
    assert found.deciles[:, 0].tolist() == [2, 4, 6, 8, 9]
    assert found.counts[:, 0].tolist() == [5] * 5


def test_nothing_to_compare_with_is_no_percentile():
    with pytest.raises(ValueError, match="nothing to compare"):
        percentile(3, np.array([]))


@settings(deadline=None, max_examples=200)
@given(
    costs=arrays(float, (12, 3), elements=st.sampled_from([np.nan, -5, 0, 10, 20, 30, 30.5])),
    order=arrays(np.int64, (12, 12), elements=st.integers(0, 10**6)),
    sizes=arrays(np.int64, 12, elements=st.integers(0, 12)),
)
def test_bands_are_those_of_the_rule(costs, order, sizes):
    members = np.full((12, 12), MISSING)
    for place, (row, size) in enumerate(zip(np.argsort(order, axis=1, kind="stable"), sizes, strict=True)):
        members[place, :size] = [place, *row[row != place]][:size]
    found = bands(costs, members)
    for (place, line), own in np.ndenumerate(costs):
        told = found.medians[place, line], found.percentiles[place, line], found.deciles[place, line]
        if np.isnan(own) or not sizes[place]:
            assert np.isnan(told[:2]).all()
            assert (told[2], found.counts[place, line]) == (MISSING, 0)
        else:
            assert told == plain.band(costs[:, line], members[place, : sizes[place]])


def test_no_unit_is_no_cost_and_not_nought():
    found = unit_costs(np.array([[10.0], [10.0], [10.0]]), np.array([0.0, np.nan, 5.0]))
    assert np.isnan(found[:2]).all()
    assert found[2, 0] == 2
