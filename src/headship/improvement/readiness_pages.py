"""Exactly what the pages of readiness show: what there is, what is thin, in words; no grade, no score, no colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from headship.analysis.evidence_gaps import Gap, Thin
from headship.core import registry
from headship.core.components import TimelineItem
from headship.core.pages import Link, academic_year, in_words, listed
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence.characteristic_pages import source_url
from headship.evidence.pages import destinations_for, school_url
from headship.improvement import readiness_queries, rules
from headship.improvement.areas import Area, AreaSet
from headship.improvement.models import ReadinessNote
from headship.improvement.readiness_queries import Live
from headship.people.holders import Holders, holders
from headship.standards import queries as standards
from headship.strategy.pages import address

MOST_TO_DO = 3
NOT_MAPPED = "This area is not mapped yet to the Standards, so nothing is counted for it."


@dataclass(frozen=True, slots=True)
class AreaCard:
    """One area: what there is, what is thin, what to do next, and what leaders say of it."""

    name: str
    url: str
    anchor: str
    only_where: str
    read_with: str
    counted: str
    latest: Sequence[TimelineItem]
    measures: Sequence[str]
    thin: Sequence[str]
    next: Sequence[Link]
    show: str
    doing: str
    noted: str


@dataclass(frozen=True, slots=True)
class ReadinessPage:
    """Every area of inspection, and where the list of them stands."""

    title: str
    named: str
    source: str
    said: str
    thin: Sequence[Link]
    cards: Sequence[AreaCard]
    cannot_write: str | None
    document_url: str
    method_url: str


@dataclass(frozen=True, slots=True)
class AreaPage:
    """One area, and what leaders wrote of it over time."""

    title: str
    card: AreaCard
    history: Sequence[TimelineItem]
    cannot_write: str | None
    note_url: str
    back: str


def readiness_page(scope: Scope, classes: frozenset[Visibility] | None = None) -> ReadinessPage:
    """Arrange every area, in entries of these classes or of all that the reader opens."""
    held = readiness_queries.areas_of(scope)
    found = readiness_queries.live(scope, held.areas, scope.opens if classes is None else classes)
    notes, people = readiness_queries.notes(scope, held.inspectorate), holders(scope)
    thin_ones = [each.area for each in found if each.gaps]
    return ReadinessPage(
        title="Readiness",
        named=held.named,
        source=held.source,
        said=f"{len(thin_ones) or 'None'} of {len(found)} {'is' if len(thin_ones) in {0, 1} else 'are'} thin",
        thin=[Link(each.name, f"#{_anchor(each)}", False) for each in thin_ones],
        cards=[_card(scope, each, notes.get(each.area.code), people) for each in found],
        cannot_write=rules.keep(scope),
        document_url=address(scope, "readiness-document"),
        method_url=address_of_method(),
    )


def area_page(scope: Scope, held: AreaSet, area: Area) -> AreaPage:
    """Arrange one area."""
    (found,) = readiness_queries.live(scope, [area], scope.opens)
    history, people = readiness_queries.versions(scope, held.inspectorate, area.code), holders(scope)
    return AreaPage(
        title=area.name,
        card=_card(scope, found, history[0] if history else None, people),
        history=[
            TimelineItem(it.on, it.show or it.doing, by=people.told(it.by_id), note=it.doing if it.show else "")
            for it in history
        ],
        cannot_write=rules.keep(scope),
        note_url=address(scope, "readiness-note", area=area.code),
        back=address(scope, "readiness"),
    )


def counted(live: Live) -> str:
    """Say what there is, the commonest kind first."""
    if not live.area.characteristics:
        return NOT_MAPPED
    if not live.kinds:
        return "Nothing in the last twelve months that you can see."
    return f"In the last twelve months: {listed(_kind(code, count) for code, count in live.kinds)}."


def thin(gap: Gap) -> str:
    """Say one way in which evidence is thin."""
    if gap.thin == Thin.NOTHING:
        return "Nothing was recorded in the last twelve months."
    if gap.thin == Thin.OLD:
        return f"Nothing new for {gap.months} months."
    if gap.thin == Thin.ONE_KIND:
        return f"All of it is of one kind: {_named(gap.kind, 2)}."
    return "All of it was typed in; nothing came from work done here."


def address_of_method() -> str:
    """Return where it is told how gaps are found."""
    return reverse("method", kwargs={"method": "evidence-gaps"})


def _card(scope: Scope, live: Live, note: ReadinessNote | None, people: Holders) -> AreaCard:
    return AreaCard(
        name=live.area.name,
        url=address(scope, "readiness-area", area=live.area.code),
        anchor=_anchor(live.area),
        only_where=live.area.only_where,
        read_with=listed(live.area.characteristics),
        counted=counted(live),
        latest=[
            TimelineItem(each.occurred_on, each.words, url=source_url(scope, each.source), by=_named(each.kind, 1))
            for each in live.latest
        ],
        measures=[
            f"{measure.words}: {reading.words} ({academic_year(reading.year)})" for measure, reading in live.readings
        ],
        thin=[thin(each) for each in live.gaps],
        next=_next(scope, live),
        show=note.show if note else "",
        doing=note.doing if note else "",
        noted=f"{people.told(note.by_id)}, {in_words(note.on)}" if note else "",
    )


def _anchor(area: Area) -> str:
    """Return the mark of an area on the page."""
    return f"area-{area.code}"


def _kind(code: str, count: int) -> str:
    return f"{count:,} {_named(code, count)}"


def _named(code: str, count: int) -> str:
    """Return what a kind of evidence is called, of one or of more."""
    known = registry.evidence_kinds().get(code)
    return (known.words if count == 1 else known.plural) if known else "of a kind no longer kept"


def _next(scope: Scope, live: Live) -> list[Link]:
    """Return what would add to it by being done, where it is thin: what modules offer this reader."""
    if not live.gaps or scope.place is None:
        return []
    found: dict[str, Link] = {}
    by_code = standards.framework().by_code
    for code in live.area.characteristics:
        for each in destinations_for(by_code[code]):
            if each.code not in found and each.allows(scope) is None:
                found[each.code] = Link(each.words, school_url(each.url_name, scope.place.key), False)
    return list(found.values())[:MOST_TO_DO]
