"""Attainment 8 and progress: by hand, and against the Department's ready reckoner for Progress 8."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headship.analysis import attainment
from headship.analysis.figures import Lacking

SLOTS = (2, 2, 3, 3)
PARTS = ("p8esteng", "p8estmat", "p8estebac", "p8estopen")


@pytest.fixture
def reckoner(shared_data):
    return shared_data / "performance" / "ready-reckoners"


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def column(table, name):
    return np.array([float(row[name]) for row in table])


def bands(table):
    ends = [row["KS2 average scaled score range"].split(" to ") for row in table]
    return np.array([float(low) for low, _ in ends]), np.array([float(high) for _, high in ends])


def test_attainment_8_by_hand():
    nan = np.nan
    points = attainment.attainment_8(
        np.array([5.0, nan, 9.0]),
        np.array([4.0, 3.0, 9.0]),
        np.array([[6, 5, 5], [4, nan, nan], [9, 9, 9]]),
        np.array([[7, 6, 5.5], [nan, nan, nan], [9, 9, 9]]),
        slots=SLOTS,
    )
    assert points.tolist() == [10 + 8 + 16 + 18.5, 6 + 4, 90]


def test_results_that_do_not_fit_the_slots_are_refused():
    one, three = np.array([5.0]), np.array([[5.0, 5.0, 5.0]])
    with pytest.raises(ValueError, match="3 EBacc and 3 open slots"):
        attainment.attainment_8(one, one, three, three[:, :2], slots=SLOTS)
    with pytest.raises(ValueError, match="below 0"):
        attainment.attainment_8(-one, one, three, three, slots=SLOTS)


@given(averages=st.lists(st.integers(100, 260).map(lambda each: each / 2), min_size=1, max_size=30))
def test_a_group_holds_both_its_ends_and_what_lies_between(averages):
    lows, highs = np.array([59.0, 82.5, 90.5]), np.array([82.0, 86.0, 120.0])
    found = attainment.groups_of(np.array(averages), lows, highs)
    expected = [
        next((place for place in range(3) if lows[place] <= each <= highs[place]), attainment.OUTSIDE)
        for each in averages
    ]
    assert found.tolist() == expected


@pytest.mark.parametrize(("lows", "highs"), [([59, 80], [82, 90]), ([59, 83], [58, 90]), ([90, 59], [95, 82])])
def test_groups_out_of_order_are_refused(lows, highs):
    with pytest.raises(ValueError, match="rise and not overlap"):
        attainment.groups_of(np.array([90.0]), np.array(lows, dtype=float), np.array(highs, dtype=float))


def test_who_has_no_group_or_no_score_is_left_out_and_counted():
    scores, groups = np.array([50.0, 60.0, np.nan, 40.0]), np.array([0, attainment.OUTSIDE, 0, 1])
    progress = attainment.progress_scores(scores, groups, np.array([45.0, 42.0]), slots=10)
    assert progress == pytest.approx([0.5, np.nan, np.nan, -0.2], nan_ok=True)
    found = attainment.progress_8(progress, 1.4, fewest=2)
    assert (found.value, found.n, found.of) == (pytest.approx(0.15), 2, 4)


@pytest.mark.parametrize(("fewest", "lacking"), [(1, Lacking.NOBODY), (6, Lacking.NOBODY)])
def test_nobody_makes_no_progress_figure(fewest, lacking):
    found = attainment.progress_8(np.array([np.nan, np.nan]), 1.4, fewest=fewest)
    assert (found.value, found.interval, found.lacking, found.of) == (None, None, lacking, 2)


def test_one_pupil_has_the_interval_of_the_national_spread():
    found = attainment.progress_8(np.array([0.5]), 1.4, fewest=1)
    assert found.interval == pytest.approx((0.5 - 1.96 * 1.4, 0.5 + 1.96 * 1.4))
    assert attainment.progress_8(np.array([0.5]), 1.4, fewest=6).lacking is Lacking.TOO_FEW


def test_a_spread_that_is_none_is_refused():
    with pytest.raises(ValueError, match="spread must be above 0"):
        attainment.progress_8(np.array([0.5]), 0.0, fewest=1)


@given(
    scores=st.lists(st.integers(80, 120).map(float), min_size=1, max_size=60),
    means=st.lists(st.floats(90, 110), min_size=2, max_size=2),
    added=st.integers(-10, 10),
)
def test_key_stage_2_progress_rises_with_every_pupil_by_as_much_as_they_do(scores, means, added):
    groups = np.arange(len(scores)) % 2
    one, other = (
        attainment.ks2_progress(np.array(scores) + each, groups, np.array(means), 6.0, fewest=1) for each in (0, added)
    )
    assert other.value - one.value == pytest.approx(added)
    assert other.high - other.low == pytest.approx(2 * 1.96 * 6 / np.sqrt(len(scores)))


@pytest.mark.shared_data
def test_a_pupil_of_average_results_in_each_group_makes_no_progress_in_the_ready_reckoner(reckoner):
    coefficients, splits = rows(reckoner / "p8_pupil_coefficients_file.csv"), rows(reckoner / "p8_att8_splits.csv")
    estimates = column(coefficients, "p8est")
    assert estimates.tolist() == column(splits, "Attainment 8 average").tolist()
    lows, highs = bands(splits)
    groups = attainment.groups_of(lows, lows, highs)
    assert groups.tolist() == attainment.groups_of(highs, lows, highs).tolist() == [*range(34)]
    assert attainment.progress_scores(estimates, groups, estimates, slots=10).tolist() == [0.0] * 34


@pytest.mark.shared_data
def test_the_parts_of_the_ready_reckoner_are_points_of_all_their_slots_and_make_the_whole(reckoner):
    table = rows(reckoner / "p8_pupil_coefficients_file.csv")
    english, maths, ebacc, open_ = (column(table, part) for part in PARTS)
    thirds = [np.repeat(each[:, None] / 3, 3, axis=1) for each in (ebacc, open_)]
    points = attainment.attainment_8(english / 2, maths / 2, *thirds, slots=SLOTS)
    # Five figures, each rounded to two decimals.
    assert np.abs(points - column(table, "p8est")).max() <= 0.025 + 1e-9


@pytest.mark.shared_data
def test_every_half_point_has_a_group_in_the_ready_reckoner(reckoner):
    lows, highs = bands(rows(reckoner / "p8_att8_splits.csv"))
    halves = np.arange(59.0, 120.5, 0.5)
    found = attainment.groups_of(halves, lows, highs)
    assert (found != attainment.OUTSIDE).all()
    assert attainment.groups_of(np.array([58.5, 120.5]), lows, highs).tolist() == [attainment.OUTSIDE] * 2


@pytest.mark.shared_data
def test_the_ready_reckoners_example_school(reckoner):
    """Nine pupils; the heading order of the spreads is Progress 8, English, mathematics, open, EBacc."""
    pupils, (spreads,) = rows(reckoner / "p8_dummy_v6.csv"), rows(reckoner / "p8_stdev_file_named.csv")
    assert [name.strip() for name in spreads][3:] == ["Progress 8 Open element", "Progress 8 Ebacc element"]
    included = column(pupils, "Pupil included in progress 8 calculations")
    progress = np.where(included == 1, column(pupils, "Pupil's adjusted progress 8 score"), np.nan)
    found = attainment.progress_8(progress, float(spreads["Progress 8 "]), fewest=1)
    # 2.05/9 and 1.96 · 1.41628/3, by hand.
    assert (found.value, found.n) == (pytest.approx(0.2277778), 9)
    assert found.interval == pytest.approx((-0.6975252, 1.1530807), abs=1e-6)


def test_the_nations_own_pupils_made_no_progress_and_one_grade_more_is_one():
    counts = np.array([[3.0, 2.0, 5.0] + [0.0] * 7, [0.0, 1.0, 4.0, 7.0] + [0.0] * 6])
    groups = np.repeat([0, 1], [10, 12])
    grades = np.concatenate([np.repeat(np.arange(10.0), each.astype(int)) for each in counts])
    assert attainment.progress_from_start(grades, groups, counts, fewest=1).value == pytest.approx(0.0, abs=1e-12)
    found = attainment.progress_from_start(grades + 1, groups, counts, fewest=1)
    assert found.value == pytest.approx(1.0)
    assert found.method == "progress-from-starting-points 1"
    residual = np.concatenate([grades[:10] - grades[:10].mean(), grades[10:] - grades[10:].mean()])
    assert found.high == pytest.approx(1.0 + 1.96 * residual.std() / 22**0.5)


def test_a_group_of_nobody_has_no_mean_and_its_pupils_do_not_count():
    counts = np.array([[0.0] * 10, [1.0, 0.0, 1.0] + [0.0] * 7])
    found = attainment.progress_from_start(np.array([9.0, 2.0]), np.array([0, 1]), counts, fewest=1)
    assert (found.value, found.n, found.of) == (1.0, 1, 2)


def test_a_nation_all_alike_has_no_spread():
    with pytest.raises(ValueError, match="spread"):
        attainment.progress_from_start(np.array([1.0]), np.array([0]), np.array([[0.0, 4.0] + [0.0] * 8]), fewest=1)
