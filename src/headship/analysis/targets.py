"""The chance that a target is met, with the whole distribution it comes from; exact, never simulated.

How many of a list of pupils reach a standard, each with a chance of their own; how many of pupils known only as a
number, from how many reached it before; the mean score of a list of pupils. Method: docs/methods/chance-of-a-target.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from headship.analysis.figures import Floats, Lacking

METHOD = "chance-of-a-target 1"
HALF = (0.25, 0.75)
NINE_IN_TEN = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class CountOutlook:
    """How many of n pupils will reach a standard.

    `value` the chance, 0 to 1, that at least `target` do; `chances` (n + 1,) of each number from none to all; `half`
    and `most` from where to where at least the middle 50% and 90% lie. Without them all, `lacking` says why.
    """

    value: float | None
    n: int
    target: int
    chances: tuple[float, ...] | None
    half: tuple[int, int] | None
    most: tuple[int, int] | None
    lacking: Lacking | None = None
    method: str = METHOD

    @property
    def mean(self) -> float | None:
        """How many are to be expected."""
        return None if self.chances is None else float(np.dot(self.chances, range(self.n + 1)))


@dataclass(frozen=True, slots=True)
class ScoreOutlook:
    """The mean score that n pupils will reach: a normal distribution with `mean` and `spread`, in the scores' units.

    `value` the chance, 0 to 1, that it is at least `target`; `half` and `most` its middle 50% and 90%. Without them
    all, `lacking` says why.
    """

    value: float | None
    n: int
    target: float
    mean: float | None
    spread: float | None
    half: tuple[float, float] | None
    most: tuple[float, float] | None
    lacking: Lacking | None = None
    method: str = METHOD


def chances_of_standard(expected: Floats, spread: Floats, *, standard: float) -> Floats:
    """Return each pupil's chance (N,), 0 to 1, of at least `standard`, from expected score and its standard deviation.

    `expected` and `spread` (N,) in the scores' units; NaN gives NaN; a spread of 0 means that the score is known.
    Errors: ValueError for a spread below 0.

    >>> chances_of_standard(np.array([100.0, 106.0, 99.0]), np.array([6.0, 6.0, 0.0]), standard=100).round(3).tolist()
    [0.5, 0.841, 0.0]
    """
    if (spread < 0).any():
        raise ValueError("A spread below 0 does not exist.")
    known = np.where(np.isnan(expected + spread), np.nan, (expected >= standard).astype(float))
    above = np.divide(expected - standard, spread, out=np.zeros_like(known), where=spread > 0)
    chances: Floats = np.where(spread > 0, special.ndtr(above), known)
    return chances


def how_many(chances: Floats, *, target: int) -> CountOutlook:
    """Return how many pupils will reach a standard, each with a chance of their own (Poisson-binomial, exact).

    `chances` (N,) 0 to 1, each pupil's apart from the others'; a NaN among them leaves the outlook unknown, since that
    pupil counts too; `target` pupils. Errors: ValueError for a chance that is none.

    >>> found = how_many(np.array([0.5, 0.5, 1.0]), target=2)
    >>> found.value, found.chances, found.half, found.mean
    (0.75, (0.0, 0.25, 0.5, 0.25), (1, 2), 2.0)
    """
    if why := _unsure(chances):
        return CountOutlook(None, len(chances), target, None, None, None, why)
    if (chances < 0).any() or (chances > 1).any():
        raise ValueError("A chance lies between 0 and 1.")
    together = np.ones(1)
    for chance in chances:
        together = np.convolve(together, [1 - chance, chance])
    return _counted(together, target)


def how_many_alike(n: int, *, reached: float, missed: float, target: int) -> CountOutlook:
    """Return how many of `n` pupils will reach a standard, from how many did before (beta-binomial, exact).

    `reached` and `missed` pupils of before that speak for these, above 0; fewer make the outlook wider; `target`
    pupils. Pupils share what is not known of the standard, so that it is wider than if each were apart. Errors:
    ValueError where one of them is not above 0.

    >>> found = how_many_alike(2, reached=1.0, missed=1.0, target=1)
    >>> round(found.value, 4), [round(each, 4) for each in found.chances]
    (0.6667, [0.3333, 0.3333, 0.3333])
    """
    if not (reached > 0 and missed > 0):
        raise ValueError("Give how many reached it and how many did not, both above 0 (half a pupil where none).")
    if n == 0:
        return CountOutlook(None, 0, target, None, None, None, Lacking.NOBODY)
    return _counted(stats.betabinom(n, reached, missed).pmf(np.arange(n + 1)), target)


def mean_score(expected: Floats, spread: Floats, *, target: float, shared: float = 0.0) -> ScoreOutlook:
    """Return the mean score that pupils will reach, each with an expected score and its standard deviation (normal).

    `expected` and `spread` (N,) in the scores' units, NaN leaves the outlook unknown; `shared` standard deviation of
    what moves all pupils together (a hard paper, a teacher away), 0 where nothing does. Errors: ValueError for a
    spread below 0, or no spread at all.

    >>> found = mean_score(np.array([48.0, 52.0]), np.array([6.0, 8.0]), target=50.0)
    >>> found.value, found.mean, found.spread, [round(each, 2) for each in found.half]
    (0.5, 50.0, 5.0, [46.63, 53.37])
    """
    if why := _unsure(expected + spread):
        return ScoreOutlook(None, len(expected), target, None, None, None, None, why)
    if (spread < 0).any() or shared < 0:
        raise ValueError("A spread below 0 does not exist.")
    mean = float(expected.mean())
    wide = float(np.hypot(np.sqrt((spread**2).sum()) / len(spread), shared))
    if wide == 0:
        raise ValueError("Scores without any spread are known: there is nothing to expect.")
    half, most = (_normal_ends(mean, wide, ends) for ends in (HALF, NINE_IN_TEN))
    return ScoreOutlook(float(special.ndtr((mean - target) / wide)), len(spread), target, mean, wide, half, most)


def _unsure(values: Floats) -> Lacking | None:
    if len(values) == 0:
        return Lacking.NOBODY
    return Lacking.SOME_UNKNOWN if np.isnan(values).any() else None


def _counted(chances: Floats, target: int) -> CountOutlook:
    half, most = (_count_ends(np.cumsum(chances), ends) for ends in (HALF, NINE_IN_TEN))
    reached = min(1.0, float(chances[max(0, target) :].sum()))
    return CountOutlook(reached, len(chances) - 1, target, tuple(map(float, chances)), half, most)


def _count_ends(up_to: Floats, ends: Sequence[float]) -> tuple[int, int]:
    """Return the first numbers by which these parts of all chances are reached, whatever the last digit says."""
    low, high = (min(int(np.searchsorted(up_to, each - 1e-12)), len(up_to) - 1) for each in ends)
    return low, high


def _normal_ends(mean: float, spread: float, ends: Sequence[float]) -> tuple[float, float]:
    low, high = (mean + spread * float(special.ndtri(each)) for each in ends)
    return low, high
