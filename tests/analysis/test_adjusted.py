"""What an earlier score says: against the matrix forms, by hand, and where there is nothing to say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from headship.analysis.adjusted import adjusted_difference, expected_scores
from headship.analysis.figures import Lacking

SCORE = st.floats(-50, 50).map(lambda each: round(each, 2))
PUPILS = st.lists(st.tuples(SCORE, SCORE, st.booleans()), min_size=6, max_size=40)


def columns(pupils):
    before, after, took = (np.array(each) for each in zip(*pupils, strict=True))
    return before, after, took.astype(bool)


def least_squares(design, outcome):
    """Return estimates, their covariance and the residual variance from the whole design matrix."""
    inverse = np.linalg.pinv(design.T @ design)
    found = inverse @ design.T @ outcome
    left = outcome - design @ found
    variance = float(left @ left) / (len(outcome) - design.shape[1])
    return found, inverse * variance, variance


@given(PUPILS, st.lists(SCORE, min_size=1, max_size=5))
def test_expected_scores_are_those_of_the_matrix_form(pupils, asked):
    before, after, _ = columns(pupils)
    now = np.array(asked)
    found = expected_scores(before, after, now, fewest=3)
    if np.ptp(before) < 0.1:
        return
    design = np.column_stack([np.ones(len(before)), before])
    line, covariance, variance = least_squares(design, after)
    new = np.column_stack([np.ones(len(now)), now])
    middle = new.mean(axis=0)
    np.testing.assert_allclose(found.expected, new @ line, atol=1e-6)
    wide = np.sqrt(variance + np.einsum("ij,jk,ik->i", new, covariance, new))
    np.testing.assert_allclose(found.spread, wide, atol=1e-6)
    assert found.shared == pytest.approx(float(np.sqrt(max(middle @ covariance @ middle, 0))), abs=1e-6)
    assert (found.n, found.lacking) == (len(before), None)


@given(PUPILS)
def test_the_difference_is_that_of_the_whole_design_matrix(pupils):
    before, after, took = columns(pupils)
    within = sum(float(np.ptp(before[each])) for each in (took, ~took) if each.any())
    if min(took.sum(), (~took).sum()) < 2 or within < 0.1:
        return
    found = adjusted_difference(before, after, took, fewest=2)
    design = np.column_stack([np.ones(len(before)), before, took])
    line, covariance, _ = least_squares(design, after)
    half = stats.t.ppf(0.975, len(before) - 3) * np.sqrt(covariance[2, 2])
    assert found.value == pytest.approx(line[2], abs=1e-5)
    assert found.groups == (took.sum(), (~took).sum())
    if found.low is not None:
        assert (found.low, found.high) == pytest.approx((line[2] - half, line[2] + half), abs=1e-4)


def test_where_both_began_alike_it_is_the_plain_difference_of_means():
    before = np.array([1.0, 2, 3, 1, 2, 3])
    after = np.array([4.0, 4, 7, 2, 2, 5])
    took = np.array([True, True, True, False, False, False])
    found = adjusted_difference(before, after, took, fewest=3)
    assert found.value == 2.0
    assert found.effect == pytest.approx(2 * (1 - 3 / 15) / np.sqrt(3))
    assert (found.least, found.most, found.n, found.groups) == (1.5, 2.5, 6, (3, 3))


def test_swapping_the_groups_turns_the_sign():
    numbers = np.random.default_rng(5)
    before, took = numbers.normal(100, 10, 40), np.arange(40) < 12
    after = before * 0.7 + 3 * took + numbers.normal(0, 4, 40)
    one = adjusted_difference(before, after, took, fewest=6)
    other = adjusted_difference(before, after, ~took, fewest=6)
    assert (one.value, one.low, one.high) == pytest.approx((-other.value, -other.high, -other.low))
    assert one.least <= one.value <= one.most
    assert (one.effect, one.effect_low) == pytest.approx((-other.effect, -other.effect_high))


def test_pupils_without_both_scores_are_left_out():
    before = np.array([1.0, 2, 3, 1, 2, 3, np.nan, 9])
    after = np.array([4.0, 4, 7, 2, 2, 5, 100, np.nan])
    took = np.array([True, True, True, False, False, False, True, False])
    found = adjusted_difference(before, after, took, fewest=3)
    assert (found.value, found.n, found.groups) == (2.0, 6, (3, 3))
    line = expected_scores(before, after, np.array([2.0]), fewest=6)
    assert (line.n, line.expected.tolist()) == (6, [4.0])


@pytest.mark.parametrize(
    ("before", "after", "took", "fewest", "why"),
    [
        ([1.0, 2, 3, 4], [1.0, 2, 3, 4], [True] * 4, 1, Lacking.NOBODY),
        ([1.0, 2, 3, 4], [1.0, 2, 3, 4], [False] * 4, 1, Lacking.NOBODY),
        ([1.0, 2, 3, 4], [1.0, 2, 3, 4], [True, False, False, False], 2, Lacking.TOO_FEW),
        ([1.0, 2, 3], [1.0, 2, 3], [True, False, False], 1, Lacking.TOO_FEW),
        ([1.0, 1, 2, 2], [1.0, 2, 3, 4], [True, True, False, False], 2, Lacking.ALIKE),
    ],
)
def test_where_nothing_can_be_said_it_says_why(before, after, took, fewest, why):
    found = adjusted_difference(np.array(before), np.array(after), np.array(took), fewest=fewest)
    assert (found.value, found.low, found.effect, found.least, found.lacking) == (None, None, None, None, why)


def test_pupils_who_all_lie_on_the_lines_have_a_difference_and_no_interval():
    before, took = np.array([1.0, 2, 3, 1, 2, 3]), np.array([True, True, True, False, False, False])
    found = adjusted_difference(before, before + 2 * took, took, fewest=3)
    assert (found.value, found.low, found.lacking) == (2.0, None, Lacking.ALIKE)
    assert found.effect == pytest.approx(2 * 0.8)


def test_later_scores_all_alike_have_no_effect_size():
    took = np.array([True, True, True, False, False, False])
    found = adjusted_difference(np.array([1.0, 2, 3, 1, 2, 3]), np.where(took, 5.0, 4.0), took, fewest=3)
    assert (found.value, found.effect, found.lacking) == (1.0, None, Lacking.ALIKE)


def test_where_one_pupil_carries_all_leaving_them_out_gives_no_range():
    before, after = np.array([1.0, 1, 2, 2, 2]), np.array([1.0, 2, 3, 4, 5])
    found = adjusted_difference(before, after, np.array([True, True, True, False, False]), fewest=2)
    assert (found.least, found.most) == (None, None)


@pytest.mark.parametrize(
    ("before", "fewest", "why"),
    [([], 1, Lacking.NOBODY), ([1.0, 2], 1, Lacking.TOO_FEW), ([1.0, 2, 3], 4, Lacking.TOO_FEW),
     ([2.0, 2, 2], 3, Lacking.ALIKE)],
)  # fmt: skip
def test_without_a_line_nothing_is_expected(before, fewest, why):
    found = expected_scores(np.array(before), np.array(before), np.array([1.0]), fewest=fewest)
    assert (found.expected, found.spread, found.slope, found.lacking) == (None, None, None, why)


def test_nobody_asked_about_still_has_a_line():
    found = expected_scores(np.array([1.0, 2, 3, 4]), np.array([2.0, 5, 5, 8]), np.array([np.nan]), fewest=4)
    assert np.isnan(found.expected).all()
    assert found.shared == pytest.approx(found.own / 2)
