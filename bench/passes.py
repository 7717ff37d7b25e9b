"""Four group-bys over pupil-subject rows at four sizes: our passes on polars, DuckDB and Spark, and native polars.

    python -m bench.passes                 # writes bench/results/passes.json
    HEADSHIP_BENCH_MILLIONS=1,4,16,100 (sizes, in millions of rows)
    HEADSHIP_BENCH_ENGINES=native,polars,duckdb,spark (which; spark where requirements/spark.txt is installed)
    HEADSHIP_BENCH_ROUNDS=3 (of each size), HEADSHIP_BENCH_KEEP=1 (keep the files, 3 MB for a million rows)

Rows lie in parquet files under var/bench, of a million rows each, and are never loaded whole. Each engine runs in a
process of its own, native polars and ours one after the other, the order turned round each round, so that a busy
neighbour spoils both alike; it is warmed by the first file. A group-by takes from the opened files to its result in our
hands: for native polars a frame, for ours the sums that statistics are made from. All answers must agree to 1e-9.
"""

import json
import os
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from bench import machine, processes, subject_rows
from headship.analysis.passes.gaps import gaps
from headship.analysis.passes.prior_attainment import class_means
from headship.analysis.passes.products import statistics_from
from headship.analysis.passes.sums import sums_by

FOLDER = Path(__file__).resolve().parents[1] / "var" / "bench" / "passes"
MILLIONS = [int(each) for each in os.environ.get("HEADSHIP_BENCH_MILLIONS", "1,4,16,100").split(",")]
ENGINES = os.environ.get("HEADSHIP_BENCH_ENGINES", "native,polars,duckdb,spark").split(",")
ROUNDS = int(os.environ.get("HEADSHIP_BENCH_ROUNDS", "3"))
MEGABYTES_A_MILLION, SPARE_MEGABYTES = 4, 2_000
LONGEST_SECONDS = 240  # of one engine at one size
ONCE_ON_SPARK = 16  # million rows, from which one round is enough
TARGET_RATIO = 1.1
ABOUT = 50.0
COVARIATES = ["prior", "female", "disadvantaged", "eal", "sen"]
type Answers = dict[str, Callable[[], list[float]]]


def main() -> None:
    """Make the rows, measure each size, and write bench/results/passes.json."""
    try:
        measured = {f"{millions} million": _size(millions) for millions in MILLIONS if _fits(millions)}
    finally:
        if not os.environ.get("HEADSHIP_BENCH_KEEP"):
            shutil.rmtree(FOLDER, ignore_errors=True)
    machine.write("passes", {"target_ratio": TARGET_RATIO, "rounds": ROUNDS, "load": os.getloadavg()[0], **measured})


def _fits(millions: int) -> bool:
    FOLDER.mkdir(parents=True, exist_ok=True)
    there = shutil.disk_usage(FOLDER).free // 2**20 - SPARE_MEGABYTES
    if there < millions * MEGABYTES_A_MILLION:
        print(f"Not measured: {millions} million rows need {millions * MEGABYTES_A_MILLION} MB of disk.")
    return there >= millions * MEGABYTES_A_MILLION


def _size(millions: int) -> dict[str, Any]:
    """Measure each engine at one size: the best of the rounds of each group-by, and the most memory."""
    subject_rows.write(FOLDER, millions)
    runs: dict[str, list[dict[str, Any]]] = {}
    for place in range(ROUNDS):
        for engine in ENGINES if place % 2 else ENGINES[::-1]:
            if place == 0 or (
                "not_measured" not in runs[engine][-1] and (engine != "spark" or millions < ONCE_ON_SPARK)
            ):
                command = [sys.executable, "-m", "bench.passes", engine, str(millions)]
                runs.setdefault(engine, []).append(processes.told(command, seconds=LONGEST_SECONDS))
    found = {engine: _best(runs[engine]) for engine in ENGINES}
    answers = [each["answers"] for told in runs.values() for each in told if "answers" in each]
    if {"native", "polars"} <= set(ENGINES):
        found["polars_to_native"] = _ratios(runs["polars"], runs["native"])
    return {**found, "all_agree_to_1e-9": all(np.allclose(each, answers[0], rtol=1e-9, atol=0) for each in answers)}


def _best(runs: list[dict[str, Any]]) -> dict[str, Any]:
    if "not_measured" in runs[-1]:
        return runs[-1]
    least = {name: round(min(run["seconds"][name] for run in runs), 3) for name in runs[0]["seconds"]}
    return {
        "seconds": least,
        "together": round(sum(least.values()), 2),
        "processor_seconds": round(min(run["processor_seconds"] for run in runs), 2),
        "peak_memory_mb": max(run["peak_memory_mb"] for run in runs),
    }


def _ratios(ours: list[dict[str, Any]], native: list[dict[str, Any]]) -> dict[str, float]:
    """Return our time over native polars': of the best runs, and the median over neighbouring runs."""
    if any("not_measured" in run for run in (*ours, *native)):
        return {}
    one, other = _best(ours), _best(native)
    pairs = [sum(a["seconds"].values()) / sum(b["seconds"].values()) for a, b in zip(ours, native, strict=True)]
    return {
        "best": round(one["together"] / other["together"], 3),
        "median_of_pairs": round(statistics.median(pairs), 3),
        "processor": round(one["processor_seconds"] / other["processor_seconds"], 3),
        **{name: round(one["seconds"][name] / least, 3) for name, least in other["seconds"].items()},
    }


