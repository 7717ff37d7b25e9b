"""Exactly what the pages of a whole year's directed time show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.forms import Form
from django.utils.safestring import SafeString

from headship.analysis.directed_time import Sum, told
from headship.core.components import TimelineItem
from headship.core.pages import academic_year, in_words, listed
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people.holders import GONE, Holders, holders
from headship.schools.calendar_dates import bounds
from headship.workload import directed_queries, directed_rules, directed_sums, drawing, limits, pages
from headship.workload.choices import WEEKDAYS, YearState
from headship.workload.directed_queries import Line, Planned
from headship.workload.models import DirectedYear

PAGE, GRID = 50, 100
CHANGES = 15
HOUR = 60
BANDS = ((0, "Too much placed"), (10, "Under 10 h"), (25, "10 to 25 h"), (50, "25 to 50 h"), (100, "50 to 100 h"))
BEYOND = "100 h or more"
PEOPLE_HEADS = ("Who", "Share of full time", "Hours", "Placed", "Left")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person's year on the list."""

    name: str
    url: str
    cells: Sequence[str]
    over: bool


@dataclass(frozen=True, slots=True)
class YearPage:
    """Who has how much left of a year's directed time."""

    title: str
    status: str
    waits: bool
    answer: str
    read: str
    year: int
    version: int
    heads: Sequence[str]
    rows: Sequence[PersonRow]
    earlier: str
    later: str
    picture: SafeString | str
    picture_heads: Sequence[str]
    bands: Sequence[Sequence[str]]
    uncounted: Sequence[tuple[str, str]]
    strays: Sequence[str]
    limit: str
    history: Sequence[TimelineItem]
    cannot_plan: str | None
    can_publish: bool
    slots_url: str
    place_url: str
    publish_url: str
    working_url: str
    shares_url: str
    years: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NoYearPage:
    """Where a year is not planned yet."""

    title: str
    begin_url: str
    terms_url: str
    cannot_plan: str | None
    years: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One thing placed."""

    what: str
    when: str
    each: str
    whom: str
    change_url: str


@dataclass(frozen=True, slots=True)
class SlotsPage:
    """What is placed in a year."""

    title: str
    rows: Sequence[SlotRow]
    earlier: str
    later: str
    cannot_plan: str | None
    place_url: str
    back: str


@dataclass(frozen=True, slots=True)
class SharesPage:
    """The grid of how people work."""

    title: str
    form: Form
    days: Sequence[str]
    earlier: str
    later: str
    back: str


def year_page(scope: Scope, planned: Planned, at: int) -> YearPage:
    """Arrange who has how much left, from the place `at` of the list."""
    of, people = planned.year, holders(scope)
    where = {"year": of.starts_in}
    state = directed_queries.state(of)
    sums = sorted(planned.sums.items(), key=lambda each: (each[1].left, people.names.get(each[0], "")))
    bands = _bands(planned.sums)
    here = pages.address(scope, "directed-year", **where)
    return YearPage(
        title=f"Directed time {academic_year(of.starts_in)}",
        status=state.words,
        waits=state != YearState.PUBLISHED,
        answer=_answer(planned, people),
        read=_read(planned),
        year=of.starts_in,
        version=of.version,
        heads=PEOPLE_HEADS,
        rows=[_person(scope, planned, key, held, people) for key, held in sums[at : at + PAGE]],
        earlier=f"{here}?from={max(at - PAGE, 0)}" if at else "",
        later=f"{here}?from={at + PAGE}" if at + PAGE < len(sums) else "",
        picture=drawing.bars([(name, n, str(n)) for name, n in bands], _drawn(bands)) if sums else "",
        picture_heads=("Left", "People"),
        bands=[(name, str(n)) for name, n in bands],
        uncounted=[(people.names.get(key, GONE), _working_url(scope, of, key)) for key in sorted(planned.uncounted)],
        strays=_strays(planned),
        limit=limits.cited(bounds(of.starts_in)[0]),
        history=_history(of, people),
        cannot_plan=directed_rules.plan(scope),
        can_publish=state != YearState.PUBLISHED and bool(planned.lines),
        slots_url=pages.address(scope, "directed-slots", **where),
        place_url=pages.address(scope, "directed-place", **where),
        publish_url=pages.address(scope, "directed-publish", **where),
        working_url=pages.address(scope, "directed-working-add", **where),
        shares_url=pages.address(scope, "directed-shares", **where),
        years=other_years(scope, of.starts_in),
    )


def no_year_page(scope: Scope, starts_in: int) -> NoYearPage:
    """Arrange how a year is begun."""
    terms = pages.address(scope, "calendar-terms")
    has_days = bool(directed_queries.days_of(scope.school_id, starts_in)[0].days)
    return NoYearPage(
        title=f"Directed time {academic_year(starts_in)}",
        begin_url=pages.address(scope, "directed-begin", year=starts_in) if has_days else "",
        terms_url=f"{terms}?year={starts_in}",
        cannot_plan=directed_rules.plan(scope),
        years=other_years(scope, starts_in),
    )


def shares_page(scope: Scope, year: int, form: Form, at: int, count: int) -> SharesPage:
    """Arrange the grid of how people work, from the place `at` of the list."""
    here = pages.address(scope, "directed-shares", year=year)
    return SharesPage(
        title=f"Shares of full time in {academic_year(year)}",
        form=form,
        days=[each[:3] for each in WEEKDAYS],
        earlier=f"{here}?from={max(at - GRID, 0)}" if at else "",
        later=f"{here}?from={at + GRID}" if at + GRID < count else "",
        back=pages.address(scope, "directed-year", year=year),
    )


def slots_page(scope: Scope, planned: Planned, at: int) -> SlotsPage:
    """Arrange what is placed, what is for all or for groups first, from the place `at` of the list."""
    where = {"year": planned.year.starts_in}
    people, here = holders(scope), pages.address(scope, "directed-slots", **where)
    lines = sorted(planned.lines, key=lambda each: (bool(each.people), not each.everybody, each.kind, each.title))
    return SlotsPage(
        title=f"What is placed in {academic_year(planned.year.starts_in)}",
        rows=[
            SlotRow(
                f"{each.title} ({each.kind.words.lower()})",
                when(each, planned),
                told(each.minutes),
                for_whom(each, people),
                pages.address(scope, "directed-slot", slot=each.key, **where),
            )
            for each in lines[at : at + PAGE]
        ],
        earlier=f"{here}?from={max(at - PAGE, 0)}" if at else "",
        later=f"{here}?from={at + PAGE}" if at + PAGE < len(lines) else "",
        cannot_plan=directed_rules.plan(scope),
        place_url=pages.address(scope, "directed-place", **where),
        back=pages.address(scope, "directed-year", **where),
    )


def when(each: Line, planned: Planned) -> str:
    """Say when something lies in the year."""
    if each.weekday is None:
        return listed(in_words(day) for day in each.dates)
    since = f" from {in_words(each.first_on)}" if each.first_on else ""
    until = f" until {in_words(each.last_on)}" if each.last_on else ""
    count = each.on.bit_count()
    return (
        f"Every {WEEKDAYS[each.weekday]} of the school year{since}{until}: {count} {'time' if count == 1 else 'times'}"
    )


def for_whom(each: Line, people: Holders) -> str:
    """Say whom something is for."""
    if each.everybody:
        return "Everybody counted"
    posts = [f"all of the post {Role(role).words.lower()}" for role in sorted(each.roles)]
    names = sorted(people.names.get(person, GONE) for person in each.people)
    shown = names if len(names) <= 3 else [*names[:3], f"{len(names) - 3} more"]
    return listed([*posts, *shown])


def shares(planned: Planned, person: int) -> str:
    """Say somebody's share of full time, and from when each holds."""
    patterns = planned.patterns[person]
    if len(patterns) == 1 and patterns[0].starts_on <= bounds(planned.year.starts_in)[0]:
        return share(patterns[0].share)
    return listed(f"{share(each.share)} from {in_words(each.starts_on)}" for each in patterns)


