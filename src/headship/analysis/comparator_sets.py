"""Comparator sets: the schools against whose spending a school's is held, by the Department's published rule.

    d(i, j) = Σ_parts √(Σ_k w_k ((x_ik - x_jk) / (max x_k - min x_k))²)

One part makes a Euclidean distance in scaled coordinates: a k-d tree finds the neighbours, and no table of all pairs is
made. Special schools have two parts, whose sum is no such distance; they are few, and are gone through in blocks. The
distances that decide are always worked out as the formula stands, so that ties are the formula's. The weights are the
caller's, with their source. Method: docs/methods/comparator-sets.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

type Floats = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]
type Places = npt.NDArray[np.int64]

METHOD = "comparator-sets 1"
MISSING = -1  # in place of a school, or of a region that is not known
SPARE = 10  # more neighbours than are needed, so that rounding and most ties are settled among those found
ROUNDING = 1e-12  # how far, of the largest there can be, a distance of the tree may be from that of the formula
CELLS = 2_000_000  # of a table of distances that is in memory at one time


@dataclass(frozen=True, slots=True)
class Part:
    """One root of a distance: `names` (k,), `values` (S, k), NaN where one is not known, `weights` (k,) from 0 up."""

    names: Sequence[str]
    values: Floats
    weights: Sequence[float]


@dataclass(frozen=True, slots=True)
class Traits:
    """What decides who comes first among the nearest, each (S,).

    `eligible`: submitted a full year, so that others may be held against it; `pfi`; `boards`; `region` whole numbers,
    MISSING where it is not known: then nobody is of the same region.
    """

    eligible: Flags
    pfi: Flags
    boards: Flags
    region: Places


@dataclass(frozen=True, slots=True)
class ComparatorSets:
    """The sets of S schools: `members` (S, size) places in what was given, the school itself first; `distances` alike.

    Rows of schools that lack a value, and cells beyond the last member, hold MISSING and NaN. `lacking` names, by
    place, what a school lacks.
    """

    members: Places
    distances: Floats
    lacking: dict[int, tuple[str, ...]]
    method: str = METHOD


def comparator_sets(parts: Sequence[Part], traits: Traits, *, base: int, size: int) -> ComparatorSets:
    """Return the set of each of S schools of one phase and register, each school at most once in a set.

    Of the `base` nearest come those with a private finance contract if the school has one, then those that board if it
    does, then those of its region, then the rest, each in order of distance; `size` are kept with the school itself. Of
    equally near ones those come first that were given first. A school that lacks a value has no set and is in none.
    Errors: ValueError for weights below 0.

    >>> known = np.array([[100.0, 20], [200, 40], [300, 60], [120, np.nan]])
    >>> pupils = Part(["pupils", "free meals"], known, [0.5, 0.5])
    >>> anyone, region = np.ones(4, dtype=bool), np.array([1, 2, 1, 1])
    >>> found = comparator_sets([pupils], Traits(anyone, ~anyone, ~anyone, region), base=60, size=30)
    >>> found.members[:, :3].tolist(), found.lacking
    ([[0, 2, 1], [1, 0, 2], [2, 0, 1], [-1, -1, -1]], {3: ('free meals',)})
    """
    names = [name for part in parts for name in part.names]
    unknown = np.isnan(np.hstack([part.values for part in parts]))
    known = np.flatnonzero(~unknown.any(axis=1))
    near, away = _nearest([_Scaled(part, known) for part in parts], known, traits.eligible[known], base)
    members = np.full((len(unknown), size), MISSING)
    distances = np.full((len(unknown), size), np.nan)
    members[known, 0], distances[known, 0] = known, 0
    order = _order(known, near, traits)[:, : size - 1]
    last = 1 + order.shape[1]
    members[known, 1:last] = np.take_along_axis(near, order, 1)
    distances[known, 1:last] = np.take_along_axis(away, order, 1)
    return ComparatorSets(members, distances, _lacking(unknown, names))


def _lacking(unknown: Flags, names: Sequence[str]) -> dict[int, tuple[str, ...]]:
    return {
        int(place): tuple(name for name, gone in zip(names, unknown[place], strict=True) if gone)
        for place in np.flatnonzero(unknown.any(axis=1))
    }


def _order(known: Places, near: Places, traits: Traits) -> Places:
    """Return in which order the nearest of each school are listed."""
    same_region = (traits.region[near] == traits.region[known, None]) & (traits.region[near] != MISSING)
    group = np.where(same_region, np.int8(2), np.int8(3))
    group[traits.boards[near] & traits.boards[known, None]] = 1
    group[traits.pfi[near] & traits.pfi[known, None]] = 0
    group[near == MISSING] = 4
    return np.argsort(group, axis=1, kind="stable")


class _Scaled:
    """One part of the distance over the schools that have all values, by their places among those."""

    def __init__(self, part: Part, known: Places) -> None:
        self.weights = np.asarray(part.weights, dtype=float)
        if (self.weights < 0).any():
            raise ValueError("A weight below 0 would make unlike schools alike.")
        self.values = np.asfortranarray(part.values[known])
        least, most = _range(part.values)
        self.least, self.span = least, np.where(most > least, most - least, np.inf)  # all the same: nobody is away

    def distances(self, ones: Places, others: Places) -> Floats:
        """Return the distances between schools, as the formula stands; the two shapes broadcast."""
        total = np.zeros(np.broadcast_shapes(ones.shape, others.shape))
        for column, weight, span in zip(self.values.T, self.weights, self.span, strict=True):
            ratio = column[ones] - column[others]
            ratio /= span
            ratio *= ratio
            ratio *= weight
            total += ratio
        return np.sqrt(total, out=total)

    @property
    def points(self) -> Floats:
        """Points whose Euclidean distances are these, but for rounding."""
        points: Floats = (self.values - self.least) / self.span * np.sqrt(self.weights)
        return points

    @property
    def rounding(self) -> float:
        """How far a distance between points may be from that of the formula."""
        return ROUNDING * float(np.sqrt(self.weights.sum()))


def _range(values: Floats) -> tuple[Floats, Floats]:
    """Return the least and the most of each characteristic, over all schools of which it is known."""
    least = np.where(np.isnan(values), np.inf, values).min(axis=0, initial=np.inf)
    return least, np.where(np.isnan(values), -np.inf, values).max(axis=0, initial=-np.inf)


def _nearest(parts: list[_Scaled], known: Places, eligible: Flags, base: int) -> tuple[Places, Floats]:
    """Return the `base` nearest eligible others of each school that has all values, and how far they are."""
    others, left = np.flatnonzero(eligible), np.arange(len(known))
    near = np.full((len(known), min(base, len(others))), MISSING)
    away = np.full(near.shape, np.nan)
    if not near.size:
        return near, away
    if len(parts) == 1:
        left = _by_tree(parts[0], others, near, away)
    for ones in _blocks(left, CELLS // len(others)):
        near[ones], away[ones] = _by_table(parts, ones, others, near.shape[1])
    near[np.isinf(away)] = MISSING
    away[near == MISSING] = np.nan
    return np.where(near == MISSING, MISSING, known[near]), away


def _blocks(places: Places, rows: int) -> Iterator[Places]:
    rows = max(1, rows)
    return (places[start : start + rows] for start in range(0, len(places), rows))


def _by_tree(part: _Scaled, others: Places, near: Places, away: Floats) -> Places:
    """Fill in the nearest of all schools; return those for which a tie may have been cut: they are not done."""
    points, count = part.points, near.shape[1]
    tree, asked = KDTree(points[others]), min(count + SPARE, len(others))
    left = []
    for ones in _blocks(np.arange(len(near)), CELLS // 20 // asked):
        reach, found = tree.query(points[ones], np.arange(1, asked + 1))
        places, far = _in_order(part, ones, others[found])
        near[ones], away[ones] = places[:, :count], far[:, :count]
        if asked < len(others):
            left.append(ones[far[:, count - 1] >= reach[:, -1] - part.rounding])
    return np.concatenate(left) if left else np.empty(0, dtype=np.int64)


def _in_order(part: _Scaled, ones: Places, places: Places) -> tuple[Places, Floats]:
    """Return what a tree found by the formula's distances, first given first; schools themselves at the end."""
    far = part.distances(ones[:, None], places)
    far[places == ones[:, None]] = np.inf
    first = np.isinf(far[:, 0])  # nearly all find themselves first, and after that all others in order
    far[first], places[first] = np.roll(far[first], -1, axis=1), np.roll(places[first], -1, axis=1)
    mixed = np.flatnonzero((far[:, 1:] <= far[:, :-1]).any(axis=1))
    order = np.lexsort((places[mixed], far[mixed]), axis=1)
    far[mixed] = np.take_along_axis(far[mixed], order, 1)
    places[mixed] = np.take_along_axis(places[mixed], order, 1)
    return places, far


def _by_table(parts: list[_Scaled], ones: Places, others: Places, count: int) -> tuple[Places, Floats]:
    """Return the same from the distances to all others. Of a tie at the end, those that come first are kept."""
    far = sum((part.distances(ones[:, None], others) for part in parts), start=np.zeros(1))
    far[ones[:, None] == others] = np.inf
    last = np.partition(far, count - 1, axis=1)[:, count - 1 : count]
    nearer, level = far < last, far == last
    level &= np.cumsum(level, axis=1) <= count - nearer.sum(axis=1, keepdims=True)
    found = np.nonzero(nearer | level)[1].reshape(-1, count)
    away = np.take_along_axis(far, found, 1)
    order = np.argsort(away, axis=1, kind="stable")
    return others[np.take_along_axis(found, order, 1)], np.take_along_axis(away, order, 1)
