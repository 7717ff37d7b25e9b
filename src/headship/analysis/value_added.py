"""Value added: multilevel models of pupils in schools, from sufficient statistics.

The model, for pupil i of school j with covariates x and random part z (a part of x: the intercept, perhaps a slope):

    y_ij = x_ij'β + z_ij'u_j + e_ij,   u_j ~ N(0, σ² Λ Λ'),   e_ij ~ N(0, σ²)

One pass over the pupils gives, for each school, the sums that the likelihood needs (`Statistics`): after it no pupil's
row is looked at again, however many there are. The likelihood is then profiled over β and σ² and minimised over the few
numbers of Λ, as Bates, Mächler, Bolker and Walker do (Fitting Linear Mixed-Effects Models Using lme4, Journal of
Statistical Software 67(1), 2015); here each evaluation costs what the number of schools costs. Methods:
docs/methods/value-added.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import linalg, optimize, sparse

type Floats = npt.NDArray[np.float64]
type Keys = npt.NDArray[np.int64]

METHOD = "value-added 1"
NORMAL_95 = 1.959963984540054  # of the standard normal distribution, two-sided
# Bars of this half-length overlap unless two schools differ (Goldstein and Healy, J. R. Statist. Soc. A 158, 1995).
NORMAL_COMPARED = NORMAL_95 / np.sqrt(2)
ROWS = 16_384  # pupils summed at one time: what the processor's own memory holds
ALMOST_DEPENDENT = 1e-10  # of a covariate's variation, what the others must leave unexplained


class Unfit(ValueError):
    """The data cannot carry the model; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Sums over pupils that a model needs; J schools, p covariates (the first is 1), q of them random.

    `schools` (J,) keys; `counts` (J,) pupils; `names` (p,); `random` (q,) places among the covariates; `by_school`
    (J, q, p + 1) sums of each random covariate times each covariate, then times the outcome; `total` (p + 1, p + 1) the
    same over all pupils and all covariates, outcome last.
    """

    schools: Keys
    counts: Floats
    names: tuple[str, ...]
    random: tuple[int, ...]
    by_school: Floats
    total: Floats

    @property
    def pupils(self) -> int:
        """How many pupils."""
        return int(self.counts.sum())


@dataclass(frozen=True, slots=True)
class ValueAdded:
    """A fitted model.

    `fixed` and `fixed_errors` (p,) in the outcome's units for one unit of each covariate; `covariance` (q, q) of the
    school effects and `residual` the pupils' variance, in squared units of the outcome; `effects` (J, q) shrunken
    school effects and `errors` (J, q) their comparative standard errors, which count that β is estimated too;
    `log_likelihood` restricted where `restricted`.
    """

    statistics: Statistics
    restricted: bool
    fixed: Floats
    fixed_errors: Floats
    covariance: Floats
    residual: float
    effects: Floats
    errors: Floats
    log_likelihood: float
    method: str = METHOD

    @property
    def intervals(self) -> Floats:
        """(J, 2): 95% intervals of the first school effect, for one school against the average."""
        return _around(self.effects[:, 0], NORMAL_95 * self.errors[:, 0])

    @property
    def comparative_intervals(self) -> Floats:
        """(J, 2): intervals by which two schools differ, at about 5%, where they do not overlap."""
        return _around(self.effects[:, 0], NORMAL_COMPARED * self.errors[:, 0])

    @property
    def like_average(self) -> float:
        """The share of schools, 0 to 1, whose 95% interval holds the average: they cannot be told from it."""
        low, high = self.intervals.T
        return float(np.mean((low <= 0) & (high >= 0)))

    @property
    def shrinkage(self) -> Floats:
        """(J,): how much of its own mean a school's intercept keeps, 0 to 1: its reliability where no slope differs."""
        between = self.covariance[0, 0]
        kept: Floats = between / (between + self.residual / self.statistics.counts)
        return kept


NOTHING_LEFT = "The outcome follows from the covariates and schools: nothing is left over to compare."
ROUNDING = 1e-11  # of the sum of squares: what sums of so many numbers of 16 figures cannot tell from nothing


