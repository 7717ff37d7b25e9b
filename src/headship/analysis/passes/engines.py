"""The one place that knows engines apart: how rows are opened, read as numbers and collected.

Everything between is narwhals, which each engine runs as its own. A value that is not known is null. NaN is not looked
for among rows: DuckDB 2.0 takes a parquet file's bounds for proof that it holds none (its issue 25521). It spoils the
sum it is in, on every engine, and is refused there. Method: docs/methods/passes-over-rows.md.
"""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
from narwhals.typing import IntoFrame

type Columns = list[tuple[Any, ...]]  # one for each column, all of the same length


def table(rows: IntoFrame, numbers: Sequence[str], keys: Sequence[str]) -> nw.LazyFrame[Any]:
    """Return these columns of a frame of any engine, nothing read yet: `numbers` as floats.

    `rows` a frame of N rows that narwhals takes (polars, DuckDB, Spark and others); `keys` what it will be grouped by:
    words, whole numbers or flags. Errors: ValueError for a column that is not there, or of another kind.

    >>> import polars as pl
    >>> rows = pl.DataFrame({"school": [7, 7, 9], "score": [1, 2, None], "spare": ["x", "y", "z"]})
    >>> table(rows, ["score"], ["school"]).collect().to_native().rows()
    [(7, 1.0), (7, 2.0), (9, None)]
    """
    frame = nw.from_native(rows).lazy()
    schema = frame.collect_schema()
    if strangers := [name for name in (*keys, *numbers) if name not in schema]:
        raise ValueError(f"There is no column {', '.join(strangers)}. There are: {', '.join(schema)}.")
    if unequal := [name for name in keys if schema[name].is_float()]:
        raise ValueError(f"{unequal[0]} holds fractions: group by words or whole numbers, such as bands of it.")
    if words := [name for name in numbers if not (schema[name].is_numeric() or schema[name] == nw.Boolean)]:
        raise ValueError(f"{words[0]} does not hold numbers.")
    return frame.select(*keys, *(nw.col(name).cast(nw.Float64) for name in numbers))


def collected(frame: nw.LazyFrame[Any]) -> Columns:
    """Run a pass on its engine and return its columns. Polars runs it piece by piece, so that rows need not fit memory.

    >>> import polars as pl
    >>> collected(table(pl.DataFrame({"school": [7, 9], "score": [1, 2]}), ["score"], ["school"]))
    [(7, 9), (1.0, 2.0)]
    """
    native = frame.to_native()
    if frame.implementation.is_polars():
        return [tuple(each.to_list()) for each in native.collect(engine="streaming")]
    if frame.implementation.is_duckdb():
        rows = native.fetchall()
    elif frame.implementation.is_pyspark():
        rows = native.collect()
    else:
        rows = frame.collect().rows()
    return [*zip(*rows, strict=True)] if rows else [()] * len(frame.collect_schema())
