"""What an earlier score says of a later one: what to expect of pupils, and how far a group differs from the others.

One straight line with the earlier score; the difference of a group is that of the analysis of covariance. Methods:
docs/methods/expected-score.md, adjusted-difference.md.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from headship.analysis.figures import UPPER_95, Flags, Floats, Lacking

EXPECTED = "expected-score 1"
ADJUSTED = "adjusted-difference 1"
LEAST_FOR_A_LINE = 3
LEAST_FOR_TWO_LINES = 4  # two heights, one slope, and something left to tell the spread by


@dataclass(frozen=True, slots=True)
class ExpectedScores:
    """The later score to expect of each pupil, from an earlier one.

    `expected` (N,) and `spread` (N,) its standard deviation, in the later scores' units, NaN for a pupil without an
    earlier score; `own` standard deviation of a pupil about the line, and `shared` how unsure the line itself is for
    the mean of them all; `slope` later units for one earlier; `n` pupils the line was drawn through. Without a line all
    are None and `lacking` says why.
    """

    expected: Floats | None
    spread: Floats | None
    own: float | None
    shared: float | None
    slope: float | None
    n: int
    lacking: Lacking | None = None
    method: str = EXPECTED


@dataclass(frozen=True, slots=True)
class AdjustedDifference:
    """Those taking part less the others, for pupils who scored the same before.

    `value` with its 95% interval from `low` to `high` in the later scores' units; `effect`, `effect_low` and
    `effect_high` the same as Hedges' g; `least` and `most` the differences that leaving any one pupil out could give;
    `n` pupils with both scores, `groups` those taking part and the others. Without a value `lacking` says why.
    """

    value: float | None
    low: float | None
    high: float | None
    effect: float | None
    effect_low: float | None
    effect_high: float | None
    least: float | None
    most: float | None
    n: int
    groups: tuple[int, int]
    lacking: Lacking | None = None
    method: str = ADJUSTED


def expected_scores(before: Floats, after: Floats, now: Floats, *, fewest: int) -> ExpectedScores:
    """Return the later score to expect of pupils who have the earlier one, from a cohort that has both.

    `before` and `after` (M,) scores of the earlier cohort, NaN where a pupil has none, who is left out; `now` (N,) the
    earlier scores of those asked about; `fewest` pupils with both for there to be a line.

    >>> found = expected_scores(np.array([1.0, 2, 3, 4]), np.array([2.0, 5, 5, 8]), np.array([2.5, np.nan]), fewest=4)
    >>> found.expected.tolist(), round(found.own, 4), round(found.shared, 4), round(found.slope, 4)
    ([5.0, nan], 0.9487, 0.4743, 1.8)
    """
    known = ~np.isnan(before + after)
    x, y = before[known], after[known]
    n = len(x)
    if why := _no_line(x, max(fewest, LEAST_FOR_A_LINE)):
        return ExpectedScores(None, None, None, None, None, n, why)
    middle, across = float(x.mean()), float(((x - x.mean()) ** 2).sum())
    slope = float(((x - middle) * (y - y.mean())).sum()) / across
    left = y - y.mean() - slope * (x - middle)
    own = float(np.sqrt((left**2).sum() / (n - 2)))
    spread = own * np.sqrt(1 + 1 / n + (now - middle) ** 2 / across)
    asked = now[~np.isnan(now)]
    away = (float(asked.mean()) - middle) ** 2 / across if len(asked) else 0.0
    shared = own * float(np.sqrt(1 / n + away))
    return ExpectedScores(float(y.mean()) + slope * (now - middle), spread, own, shared, slope, n)


def adjusted_difference(before: Floats, after: Floats, taking_part: Flags, *, fewest: int) -> AdjustedDifference:
    """Return how much higher those taking part scored than others who had scored the same before (ANCOVA).

    `before` and `after` (N,) scores, NaN where a pupil has none, who is left out; `taking_part` (N,); `fewest` pupils
    in each group for there to be a figure. One slope is drawn through both groups.

    >>> took = np.array([True, True, True, False, False, False])
    >>> before, after = np.array([1.0, 2, 3, 1, 2, 3]), np.array([4.0, 4, 7, 2, 2, 5])
    >>> found = adjusted_difference(before, after, took, fewest=3)
    >>> [round(each, 3) for each in (found.value, found.low, found.high, found.effect)]
    [2.0, -0.598, 4.598, 0.924]
    """
    known = ~np.isnan(before + after)
    x, y, took = before[known], after[known], taking_part[known]
    groups = (int(took.sum()), int((~took).sum()))
    lacking = _no_difference(x, took, groups, fewest)
    if lacking:
        return AdjustedDifference(None, None, None, None, None, None, None, None, len(x), groups, lacking)
    value, error = _difference(x, y, took)
    half = float(special.stdtrit(len(x) - 3, UPPER_95)) * error
    scale = _hedges(y, took)
    least, most = _without_one(x, y, took)
    if not error > 0:  # every pupil lies on the lines: there is nothing to tell the spread by
        alone = None if scale is None else value * scale
        return AdjustedDifference(value, None, None, alone, None, None, least, most, len(x), groups, Lacking.ALIKE)
    low, high = value - half, value + half
    effect, below, above = (None if scale is None else each * scale for each in (value, low, high))
    return AdjustedDifference(value, low, high, effect, below, above, least, most, len(x), groups)


def _no_line(x: Floats, fewest: int) -> Lacking | None:
    if len(x) == 0:
        return Lacking.NOBODY
    if len(x) < fewest:
        return Lacking.TOO_FEW
    return Lacking.ALIKE if (x == x[0]).all() else None


def _no_difference(x: Floats, took: Flags, groups: tuple[int, int], fewest: int) -> Lacking | None:
    if min(groups) == 0:
        return Lacking.NOBODY
    if min(groups) < fewest or sum(groups) < LEAST_FOR_TWO_LINES:
        return Lacking.TOO_FEW
    return None if _within(x, took) > 0 else Lacking.ALIKE


def _centred(values: Floats, took: Flags) -> Floats:
    """Return each value less the mean of its own group."""
    centred: Floats = values - np.where(took, values[took].mean(), values[~took].mean())
    return centred


def _within(values: Floats, took: Flags) -> float:
    return float((_centred(values, took) ** 2).sum())


def _difference(x: Floats, y: Floats, took: Flags) -> tuple[float, float]:
    """Return the adjusted difference and its standard error."""
    across = _within(x, took)
    slope = float((_centred(x, took) * _centred(y, took)).sum()) / across
    apart = float(x[took].mean() - x[~took].mean())
    value = float(y[took].mean() - y[~took].mean()) - slope * apart
    left = float(((_centred(y, took) - slope * _centred(x, took)) ** 2).sum())
    n, ours = len(x), int(took.sum())
    wide = 1 / ours + 1 / (n - ours) + apart**2 / across
    return value, float(np.sqrt(max(left, 0.0) / (n - 3) * wide))


def _hedges(y: Floats, took: Flags) -> float | None:
    """Return what turns a difference into Hedges' g: the correction for few pupils over the spread within groups."""
    freedom = len(y) - 2
    spread = float(np.sqrt(_within(y, took) / freedom))
    return None if spread == 0 else (1 - 3 / (4 * freedom - 1)) / spread


def _without_one(x: Floats, y: Floats, took: Flags) -> tuple[float | None, float | None]:
    """Return the least and the greatest difference that leaving out one pupil gives."""
    found = []
    for place in range(len(x)):
        kept = np.arange(len(x)) != place
        left = took[kept]
        if len(left) < LEAST_FOR_TWO_LINES or left.all() or not left.any() or not _within(x[kept], left) > 0:
            return None, None
        found.append(_difference(x[kept], y[kept], left)[0])
    return min(found), max(found)
