"""What of workload waits for a reader, what is new, and their own directed time in the calendar."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from headship.analysis.directed_time import told
from headship.core.pages import academic_year
from headship.core.registry import CalendarEvent, News, NextAction
from headship.core.roles import STAFF, Role
from headship.core.scope import Scope
from headship.people.holders import here
from headship.schools.calendar_dates import year_of
from headship.workload import directed_queries, directed_rules, pages, queries, rules, statement_pages

SOON = timedelta(days=14)
MINUTES = 3


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield demands to review and to weigh, and a statement to read."""
    today = timezone.localdate(scope.at)
    if rules.propose(scope) is None:
        present = here(scope).filter(role__in=STAFF) if scope.has(Role.HEADTEACHER) else None
        for each in queries.to_review(scope, today + SOON, present):
            url = pages.address(scope, "demand-review", demand=each.pk)
            yield NextAction(f"Review what staff are asked for: {each.title}"[:120], url, MINUTES, each.review_on, 55)
    if rules.weigh(scope) is None:
        for each in queries.to_weigh(scope):
            url = pages.address(scope, "demand", demand=each.pk)
            yield NextAction(f"Weigh what was proposed: {each.title}"[:120], url, MINUTES, weight=50)
    if directed_rules.own(scope) is None:
        found = directed_queries.unread(scope, year_of(today))
        if found:
            words = f"Read your directed time of {academic_year(found.starts_in)}"
            yield NextAction(words, pages.address(scope, "my-directed-time"), MINUTES, weight=60)


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Yield a year's directed time that was published since the reader was here, where it concerns them."""
    if directed_rules.own(scope) is not None:
        return
    found = directed_queries.year(scope, year_of(timezone.localdate(scope.at)))
    on = found.published_on if found and directed_queries.concerns(scope, found) else None
    if on and on >= timezone.localdate(since):
        at = timezone.make_aware(datetime.combine(on, time.max))
        yield News(at, "Directed time was published", pages.address(scope, "my-directed-time"))


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Put the reader's own published directed time on their calendar, but for what every week repeats."""
    if directed_rules.own(scope) is None:
        yield from events(scope, since, until)


def events(scope: Scope, since: date, until: date, *, every: bool = False) -> Iterator[CalendarEvent]:
    """Yield the reader's own published directed time between two days; every hour of it, or dates and meetings."""
    url = pages.address(scope, "my-directed-time")
    for starts_in in range(year_of(since), year_of(until) + 1):
        planned = directed_queries.published(scope, starts_in, None if every else (since, until))
        if planned is None or scope.person_id not in planned.patterns:
            continue
        for line, named in planned.concerning(scope.person_id):
            held = statement_pages.days_of(planned, scope.person_id, line, named=named)
            for day in planned.days.held(held & planned.days.span(since, until)):
                words = f"{line.title} ({told(line.minutes)} of directed time)"
                yield CalendarEvent(day, day, words, url=url)
