"""Small frames as they come: values that are not known, one school, groups in which nothing is known, nobody at all."""

import duckdb
import polars as pl
from hypothesis import strategies as st

SCHEMA = {
    "school": pl.Int64,
    "subject": pl.String,
    "prior": pl.Int8,
    "disadvantaged": pl.Boolean,
    "score": pl.Float64,
    "points": pl.Int16,
}
BY = ["school", "subject", "prior", "disadvantaged"]
SCORES = st.floats(-1000, 1000, allow_subnormal=False).map(lambda score: round(score, 6))

pupils = st.fixed_dictionaries(
    {
        "school": st.sampled_from([100_001, 100_002, 7, None]),
        "subject": st.sampled_from(["art", "Maths", "français", "", None]),
        "prior": st.sampled_from([1, 2, 3, None]),
        "disadvantaged": st.sampled_from([True, False, None]),
        "score": st.one_of(SCORES, st.sampled_from([None, 0.0])),
        "points": st.one_of(st.integers(-32768, 32767), st.none()),
    }
)
whole_pupils = st.fixed_dictionaries(
    {
        "school": st.sampled_from([100_001, 100_002, 7]),
        "disadvantaged": st.booleans(),
        "score": SCORES,
        "points": st.integers(-32768, 32767),
    }
)


def frame(rows):
    """Return rows as polars holds them."""
    return pl.DataFrame(rows, schema={name: SCHEMA[name] for name in rows[0]} if rows else SCHEMA)


def as_file(rows, folder):
    """Return the path of a parquet file of rows."""
    path = folder / "rows.parquet"
    frame(rows).write_parquet(path)
    return str(path)


OPENED = {"polars": pl.scan_parquet, "duckdb": duckdb.read_parquet}
