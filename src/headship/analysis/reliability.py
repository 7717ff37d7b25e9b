"""How far a mean of several raters can be relied on, how many more would make it usable, and self beside others.

A person's raters are taken as a sample of those who could have rated them. What raters of the same person differ by is
error of the person's mean; what people differ by beyond it is what is to be seen. Method: docs/methods/reliability.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from headship.analysis.figures import UPPER_95, Figure, Floats, Lacking, Places, mean, unknown

METHOD = "reliability 1"
SELF_OTHER = "self-other 1"
MOST = 1_000  # raters; who would need more needs other questions


class Seen(StrEnum):
    """How a person's own score stands to that of others, as far as the interval tells."""

    ALIKE = "alike"  # the difference is smaller than what would matter, with all of its interval
    HIGHER = "higher"  # the person's own score is higher
    LOWER = "lower"  # the person's own score is lower
    CANNOT_TELL = "cannot tell"  # too few raters, or the interval holds both


class Voices(StrEnum):
    """How far raters say the same."""

    TOGETHER = "together"  # two thirds or more on one step of the scale or on two beside one another
    SPLIT = "split"  # further from one another than if every step had been chosen equally often
    APART = "apart"  # neither


@dataclass(frozen=True, slots=True)
class Components:
    """What scores differ by, in squared units of the scale.

    `person` between people; `rater` between raters of the same person; `residual` between the answers of a rater to
    several questions, 0 where their mean was given.
    """

    person: float
    rater: float
    residual: float = 0.0

    def error(self, raters: int, items: int = 1) -> float:
        """Return the variance of the mean of so many raters, with so many questions each, about the person's own."""
        return self.rater / raters + self.residual / (raters * items)


def components_of(scores: Floats, people: Places) -> Components | None:
    """Return components from one score of each rater, by the analysis of variance; None where they cannot be told.

    `scores` (N,) a rater's mean over the questions, NaN where there is none; `people` (N,) who is rated. At least two
    people, and one of them with two raters. A person component below 0 is 0.

    >>> found = components_of(np.array([4.0, 5.0, 1.0, 2.0]), np.array([1, 1, 2, 2]))
    >>> found.person, found.rater
    (4.25, 0.5)
    """
    told = _squares(scores, people)
    if told is None:
        return None
    between, within, raters, _, _ = told
    return Components(max(0.0, (between - within) / raters), within)


def generalisability(components: Components, *, raters: int, items: int = 1) -> float | None:
    """Return how much of what means of so many raters differ by is due to the people rated, 0 to 1.

    None where nothing differs. Errors: ValueError for less than one rater or question.

    >>> generalisability(Components(person=0.2, rater=0.4, residual=0.8), raters=8, items=4)
    0.7272727272727273
    """
    if raters < 1 or items < 1:
        raise ValueError("A mean is of at least one rater and one question.")
    whole = components.person + components.error(raters, items)
    return components.person / whole if whole else None


def raters_needed(components: Components, *, target: float = 0.7, items: int = 1) -> int | None:
    """Return the least number of raters whose mean reaches a generalisability of `target`, between 0 and 1.

    None where people do not differ, or more than 1,000 raters would be needed. Errors: ValueError for another target.

    >>> raters_needed(Components(person=0.2, rater=0.4, residual=0.8), target=0.7, items=4)
    7
    """
    if not 0 < target < 1:
        raise ValueError("What is to be reached lies between 0 and 1.")
    if components.person <= 0:
        return None
    needed = target / (1 - target) * components.error(1, items) / components.person
    found = max(1, math.ceil(needed - 1e-9))
    return found if found <= MOST else None


def more_raters(components: Components, *, raters: int, target: float = 0.7, items: int = 1) -> int | None:
    """Return how many raters more would make a mean usable: 0 where it is, None where no number would.

    >>> more_raters(Components(person=0.2, rater=0.6), raters=4)
    3
    """
    needed = raters_needed(components, target=target, items=items)
    return None if needed is None else max(0, needed - raters)


