"""The Department's published rule for comparator sets and spending bands, written out plainly.

Every distance of every pair, then one school after another: what ours is measured against, and held to by the tests.
"""

import numpy as np

NEAREST, MEMBERS = 60, 30


def root(columns, weights):
    """Return √(Σ w ((x_i - x_j) / (max - min))²) of all pairs; a column in which all are the same adds nothing."""
    total = np.zeros((len(columns[0]), len(columns[0])))
    for values, weight in zip(columns, weights, strict=True):
        span = np.nanmax(values) - np.nanmin(values)
        ratio = values[:, None] - values[None, :]
        ratio /= span if span > 0 else np.inf
        ratio *= ratio
        ratio *= weight
        total += ratio
    return np.sqrt(total, out=total)


def pupil_distances(pupils, meals, needs):
    return root([pupils, meals, needs], [0.5, 0.4, 0.1])


def special_distances(pupils, meals, each_need):
    return root([pupils, meals], [0.6, 0.4]) + root(each_need.T, np.ones(each_need.shape[1]))


def building_distances(area, age):
    return root([area, age], [0.8, 0.2])


def comparator_set(place, distances, may_be, traits):
    """Return the places of one school's set: itself first, nobody twice."""
    candidates = np.flatnonzero(may_be & (np.arange(len(may_be)) != place))
    order = np.argsort(distances[place][candidates], kind="stable")
    nearest = candidates[order[:NEAREST]].tolist()
    listed = [place]
    if traits.pfi[place]:
        listed += [other for other in nearest if traits.pfi[other]]
    if traits.boards[place]:
        listed += [other for other in nearest if traits.boards[other]]
    listed += [other for other in nearest if traits.region[other] == traits.region[place] != -1]
    listed += nearest
    return list(dict.fromkeys(listed))[:MEMBERS]


def band(costs, members):
    """Return median, percentile and decile of the first of the members, on one line of cost."""
    own = costs[members[0]]
    others = costs[members[1:]]
    compared = np.append(others[others > 0], own)
    percentile = 100 * int((compared <= own).sum()) / len(compared)
    return float(np.median(compared)), percentile, min(int(percentile / 10), 9)
