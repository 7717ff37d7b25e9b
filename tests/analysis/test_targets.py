"""The chance of a target: every outcome counted out, distributions of other hands, and what cannot be known."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from headship.analysis import targets
from headship.analysis.figures import Lacking

chance = st.integers(0, 20).map(lambda each: each / 20)


def counted_out(chances):
    """Return the chance of each number who reach it, by every way it can come out."""
    found = np.zeros(len(chances) + 1)
    for reached in itertools.product((0, 1), repeat=len(chances)):
        found[sum(reached)] += np.prod([each if yes else 1 - each for yes, each in zip(reached, chances, strict=True)])
    return found


@given(chances=st.lists(chance, min_size=1, max_size=9), target=st.integers(-1, 11))
def test_how_many_reach_it_is_every_way_counted_out(chances, target):
    found = targets.how_many(np.array(chances), target=target)
    expected = counted_out(chances)
    assert found.chances == pytest.approx(expected, abs=1e-14)
    assert found.value == pytest.approx(sum(each for place, each in enumerate(expected) if place >= target))
    assert found.mean == pytest.approx(sum(chances))


@given(chances=st.lists(chance, min_size=1, max_size=60))
def test_the_middle_parts_hold_what_they_promise_and_no_end_is_idle(chances):
    found = targets.how_many(np.array(chances), target=1)
    for (low, high), part in ((found.half, 0.5), (found.most, 0.9)):
        assert sum(found.chances[low : high + 1]) >= part - 1e-9
        assert sum(found.chances[:low]) <= (1 - part) / 2 + 1e-9
        assert sum(found.chances[high + 1 :]) <= (1 - part) / 2 + 1e-9


def test_a_class_of_equal_chances_is_binomial():
    found = targets.how_many(np.full(30, 0.7), target=20)
    assert found.chances == pytest.approx(stats.binom(30, 0.7).pmf(range(31)))
    assert found.value == pytest.approx(stats.binom(30, 0.7).sf(19))
    assert (found.half, found.most) == ((19, 23), (17, 25))


def test_a_year_group_of_thousands_adds_up_to_one():
    found = targets.how_many(np.linspace(0.001, 0.999, 3000), target=1500)
    assert sum(found.chances) == pytest.approx(1, abs=1e-12)
    assert found.mean == pytest.approx(1500)


@given(n=st.integers(1, 12), reached=st.integers(1, 40), missed=st.integers(1, 40))
def test_pupils_known_as_a_number_are_a_binomial_averaged_over_what_is_not_known(n, reached, missed):
    found = targets.how_many_alike(n, reached=reached, missed=missed, target=n)
    likely = stats.beta(reached, missed)
    averaged, _ = integrate.quad(lambda share: share**n * likely.pdf(share), 0, 1, epsabs=1e-12)
    assert found.value == pytest.approx(averaged, abs=1e-8)
    assert sum(found.chances) == pytest.approx(1)
    assert found.mean == pytest.approx(n * reached / (reached + missed))


def test_pupils_known_as_a_number_by_hand():
    """Two before reached it, one did not: the next three draw from Pólya's urn of 2 and 1."""
    found = targets.how_many_alike(3, reached=2, missed=1, target=2)
    every = [1 * 2 * 3, 3 * 2 * 1 * 2, 3 * 2 * 3 * 1, 2 * 3 * 4]
    assert found.chances == pytest.approx([each / (3 * 4 * 5) for each in every])
    assert found.value == pytest.approx(42 / 60)


def test_it_is_wider_than_with_a_known_share_and_nears_it_as_more_is_known():
    spreads = [
        np.diff(targets.how_many_alike(60, reached=7 * times, missed=3 * times, target=40).most)[0]
        for times in (1, 10, 100_000)
    ]
    known = np.diff(targets.how_many(np.full(60, 0.7), target=40).most)[0]
    assert spreads[0] > spreads[1] > spreads[2] == known


def test_a_pupils_chance_of_a_standard_by_hand():
    found = targets.chances_of_standard(
        np.array([100.0, 106.0, 94.0, 100.0, 99.0, np.nan, 100.0]),
        np.array([6.0, 6.0, 6.0, 0.0, 0.0, 6.0, np.nan]),
        standard=100.0,
    )
    assert found == pytest.approx([0.5, 0.8413447, 0.1586553, 1, 0, np.nan, np.nan], nan_ok=True)


def test_the_mean_score_by_hand():
    found = targets.mean_score(np.array([48.0, 52.0, 53.0]), np.array([6.0, 6.0, 7.0]), target=52.0)
    assert (found.mean, found.spread) == pytest.approx((51, 11 / 3))
    assert found.value == pytest.approx(stats.norm(51, 11 / 3).sf(52))
    assert found.half == pytest.approx((51 - 0.6744898 * 11 / 3, 51 + 0.6744898 * 11 / 3))
    assert found.most == pytest.approx((51 - 1.6448536 * 11 / 3, 51 + 1.6448536 * 11 / 3))


def test_what_moves_all_pupils_together_does_not_average_out():
    expected, spread = np.full(400, 50.0), np.full(400, 8.0)
    apart, together = (targets.mean_score(expected, spread, target=52.0, shared=each) for each in (0.0, 3.0))
    assert (apart.spread, together.spread) == pytest.approx((0.4, np.hypot(0.4, 3)))
    assert apart.value < 1e-6 < together.value


def test_one_pupil_not_known_leaves_the_outlook_unknown():
    found = targets.how_many(np.array([0.5, np.nan]), target=1)
    assert (found.value, found.chances, found.half, found.mean, found.n) == (None, None, None, None, 2)
    assert found.lacking is Lacking.SOME_UNKNOWN
    score = targets.mean_score(np.array([50.0, 60.0]), np.array([5.0, np.nan]), target=52)
    assert (score.value, score.mean, score.most, score.lacking) == (None, None, None, Lacking.SOME_UNKNOWN)


def test_nobody_has_no_outlook():
    nobody = np.empty(0)
    assert targets.how_many(nobody, target=0).lacking is Lacking.NOBODY
    assert targets.how_many_alike(0, reached=1, missed=1, target=0).lacking is Lacking.NOBODY
    assert targets.mean_score(nobody, nobody, target=1).lacking is Lacking.NOBODY


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: targets.how_many(np.array([1.1]), target=1), "between 0 and 1"),
        (lambda: targets.how_many(np.array([-0.1]), target=1), "between 0 and 1"),
        (lambda: targets.how_many_alike(5, reached=0, missed=3, target=1), "both above 0"),
        (lambda: targets.chances_of_standard(np.ones(1), -np.ones(1), standard=1), "below 0"),
        (lambda: targets.mean_score(np.ones(1), -np.ones(1), target=1), "below 0"),
        (lambda: targets.mean_score(np.ones(1), np.ones(1), target=1, shared=-1), "below 0"),
        (lambda: targets.mean_score(np.ones(1), np.zeros(1), target=1), "without any spread"),
    ],
)
def test_what_is_no_chance_and_no_spread_is_refused(ask, sentence):
    with pytest.raises(ValueError, match=sentence):
        ask()
