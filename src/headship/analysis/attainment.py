"""Attainment 8, Progress 8 and key stage 2 progress, from pupils' points and the national figures of their year.

Progress is a pupil's score less the national mean of pupils with the same prior attainment; the interval of a school's
mean takes the national spread. Estimates, spreads, groups and slots come from whoever asks, with their year. Methods:
docs/methods/attainment-8.md, progress-8.md, key-stage-2-progress.md, progress-from-starting-points.md.
"""

import numpy as np

from headship.analysis.figures import Figure, Floats, Places, too_few, unknown

PROGRESS_8 = "progress-8 1"
KS2_PROGRESS = "key-stage-2-progress 1"
FROM_START = "progress-from-starting-points 1"
OUTSIDE = -1  # in place of a prior-attainment group
DFE_95 = 1.96  # as the Department writes it


def attainment_8(english: Floats, maths: Floats, ebacc: Floats, open_: Floats, *, slots: tuple[int, ...]) -> Floats:
    """Return each pupil's Attainment 8 (N,) in points.

    `english` and `maths` (N,) points of the one result that fills their slots; `ebacc` and `open_` (N, slots) points of
    the results chosen for theirs; NaN is an empty slot, which scores 0 by the measure's definition. `slots` how many
    English, mathematics, EBacc and open results fill: (2, 2, 3, 3). Errors: ValueError for points below 0, or results
    that do not fit the slots.

    >>> nan, ebacc, others = np.nan, np.array([[6.0, 5.0, 5.0]]), np.array([[7.0, 6.0, np.nan]])
    >>> attainment_8(np.array([5.0]), np.array([4.0]), ebacc, others, slots=(2, 2, 3, 3)).tolist()
    [47.0]
    """
    columns = [english[:, None], maths[:, None], ebacc, open_]
    if [each.shape[1] for each in columns[2:]] != [*slots[2:]]:
        raise ValueError(f"There are {slots[2]} EBacc and {slots[3]} open slots: give that many columns, NaN if empty.")
    if any((each < 0).any() for each in columns):
        raise ValueError("Points below 0 do not exist.")
    doubled = slots[0] * np.nan_to_num(english) + slots[1] * np.nan_to_num(maths)
    points: Floats = doubled + np.nansum(ebacc, axis=1) + np.nansum(open_, axis=1)
    return points


def groups_of(averages: Floats, lows: Floats, highs: Floats) -> Places:
    """Return the place of each pupil's prior-attainment group (N,), OUTSIDE where no group holds the average.

    `averages` (N,) of the key stage 2 scaled scores, NaN where not known; `lows` and `highs` (G,) both ends of each
    group, rising, both included. Errors: ValueError where the groups overlap or are not in order.

    >>> groups_of(np.array([86.0, 82.5, np.nan, 130.0]), np.array([59.0, 82.5]), np.array([82.0, 86.0])).tolist()
    [1, 1, -1, -1]
    """
    if (lows > highs).any() or (highs[:-1] >= lows[1:]).any():
        raise ValueError("Prior-attainment groups must rise and not overlap.")
    places = np.searchsorted(lows, averages, side="right") - 1
    inside = ~np.isnan(averages) & (places >= 0) & (averages <= highs[places])
    return np.where(inside, places, OUTSIDE)


def progress_scores(scores: Floats, groups: Places, estimates: Floats, *, slots: int) -> Floats:
    """Return each pupil's progress (N,): score less the estimate of the group, for one slot; NaN where not known.

    `scores` (N,) points, NaN where a pupil has none; `groups` (N,) as `groups_of` gives them; `estimates` (G,) national
    mean of each group in the same points; `slots` 10 for Attainment 8 (2 for its English or mathematics, 3 for its
    EBacc or open part), 1 for a key stage 2 score.

    >>> progress_scores(np.array([50.0, 50.0]), np.array([1, -1]), np.array([40.0, 45.12]), slots=10).round(3).tolist()
    [0.488, nan]
    """
    expected = np.where(groups == OUTSIDE, np.nan, estimates[groups])
    progress: Floats = (scores - expected) / slots
    return progress


def progress_8(progress: Floats, spread: float, *, fewest: int) -> Figure:
    """Return a school's Progress 8: the mean of its pupils', with the interval ±1.96·spread/√n.

    `progress` (N,) pupils' scores, NaN for who is not included, adjusted where the Department adjusts extreme ones;
    `spread` standard deviation of all pupils' nationally that year; `fewest` pupils included for there to be a figure.

    >>> found = progress_8(np.array([0.2, 0.4, np.nan]), 1.4, fewest=2)
    >>> round(found.value, 2), found.n, found.of, round(found.low, 2), round(found.high, 2)
    (0.3, 2, 3, -1.64, 2.24)
    """
    return _national(progress, spread, fewest, PROGRESS_8)


def ks2_progress(scores: Floats, groups: Places, national_means: Floats, spread: float, *, fewest: int) -> Figure:
    """Return a school's key stage 2 progress in one subject: the mean of score less national mean of the same group.

    `scores` (N,) scaled scores; `groups` (N,) places of the prior-attainment groups; `national_means` (G,) of each;
    `spread` standard deviation of all pupils' progress nationally that year; interval ±1.96·spread/√n.

    >>> means, groups = np.array([98.0, 106.0]), np.array([0, 1, 1, -1])
    >>> found = ks2_progress(np.array([100.0, 105.0, 108.0, 99.0]), groups, means, 6.0, fewest=1)
    >>> found.value, found.n, found.of, round(found.high, 2)
    (1.0, 3, 4, 7.79)
    """
    return _national(progress_scores(scores, groups, national_means, slots=1), spread, fewest, KS2_PROGRESS)


def progress_from_start(scores: Floats, groups: Places, counts: Floats, *, fewest: int) -> Figure:
    """Return progress in one subject: the mean of grade less the mean grade of all pupils with the same prior results.

    `scores` (N,) grades 0 to 9, NaN where a pupil has none; `groups` (N,) places of the prior-attainment groups;
    `counts` (G, 10) pupils of the nation in each group by grade; interval ±1.96·spread/√n, where the spread is that of
    the nation's pupils about the means of their groups. A group of nobody has no mean. Errors: ValueError where the
    nation's pupils have no spread.

    >>> counts = np.array([[1.0, 2.0, 1.0] + [0.0] * 7, [0.0] * 3 + [2.0, 4.0, 2.0] + [0.0] * 4])
    >>> found = progress_from_start(np.array([2.0, 5.0, 3.0, 6.0]), np.array([0, 1, 1, -1]), counts, fewest=1)
    >>> round(found.value, 4), found.n, found.of, round(found.high, 4)
    (0.3333, 3, 4, 1.1335)
    """
    grades = np.arange(counts.shape[1])
    sizes = counts.sum(axis=1)
    means = np.divide(counts @ grades, sizes, out=np.full(len(sizes), np.nan), where=sizes > 0)
    about = np.nansum(counts * (grades - means[:, None]) ** 2) / sizes.sum()
    return _national(progress_scores(scores, groups, means, slots=1), float(np.sqrt(about)), fewest, FROM_START)


def _national(progress: Floats, spread: float, fewest: int, method: str) -> Figure:
    """Return the mean with the interval that the national spread gives; it exists for a single pupil as well."""
    if not spread > 0:
        raise ValueError("The national spread must be above 0.")
    known = progress[~np.isnan(progress)]
    n, of = len(known), len(progress)
    if why := too_few(n, fewest):
        return unknown(why, n, of, method)
    value, half = float(known.mean()), DFE_95 * spread / float(np.sqrt(n))
    return Figure(value, n, value - half, value + half, None, method, of)
