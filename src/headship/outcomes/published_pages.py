"""The page of published results: exactly what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString

from headship.analysis.gaps import Verdict
from headship.core.pages import academic_year
from headship.core.scope import Scope
from headship.outcomes import published_drawing as drawing
from headship.outcomes import published_words as words
from headship.outcomes import queries
from headship.outcomes.published_choices import BY_SUBJECT, WENT, Section, method_of, pair, span_of
from headship.outcomes.published_figures import Gap, Tables, Told, told
from headship.outcomes.published_spread_pages import SpendView, SpreadView, spend_view, spread_view
from headship.outcomes.published_year_pages import Years, years_of
from headship.outcomes.queries import PublishedHere
from headship.schools.choices import PUBLISHED

type Row = tuple[str, SafeString, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure: the finding, what it is held against row by row, what else to know, and its definition."""

    heading: str
    rows: tuple[Row, ...]
    missing: str
    notes: str
    definition: str
    method: str
    years: Years | None


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page, with a table of its lesser measures where it has any."""

    title: str
    anchor: str
    standings: tuple[Standing, ...]
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """What is published of our school; `is_empty` where nothing is."""

    title: str
    school: str
    is_empty: bool
    can: tuple[str, ...]
    cannot: tuple[str, ...]
    parts: tuple[Part, ...]
    gaps: tuple[Standing, ...]
    gaps_hidden: str
    spreads: tuple[SpreadView, ...]
    spread_lacking: str
    spend: SpendView | None


def published_page(scope: Scope) -> PublishedPage:
    """Arrange what is published of the scope's school."""
    here, day = queries.published_here(scope), timezone.localdate(scope.at)
    main = [
        each for section in here.sections for measure in section.measures if (each := told(here.tables, measure, day))
    ]
    return PublishedPage(
        title=_title(main),
        school=here.school.name,
        is_empty=not main,
        can=tuple(words.can(main)),
        cannot=tuple(words.cannot(main)),
        parts=tuple(part for each in here.sections if (part := _part(each, here, day)).standings or part.rows),
        gaps=tuple(_gap(each) for each in here.gaps if each.gap.value is not None),
        gaps_hidden=words.hidden([each for each in here.gaps if each.gap.value is None]),
        spreads=tuple(spread_view(each) for each in here.spreads),
        spread_lacking=_lacking(here),
        spend=spend_view(here.spend) if here.spend else None,
    )


def _title(main: Sequence[Told]) -> str:
    if not main:
        return "No published results yet"
    apart = [each for each in main if each.verdict in {Verdict.ABOVE, Verdict.BELOW}]
    if not apart:
        return "Published results: nothing can be told apart from England's"
    stand = "stands" if len(apart) == 1 else "stand"
    return f"Published results: {len(apart)} of {len(main)} figures {stand} apart from England's"


def _lacking(here: PublishedHere) -> str:
    """Return why there is no picture of all schools, where there is none and progress is published."""
    if here.spreads or not any(each.anchor == "progress" for each in here.sections):
        return ""
    return (
        "No intervals of progress are published in the tables brought in here, or of fewer than thirty schools of this "
        "phase, so nobody can say how many schools differ from the average. The Department's full tables hold them."
    )


def _part(section: Section, here: PublishedHere, day: date) -> Part:
    found = [each for measure in section.measures if (each := told(here.tables, measure, day))]
    caption, heads, rows = _lesser(section, here.tables, day)
    standings = tuple(_standing(each, here.tables, day) for each in found)
    return Part(section.title, section.anchor, standings, caption, heads, rows)


# --- one measure


def _standing(each: Told, tables: Tables, day: date) -> Standing:
    return Standing(
        heading=words.heading(each),
        rows=_rows(each),
        missing=words.hatched(each.missing) if each.figure.value is None else "",
        notes=words.notes(each),
        definition=words.definition(each.measure, each.year, each.figure),
        method=method_of(each.measure.code, each.measure.group),
        years=years_of(each.measure.code, tables, day),
    )