def statistics_of(
    outcome: Floats, covariates: Floats, schools: Keys, names: Sequence[str], *, slopes: Sequence[str] = ()
) -> Statistics:
    """Sum what a model needs in one pass over arrays of N pupils.

    `outcome` (N,), `covariates` (N, p - 1) without the intercept, `schools` (N,) any whole numbers, `names` (p - 1,);
    `slopes` names covariates whose slope differs between schools. Errors: Unfit for a missing value or no pupil.

    >>> told = statistics_of(np.array([1.0, 2.0, 4.0]), np.array([[0.0], [1.0], [2.0]]), np.array([7, 7, 9]), ["prior"])
    >>> told.schools.tolist(), told.counts.tolist(), told.by_school[:, 0].tolist()
    ([7, 9], [2.0, 1.0], [[2.0, 1.0, 3.0], [1.0, 2.0, 4.0]])
    """
    if not len(outcome):
        raise Unfit("There is no pupil to look at.")
    keys, place = _places(schools)
    random = (0, *(1 + list(names).index(each) for each in slopes))
    width = len(names) + 2
    by_school, total = np.zeros((len(random), len(keys), width)), np.zeros((width, width))
    for begin in range(0, len(outcome), ROWS):
        some = slice(begin, begin + ROWS)
        columns = np.column_stack([np.ones(len(place[some])), covariates[some], outcome[some]])
        total += columns.T @ columns
        for part, column in enumerate(random):
            by_school[part] += _at_schools(columns[:, column], place[some], len(keys)) @ columns
    if not np.isfinite(total).all():
        raise Unfit("A value is missing or is no number. Leave those pupils out, and say how many they are.")
    by_school = np.moveaxis(by_school, 0, 1)
    return Statistics(keys, by_school[:, 0, 0].copy(), ("intercept", *names), random, by_school, total)


def sums_of(covariate: Floats, outcome: Floats) -> Floats:
    """Return the six sums (6,) over N pupils that a model with one covariate needs: n, Σx, Σy, Σx², Σxy, Σy².

    `covariate` and `outcome` (N,). A pupil without one of them is left out.

    >>> sums_of(np.array([1.0, 2.0, np.nan]), np.array([3.0, 5.0, 4.0])).tolist()
    [2.0, 3.0, 8.0, 5.0, 13.0, 34.0]
    """
    known = ~(np.isnan(covariate) | np.isnan(outcome))
    x, y = covariate[known], outcome[known]
    return np.array([len(x), x.sum(), y.sum(), x @ x, x @ y, y @ y], dtype=float)


def statistics_of_sums(sums: Floats, schools: Keys, name: str) -> Statistics:
    """Return what a random-intercept model with one covariate needs, from the sums (J, 6) of J schools.

    `sums` as `sums_of` gives them, `schools` (J,) keys; `name` is the covariate's. It equals what `statistics_of` makes
    of the pupils' own rows, the schools in the order given. Errors: Unfit without a school.

    >>> told = statistics_of_sums(np.array([[2.0, 3.0, 8.0, 5.0, 13.0, 34.0]]), np.array([7]), "prior")
    >>> told.pupils, told.by_school.tolist(), told.total[1].tolist()
    (2, [[[2.0, 3.0, 8.0]]], [3.0, 5.0, 13.0])
    """
    if not len(sums):
        raise Unfit("There is no school to look at.")
    count, x, y, xx, xy, yy = sums.sum(axis=0)
    total = np.array([[count, x, y], [x, xx, xy], [y, xy, yy]])
    return Statistics(schools, sums[:, 0].copy(), ("intercept", name), (0,), sums[:, None, :3].copy(), total)


def fit(statistics: Statistics, *, restricted: bool = True) -> ValueAdded:
    """Fit by restricted maximum likelihood (REML), or by maximum likelihood.

    Errors: Unfit with fewer than two schools, with too few pupils, where one covariate follows from others, or where
    nothing is left to explain.

    >>> rng = np.random.default_rng(1)
    >>> school = np.repeat(np.arange(50), 40)
    >>> prior = rng.normal(size=2000)
    >>> outcome = 0.6 * prior + rng.normal(size=50)[school] * 0.5 + rng.normal(size=2000)
    >>> found = fit(statistics_of(outcome, prior[:, None], school, ["prior"]))
    >>> found.fixed.round(2).tolist(), found.covariance.round(2).tolist(), round(found.residual, 2)
    ([0.06, 0.61], [[0.3]], 1.0)
    """
    problem = _Problem(statistics, restricted=restricted)
    try:
        return problem.solved(problem.best())
    except linalg.LinAlgError as wrong:
        raise Unfit(NOTHING_LEFT) from wrong


