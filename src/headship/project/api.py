"""Today for programs: what waits for the reader, what is on, and what changed."""

from datetime import date, datetime

from django.utils import timezone
from pydantic import AwareDatetime

from headship.core.scope import Scope
from headship.core.shapes import Given, OfSchool, Personal
from headship.project import pages


class ActionGiven(Given):
    """Something that waits for the reader, and the page where it is done; `minutes` 0: nobody knows."""

    words: Personal[str]
    url: OfSchool[str]
    minutes: OfSchool[int]
    due_on: Personal[date | None]


class EventGiven(Given):
    """Something that is on."""

    on: OfSchool[date]
    until: OfSchool[date]
    words: Personal[str]


class NewsGiven(Given):
    """Something that changed, and its page."""

    on: OfSchool[date]
    words: Personal[str]
    url: OfSchool[str]


class TodayGiven(Given):
    """Today as its page tells it: at most three things that wait, the week, and what changed."""

    on: OfSchool[date]
    actions: list[ActionGiven]
    week: list[EventGiven]
    changes: list[NewsGiven]


def today(scope: Scope, since: AwareDatetime | None = None) -> TodayGiven:
    """Read what waits for the person, what is on this week, and what changed since a moment (else in a week)."""
    page = pages.today_page(scope, _within_reach(scope, since), program=True)
    return TodayGiven(
        on=timezone.localdate(scope.at),
        actions=[ActionGiven.of(each) for each in page.actions],
        week=[EventGiven.of(event) for day in page.week for event in day.events],
        changes=[NewsGiven.of(each) for each in page.changes],
    )


def _within_reach(scope: Scope, since: datetime | None) -> datetime | None:
    """Return a moment that a calendar reaches; what changed before last year is no news."""
    return since if since is None or since.year >= scope.at.year - 1 else None
