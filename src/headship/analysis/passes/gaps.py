"""Gaps between pupils who carry a mark and others, for every school at once, from one pass.

A gap is marked less others, as of `analysis.gaps.mean_gap` for one school: below 0 where the marked are behind. Method:
docs/methods/passes-over-rows.md.
"""

from dataclasses import dataclass

import numpy as np

from headship.analysis.figures import Floats
from headship.analysis.passes.sums import METHOD, Sums, around, divided


@dataclass(frozen=True, slots=True)
class Gaps:
    """The sums of pupils who carry a mark, of others, and of those of whom it is not known.

    All three hold the same G groups; `rows` and `counts` of one are 0 where it has nobody.
    """

    marked: Sums
    others: Sums
    unknown: Sums
    method: str = METHOD

    @property
    def differences(self) -> Floats:
        """(G,): mean of the marked less that of others; NaN where either has no known value."""
        differences: Floats = self.marked.means - self.others.means
        return differences

    @property
    def errors(self) -> Floats:
        """(G,): standard errors of the differences, each side with a spread of its own."""
        return np.hypot(self.marked.errors, self.others.errors)

    @property
    def intervals(self) -> Floats:
        """(G, 2): Welch's 95% intervals; NaN where a side has fewer than two values, or both are all alike."""
        return around(self.differences, self.errors, self._freedom())

    def _freedom(self) -> Floats:
        """Return Satterthwaite's degrees of freedom."""
        one, other = self.marked.errors**2, self.others.errors**2
        parts = divided(one**2, self.marked.counts - 1) + divided(other**2, self.others.counts - 1)
        return divided((one + other) ** 2, parts)


def gaps(sums: Sums, mark: str) -> Gaps:
    """Part sums by a mark that is true, false or not known, and keep the other columns as groups.

    `sums` by `mark` among others, as `sums_by` gives them; a mark of 1 and 0 does as well. Errors: ValueError for
    another mark.

    >>> import polars as pl
    >>> from headship.analysis.passes.sums import sums_by
    >>> rows = pl.DataFrame({"school": [7] * 4, "fsm": [True, True, False, False], "score": [30.0, 50.0, 45.0, 55.0]})
    >>> found = gaps(sums_by(rows, "score", ["school", "fsm"]), "fsm")
    >>> found.marked.groups, found.differences.tolist(), found.errors.round(2).tolist()
    (((7,),), [-10.0], [11.18])
    """
    at = sums.by.index(mark)
    if strangers := {group[at] for group in sums.groups} - {True, False, None}:
        raise ValueError(f"{mark} is {min(map(str, strangers))} somewhere: a mark is true, false or not known.")
    kept = [name for name in sums.by if name != mark]
    groups = sums.over(*kept).groups
    place = {group: number for number, group in enumerate(groups)}
    sides = {value: np.zeros((4, len(groups))) for value in (True, False, None)}
    for group, part in zip(sums.groups, sums.parts.T, strict=True):
        sides[group[at]][:, place[group[:at] + group[at + 1 :]]] = part  # type: ignore[index]  # seen to be a mark above
    marked, others, unknown = (Sums.of(kept, groups, parts, sums.about) for parts in sides.values())
    return Gaps(marked, others, unknown)
