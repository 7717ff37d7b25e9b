"""Exactly what Today shows. What waits, what is on and what changed come from the modules' own hooks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from headship.core import registry, together
from headship.core.components import TimelineItem
from headship.core.registry import CalendarEvent, Module, NextAction
from headship.core.roles import BOARD, Role
from headship.core.scope import Scope
from headship.schools.calendar_dates import bounds, year_of
from headship.strategy import pages as strategy
from headship.strategy import queries as decisions

MOST_ACTIONS = 3
MOST_NEWS = 8
MOST_AHEAD = 8
MOST_DECISIONS = 3
WEEK = timedelta(days=6)
PAST_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week with what is on."""

    on: date
    words: str
    events: Sequence[CalendarEvent]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the reader may do or open from here."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The home of everybody with a post at a school.

    `waiting` says in words how many more things wait; `coming` is what follows an empty week; `posts` explains the
    reader's own where nothing else is offered.
    """

    title: str
    day: str
    actions: Sequence[NextAction]
    waiting: str
    done: str
    week: Sequence[Day]
    coming: CalendarEvent | None
    changed: str
    changes: Sequence[TimelineItem]
    since: datetime | None
    offers: Sequence[Offer]
    ahead: Sequence[CalendarEvent]
    decided: Sequence[TimelineItem]
    posts: Sequence[tuple[str, str]]


def today_page(scope: Scope, since: datetime | None, *, program: bool = False) -> TodayPage:
    """Arrange Today for whoever the reader is here. `since` is when they were last here.

    On a first visit it is None, and the past week is told instead. To a `program` nothing is told of what is apart.
    """
    asked = [each for each in registry.modules() if not (program and each.apart)]
    with together.one_page():
        return _today_page(scope, since, asked)


def _today_page(scope: Scope, since: datetime | None, asked: Sequence[Module]) -> TodayPage:
    today = timezone.localdate(scope.at)
    waiting = sorted(
        (each for module in asked for each in module.next_actions(scope)),
        key=lambda each: (each.due_on or date.max, -each.weight),
    )
    on_the_board = scope.has(*BOARD)
    offers = _offers(scope)
    week, ahead = _coming(scope, asked, today, year_ahead=on_the_board)
    decided = [strategy.row(scope, each) for each in decisions.latest(scope, MOST_DECISIONS)] if on_the_board else []
    shown = {each.url for each in decided}  # the board reads them under their own heading, and once is enough
    return TodayPage(
        title="Today",
        day=f"{today:%A} {today.day} {today:%B %Y}",
        actions=waiting[:MOST_ACTIONS],
        waiting=_waiting(len(waiting) - MOST_ACTIONS),
        done="Nothing waits for you. That is all for today." if offers else "",
        week=_days(week),
        coming=None if week else next(iter(ahead), None),
        changed="Since you were last here" if since else "In the past week",
        changes=[each for each in _changes(scope, asked, since or scope.at - PAST_WEEK) if each.url not in shown],
        since=since,
        offers=offers,
        ahead=ahead[:MOST_AHEAD] if on_the_board else (),
        decided=decided,
        posts=() if offers else [(role.words, role.meaning) for role in Role if role in scope.roles],
    )


def _waiting(count: int) -> str:
    if count <= 0:
        return ""
    return f"{'One more thing' if count == 1 else f'{count} more things'} can wait until these are done."


def _offers(scope: Scope) -> list[Offer]:
    """Return what the modules let this reader do from here, and for the board the profile as the head shares it."""
    assert scope.place is not None
    kwargs = {"urn": scope.place.key}
    offered = [
        Offer(each.words, reverse(each.url_name, kwargs=kwargs))
        for module in registry.modules()
        for each in module.destinations
        if each.allows(scope) is None
    ]
    profile = (item for module in registry.modules() for item in module.navigation if item.word == "Standards")
    if scope.has(*BOARD) and (first := next((item for item in profile if item.allows(scope) is None), None)):
        offered.append(Offer("Read the Standards profile", reverse(first.url_name, kwargs=kwargs)))
    return offered


def _coming(
    scope: Scope, asked: Sequence[Module], today: date, *, year_ahead: bool
) -> tuple[list[CalendarEvent], list[CalendarEvent]]:
    """Return what is on this week; and after it in the academic year, if that is wanted, or where the week is empty."""
    last, (_, ends) = today + WEEK, bounds(year_of(today))
    if year_ahead:  # the modules are asked once for both
        found = _events(scope, asked, today, max(last, ends))
        return _inside(found, today, last), _inside(found, last + timedelta(days=1), ends)
    week = _events(scope, asked, today, last)
    return week, [] if week else _events(scope, asked, last + timedelta(days=1), ends)


def _events(scope: Scope, asked: Sequence[Module], since: date, until: date) -> list[CalendarEvent]:
    found = (each for module in asked for each in module.calendar(scope, since, until))
    return sorted(_inside(found, since, until), key=lambda each: (each.on, each.until, each.words))


def _inside(events: Iterable[CalendarEvent], since: date, until: date) -> list[CalendarEvent]:
    return [each for each in events if each.on <= until and each.until >= since]


def _days(events: Iterable[CalendarEvent]) -> list[Day]:
    return [
        Day(on, f"{on:%A} {on.day} {on:%B}", tuple(group)) for on, group in groupby(events, key=lambda each: each.on)
    ]


def _changes(scope: Scope, asked: Sequence[Module], since: datetime) -> list[TimelineItem]:
    news = sorted(
        (each for module in asked for each in module.news(scope, since)),
        key=lambda each: each.at,
        reverse=True,
    )
    return [TimelineItem(timezone.localdate(each.at), each.words, each.url) for each in news[:MOST_NEWS]]
