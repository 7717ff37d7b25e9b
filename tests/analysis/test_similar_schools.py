"""Similar schools: the Department's own published distances, and every neighbour against all pairs written out."""

import csv
import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from headship.analysis.similar_schools import MISSING, nearest, nearest_to, shares

# As the shared test data's description gives them for primary schools: column, and what its squared difference counts.
PRIMARY = {
    "Ks1PriorRwmAverage": 7.648636604,
    "NumberOfPupils": 6.030989222e-7,
    "PStability": 8.391022845e-4,
    "PPPerc": 5.267600833e-4,
    "IdaciPupils": 7.867508786,
    "Polar4QuintilePupils": 0.12976348,
    "PercentageStatementOrEhp": 4.637265929e-3,
    "PercentSchSupport": 2.186076225e-3,
    "PercentEAL": 9.947700293e-5,
}


def rows(path):
    with gzip.open(path, "rt") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared_data
def test_published_distances_of_primary_schools_come_out(shared_data):
    folder = shared_data / "similar_schools"
    schools = rows(folder / "SimilarSchoolsPrimaryValuesEntry.csv.gz")
    values = np.array([[float(row[name] or "nan") for name in PRIMARY] for row in schools])
    found = nearest(values, np.array([*PRIMARY.values()]), [*PRIMARY], count=len(schools) - 1)
    urns = [row["URN"] for row in schools]
    ours = {
        (urns[place], urns[other]): far
        for place in range(len(urns))
        for other, far in zip(found.neighbours[place], found.distances[place], strict=True)
        if other != MISSING
    }
    pairs = [
        (ours[row["URN"], row["NeighbourURN"]], float(row["Dist"]))
        for row in rows(folder / "SimilarSchoolsPrimaryGroupsEntry.csv.gz")
        if (row["URN"], row["NeighbourURN"]) in ours
    ]
    assert len(pairs) == 1445
    assert max(abs(one - other) for one, other in pairs) < 1e-9


@settings(deadline=None)
@given(
    values=arrays(
        float, st.tuples(st.integers(1, 40), st.just(3)), elements=st.sampled_from([0, 1, 2, 5, 1e6, np.nan])
    ),
    count=st.integers(1, 12),
)
def test_neighbours_are_the_nearest_of_all_pairs_ties_in_the_order_given(values, count):
    weights = np.array([1.0, 0.25, 0.0])
    found = nearest(values, weights, ["a", "b", "c"], count=count)
    known = [place for place, row in enumerate(values) if not np.isnan(row).any()]
    for place, row in enumerate(values):
        if place not in known:
            assert found.lacking[place] == tuple(n for n, each in zip("abc", row, strict=True) if np.isnan(each))
            assert (found.neighbours[place] == MISSING).all()
            continue
        away = [
            (float(np.sqrt((weights * (values[other] - row) ** 2).sum())), other) for other in known if other != place
        ]
        expected = sorted(away)[:count]
        there = found.neighbours[place] != MISSING
        assert found.neighbours[place][there].tolist() == [other for _, other in expected]
        assert found.distances[place][there] == pytest.approx([far for far, _ in expected])
        assert np.isnan(found.distances[place][~there]).all()


@pytest.mark.parametrize("spread", [4, 1e5])
@pytest.mark.parametrize("far_out", [1, 1e7])
def test_many_schools_have_the_nearest_of_all_pairs_too(spread, far_out):
    """More than are held against all others at one time, with ties, and with one school unlike all others."""
    values = np.floor(np.random.default_rng(1).uniform(0, spread, (517, 3)))
    values[100] *= far_out
    found = nearest(values, np.array([1.0, 0.25, 4.0]), ["a", "b", "c"], count=50)
    for place, row in enumerate(values):
        away = np.sqrt(([1.0, 0.25, 4.0] * (values - row) ** 2).sum(axis=1))
        away[place] = np.inf
        assert found.neighbours[place].tolist() == np.argsort(away, kind="stable")[:50].tolist()


@settings(deadline=None)
@given(values=arrays(float, (5, 4), elements=st.floats(-100, 100)))
def test_shares_add_up_to_one_unless_schools_are_alike(values):
    weights = np.array([1.0, 2.0, 0.5, 3.0])
    found = shares(values[0], values[1:], weights)
    far = (weights * (values[1:] - values[0]) ** 2).sum(axis=1)
    assert found.sum(axis=1) == pytest.approx((far > 0).astype(float))


def test_a_weight_below_nought_is_refused():
    with pytest.raises(ValueError, match="unlike schools alike"):
        nearest(np.zeros((2, 1)), np.array([-1.0]), ["a"], count=1)


@given(arrays(np.float64, st.tuples(st.integers(2, 12), st.just(2)), elements=st.sampled_from([0.0, 1.0, 2.0, np.nan])))
def test_the_nearest_to_one_are_those_among_the_nearest_of_all(values):
    weights, count = np.array([1.0, 0.5]), 4
    every = nearest(values, weights, ["a", "b"], count=count)
    for place in range(len(values)):
        places, distances = nearest_to(values, weights, place, count=count)
        assert places.tolist() == [each for each in every.neighbours[place] if each != MISSING]
        assert distances.tolist() == [each for each in every.distances[place] if not np.isnan(each)]
