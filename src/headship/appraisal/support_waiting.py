"""What of support waits for a reader and is due. Words that say as little as they can: others see a screen."""

from collections.abc import Iterator
from datetime import date, timedelta

from headship.appraisal import support_queries as queries
from headship.appraisal import support_rules as rules
from headship.appraisal.support_pages import address
from headship.core.registry import CalendarEvent, NextAction
from headship.core.scope import Scope

SOON = timedelta(days=7)


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield what waits: to reply, or to hold a review."""
    if rules.open_list(scope) is None:
        for each in queries.waiting(scope, queries.today_of(scope) + SOON):
            url = address(scope, "support", support=each.support.pk)
            words = "Reply: something was written to you" if each.reply else "Hold a review, and note what was seen"
            yield NextAction(words, url, 10, each.due_on, 70)


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Yield the days of reviews the reader knows of: a calendar lies open, so it says no more."""
    if rules.open_list(scope) is None:
        for each in queries.reviews_between(scope, since, until):
            yield CalendarEvent(
                each.due_on, each.due_on, "A review", url=address(scope, "support", support=each.support_id)
            )
