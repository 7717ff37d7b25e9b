"""The disadvantage gap: Welch's interval, the Department's index, one pupil's part, and what can be said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from headship.analysis import gaps
from headship.analysis.figures import Figure, Lacking
from headship.analysis.gaps import Verdict

group = st.lists(st.integers(0, 90).map(float), min_size=1, max_size=12)
spread = st.lists(st.integers(0, 90).map(float), min_size=2, max_size=30).filter(lambda each: len(set(each)) > 1)


@given(ours=spread, theirs=spread)
def test_the_interval_is_welchs(ours, theirs):
    found = gaps.mean_gap(np.array(ours), np.array(theirs), fewest=1)
    expected = stats.ttest_ind(ours, theirs, equal_var=False).confidence_interval()
    assert found.interval == pytest.approx((expected.low, expected.high))
    assert found.groups == (len(ours), len(theirs))


@pytest.mark.parametrize(
    ("ours", "theirs", "fewest", "value", "lacking"),
    [
        ([], [50, 60], 1, None, Lacking.NOBODY),
        ([np.nan], [50, 60], 1, None, Lacking.NOBODY),
        ([40, 50], [50, 60, 70], 3, None, Lacking.TOO_FEW),
        ([40], [50, 60, 70], 1, -20, Lacking.ONE),
        ([40, 40], [50, 50], 1, -10, Lacking.ALIKE),
    ],
)
def test_a_gap_that_too_few_tell(ours, theirs, fewest, value, lacking):
    found = gaps.mean_gap(np.array(ours, dtype=float), np.array(theirs, dtype=float), fewest=fewest)
    assert (found.value, found.interval, found.lacking) == (value, None, lacking)


def test_one_group_all_alike_is_borne_by_the_spread_of_the_other():
    found = gaps.mean_gap(np.array([40.0, 40.0]), np.array([50.0, 60.0, 70.0]), fewest=2)
    assert found.lacking is None
    assert found.interval == pytest.approx((-20 - 4.3026527 * 10 / np.sqrt(3), -20 + 4.3026527 * 10 / np.sqrt(3)))


def test_the_index_by_hand():
    scores = np.array([10.0, 20.0, 20.0, 30.0, np.nan])
    found = gaps.gap_index(scores, np.array([True, False, True, False, True]))
    # Ranks 1, 2.5, 2.5, 4: others' mean 3.25, disadvantaged pupils' 1.75; 1.5 · 20/4.
    assert (found.value, found.n, found.of, found.groups) == (7.5, 4, 5, (2, 2))
    assert (found.interval, found.lacking) == (None, Lacking.NO_INTERVAL)


@given(scores=st.lists(st.integers(0, 20).map(float), min_size=2, max_size=40), flags=st.randoms())
def test_the_index_is_ten_times_the_share_of_pairs_won_less_the_share_lost(scores, flags):
    told = np.array([flags.random() < 0.4 for _ in scores])
    told[:2] = [True, False]
    found = gaps.gap_index(np.array(scores), told)
    ahead = np.sign(np.array(scores)[~told][:, None] - np.array(scores)[told]).mean()
    assert found.value == pytest.approx(10 * ahead)
    assert gaps.gap_index(np.array(scores), ~told).value == pytest.approx(-found.value)
    assert gaps.gap_index(np.array(scores) ** 3 + 5, told).value == pytest.approx(found.value)


def test_no_index_without_both_groups():
    assert gaps.gap_index(np.array([1.0, 2.0]), np.array([True, True])).lacking is Lacking.NOBODY


def every_other_gap(ours, theirs, lowest, highest):
    """Return every gap after one pupil is taken out, and after one is put at an end, worked out anew."""
    out, put = [], []
    for which, pupils in enumerate((ours, theirs)):
        for place in range(len(pupils)):
            rest = pupils[:place] + pupils[place + 1 :]
            out += [(rest, which)] if rest else []
            put += [([*rest, end], which) for end in (lowest, highest)]
    gap = [
        [np.mean(pupils if which == 0 else ours) - np.mean(pupils if which == 1 else theirs) for pupils, which in each]
        for each in (out, put)
    ]
    return gap[0], gap[1], np.mean(ours) - np.mean(theirs)


@given(ours=group, theirs=group)
def test_sensitivity_is_that_of_every_pupil_worked_out_anew(ours, theirs):
    found = gaps.one_pupil(np.array(ours), np.array(theirs), lowest=0, highest=90)
    out, put, gap = every_other_gap(ours, theirs, 0.0, 90.0)
    assert found.moved == pytest.approx(max(abs(each - gap) for each in put))
    assert found.value == pytest.approx(max(abs(each - gap) for each in out + put))
    assert (found.low, found.high) == pytest.approx((min([*out, *put, gap]), max([*out, *put, gap])))
    expected = None if 1 in (len(ours), len(theirs)) else pytest.approx(max(abs(each - gap) for each in out))
    assert found.removed == expected
    assert found.bound == 90 / min(len(ours), len(theirs))
    assert found.value <= found.bound + 1e-9


def test_sensitivity_needs_both_groups_and_a_scale_that_holds_them():
    found = gaps.one_pupil(np.array([np.nan]), np.array([50.0]), lowest=0, highest=90)
    assert (found.value, found.low, found.removed, found.bound) == (None, None, None, None)
    assert found.lacking is Lacking.NOBODY
    with pytest.raises(ValueError, match="outside the scale from 0 to 90"):
        gaps.one_pupil(np.array([91.0]), np.array([50.0]), lowest=0, highest=90)


def figure(value, low, high, groups=(20, 40), lacking=None):
    return Figure(value, sum(groups), low, high, lacking, "disadvantage-gap 1", sum(groups), groups)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (figure(-10, -18, -2), Verdict.BELOW),
        (figure(10, 2, 18), Verdict.ABOVE),
        (figure(-5, -13, 3), Verdict.CANNOT_TELL),
        (figure(-5, -10, 0), Verdict.CANNOT_TELL),
        (figure(-0.2, -0.9, 0.5), Verdict.ABOUT_THE_SAME),
        (figure(-0.5, -0.8, -0.2), Verdict.ABOUT_THE_SAME),
        (figure(-10, -18, -2, (4, 40)), Verdict.TOO_FEW),
        (figure(-10, None, None, (1, 40), Lacking.ONE), Verdict.TOO_FEW),
        (figure(None, None, None, (3, 40), Lacking.TOO_FEW), Verdict.TOO_FEW),
        (figure(None, None, None, (0, 40), Lacking.NOBODY), Verdict.NO_FIGURE),
        (figure(-10, None, None, lacking=Lacking.ALIKE), Verdict.NO_INTERVAL),
    ],
)
def test_what_can_be_said(told, expected):
    assert gaps.verdict(told, fewest=6, small=1.0) is expected


def test_a_gap_that_one_pupil_would_turn_is_not_called_a_gap():
    ours, theirs = np.array([49.0, 49.1, 49.0, 49.1, 49.0, 49.1]), np.full(30, 50.0)
    found = gaps.mean_gap(ours, theirs, fewest=6)
    one = gaps.one_pupil(ours, theirs, lowest=0, highest=90)
    assert gaps.verdict(found, fewest=6) is Verdict.BELOW
    assert gaps.verdict(found, fewest=6, one=one) is Verdict.ONE_PUPIL


@given(low=st.floats(-20, 20), wide=st.floats(0, 20), against=st.floats(-20, 20))
def test_below_and_above_change_places_with_the_sign(low, wide, against):
    told = gaps.verdict(figure(low + wide / 2, low, low + wide), fewest=6, against=against)
    mirrored = gaps.verdict(figure(-low - wide / 2, -low - wide, -low), fewest=6, against=-against)
    exchanged = {Verdict.BELOW: Verdict.ABOVE, Verdict.ABOVE: Verdict.BELOW}
    assert mirrored is exchanged.get(told, told)
