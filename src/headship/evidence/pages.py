"""What each page of evidence shows: the Standards profile and the page of one characteristic."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from headship.core import registry
from headship.core.pages import Link, academic_year, ago, in_words, listed, percent
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import queries
from headship.evidence.choices import PROFILE_FRAMEWORKS, year_of
from headship.evidence.drawing import EMPTY_BARS, MeasureShown, bars, bars_words, kinds_words, measure_shown, shortened
from headship.standards import queries as standards
from headship.standards.queries import FrameworkView, Statement

DOMAINS = 4


@dataclass(frozen=True, slots=True)
class StandShown:
    """Where the head stands on a card: state, own words, their date; `seen_by` is for the head's own eyes."""

    state: str
    words: str
    on: str
    seen_by: str


@dataclass(frozen=True, slots=True)
class Card:
    """One characteristic on the profile."""

    code: str
    title: str
    url: str
    stand: StandShown | None
    bars: str
    bars_words: str
    counted: str
    latest: str
    latest_age: str
    measure: MeasureShown | None
    step: str
    step_url: str
    step_by: str
    note: str


@dataclass(frozen=True, slots=True)
class Band:
    """A domain, standard or preamble, and the cards in it. `tint` names its colour."""

    code: str
    title: str
    tint: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """The Standards profile of a school, as one reader may see it."""

    title: str
    whose: str
    framework: str
    status: str
    year: str
    years: tuple[Link, ...]
    frameworks: tuple[Link, ...]
    share: str
    seen_as: str
    own: bool
    carry_url: str
    bands: tuple[Band, ...]
    seen_by: tuple[str, ...]
    scale: str


def profile(scope: Scope, found: FrameworkView, year: int) -> ProfilePage:
    """Return the profile page of the scope's school in a framework and academic year."""
    told = queries.profile(scope, found.id, [each.id for each in found.assessable], year)
    shared = sum(card.stand is not None for card in told.cards.values())
    own = told.head_id == scope.person_id
    all_of_it = told.counts.get(0)
    return ProfilePage(
        title="Standards profile",
        whose=f"{told.head_name}, headteacher" if told.head_id else "Nobody holds the post of headteacher here today",
        framework=f"{found.title} {found.version}".strip(),
        status=found.status,
        year=academic_year(year),
        years=_years(scope, found, year, told.first_year),
        frameworks=_frameworks(scope, found, year),
        share=_share(all_of_it, year),
        seen_as=_seen_as(told, shared, own=own),
        own=own,
        carry_url=reverse("my-standards") if own else "",
        bands=_bands(scope, found, told, year),
        seen_by=SEEN_BY,
        scale=_scale(told),
    )


SEEN_BY = (
    "The headteacher: everything here.",
    "Leaders, governors and staff: the evidence their posts open, and the reflections shared with them.",
    "Nobody else, until the school publishes it.",
)


def _bands(scope: Scope, found: FrameworkView, told: queries.Profile, year: int) -> tuple[Band, ...]:
    make = _CardMaker(scope, found, told, year)
    bands: dict[str, list[Statement]] = {}
    for each in found.assessable:
        bands.setdefault(_root(found, each).code, []).append(each)
    return tuple(
        Band(
            "" if len(statements) == 1 else statements[0].code.split(".")[0].removesuffix("0"),
            found.by_code[code].short_title,
            tint(statements[0]),
            tuple(make.card(each) for each in statements),
        )
        for code, statements in bands.items()
    )


def tint(statement: Statement) -> str:
    """Return which of the domains' five tints a statement wears: its domain's, or one in turn for newer texts."""
    section = statement.code.split(".")[0].lower()
    if not section.isdecimal():
        return "p"
    return section if int(section) <= DOMAINS else str((int(section) - 1) % DOMAINS + 1)


def _root(found: FrameworkView, statement: Statement) -> Statement:
    while statement.parent:
        statement = found.by_code[statement.parent]
    return statement


