"""A figure with what it rests on: means, and two figures of different pupils subtracted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from headship.analysis import figures
from headship.analysis.figures import Figure, Lacking

# W. S. Gosset, "The Probable Error of a Mean", Biometrika 6, 1908: extra hours of sleep, from the second drug.
SLEEP = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])

scores = st.lists(st.integers(0, 90).map(float), min_size=2, max_size=40).filter(lambda each: len(set(each)) > 1)


def test_the_mean_of_gossets_sleepers():
    found = figures.mean(SLEEP, fewest=6)
    assert (found.value, found.n, found.of) == (pytest.approx(2.33), 10, 10)
    assert found.interval == pytest.approx((0.8976775, 3.7623225), abs=1e-6)


@given(scores=scores)
def test_the_interval_is_students(scores):
    found = figures.mean(np.array(scores), fewest=1)
    expected = stats.ttest_1samp(scores, 0).confidence_interval()
    assert found.interval == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize(
    ("scores", "fewest", "value", "lacking"),
    [
        ([], 1, None, Lacking.NOBODY),
        ([np.nan, np.nan], 1, None, Lacking.NOBODY),
        ([50, 60, np.nan], 3, None, Lacking.TOO_FEW),
        ([50], 1, 50, Lacking.ONE),
        ([50, 50, 50], 1, 50, Lacking.ALIKE),
    ],
)
def test_what_too_few_pupils_cannot_tell_is_not_there(scores, fewest, value, lacking):
    found = figures.mean(np.array(scores, dtype=float), fewest=fewest)
    assert (found.value, found.interval, found.lacking, found.of) == (value, None, lacking, len(scores))


@given(value=st.floats(-50, 50), half=st.floats(0.1, 20), moved=st.floats(-50, 50), other=st.floats(0.1, 20))
def test_a_change_of_figures_with_even_intervals_adds_their_squares(value, half, moved, other):
    before = Figure(value, 30, value - half, value + half, None, "m", 30)
    after = Figure(moved, 20, moved - other, moved + other, None, "m", 22)
    found = figures.change(after, before)
    wide = np.hypot(half, other)
    assert (found.value, found.low, found.high) == pytest.approx(
        (moved - value, moved - value - wide, moved - value + wide)
    )
    assert (found.n, found.of, found.groups) == (50, 52, (20, 30))


def test_a_change_from_or_to_what_is_not_known_is_not_known():
    bare = Figure(50.0, 30, None, None, Lacking.NO_INTERVAL, "m", 30)
    gone = figures.unknown(Lacking.TOO_FEW, 2, 2, "m")
    assert figures.change(bare, gone).lacking is Lacking.TOO_FEW
    assert figures.change(gone, bare).value is None
    same = figures.change(bare, bare)
    assert (same.value, same.interval, same.lacking) == (0.0, None, Lacking.NO_INTERVAL)


def test_the_smallest_group_is_told():
    assert Figure(1.0, 50, 0.0, 2.0, None, "m", 50, (8, 42)).fewest == 8
    assert Figure(1.0, 50, 0.0, 2.0, None, "m", 50).fewest == 50


@pytest.mark.parametrize(("together", "least", "most"), [(0.0, 0.94, 0.96), (0.6, 0.99, 1.0), (-0.6, 0.86, 0.90)])
def test_of_the_same_people_twice_the_interval_is_wide_where_they_keep_their_views(together, least, most):
    rng, covered, draws = np.random.default_rng(52), 0, 3_000
    for _ in range(draws):
        first = rng.normal(size=40)
        then = together * first + np.sqrt(1 - together**2) * rng.normal(size=40) + 0.3
        found = figures.change(figures.mean(then, fewest=5), figures.mean(first, fewest=5))
        covered += found.low <= 0.3 <= found.high
    assert least <= covered / draws <= most
