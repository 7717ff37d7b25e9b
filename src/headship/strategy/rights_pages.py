"""Exactly what the pages of who decides what show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.utils import timezone
from django.utils.safestring import SafeString

from headship.core.components import TimelineItem
from headship.core.pages import in_words, listed
from headship.core.scope import Scope
from headship.strategy import pages, rights_drawing, rights_queries, rights_rules
from headship.strategy.models import Area
from headship.strategy.rights_choices import Part, Party
from headship.strategy.rights_queries import AreaNow, Everybody, Held, Load, Map

LOAD_HEADS = ("Who", "Decides", "Is consulted on")
LIST_HEADS = ("Area", "Decides", "Is consulted", "Is told", "Since")
PARTS = (Part.DECIDES, Part.CONSULTED, Part.TOLD)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One area across everybody."""

    name: str
    url: str
    cells: Sequence[str]
    wanting: bool


@dataclass(frozen=True, slots=True)
class RightsPage:
    """Who decides what, on one screen."""

    title: str
    said: str
    heads: Sequence[str]
    matrix: Sequence[MatrixRow]
    rows: Sequence[Sequence[str]]
    overlaps: Sequence[tuple[str, str, str]]
    gaps: Sequence[tuple[str, str, str]]
    loads: Sequence[Sequence[str]]
    flagged: Sequence[str]
    picture: SafeString | str
    next_words: str
    next_url: str
    cannot_edit: str | None
    add_url: str
    take_url: str
    document_url: str
    day_url: str


@dataclass(frozen=True, slots=True)
class AreaPage:
    """One area: who decides it today, and who did before."""

    title: str
    words: str
    facts: Sequence[tuple[str, str]]
    wanting: str
    ended: str
    history: Sequence[TimelineItem]
    version: int
    cannot_edit: str | None
    change_url: str
    end_url: str
    decisions_url: str
    back: str


@dataclass(frozen=True, slots=True)
class DayPage:
    """Who decided what on a day."""

    title: str
    form: Form
    said: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    back: str


def rights_page(scope: Scope) -> RightsPage:
    """Arrange the map of today."""
    found = rights_queries.today(scope)
    columns, loads = found.columns, found.loads
    overlaps, gaps = _pointed(scope, found.overlaps), _pointed(scope, found.gaps)
    wanting = {each.key for each, _ in (*found.overlaps, *found.gaps)}
    add_url = pages.address(scope, "area-add")
    return RightsPage(
        title="Who decides what",
        said=said(found),
        heads=["Area", *(found.who.called(each) for each in columns), *(["Also told"] if columns else [])],
        matrix=[
            MatrixRow(
                each.name,
                pages.address(scope, "area", responsibility=each.key),
                _cells(each, found.who, columns),
                each.key in wanting,
            )
            for each in found.areas
        ],
        rows=rows(found),
        overlaps=overlaps,
        gaps=gaps,
        loads=[(found.who.told(each.party), str(each.decides), str(each.consulted)) for each in loads],
        flagged=[flag(each, found) for each in loads if each.far_more],
        picture=_drawn(found, loads) if loads else "",
        next_words=f"Say who decides: {gaps[0][0]}" if gaps else "Add an area",
        next_url=pages.address(scope, "area-change", responsibility=found.gaps[0][0].key) if gaps else add_url,
        cannot_edit=rights_rules.edit(scope),
        add_url=add_url,
        take_url=pages.address(scope, "areas-take"),
        document_url=pages.address(scope, "who-decides-document"),
        day_url=pages.address(scope, "who-decides-on-a-day"),
    )


def said(found: Map) -> str:
    """Say in a sentence how the map stands."""
    count, overlaps, gaps = len(found.areas), len(found.overlaps), len(found.gaps)
    if not count:
        return ""
    areas = "One area" if count == 1 else f"{count} areas"
    if not overlaps and not gaps:
        return f"{areas}, and somebody decides each."
    parts = [
        *([f"{gaps} that nobody decides"] if gaps else []),
        *([f"{overlaps} that more than one decides"] if overlaps else []),
    ]
    return f"{areas}, of them {listed(parts)}."


def rows(found: Map) -> list[tuple[str, ...]]:
    """Return the areas as a list: who has which part, and since when."""
    return [
        (each.name, *(parts(found.who, each.of(part)) or "Nobody" for part in PARTS), in_words(each.since))
        for each in found.areas
    ]


