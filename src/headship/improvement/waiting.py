"""What of improvement waits for a reader, what is new, and what stands in the calendar."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from headship.core.registry import CalendarEvent, News, NextAction
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.improvement import bet_queries, habit_queries, horizon_queries, rules
from headship.improvement.choices import BetState
from headship.people.holders import here
from headship.strategy.pages import address

SOON = timedelta(days=14)


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield what waits: bets to decide, what is to be read, habits to question, and proposals for the head."""
    if rules.see(scope) is not None:
        return
    yield from _bets(scope)
    present = here(scope) if scope.has(Role.HEADTEACHER) else None  # what nobody here answers for is the head's
    for item in horizon_queries.mine(scope, present):
        url = address(scope, "horizon-read", item=item.pk)
        yield NextAction(f"Say what it means for us: {item.title}"[:120], url, 5, item.read_by, 55)
    for habit in habit_queries.mine(scope, timezone.localdate(scope.at) + SOON, present):
        url = address(scope, "habit-review", habit=habit.pk)
        yield NextAction(f"Ask what it rests on: {habit.practice}"[:120], url, 10, habit.review_on, 50)


def _bets(scope: Scope) -> Iterator[NextAction]:
    """Yield bets that ask for a decision: to whoever answers for them, to the head once a week has passed."""
    head, late = scope.has(Role.HEADTEACHER), timezone.localdate(scope.at) - bet_queries.LATE
    for each in bet_queries.asking(scope):
        asked, url = bet_queries.asks_on(each), address(scope, "bet-decide", bet=each.pk)
        if each.owner_id == scope.person_id:
            yield NextAction(f"Continue, stop or scale: {each.title}"[:120], url, 10, asked, 70)
        elif head and asked <= late:
            yield NextAction(f"Nobody decided it: {each.title}"[:120], url, 10, asked, 70)
    if head:
        for each in bet_queries.proposed(scope):
            yield NextAction(f"Let it run, or not: {each.title}"[:120], address(scope, "bet", bet=each.pk), 5, None, 45)


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Yield bets that others decided, and what they put on the horizon."""
    if rules.see(scope) is not None:
        return
    for each in bet_queries.decided_since(scope, since):
        words = f"{BetState(each.to).words}, and what we learned: {each.bet.title}"
        yield News(_end(each.on), words, address(scope, "bet", bet=each.bet_id))
    for item in horizon_queries.noted_since(scope, since):
        url = address(scope, "horizon-item", item=item.pk)
        yield News(_end(item.noted_on), f"On the horizon: {item.title}", url)


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Put stop dates, days on which habits are questioned, and what is expected on a day on the calendar."""
    if rules.see(scope) is not None:
        return
    for each in bet_queries.stops_between(scope, since, until):
        url = address(scope, "bet", bet=each.pk)
        yield CalendarEvent(each.stops_on, each.stops_on, f"A bet stops: {each.title}", url=url)
    for habit in habit_queries.between(scope, since, until):
        assert habit.review_on is not None  # the query asked for it
        url = address(scope, "habit", habit=habit.pk)
        yield CalendarEvent(habit.review_on, habit.review_on, f"A habit is questioned: {habit.practice}", url=url)
    for item in horizon_queries.expected_between(scope, since, until):
        assert item.expected_on is not None  # the same
        url = address(scope, "horizon-item", item=item.pk)
        yield CalendarEvent(item.expected_on, item.expected_on, f"Expected: {item.title}", url=url)


def _end(day: date) -> datetime:
    """Return the end of a day: what was decided keeps no time."""
    return timezone.make_aware(datetime.combine(day, time.max))
