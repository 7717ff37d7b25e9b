"""The same numbers on every engine to 1e-9: polars, DuckDB, and Spark on a cluster of two processes."""

import csv
import gzip

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from headship.analysis.passes.products import statistics_from
from headship.analysis.passes.sums import sums_by
from headship.analysis.value_added import Unfit, fit, statistics_of
from tests.analysis.passes.rows import BY, OPENED, SCHEMA, as_file, frame, pupils, whole_pupils

alike = {"rel": 1e-9, "abs": 1e-9}
several = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
UNKNOWN = dict.fromkeys(SCHEMA)


def agree(one, other):
    """Assert that two sums are the same."""
    assert (one.by, one.groups) == (other.by, other.groups)
    assert one.parts == pytest.approx(other.parts, **alike)


def same_statistics(one, other):
    """Assert that two sets of sufficient statistics are the same."""
    assert (one.names, one.random) == (other.names, other.random)
    assert one.schools.tolist() == other.schools.tolist()
    assert one.counts.tolist() == other.counts.tolist()
    assert one.by_school == pytest.approx(other.by_school, **alike)
    assert one.total == pytest.approx(other.total, **alike)


def by_numpy(rows):
    """Return what the arrays' own pass makes of whole pupils."""
    columns = {name: np.array([row[name] for row in rows], dtype=float) for name in rows[0]}
    covariates = np.column_stack([columns["points"], columns["disadvantaged"]])
    schools = columns["school"].astype(int)
    return statistics_of(columns["score"], covariates, schools, ["points", "disadvantaged"], slopes=["points"])


def by_pass(rows):
    return statistics_from(rows, "score", ["points", "disadvantaged"], "school", slopes=["points"])


@several
@given(rows=st.lists(pupils, max_size=30))
@example(rows=[])
@example(rows=[UNKNOWN, UNKNOWN])
def test_duckdb_adds_up_as_polars(rows, tmp_path):
    path = as_file(rows, tmp_path)
    for value, by in (("score", BY), ("points", ["subject"]), ("disadvantaged", ["school", "prior"])):
        one, other, held = (
            sums_by(each, value, by) for each in (pl.scan_parquet(path), OPENED["duckdb"](path), frame(rows))
        )
        agree(one, other)
        agree(one, held)


@pytest.mark.parametrize("engine", OPENED)
@several
@given(rows=st.lists(whole_pupils, min_size=1, max_size=30))
@example(rows=[{"school": 7, "disadvantaged": True, "score": 3.5, "points": 32767}])
def test_statistics_of_value_added_are_those_of_the_arrays(engine, rows, tmp_path):
    same_statistics(by_pass(OPENED[engine](as_file(rows, tmp_path))), by_numpy(rows))


# A pass costs Spark a second or more. Hypothesis tries the simplest rows first: none at all, and one pupil.
few = settings(deadline=None, max_examples=2, database=None, phases=[Phase.generate])


@pytest.mark.spark
def test_spark_adds_up_as_the_others(spark, tmp_path):
    """Many small frames go at once, told apart by a column of their own."""
    schema = {**SCHEMA, "trial": pl.Int32}
    path = tmp_path / "rows.parquet"

    @few
    @given(frames=st.lists(st.lists(pupils, max_size=15), min_size=20, max_size=30))
    def check(frames):
        rows = [row | {"trial": trial} for trial, each in enumerate(frames) for row in [*each, *each[:1], UNKNOWN]]
        pl.DataFrame(rows if any(frames) else [], schema=schema).write_parquet(path)
        by = ["trial", *BY]
        agree(sums_by(spark.read.parquet(str(path)), "score", by), sums_by(pl.scan_parquet(path), "score", by))

    check()


@pytest.mark.spark
def test_statistics_from_spark_are_those_of_the_arrays(spark, tmp_path):
    @few
    @given(rows=st.lists(whole_pupils, min_size=1, max_size=60))
    def check(rows):
        same_statistics(by_pass(spark.read.parquet(as_file(rows, tmp_path))), by_numpy(rows))

    check()


@pytest.mark.spark
def test_spark_refuses_what_the_others_refuse(spark, tmp_path):
    refused(spark.read.parquet(as_file([UNKNOWN], tmp_path)))


@pytest.mark.parametrize("engine", OPENED)
def test_each_engine_refuses_the_same(engine, tmp_path):
    refused(OPENED[engine](as_file([UNKNOWN], tmp_path)))


def refused(rows):
    """Assert that a frame whose every value is missing is refused, in the same words on each engine."""
    with pytest.raises(ValueError, match=r"There is no column grade\. There are: school, subject, prior, "):
        sums_by(rows, "grade", ["school"])
    with pytest.raises(ValueError, match="score holds fractions: group by words or whole numbers"):
        sums_by(rows, "points", ["score"])
    with pytest.raises(ValueError, match="subject does not hold numbers"):
        sums_by(rows, "subject", ["school"])
    with pytest.raises(Unfit, match="A value is missing or is no number"):
        statistics_from(rows, "score", ["points"], "school")


# The file's bounds say 0 to 0, from which DuckDB concludes that it holds no NaN: isnan() there is false of all.
@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
@pytest.mark.parametrize("column", ["score", "prior"])
@pytest.mark.parametrize("engine", OPENED)
def test_a_value_that_is_none_makes_no_statistics(engine, column, value, tmp_path):
    rows = OPENED[engine](spoilt(column, value, tmp_path))
    with pytest.raises(Unfit, match="A value is missing or is no number"):
        statistics_from(rows, "score", ["prior"], "school")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("engine", OPENED)
def test_a_value_that_is_no_number_is_not_added_up(engine, value, tmp_path):
    rows = OPENED[engine](spoilt("score", value, tmp_path))
    with pytest.raises(ValueError, match="A value of score is infinite or no number"):
        sums_by(rows, "score", ["school"])


def spoilt(column, value, folder):
    """Return the path of a parquet file of three pupils, in which one value of a column is another."""
    path = folder / "rows.parquet"
    rows = pl.DataFrame({"school": [7, 7, 9], "score": [0.0] * 3, "prior": [0.0] * 3})
    rows.with_columns(pl.Series(column, [0.0, 0.0, value], dtype=pl.Float64)).write_parquet(path)
    return str(path)


@pytest.mark.parametrize("engine", OPENED)
def test_nobody_makes_no_statistics(engine, tmp_path):
    with pytest.raises(Unfit, match="There is no pupil"):
        by_pass(OPENED[engine](as_file([], tmp_path)))


@pytest.mark.shared_data
@pytest.mark.parametrize("engine", OPENED)
def test_sixty_five_london_schools_come_out_of_a_pass(engine, shared_data, tmp_path):
    """As in test_value_added.py, from a file and not from arrays."""
    with gzip.open(shared_data / "pupils/mlmRev_Exam.csv.gz", "rt") as file:
        rows = [(int(row["school"]), float(row["normexam"]), float(row["standLRT"])) for row in csv.DictReader(file)]
    path = tmp_path / "exam.parquet"
    pl.DataFrame(rows, schema=["school", "outcome", "prior"], orient="row").write_parquet(path)
    found = fit(statistics_from(OPENED[engine](str(path)), "outcome", ["prior"], "school"), restricted=False)
    assert found.fixed[1] == pytest.approx(0.5634, abs=5e-5)
    assert [found.covariance[0, 0], found.residual] == pytest.approx([0.0921, 0.5657], abs=5e-5)
    assert found.log_likelihood == pytest.approx(-4678.62, abs=5e-3)
