"""Means of people rated by many raters on many questions, adjusted for how severe their raters are.

The model, for the score that rater r gives person p on question i:

    y = μ + person_p + rater_r + question_i + e,   each of the four normal about 0 with a variance of its own

It is fitted by restricted maximum likelihood from counts and sums alone (`RatingSums`): after one pass no rating is
looked at again. Raters or people, whichever are more, are eliminated by hand, the others by a sparse factorisation;
questions and μ are what is left.
Method: docs/methods/many-raters.md.
"""

from dataclasses import dataclass

import numpy as np
from scipy import linalg, optimize, sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import SuperLU, splu

from headship.analysis.figures import NORMAL_95, Flags, Floats, Places

METHOD = "many-raters 1"
ALIKE = 1e-12  # shares of questions that differ by no more are the same
SAME = 1e-12  # of the squares: scores that vary by no more are all the same
LEAST, GREATEST = -18.0, 9.0  # of the logarithm of a variance over that of e; at the least end it counts as 0
NEAR = np.exp(-5), np.exp(3)  # of such ratios, where looking begins
COLUMNS = 256  # solved for at one time
CLOSE = 4  # keys that span at most so many times as many as there are ratings are counted, not sorted


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
    def turned(self) -> "RatingSums":
        """The same with people as raters and raters as people."""
        p = len(self.people)
        on = np.vstack([self.on[p:], self.on[:p]])
        sums = np.concatenate([self.sums[p : len(on)], self.sums[:p], self.sums[len(on) :]])
        return RatingSums(self.raters, self.people, self.questions, self.together.T.tocsr(), on, sums, self.squares)

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
    (p_keys, p), (r_keys, r), (q_keys, q) = (_places(each) for each in (people, raters, questions))
    shape = len(p_keys), len(r_keys), len(q_keys)
    begin = np.flatnonzero(np.append(True, (p[1:] != p[:-1]) | (r[1:] != r[:-1])))  # of ratings of one by another
    whole = np.add.reduceat(scores, begin, dtype=float)
    length = np.diff(np.append(begin, len(p))).astype(float)
    together = sparse.coo_array((length, (p[begin], r[begin])), shape=shape[:2]).tocsr()
    on = [np.bincount(own * shape[2] + q, minlength=size * shape[2]) for own, size in ((p, shape[0]), (r, shape[1]))]
    sums = [np.bincount(own[begin], weights=whole, minlength=size) for own, size in ((p, shape[0]), (r, shape[1]))]
    sums.append(np.bincount(q, weights=scores, minlength=shape[2]))
    squares = float(np.einsum("i,i->", scores, scores, dtype=float))
    return RatingSums(
        p_keys, r_keys, q_keys, together, np.concatenate(on).reshape(-1, shape[2]).astype(float),
        np.concatenate(sums), squares,
    )  # fmt: skip


def _places(keys: Places) -> tuple[Places, Places]:
    """Return the keys in order, and for each rating the place of its key: without sorting where keys lie close."""
    low, high = int(keys.min()), int(keys.max())
    if high - low > CLOSE * len(keys):
        return np.unique(keys, return_inverse=True)
    own = keys.astype(np.int64) - low
    there = np.flatnonzero(np.bincount(own))
    place = np.zeros(high - low + 1, dtype=np.int64)
    place[there] = np.arange(len(there))
    return there + low, place[own]


