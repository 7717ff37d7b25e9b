"""Counts, sums and sums of squares by school, subject, group: the pass from which means and their intervals follow.

One pass at the finest grain serves every coarser one (`Sums.over`), the disadvantage gaps (`gaps.py`) and progress
against pupils who started alike (`prior_attainment.py`). Method: docs/methods/passes-over-rows.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
from narwhals.typing import IntoFrame
from scipy import special

from headship.analysis.figures import UPPER_95, Floats
from headship.analysis.passes.engines import collected, table

type Key = str | int | bool | None  # None: not known
type Group = tuple[Key, ...]

METHOD = "passes-over-rows 1"
ROUNDING = 1e-12  # of a sum of squares, what adding in another order may change


@dataclass(frozen=True, slots=True)
class Sums:
    """What was added up over the rows of each of G groups.

    `by` the columns grouped by; `groups` (G,) their values, in order, a value that is not known last; `rows` (G,) how
    many rows; `counts` (G,) those whose value is known; `totals` (G,) of value - `about` and `squares` (G,) of its
    square, over these, in the value's units and their square.
    """

    by: tuple[str, ...]
    groups: tuple[Group, ...]
    rows: Floats
    counts: Floats
    totals: Floats
    squares: Floats
    about: float
    method: str = METHOD

    @property
    def means(self) -> Floats:
        """(G,), NaN where no value is known."""
        return self.about + divided(self.totals, self.counts)

    @property
    def deviations(self) -> Floats:
        """(G,): standard deviations of a sample, NaN where fewer than two values are known.

        A spread below a millionth of the values' own size (from `about`) is rounding, and counts as none.
        """
        rest = self.squares - divided(self.totals**2, self.counts)
        spread = np.where(rest > ROUNDING * self.squares, rest, 0.0)
        deviations: Floats = np.sqrt(divided(spread, self.counts - 1))
        return deviations

    @property
    def errors(self) -> Floats:
        """(G,): standard errors of the means."""
        errors: Floats = divided(self.deviations, np.sqrt(self.counts))
        return errors

    @property
    def intervals(self) -> Floats:
        """(G, 2): Student's 95% intervals of the means; NaN where there is no spread to make one of."""
        return around(self.means, self.errors, self.counts - 1)

    @property
    def parts(self) -> Floats:
        """(4, G): rows, counts, totals and squares, which add up over groups."""
        return np.stack([self.rows, self.counts, self.totals, self.squares])

    @classmethod
    def of(cls, by: Sequence[str], groups: Sequence[Group], parts: Floats, about: float) -> "Sums":
        """Return sums whose `parts` are these."""
        rows, counts, totals, squares = parts
        return cls(tuple(by), tuple(groups), rows, counts, totals, squares, about)

    def over(self, *by: str) -> "Sums":
        """Return the same sums over fewer columns, in any order: no row is looked at again."""
        places = [self.by.index(name) for name in by]
        coarse = [tuple(group[place] for place in places) for group in self.groups]
        groups = sorted(set(coarse), key=in_order)
        place = {group: number for number, group in enumerate(groups)}
        into = np.array([place[group] for group in coarse], dtype=np.intp)
        added = [np.bincount(into, part, minlength=len(groups)) for part in self.parts]
        return Sums.of(by, groups, np.array(added), self.about)


def sums_by(rows: IntoFrame, value: str, by: Sequence[str], *, about: float = 0.0) -> Sums:
    """Add up a column by others in one pass over a frame of N rows, on the engine whose frame it is.

    `value` a column of numbers, null where not known; `by` columns of words, whole numbers or flags, at least
    one. `about` is taken from each value first: something near their mean, in their units, keeps a small spread of
    large values exact. Errors: ValueError for a value that is not finite, and for a column that is not there or of
    another kind.

    >>> import polars as pl
    >>> rows = pl.DataFrame({"school": [7, 7, 7, 9], "subject": list("aaba"), "score": [90.0, 110.0, 100.0, None]})
    >>> found = sums_by(rows, "score", ["school", "subject"], about=100.0)
    >>> found.groups, found.counts.tolist(), found.means.tolist()
    (((7, 'a'), (7, 'b'), (9, 'a')), [2.0, 1.0, 0.0], [100.0, 100.0, nan])
    >>> found.over("school").deviations.tolist()
    [10.0, nan]
    """
    if not by:
        raise ValueError("Name a column to group by; `over()` then makes one group of all.")
    away = nw.col(value) - about
    added = {"_rows": nw.len(), "_counts": away.count(), "_totals": away.sum(), "_squares": (away * away).sum()}
    grouped = table(rows, [value], by).group_by(*by).agg(*(each.alias(name) for name, each in added.items()))
    *keys, row_counts, counts, totals, squares = collected(grouped.sort(*by, nulls_last=True))
    parts = np.array([row_counts, counts, totals, squares], dtype=float)
    if not np.isfinite(parts).all():
        raise ValueError(f"A value of {value} is infinite or no number. Where one is not known, leave it empty (null).")
    return Sums.of(by, [*zip(*keys, strict=True)], parts, about)


def in_order(group: Group) -> tuple[tuple[bool, Key], ...]:
    """Return what groups are sorted by: their values in turn, one that is not known last.

    >>> sorted([("b", 1), (None, 1), ("a", None), ("a", 2)], key=in_order)
    [('a', 2), ('a', None), ('b', 1), (None, 1)]
    """
    return tuple((key is None, key) for key in group)


def divided(sums: Floats, counts: Floats) -> Floats:
    """Divide (G,) by (G,): NaN where there is nothing to divide by.

    >>> divided(np.array([3.0, 0.0]), np.array([2.0, 0.0])).tolist()
    [1.5, nan]
    """
    quotients: Floats = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)
    return quotients


def around(middles: Floats, errors: Floats, freedom: Floats) -> Floats:
    """Return Student's 95% intervals (G, 2); NaN where there is no error, or no degree of freedom, to make one of.

    >>> around(np.array([10.0, 10.0]), np.array([2.0, 0.0]), np.array([4.0, 4.0])).round(2).tolist()
    [[4.45, 15.55], [nan, nan]]
    """
    there = (errors > 0) & (freedom > 0)
    half = np.where(there, errors, np.nan) * special.stdtrit(np.where(there, freedom, 1), UPPER_95)
    intervals: Floats = np.stack([middles - half, middles + half], axis=1)
    return intervals
