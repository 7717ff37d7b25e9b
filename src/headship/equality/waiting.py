"""What of equality waits for a reader, what is new, and what stands on the calendar."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from headship.core.pages import in_words
from headship.core.registry import CalendarEvent, News, NextAction
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.equality import queries, rules
from headship.equality.choices import CheckState
from headship.equality.models import Aim, Check
from headship.people.holders import here
from headship.strategy.pages import address

SOON = timedelta(days=14)
SOON_PUBLISHED = timedelta(days=42)  # to write it and let others read it


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield the reader's own reviews and checks; to the head what is published anew, and what nobody answers for."""
    if rules.read(scope) is not None:
        return
    head, until = scope.has(Role.HEADTEACHER), timezone.localdate(scope.at) + SOON
    present = here(scope) if head else None  # what nobody here answers for is the head's
    for each in queries.aims_due(scope, until, present):
        yield _review(scope, each)
    for check in queries.due(scope, until, present):
        yield _check(scope, check)
    if head:
        yield from _duties(scope)


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Yield what was published since the reader was here."""
    if rules.read(scope) is not None:
        return
    found, told = queries.published_since(scope, since)
    for each in found:
        assert each.published_on is not None  # the query asked for it
        url = address(scope, "equality-objective", aim=each.pk)
        yield News(_end(each.published_on), f"New equality objective: {each.words}", url)
    if told:
        assert told.published_on is not None  # the same
        url = address(scope, "equality-information")
        yield News(_end(told.published_on), "Our equality information was published", url)


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Put the reviews of equality objectives on the calendar."""
    if rules.read(scope) is None:
        for each in queries.aims_between(scope, since, until):
            url = address(scope, "equality-objective", aim=each.pk)
            yield CalendarEvent(each.review_on, each.review_on, f"Equality objective reviewed: {each.words}", url=url)


def _duties(scope: Scope) -> Iterator[NextAction]:
    today = timezone.localdate(scope.at)
    duties = (
        ("equality objectives", queries.objectives_duty(scope), "equality-objectives"),
        ("equality information", queries.information_duty(scope), "equality-information"),
    )
    if not any(duty.published_on for _, duty, _ in duties) and not queries.begun(scope):
        return
    for what, duty, name in duties:
        if duty.due_on is None:
            yield NextAction(f"Publish {what}: none has been published here", address(scope, name), 40, None, 60)
        elif duty.due_on <= today + SOON_PUBLISHED:
            words = f"Publish {what} anew: last published on {in_words(duty.published_on)}"
            yield NextAction(words, address(scope, name), 20, duty.due_on, 60)


def _review(scope: Scope, each: Aim) -> NextAction:
    url = address(scope, "equality-objective", aim=each.pk)
    return NextAction(f"Say what came of an equality objective: {each.words}"[:120], url, 5, each.review_on, 55)


def _check(scope: Scope, each: Check) -> NextAction:
    done = each.state == CheckState.DONE
    words = f"{'Look again at' if done else 'Make'} the equality check: {queries.subject(each).words}"[:120]
    url = address(scope, "equality-check", check=each.pk)
    return NextAction(words, url, 10 if done else 20, each.review_on if done else each.due_on, 55)


def _end(day: date) -> datetime:
    """Return the end of a day: objectives keep no time."""
    return timezone.make_aware(datetime.combine(day, time.max))
