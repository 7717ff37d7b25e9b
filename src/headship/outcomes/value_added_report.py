"""Value added of many schools from a file of pupils: the model, what it lets anybody say, and a document without names.

For whoever holds the pupils of many schools: a trust, an authority, the country. Nothing is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from headship.analysis import value_added
from headship.analysis.passes import products
from headship.analysis.value_added import ValueAdded
from headship.core.errors import Unusable
from headship.core.paper import Block, Heading, Paper, Picture, Points, Table, Words, inked
from headship.outcomes import published_drawing as drawing
from headship.outcomes.inks import INKS

FEWEST = 10  # schools: of fewer nobody can tell how much schools differ
NO_LEAGUE = (
    "Not which school is best: most intervals overlap, and their order would be another with other pupils.",
    "Not why schools differ, nor that a school caused it.",
    "Nothing of pupils without a value in one of the columns: they are left out and counted above.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which columns of the file are what; `slopes` are covariates whose slope differs between schools."""

    outcome: str
    covariates: tuple[str, ...]
    school: str
    slopes: tuple[str, ...] = ()
    restricted: bool = True
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A fitted model, with how many pupils were left out for want of a value."""

    asked: Asked
    fitted: ValueAdded
    left_out: int

    @property
    def words(self) -> str:
        """The one thing to know of it."""
        return f"{self.fitted.like_average:.0%} of schools cannot be told from the average."

    @property
    def marked(self) -> int | None:
        """The place of the school to mark, where one was asked for."""
        found = np.flatnonzero(self.fitted.statistics.schools == self.asked.mark)
        return int(found[0]) if len(found) else None


def of_file(path: Path, asked: Asked) -> Report:
    """Fit the model to a file (CSV, gzipped CSV or parquet), its rows read piece by piece. Errors: Unusable."""
    rows = _rows(path)
    needed = [asked.outcome, *asked.covariates, asked.school]
    try:
        known = rows.select(needed).drop_nulls()
        count, kept = (each.select(pl.len()).collect().item() for each in (rows, known))
        fitted = value_added.fit(_sums(known, asked), restricted=asked.restricted)
    except (PolarsError, ValueError) as fault:  # Unfit is a ValueError
        told = str(fault).splitlines()[0]
        raise Unusable(f"“{path.name}” cannot be worked out: {told} Nothing was written.") from None
    report = Report(asked, fitted, count - kept)
    _check(path, report)
    return report


def _rows(path: Path) -> pl.LazyFrame:
    if not path.is_file():
        raise Unusable(f"There is no file “{path}”.")
    return pl.scan_parquet(path) if path.suffix == ".parquet" else pl.scan_csv(path)


def _sums(known: pl.LazyFrame, asked: Asked) -> value_added.Statistics:
    return products.statistics_from(known, asked.outcome, asked.covariates, asked.school, slopes=asked.slopes)


def _check(path: Path, report: Report) -> None:
    schools = len(report.fitted.statistics.schools)
    if schools < FEWEST:
        raise Unusable(
            f"“{path.name}” has pupils of {schools} schools. Of fewer than {FEWEST} nobody can tell how much schools "
            "differ: value added says nothing here."
        )
    if report.asked.mark is not None and report.marked is None:
        raise Unusable(f"No pupil of “{path.name}” is of the school {report.asked.mark}. Check its number.")


def told(report: Report) -> Mapping[str, Any]:
    """Return the model as plain values; school effects stand in the order of the schools' keys, never ranked."""
    fitted, schools = report.fitted, report.fitted.statistics
    return {
        "method": fitted.method,
        "pupils": schools.pupils,
        "left_out": report.left_out,
        "likelihood": "restricted" if fitted.restricted else "full",
        "log_likelihood": fitted.log_likelihood,
        "fixed": {
            name: {"value": float(value), "standard_error": float(error)}
            for name, value, error in zip(schools.names, fitted.fixed, fitted.fixed_errors, strict=True)
        },
        "between_schools": fitted.covariance.tolist(),
        "residual": fitted.residual,
        "not_distinguishable": fitted.like_average,
        "schools": [
            {"school": int(key), "pupils": int(count), "effect": float(effect), "low": float(low), "high": float(high)}
            for key, count, effect, (low, high) in zip(
                schools.schools, schools.counts, fitted.effects[:, 0], fitted.intervals, strict=True
            )
        ],
    }


def paper(report: Report, foot: str) -> Paper:
    """Return the document: no school is named in it, but the one that was asked for is marked."""
    fitted, schools = report.fitted, report.fitted.statistics
    about = (
        f"{schools.pupils:,} pupils in {len(schools.schools):,} schools; {report.left_out:,} without a value left out",
        f"{report.asked.outcome} after {', '.join(report.asked.covariates) or 'nothing'}",
    )
    return Paper("Value added", about, tuple(_blocks(report, fitted)), foot)


def _blocks(report: Report, fitted: ValueAdded) -> Sequence[Block]:
    low, high = fitted.intervals.T
    share = report.words.removesuffix(".")
    picture = drawing.caterpillar(fitted.effects[:, 0], low, high, report.marked, share)
    return (
        Heading(share),
        Picture(inked(picture, INKS), f"{share}: each school's effect with its 95% interval, without names"),
        Words(_marked(report)),
        Heading("What we can say, and what we cannot"),
        Points((_between(fitted), *NO_LEAGUE)),
        Table("The model", ("Part", "Estimate", "Standard error"), _parts(fitted)),
        Words(f"Method: {fitted.method}, by {'restricted' if fitted.restricted else 'full'} maximum likelihood."),
    )


def _marked(report: Report) -> str:
    if report.marked is None:
        return "Schools stand in the order of their effects, drawn towards the average by how few pupils they have."
    value = report.fitted.effects[report.marked, 0]
    low, high = report.fitted.intervals[report.marked]
    stands = "cannot be told from" if low <= 0 <= high else "is above" if value > 0 else "is below"
    return f"The school that is marked {stands} the average: {value:+.2f}, between {low:+.2f} and {high:+.2f}."


def _between(fitted: ValueAdded) -> str:
    between = float(fitted.covariance[0, 0])
    share = between / (between + fitted.residual)
    return (
        f"Of what the columns do not explain, {share:.0%} lies between schools and the rest between pupils of a school."
    )


def _parts(fitted: ValueAdded) -> tuple[tuple[str, str, str], ...]:
    names = fitted.statistics.names
    fixed = [
        (name, f"{value:.4f}", f"{error:.4f}")
        for name, value, error in zip(names, fitted.fixed, fitted.fixed_errors, strict=True)
    ]
    random = [
        (f"Variance between schools: {names[place]}", f"{fitted.covariance[at, at]:.4f}", "")
        for at, place in enumerate(fitted.statistics.random)
    ]
    return (*fixed, *random, ("Variance between pupils", f"{fitted.residual:.4f}", ""))
