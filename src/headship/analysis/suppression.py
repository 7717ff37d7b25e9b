"""Small numbers of pupils hidden in tables with totals, so that none follows from what is still shown.

A table is a list of cells and of relations between them: a total less its parts is 0. Counts from 1 to k are hidden;
then further cells, until nobody can work out a hidden one, or a small number made of several, by adding and
subtracting. Every release is audited exactly, in whole numbers. Method: docs/methods/small-numbers.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from headship.analysis.figures import Flags, Floats

type Counts = npt.NDArray[np.int64]

METHOD = "small-numbers 1"
NEARLY = 1e-6  # what a solver may miss nought by


@dataclass(frozen=True, slots=True)
class Release:
    """A table as it may be shown: `shown` (N,) counts, None where hidden.

    `ranges` tells of each hidden cell, by place, the least and the most pupils a reader can work out (None: no end).
    Which cells were small, and which were hidden to protect them, is not told: it would give them away.
    """

    shown: tuple[int | None, ...]
    ranges: dict[int, tuple[int, int | None]]
    method: str = METHOD


def totals_of(*shape: int) -> Floats:
    """Return the relations (m, N) of a table with totals: its cells row by row, the total last in each direction.

    `shape` the number of groups in each direction, without totals: n groups make n + 1 cells.

    >>> totals_of(3).tolist()
    [[1.0, 1.0, 1.0, -1.0]]
    >>> totals_of(2, 2).shape
    (6, 9)
    """
    sizes = [each + 1 for each in shape]
    places = np.arange(int(np.prod(sizes))).reshape(sizes)
    lines = [np.moveaxis(places, axis, -1).reshape(-1, size) for axis, size in enumerate(sizes)]
    relations = np.zeros((sum(len(each) for each in lines), places.size))
    for relation, cells in zip(relations, (cells for each in lines for cells in each), strict=True):
        relation[cells] = 1.0
        relation[cells[-1]] = -1.0
    return relations


def release(counts: Sequence[int], relations: Floats, *, largest: int, hide_zeros: bool) -> Release:
    """Return the table with counts from 1 to `largest` hidden, and as many others as protect them.

    `counts` (N,) pupils in each cell, totals among them; `relations` (m, N) as `totals_of` gives them, 1 for a part and
    -1 for the total; `hide_zeros` hides 0 as well, otherwise 0 is always shown. Errors: ValueError for counts below 0
    or that do not add up.

    >>> told = release([12, 3, 9, 24], totals_of(3), largest=5, hide_zeros=False)
    >>> told.shown, told.ranges
    ((None, None, 9, 24), {0: (1, 14), 1: (1, 14)})
    """
    cells = np.array(counts, dtype=np.int64)
    _check(cells, relations)
    table = _Table(cells, relations, 0 if hide_zeros else 1, largest)
    hidden = _protected(table)
    shown = tuple(None if gone else int(count) for count, gone in zip(cells, hidden, strict=True))
    return Release(shown, ranges(cells, relations, hidden, least=table.least))


def ranges(counts: Counts, relations: Floats, hidden: Flags, *, least: int) -> dict[int, tuple[int, int | None]]:
    """Return, by place, the least and most whole number each hidden cell can be, given all that is shown.

    `counts` (N,), `relations` (m, N), `hidden` (N,); `least` what a reader knows of any hidden cell: 1 where 0 is
    always shown, else 0. None where there is no most.

    >>> ranges(np.array([4, 4, 8]), totals_of(2), np.array([True, True, False]), least=1)
    {0: (1, 7), 1: (1, 7)}
    """
    places = np.flatnonzero(hidden)
    seen = _Hidden(relations[:, places], counts[places], np.full(len(places), least), np.full(len(places), np.inf))
    found: dict[int, tuple[int, int | None]] = {}
    for column, place in enumerate(places.tolist()):
        most = None if seen.endless(column) else int(seen.extreme(column, -1)[column])
        found[place] = (int(seen.extreme(column, 1)[column]), most)
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """What does not change while cells are hidden; `least` and `largest` are the ends of a small count."""

    cells: Counts
    relations: Floats
    least: int
    largest: int

    @property
    def small(self) -> Flags:
        """Which counts are hidden for their own sake."""
        return (self.cells >= self.least) & (self.cells <= self.largest)

    @property
    def totals(self) -> Flags:
        """Which cells are the total of others."""
        return (self.relations < 0).any(axis=0)


def _check(cells: Counts, relations: Floats) -> None:
    if (cells < 0).any():
        raise ValueError("A count of pupils cannot be below 0.")
    if (relations @ cells).any():
        raise ValueError("The counts do not add up to their totals.")


def _protected(table: _Table) -> Flags:
    """Hide one more cell for each gap, until there is none or nothing left to hide.

    The next is the first in its place, a part before a total: were it the smallest, or were cells shown again that
    turned out not to be needed, whoever knows this rule could far more often work back from its choice.
    """
    hidden = table.small
    while near := next(_gaps(table, hidden), None):
        free = np.flatnonzero(~hidden & (table.cells > 0))
        if not len(free):
            break
        hidden[min(free, key=lambda place: (place not in near, table.totals[place], place))] = True
    return hidden


def _gaps(table: _Table, hidden: Flags) -> Iterator[set[int]]:
    """Give the cells among which another must be hidden, for each thing that follows from what is shown."""
    for relation in table.relations:
        gone = hidden & (relation != 0)
        if gone.any() and (relation[gone] > 0).all() and table.cells[gone].sum() <= table.largest:
            yield {*np.flatnonzero(relation).tolist()}
    for place in _told(table, hidden):
        beside = table.relations[table.relations[:, place] != 0]
        yield {*np.flatnonzero(beside.any(axis=0)).tolist()}


def _told(table: _Table, hidden: Flags) -> Iterator[int]:
    """Give the hidden cells whose exact count follows, even for a reader who is told which of them are small."""
    places = np.flatnonzero(hidden)
    cells, small = table.cells[places], table.small[places]
    least = np.where(small, table.least, table.largest + 1)
    seen = _Hidden(table.relations[:, places], cells, least, np.where(small, table.largest, np.inf))
    open_ = np.zeros(len(places), dtype=bool)
    for column, place in enumerate(places):
        for direction in (1, -1):
            if not open_[column]:
                open_ |= seen.extreme(column, direction) != cells
        if not open_[column]:
            yield int(place)


@dataclass(frozen=True, slots=True)
class _Hidden:
    """The hidden cells as a reader sees them: `relations` (m, h) among them, and each one's `least` and `most`."""

    relations: Floats
    cells: Counts
    least: Counts
    most: Floats

    @property
    def given(self) -> Counts:
        """What the shown cells say each relation of hidden ones comes to."""
        return np.round(self.relations @ self.cells).astype(np.int64)

    def extreme(self, column: int, direction: int) -> Counts:
        """Return whole numbers agreeing with all that is shown, one cell at its least (1) or at its most (-1)."""
        goal = np.zeros(len(self.cells))
        goal[column] = direction
        found = optimize.milp(
            goal,
            constraints=optimize.LinearConstraint(self.relations, self.given, self.given),
            integrality=np.ones(len(goal)),
            bounds=optimize.Bounds(self.least, np.minimum(self.most, self._enough)),
            options={"mip_rel_gap": 0},
        )
        agreed: Counts | None = None if found.x is None else np.round(found.x).astype(np.int64)
        if agreed is None or (self.relations @ agreed != self.given).any():
            raise ArithmeticError("The table could not be audited: nothing of it may be shown.")
        return agreed

    def endless(self, column: int) -> bool:
        """Whether a cell can be as large as one likes: some can grow together and change nothing shown."""
        goal = np.zeros(len(self.cells))
        goal[column] = -1
        found = optimize.linprog(goal, A_eq=self.relations, b_eq=np.zeros(len(self.relations)), bounds=(0, 1))
        return bool(found.x[column] > NEARLY)

    @property
    def _enough(self) -> int:
        """A number that no cell passes unless it is endless."""
        return (len(self.relations) + 1) * int(self.cells.sum() + len(self.cells) + self.least.sum()) + 1