def reliability(scores: Floats, people: Places, *, raters: int) -> Figure:
    """Return the generalisability of the mean of so many raters with its 95% interval, by the F distribution.

    `scores` (N,), NaN where there is none, and `people` (N,) as for `components_of`. Both ends are exact where
    everybody has as many raters, else near it. An estimate or an end below 0 is 0. Errors: ValueError for less than
    one rater.

    >>> scores = np.array([9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7], dtype=float)
    >>> found = reliability(scores, np.repeat(np.arange(6), 4), raters=4)
    >>> round(found.value, 2), found.low, round(found.high, 2)
    (0.44, 0.0, 0.91)
    """
    return _relied_on(_squares(scores, people), scores, raters)


def profile_components(scores: Floats) -> Components | None:
    """Return components of one person's profile; None where they cannot be told.

    `scores` (R, C) each rater's mean on each characteristic, NaN where there is none. `person` is what characteristics
    differ by, `rater` what raters differ by in how they see them beside one another: a rater who scores
    everything higher adds nothing to it.

    >>> found = profile_components(np.array([[4.0, 2.0, 3.0], [5.0, 3.0, 4.0], [4.0, 2.0, 2.0]]))
    >>> round(found.person, 2), round(found.rater, 2)
    (1.0, 0.11)
    """
    told = _crossed(scores)
    return None if told is None else Components(max(0.0, (told[0] - told[1]) / told[2]), told[1])


def profile_reliability(scores: Floats, *, raters: int) -> Figure:
    """Return how far the order of one person's characteristics can be relied on, from so many raters, 0 to 1.

    `scores` (R, C) as for `profile_components`. The interval is exact where every rater scored every characteristic,
    else near it. Errors: ValueError for less than one rater.

    >>> found = profile_reliability(np.array([[4.0, 2.0, 3.0], [5.0, 3.0, 4.0], [4.0, 2.0, 2.0]]), raters=3)
    >>> round(found.value, 2), round(found.low, 2)
    (0.96, 0.62)
    """
    return _relied_on(_crossed(scores), scores, raters)


def _relied_on(told: "_Told | None", scores: Floats, raters: int) -> Figure:
    if raters < 1:
        raise ValueError("A mean is of at least one rater.")
    n, of = int((~np.isnan(scores)).sum()), scores.size
    if told is None:
        return unknown(Lacking.ONE if n else Lacking.NOBODY, n, of, METHOD)
    between, within, each, above, below = told
    if within == 0:
        return unknown(Lacking.ALIKE, n, of, METHOD)
    ratio = between / within
    low, high = (float(special.fdtri(above, below, at)) for at in (UPPER_95, 1 - UPPER_95))
    value, least, most = (_at(raters, (own - 1) / each) for own in (ratio, ratio / low, ratio / high))
    return Figure(value, n, least, most, None, METHOD, of)


def self_other(own: float, others: Floats, *, fewest: int) -> Figure:
    """Return a person's own score less the mean of others, with Student's 95% interval for the others' mean.

    `others` (N,), NaN for whoever did not answer or cannot say; `fewest` of them for there to be a figure. Their own
    score is what they said, not a sample: it adds nothing to the interval.

    >>> found = self_other(4.0, np.array([3.0, 3.0, 2.0, 4.0, 3.0]), fewest=5)
    >>> found.value, round(found.low, 2), round(found.high, 2), found.n
    (1.0, 0.12, 1.88, 5)
    """
    return self_beside(own, mean(others, fewest=fewest))


def self_beside(own: float, others: Figure) -> Figure:
    """Return a person's own score less the mean of others that `others` holds, where their scores are gone.

    The interval is the others' own, turned round. Where their mean lacks, so does the difference.

    >>> found = self_beside(4.0, Figure(3.0, 5, 2.1, 3.9, None, "mean 1", 5))
    >>> found.value, round(found.low, 1), round(found.high, 1)
    (1.0, 0.1, 1.9)
    """
    if others.value is None:
        return unknown(others.lacking or Lacking.NOT_KNOWN, others.n, others.of, SELF_OTHER)
    low, high = (None, None) if others.interval is None else (own - others.interval[1], own - others.interval[0])
    return Figure(own - others.value, others.n, low, high, others.lacking, SELF_OTHER, others.of)


