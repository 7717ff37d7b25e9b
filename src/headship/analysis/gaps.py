"""The difference between disadvantaged pupils and others: its interval, how it hangs on one pupil, what can be said.

A gap here is disadvantaged less others: below 0 where disadvantaged pupils are behind. Methods:
docs/methods/disadvantage-gap.md, disadvantage-gap-index.md, one-pupil-sensitivity.md, what-can-be-said.md.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special, stats

from headship.analysis.figures import UPPER_95, Figure, Flags, Floats, Lacking, spread_lacking, too_few, unknown

GAP = "disadvantage-gap 1"
GAP_INDEX = "disadvantage-gap-index 1"
ONE_PUPIL = "one-pupil-sensitivity 1"
FULL_SCALE = 20  # the index runs from -10 to 10: half of N is the most that two mean ranks can differ


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How far a gap moves when one pupil's result is other than it was.

    `value` the largest move either way, in the gap's units; `removed` the largest by taking one pupil out, None where
    a group would be left empty; `moved` the largest by putting one pupil at an end of the scale; `low` and `high` the
    gaps that can be reached by any one of these; `bound` what no move can pass, whatever the scores are: it alone may
    stand on a page, since the others tell the lowest or the highest score. Without a gap all are None and `lacking`
    says why.
    """

    value: float | None
    n: int
    low: float | None
    high: float | None
    removed: float | None
    moved: float | None
    bound: float | None
    lacking: Lacking | None
    method: str = ONE_PUPIL


class Verdict(StrEnum):
    """What a figure lets anybody say; the words belong to pages."""

    NO_FIGURE = "no figure"  # there is nothing to say anything about
    TOO_FEW = "too few"  # fewer pupils, or fewer in a group, than are asked for
    NO_INTERVAL = "no interval"  # nobody can say how sure it is
    CANNOT_TELL = "cannot tell"  # the interval reaches to both sides of what it is held against
    ONE_PUPIL = "one pupil"  # it could stand on the other side by one pupil's result
    ABOUT_THE_SAME = "about the same"  # the whole interval is nearer than what is called small
    BELOW = "below"
    ABOVE = "above"


def mean_gap(disadvantaged: Floats, others: Floats, *, fewest: int) -> Figure:
    """Return the mean of disadvantaged pupils less that of others, with Welch's 95% interval.

    Both hold scores, NaN where a pupil has none; `fewest` in each group for there to be a figure. A group of one, or
    two groups each all alike, have a gap and no interval.

    >>> found = mean_gap(np.array([30.0, 40.0, 50.0]), np.array([45.0, 50.0, 55.0, np.nan]), fewest=3)
    >>> found.value, found.groups, found.of, round(found.low, 2), round(found.high, 2)
    (-10.0, (3, 3), 7, -30.78, 10.78)
    """
    ours, theirs = _known(disadvantaged), _known(others)
    groups, n, of = (len(ours), len(theirs)), len(ours) + len(theirs), len(disadvantaged) + len(others)
    if why := too_few(min(groups), fewest):
        return unknown(why, n, of, GAP, groups)
    value = float(ours.mean() - theirs.mean())
    lacking = _without_interval(ours, theirs)
    half = None if lacking else _welch(ours, theirs)
    low, high = (None, None) if half is None else (value - half, value + half)
    return Figure(value, n, low, high, lacking, GAP, of, groups)


def gap_index(scores: Floats, disadvantaged: Flags) -> Figure:
    """Return the Department's gap index: (mean rank of others - mean rank of disadvantaged)·20/N, from -10 to 10.

    `scores` (N,) of the whole nation's pupils, NaN where a pupil has none; `disadvantaged` (N,). Equal scores share
    their mean rank. It counts everybody and so has no interval; it is a national figure, and says nothing of a school.

    >>> gap_index(np.array([1.0, 2.0, 3.0, 4.0]), np.array([True, True, False, False])).value
    10.0
    """
    known = ~np.isnan(scores)
    flags = disadvantaged[known]
    groups = (int(flags.sum()), int((~flags).sum()))
    if min(groups) == 0:
        return unknown(Lacking.NOBODY, sum(groups), len(scores), GAP_INDEX, groups)
    ranks = stats.rankdata(scores[known])
    value = float(ranks[~flags].mean() - ranks[flags].mean()) * FULL_SCALE / len(ranks)
    return Figure(value, len(ranks), None, None, Lacking.NO_INTERVAL, GAP_INDEX, len(scores), groups)


