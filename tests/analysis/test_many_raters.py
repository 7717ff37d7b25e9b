"""Many raters: the likelihood written out in full, known values found again, severity taken out, real ratings."""

import csv
import gzip

import numpy as np
import pytest
from scipy import optimize

from headship.analysis.many_raters import Unfit, adjusted, rating_sums


def simulated(seed, *, people=12, raters=10, each=4, questions=3, missing=0.2):
    chance = np.random.default_rng(seed)
    person = np.repeat(np.arange(people), each * questions)
    rater = np.repeat(np.concatenate([chance.choice(raters, each, replace=False) for _ in range(people)]), questions)
    question = np.tile(np.arange(questions), people * each)
    level, severe, hard = (chance.normal(size=size) * by for size, by in ((people, 1), (raters, 0.8), (questions, 0.5)))
    scores = 3 + level[person] + severe[rater] + hard[question] + chance.normal(size=len(person))
    kept = chance.random(len(person)) >= missing
    return [each[kept] for each in (scores, person, rater, question)], level, severe


def written_out(theta, scores, *factors):
    """Return the restricted deviance with the whole covariance of the scores, and the equations' answer."""
    covariance = np.eye(len(scores))
    for ratio, keys in zip(np.exp(theta), factors, strict=True):
        covariance += ratio * (keys[:, None] == keys)
    inverse, ones = np.linalg.inv(covariance), np.ones(len(scores))
    weight = ones @ inverse @ ones
    mean = ones @ inverse @ scores / weight
    left, degrees = scores - mean, len(scores) - 1
    rest = left @ inverse @ left
    deviance = np.linalg.slogdet(covariance)[1] + np.log(weight) + degrees * (1 + np.log(2 * np.pi * rest / degrees))
    return deviance, mean, rest / degrees, inverse, left


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_the_maximum_of_the_likelihood_written_out_in_full(seed):
    (scores, *factors), _, _ = simulated(seed)
    found = adjusted(rating_sums(scores, *factors))
    there = np.log(np.array([found.person, found.rater, max(found.question, 1e-8)]) / found.residual)
    deviance, mean, residual, _, _ = written_out(there, scores, *factors)
    assert (found.deviance, found.mean) == (pytest.approx(deviance, abs=1e-5), pytest.approx(mean))
    assert found.residual == pytest.approx(residual)
    best = optimize.minimize(lambda theta: written_out(theta, scores, *factors)[0], [-1, -1, -1], method="Nelder-Mead")
    assert found.deviance <= best.fun + 1e-5


def test_means_severity_and_errors_are_those_of_the_equations_written_out():
    (scores, person, rater, question), _, _ = simulated(5)
    found = adjusted(rating_sums(scores, person, rater, question))
    variances = [found.person, found.rater, found.question]
    theta = np.log(np.array(variances) / found.residual)
    _, mean, _, inverse, left = written_out(theta, scores, person, rater, question)
    one, ones = person[:, None] == np.arange(12), np.ones(len(scores))
    ratio = np.exp(theta)
    assert found.means == pytest.approx(mean + ratio[0] * one.T @ inverse @ left, abs=1e-6)
    assert found.severity == pytest.approx(ratio[1] * (rater[:, None] == np.arange(10)).T @ inverse @ left, abs=1e-6)
    projected = inverse - np.outer(inverse @ ones, inverse @ ones) / (ones @ inverse @ ones)
    own = ratio[0] * one
    away = np.eye(12) * ratio[0] - own.T @ projected @ own
    with_mean = (ones @ inverse @ own) / (ones @ inverse @ ones)
    unsure = np.diag(away) + 1 / (ones @ inverse @ ones) - 2 * with_mean
    assert found.errors**2 == pytest.approx(found.residual * unsure, rel=1e-4)


def test_known_variances_are_found_again():
    (scores, *factors), level, severe = simulated(11, people=400, raters=300, each=8, questions=6)
    found = adjusted(rating_sums(scores, *factors))
    assert found.person == pytest.approx(np.var(level), rel=0.1)
    assert found.rater == pytest.approx(np.var(severe), rel=0.1)
    assert found.residual == pytest.approx(1, rel=0.03)


def test_adjusted_means_are_nearer_the_truth_and_their_intervals_cover():
    (scores, *factors), level, _ = simulated(21, people=300, raters=100, each=5, questions=4)
    found = adjusted(rating_sums(scores, *factors))
    shift = level - level.mean()
    adjusted_off, plain_off = (np.std(own - own.mean() - shift) for own in (found.means, found.plain))
    assert adjusted_off < 0.8 * plain_off
    low, high = found.intervals.T
    assert np.mean((low - found.mean <= shift) & (shift <= high - found.mean)) == pytest.approx(0.95, abs=0.05)


