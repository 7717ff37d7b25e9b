"""What the benchmark of the passes compares answers alike, on the rows it makes."""

import numpy as np
import pytest

from bench import passes, subject_rows


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    return [str(path) for path in subject_rows.write(tmp_path_factory.mktemp("rows"), 1)]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_ours_answers_as_native_polars(engine, paths):
    ours, native = passes._answers(engine, paths), passes._answers("native", paths)
    assert [*ours] == [*native]
    for name, answer in native.items():
        assert np.allclose(ours[name](), answer(), rtol=1e-9, atol=0), name


def test_rows_are_a_million_and_made_the_same_again():
    rows = subject_rows.made(3)
    assert rows.height == subject_rows.MILLION
    assert rows.equals(subject_rows.made(3))
    assert rows.null_count().row(0, named=True) | {"score": 0} == dict.fromkeys(rows.columns, 0)
    assert 0 < rows["score"].null_count() < subject_rows.MILLION / 50