def _rows(each: Told) -> tuple[Row, ...]:
    """Return our figure and what it is held against, each with its picture on one scale."""
    unit, beside = each.measure.unit, each.beside
    if each.figure.value is None:
        return ()
    ends = (each.figure.low, each.figure.high, each.figure.value, beside.england, beside.authority)
    scale = drawing.scale_of([*ends, *(beside.middle or ())], span=span_of(each.measure.code))
    rows = [
        (
            "Our school",
            drawing.dot(scale, each.figure, f"Our school: {words.valued(each.figure, unit)}"),
            words.valued(each.figure, unit),
        )
    ]
    for who, value in (("England", beside.england), ("Our local authority", beside.authority)):
        if value is not None:
            shown = words.shown(value, unit)
            rows.append((who, drawing.tick(scale, value, f"{who}: {shown}"), shown))
    if beside.middle:
        shown = f"{words.shown(beside.middle[0], unit)} to {words.shown(beside.middle[1], unit)}"
        said = f"Middle half of {beside.alike} similar schools"
        rows.append((said, drawing.band(scale, beside.middle, f"{said}: {shown}"), shown))
    return tuple(rows)


# --- lesser measures, in one table


def _lesser(section: Section, tables: Tables, day: date) -> tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    if section.anchor == "destinations":
        rows = tuple(row for measure in WENT if (row := _went(measure, tables, day)))
        return "Where pupils went", ("Where", "All our pupils", "Disadvantaged", "All others", "England"), rows
    if section.anchor == "results" and section.measures[0].startswith("ks2"):
        rows = tuple(row for subject, measures in BY_SUBJECT if (row := _subject(measures, tables, day)))
        return "By subject", ("Subject", "Expected standard", "England", "Higher standard", "England, higher"), rows
    return "", (), ()


def _went(measure: str, tables: Tables, day: date) -> tuple[str, ...] | None:
    ours = told(tables, measure, day)
    if ours is None:
        return None
    groups = [
        told(tables, code, day, ours.year) if (code, ours.year) in tables.ours else None for code in pair(measure)
    ]
    said = (
        f"{ours.measure.words.removesuffix(' after key stage 4')}, {academic_year(ours.year)}",
        *(_cell(each) for each in (ours, *groups)),
    )
    return *said, _england(ours)


def _subject(measures: Sequence[str], tables: Tables, day: date) -> tuple[str, ...] | None:
    found = [told(tables, each, day) if each in PUBLISHED else None for each in measures]
    first = next((each for each in found if each), None)
    if first is None:
        return None
    name = words.inside(first.measure.words).partition(" in ")[2]
    cells = [cell for each in found for cell in (_cell(each), _england(each))]
    return f"{name[:1].upper()}{name[1:]}, {academic_year(first.year)}", *cells


def _cell(each: Told | None) -> str:
    if each is None:
        return "not published"
    return words.reason(each.missing) if each.figure.value is None else words.valued(each.figure, each.measure.unit)


def _england(each: Told | None) -> str:
    if each is None or each.beside.england is None:
        return "not published"
    return words.shown(each.beside.england, each.measure.unit)


# --- the gap


def _gap(gap: Gap) -> Standing:
    return Standing(
        heading=words.gap_heading(gap),
        rows=_gap_rows(gap),
        missing="",
        notes=_gap_notes(gap),
        definition=f"{gap.measure.source}, {academic_year(gap.year)}; {_groups(gap)}. Disadvantaged less all others.",
        method="disadvantage-gap" if gap.measure.unit != "%" else "difference-of-shares",
        years=None,
    )


def _gap_rows(gap: Gap) -> tuple[Row, ...]:
    unit = gap.measure.unit
    known = (("Disadvantaged pupils here", gap.disadvantaged), ("All other pupils here", gap.others))
    ends = [end for _, each in known for end in (each.value, each.low, each.high)]
    scale = drawing.scale_of([*ends, gap.others_in_england], span=span_of(gap.measure.code))
    rows = [
        (who, drawing.dot(scale, each, f"{who}: {words.valued(each, unit)}"), words.valued(each, unit))
        for who, each in known
    ]
    if gap.others_in_england is not None:
        shown = words.shown(gap.others_in_england, unit)
        rows.append(
            ("All other pupils in England", drawing.tick(scale, gap.others_in_england, f"England: {shown}"), shown)
        )
    return tuple(rows)


def _groups(gap: Gap) -> str:
    counts = (gap.disadvantaged.n, gap.others.n)
    if not all(counts):
        return "numbers of pupils not published with it"
    return f"{counts[0]:,} disadvantaged pupils and {counts[1]:,} others"


def _gap_notes(gap: Gap) -> str:
    said = []
    if gap.gap.interval:
        low, high = (words.difference(end, gap.measure.unit) for end in gap.gap.interval)
        said.append(f"The interval goes from {low} to {high}.")
    if gap.england is not None:
        said.append(f"In England it was {words.difference(gap.england, gap.measure.unit)}.")
    return " ".join(said)
