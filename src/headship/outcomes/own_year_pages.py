"""The screens of the years before and of attendance: exactly what each shows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone

from headship.analysis import figures, gaps, time_lines
from headship.analysis.gaps import Verdict
from headship.analysis.time_lines import TimeLine
from headship.core.pages import Link, academic_year
from headship.core.scope import Scope
from headship.outcomes import disclosure, drawing, own, own_lead, results, said
from headship.outcomes import own_frame as frame
from headship.outcomes.own import Measured


def years_page(scope: Scope, asked: frame.Asked) -> frame.OwnPage:
    """Arrange three years of the same assessment: each subject, and the disadvantage gap."""
    day = timezone.localdate(scope.at)
    held, sat = frame.chosen(scope, asked)
    if sat is None:
        return frame.nothing(scope, "Over the years", "results-years")
    found = own.sitting(scope, sat, day, year_group=asked.year_group)
    before = own.sittings_before(scope, found, day)
    page = frame.OwnPage(
        title="Over the years",
        parts=frame.parts_of(scope, "results-years", asked, held),
        choices=tuple(frame.choices(scope, "results-years", held, found)),
        words=frame.about(found),
        cannot=("Not that the school changed: each year's pupils are others.", *frame.CANNOT[:2]),
    )
    if len(before) < 2:
        only = f"Nothing yet: {sat.name} was brought in for one year alone. Each year is compared by that name."
        return replace(page, can=(only,))
    lines = [
        (column, of_gap, own.over_years(before, column.code, of_gap=of_gap))
        for of_gap in (False, True)
        for column in found.columns
    ]
    # Each series of the gap would make the page twice as long: they stand in their table.
    rows = tuple(_year_row(line, column) for column, of_gap, line in lines if not of_gap)
    tables = tuple(
        _year_table(caption, [(column, line) for column, gap, line in lines if gap is of_gap])
        for caption, of_gap in (("Means by year", False), ("Disadvantage gap by year", True))
    )
    lead = own_lead.moved(_moves([(column, line) for column, of_gap, line in lines if not of_gap]))
    return replace(page, lead=lead or own_lead.NOBODY, rows=rows, tables=tables, folded=True)


def _year_row(line: TimeLine, column: Measured) -> frame.Row:
    what = column.words
    runs = [
        [
            (each.starts_in, each.figure.value, each.figure.interval)
            for each in run
            if each.figure is not None and each.figure.value is not None
        ]
        for segment in line.segments
        for run in segment.runs
    ]
    if not runs:
        none = "No year has enough pupils to show."
        return frame.Row(what, f"{what}: {said.TOO_FEW.lower()}", None, none, "time-line")
    finding = f"{what}: {_change_words(line, column)}"
    picture = drawing.years(runs, (line.years[0].starts_in, line.years[-1].starts_in), finding)
    return frame.Row(what, finding, picture, "Each dot is a year's pupils, with its interval.", "change")


def _ends(line: TimeLine) -> tuple[int, int] | None:
    """Return the first year that can be compared and the last, where there are two and the last is the newest."""
    with_value = [each for each in line.years if each.figure is not None and each.figure.value is not None]
    if len(with_value) < 2 or with_value[-1] is not line.years[-1]:
        return None
    return with_value[0].starts_in, with_value[-1].starts_in


def _change_words(line: TimeLine, column: Measured) -> str:
    """Say how the last year stands beside the first that can be compared with it."""
    ends = _ends(line)
    if ends is None:
        return "no two years to compare"
    first, last = ends
    moved = time_lines.change(line, since=first, until=last)
    if moved.value is None or moved.interval is None:
        return said.LACKING[frame.lacking(moved)]
    low, high = moved.interval
    since = academic_year(first)
    if low <= 0 <= high:
        return f"no change that can be told since {since}"
    return f"{'up' if moved.value > 0 else 'down'} by {said.number(abs(moved.value), column.unit)} since {since}"


def _moves(lines: Sequence[tuple[Measured, TimeLine]]) -> Iterator[tuple[str, str]]:
    """Yield each subject of which two years can be compared, and which way it moved; "" where nobody can tell."""
    for column, line in lines:
        words = _change_words(line, column)
        if _ends(line) is not None:
            way, _, since = words.partition(" by ")
            yield column.words, f"{way} since {since.rpartition(' ')[2]}" if since else ""


def _year_table(caption: str, lines: Sequence[tuple[Measured, TimeLine]]) -> frame.Table:
    years = sorted({each.starts_in for _, line in lines for each in line.years})
    rows = [(column.words, *(_year_cell(line, year, column.unit) for year in years)) for column, line in lines]
    return frame.Table(caption, ("Subject", *(academic_year(year) for year in years)), tuple(rows))


def _year_cell(line: TimeLine, year: int, unit: str) -> str:
    figure = next((each.figure for each in line.years if each.starts_in == year), None)
    if figure is None:
        return "not assessed"
    if figure.value is None:
        return said.HIDDEN
    return f"{said.whole(figure, unit)}, {figure.n:,} pupils"


def attendance_page(scope: Scope, asked: frame.Asked) -> frame.OwnPage:
    """Arrange attendance: of everybody, persistent absence, groups, and the years before."""
    day: date = timezone.localdate(scope.at)
    years = own.attendance_years(scope)
    if not years:
        return frame.nothing(scope, "Attendance", "results-attendance")
    year = asked.year if asked.year is not None and asked.year in years else years[0]
    found = own.attendance(scope, year, day)
    before = [own.attendance(scope, each, day, grouped=False) for each in years[: own.YEARS] if each != year]
    links = tuple(
        Link(academic_year(each), frame.address(scope, "results-attendance", year=each), each == year) for each in years
    )
    return frame.OwnPage(
        title="Attendance",
        parts=frame.parts_of(scope, "results-attendance", asked, results.assessments(scope)),
        lead=_attendance_lead([found, *before], disclosure.fewest_on(day)),
        choices=(frame.Choice("Academic year", links),) if len(links) > 1 else (),
        words=f"Sessions attended by the pupils of {academic_year(year)}, as the school's own file gave them.",
        rows=tuple(_attendance_rows(found, own.threshold_on(day))),
        tables=(
            frame.Table(
                "The same as a table, with the years before",
                ("Year", "Pupils", "Attendance", "Interval", "Persistently absent"),
                tuple(
                    (academic_year(each.year), *frame.mean_cells(each.rate, "%"), said.whole(each.persistent, "%"))
                    for each in (found, *before)
                ),
            ),
            *(frame.group_table(each, "%", "Attendance") for each in found.groups),
        ),
        can=tuple(frame.group_findings(found.groups, "%", disclosure.fewest_on(day), 1.0)),
        cannot=("Not why sessions were missed.", "Nothing of one pupil: these are figures of groups."),
    )


def _attendance_lead(years: Sequence[own.Attendance], fewest: int) -> str:
    """Say how a year's attendance stands beside that of the year before it, where both are known."""
    now, before = years[0], next((each for each in years if each.year == years[0].year - 1), None)
    if now.rate.value is None:
        return own_lead.NOBODY
    told = f"Pupils attended {said.whole(now.rate, '%')} of their sessions"
    if before is None or before.rate.value is None:
        return f"{told}."
    stands = _THEN[gaps.verdict(figures.change(now.rate, before.rate), fewest=fewest)]
    return f"{told}, {stands.format(academic_year(before.year))}."


_THEN = {
    Verdict.ABOVE: "more than in {}",
    Verdict.BELOW: "less than in {}",
    Verdict.CANNOT_TELL: "which cannot be told from {}",
    Verdict.NO_INTERVAL: "and nobody can say how sure a difference from {} is",
}


def _attendance_rows(found: own.Attendance, threshold: float) -> Iterator[frame.Row]:
    for name, figure, least, method in (
        ("Attendance", found.rate, 80.0, "attendance"),
        ("Persistently absent", found.persistent, 0.0, "persistent-absence"),
    ):
        most = 100.0 if name == "Attendance" else 50.0
        if figure.value is None:
            yield frame.Row(name, f"{name}: {said.TOO_FEW.lower()}", None, "Too few pupils to show.", method)
            continue
        finding = f"{name}: {said.whole(figure, '%')}"
        picture = drawing.whisker(figure.value, figure.interval, None, finding, least=least, most=most)
        told = "" if name == "Attendance" else f" They missed {threshold:.0%} of their possible sessions or more."
        yield frame.Row(
            name, finding, picture, f"{said.of_pupils(figure)}; drawn from {least:g}% to {most:g}%.{told}", method
        )
