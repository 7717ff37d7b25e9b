"""What the Standards profile is told of a school's own results: the newest of each year, never of few pupils."""

from collections.abc import Iterator
from datetime import date

from headship.analysis.figures import Figure
from headship.core.pages import academic_year
from headship.core.registry import Measure, Reading
from headship.core.scope import Scope
from headship.outcomes import own, results, said
from headship.outcomes.models import Assessment
from headship.outcomes.own import Measured, Sitting

GAP = Measure("outcomes.gap", "Disadvantage gap in our newest results", ("2.1",), "", "disadvantage-gap")
MEAN = Measure("outcomes.mean", "Mean of our newest results", ("2.1",), "", "mean")
MEASURES = (GAP, MEAN)
CODES = tuple(each.code for each in MEASURES)


def readings_of(scope: Scope, day: date) -> Iterator[Reading]:
    """Yield the gap and the mean of the first subject of each year's newest assessment, in the newest years."""
    for sat in _newest(scope):
        found = own.sitting(scope, sat, day)
        if found.columns:
            yield _gap(found, found.columns[0])
            yield _mean(found, found.columns[0])


def _newest(scope: Scope) -> list[Assessment]:
    """Return the newest assessment of each of the newest years."""
    by_year: dict[int, Assessment] = {}
    for each in results.assessments(scope):
        by_year.setdefault(each.year, each)
    return [by_year[year] for year in sorted(by_year, reverse=True)[: own.YEARS]]


def _gap(found: Sitting, column: Measured) -> Reading:
    figure, one = own.gap(found, column)
    finding = said.difference(
        figure, "Disadvantaged pupils", "others", column.unit, fewest=found.fewest, small=column.small, one=one
    )
    known = figure.value is not None
    return _reading(GAP, found, figure, f"{column.words}: {finding}", 0.0 if known else None)


def _mean(found: Sitting, column: Measured) -> Reading:
    figure = own.mean(column, found.fewest)
    known = figure.value is not None
    told = said.whole(figure, column.unit) if known else said.TOO_FEW.lower()
    return _reading(MEAN, found, figure, f"{column.words}: {told}", column.standard if known else None)


def _reading(measure: Measure, found: Sitting, figure: Figure, words: str, reference: float | None) -> Reading:
    low, high = figure.interval or (None, None)
    against = {GAP: "no gap", MEAN: "the standard"}[measure]
    return Reading(
        measure=measure.code,
        year=found.assessment.year,
        words=words[:200],
        source=_source(found),
        value=_rounded(figure.value),
        low=_rounded(low),
        high=_rounded(high),
        reference=reference,
        reference_words=against if reference is not None else "",
        count=None if figure.value is None else figure.n,
    )


def _rounded(value: float | None) -> float | None:
    """Round as pages print it, so that both say the same."""
    return None if value is None else round(value, 1) + 0.0


def _source(found: Sitting) -> str:
    sat = found.assessment
    who = f", {found.year_group}" if found.year_group else ""
    return f"Our own results: {sat.name}{who}, {academic_year(sat.year)}"
