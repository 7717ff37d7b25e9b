"""Reliability: published values, known variances found again, intervals that cover, words that promise no more."""

import csv
import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headship.analysis.figures import Figure, Lacking
from headship.analysis.reliability import (
    Components,
    Seen,
    Voices,
    components_of,
    generalisability,
    more_raters,
    profile_components,
    profile_reliability,
    raters_needed,
    reliability,
    seen,
    self_other,
    voices,
)

# Six people and four judges: P. Shrout, J. Fleiss, Psychological Bulletin 86(2), 1979, tables 2 and 4.
SHROUT = np.array([9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7], dtype=float)
SIX = np.repeat(np.arange(6), 4)
VARIANCES = st.floats(0.01, 10)


def simulated(chance, people, raters, person, rater):
    own = chance.normal(scale=person**0.5, size=people)
    return (own[:, None] + chance.normal(scale=rater**0.5, size=(people, raters))).ravel()


def test_the_published_example():
    one, four = (reliability(SHROUT, SIX, raters=raters) for raters in (1, 4))
    assert [round(each.value, 2) for each in (one, four)] == [0.17, 0.44]
    assert [round(each.high, 2) for each in (one, four)] == [0.72, 0.91]
    assert (one.low, four.low) == (0, 0)  # -.13 and -.88 in print
    assert (four.n, four.of, four.lacking) == (24, 24, None)


def test_known_variances_are_found_again():
    scores = simulated(np.random.default_rng(3), 3_000, 8, 0.3, 0.9)
    found = components_of(scores, np.repeat(np.arange(3_000), 8))
    assert (found.person, found.rater) == (pytest.approx(0.3, abs=0.03), pytest.approx(0.9, abs=0.02))


def test_the_interval_holds_the_truth_as_often_as_it_says():
    chance, truth = np.random.default_rng(8), 6 * 0.5 / (6 * 0.5 + 1)
    people = np.repeat(np.arange(12), 6)
    found = [reliability(simulated(chance, 12, 6, 0.5, 1.0), people, raters=6) for _ in range(1_500)]
    assert np.mean([each.low <= truth <= each.high for each in found]) == pytest.approx(0.95, abs=0.02)


def test_it_agrees_with_real_ratings_counted_otherwise(shared_data):
    """Essays of the first rating data set: person and error mean squares by sums over a list of lists."""
    with gzip.open(shared_data / "ratings" / "sirt_data.ratings1.csv.gz", "rt") as file:
        rows = [(row["idstud"], sum(float(row[f"k{at}"]) for at in range(1, 6)) / 5) for row in csv.DictReader(file)]
    groups = {}
    for who, score in rows:
        groups.setdefault(who, []).append(score)
    everybody = [score for own in groups.values() for score in own]
    n, mean = len(everybody), sum(everybody) / len(everybody)
    between = sum(len(own) * (sum(own) / len(own) - mean) ** 2 for own in groups.values()) / (len(groups) - 1)
    within = sum((score - sum(own) / len(own)) ** 2 for own in groups.values() for score in own) / (n - len(groups))
    each = (n - sum(len(own) ** 2 for own in groups.values()) / n) / (len(groups) - 1)
    found = components_of(np.array(everybody), np.repeat(np.arange(len(groups)), [len(own) for own in groups.values()]))
    assert found.rater == pytest.approx(within)
    assert found.person == pytest.approx((between - within) / each)
    assert found.person > 0


@settings(deadline=None)
@given(person=VARIANCES, rater=VARIANCES, residual=VARIANCES, items=st.integers(1, 30), target=st.floats(0.05, 0.95))
def test_as_many_raters_as_needed_are_enough_and_one_fewer_is_not(person, rater, residual, items, target):
    components = Components(person, rater, residual)
    needed = raters_needed(components, target=target, items=items)
    if needed is None:
        assert generalisability(components, raters=1_000, items=items) < target
        return
    assert generalisability(components, raters=needed, items=items) >= target - 1e-6
    assert needed == 1 or generalisability(components, raters=needed - 1, items=items) < target
    assert more_raters(components, raters=needed, target=target, items=items) == 0
    assert more_raters(components, raters=1, target=target, items=items) == needed - 1


