"""A published measure over the years, as the page of published results shows it."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from headship.analysis import time_lines
from headship.analysis.figures import Figure
from headship.analysis.gaps import Verdict, verdict
from headship.analysis.time_lines import Known, TimeLine, Year
from headship.core.pages import academic_year
from headship.outcomes import published_drawing as drawing
from headship.outcomes import published_words as words
from headship.outcomes.published_choices import span_of
from headship.outcomes.published_figures import Tables, line_of
from headship.schools.choices import PUBLISHED

HEADS = ("Year", "Our school", "England", "Pupils")
CHANGES = {
    Verdict.NO_INTERVAL: "{}. Without intervals nobody can say whether that is more than chance.",
    Verdict.CANNOT_TELL: "{}, which cannot be told from no change: the pupils were others, and few.",
    Verdict.BELOW: "{}, more than chance alone makes.",
    Verdict.ABOVE: "{}, more than chance alone makes.",
}


@dataclass(frozen=True, slots=True)
class Years:
    """A measure over the years: what changed, the picture, and each year in words."""

    finding: str
    picture: SafeString
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def years_of(measure: str, tables: Tables, day: date) -> Years | None:
    """Return a measure over the years, where anything is said of more than one."""
    if len(tables.years(measure)) < 2:  # one year makes no line
        return None
    line, unit = line_of(tables, measure, day), PUBLISHED[measure].unit
    england = [row.value if (row := tables.england.get((measure, each.starts_in))) else None for each in line.years]
    rows = tuple(_row(each, value, tables, measure) for each, value in zip(line.years, england, strict=True))
    values = [_value(each.figure, unit) for each in line.years]
    said = "; ".join(f"{row[0]}: {row[1]}" for row in rows)
    return Years(change_of(line, unit), drawing.time_line(line, england, values, said, span_of(measure)), HEADS, rows)


def _row(each: Year, england: float | None, tables: Tables, measure: str) -> tuple[str, ...]:
    unit = PUBLISHED[measure].unit
    return (
        academic_year(each.starts_in),
        _ours(each, tables, measure),
        words.shown(england, unit) if england is not None else "not published",
        f"{each.figure.n:,}" if each.figure and each.figure.n else "not published",
    )


def _ours(each: Year, tables: Tables, measure: str) -> str:
    if each.known is Known.NO_SUCH:
        return "the measure does not exist for this year"
    if each.figure is None:
        return "not brought in here"
    if each.figure.value is None:
        return words.reason(tables.ours[measure, each.starts_in].missing)
    return words.valued(each.figure, PUBLISHED[measure].unit)


def _value(figure: Figure | None, unit: str) -> str:
    return words.shown(figure.value, unit) if figure and figure.value is not None else ""


def change_of(line: TimeLine, unit: str) -> str:
    """Return how the newest figure differs from the oldest it may be compared with."""
    known = [year.starts_in for year in line.segments[-1].years if year.known is Known.VALUE]
    if len(known) < 2:  # a change is between two
        return "No earlier figure may be compared with the newest: it is missing, or the measure meant something else."
    found = time_lines.change(line, since=known[0], until=known[-1])
    assert found.value is not None  # both years have a value
    since = f"Since {academic_year(known[0])}: {words.difference(found.value, unit)}"
    return CHANGES[verdict(found, fewest=1)].format(since)
