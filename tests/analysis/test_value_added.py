"""Value added: published results on real pupils, the likelihood written out plainly, and what must always hold."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headship.analysis import value_added
from headship.analysis.value_added import Unfit, fit, statistics_of


def pupils(path: Path, *columns: str) -> list[np.ndarray]:
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))
    return [np.array([float(row[column]) for row in rows]) for column in columns]


def made(seed=1, schools=30, each=12, slope=0.3):
    """Make pupils with two covariates, one of which has a slope of its own in each school."""
    rng = np.random.default_rng(seed)
    school = rng.permutation(np.repeat(np.arange(schools) * 7 + 100, each))
    covariates = rng.normal(size=(len(school), 2)) * [1, 15] + [0, 100]
    own = rng.normal(size=(1000, 2)) @ np.array([[0.5, 0.1], [0, slope]])
    outcome = 2 + covariates @ [0.7, 0.02] + own[school, 0] + own[school, 1] * covariates[:, 0]
    return outcome + rng.normal(size=len(school)), covariates, school


def plainly(pupils, slopes, covariance, residual, *, restricted):
    """Return the log-likelihood, β and school effects with the whole covariance matrix of all pupils written out."""
    outcome, covariates, school = pupils
    design = np.column_stack([np.ones(len(outcome)), covariates])
    keys, random = np.unique(school), design[:, [0, *slopes]]
    blocks = np.column_stack([random * (school == key)[:, None] for key in keys])
    between = np.kron(np.eye(len(keys)), covariance)
    whole = blocks @ between @ blocks.T + residual * np.eye(len(outcome))
    inverse = np.linalg.inv(whole)
    information = design.T @ inverse @ design
    beta = np.linalg.solve(information, design.T @ inverse @ outcome)
    away = outcome - design @ beta
    degrees = len(outcome) - (design.shape[1] if restricted else 0)
    twice = degrees * np.log(2 * np.pi) + np.linalg.slogdet(whole)[1] + away @ inverse @ away
    twice += np.linalg.slogdet(information)[1] if restricted else 0
    effects = (between @ blocks.T @ inverse @ away).reshape(len(keys), -1)
    project = inverse - inverse @ design @ np.linalg.inv(information) @ design.T @ inverse
    unsure = between - between @ blocks.T @ project @ blocks @ between
    errors = np.sqrt(np.diag(unsure)).reshape(len(keys), -1)
    return -twice / 2, beta, np.sqrt(np.diag(np.linalg.inv(information))), effects, errors


@pytest.mark.shared_data
def test_published_results_of_sixty_five_london_schools(shared_data):
    """As in Goldstein and others, A multilevel analysis of school examination results, Oxf. Rev. Educ. 19, 1993."""
    outcome, prior, school = pupils(shared_data / "pupils/mlmRev_Exam.csv.gz", "normexam", "standLRT", "school")
    school, prior = school.astype(int), prior[:, None]
    null = fit(statistics_of(outcome, np.empty((len(outcome), 0)), school, []), restricted=False)
    assert null.covariance[0, 0] == pytest.approx(0.1686, abs=5e-5)
    assert null.residual == pytest.approx(0.8478, abs=5e-5)
    assert null.log_likelihood == pytest.approx(-5505.32, abs=5e-3)
    intercepts = fit(statistics_of(outcome, prior, school, ["prior"]), restricted=False)
    assert intercepts.fixed[1] == pytest.approx(0.5634, abs=5e-5)
    assert intercepts.covariance[0, 0] == pytest.approx(0.0921, abs=5e-5)
    assert intercepts.residual == pytest.approx(0.5657, abs=5e-5)
    assert intercepts.log_likelihood == pytest.approx(-4678.62, abs=5e-3)
    slopes = fit(statistics_of(outcome, prior, school, ["prior"], slopes=["prior"]), restricted=False)
    assert slopes.covariance[[0, 1, 1], [0, 0, 1]] == pytest.approx([0.0905, 0.018, 0.0145], abs=1e-4)
    assert slopes.residual == pytest.approx(0.5537, abs=5e-5)


@pytest.mark.shared_data
def test_published_results_of_high_school_and_beyond(shared_data):
    """Raudenbush and Bryk, Hierarchical Linear Models, 2002: 8.61 within REML; 8.55 and 39.15 by full likelihood."""
    outcome, school = pupils(shared_data / "pupils/mlmRev_Hsb82.csv.gz", "mAch", "school")
    found = fit(statistics_of(outcome, np.empty((len(outcome), 0)), school.astype(int), []), restricted=False)
    assert found.covariance[0, 0] == pytest.approx(8.555, abs=2e-3)
    assert found.residual == pytest.approx(39.148, abs=1e-3)


@pytest.mark.parametrize("restricted", [True, False])
@pytest.mark.parametrize("slopes", [(), ("a",), ("a", "b")])
def test_it_is_the_likelihood_written_out_and_nothing_near_is_likelier(restricted, slopes):
    outcome, covariates, school = made()
    found = fit(statistics_of(outcome, covariates, school, ["a", "b"], slopes=slopes), restricted=restricted)
    places = [{"a": 1, "b": 2}[each] for each in slopes]

    def at(covariance, residual):
        return plainly((outcome, covariates, school), places, covariance, residual, restricted=restricted)

    likelihood, beta, beta_errors, effects, errors = at(found.covariance, found.residual)
    assert found.log_likelihood == pytest.approx(likelihood, rel=1e-10)
    assert found.fixed == pytest.approx(beta, rel=1e-7)
    assert found.fixed_errors == pytest.approx(beta_errors, rel=1e-7)
    assert found.effects == pytest.approx(effects, rel=1e-6, abs=1e-9)
    assert found.errors == pytest.approx(errors, rel=1e-6)
    size = np.sqrt(np.diag(found.covariance))
    for step in (0.98, 1.02):
        scaled = found.covariance * np.outer(*[np.where(np.arange(len(size)) == 0, step, 1)] * 2)
        assert at(scaled, found.residual)[0] <= likelihood
        assert at(found.covariance, found.residual * step)[0] <= likelihood


def test_the_slope_of_the_likelihood_is_its_slope():
    outcome, covariates, school = made()
    problem = value_added._Problem(
        statistics_of(outcome, covariates, school, ["a", "b"], slopes=["a"]), restricted=True
    )
    place, step = np.array([0.4, 0.1, 0.2]), 1e-6
    around = [
        (problem.deviance(place + each)[0] - problem.deviance(place - each)[0]) / (2 * step)
        for each in np.eye(3) * step
    ]
    assert problem.deviance(place)[1] == pytest.approx(around, rel=1e-5)


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 1000), shift=st.floats(-100, 100), scale=st.floats(1e-2, 1e3), units=st.floats(1e-2, 1e2))
def test_other_units_change_nothing_but_units(seed, shift, scale, units):
    """`shift` is in standard deviations: sums of squares lose what lies much further from their origin than that."""
    outcome, covariates, school = made(seed)
    one = fit(statistics_of(outcome, covariates, school, ["a", "b"]))
    moved = (covariates + np.array([shift, 0])) * [scale, 1]
    other = fit(statistics_of(outcome * units, moved, school * 1000, ["a", "b"]))
    assert other.effects == pytest.approx(one.effects * units, rel=1e-4, abs=1e-5 * units)
    assert other.fixed[1] == pytest.approx(one.fixed[1] * units / scale, rel=1e-4, abs=1e-6 * units / scale)
    assert other.residual == pytest.approx(one.residual * units**2, rel=1e-5)


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 1000))
def test_effects_are_shrunken_and_small_schools_are_less_sure(seed):
    rng = np.random.default_rng(seed)
    counts = rng.integers(2, 60, size=25)
    school = np.repeat(np.arange(25), counts)
    outcome = rng.normal(size=25)[school] * 0.7 + rng.normal(size=len(school))
    found = fit(statistics_of(outcome, np.empty((len(school), 0)), school, []))
    away = np.array([outcome[school == each].mean() for each in range(25)]) - found.fixed[0]
    assert found.effects[:, 0] == pytest.approx(away * found.shrinkage, rel=1e-6, abs=1e-9)
    by_size = found.errors[np.argsort(counts, kind="stable"), 0]
    assert (np.diff(by_size) <= 1e-12).all()
    assert (np.diff(found.comparative_intervals) < np.diff(found.intervals)).all()


def test_schools_that_do_not_differ_cannot_be_told_from_average():
    rng = np.random.default_rng(3)
    school = np.repeat(np.arange(40), 30)
    found = fit(statistics_of(rng.normal(size=1200), np.empty((1200, 0)), school, []))
    assert found.covariance[0, 0] < 0.01
    assert found.like_average == 1


def test_ninety_five_in_a_hundred_intervals_hold_the_true_effect():
    rng, held = np.random.default_rng(5), []
    for _ in range(40):
        true, school = rng.normal(size=50) * 0.5, np.repeat(np.arange(50), 20)
        found = fit(statistics_of(true[school] + rng.normal(size=1000), np.empty((1000, 0)), school, []))
        low, high = found.intervals.T
        held.append(np.mean((low <= true) & (true <= high)))
    assert np.mean(held) == pytest.approx(0.95, abs=0.015)


def test_what_cannot_be_fitted_is_said_in_a_sentence():
    outcome, covariates, school = made()
    cases = {
        "There is no pupil": (outcome[:0], covariates[:0], school[:0]),
        "A value is missing": (np.append(outcome[:-1], np.nan), covariates, school),
        "All pupils are of one school": (outcome, covariates, np.ones_like(school)),
        "b follows from intercept, a": (outcome, np.column_stack([covariates[:, 0], 3 - covariates[:, 0]]), school),
        "b is 0 for every pupil": (outcome, covariates * [1, 0], school),
        "3 pupils are too few": (outcome[:3], covariates[:3], np.array([1, 1, 2])),
    }
    for sentence, (told, given_, where) in cases.items():
        with pytest.raises(Unfit, match=sentence):
            fit(statistics_of(told, given_, where, ["a", "b"]))


def test_keys_of_schools_may_be_any_whole_numbers():
    outcome, covariates, school = made()
    found = statistics_of(outcome, covariates, school, ["a", "b"])
    far = statistics_of(outcome, covariates, school * 10**12 - 5, ["a", "b"])
    assert (far.schools == found.schools * 10**12 - 5).all()
    assert far.by_school == pytest.approx(found.by_school)
    assert found.pupils == len(outcome)


@given(st.integers(0, 2**16), st.booleans())
@settings(max_examples=25, deadline=None)
def test_sums_of_schools_say_what_the_pupils_rows_say(seed, restricted):
    outcome, covariates, school = made(seed, slope=0.0)
    covariate, outcome = (100 + 10 * covariates[:, 0]).round(), outcome.round(1)
    keys = np.unique(school)
    sums = np.array([value_added.sums_of(covariate[school == key], outcome[school == key]) for key in keys])
    told = fit(value_added.statistics_of_sums(sums, keys, "prior"), restricted=restricted)
    wanted = fit(statistics_of(outcome, covariate[:, None], school, ["prior"]), restricted=restricted)
    for name in ("fixed", "fixed_errors", "covariance", "residual", "effects", "errors", "log_likelihood"):
        np.testing.assert_allclose(getattr(told, name), getattr(wanted, name), rtol=2e-6, atol=2e-6, err_msg=name)


def test_a_pupil_without_a_value_is_in_no_sum():
    known = value_added.sums_of(np.array([1.0, 2.0]), np.array([3.0, 5.0]))
    some = value_added.sums_of(np.array([1.0, np.nan, 2.0, 4.0]), np.array([3.0, 9.0, 5.0, np.nan]))
    assert known.tolist() == some.tolist() == [2.0, 3.0, 8.0, 5.0, 13.0, 34.0]


def test_no_school_is_nothing_to_look_at():
    with pytest.raises(Unfit, match="no school"):
        value_added.statistics_of_sums(np.empty((0, 6)), np.empty(0, dtype=np.int64), "prior")


@pytest.mark.parametrize("constant", [0.0, 1.0, 0.1])
def test_an_outcome_that_nothing_is_left_of_is_refused(constant):
    _, covariates, school = made()
    with pytest.raises(Unfit, match="nothing is left over"):
        fit(statistics_of(np.full(len(school), constant), covariates, school, ["a", "b"]))
