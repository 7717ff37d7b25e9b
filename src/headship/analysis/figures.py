"""What every calculation about pupils' outcomes returns: a figure with what it rests on, or why there is none.

A mean stands with Student's interval; two figures of different pupils are subtracted with an interval made of theirs.
Methods: docs/methods/mean.md, change.md.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special

type Floats = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]
type Places = npt.NDArray[np.int64]

MEAN = "mean 1"
CHANGE = "change 1"
NORMAL_95 = 1.959963984540054  # of the standard normal distribution, two-sided
UPPER_95 = 0.975  # where a two-sided 95% interval ends


class Lacking(StrEnum):
    """Why a figure, or its interval, is not there."""

    NOBODY = "nobody"  # no pupil has a result
    TOO_FEW = "too few"  # fewer than the caller asks for
    ONE = "one"  # the spread among pupils cannot be told from one of them
    ALIKE = "alike"  # all pupils had the same result, so that it says nothing of the spread
    SOME_UNKNOWN = "some unknown"  # a pupil who counts has no result yet
    NO_INTERVAL = "no interval"  # a figure it is made of has none
    OTHER_MEASURE = "other measure"  # the two stand on different sides of a break
    NO_SUCH_YEAR = "no such year"  # the measure does not exist for that year
    NOT_KNOWN = "not known"  # the year exists, its figure is not known


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `value` with its 95% interval from `low` to `high`, in the units of what was measured.

    `n` pupils it rests on, of `of` who could have counted; `groups` how many of them in each group where it compares
    groups. Without a value `lacking` says why; with a value but no interval it says why there is no interval. An
    unknown value is None, never 0.
    """

    value: float | None
    n: int
    low: float | None
    high: float | None
    lacking: Lacking | None
    method: str
    of: int
    groups: tuple[int, ...] = ()

    @property
    def fewest(self) -> int:
        """The number of pupils in the smallest group, or of all where there are no groups."""
        return min(self.groups, default=self.n)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Both ends of the interval, where there is one."""
        return None if self.low is None or self.high is None else (self.low, self.high)


def unknown(lacking: Lacking, n: int, of: int, method: str, groups: tuple[int, ...] = ()) -> Figure:
    """Return a figure that is not there, with the reason and the number of pupils.

    >>> unknown(Lacking.TOO_FEW, 2, 3, "mean 1").value is None
    True
    """
    return Figure(None, n, None, None, lacking, method, of, groups)


def too_few(n: int, fewest: int) -> Lacking | None:
    """Return why `n` pupils make no figure where at least `fewest` are asked for, or None where they do.

    >>> too_few(0, 1), too_few(3, 5), too_few(5, 5)
    (<Lacking.NOBODY: 'nobody'>, <Lacking.TOO_FEW: 'too few'>, None)
    """
    if n == 0:
        return Lacking.NOBODY
    return Lacking.TOO_FEW if n < fewest else None


def mean(scores: Floats, *, fewest: int) -> Figure:
    """Return the mean of pupils' scores with Student's 95% interval, as of a sample of the pupils who might have come.

    `scores` (N,), NaN where a pupil has none, who is then left out of the mean and counted in `of`; `fewest` pupils
    with a score for there to be a figure. One pupil, or pupils all alike, have a mean and no interval.

    >>> found = mean(np.array([40.0, 50.0, 60.0, np.nan]), fewest=3)
    >>> found.value, found.n, found.of, round(found.low, 2), round(found.high, 2)
    (50.0, 3, 4, 25.16, 74.84)
    """
    known = scores[~np.isnan(scores)]
    n, of = len(known), len(scores)
    if why := too_few(n, fewest):
        return unknown(why, n, of, MEAN)
    value = float(known.mean())
    if no_spread := spread_lacking(known):
        return Figure(value, n, None, None, no_spread, MEAN, of)
    half = float(special.stdtrit(n - 1, UPPER_95)) * float(known.std(ddof=1)) / float(np.sqrt(n))
    return Figure(value, n, value - half, value + half, None, MEAN, of)


def spread_lacking(known: Floats) -> Lacking | None:
    """Return why scores (n,) tell no spread: there is one alone, or all are the same.

    >>> spread_lacking(np.array([4.0])), spread_lacking(np.array([4.0, 4.0])), spread_lacking(np.array([4.0, 5.0]))
    (<Lacking.ONE: 'one'>, <Lacking.ALIKE: 'alike'>, None)
    """
    if len(known) == 1:
        return Lacking.ONE
    return Lacking.ALIKE if (known == known[0]).all() else None


def change(later: Figure, earlier: Figure) -> Figure:
    """Return later minus earlier, two figures of different pupils or people, with an interval made of their intervals.

    Of the same people twice it is wider than it need be where they keep their views; see docs/methods/change.md.

    Each end is as far from the difference as the square root of the summed squares of the ends that lead there.

    >>> before, after = Figure(50, 20, 46, 54, None, "m", 20), Figure(53, 25, 50, 56, None, "m", 25)
    >>> found = change(after, before)
    >>> found.value, found.low, found.high, found.groups
    (3, -2.0, 8.0, (25, 20))
    """
    n, of, groups = later.n + earlier.n, later.of + earlier.of, (later.n, earlier.n)
    if later.value is None or earlier.value is None:
        why = (later if later.value is None else earlier).lacking or Lacking.NOT_KNOWN
        return unknown(why, n, of, CHANGE, groups)
    value = later.value - earlier.value
    if later.interval is None or earlier.interval is None:
        return Figure(value, n, None, None, Lacking.NO_INTERVAL, CHANGE, of, groups)
    low = value - float(np.hypot(later.value - later.interval[0], earlier.interval[1] - earlier.value))
    high = value + float(np.hypot(later.interval[1] - later.value, earlier.value - earlier.interval[0]))
    return Figure(value, n, low, high, None, CHANGE, of, groups)