def seen(difference: Figure, *, matters: float) -> Seen:
    """Return in a word how own and others' scores stand to one another; `matters` the least difference that does.

    >>> given = [Figure(0.1, 9, -0.3, 0.4, None, "m", 9), Figure(1, 9, 0.2, 1.8, None, "m", 9)]
    >>> [str(seen(each, matters=0.5)) for each in given]
    ['alike', 'higher']
    """
    if difference.interval is None:
        return Seen.CANNOT_TELL
    low, high = difference.interval
    if -matters < low and high < matters:
        return Seen.ALIKE
    if low > 0:
        return Seen.HIGHER
    return Seen.LOWER if high < 0 else Seen.CANNOT_TELL


def voices(counts: Sequence[int]) -> Voices | None:
    """Return in a word how far raters say the same, from how many chose each step of a scale; None where nobody did.

    >>> [str(voices(each)) for each in ([0, 1, 6, 3, 0], [4, 1, 0, 1, 4], [2, 2, 2, 2, 2])]
    ['together', 'split', 'apart']
    """
    whole = sum(counts)
    if not whole:
        return None
    if 3 * max(sum(counts[at : at + 2]) for at in range(len(counts))) >= 2 * whole:
        return Voices.TOGETHER
    first = sum(step * count for step, count in enumerate(counts))
    second = sum(step**2 * count for step, count in enumerate(counts))
    evenly = whole**2 * (len(counts) ** 2 - 1)
    return Voices.SPLIT if 12 * (whole * second - first**2) > evenly else Voices.APART


type _Told = tuple[float, float, float, int, int]


def _crossed(scores: Floats) -> _Told | None:
    """Return mean squares between characteristics, raters apart, and of what is left; raters; degrees of freedom."""
    there = ~np.isnan(scores)
    there, scores = (each[:, there.any(axis=0)] for each in (there, scores))
    there, scores = (each[there.sum(axis=1) > 1] for each in (there, scores))
    raters, characteristics = scores.shape
    n = int(there.sum())
    if characteristics < 2 or n - raters - characteristics < 0:
        return None
    place = np.nonzero(there)
    known = scores[there]
    own = np.bincount(place[0], weights=known) / there.sum(axis=1)
    apart = known - own[place[0]]  # raters apart
    design = (place[1][:, None] == np.arange(characteristics)) - (there / there.sum(axis=1, keepdims=True))[place[0]]
    found, _, rank, _ = np.linalg.lstsq(design, apart)
    left = float(((apart - design @ found) ** 2).sum())
    above, below = int(rank), n - raters - int(rank)
    if above < characteristics - 1 or below < 1:
        return None
    return (float(apart @ apart) - left) / above, left / below, (n - raters) / above, above, below


def _squares(scores: Floats, people: Places) -> _Told | None:
    """Return mean squares between and within people, raters a person, and the degrees of freedom of both."""
    there = ~np.isnan(scores)
    _, person, counts = np.unique(people[there], return_inverse=True, return_counts=True)
    known, groups, n = scores[there], len(counts), int(there.sum())
    if groups < 2 or n <= groups:
        return None
    means = np.bincount(person, weights=known) / counts
    between = float(counts @ (means - known.mean()) ** 2) / (groups - 1)
    within = float(((known - means[person]) ** 2).sum()) / (n - groups)
    raters = float(n - (counts**2).sum() / n) / (groups - 1)
    return between, within, raters, groups - 1, n - groups


def _at(raters: int, ratio: float) -> float:
    """Return the generalisability of a mean from person over rater variance; 0 where that is below 0."""
    return max(0.0, ratio) * raters / (1 + max(0.0, ratio) * raters)
