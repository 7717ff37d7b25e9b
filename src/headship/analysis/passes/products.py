"""The sums of products by school that value added needs, as a pass on any engine.

The same `Statistics` as `value_added.statistics_of` makes of arrays, for rows that are too many for one machine's
memory, or lie elsewhere. Methods: docs/methods/passes-over-rows.md, value-added.md.
"""

from collections.abc import Sequence
from itertools import combinations_with_replacement

import narwhals as nw
import numpy as np
from narwhals.typing import IntoFrame

from headship.analysis.figures import Floats
from headship.analysis.passes.engines import Columns, collected, table
from headship.analysis.value_added import Statistics, Unfit


def statistics_from(
    rows: IntoFrame, outcome: str, covariates: Sequence[str], school: str, *, slopes: Sequence[str] = ()
) -> Statistics:
    """Sum what a value-added model needs in one pass over a frame of N pupils.

    `outcome` and `covariates` columns of numbers or flags; `school` one of whole numbers; `slopes` names covariates
    whose slope differs between schools. Errors: Unfit for a missing value or no pupil; ValueError for a column that is
    not there, or of another kind.

    >>> import polars as pl
    >>> rows = pl.DataFrame({"school": [7, 7, 9], "prior": [0.0, 1.0, 2.0], "score": [1.0, 2.0, 4.0]})
    >>> told = statistics_from(rows, "score", ["prior"], "school")
    >>> told.schools.tolist(), told.counts.tolist(), told.by_school[:, 0].tolist()
    ([7, 9], [2.0, 1.0], [[2.0, 1.0, 3.0], [1.0, 2.0, 4.0]])
    """
    names = [*covariates, outcome]
    grouped = table(rows, names, [school]).group_by(school).agg(*_known(names), *_products(names))
    keys, *sums = collected(grouped.sort(school))
    known, products = sums[: len(names)], sums[len(names) :]
    by_school = _squared(products, len(names) + 1)
    total = by_school.sum(axis=0)
    _require_whole(keys, known, total)
    random = (0, *(1 + list(covariates).index(each) for each in slopes))
    return Statistics(
        schools=np.array(keys, dtype=np.int64),
        counts=by_school[:, 0, 0].copy(),
        names=("intercept", *covariates),
        random=random,
        by_school=by_school[:, random].copy(),
        total=total,
    )


def _known(names: list[str]) -> list[nw.Expr]:
    """Return how many values of each column are known."""
    return [nw.col(name).count().alias(f"_known_{place}") for place, name in enumerate(names)]


def _products(names: list[str]) -> list[nw.Expr]:
    """Return the sums of the products of each two of 1 and the columns: the upper triangle, row by row."""
    products = [nw.len(), *(nw.col(name).sum() for name in names)]
    products += [(nw.col(one) * nw.col(other)).sum() for one, other in combinations_with_replacement(names, 2)]
    return [product.alias(f"_product_{place}") for place, product in enumerate(products)]


def _require_whole(schools: tuple[int | None, ...], known: Columns, total: Floats) -> None:
    if not schools:
        raise Unfit("There is no pupil to look at.")
    if None in schools or not np.isfinite(total).all() or any(sum(each) != total[0, 0] for each in known):
        raise Unfit("A value is missing or is no number. Leave those pupils out, and say how many they are.")


def _squared(products: Columns, size: int) -> Floats:
    """Return the triangles of J schools as symmetric matrices (J, size, size)."""
    upper = np.triu_indices(size)
    matrices = np.empty((len(products[0]), size, size))
    matrices[:, upper[0], upper[1]] = matrices[:, upper[1], upper[0]] = np.array(products, dtype=float).T
    return matrices