class _CardMaker:
    """Makes the cards of one profile; holds what all of them need."""

    __slots__ = ("allowed", "most", "own", "scope", "suffix", "today", "told", "urn", "year")

    def __init__(self, scope: Scope, found: FrameworkView, told: queries.Profile, year: int) -> None:
        self.scope, self.told, self.year = scope, told, year
        self.own = told.head_id == scope.person_id
        self.urn = scope.place.key if scope.place else 0
        self.today = timezone.localdate(scope.at)
        self.suffix = in_framework(found.code)
        self.most = _tallest(told)
        self.allowed: dict[str, bool] = {}

    def card(self, statement: Statement) -> Card:
        """Return the card of one characteristic."""
        counted, row = self.told.counts.get(statement.id), self.told.cards.get(statement.id, NOTHING)
        note = not_in_older_text(statement)
        step, step_url, step_by = self._step(statement, row.stand)
        return Card(
            code=statement.code,
            title=statement.short_title,
            url=characteristic_url(self.urn, statement.code) + self.suffix,
            stand=self._stand(row.stand),
            bars=bars(counted.months, self.most) if counted else EMPTY_BARS,
            bars_words=bars_words(counted.months if counted else ()),
            counted=kinds_words(counted.kinds) if counted else "",
            latest=row.latest_words,
            latest_age=ago(row.latest_on, self.today) if row.latest_on else "",
            measure=self._measure(statement),
            step="" if note else step,
            step_url=step_url,
            step_by=step_by,
            note=note,
        )

    def _stand(self, stand: queries.Stand | None) -> StandShown | None:
        if stand is None:
            return None
        seen_by = Visibility(stand.visibility).words if self.own else ""
        return StandShown(stand.state, shortened(stand.words), _on(stand.written_at), seen_by)

    def _step(self, statement: Statement, stand: queries.Stand | None) -> tuple[str, str, str]:
        """Return the head's own next step, or one the house suggests, with its address and date."""
        if stand and stand.next_step:
            return stand.next_step, "", in_words(stand.next_step_by) if stand.next_step_by else ""
        for destination in destinations_for(statement):
            if self._allows(destination):
                return destination.words, school_url(destination.url_name, self.urn), ""
        return "", "", ""

    def _allows(self, destination: registry.Destination) -> bool:
        if destination.code not in self.allowed:
            self.allowed[destination.code] = destination.allows(self.scope) is None
        return self.allowed[destination.code]

    def _measure(self, statement: Statement) -> MeasureShown | None:
        """Return the first measure whose reading has a value, else the first that was read at all."""
        read = [each for each in measures_for(statement) if each.code in self.told.readings]
        valued = (each for each in read if self.told.readings[each.code].value is not None)
        measure = next(valued, read[0] if read else None)
        return measure_shown(measure, self.told.readings[measure.code]) if measure else None


_on = functools.lru_cache(maxsize=8192)(in_words)
NOTHING = queries.CardRow("", None, None)


def not_in_older_text(statement: Statement) -> str:
    """Say of a newer statement that the older text does not have it, with the nearest place where there is one."""
    if statement.framework == standards.DEFAULT:
        return ""
    linked = [each for each in standards.counterparts(statement.id) if each.statement.framework == standards.DEFAULT]
    if any(not each.nearest for each in linked):
        return ""
    nearest = listed([each.statement.code for each in linked])
    return "Not in the 2015 text" + (f"; nearest to {nearest} there" if nearest else "")


def _share(counted: queries.Counted | None, year: int) -> str:
    """Say which part of the evidence came from work, so that nobody mistakes this page for a portfolio to fill."""
    if not counted or not counted.total:
        return f"No evidence yet in {academic_year(year)}. It gathers by itself as work is done in Headship."
    entries, rate = "entry" if counted.total == 1 else "entries", percent(round(counted.from_work / counted.total, 2))
    return f"{counted.from_work:,} of {counted.total:,} {entries} ({rate}) came from doing work elsewhere in Headship."


