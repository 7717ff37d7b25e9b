"""What of decisions, rights and reviews waits for a reader, and what is new of them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from headship.core.registry import CalendarEvent, News, NextAction
from headship.core.scope import Scope
from headship.schools.calendar_dates import bounds, year_of
from headship.strategy import (
    journal_queries,
    pages,
    rights_queries,
    rights_rules,
    team_pages,
    team_queries,
    team_rules,
)

SOON, REVIEW_SOON, FROM_MAY = timedelta(days=14), timedelta(days=28), (5, 8)


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield decisions to look back at, reviews to write, areas nobody decides, teams nobody looked at this year."""
    today = timezone.localdate(scope.at)
    for each in journal_queries.mine(scope, today + SOON):
        url = pages.address(scope, "decision-look-back", decision=each.pk)
        yield NextAction(f"Look back: {each.what}"[:120], url, 3, each.review_on, 55)
    for review in team_queries.to_write(scope, today + REVIEW_SOON):
        url = pages.address(scope, "review", review=review.pk)
        yield NextAction("Say what you think of others' decisions", url, 15, review.due_on, 52)
    if rights_rules.edit(scope) is None and (gaps := rights_queries.gaps(scope)):
        more = f" and {len(gaps) - 1} more" if len(gaps) > 1 else ""
        words = f"Say who decides: {gaps[0]}{more}"
        yield NextAction(words[:120], pages.address(scope, "who-decides"), 3, weight=40)
    if today.month in range(*FROM_MAY) and team_rules.edit(scope) is None and team_queries.unreviewed(scope):
        ends_on = bounds(year_of(today))[1]
        url = pages.address(scope, "review-arrange")
        yield NextAction("Arrange for teams to look at each other's decisions", url, 5, ends_on, 45)


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Yield what others looked back at and agreed, and the reviews that were finished."""
    for look in journal_queries.since(scope, since):
        url = pages.address(scope, "decision", decision=look.decision_id)
        yield News(_end(look.on), f"Looked back at: {look.decision.what}", url)
    for each in rights_queries.agreed_since(scope, timezone.localdate(since)):
        url = pages.address(scope, "area", responsibility=each.area_id)
        yield News(each.at, f"Who decides was agreed: {each.name}", url)
    for review in team_queries.done_since(scope, since):
        assert review.done_on is not None  # the query asked for it
        url = pages.address(scope, "review", review=review.pk)
        yield News(_end(review.done_on), f"Written: {team_pages.titled(scope, review)}", url)


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Put the reader's own looks back and reviews on the calendar."""
    for each in journal_queries.between(scope, since, until):
        assert each.review_on is not None  # the query asked for it
        url = pages.address(scope, "decision", decision=each.pk)
        yield CalendarEvent(each.review_on, each.review_on, f"Look back: {each.what}", url=url)
    for review in team_queries.due_between(scope, since, until):
        url = pages.address(scope, "review", review=review.pk)
        yield CalendarEvent(review.due_on, review.due_on, "Reviewing others' decisions is due", url=url)


def _end(day: date) -> datetime:
    """Return the end of a day: these keep no time."""
    return timezone.make_aware(datetime.combine(day, time.max))