def test_who_shares_no_rater_is_said_to_be_unlinked():
    told = rating_sums(
        np.arange(6.0), np.array([1, 1, 2, 2, 3, 3]), np.array([1, 2, 2, 3, 8, 9]), np.zeros(6, dtype=int)
    )
    assert told.linked.tolist() == [True, True, False]
    assert told.groups[0] == told.groups[1] != told.groups[2]
    assert told.ratings == 6


def test_keys_and_order_make_no_difference():
    (scores, person, rater, question), _, _ = simulated(7)
    order = np.random.default_rng(1).permutation(len(scores))
    plain = adjusted(rating_sums(scores, person, rater, question))
    other = adjusted(rating_sums(scores[order], 9 * person[order] + 4, rater[order] - 50, question[order]))
    assert other.means == pytest.approx(plain.means, abs=1e-4)


def test_too_little_says_so():
    one = np.ones(3, dtype=int)
    with pytest.raises(Unfit, match="too few"):
        adjusted(rating_sums(np.array([1.0, 2.0, 3.0]), one, np.arange(3), one))
    with pytest.raises(Unfit, match="All scores are the same"):
        adjusted(
            rating_sums(np.full(24, 3.0), np.repeat(np.arange(4), 6), np.tile(np.arange(6), 4), np.zeros(24, dtype=int))
        )
    with pytest.raises(Unfit, match="no score"):
        rating_sums(np.array([1.0, np.nan, 2.0]), one, one, one)


def test_real_ratings_have_severe_and_lenient_raters(shared_data):
    with gzip.open(shared_data / "ratings" / "sirt_data.ratings1.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    told = [(int(row["idstud"]), row["rater"], at, float(row[f"k{at}"])) for row in rows for at in range(1, 6)]
    who, by, on, scores = (np.array(each) for each in zip(*told, strict=True))
    raters = np.unique(by, return_inverse=True)[1]
    found = adjusted(rating_sums(scores, who, raters, on))
    assert found.sums.linked.all()
    assert min(found.person, found.rater, found.question, found.residual) > 0
    assert found.means.std() < found.plain.std()


def columns(path, *names):
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))
    return [np.array([row[name] for row in rows]) for name in names]


def numbered(keys):
    return np.unique(keys, return_inverse=True)[1]


def test_73_421_real_ratings_of_lecturers_are_fitted_as_lme4_fits_them(shared_data):
    """`lmer(y ~ 1 + (1 | d) + (1 | s))`, lme4 1.1.31 on R 4.2.2: whoever rates was drawn from everywhere."""
    scores, lecturer, student = columns(shared_data / "ratings" / "lme4_InstEval.csv.gz", "y", "d", "s")
    told = rating_sums(scores.astype(float), numbered(lecturer), numbered(student), np.zeros(len(scores), dtype=int))
    found = adjusted(told)
    assert (found.sums.ratings, found.question) == (73_421, 0)
    assert found.person == pytest.approx(0.2737348554, rel=1e-4)
    assert found.rater == pytest.approx(0.1062145027, rel=1e-4)
    assert (found.residual, found.mean) == (pytest.approx(1.3871797073, rel=1e-6), pytest.approx(3.254158281, rel=1e-6))
    assert found.deviance == pytest.approx(237783.880388, abs=1e-3)


def test_102_312_real_ratings_of_texts_are_fitted_as_lme4_fits_them(shared_data):
    """`lmer(k ~ 1 + (1 | idstud) + (1 | rater) + (1 | item))`, as above: many people, few raters."""
    criteria = ("TA", "CC", "GR", "VOC")
    path = shared_data / "ratings" / "immer_data.immer04a.csv.gz"
    writer, rater, *given = columns(path, "idstud", "rater", *criteria)
    scores, on = np.concatenate(given), np.repeat(np.arange(4), len(writer))
    known = ~np.isin(scores, ("", "NA"))
    keys = [np.tile(numbered(each), 4)[known] for each in (writer, rater)]
    found = adjusted(rating_sums(scores[known].astype(float), *keys, on[known]))
    assert found.sums.ratings == 102_312
    assert (found.person, found.rater) == (pytest.approx(2.6108634, rel=1e-4), pytest.approx(0.1458780, rel=2e-3))
    assert (found.residual, found.mean) == (pytest.approx(1.2507479, rel=1e-5), pytest.approx(3.287625196, rel=1e-6))
    assert found.deviance <= 343474.487577 + 1e-3


def test_more_people_than_raters_or_fewer_is_one_model():
    """Turned about, people are found as raters were: means, severity and errors of one way are those of the other."""
    (scores, person, rater, question), _, _ = simulated(9, people=14, raters=9)
    one = adjusted(rating_sums(scores, person, rater, question))
    other = adjusted(rating_sums(scores, rater, person, question))
    assert (one.person, one.rater) == (pytest.approx(other.rater, rel=1e-3), pytest.approx(other.person, rel=1e-3))
    assert one.means - one.mean == pytest.approx(other.severity, abs=1e-3)
    assert one.severity == pytest.approx(other.means - other.mean, abs=1e-3)