def _seen_as(told: queries.Profile, shared: int, *, own: bool) -> str:
    if own or not told.head_id:
        return ""
    if not shared:
        return f"You see the evidence open to you. {told.head_name} has not shared reflections with you."
    words = "one reflection" if shared == 1 else f"{shared} reflections"
    return f"You see this as {told.head_name} shares it: {words}, and the evidence open to you."


def _tallest(told: queries.Profile) -> int:
    return max((max(each.months) for key, each in told.counts.items() if key), default=0)


def _scale(told: queries.Profile) -> str:
    most = _tallest(told)
    return f"The tallest bar is {most} {'entry' if most == 1 else 'entries'} in a month." if most else ""


def _years(scope: Scope, found: FrameworkView, year: int, first: int | None) -> tuple[Link, ...]:
    newest = current_year(scope)
    oldest = min(first or newest, year)
    return tuple(
        Link(academic_year(each), profile_url(scope, found.code, each), each == year)
        for each in range(newest, max(oldest, newest - 4) - 1, -1)
    )


def _frameworks(scope: Scope, found: FrameworkView, year: int) -> tuple[Link, ...]:
    others = (standards.framework(code) for code in PROFILE_FRAMEWORKS)
    return tuple(Link(each.version, profile_url(scope, each.code, year), each.code == found.code) for each in others)


def profile_url(scope: Scope, framework: str, year: int) -> str:
    """Return the address of the profile in a framework and year."""
    parts = [f"year={year}"] if year != current_year(scope) else []
    parts += [f"framework={framework}"] if framework != standards.DEFAULT else []
    address = school_url("profile", scope.place.key if scope.place else 0)
    return f"{address}?{'&'.join(parts)}" if parts else address


def in_framework(code: str) -> str:
    """Return what an address adds for a framework that is not the default."""
    return "" if code == standards.DEFAULT else f"?framework={code}"


def current_year(scope: Scope) -> int:
    """Return the academic year of the scope's moment by its first calendar year."""
    return year_of(timezone.localdate(scope.at))


@functools.lru_cache(maxsize=8192)
def characteristic_url(urn: int, code: str) -> str:
    """Return the address of a characteristic's page at a school."""
    return reverse("characteristic", kwargs={"urn": urn, "code": code})


@functools.lru_cache(maxsize=8192)
def school_url(name: str, urn: int) -> str:
    """Return the address of a page of a school."""
    return reverse(name, kwargs={"urn": urn})


def default_codes(statement: Statement) -> tuple[str, ...]:
    """Return the codes of the default framework that a statement stands for: its own, or its counterparts'."""
    if statement.framework == standards.DEFAULT:
        return (statement.code,)
    linked = (each for each in standards.counterparts(statement.id) if not each.nearest)
    return tuple(each.statement.code for each in linked if each.statement.framework == standards.DEFAULT)


def measures_for(statement: Statement) -> list[registry.Measure]:
    """Return the measures that speak to a statement, in the order of the modules."""
    return [each for code in default_codes(statement) for each in _measures().get(code, ())]


def destinations_for(statement: Statement) -> list[registry.Destination]:
    """Return the destinations that modules offer for a statement."""
    return [each for code in default_codes(statement) for each in _destinations().get(code, ())]


@functools.cache
def _measures() -> Mapping[str, list[registry.Measure]]:
    found: dict[str, list[registry.Measure]] = {}
    for measure in registry.measures().values():
        for code in measure.characteristics:
            found.setdefault(code, []).append(measure)
    return found


@functools.cache
def _destinations() -> Mapping[str, list[registry.Destination]]:
    found: dict[str, list[registry.Destination]] = {}
    for destination in (each for module in registry.modules() for each in module.destinations):
        for code in destination.characteristics:
            found.setdefault(code, []).append(destination)
    return found
