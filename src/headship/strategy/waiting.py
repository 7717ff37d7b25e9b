"""What of the strategy waits for a reader, and what is new."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from headship.core.registry import CalendarEvent, News, NextAction
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people.holders import here
from headship.strategy import journal_waiting, pages, plan_queries, rules, vision_queries, vision_rules
from headship.strategy.choices import VisionState

SOON = timedelta(days=14)


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield what waits: a vision the board agreed is published by the head."""
    if rules.see_decisions(scope) is not None:
        return
    waits = vision_queries.drafted(scope) if scope.has(*vision_rules.PUBLISHERS) else None
    if waits and waits.state == VisionState.AGREED:
        yield NextAction("Publish the vision the board agreed", pages.address(scope, "vision", vision=waits.pk), 2)
    present = here(scope) if scope.has(Role.HEADTEACHER) else None  # what nobody here answers for is the head's
    for each in plan_queries.owned(scope, timezone.localdate(scope.at) + SOON, present):
        url = pages.address(scope, "planned-action", planned=each.pk)
        yield NextAction(f"Say how far it is: {each.what}"[:120], url, 3, each.due_on, 55)

    yield from journal_waiting.next_actions(scope)


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Yield a vision that was published since the reader was here."""
    if found := vision_queries.published_since(scope, since):
        assert found.published_on is not None  # the query asked for it
        url = pages.address(scope, "vision", vision=found.pk)
        yield News(_end(found.published_on), "Our vision was published", url)
    for each in plan_queries.done_since(scope, since):
        assert each.done_on is not None  # the same
        url = pages.address(scope, "planned-action", planned=each.pk)
        yield News(_end(each.done_on), f"Done, as planned: {each.what}", url)
    yield from journal_waiting.news(scope, since)


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Put the milestones of the plan on the calendar."""
    if rules.see_decisions(scope) is None:
        for each in plan_queries.milestones_between(scope, since, until):
            url = pages.address(scope, "planned-action", planned=each.action_id)
            yield CalendarEvent(each.due_on, each.due_on, f"Milestone: {each.words}", url=url)
        yield from journal_waiting.calendar(scope, since, until)


def _end(day: date) -> datetime:
    """Return the end of a day: plans keep no time."""
    return timezone.make_aware(datetime.combine(day, time.max))