def parts(who: Everybody, held: Sequence[Held]) -> str:
    """Return who has a part, each within the limit."""
    return "; ".join(f"{who.told(each.party)}{f' ({each.limit})' if each.limit else ''}" for each in held)


def flag(each: Load, found: Map) -> str:
    """Say of somebody that they decide far more than the others do."""
    who = found.who.told(each.party)
    return (
        f"{who} decides {each.decides} of {len(found.areas)} areas, far more than the others. "
        "Is there one that somebody closer to it could decide?"
    )


def area_page(scope: Scope, of: Area) -> AreaPage:
    """Arrange one area."""
    who, versions = rights_queries.everybody(scope), rights_queries.versions(of)
    stands = rights_queries.stands(versions[0])
    alone = Map([stands], who)
    over = [f"More than one decides: {words}" for _, words in alone.overlaps]
    facts = [(part.words, parts(who, stands.of(part)) or "Nobody") for part in PARTS]
    return AreaPage(
        title=stands.name,
        words=stands.words,
        facts=[*facts, ("Since", in_words(stands.since))],
        wanting=next(iter([*(words for _, words in alone.gaps), *over]), ""),
        ended=f"Off the map since {in_words(of.ended_on)}." if of.ended_on else "",
        history=[
            TimelineItem(
                each.since, f"Decides: {parts(who, rights_queries.stands(each).of(Part.DECIDES)) or 'nobody'}",
                by=who.people.told(each.by_id), note=each.name,
            )
            for each in versions
        ],
        version=of.version,
        cannot_edit=rights_rules.edit(scope),
        change_url=pages.address(scope, "area-change", responsibility=of.pk),
        end_url=pages.address(scope, "area-end", responsibility=of.pk),
        decisions_url=f"{pages.address(scope, 'decisions')}?area={of.pk}",
        back=pages.address(scope, "who-decides"),
    )  # fmt: skip


def day_page(scope: Scope, form: Form, day: date | None) -> DayPage:
    """Arrange who decided what on a day."""
    found = rights_queries.on_day(scope, day) if day and day <= timezone.localdate(scope.at) else None
    shown = rows(found) if found else []
    return DayPage(
        title="Who decided what on another day",
        form=form,
        said=f"Nothing was agreed yet on {in_words(day)}." if day and not shown else "",
        heads=LIST_HEADS,
        rows=shown,
        back=pages.address(scope, "who-decides"),
    )


def hint(scope: Scope, area: int) -> tuple[str, str] | None:
    """Say who decides an area where the map does not let the reader, with the page of it; else nothing."""
    if rights_queries.may_decide(scope, area) is not False:
        return None
    of = rights_queries.area(scope, area)
    assert of is not None  # somebody holds a part in it
    stands = rights_queries.stands(rights_queries.versions(of)[0])
    who = parts(rights_queries.everybody(scope), stands.of(Part.DECIDES))
    return f"The map says that {who} decides this.", pages.address(scope, "area", responsibility=area)


def _pointed(scope: Scope, found: Sequence[tuple[AreaNow, str]]) -> list[tuple[str, str, str]]:
    return [(each.name, said, pages.address(scope, "area", responsibility=each.key)) for each, said in found]


def _cells(area: AreaNow, who: Everybody, columns: Sequence[Party]) -> list[str]:
    """Return an area's parts by column; whoever is told and has no column stands in the last."""
    others = [each for each in area.of(Part.TOLD) if who.seat(each.party) not in columns]
    return [*(_cell(area, who, column) for column in columns), parts(who, others)]


def _cell(area: AreaNow, who: Everybody, column: Party) -> str:
    held = [each for each in area.held if who.seat(each.party) == column]
    if not held:
        return ""
    first = min(held, key=lambda each: PARTS.index(each.part))
    return {Part.DECIDES: "Decides", Part.CONSULTED: "Consulted", Part.TOLD: "Told"}[first.part] + (
        f", {first.limit}" if first.limit else ""
    )


def _drawn(found: Map, loads: Sequence[Load]) -> SafeString:
    shown = [(found.who.told(each.party), each.decides, each.consulted) for each in loads]
    told = ", ".join(f"{name} {decides}" for name, decides, _ in shown if decides) or "nobody yet"
    return rights_drawing.loads(shown, f"How many areas each decides: {told}. The table says the same.")