def test_where_people_do_not_differ_no_number_of_raters_would_do():
    assert raters_needed(Components(0, 1)) is None
    assert more_raters(Components(0, 1), raters=5) is None
    assert raters_needed(Components(1e-6, 1)) is None
    assert generalisability(Components(0, 0), raters=4) is None
    assert components_of(np.array([1.0, 3.0, 1.0, 3.0]), np.array([1, 1, 2, 2])) == Components(0, 2)


def test_too_little_says_why():
    one = np.array([3.0, 4.0])
    assert components_of(one, np.array([1, 1])) is None
    assert components_of(one, np.array([1, 2])) is None
    assert reliability(one, np.array([1, 1]), raters=3).lacking is Lacking.ONE
    assert reliability(np.array([np.nan]), np.array([1]), raters=3).lacking is Lacking.NOBODY
    assert reliability(np.array([3.0, 3, 4, 4]), np.array([1, 1, 2, 2]), raters=3).lacking is Lacking.ALIKE


@pytest.mark.parametrize("target", [0, 1, 1.2])
def test_a_target_that_cannot_be_is_refused(target):
    with pytest.raises(ValueError, match="between 0 and 1"):
        raters_needed(Components(1, 1), target=target)


def test_a_mean_of_nobody_is_refused():
    with pytest.raises(ValueError, match="at least one rater"):
        generalisability(Components(1, 1), raters=0)
    with pytest.raises(ValueError, match="at least one rater"):
        reliability(SHROUT, SIX, raters=0)


def test_self_and_others():
    others = np.array([3.0, 3.0, 2.0, 4.0, 3.0, np.nan])
    found = self_other(4.0, others, fewest=5)
    half = 2.7764451 * np.std(others[:5], ddof=1) / 5**0.5  # Student's t with 4 degrees of freedom
    assert (found.value, found.n, found.of) == (1.0, 5, 6)
    assert (found.low, found.high) == (pytest.approx(1 - half), pytest.approx(1 + half))
    assert self_other(4.0, others, fewest=6).lacking is Lacking.TOO_FEW
    alike = self_other(4.0, np.full(5, 3.0), fewest=5)
    assert (alike.value, alike.interval, alike.lacking) == (1.0, None, Lacking.ALIKE)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-0.4, 0.4, Seen.ALIKE),
        (0.1, 0.4, Seen.ALIKE),
        (0.1, 0.9, Seen.HIGHER),
        (-0.9, -0.1, Seen.LOWER),
        (-0.9, 0.1, Seen.CANNOT_TELL),
        (None, None, Seen.CANNOT_TELL),
    ],
)
def test_words_promise_no_more_than_the_interval(low, high, expected):
    assert seen(Figure(0.0, 9, low, high, None, "m", 9), matters=0.5) is expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0, 0, 0, 0], None),
        ([0, 0, 0, 9], Voices.TOGETHER),
        ([1, 1, 2, 2], Voices.TOGETHER),
        ([3, 3, 2, 1], Voices.TOGETHER),
        ([5, 0, 0, 5], Voices.SPLIT),
        ([5, 0, 1, 0, 5], Voices.SPLIT),
        ([2, 2, 3, 2, 2], Voices.APART),
        ([7, 0, 3, 0, 1], Voices.APART),
        ([3], Voices.TOGETHER),
    ],
)
def test_how_far_they_say_the_same(counts, expected):
    assert voices(counts) is expected


def profile(chance, size, own, left, *, missing=0.0):
    """One person's: what characteristics differ by, how severe raters are, and what is left; some cells missing."""
    scores = chance.normal(scale=own**0.5, size=size[1]) + chance.normal(scale=2, size=(size[0], 1))
    scores = scores + chance.normal(scale=left**0.5, size=size)
    scores[chance.random(scores.shape) < missing] = np.nan
    return scores


