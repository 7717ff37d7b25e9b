"""The screen of progress from starting points: exactly what it shows."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from headship.analysis import gaps
from headship.analysis.figures import Figure
from headship.analysis.gaps import Verdict
from headship.core.pages import academic_year
from headship.core.scope import Scope
from headship.outcomes import beside, drawing, own, own_lead, progress, said
from headship.outcomes import own_frame as frame
from headship.outcomes.own import Sitting
from headship.outcomes.progress import Progress
from headship.schools import measure_years

METHOD = "progress-from-starting-points"
OTHERS = "pupils in England with the same key stage 2 results"
NO_TABLE = (
    "Nobody has brought in the Department's table of GCSE grades by key stage 2 results (transition matrices). "
    "Whoever keeps this installation running imports it once for all schools."
)
MOCK = "Little, if these were mock examinations or teachers' own grades: England's are pupils' final ones."
NO_PRIOR = "No key stage 2 results of these pupils were brought in: map that column when you bring results."


def progress_page(scope: Scope, asked: frame.Asked) -> frame.OwnPage:
    """Arrange how far pupils came from where they started, by subject."""
    day = timezone.localdate(scope.at)
    held, sat = frame.chosen(scope, asked)
    if sat is None:
        return frame.nothing(scope, "Progress", "results-progress")
    found = own.sitting(scope, sat, day, year_group=asked.year_group)
    told = progress.progress_of(found)
    rows = tuple(_row(found, each) for each in told)
    return frame.OwnPage(
        title="Progress",
        parts=frame.parts_of(scope, "results-progress", asked, held),
        choices=tuple(frame.choices(scope, "results-progress", held, found)),
        lead=own_lead.said_of(_verdicts(found, told), own_lead.PROGRESS) if told else "",
        words=frame.about(found),
        rows=rows,
        tables=(_table(told),) if told else (),
        can=frame.findings(rows) or _why_none(rows) or _why_nothing(found),
        cannot=(
            *_official(found),
            MOCK,
            "Not why: pupils with the same key stage 2 results differ in much else.",
            "Nothing of pupils whose key stage 2 results are not known.",
            *frame.CANNOT[1:],
        ),
    )


def _why_none(rows: Sequence[frame.Row]) -> tuple[str, ...]:
    """Say once why no subject has a figure."""
    return tuple(dict.fromkeys(row.behind for row in rows))


def _why_nothing(found: Sitting) -> tuple[str, ...]:
    """Say why no progress can be shown."""
    if found.scale.code != "gcse":
        return ("Nothing: progress is shown of GCSE grades, beside all pupils in England who started alike.",)
    if not beside.comparable(found.scale.code, found.year_group):
        return ("Nothing yet: England's grades are those at the end of Year 11, and these pupils are not there yet.",)
    return (NO_TABLE,)


def _official(found: Sitting) -> tuple[str, ...]:
    """Say of which official measure of progress this is not, or that there is none for the year."""
    year = found.assessment.year
    named = {"gcse": ("Progress 8", "progress8"), "ks2_scaled": ("Key stage 2 progress", "ks2_reading_progress")}
    if found.scale.code not in named:
        return ()
    words, measure = named[found.scale.code]
    if not measure_years.exists(measure, year):
        return (f"Not {words}: it does not exist for {academic_year(year)}.",)
    return (f"Not {words}: that is among the published results, where it was published.",)


def _row(found: Sitting, told: Progress) -> frame.Row:
    column, figure = told.column, told.all
    finding = said.difference(figure, "our pupils", OTHERS, column.unit, fewest=found.fewest, small=column.small)
    behind = f"{said.of_pupils(figure)} with both results; England {academic_year(told.starts.year)}."
    if figure.value is None:
        behind = NO_PRIOR if not figure.n else "Too few pupils with both results to show."
        return frame.Row(column.words, f"{column.words}: {said.TOO_FEW.lower()}", None, behind, METHOD)
    room = max(1.0, 1.2 * max(abs(end) for end in (figure.value, *(figure.interval or ()))))
    words = f"{column.words}: {finding}"
    picture = drawing.whisker(figure.value, figure.interval, 0.0, words, least=-room, most=room)
    return frame.Row(column.words, words, picture, f"{behind} The line marks no difference.", METHOD)


def _verdicts(found: Sitting, told: Sequence[Progress]) -> Iterator[tuple[str, Verdict]]:
    for each in told:
        yield each.column.words, gaps.verdict(each.all, fewest=found.fewest, small=each.column.small)


def _table(told: list[Progress]) -> frame.Table:
    heads = ("Subject", "Pupils", "Progress", "Interval", "Disadvantaged", "Others")
    rows = tuple(
        (
            each.column.words,
            *frame.mean_cells(each.all, each.column.unit),
            *(
                said.HIDDEN if part is None else said.whole(part, each.column.unit)
                for part in (each.disadvantaged, each.others)
            ),
        )
        for each in told
    )
    return frame.Table("The same as a table, with disadvantaged pupils and others", heads, rows, told[0].starts.source)


def _part(figure: Figure | None, unit: str) -> str:
    return said.HIDDEN if figure is None else said.whole(figure, unit)