def once(engine: str, millions: int) -> None:
    """Run the four group-bys on one engine and print the figures as JSON."""
    paths = [str(path) for path in subject_rows.write(FOLDER, millions)]
    for answer in _answers(engine, paths[:1]).values():
        answer()  # all is loaded now, and warm
    answers = _answers(engine, paths)
    begun_processor = _processor_seconds()
    seconds, told = {}, []
    for name, answer in answers.items():
        begun = time.perf_counter()
        told += answer()
        seconds[name] = time.perf_counter() - begun
    figures = {"seconds": seconds, "answers": told, "processor_seconds": _processor_seconds() - begun_processor}
    print(json.dumps({**figures, "peak_memory_mb": _peak_memory_mb()}))


def _answers(engine: str, paths: list[str]) -> Answers:
    if engine == "native":
        return _native(paths)
    return _passes({"polars": pl.scan_parquet, "duckdb": _duckdb, "spark": _spark}[engine](paths))


def _passes(rows: Any) -> Answers:
    """Return our four passes over a frame of any engine. Value added asks for pupils whose score is known."""
    known = nw.from_native(rows).filter(~nw.col("score").is_null()).to_native()
    return {
        "by school and subject": lambda: _told(sums_by(rows, "score", ["school", "subject"], about=ABOUT).parts),
        "gaps by school": lambda: _told(
            gaps(sums_by(rows, "score", ["school", "disadvantaged"], about=ABOUT), "disadvantaged").marked.parts
        ),
        "means by prior attainment": lambda: [
            *class_means(sums_by(rows, "score", ["prior_group"], about=ABOUT), "prior_group").values()
        ],
        "value added": lambda: statistics_from(known, "score", COVARIATES, "school").total.ravel().tolist(),
    }


def _native(paths: list[str]) -> Answers:
    """Return the same four as one writes them in polars."""
    rows, away = pl.scan_parquet(paths), pl.col("score") - ABOUT
    added = {"rows": pl.len(), "counts": away.count(), "totals": away.sum(), "squares": (away * away).sum()}
    sums = [each.alias(name) for name, each in added.items()]
    names = [*COVARIATES, "score"]
    columns = [pl.col(name).cast(pl.Float64) for name in names]
    products = [pl.len().cast(pl.Float64).alias("n"), *(pl.col(name).sum().alias(f"sum {name}") for name in names)]
    products += [(pl.col(a) * pl.col(b)).sum().alias(f"{a} {b}") for a, b in combinations_with_replacement(names, 2)]

    def grouped(*by: str) -> pl.DataFrame:
        return rows.group_by(*by).agg(*sums).sort(*by).collect(engine="streaming")

    def means() -> list[float]:
        found = grouped("prior_group")
        return (ABOUT + found["totals"] / found["counts"]).to_list()

    def value_added() -> list[float]:
        known = rows.filter(pl.col("score").is_not_null()).select("school", *columns)
        found = known.group_by("school").agg(*products).sort("school").collect(engine="streaming")
        square = np.empty((len(names) + 1,) * 2)
        upper = np.triu_indices(len(names) + 1)
        square[upper] = square[upper[::-1]] = found.drop("school").sum().row(0)
        return square.ravel().tolist()

    return {
        "by school and subject": lambda: _told(grouped("school", "subject").drop("school", "subject").to_numpy().T),
        "gaps by school": lambda: _told(
            grouped("school", "disadvantaged").filter("disadvantaged").drop("school", "disadvantaged").to_numpy().T
        ),
        "means by prior attainment": means,
        "value added": value_added,
    }


def _told(parts: np.ndarray) -> list[float]:
    """Return what tells whether two answers are the same: each sum over all groups, and a few groups' own."""
    return [*parts.sum(axis=1).tolist(), *parts[:, [0, 7, -1]].ravel().tolist()]


def _duckdb(paths: list[str]) -> Any:
    import duckdb

    return duckdb.read_parquet(paths)


def _spark(paths: list[str]) -> Any:
    if not (find_spec("pyspark") and shutil.which("java")):
        sys.exit("Spark is not installed")
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = SparkSession.builder.master(f"local[{os.cpu_count()}]").config("spark.driver.memory", "4g")
    for name, value in {"ui.enabled": "false", "driver.host": "127.0.0.1", "sql.shuffle.partitions": "4"}.items():
        builder = builder.config(f"spark.{name}", value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session.read.parquet(*paths)


def _machines() -> list[Path]:
    """Return the status files of this process and of those it started (Spark's Java)."""
    own = [Path("/proc/self/status")]
    return own + [path for path in Path("/proc").glob("[0-9]*/status") if _started_here(path)]


def _started_here(status: Path) -> bool:
    try:
        return f"PPid:\t{os.getpid()}\n" in status.read_text()
    except OSError:
        return False


def _peak_memory_mb() -> int:
    """Return the most memory that this process and those it started have held."""
    lines = [line for path in _machines() for line in path.read_text().splitlines() if line.startswith("VmHWM")]
    return round(sum(int(line.split()[1]) for line in lines) / 1024)


def _processor_seconds() -> float:
    """Return the processor time of this process and of those it started."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    others = [path.with_name("stat").read_text().rpartition(") ")[2].split() for path in _machines()[1:]]
    ticks = sum(int(fields[11]) + int(fields[12]) for fields in others)
    return own.ru_utime + own.ru_stime + ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    once(sys.argv[1], int(sys.argv[2])) if len(sys.argv) > 1 else main()
