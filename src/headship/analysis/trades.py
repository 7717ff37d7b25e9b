"""Trades: why no few respondents can be singled out of the sets of respondents whose sums are shown.

A *trade* for a set not yet shown changes the answers of some respondents so that every sum shown so far stays as it
was, and the new one does not: whole numbers h with Σ h = 0 over each shown set and not over the new one. Whatever is
made of the shown sums and the new one by adding and subtracting, with the new one in it, differs by the same amount
before and after the trade, so it takes in one of the trade's respondents at least. With k trades that have no
respondent in common it takes in k. Floating-point numbers look for trades; each is then proved in whole numbers.

Respondents who are in the same sets are one *atom*; its weight is how many they are. Method:
docs/methods/disclosure-audit.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from headship.analysis.figures import Floats, Places

NEARLY = 1e-7  # what rounding may leave of nought
LIFTED = 60  # times which a trade's shares are whole: halves, thirds, quarters, fifths and sixths
TRIES = 80  # trades tried, the shortest first, before looking closer
ROUNDS = 8  # times that those who are used up are taken out and trades are looked for among the rest
WIDE = 400  # atoms from which on only those near a trade are worked on
NEVER = 1_000_000  # the weight of an atom that is known not to be among the few


class Verdict(StrEnum):
    """What is decided of a set or a cell, and why."""

    SHOWN = "shown"
    SMALL = "small"  # fewer in it than there must be
    ISOLATES = "isolates"  # with what is shown already, it would single out too few
    UNPROVED = "unproved"  # neither was proved within the steps there are: not shown


@dataclass(slots=True)
class Shown:
    """The sets shown so far: `rows` places among `sets` (G, n) of 0 and 1 over n atoms.

    `across` (n, G) is the same the other way round. `reduced` (r, n + G) holds as many of them as are independent, made
    over so that each is 1 in an atom of its own (`base`) and 0 in those of the others; after the atoms it tells of
    which sets each is made.
    """

    sets: Places
    across: Places
    rows: list[int]
    base: Places
    reduced: Floats

    @classmethod
    def none_of(cls, sets: Places) -> "Shown":
        """Return that none is shown."""
        nothing = np.zeros((0, sum(sets.shape)))
        return cls(sets, np.ascontiguousarray(sets.T), [], np.zeros(0, dtype=np.int64), nothing)

    @property
    def atoms(self) -> int:
        """How many atoms there are."""
        return len(self.across)

    def copy(self) -> "Shown":
        """Return one that can go another way."""
        return Shown(self.sets, self.across, [*self.rows], self.base.copy(), self.reduced.copy())

    def left_of(self, row: int) -> Floats:
        """Return (n + G,) what the shown sets leave of a set: 0 in the base's atoms, and of which sets it is made."""
        left = np.zeros(self.reduced.shape[1])
        left[: self.atoms] = self.sets[row]
        left[self.atoms :][row : row + 1] = 1.0  # nothing, where it is not kept
        left -= self.reduced[self.sets[row, self.base] == 1].sum(axis=0)
        left[np.abs(left) < NEARLY] = 0.0
        return left

    def add(self, row: int, weights: Places) -> None:
        """Show a set; the heaviest atom it brings in becomes its own. `weights` (n,)."""
        left = self.left_of(row)
        self.rows.append(row)
        if not left[: self.atoms].any():
            return
        atom = int(np.argmax(np.where(left[: self.atoms] != 0, weights + 1, 0)))
        self.reduced = np.vstack([self.reduced, left])
        self.base = np.append(self.base, atom)
        self.turn(len(self.base) - 1, atom)

    def without(self, weights: Places) -> "Shown":
        """Return the same with a base of atoms that have a weight (n,); sets of none but others are left out."""
        gone = np.flatnonzero(weights[self.base] == 0)
        if not len(gone):
            return self
        told = self.copy()
        for place in gone:
            there = np.where(told.reduced[place, : self.atoms] != 0, weights, 0)
            if there.any():
                told.turn(int(place), int(np.argmax(there)))
        kept = weights[told.base] > 0
        return Shown(self.sets, self.across, told.rows, told.base[kept], told.reduced[kept])

    def within(self, atoms: Places) -> "Shown":
        """Return the same for some atoms alone, the base among them."""
        place = np.full(self.atoms, -1)
        place[atoms] = np.arange(len(atoms))
        return Shown(self.sets[:, atoms], self.across[atoms], self.rows, place[self.base], self.reduced[:, atoms])

    def turn(self, place: int, atom: int) -> None:
        """Make an atom the own one of the reduced set at a place."""
        own = self.reduced[place] / self.reduced[place, atom]
        others = np.flatnonzero(self.reduced[:, atom])
        there = np.flatnonzero(own)
        changed = self.reduced[np.ix_(others, there)] - np.outer(self.reduced[others, atom], own[there])
        changed[np.abs(changed) < NEARLY] = 0.0
        self.reduced[np.ix_(others, there)] = changed
        self.reduced[place] = own
        self.base[place] = atom

    def trades(self, row: int, left: Floats, weights: Places) -> Iterator[Places]:
        """Give the atoms of proved trades for a set, the shortest first; `weights` (n,) is 0 where nobody is."""
        atoms = np.flatnonzero((left[: self.atoms] != 0) & (weights > 0))
        lengths = (self.reduced[:, atoms] != 0).sum(axis=0)
        for atom in atoms[np.lexsort((-weights[atoms], lengths))][:TRIES]:
            used = np.flatnonzero(self.reduced[:, atom])
            places = np.append(self.base[used], atom)
            if self._proved(row, places, np.append(-self.reduced[used, atom], 1.0)):
                yield places

    def _proved(self, row: int, places: Places, shares: Floats) -> bool:
        """Whether shares of some atoms leave all shown sums as they are and change that of a set, in whole numbers."""
        changed = np.rint(shares * LIFTED).astype(np.int64) @ self.across[places]
        return bool(changed[row]) and not changed[self.rows].any()

    def made_of_shown(self, left: Floats, weights: Places) -> bool:
        """Whether a set of which nothing is `left` is the sum of shown ones wherever somebody is, in whole numbers."""
        made = np.rint(left[self.atoms :] * LIFTED).astype(np.int64) @ self.sets
        return not made[weights > 0].any()