def adjusted(sums: RatingSums) -> Adjusted:
    """Fit the model by restricted maximum likelihood.

    Errors: Unfit with fewer than two people or two raters, with no more ratings than raters and people, or where all
    scores are the same.

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
    total = float(sums.sums[: len(sums.people)].sum())
    if sums.squares - total**2 / sums.ratings <= SAME * sums.squares:
        raise Unfit("All scores are the same: there is nothing to tell people or raters apart by.")
    turned = len(sums.people) > len(sums.raters)
    problem = _Problem(sums.turned if turned else sums)
    count = 3 if len(sums.questions) > 1 else 2
    begin = _begin(problem.told)[:count]
    high = problem.deviance(begin)
    found = optimize.minimize(
        lambda theta: problem.deviance(theta) - high, begin, method="COBYQA", bounds=[(LEAST, GREATEST)] * count,
        options={"initial_tr_radius": 0.1, "final_tr_radius": 1e-5},
    )  # fmt: skip
    return _told(sums, problem.solved(found.x, errors_of_gone=turned), turned=turned)


def _told(sums: RatingSums, found: "_Found", *, turned: bool) -> Adjusted:
    """Put what was found back in its place, where raters stood in that of people."""
    person, rater, question = found.variances
    people, raters = found.kept, found.gone
    if turned:
        people, raters, person, rater = raters, people, rater, person
    counts = sums.on[: len(people)].sum(axis=1)
    return Adjusted(
        sums=sums, person=person, rater=rater, question=question, residual=found.residual, mean=found.mean,
        means=found.mean + people, errors=found.errors, plain=sums.sums[: len(people)] / counts, severity=raters,
        deviance=found.deviance,
    )  # fmt: skip


def _begin(sums: RatingSums) -> Floats:
    """Return near which logarithms of ratios to look, by Henderson's first method: squares equal what they expect."""
    people, every = len(sums.people), float(sums.ratings)
    on_p, on_r, on_q = sums.on[:people], sums.on[people:], sums.on[:people].sum(axis=0)
    p, r, pairs = on_p.sum(axis=1), on_r.sum(axis=1), sums.together.power(2)
    own = np.split(sums.sums, [people, people + len(r)])
    mean = float(own[0].sum()) ** 2 / every
    both = [
        [every, (pairs.sum(axis=1) / p).sum(), (on_p**2 / p[:, None]).sum()],
        [(pairs.sum(axis=0) / r).sum(), every, (on_r**2 / r[:, None]).sum()],
        [(on_p**2 / on_q).sum(), (on_r**2 / on_q).sum(), every],
        [every] * 3,
    ]
    expected = np.empty((4, 4))
    expected[:, :3] = np.array(both) - np.array([(each**2).sum() for each in (p, r, on_q)]) / every
    expected[:, 3] = np.array([len(p), len(r), len(on_q), every]) - 1
    squares = [float((y**2 / n).sum()) for y, n in zip(own, (p, r, on_q), strict=True)]
    variances = linalg.lstsq(expected, np.array([*squares, sums.squares]) - mean)[0]
    ratios = variances[:3] / max(variances[3], sums.squares * 1e-12)
    return np.asarray(np.log(np.clip(ratios, *NEAR)))


