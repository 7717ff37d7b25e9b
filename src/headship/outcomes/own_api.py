"""A school's own results for programs: the figures of the pages, with the same groups hidden."""

from collections.abc import Iterator
from typing import Any, Self

from django.utils import timezone

from headship.analysis.figures import Figure
from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, OfSchool, Page, page
from headship.outcomes import own, results
from headship.outcomes.groups import Grouping
from headship.outcomes.own import Measured, Sitting


class ResultGiven(Given):
    """A subject of an assessment in a year group: mean with its 95% interval, share who reached the standard, gap.

    Everything is None where there are too few pupils to show. `gap` is disadvantaged pupils less others; `reached` is
    in per cent, None too where the scale has no standard.
    """

    assessment: OfSchool[str]
    year: OfSchool[int]
    year_group: OfSchool[str]
    subject: OfSchool[str]
    unit: OfSchool[str]
    pupils: OfSchool[int | None]
    mean: OfSchool[float | None]
    low: OfSchool[float | None]
    high: OfSchool[float | None]
    standard: OfSchool[float | None]
    reached: OfSchool[float | None]
    gap: OfSchool[float | None]
    gap_low: OfSchool[float | None]
    gap_high: OfSchool[float | None]

    @classmethod
    def of(cls, row: tuple[Sitting, Measured], **named: Any) -> Self:
        """Return a column of a sitting as programs get it."""
        found, column = row
        mean, reached = own.mean(column, found.fewest), own.reached(column, found.fewest)
        gap, _ = own.gap(found, column)
        return super().of(
            column,
            assessment=found.assessment.name,
            year=found.assessment.year,
            year_group=found.year_group,
            subject=column.code,
            pupils=_shown(mean),
            mean=_rounded(mean.value),
            low=_rounded(mean.low),
            high=_rounded(mean.high),
            reached=_rounded(reached.value) if reached else None,
            gap=_rounded(gap.value),
            gap_low=_rounded(gap.low),
            gap_high=_rounded(gap.high),
            **named,
        )


class AttendanceGiven(Given):
    """The attendance of a year, in per cent, of everybody (`by` and `group` are empty) or of a group.

    Everything is None where a group is hidden.
    """

    year: OfSchool[int]
    by: OfSchool[str]
    group: OfSchool[str]
    pupils: OfSchool[int | None]
    attendance: OfSchool[float | None]
    low: OfSchool[float | None]
    high: OfSchool[float | None]

    @classmethod
    def of(cls, row: tuple[int, str, str, Figure | None], **named: Any) -> Self:
        """Return a figure of attendance as programs get it."""
        year, by, group, figure = row
        value, low, high = (figure.value, figure.low, figure.high) if figure else (None, None, None)
        pupils = _shown(figure) if figure else None
        return super().of(
            row,
            year=year,
            by=by,
            group=group,
            pupils=pupils,
            attendance=_rounded(value),
            low=_rounded(low),
            high=_rounded(high),
            **named,
        )


def results_here(scope: Scope, asked: Asked) -> Page[ResultGiven]:
    """List every subject of every assessment, the newest assessment first, year group by year group."""
    return page(list(_columns(scope)), asked, ResultGiven.of)


def attendance_here(scope: Scope, asked: Asked) -> Page[AttendanceGiven]:
    """List attendance by year, the newest first: of everybody, then of groups."""
    return page(list(_attendance(scope)), asked, AttendanceGiven.of)


def _columns(scope: Scope) -> Iterator[tuple[Sitting, Measured]]:
    day = timezone.localdate(scope.at)
    for sat in results.assessments(scope):
        for group in own.sitting(scope, sat, day).year_groups:
            found = own.sitting(scope, sat, day, year_group=group)
            yield from ((found, column) for column in found.columns if found.year_group == group)


def _attendance(scope: Scope) -> Iterator[tuple[int, str, str, Figure | None]]:
    day = timezone.localdate(scope.at)
    for year in own.attendance_years(scope):
        found = own.attendance(scope, year, day)
        yield year, "", "", found.rate
        for grouping in found.groups:
            yield from _groups(year, grouping)


def _groups(year: int, grouping: Grouping) -> Iterator[tuple[int, str, str, Figure | None]]:
    for group in grouping.groups:
        yield year, grouping.fact, group.words, group.figure


def _shown(figure: Figure) -> int | None:
    """Return how many pupils a figure rests on, unless they are too few to say."""
    return None if figure.value is None else figure.n


def _rounded(value: float | None) -> float | None:
    """Return a figure as its page prints it: to the last place, it would tell the sum of scores behind it."""
    return None if value is None else round(value, 1)