class _Problem:
    """The profiled likelihood over the numbers of Λ (its lower triangle, row by row).

    Covariates are made orthonormal first, and the random part is scaled to match: the answer is the same, and numbers
    of very different size do no harm. Stacks of small matrices have the schools last, so that each step is a few
    operations on long rows.
    """

    def __init__(self, statistics: Statistics, *, restricted: bool) -> None:
        self.told, self.restricted = statistics, restricted
        self.p, self.q = len(statistics.names), len(statistics.random)
        self.pupils = statistics.pupils
        self._require_enough()
        self.root = _root(statistics)
        turn = np.eye(self.p + 1)
        turn[: self.p, : self.p] = linalg.solve_triangular(self.root, np.eye(self.p))
        self.total = turn.T @ statistics.total @ turn
        self._require_rest()
        spread = np.sqrt(np.diag(statistics.total)[list(statistics.random)] / self.pupils)
        self.spread = spread  # of each random covariate: Λ is sought in units in which it is about 1
        inner = statistics.by_school[:, :, list(statistics.random)] / (spread[:, None] * spread)
        outer = (statistics.by_school / spread[:, None]) @ turn
        self.inner = np.ascontiguousarray(np.moveaxis(inner, 0, -1))  # (q, q, J): Z'Z of each
        self.outer = np.ascontiguousarray(np.moveaxis(outer, 0, -1))  # (q, p + 1, J): Z'X and Z'y of each
        self.degrees = self.pupils - (self.p if restricted else 0)
        self.lower = np.tril_indices(self.q)

    def _require_enough(self) -> None:
        if len(self.told.schools) < 2:
            raise Unfit("All pupils are of one school: there is nothing to compare it with.")
        if self.pupils <= self.p + self.q:
            raise Unfit(f"{self.pupils} pupils are too few for {self.p} covariates.")

    def _require_rest(self) -> None:
        """Refuse an outcome of which covariates leave only rounding: what is found in that differs by machine."""
        rest = self.total[-1, -1] - self.total[:-1, -1] @ self.total[:-1, -1]
        if rest <= ROUNDING * self.total[-1, -1]:
            raise Unfit(NOTHING_LEFT)

    def best(self) -> Floats:
        """Return Λ's numbers at the largest likelihood."""
        start = np.eye(self.q)[self.lower] * 0.3
        bounds = [(0.0 if row == column else None, None) for row, column in zip(*self.lower, strict=True)]
        found = optimize.minimize(
            self.deviance, start, jac=True, method="L-BFGS-B", bounds=bounds,
            options={"ftol": 1e-13, "gtol": 1e-9 * self.pupils, "maxiter": 200},
        )  # fmt: skip
        best: Floats = found.x
        return best

    def deviance(self, theta: Floats) -> tuple[float, Floats]:
        """Return minus twice the profiled log-likelihood, and its slope in each number of Λ."""
        _, determinants, left, cross = self._factors(theta)
        root = self._root_of_rest(cross)
        rest = root[-1, -1] ** 2  # what is left of the outcome
        value = np.log(determinants).sum() + self.degrees * (1 + np.log(2 * np.pi * rest / self.degrees))
        if self.restricted:
            value += 2 * np.log(np.diag(root)[:-1]).sum()
        return value, self._slope(left, cross, root, rest)

    def _factors(self, theta: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Return Λ; and of each school |M|, M⁻¹Λ' and ΛM⁻¹Λ', where M = I + Λ'Z'ZΛ."""
        factor = np.zeros((self.q, self.q))
        factor[self.lower] = theta
        middle = np.einsum("ba,bcj,cd->adj", factor, self.inner, factor, optimize=True) + np.eye(self.q)[:, :, None]
        inverses, determinants = _inverted(middle)
        left = np.einsum("abj,cb->acj", inverses, factor)
        return factor, determinants, left, np.einsum("ab,bcj->acj", factor, left)

    def _root_of_rest(self, cross: Floats) -> Floats:
        """Return the Cholesky factor of [X y]'V⁻¹[X y] σ²."""
        weighted = _multiplied(cross, self.outer)
        taken = sum(outer @ given.T for outer, given in zip(self.outer, weighted, strict=True))
        root: Floats = linalg.cholesky(self.total - taken)
        return root

    def _slope(self, left: Floats, cross: Floats, root: Floats, rest: float) -> Floats:
        """Differentiate the deviance in Λ.

        With S = Z'Z and W = ΛM⁻¹Λ' of a school: d log|M| = 2 tr(M⁻¹Λ'S dΛ), and dW = (I - WS) dΛ M⁻¹Λ' + its transpose.
        """
        first = np.einsum("abj,bcj->ca", left, self.inner)
        beta = linalg.solve_triangular(root[:-1, :-1], root[:-1, -1])
        away = np.einsum("qaj,a->qj", self.outer, np.append(-beta, 1.0))  # Z'(y - Xβ) of each
        gram = self.degrees / rest * away[:, None] * away
        if self.restricted:
            part = [linalg.solve_triangular(root[:-1, :-1], each[:-1], trans="T") for each in self.outer]
            gram += np.stack([[(one * other).sum(axis=0) for other in part] for one in part])
        kept = np.eye(self.q)[:, :, None] - _multiplied(cross, self.inner)  # I - WS
        second = np.einsum("baj,bcj,dcj->ad", kept, gram, left, optimize=True)
        slope: Floats = 2 * (first - second)[self.lower]
        return slope

    def solved(self, theta: Floats) -> ValueAdded:
        """Return the model at Λ's numbers, in the units that were given."""
        factor, _, _, cross = self._factors(theta)
        root = self._root_of_rest(cross)
        inner_root = root[:-1, :-1]
        turned = linalg.solve_triangular(inner_root, root[:-1, -1])
        residual = float(root[-1, -1] ** 2 / self.degrees)
        back = linalg.solve_triangular(self.root, linalg.solve_triangular(inner_root, np.eye(self.p)))
        away = np.einsum("qaj,a->qj", self.outer, np.append(-turned, 1.0))
        effects = np.einsum("qrj,rj->jq", cross, away)
        deviance, _ = self.deviance(theta)
        if self.restricted:  # undo what turning the covariates added
            deviance += 2 * np.log(np.abs(np.diag(self.root))).sum()
        return ValueAdded(
            statistics=self.told,
            restricted=self.restricted,
            fixed=linalg.solve_triangular(self.root, turned),
            fixed_errors=np.sqrt(residual * (back**2).sum(axis=1)),
            covariance=residual * (factor @ factor.T) / (self.spread[:, None] * self.spread),
            residual=residual,
            effects=effects / self.spread,
            errors=np.sqrt(residual * self._unsure(cross, inner_root)) / self.spread,
            log_likelihood=-deviance / 2,
        )

    def _unsure(self, cross: Floats, inner_root: Floats) -> Floats:
        """Return the variance of each estimated school effect about the true one, β being estimated too, over σ²."""
        given = _multiplied(cross, self.outer[:, :-1])
        known = [(linalg.solve_triangular(inner_root, each, trans="T") ** 2).sum(axis=0) for each in given]
        unsure: Floats = np.einsum("qqj->jq", cross) + np.stack(known, axis=1)
        return unsure


def _multiplied(left: Floats, right: Floats) -> Floats:
    """Multiply stacks of matrices, (a, b, J) by (b, c, J)."""
    product: Floats = np.einsum("abj,bcj->acj", left, right)
    return product


def _inverted(stack: Floats) -> tuple[Floats, Floats]:
    """Return the inverses of a stack of matrices, (q, q, J), and their determinants."""
    if len(stack) == 1:
        return 1 / stack, stack[0, 0]
    if len(stack) == 2:  # written out: a school each would be a call of its own in the general way
        determinants = stack[0, 0] * stack[1, 1] - stack[0, 1] * stack[1, 0]
        adjugate = np.array([[stack[1, 1], -stack[0, 1]], [-stack[1, 0], stack[0, 0]]])
        return adjugate / determinants, determinants
    by_school = np.moveaxis(stack, -1, 0)
    inverses: Floats = np.moveaxis(np.linalg.inv(by_school), 0, -1)
    return inverses, np.linalg.det(by_school)


def _at_schools(weights: Floats, place: Keys, schools: int) -> sparse.csc_array:
    """Return the matrix (J, N) that adds up pupils' rows by school, each times its weight (N,)."""
    return sparse.csc_array((weights.copy(), place, np.arange(len(place) + 1)), shape=(schools, len(place)))


def _places(schools: Keys) -> tuple[Keys, Keys]:
    """Return the schools' keys in order, and each pupil's place among them."""
    low, high = int(schools.min()), int(schools.max())
    if high - low > 20_000_000:
        keys, place = np.unique(schools, return_inverse=True)
        return keys, place
    there = np.bincount(schools - low) > 0
    place = np.cumsum(there) - 1
    return np.flatnonzero(there) + low, place[schools - low]


def _root(statistics: Statistics) -> Floats:
    """Return the upper Cholesky factor of X'X. Errors: Unfit where a covariate follows from the others."""
    gram = statistics.total[:-1, :-1]
    size = np.sqrt(np.diag(gram))
    if (empty := np.flatnonzero(size == 0)).size:
        raise Unfit(f"{statistics.names[empty[0]]} is 0 for every pupil. Leave it out.")
    scaled = gram / (size[:, None] * size)
    for last in range(1, len(scaled)):
        known = linalg.lstsq(scaled[:last, :last], scaled[:last, last])[0]
        if 1 - scaled[last, :last] @ known < ALMOST_DEPENDENT:
            raise Unfit(f"{statistics.names[last]} follows from {', '.join(statistics.names[:last])}. Leave one out.")
    root: Floats = linalg.cholesky(gram)
    return root


def _around(middle: Floats, half: Floats) -> Floats:
    low_and_high: Floats = np.stack([middle - half, middle + half], axis=1)
    return low_and_high
