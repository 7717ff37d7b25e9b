"""Many schools at once, each with a published value and its interval: how many can be told apart, and by how much.

No school is named or ranked here: the answers are a share, a spread, and one school's own value allowed for chance.
Methods: docs/methods/schools-told-apart.md, random-effects.md.
"""

from dataclasses import dataclass

import numpy as np

from headship.analysis.figures import NORMAL_95, Floats

TOLD_APART = "schools-told-apart 1"
RANDOM_EFFECTS = "random-effects 1"


@dataclass(frozen=True, slots=True)
class ToldApart:
    """How many schools' intervals hold a value, lie wholly below it, or wholly above it."""

    schools: int
    cannot_tell: int
    below: int
    above: int
    method: str = TOLD_APART

    @property
    def share(self) -> float:
        """The share, 0 to 1, of schools that cannot be told from the value."""
        return self.cannot_tell / self.schools


@dataclass(frozen=True, slots=True)
class RandomEffects:
    """What lies behind many schools' values once chance is allowed for.

    `mean` the schools' mean with `mean_error`, its standard error; `between` the variance between schools, 0 where
    chance alone explains the differences; `shrunken` (S,) each school's value drawn towards the mean, with
    `errors` (S,), its standard error; `kept` (S,) the share of its distance from the mean that a school keeps, 0 to 1.
    """

    mean: float
    mean_error: float
    between: float
    shrunken: Floats
    errors: Floats
    kept: Floats
    method: str = RANDOM_EFFECTS


def told_apart(low: Floats, high: Floats, *, against: float) -> ToldApart:
    """Return how many schools can be told from a value, by their own 95% intervals.

    `low` and `high` (S,) the intervals' ends, in the value's units; a school whose interval touches the value cannot be
    told from it. Errors: ValueError without a school, for a missing end, or for ends the wrong way round.

    >>> told_apart(np.array([-1.0, 0.5, -3.0, 0.0]), np.array([2.0, 1.5, -0.2, 1.0]), against=0.0)
    ToldApart(schools=4, cannot_tell=2, below=1, above=1, method='schools-told-apart 1')
    """
    if not len(low) or not (low <= high).all():
        raise ValueError("Each school needs both ends of its interval, the lower first.")
    below, above = int((high < against).sum()), int((low > against).sum())
    return ToldApart(len(low), len(low) - below - above, below, above)


def errors_of(low: Floats, high: Floats) -> Floats:
    """Return the standard errors that even 95% intervals were made of: half their width over 1.96.

    `low` and `high` (S,).

    >>> errors_of(np.array([-1.96, 0.0]), np.array([1.96, 3.92])).round(3).tolist()
    [1.0, 1.0]
    """
    found: Floats = (high - low) / (2 * NORMAL_95)
    return found


def random_effects(values: Floats, errors: Floats) -> RandomEffects:
    """Return schools' mean, the variance between them by DerSimonian and Laird, and each value drawn towards the mean.

    `values` (S,) and their standard errors `errors` (S,), in the same units. Errors: ValueError for fewer than two
    schools, or an error that is not above 0.
    Reference: R. DerSimonian and N. Laird, Controlled Clinical Trials 7, 1986.

    >>> found = random_effects(np.array([0.0, 4.0]), np.array([1.0, 2.0]))
    >>> round(found.between, 9), round(found.mean, 9), found.shrunken.round(9).tolist()
    (5.5, 1.625, [0.25, 3.0])
    """
    if len(values) < 2 or not (errors > 0).all():  # two schools at least have something between them
        raise ValueError("It takes two schools or more, each with a standard error above 0.")
    weights = errors**-2.0
    fixed = float(weights @ values / weights.sum())
    surplus = float(weights @ (values - fixed) ** 2) - (len(values) - 1)
    between = max(0.0, surplus / float(weights.sum() - (weights**2).sum() / weights.sum()))
    weighed = 1 / (errors**2 + between)
    mean, variance = float(weighed @ values / weighed.sum()), float(1 / weighed.sum())
    kept = between * weighed
    return RandomEffects(
        mean=mean,
        mean_error=variance**0.5,
        between=between,
        shrunken=mean + kept * (values - mean),
        errors=np.sqrt(kept * errors**2 + (1 - kept) ** 2 * variance),
        kept=kept,
    )