def test_a_whole_profile_is_the_two_way_analysis_of_variance():
    """Shrout and Fleiss's judges as characteristics: mean squares 32.49 between judges and 1.02 left, as printed."""
    found = profile_components(SHROUT.reshape(6, 4))
    assert found.rater == pytest.approx(1.02, abs=0.005)
    assert found.person == pytest.approx((32.49 - 1.02) / 6, abs=0.005)
    told = profile_reliability(SHROUT.reshape(6, 4), raters=6)
    assert (told.value, told.n, told.of) == (pytest.approx(1 - 1.02 / 32.49, abs=1e-3), 24, 24)


def test_how_severe_raters_are_makes_no_difference_to_the_order():
    scores = profile(np.random.default_rng(2), (9, 12), 0.3, 0.4, missing=0.2)
    severe = scores + np.arange(9)[:, None] * 10
    assert profile_components(severe).person == pytest.approx(profile_components(scores).person)
    assert profile_components(severe).rater == pytest.approx(profile_components(scores).rater)


def test_known_variances_of_a_profile_are_found_again_with_gaps():
    found = profile_components(profile(np.random.default_rng(6), (20, 400), 0.3, 0.9, missing=0.3))
    assert (found.person, found.rater) == (pytest.approx(0.3, abs=0.04), pytest.approx(0.9, abs=0.03))


def test_the_interval_of_a_profile_holds_the_truth_as_often_as_it_says():
    chance, truth = np.random.default_rng(9), 0.3 / (0.3 + 0.6 / 8)
    found = [profile_reliability(profile(chance, (8, 24), 0.3, 0.6), raters=8) for _ in range(800)]
    assert np.mean([each.low <= truth <= each.high for each in found]) == pytest.approx(0.95, abs=0.025)


@pytest.mark.parametrize(
    ("scores", "lacking"),
    [
        (np.full((3, 4), np.nan), Lacking.NOBODY),
        (np.array([[1.0, 2.0]]), Lacking.ONE),
        (np.array([[1.0, np.nan], [np.nan, 2.0], [3.0, np.nan]]), Lacking.ONE),
        (np.array([[1.0, 2.0, np.nan, np.nan]] * 2 + [[np.nan, np.nan, 1.0, 5.0]] * 2), Lacking.ONE),
        (np.tile(np.array([1.0, 2.0]), (3, 1)), Lacking.ALIKE),
    ],
)  # fmt: skip
def test_a_profile_that_tells_nothing_says_why(scores, lacking):
    assert profile_reliability(scores, raters=3).lacking is lacking


@pytest.mark.parametrize(
    ("file", "squares"),
    [
        (("multilevel_lq2002", "COMPID", "LEAD"), (3.0855201717, 0.6147764012)),
        (("multilevel_klein2000", "GRPID", "JOBSAT"), (15.726980966, 5.474123425)),
    ],
)
def test_real_groups_have_the_mean_squares_that_r_finds(shared_data, file, squares):
    """`summary(aov(score ~ factor(group)))`, R 4.2.2: soldiers on their leaders, staff on their work."""
    (name, group, score), (between, within) = file, squares
    with gzip.open(shared_data / "ratings" / f"{name}.csv.gz", "rt") as told:
        rows = list(csv.DictReader(told))
    keys, scores = np.array([row[group] for row in rows]), np.array([float(row[score]) for row in rows])
    groups, counts = np.unique(keys, return_counts=True)
    each = (len(rows) - (counts**2).sum() / len(rows)) / (len(groups) - 1)
    found = components_of(scores, keys)
    assert found.rater == pytest.approx(within, rel=1e-8)
    assert found.person == pytest.approx((between - within) / each, rel=1e-8)
    if len(set(counts)) == 1:  # Brennan's (1 - within / between) is of groups of one size
        assert reliability(scores, keys, raters=15).value == pytest.approx(1 - within / between, rel=1e-8)
