"""Means of people rated by many raters on many questions, adjusted for how severe their raters are.

The model, for the score that rater r gives person p on question i:

    y = μ + person_p + rater_r + question_i + e,   each of the four normal about 0 with a variance of its own

It is fitted by restricted maximum likelihood from counts and sums alone (`RatingSums`): after one pass no rating is
looked at again. Raters are eliminated by hand, people by a sparse factorisation, questions and μ are what is left.
Method: docs/methods/many-raters.md.
"""

from dataclasses import dataclass

import numpy as np
from scipy import linalg, optimize, sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import SuperLU, splu

from headship.analysis.figures import NORMAL_95, Flags, Floats, Places

METHOD = "many-raters 1"
LEAST, GREATEST = -18.0, 9.0  # of the logarithm of a variance over that of e; at the least end it counts as 0
COLUMNS = 256  # solved for at one time


class Unfit(ValueError):
    """The ratings cannot carry the model; the message says what to change."""


@dataclass(frozen=True, slots=True)
class RatingSums:
    """Counts and sums of N ratings of P people by R raters on Q questions.

    `people` (P,), `raters` (R,), `questions` (Q,) keys in order; `together` (P, R) ratings of each person by each
    rater; `on` (P + R, Q) ratings of each person, then of each rater, on each question; `sums` (P + R + Q,) of the
    scores of each person, rater and question; `squares` the sum of squared scores.
    """

    people: Places
    raters: Places
    questions: Places
    together: sparse.csr_array
    on: Floats
    sums: Floats
    squares: float

    @property
    def ratings(self) -> int:
        """How many ratings."""
        return int(self.on[: len(self.people)].sum())

    @property
    def linked(self) -> Flags:
        """(P,): who shares a rater with anybody else: of the others nothing is known of how severe their raters are."""
        shared = np.diff(self.together.tocsc().indptr) > 1
        found: Flags = np.asarray(self.together @ shared.astype(float)) > 0
        return found

    @property
    def groups(self) -> Places:
        """(P,): a number for people who are linked with one another by raters, directly or through others."""
        raters = sparse.csr_array((len(self.raters), len(self.raters)))
        graph = sparse.block_array([[None, self.together], [self.together.T, raters]])
        _, label = csgraph.connected_components(graph, directed=False)
        found: Places = label[: len(self.people)].astype(np.int64)
        return found


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A fitted model, in the units of the scale.

    `person`, `rater`, `question`, `residual` variances; `mean` over all; `means` (P,) adjusted and drawn towards
    `mean`, `errors` (P,) their standard errors, `plain` (P,) what the scores give as they are; `severity` (R,) how much
    higher a rater scores than others, for checks alone: it is never shown with a name. `deviance` is minus twice the
    restricted log-likelihood.
    """

    sums: RatingSums
    person: float
    rater: float
    question: float
    residual: float
    mean: float
    means: Floats
    errors: Floats
    plain: Floats
    severity: Floats
    deviance: float
    method: str = METHOD

    @property
    def intervals(self) -> Floats:
        """(P, 2): 95% intervals of the adjusted means."""
        half = NORMAL_95 * self.errors
        ends: Floats = np.stack([self.means - half, self.means + half], axis=1)
        return ends


def rating_sums(scores: Floats, people: Places, raters: Places, questions: Places) -> RatingSums:
    """Count and sum N ratings: `scores` (N,), and of whom, by whom and on what, any whole numbers (N,).

    Errors: Unfit for a missing score, or no rating.

    >>> told = rating_sums(np.array([3.0, 4.0, 5.0]), np.array([7, 7, 9]), np.array([1, 2, 2]), np.array([0, 0, 0]))
    >>> told.together.toarray().tolist(), told.sums.tolist(), told.linked.tolist()
    ([[1.0, 1.0], [0.0, 1.0]], [7.0, 5.0, 3.0, 9.0, 12.0], [True, True])
    """
    if not len(scores) or not np.isfinite(scores).all():
        raise Unfit("There is no rating, or one has no score. Leave those out.")
    (p_keys, p), (r_keys, r), (q_keys, q) = (
        np.unique(each, return_inverse=True) for each in (people, raters, questions)
    )
    shape = len(p_keys), len(r_keys), len(q_keys)
    together = sparse.coo_array((np.ones(len(p)), (p, r)), shape=shape[:2]).tocsr()
    on = [
        np.bincount(own * shape[2] + q, minlength=size * shape[2]).reshape(size, shape[2]).astype(float)
        for own, size in ((p, shape[0]), (r, shape[1]))
    ]
    sums = [np.bincount(own, weights=scores, minlength=size) for own, size in zip((p, r, q), shape, strict=True)]
    return RatingSums(p_keys, r_keys, q_keys, together, np.vstack(on), np.concatenate(sums), float(scores @ scores))


def adjusted(sums: RatingSums) -> Adjusted:
    """Fit the model by restricted maximum likelihood.

    Errors: Unfit with fewer than two people or two raters, or with no more ratings than raters and people.

    >>> rng = np.random.default_rng(4)
    >>> person, rater = np.repeat(np.arange(60), 8 * 5), np.repeat(rng.integers(0, 90, 60 * 8), 5)
    >>> level, severe = rng.normal(size=60), 0.7 * rng.normal(size=90)
    >>> scores = 3 + level[person] + severe[rater] + rng.normal(size=2400)
    >>> found = adjusted(rating_sums(scores, person, rater, np.tile(np.arange(5), 480)))
    >>> [round(each, 1) for each in (found.person, found.rater, found.question, found.residual)]
    [0.9, 0.5, 0.0, 1.0]
    """
    if min(len(sums.people), len(sums.raters)) < 2 or sums.ratings <= len(sums.people) + len(sums.raters):
        raise Unfit("There are too few people, raters or ratings to tell how severe raters are.")
    problem = _Problem(sums)
    count = 3 if len(sums.questions) > 1 else 2
    begin = np.full(count, -1.5)
    high = problem.deviance(begin)
    found = optimize.minimize(
        lambda theta: problem.deviance(theta) - high, begin, method="COBYQA", bounds=[(LEAST, GREATEST)] * count,
        options={"final_tr_radius": 1e-5},
    )  # fmt: skip
    return problem.solved(found.x)


@dataclass(frozen=True, slots=True)
class _Solved:
    """The equations at some variances, once raters are eliminated: `raters` (R,) is their diagonal.

    `factor` of the people's block; `across` (P, B + 1) its solution for the border, then the scores; `border`
    (B, B + 1) what is left for the border.
    """

    factor: SuperLU
    raters: Floats
    across: Floats
    border: Floats
    log_determinant: float
    explained: float


class _Problem:
    """The profiled restricted likelihood over logarithms of variances relative to the residual's.

    The border is the questions and then the mean; of one question alone, the mean.
    """

    def __init__(self, sums: RatingSums) -> None:
        self.told = sums
        self.p, self.q = len(sums.people), len(sums.questions) if len(sums.questions) > 1 else 0
        counts = sums.on.sum(axis=1)
        self.counts_p, self.counts_r = counts[: self.p], counts[self.p :]
        whole = np.column_stack([sums.on[:, : self.q], counts])
        per_question = sums.on[: self.p].sum(axis=0)[: self.q]
        self.corner = np.diag(np.append(per_question, sums.ratings))
        self.corner[-1, :-1] = self.corner[:-1, -1] = per_question
        scores = sums.sums[: self.p + len(sums.raters)]
        own = np.append(sums.sums[len(scores) :][: self.q], sums.sums[: self.p].sum())
        self.border = np.column_stack([whole, scores])  # of each person, then rater: border, then scores
        self.scores = own

    def _at(self, theta: Floats) -> tuple[Floats, _Solved]:
        """Return variances over the residual's, and the equations solved."""
        ratio = np.exp(np.append(theta, LEAST)[:3])
        raters = self.counts_r + 1 / ratio[1]
        scaled = self.told.together @ sparse.dia_array((1 / raters[None, :], [0]), shape=(len(raters), len(raters)))
        middle = sparse.dia_array(((self.counts_p + 1 / ratio[0])[None, :], [0]), shape=(self.p, self.p))
        factor = splu(
            (middle - scaled @ self.told.together.T).tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0,
            options={"SymmetricMode": True},
        )  # fmt: skip
        people, rest = self.border[: self.p], self.border[self.p :]
        people = people - scaled @ rest
        across = factor.solve(people)
        corner = self.corner + np.diag(np.append(np.full(self.q, 1 / ratio[2]), 0.0))
        full = np.column_stack([corner, self.scores])
        full = full - rest[:, :-1].T @ (rest / raters[:, None]) - people[:, :-1].T @ across
        explained = float(rest[:, -1] @ (rest[:, -1] / raters) + people[:, -1] @ across[:, -1])
        size = float(np.log(raters).sum() + np.log(np.abs(factor.U.diagonal())).sum())
        size += len(raters) * theta[1] + self.p * theta[0] + (self.q * theta[2] if self.q else 0.0)
        return ratio, _Solved(factor, raters, across, full, size, explained)

    def _left(self, solved: _Solved) -> tuple[Floats, float, float]:
        """Return the border's solution, what the model leaves of the squares, and all of the determinant."""
        root = linalg.cho_factor(solved.border[:, :-1])
        answer: Floats = linalg.cho_solve(root, solved.border[:, -1])
        rest = self.told.squares - solved.explained - float(solved.border[:, -1] @ answer)
        return answer, rest, solved.log_determinant + 2 * float(np.log(np.diag(root[0])).sum())

    def deviance(self, theta: Floats) -> float:
        """Return minus twice the profiled restricted log-likelihood."""
        _, rest, determinant = self._left(self._at(theta)[1])
        degrees = self.told.ratings - 1
        return determinant + degrees * (1 + float(np.log(2 * np.pi * rest / degrees)))

    def solved(self, theta: Floats) -> Adjusted:
        """Return the model at the variances found."""
        ratio, at = self._at(theta)
        answer, rest, _ = self._left(at)
        residual = rest / (self.told.ratings - 1)
        people = at.across[:, -1] - at.across[:, :-1] @ answer
        raters = self.border[self.p :]
        severity = (raters[:, -1] - raters[:, :-1] @ answer - self.told.together.T @ people) / at.raters
        away = np.append(np.zeros(self.q), 1.0) - at.across[:, :-1]
        unsure = self._own_inverse(at) + (away * linalg.solve(at.border[:, :-1], away.T, assume_a="pos").T).sum(axis=1)
        variances = np.where(theta > LEAST + 1, residual * ratio[: len(theta)], 0.0)
        return Adjusted(
            sums=self.told,
            person=float(variances[0]),
            rater=float(variances[1]),
            question=float(variances[2]) if self.q else 0.0,
            residual=float(residual),
            mean=float(answer[-1]),
            means=answer[-1] + people,
            errors=np.sqrt(residual * unsure),
            plain=self.border[: self.p, -1] / self.counts_p,
            severity=severity,
            deviance=self.deviance(theta),
        )

    def _own_inverse(self, at: _Solved) -> Floats:
        """Return the diagonal (P,) of the people's inverse: people who are not linked are solved for in one column."""
        groups = self.told.groups
        order = np.argsort(groups, kind="stable")
        _, first, size = np.unique(groups[order], return_index=True, return_counts=True)
        column = np.empty(self.p, dtype=np.int64)
        column[order] = np.arange(self.p) - np.repeat(first, size)
        own = np.empty(self.p)
        for begin in range(0, int(size.max()), COLUMNS):
            chosen = np.flatnonzero((column >= begin) & (column < begin + COLUMNS))
            units = np.zeros((self.p, min(COLUMNS, int(size.max()) - begin)))
            units[chosen, column[chosen] - begin] = 1.0
            own[chosen] = at.factor.solve(units)[chosen, column[chosen] - begin]
        return own