def one_pupil(disadvantaged: Floats, others: Floats, *, lowest: float, highest: float) -> Sensitivity:
    """Return the largest move of the gap of means by taking out any one pupil, or putting them at an end of the scale.

    Groups as of `mean_gap`; `lowest` and `highest` the ends of the scale, in the scores' units. Errors: ValueError for
    a score beyond them.

    >>> found = one_pupil(np.array([30.0, 50.0]), np.array([45.0, 55.0]), lowest=0.0, highest=90.0)
    >>> found.value, found.removed, found.moved, found.low, found.high, found.bound
    (30.0, 10.0, 30.0, -35.0, 20.0, 45.0)
    """
    ours, theirs = _known(disadvantaged), _known(others)
    n = len(ours) + len(theirs)
    if not (len(ours) and len(theirs)):
        return Sensitivity(None, n, None, None, None, None, None, Lacking.NOBODY)
    if any((each < lowest).any() or (each > highest).any() for each in (ours, theirs)):
        raise ValueError(f"A score lies outside the scale from {lowest} to {highest}.")
    gap = float(ours.mean() - theirs.mean())
    moved = np.concatenate([_moved(ours, lowest, highest), -_moved(theirs, lowest, highest)])
    removed = np.concatenate([_removed(ours), -_removed(theirs)])
    farthest = None if min(len(ours), len(theirs)) == 1 else float(np.abs(removed).max())
    reached = np.concatenate([moved, removed])
    return Sensitivity(
        value=float(np.abs(reached).max()),
        n=n,
        low=gap + float(min(0.0, reached.min())),
        high=gap + float(max(0.0, reached.max())),
        removed=farthest,
        moved=float(np.abs(moved).max()),
        bound=(highest - lowest) / min(len(ours), len(theirs)),
        lacking=None,
    )


def verdict(
    figure: Figure, *, fewest: int, against: float = 0.0, small: float = 0.0, one: Sensitivity | None = None
) -> Verdict:
    """Return what a figure lets anybody say about where it stands against another value.

    `fewest` pupils in each group; `against` what it is held against and `small` the difference that matters to nobody,
    in its units; `one` its one-pupil sensitivity, where it was worked out.

    >>> verdict(Figure(-10.0, 60, -18.0, -2.0, None, "disadvantage-gap 1", 60, (20, 40)), fewest=6)
    <Verdict.BELOW: 'below'>
    """
    if why := _nothing_to_say(figure, fewest):
        return why
    low, high = figure.interval or (-np.inf, np.inf)
    if against - small < low and high < against + small:
        return Verdict.ABOUT_THE_SAME
    if low <= against <= high:
        return Verdict.CANNOT_TELL
    if one is not None and one.low is not None and one.high is not None and one.low <= against <= one.high:
        return Verdict.ONE_PUPIL
    return Verdict.BELOW if high < against else Verdict.ABOVE


def _nothing_to_say(figure: Figure, fewest: int) -> Verdict | None:
    if figure.lacking in {Lacking.TOO_FEW, Lacking.ONE} or 0 < figure.fewest < fewest:
        return Verdict.TOO_FEW
    if figure.value is None:
        return Verdict.NO_FIGURE
    return Verdict.NO_INTERVAL if figure.interval is None else None


def _known(scores: Floats) -> Floats:
    known: Floats = scores[~np.isnan(scores)]
    return known


def _without_interval(ours: Floats, theirs: Floats) -> Lacking | None:
    """Return why Welch's interval does not exist. One group all alike is borne by the other's spread."""
    why = {spread_lacking(ours), spread_lacking(theirs)}
    if Lacking.ONE in why:
        return Lacking.ONE
    return Lacking.ALIKE if why == {Lacking.ALIKE} else None


def _welch(ours: Floats, theirs: Floats) -> float:
    """Return half the width of Welch's interval, its degrees of freedom by Satterthwaite's formula."""
    shares = np.array([each.var(ddof=1) / len(each) for each in (ours, theirs)])
    freedom = shares.sum() ** 2 / (shares**2 / (np.array([len(ours), len(theirs)]) - 1)).sum()
    return float(special.stdtrit(freedom, UPPER_95) * np.sqrt(shares.sum()))


def _moved(scores: Floats, lowest: float, highest: float) -> Floats:
    """Return how far the mean moves as each pupil in turn is put at the lowest score, then at the highest."""
    moved: Floats = np.concatenate([lowest - scores, highest - scores]) / len(scores)
    return moved


def _removed(scores: Floats) -> Floats:
    """Return how far the mean moves as each pupil in turn is taken out; nothing where nobody would be left."""
    if len(scores) == 1:
        return np.empty(0)
    gone: Floats = (scores.mean() - scores) / (len(scores) - 1)
    return gone
