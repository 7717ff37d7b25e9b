"""Spending bands: where a school's spending stands among the schools of its comparator set.

Spending is held per pupil or per square metre. A band says how usual a school's spending is among schools like it; it
does not say whether it is good. Method: docs/methods/spending-bands.md.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headship.analysis.comparator_sets import MISSING

type Floats = npt.NDArray[np.float64]
type Places = npt.NDArray[np.int64]

METHOD = "spending-bands 1"


@dataclass(frozen=True, slots=True)
class Bands:
    """Where each of S schools stands on each of L lines of cost.

    `medians` (S, L) of the set, in the unit of the costs; `percentiles` (S, L), 0 to 100, the share of the set that
    spends no more; `deciles` (S, L), 0 to 9; `counts` (S, L) how many were compared, the school itself among them. A
    school whose own cost or set is not known has NaN, NaN, MISSING and 0.
    """

    medians: Floats
    percentiles: Floats
    deciles: Places
    counts: Places
    method: str = METHOD


def unit_costs(costs: Floats, units: Floats) -> Floats:
    """Return costs (S, L) for each unit (S,), pupils or square metres; NaN where no unit is known, or there is none.

    >>> unit_costs(np.array([[900.0, 30.0], [900.0, np.nan], [5.0, 5.0]]), np.array([300.0, 450.0, 0.0])).tolist()
    [[3.0, 0.1], [2.0, nan], [nan, nan]]
    """
    per: Floats = costs / np.where(units > 0, units, np.nan)[:, None]
    return per


def percentile(value: float, compared: Floats) -> float:
    """Return the share of what is compared (n,), 0 to 100, that is not above a value: "what if we spent it?".

    Errors: ValueError where there is nothing to compare.

    >>> percentile(35, np.array([10.0, 20, 30, 40, 50]))
    60.0
    """
    if not len(compared):
        raise ValueError("There is nothing to compare with.")
    return 100 * int((compared <= value).sum()) / len(compared)


def bands(costs: Floats, members: Places) -> Bands:
    """Return where each school stands in its set, on each line.

    `costs` (S, L) for each unit, NaN where one is not known; `members` (S, m) places, the school itself first, as
    comparator sets are. A member whose cost is not above 0 or not known is left out; the school itself stays.

    >>> costs, everyone = np.array([[35.0], [10], [20], [30], [40], [0]]), np.arange(6)
    >>> found = bands(costs, np.array([np.roll(everyone, -each) for each in everyone]))
    >>> found.medians[:2, 0].tolist(), found.percentiles[:2, 0].tolist(), found.deciles[:, 0].tolist()
    ([30.0, 30.0], [80.0, 20.0], [8, 2, 4, 6, 9, 1])
    """
    shape = costs.shape
    medians, percentiles = np.empty(shape), np.empty(shape)
    deciles, counts = np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.int64)
    for line, cost in enumerate(costs.T):
        told = _line(cost, members)
        medians[:, line], percentiles[:, line], deciles[:, line], counts[:, line] = told
    return Bands(medians, percentiles, deciles, counts)


def _line(own: Floats, members: Places) -> tuple[Floats, Floats, Places, Places]:
    """Return median, percentile, decile and count of each school on one line of cost."""
    known = ~np.isnan(own)
    positive = np.append(np.where(own > 0, own, np.inf), np.inf)  # what does not count is behind all; MISSING is last
    theirs = positive[members]
    theirs[:, 0] = np.where(known & (members[:, 0] != MISSING), own, np.inf)
    counts = (theirs < np.inf).sum(axis=1)
    counts[theirs[:, 0] == np.inf] = 0
    rank = (theirs <= theirs[:, :1]).sum(axis=1)
    theirs.sort(axis=1)
    told, among = counts > 0, np.maximum(counts, 1)
    rows = np.arange(len(own))
    medians = (theirs[rows, (among - 1) // 2] + theirs[rows, among // 2]) / 2
    medians[~told] = np.nan
    percentiles = np.where(told, 100 * rank / among, np.nan)
    return medians, percentiles, np.where(told, np.minimum(10 * rank // among, 9), MISSING), counts
