"""Pupils by what they had reached before: how a school's spread over the groups, and its progress against their means.

Both follow from sums by school and prior-attainment group. Method: docs/methods/passes-over-rows.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from headship.analysis.figures import Floats
from headship.analysis.passes.sums import METHOD, Group, Key, Sums


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many rows of each of G groups fall in each of C classes: `rows` (G, C), 0 where none does."""

    by: tuple[str, ...]
    groups: tuple[Group, ...]
    classes: tuple[Key, ...]
    rows: Floats
    method: str = METHOD

    @property
    def shares(self) -> Floats:
        """(G, C): 0 to 1, adding up to 1 for each group."""
        shares: Floats = self.rows / self.rows.sum(axis=1, keepdims=True)
        return shares


def distribution(sums: Sums, over: str) -> Distribution:
    """Return how each group's rows are spread over one of the columns they were summed by.

    A class that is not known (None) is a class, the last.

    >>> import polars as pl
    >>> from headship.analysis.passes.sums import sums_by
    >>> rows = pl.DataFrame({"school": [7, 7, 9], "prior": [1, 3, 1], "score": [30.0, 50.0, 40.0]})
    >>> found = distribution(sums_by(rows, "score", ["school", "prior"]), "prior")
    >>> found.classes, found.rows.tolist()
    ((1, 3), [[1.0, 1.0], [1.0, 0.0]])
    """
    at = sums.by.index(over)
    kept = tuple(name for name in sums.by if name != over)
    groups, classes = sums.over(*kept).groups, sums.over(over).groups
    row = {group: number for number, group in enumerate(groups)}
    column = {of: number for number, (of,) in enumerate(classes)}
    rows = np.zeros((len(groups), len(classes)))
    for group, count in zip(sums.groups, sums.rows, strict=True):
        rows[row[group[:at] + group[at + 1 :]], column[group[at]]] += count
    return Distribution(kept, groups, tuple(of for (of,) in classes), rows)


def class_means(sums: Sums, over: str) -> dict[Key, float]:
    """Return the mean of each class of one column, over all other columns: national means where the rows are national.

    A class in which no value is known has none; neither have rows whose class is not known.

    >>> import polars as pl
    >>> from headship.analysis.passes.sums import sums_by
    >>> rows = pl.DataFrame({"school": [7, 9, 9], "prior": [1, 1, None], "score": [30.0, 40.0, 50.0]})
    >>> class_means(sums_by(rows, "score", ["school", "prior"]), "prior")
    {1: 35.0}
    """
    whole = sums.over(over)
    told = zip(whole.groups, whole.counts, whole.means, strict=True)
    return {of: float(mean) for (of,), count, mean in told if count and of is not None}


def progress_sums(sums: Sums, over: str, means: Mapping[Key, float]) -> Sums:
    """Return the sums of progress: each value less the mean of its class, `means`, in the value's units.

    Rows of a class without a mean are counted in `rows` and have no progress. No row is looked at again: the sum of
    squares about another number follows from count, sum and sum of squares.

    >>> import polars as pl
    >>> from headship.analysis.passes.sums import sums_by
    >>> rows = pl.DataFrame({"school": [7, 7, 9], "prior": [1, 3, 1], "score": [30.0, 50.0, 40.0]})
    >>> progress_sums(sums_by(rows, "score", ["school", "prior"]), "prior", {1: 35.0, 3: 52.0}).means.tolist()
    [-3.5, 5.0]
    """
    at = sums.by.index(over)
    middles = np.array([means.get(group[at], np.nan) for group in sums.groups]) - sums.about
    known = ~np.isnan(middles)
    less = np.where(known, middles, 0)
    rows, counts, totals, squares = sums.parts
    moved = np.array([counts, totals - counts * less, squares - 2 * less * totals + counts * less**2])
    fine = Sums.of(sums.by, sums.groups, np.vstack([rows, np.where(known, moved, 0)]), 0.0)
    return fine.over(*(name for name in sums.by if name != over))