@dataclass(frozen=True, slots=True)
class _Solved:
    """The equations at some variances: `gone` (G,) is the diagonal of those eliminated by hand.

    `factor` of the block of those kept; `across` (P, K + 1) its solution for K columns, then the scores; `border`
    (B, B + 1) what is left for the border.
    """

    factor: SuperLU
    gone: Floats
    across: Floats
    border: Floats
    log_determinant: float
    explained: float


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found: effects of those kept and gone, and the errors of mean and effect together of one of the two."""

    kept: Floats
    gone: Floats
    errors: Floats
    variances: tuple[float, float, float]
    residual: float
    mean: float
    deviance: float


class _Problem:
    """The profiled restricted likelihood over logarithms of variances relative to the residual's.

    People of the sums it is given are kept and factorised, raters are eliminated by hand, so they should be more. The
    border is the questions and then the mean; of one question alone, the mean. It is `columns` times `spread`: where
    everybody's ratings fall on the questions in the same shares, one column stands for all.
    """

    def __init__(self, sums: RatingSums) -> None:
        self.told = sums
        self.p, self.q = len(sums.people), len(sums.questions) if len(sums.questions) > 1 else 0
        counts = sums.on.sum(axis=1)
        self.counts_p, self.counts_r = counts[: self.p], counts[self.p :]
        per_question = sums.on[: self.p].sum(axis=0)[: self.q]
        self.others = sums.together.T.tocsr()
        self.corner = np.diag(np.append(per_question, sums.ratings))
        self.corner[-1, :-1] = self.corner[:-1, -1] = per_question
        self.columns, self.spread = np.column_stack([sums.on[:, : self.q], counts]), np.eye(self.q + 1)
        alike = np.append(per_question / sums.ratings, 1.0)[None, :]
        if np.allclose(self.columns, counts[:, None] * alike, rtol=ALIKE):
            self.columns, self.spread = counts[:, None], alike
        self.given = sums.sums[: self.p + len(sums.raters)]
        self.scores = np.append(sums.sums[len(self.given) :][: self.q], sums.sums[: self.p].sum())

    def _at(self, theta: Floats) -> tuple[Floats, _Solved]:
        """Return variances over the residual's, and the equations solved."""
        ratio = np.exp(np.append(theta, LEAST)[:3])
        gone = self.counts_r + 1 / ratio[1]
        scaled = self.told.together @ sparse.dia_array((1 / gone[None, :], [0]), shape=(len(gone), len(gone)))
        middle = sparse.dia_array(((self.counts_p + 1 / ratio[0])[None, :], [0]), shape=(self.p, self.p))
        factor = splu(
            (middle - scaled @ self.others).tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0,
            options={"SymmetricMode": True},
        )  # fmt: skip
        border = np.column_stack([self.columns, self.given])
        people, rest = border[: self.p], border[self.p :]
        people = people - scaled @ rest
        across = factor.solve(people)
        taken = rest.T @ (rest / gone[:, None]) + people.T @ across
        corner = self.corner + np.diag(np.append(np.full(self.q, 1 / ratio[2]), 0.0))
        full = np.column_stack([corner, self.scores])
        full -= self.spread.T @ taken[:-1] @ linalg.block_diag(self.spread, 1.0)
        size = float(np.log(gone).sum() + np.log(np.abs(factor.U.diagonal())).sum())
        size += len(gone) * theta[1] + self.p * theta[0] + (self.q * theta[2] if self.q else 0.0)
        return ratio, _Solved(factor, gone, across, full, size, float(taken[-1, -1]))

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

    def solved(self, theta: Floats, *, errors_of_gone: bool) -> _Found:
        """Return the model at the variances found."""
        ratio, at = self._at(theta)
        answer, rest, _ = self._left(at)
        residual = float(rest / (self.told.ratings - 1))
        kept = at.across[:, -1] - at.across[:, :-1] @ (self.spread @ answer)
        gone = self.given[self.p :] - self.columns[self.p :] @ (self.spread @ answer) - self.others @ kept
        found = [float(each) for each in np.where(theta > LEAST + 1, residual * ratio[: len(theta)], 0.0)]
        return _Found(
            kept=kept,
            gone=gone / at.gone,
            errors=np.sqrt(residual * (self._unsure_gone(at) if errors_of_gone else self._unsure_kept(at))),
            variances=(found[0], found[1], found[2] if self.q else 0.0),
            residual=residual,
            mean=float(answer[-1]),
            deviance=self.deviance(theta),
        )

    def _unsure_kept(self, at: _Solved) -> Floats:
        """Return (P,) the variance, over the residual's, of the mean and the effect of those kept."""
        return self._own_inverse(at) + self._through_border(at, -at.across[:, :-1])

    def _unsure_gone(self, at: _Solved) -> Floats:
        """Return (G,) the same of those eliminated: what is unsure of their own, of those kept, and of the border."""
        own = np.empty(len(at.gone))
        for begin in range(0, len(own), COLUMNS):
            some = slice(begin, begin + COLUMNS)
            tied = self.others[some].toarray().T
            own[some] = (tied * at.factor.solve(tied)).sum(axis=0) / at.gone[some] ** 2
        columns = self.columns[self.p :] - self.others @ at.across[:, :-1]
        return 1 / at.gone + own + self._through_border(at, -columns / at.gone[:, None])

    def _through_border(self, at: _Solved, columns: Floats) -> Floats:
        """Return what the border's own uncertainty adds to the mean and effects that lean on it by `columns`."""
        away = np.append(np.zeros(self.q), 1.0) + columns @ self.spread
        added: Floats = (away * linalg.solve(at.border[:, :-1], away.T, assume_a="pos").T).sum(axis=1)
        return added

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
