"""Sums by group against plain Python, and all that follows from them against scipy and numpy, row by row."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from headship.analysis.figures import mean
from headship.analysis.gaps import mean_gap
from headship.analysis.passes.gaps import gaps
from headship.analysis.passes.prior_attainment import class_means, distribution, progress_sums
from headship.analysis.passes.sums import in_order, sums_by
from tests.analysis.passes.rows import BY, frame, pupils

lists = st.lists(pupils, max_size=30)
several = settings(deadline=None, max_examples=40)


def known(rows):
    return [row["score"] for row in rows if row["score"] is not None]


def grouped(rows, by):
    """Return the rows of each group, groups in order."""
    groups = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in by), []).append(row)
    return dict(sorted(groups.items(), key=lambda item: in_order(item[0])))


@several
@given(rows=lists, about=st.sampled_from([0.0, 100.0]))
def test_it_counts_and_adds_as_plain_python(rows, about):
    found = sums_by(frame(rows), "score", BY[:2], about=about)
    told = grouped(rows, BY[:2])
    assert found.groups == tuple(told)
    assert found.rows.tolist() == [len(each) for each in told.values()]
    assert found.counts.tolist() == [len(known(each)) for each in told.values()]
    away = [[score - about for score in known(each)] for each in told.values()]
    assert found.totals == pytest.approx([math.fsum(each) for each in away], rel=1e-9, abs=1e-9)
    assert found.squares == pytest.approx([math.fsum(x * x for x in each) for each in away], rel=1e-9, abs=1e-9)


@several
@given(rows=lists)
def test_coarser_sums_follow_without_another_pass(rows):
    fine = sums_by(frame(rows), "score", BY)
    coarse, direct = fine.over("prior", "school"), sums_by(frame(rows), "score", ["prior", "school"])
    assert (coarse.by, coarse.groups) == (direct.by, direct.groups)
    assert coarse.parts == pytest.approx(direct.parts, rel=1e-9, abs=1e-9)
    everybody = fine.over()
    assert everybody.groups == (((),) if rows else ())
    assert everybody.rows.sum() == len(rows)


def made(pupil_count=400):
    """Make pupils of five schools whose every group holds several, with small spreads about a large mean."""
    rng = np.random.default_rng(4)
    return pl.DataFrame(
        {
            "school": rng.integers(1, 6, pupil_count),
            "prior": rng.integers(1, 4, pupil_count),
            "disadvantaged": rng.random(pupil_count) < 0.3,
            "score": rng.normal(100, 10, pupil_count),
        }
    )


def scores(rows, **where):
    return rows.filter(**where)["score"].to_numpy()


def test_means_deviations_and_intervals_are_those_of_the_values():
    rows = made()
    found = sums_by(rows, "score", ["school"], about=100.0)
    for place, (school,) in enumerate(found.groups):
        own = scores(rows, school=school)
        assert found.deviations[place] == pytest.approx(own.std(ddof=1), rel=1e-12)
        figure = mean(own, fewest=2)
        assert found.means[place] == pytest.approx(figure.value, rel=1e-12)
        assert found.intervals[place] == pytest.approx(figure.interval, rel=1e-12)


def test_gaps_are_those_of_the_pupils_and_welchs():
    rows = made()
    found = gaps(sums_by(rows, "score", ["school", "disadvantaged"], about=100.0), "disadvantaged")
    for place, (school,) in enumerate(found.marked.groups):
        ours, theirs = (scores(rows, school=school, disadvantaged=mark) for mark in (True, False))
        figure, welch = mean_gap(ours, theirs, fewest=2), stats.ttest_ind(ours, theirs, equal_var=False)
        assert found.differences[place] == pytest.approx(figure.value, rel=1e-9)
        assert found.intervals[place] == pytest.approx(figure.interval, rel=1e-9)
        assert found.intervals[place] == pytest.approx([*welch.confidence_interval()], rel=1e-9)


@several
@given(rows=lists)
def test_gaps_keep_every_row_on_one_side(rows):
    fine = sums_by(frame(rows), "score", BY)
    found = gaps(fine, "disadvantaged")
    told = grouped(rows, ["school", "subject", "prior"])
    assert found.marked.groups == found.others.groups == found.unknown.groups == tuple(told)
    for side, mark in ((found.marked, True), (found.others, False), (found.unknown, None)):
        assert side.rows.tolist() == [sum(row["disadvantaged"] is mark for row in each) for each in told.values()]


def test_a_gap_without_two_sides_is_not_known_and_one_pupil_makes_no_interval():
    rows = pl.DataFrame(
        {
            "school": [1, 1, 1, 2, 3, 3, 3, 3],
            "fsm": [1, 0, 0, 0, 1, 1, 0, 0],
            "score": [10.0, 20.0, 30.0, 40.0, 5.0, 5.0, 7.0, 7.0],
        }
    )
    found = gaps(sums_by(rows, "score", ["school", "fsm"]), "fsm")
    assert found.differences == pytest.approx([-15, np.nan, -2], nan_ok=True)
    assert np.isnan(found.intervals).all()


def test_a_mark_of_three_values_is_refused():
    rows = pl.DataFrame({"school": [1, 1], "fsm": ["Y", "N"], "score": [1.0, 2.0]})
    with pytest.raises(ValueError, match="fsm is N somewhere: a mark is true, false or not known"):
        gaps(sums_by(rows, "score", ["school", "fsm"]), "fsm")


def test_values_all_alike_have_no_spread_however_large():
    rows = pl.DataFrame({"school": [1] * 7, "score": [1e8 + 0.1] * 7})
    found = sums_by(rows, "score", ["school"])
    assert found.deviations.tolist() == [0]
    assert np.isnan(found.intervals).all()


def test_a_small_spread_of_large_values_stays_exact_about_a_number_near_them():
    values = 1e8 + np.array([1.0, 2.0, 4.0])
    rows = pl.DataFrame({"school": [1] * 3, "score": values})
    assert sums_by(rows, "score", ["school"], about=1e8).deviations == pytest.approx([np.std([1, 2, 4], ddof=1)], 1e-12)


@several
@given(rows=lists)
def test_a_distribution_counts_every_row_once(rows):
    found = distribution(sums_by(frame(rows), "score", BY), "prior")
    told = grouped(rows, ["school", "subject", "disadvantaged"])
    assert found.groups == tuple(told)
    for own, each in zip(found.rows, told.values(), strict=True):
        assert own.tolist() == [sum(row["prior"] == of for row in each) for of in found.classes]
    assert found.shares.sum(axis=1) == pytest.approx(np.ones(len(told)))


def test_progress_is_each_score_less_the_mean_of_its_class():
    rows = made()
    fine = sums_by(rows, "score", ["school", "prior"], about=100.0)
    national = class_means(fine, "prior")
    assert national == pytest.approx({of: scores(rows, prior=of).mean() for of in (1, 2, 3)}, rel=1e-12)
    found = progress_sums(fine, "prior", national)
    progress = rows.with_columns(pl.col("score") - pl.col("prior").replace_strict(national, return_dtype=pl.Float64))
    for place, (school,) in enumerate(found.groups):
        own = scores(progress, school=school)
        assert found.means[place] == pytest.approx(own.mean(), rel=1e-9)
        assert found.deviations[place] == pytest.approx(own.std(ddof=1), rel=1e-9)
    assert found.totals.sum() == pytest.approx(0, abs=1e-9)


def test_who_has_no_class_or_no_mean_is_counted_and_makes_no_progress():
    rows = pl.DataFrame({"school": [1, 1, 1, 2], "prior": [1, None, 2, 2], "score": [12.0, 50.0, 7.0, None]})
    found = progress_sums(sums_by(rows, "score", ["school", "prior"]), "prior", {1: 10.0})
    assert (found.rows.tolist(), found.counts.tolist(), found.totals.tolist()) == ([3, 1], [1, 0], [2, 0])
    assert class_means(sums_by(rows, "score", ["school", "prior"]), "prior") == {1: 12, 2: 7}


def test_nothing_to_group_by_is_refused():
    with pytest.raises(ValueError, match="Name a column to group by"):
        sums_by(made(), "score", [])
