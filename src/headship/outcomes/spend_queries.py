"""Reads of pupil premium spending: a year's grid, what it comes to for one pupil, and the gap beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from headship.analysis.figures import Figure
from headship.analysis.gaps import Sensitivity
from headship.core.scope import Scope
from headship.outcomes import disclosure, groups, own, results
from headship.outcomes.models import PupilYear, SpendLine, SpendYear
from headship.outcomes.own import Measured

MOST_SUBJECTS = 4


@dataclass(frozen=True, slots=True)
class GapOf:
    """The gap of one subject in one year."""

    year: int
    name: str
    column: Measured
    figure: Figure
    one: Sensitivity
    fewest: int


def spend_year(scope: Scope, year: int) -> SpendYear | None:
    """Return the grid of a year, where anything was kept."""
    return SpendYear.objects.filter(school_id=scope.school_id, year=year).first()


def lines(scope: Scope, year: int) -> list[SpendLine]:
    """Return the lines of a year in the order they were written down."""
    found = SpendLine.objects.filter(spend__school_id=scope.school_id, spend__year=year)
    return list(found.select_related("intervention").order_by("pk"))


def years(scope: Scope) -> list[int]:
    """Return the years that have a grid, newest first."""
    return list(SpendYear.objects.filter(school_id=scope.school_id).order_by("-year").values_list("year", flat=True))


def disadvantaged(scope: Scope, year: int, day: date) -> int | None:
    """Return how many disadvantaged pupils are known in a year; None where none is, or where groups would hide it."""
    flags = PupilYear.objects.filter(school_id=scope.school_id, year=year).values_list("disadvantaged", flat=True)
    values = [results.YES_NO[each] for each in flags]
    if not groups.shows("disadvantaged", values, "yes", fewest=disclosure.fewest_on(day)):
        return None
    return values.count("yes") or None


def each_pupil(premium: Decimal, pupils: int | None) -> Decimal | None:
    """Return what the pupil premium comes to for one disadvantaged pupil, where their number may be shown."""
    return (premium / pupils).quantize(Decimal(1)) if pupils else None


def gaps_beside(scope: Scope, day: date) -> list[GapOf]:
    """Return the disadvantage gap of the newest assessment, by subject, and the same of the years before."""
    newest = next(iter(results.assessments(scope)), None)
    if newest is None:
        return []
    found = own.sitting(scope, newest, day)
    before = own.sittings_before(scope, found, day)
    told = []
    for column in found.columns[:MOST_SUBJECTS]:
        for year in sorted(before, reverse=True):
            its = before[year]
            same = next((each for each in its.columns if each.code == column.code), None)
            if same is not None:
                figure, one = own.gap(its, same)
                told.append(GapOf(year, its.assessment.name, same, figure, one, its.fewest))
    return told
