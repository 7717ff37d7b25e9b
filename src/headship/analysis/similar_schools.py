"""Similar schools: the nearest of the same phase, by a weighted distance over what a school is like.

    d(i, j)² = Σ_k c_k (x_ik - x_jk)²

The distance is Euclidean once each characteristic is multiplied by √c_k, so that neighbours come from a k-d tree and
not from a table of all pairs. The weights are the caller's, with their source. Method: docs/methods/similar-schools.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

type Floats = npt.NDArray[np.float64]
type Places = npt.NDArray[np.int64]

METHOD = "similar-schools 1"
MISSING = -1  # in place of a neighbour


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
        found = _nearest(scaled[known], most)
        neighbours[known, :most] = known[found]
        distances[known, :most] = _lengths(scaled[known][found] - scaled[known][:, None])
    lacking = {
        int(place): tuple(name for name, gone in zip(names, unknown[place], strict=True) if gone)
        for place in np.flatnonzero(unknown.any(axis=1))
    }
    return Similar(neighbours, distances, lacking)


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


def _nearest(points: Floats, most: int) -> Places:
    """Return the places of each point's nearest others. Ties beyond the last one asked for are looked at as well."""
    tree = KDTree(points)
    asked = min(most + 2, len(points))  # itself, and one more to see whether a tie is cut
    reach, found = tree.query(points, asked)
    places = np.empty((len(points), most), dtype=np.int64)
    order = np.lexsort((found, reach), axis=1)
    sorted_, ordered = np.take_along_axis(reach, order, 1), np.take_along_axis(found, order, 1)
    cut = np.zeros(len(points), dtype=bool) if asked < most + 2 else sorted_[:, -1] <= sorted_[:, -2]
    others = ordered != np.arange(len(points))[:, None]
    whole = ~cut & (others.sum(axis=1) == asked - 1)
    places[whole] = ordered[whole][others[whole]].reshape(-1, asked - 1)[:, :most]
    for each in np.flatnonzero(~whole):
        away = _lengths(points - points[each])
        away[each] = np.inf
        places[each] = np.argsort(away, kind="stable")[:most]
    return places


def _lengths(differences: Floats) -> Floats:
    lengths: Floats = np.sqrt((differences**2).sum(axis=-1))
    return lengths
