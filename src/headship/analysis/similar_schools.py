"""Similar schools: the nearest of the same phase, by a weighted distance over what a school is like.

    d(i, j)² = Σ_k c_k (x_ik - x_jk)²

The distance is Euclidean once each characteristic is multiplied by √c_k. Some dozens of schools at a time are held
against all others in few digits, which says who may be among the nearest; only of those are distances worked out
in full. (With nine or ten characteristics a k-d tree takes twice as long.) The weights are the caller's, with their
source. Method: docs/methods/similar-schools.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]
type Places = npt.NDArray[np.int64]

METHOD = "similar-schools 1"
MISSING = -1  # in place of a neighbour
ROWS = 32  # schools held against all others at one time: what the processor's own memory holds
FAR_OUT = 100  # times the usual distance from the middle, beyond which single precision tells the others badly apart
GROUPS = 4  # times as many groups as neighbours, from whose nearest the reach of a school is told


@dataclass(frozen=True, slots=True)
class Similar:
    """The nearest schools of each of S schools, in their places in what was given.

    `neighbours` (S, m) places, nearest first, and `distances` (S, m); rows of schools that lack a value, and cells
    beyond the last school, hold MISSING and NaN. `lacking` names, by place, what a school lacks.
    """

    neighbours: Places
    distances: Floats
    lacking: dict[int, tuple[str, ...]]
    method: str = METHOD


def nearest(values: Floats, weights: Floats, names: Sequence[str], *, count: int) -> Similar:
    """Return the `count` nearest of each school; of equally near ones that come first which were given first.

    `values` (S, k), NaN where one is not known; `weights` (k,) c_k, at least 0; `names` (k,). A school that lacks a
    value is nobody's neighbour and has none: a missing value is never taken for 0. Errors: ValueError for weights
    below 0.

    >>> values = np.array([[0.0, 1.0], [3.0, 1.0], [0.0, np.nan], [1.0, 1.0]])
    >>> found = nearest(values, np.array([1.0, 4.0]), ["pupils", "stability"], count=2)
    >>> found.neighbours.tolist(), found.distances[0].tolist(), found.lacking
    ([[3, 1], [3, 0], [-1, -1], [0, 1]], [1.0, 3.0], {2: ('stability',)})
    """
    scaled = _scaled(values, weights)
    unknown = np.isnan(values)
    known = np.flatnonzero(~unknown.any(axis=1))
    neighbours = np.full((len(values), count), MISSING)
    distances = np.full((len(values), count), np.nan)
    most = min(count, len(known) - 1)
    if most > 0:
        found, distances[known, :most] = _nearest(scaled[known], most)
        neighbours[known, :most] = known[found]
    lacking = {
        int(place): tuple(name for name, gone in zip(names, unknown[place], strict=True) if gone)
        for place in np.flatnonzero(unknown.any(axis=1))
    }
    return Similar(neighbours, distances, lacking)


def nearest_to(values: Floats, weights: Floats, place: int, *, count: int) -> tuple[Places, Floats]:
    """Return the places of the `count` nearest to the school at `place`, and their distances, as `nearest` gives them.

    `values` (S, k), `weights` (k,) as there; both answers (m,), none where the school itself lacks a value.

    >>> values = np.array([[0.0, 1.0], [3.0, 1.0], [0.0, np.nan], [1.0, 1.0]])
    >>> [each.tolist() for each in nearest_to(values, np.array([1.0, 4.0]), 0, count=2)]
    [[3, 1], [1.0, 3.0]]
    """
    scaled = _scaled(values, weights)
    known = np.flatnonzero(~np.isnan(values).any(axis=1))
    if place not in known:
        return np.empty(0, dtype=np.int64), np.empty(0)
    others = known[known != place]
    away = _lengths(scaled[others] - scaled[place])
    order = np.argsort(away, kind="stable")[:count]
    return others[order], away[order]


def shares(one: Floats, others: Floats, weights: Floats) -> Floats:
    """Return how much of each squared distance from one school (k,) to others (m, k) each characteristic makes, 0 to 1.

    Schools alike in everything share nothing out: their row is 0.

    >>> shares(np.array([0.0, 0.0]), np.array([[1.0, 1.0], [0.0, 0.0]]), np.array([1.0, 3.0])).tolist()
    [[0.25, 0.75], [0.0, 0.0]]
    """
    parts = weights * (others - one) ** 2
    whole = parts.sum(axis=1, keepdims=True)
    divided: Floats = np.divide(parts, whole, out=np.zeros_like(parts), where=whole > 0)
    return divided


def _scaled(values: Floats, weights: Floats) -> Floats:
    if (weights < 0).any():
        raise ValueError("A weight below 0 would make unlike schools alike.")
    scaled: Floats = values * np.sqrt(weights)
    return scaled


def _nearest(points: Floats, most: int) -> tuple[Places, Floats]:
    """Return the places of each point's nearest others, and how far they are."""
    places, distances = np.empty((len(points), most), dtype=np.int64), np.empty((len(points), most))
    rough = _Rough(points, most)
    for begin in range(0, len(points), ROWS):
        some = slice(begin, begin + ROWS)
        rows, others = rough.reached(some)
        away = _lengths(points[others] - points[begin + rows])
        places[some], distances[some] = _sorted(rows, others, away, most)
    return places, distances


class _Rough:
    """Squared distances of points, in single precision unless one is far out, less what is the same for all of a row.

    Points are moved about their middle and shrunk to at most 1 from it, so that a bound on rounding is known.
    """

    def __init__(self, points: Floats, most: int) -> None:
        self.most, self.groups = most, min(GROUPS * most, len(points))
        middle = points - points.mean(axis=0)
        lengths = _lengths(middle)
        kind = np.float32 if lengths.max() <= FAR_OUT * np.median(lengths) else np.float64
        small = (middle / (lengths.max() or 1)).astype(kind)
        self.ones = np.column_stack([-2 * small, np.ones_like(small[:, 0])])
        gap = -len(points) % self.groups  # others that are not there are endlessly far
        squares = np.pad((small**2).sum(axis=1), (0, gap), constant_values=np.inf)
        self.others = np.vstack([np.pad(small, ((0, gap), (0, 0))).T, squares])
        self.rounding = 8 * (points.shape[1] + 3) * np.finfo(kind).eps

    def reached(self, some: slice) -> tuple[Places, Places]:
        """Return pairs (row of some, other), ordered, among which are all that may be nearest, and no point itself."""
        rough = self.ones[some] @ self.others
        rows = np.arange(len(rough))
        rough[rows, some.start + rows] = np.inf
        # The nearest of each group are different points: at most this far are the `most` nearest of all.
        nearest = rough.reshape(len(rough), -1, self.groups).min(axis=1)
        reach = np.partition(nearest, self.most - 1, axis=1)[:, self.most - 1 : self.most]
        return np.divmod(np.flatnonzero(rough <= reach + self.rounding), rough.shape[1])


def _sorted(rows: Places, others: Places, away: Floats, most: int) -> tuple[Places, Floats]:
    """Return the first `most` of each row by distance; of equally far ones, those given first."""
    counts = np.bincount(rows)
    column = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    table, places = np.full((len(counts), counts.max()), np.inf), np.empty((len(counts), counts.max()), dtype=np.int64)
    table[rows, column], places[rows, column] = away, others
    order = np.argsort(table, axis=1, kind="stable")[:, :most]
    return np.take_along_axis(places, order, 1), np.take_along_axis(table, order, 1)


def _lengths(differences: Floats) -> Floats:
    lengths: Floats = np.sqrt((differences**2).sum(axis=-1))
    return lengths
