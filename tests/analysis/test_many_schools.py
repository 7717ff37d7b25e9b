"""How many schools can be told apart, and what is between them once chance is allowed for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headship.analysis.many_schools import ToldApart, errors_of, random_effects, told_apart

# Thirteen trials of a vaccine (Colditz and others, JAMA 271, 1994): ill and well among vaccinated, then among others.
TRIALS = np.array([
    [4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619], [33, 5036, 47, 5761],
    [180, 1361, 372, 1079], [8, 2537, 10, 619], [505, 87886, 499, 87892], [29, 7470, 45, 7232], [17, 1699, 65, 1600],
    [186, 50448, 141, 27197], [5, 2493, 3, 2338], [27, 16886, 29, 17825],
], dtype=float)  # fmt: skip


def test_intervals_that_touch_the_value_cannot_be_told_from_it():
    low, high = np.array([0.0, -2.0, 0.1, -2.0, -1.0]), np.array([1.0, 0.0, 1.0, -0.1, 1.0])
    found = told_apart(low, high, against=0.0)
    assert found == ToldApart(schools=5, cannot_tell=3, below=1, above=1)
    assert found.share == 0.6
    assert told_apart(low, high, against=1.5) == ToldApart(schools=5, cannot_tell=0, below=5, above=0)


@pytest.mark.parametrize(("low", "high"), [([], []), ([1.0], [0.5]), ([np.nan], [1.0]), ([0.0], [np.nan])])
def test_intervals_must_have_both_ends_in_order(low, high):
    with pytest.raises(ValueError, match=r"^Each school needs both ends of its interval, the lower first\.$"):
        told_apart(np.array(low), np.array(high), against=0.0)


def test_the_published_variance_between_trials():
    """The values that meta-analysis packages print for these trials (DerSimonian and Laird): 0.3088 and -0.7141."""
    ill, well, others_ill, others_well = TRIALS.T
    values = np.log(ill / (ill + well)) - np.log(others_ill / (others_ill + others_well))
    errors = np.sqrt(1 / ill - 1 / (ill + well) + 1 / others_ill - 1 / (others_ill + others_well))
    found = random_effects(values, errors)
    assert (round(found.between, 4), round(found.mean, 4), round(found.mean_error, 4)) == (0.3088, -0.7141, 0.1787)


def test_by_hand():
    """Three schools as sure as one another: Q = 26, so that 12 lies between them, and each keeps 12/13."""
    found = random_effects(np.array([1.0, 3.0, 8.0]), np.array([1.0, 1.0, 1.0]))
    assert (found.mean, found.between, found.mean_error**2) == pytest.approx((4.0, 12.0, 13 / 3))
    assert found.kept.tolist() == pytest.approx([12 / 13] * 3)
    assert found.shrunken.tolist() == pytest.approx([4 - 36 / 13, 4 - 12 / 13, 4 + 48 / 13])
    assert (found.errors**2).tolist() == pytest.approx([12 / 13 + 13 / 3 / 169] * 3)


def test_differences_that_chance_explains_leave_nothing_between():
    found = random_effects(np.array([0.9, 1.0, 1.1]), np.array([1.0, 1.0, 1.0]))
    assert found.between == 0.0
    assert found.shrunken.tolist() == pytest.approx([1.0, 1.0, 1.0])
    assert found.errors.tolist() == pytest.approx([found.mean_error] * 3)


@pytest.mark.parametrize(("values", "errors"), [([1.0], [1.0]), ([1.0, 2.0], [0.0, 1.0]), ([1.0, 2.0], [np.nan, 1.0])])
def test_what_cannot_be_worked_out_is_refused(values, errors):
    with pytest.raises(ValueError, match=r"^It takes two schools or more, each with a standard error above 0\.$"):
        random_effects(np.array(values), np.array(errors))


SCHOOLS = st.lists(st.tuples(st.floats(-9, 9), st.floats(0.1, 5)), min_size=2, max_size=30)


@given(SCHOOLS, st.floats(-5, 5), st.floats(0.5, 3))
def test_shifting_and_stretching_every_school_moves_everything_alike(schools, shift, stretch):
    values, errors = np.array(schools).T
    one, other = random_effects(values, errors), random_effects(shift + stretch * values, stretch * errors)
    assert other.between == pytest.approx(stretch**2 * one.between, rel=1e-6, abs=1e-8)
    assert other.shrunken == pytest.approx(shift + stretch * one.shrunken, rel=1e-5, abs=1e-5)
    assert ((one.kept >= 0) & (one.kept < 1)).all()


def test_the_error_of_an_even_interval():
    assert errors_of(np.array([-3.0]), np.array([0.6]))[0] == pytest.approx(3.6 / 2 / 1.959963984540054)
