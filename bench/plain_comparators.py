"""The Department's published rule for comparator sets and spending bands, written out plainly.

Every distance of every pair, then one school after another: what ours is measured against, and held to by the tests.
"""

import numpy as np

NEAREST, MEMBERS = 60, 30


def ratio_squared(values):
    """Return ((x_i - x_j) / (max - min))² of all pairs, 0 where all are the same."""
    span = np.nanmax(values) - np.nanmin(values)
    return ((values[:, None] - values[None, :]) / span) ** 2 if span > 0 else np.zeros((len(values), len(values)))


def pupil_distances(pupils, meals, needs):
    return np.sqrt(0.5 * ratio_squared(pupils) + 0.4 * ratio_squared(meals) + 0.1 * ratio_squared(needs))


def special_distances(pupils, meals, each_need):
    return np.sqrt(0.6 * ratio_squared(pupils) + 0.4 * ratio_squared(meals)) + np.sqrt(
        sum(ratio_squared(need) for need in each_need.T)
    )


def building_distances(area, age):
    return np.sqrt(0.8 * ratio_squared(area) + 0.2 * ratio_squared(age))


def comparator_set(place, distances, may_be, traits):
    """Return the places of one school's set: itself first, nobody twice."""
    candidates = [other for other in np.flatnonzero(may_be) if other != place]
    order = np.argsort(distances[place][candidates], kind="stable")
    nearest = [int(candidates[each]) for each in order[:NEAREST]]
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
    compared = np.array([own, *(cost for cost in costs[members[1:]] if cost > 0)])
    percentile = 100 * int((compared <= own).sum()) / len(compared)
    return float(np.median(compared)), percentile, min(int(percentile / 10), 9)