def share(of: Fraction) -> str:
    """Say a share of full time.

    >>> share(Fraction(1)), share(Fraction(3, 5)), share(Fraction(0))
    ('full time', '3/5', 'works here no longer')
    """
    if of == 1:
        return "full time"
    return f"{of.numerator}/{of.denominator}" if of else "works here no longer"


def other_years(scope: Scope, starts_in: int) -> list[tuple[str, str]]:
    """Return the years before and after one, as links."""
    return [
        (academic_year(each), pages.address(scope, "directed-year", year=each))
        for each in (starts_in - 1, starts_in + 1)
    ]


def _answer(planned: Planned, people: Holders) -> str:
    if not planned.sums:
        return "Nobody is counted yet."
    if planned.over:
        return f"Too much is placed: {directed_sums.over_told(planned, planned.over, people, lead='')}"
    least = min(planned.sums, key=lambda person: planned.sums[person].left)
    name, held = people.names.get(least, GONE), planned.sums[least]
    return f"Every hour placed for {pages.people(len(planned.sums))} fits. Least is left for {name}: {told(held.left)}."


def _read(planned: Planned) -> str:
    of = planned.year
    if not of.published_version:
        return "Staff are not shown it yet."
    read = f"{directed_queries.read_count(of)} of {len(planned.sums)} have read their statement"
    return f"Published on {in_words(of.published_on)}. {read}."


def _person(scope: Scope, planned: Planned, person: int, held: Sum, people: Holders) -> PersonRow:
    return PersonRow(
        name=people.names.get(person, GONE),
        url=pages.address(scope, "directed-person", year=planned.year.starts_in, person=person),
        cells=(shares(planned, person), told(held.entitled), told(held.placed), told(held.left)),
        over=held.is_over(planned.limits),
    )


def _bands(sums: Mapping[int, Sum]) -> list[tuple[str, int]]:
    counts = dict.fromkeys([*(name for _, name in BANDS), BEYOND], 0)
    for held in sums.values():
        counts[next((name for below, name in BANDS if held.left < below * HOUR), BEYOND)] += 1
    return [(name, count) for name, count in counts.items() if count or name != BANDS[0][1]]


def _drawn(bands: Sequence[tuple[str, int]]) -> str:
    return f"How many people have how much left: {', '.join(f'{name.lower()} {count}' for name, count in bands)}"


def _strays(planned: Planned) -> list[str]:
    """Return what lies on dates that are no days of the school year any more, so that it counts nothing."""
    return [
        f"{each.title}, {in_words(day)}" for each in planned.lines for day in each.dates if not planned.days.on([day])
    ]


def _history(of: DirectedYear, people: Holders) -> list[TimelineItem]:
    rows: Any = of.changes.order_by("-pk")[:CHANGES]
    return [TimelineItem(each.on, each.words, by=people.names.get(each.by_id, GONE)) for each in rows]


def _working_url(scope: Scope, of: DirectedYear, person: int) -> str:
    return pages.address(scope, "directed-working", year=of.starts_in, person=person)