def apart(shown: Shown, row: int, weights: Places, *, enough: int) -> Places:
    """Return for each question how many trades for a set were found that have no respondent in common, up to `enough`.

    `weights` (Q, n) who answered. Whoever is used up is taken out, and what is left is looked through again.

    >>> shown = Shown.none_of(np.array([[1, 1], [1, 0]]))
    >>> shown.add(0, np.array([4, 6]))
    >>> apart(shown, 1, np.array([[4, 6], [5, 5]]), enough=5).tolist()
    [4, 5]
    """
    found, free = np.zeros(len(weights), dtype=np.int64), weights.copy()
    for _ in range(ROUNDS):
        open_ = np.flatnonzero(found < enough)
        if not len(open_):
            break
        there = _there(free[open_])
        near = _near(shown, row, there)
        own = shown.within(near).without(there[near])
        few = free[np.ix_(open_, near)]
        more = _taken(own, row, few, there[near], enough - found[open_])
        free[np.ix_(open_, near)] = few
        if not more.any():
            break
        found[open_] = np.minimum(found[open_] + more, enough)
    return found


def _there(free: Places) -> Places:
    """Return (n,) the weights of atoms that at least half of the questions (Q, n) still have, 0 of the others."""
    return np.where(2 * (free > 0).sum(axis=0) >= len(free), free.sum(axis=0), 0)


def _near(shown: Shown, row: int, there: Places) -> Places:
    """Return the base, the atoms with the shortest trades, and some that can take the place of what is used up."""
    if shown.atoms <= WIDE:
        return np.arange(shown.atoms)
    wanted = there > 0
    tradeable = np.flatnonzero((shown.left_of(row)[: shown.atoms] != 0) & wanted)
    lengths = (shown.reduced[:, tradeable] != 0).sum(axis=0)
    gone = np.flatnonzero(~wanted[shown.base])
    instead = np.where(shown.reduced[gone, : shown.atoms] != 0, there, 0)
    heaviest = np.argpartition(instead, -3, axis=1)[:, -3:] if len(gone) else gone
    return np.unique(
        np.concatenate([shown.base, tradeable[np.argsort(lengths, kind="stable")[: TRIES * 2]], heaviest.ravel()])
    )


def _taken(own: Shown, row: int, free: Places, there: Places, wanted: Places) -> Places:
    """Return how many trades each question has besides, and take those who are in them out of `free` (Q, n)."""
    found = np.zeros(len(free), dtype=np.int64)
    for places in own.trades(row, own.left_of(row), there):
        times = free[:, places].min(axis=1)
        free[:, places] -= times[:, None]
        found += times
        if (found >= wanted).all():
            break
    return found


def looked_closer(shown: Shown, row: int, weights: Places, *, least: int, steps: Iterator[int]) -> Verdict:
    """Look through all that fewer than `least` respondents could be; `weights` (n,) who answered one question.

    Each branch takes one of `steps`; where they are used up, the verdict is that neither was proved.

    >>> shown = Shown.none_of(np.array([[1, 1, 1], [1, 1, 0]]))
    >>> shown.add(0, np.array([6, 3, 4]))
    >>> [str(looked_closer(shown, 1, np.array([6, 3, last]), least=5, steps=iter(range(9)))) for last in (4, 5)]
    ['isolates', 'shown']
    """
    own = shown.without(weights)
    left = own.left_of(row)
    if not weights @ (left[: own.atoms] != 0):
        return Verdict.SHOWN if own.made_of_shown(left, weights) else Verdict.UNPROVED
    answer = _few(own, row, weights, least - 1, steps)
    return Verdict.UNPROVED if answer is None else Verdict.ISOLATES if answer else Verdict.SHOWN


def _few(shown: Shown, row: int, weights: Places, most: int, steps: Iterator[int]) -> bool | None:
    """Whether at most `most` respondents more, beside those taken out (weight 0), are all that a set adds.

    One of them is in every trade: so each atom of the trade that has fewest to offer is taken out in turn, and once it
    is done with it is known not to be among them. None where the steps are used up.
    """
    left = shown.left_of(row)
    there = (left[: shown.atoms] != 0) & (weights > 0)
    if weights[there].sum() <= most:
        return True
    if apart(shown, row, weights[None], enough=most + 1)[0] > most:
        return False
    trades = [] if next(steps, None) is None else list(shown.trades(row, left, weights))
    if not trades:
        return None
    offers = min(([each for each in places.tolist() if weights[each] <= most] for places in trades), key=len)
    for atom in offers:
        rest = weights.copy()
        rest[atom] = 0
        answer = _few(shown.without(rest), row, rest, most - int(weights[atom]), steps)
        if answer is not False:
            return answer
        weights = weights.copy()
        weights[atom] = NEVER
    return False
