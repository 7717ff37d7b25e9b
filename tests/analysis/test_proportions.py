"""Shares and their differences against Newcombe's published intervals; attendance by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headship.analysis import proportions
from headship.analysis.figures import Lacking

# R. G. Newcombe, Statistics in Medicine 17, 1998: pages 857-872 (one share, method 3), 873-890 (two, method 10).
ONE_SHARE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)]
TWO_SHARES = [
    ((56, 48), (70, 80), 0.0524, 0.3339),
    ((9, 3), (10, 10), 0.1705, 0.8090),
    ((6, 2), (7, 7), 0.0582, 0.8062),
    ((5, 0), (56, 29), -0.0381, 0.1926),
    ((0, 0), (10, 20), -0.1611, 0.2775),
    ((0, 0), (10, 10), -0.2775, 0.2775),
    ((10, 0), (10, 20), 0.6791, 1.0),
    ((10, 0), (10, 10), 0.6075, 1.0),
]

groups = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("reached", "n", "low", "high"), ONE_SHARE)
def test_published_intervals_of_one_share(reached, n, low, high):
    found = proportions.share(reached, n, fewest=1)
    assert found.value == reached / n
    assert found.interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("reached", "n", "low", "high"), TWO_SHARES)
def test_published_intervals_of_two_shares(reached, n, low, high):
    found = proportions.difference_of_shares(reached, n, fewest=1)
    assert found.value == reached[0] / n[0] - reached[1] / n[1]
    assert found.interval == pytest.approx((low, high), abs=5e-5)
    assert found.groups == n


@given(group=groups)
def test_a_share_lies_in_its_interval_and_mirrors_that_of_the_others(group):
    reached, n = group
    found, mirrored = (proportions.share(each, n, fewest=1) for each in (reached, n - reached))
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low < found.high
    assert found.interval == pytest.approx((1 - mirrored.high, 1 - mirrored.low))


@given(one=groups, other=groups)
def test_a_difference_of_shares_mirrors_when_the_groups_are_exchanged(one, other):
    found = proportions.difference_of_shares((one[0], other[0]), (one[1], other[1]), fewest=1)
    mirrored = proportions.difference_of_shares((other[0], one[0]), (other[1], one[1]), fewest=1)
    assert -1 - 1e-12 <= found.low <= found.value <= found.high <= 1 + 1e-12
    assert (found.value, *found.interval) == pytest.approx((-mirrored.value, -mirrored.high, -mirrored.low))


def test_too_few_pupils_make_no_share():
    assert proportions.share(0, 0, fewest=1).lacking is Lacking.NOBODY
    found = proportions.share(4, 5, fewest=6)
    assert (found.value, found.interval, found.n, found.lacking) == (None, None, 5, Lacking.TOO_FEW)
    two = proportions.difference_of_shares((4, 10), (5, 20), fewest=6)
    assert (two.value, two.groups, two.lacking) == (None, (5, 20), Lacking.TOO_FEW)


@pytest.mark.parametrize("reached", [-1, 6])
def test_more_than_all_or_fewer_than_none_is_refused(reached):
    with pytest.raises(ValueError, match="of 5 pupils cannot have reached"):
        proportions.share(reached, 5, fewest=1)


def test_attendance_by_hand():
    attended = np.array([350.0, 370.0, 280.0, np.nan, 0.0])
    possible = np.array([380.0, 380.0, 380.0, 380.0, 0.0])
    found = proportions.attendance_rate(attended, possible, fewest=3)
    assert (found.value, found.n, found.of) == (pytest.approx(1000 / 1140), 3, 5)
    # Deviations 16 2/3, 36 2/3, -53 1/3 sessions; Student's 4.3027 of 2 degrees of freedom.
    error = np.sqrt(3 / 2 * (16.66667**2 + 36.66667**2 + 53.33333**2)) / 1140
    half = 4.3027 * error / (1000 / 1140 * 140 / 1140)
    centre = np.log(1000 / 140)
    ends = [1 / (1 + np.exp(-each)) for each in (centre - half, centre + half)]
    assert found.interval == pytest.approx(ends, abs=1e-5)


@pytest.mark.parametrize(
    ("attended", "fewest", "value", "lacking"),
    [
        ([np.nan, np.nan], 1, None, Lacking.NOBODY),
        ([100, 90], 3, None, Lacking.TOO_FEW),
        ([90], 1, 0.9, Lacking.ONE),
        ([100, 100], 1, 1.0, Lacking.ALIKE),
        ([0, 0], 1, 0.0, Lacking.ALIKE),
    ],
)
def test_attendance_that_too_few_tell(attended, fewest, value, lacking):
    came = np.array(attended, dtype=float)
    found = proportions.attendance_rate(came, np.full(len(came), 100.0), fewest=fewest)
    assert (found.value, found.interval, found.lacking) == (value, None, lacking)


def test_more_sessions_than_there_were_are_refused():
    with pytest.raises(ValueError, match="more than there were"):
        proportions.attendance_rate(np.array([101.0]), np.array([100.0]), fewest=1)


def test_a_tenth_missed_is_persistent_however_it_is_divided():
    possible = np.arange(10.0, 400.0, 10.0)
    exactly = proportions.persistent_absence(possible * 9 / 10, possible, threshold=0.1, fewest=1)
    one_more = proportions.persistent_absence(possible * 9 / 10 + 0.5, possible, threshold=0.1, fewest=1)
    assert (exactly.value, one_more.value) == (1.0, 0.0)
    assert exactly.method == "persistent-absence 1"
