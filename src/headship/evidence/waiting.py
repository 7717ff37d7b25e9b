"""What waits for a reader, and what changed since they were last here."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from headship.core.registry import News, NextAction
from headship.core.scope import Scope
from headship.evidence import pages, queries, rules
from headship.evidence.drawing import shortened
from headship.evidence.models import Reflection
from headship.standards import queries as standards

FRESH = timedelta(days=180)
SOON, LATE = timedelta(days=14), timedelta(days=30)
SAYING = 2  # minutes
LONGEST_STEP = 90


def next_actions(scope: Scope) -> Iterable[NextAction]:
    """Yield a head's own next steps that are due, and the first standard they have not looked at for half a year.

    A step stays for a month after its day; the half-yearly look asks about older ones by itself.
    """
    if scope.place is None or scope.place.kind != "school" or rules.reflect(scope):
        return
    if not standards.frameworks():
        return  # a new installation, before its frameworks are loaded
    today = timezone.localdate(scope.at)
    yield from (_due(scope.place.key, each, today) for each in queries.steps_due(scope, today - LATE, today + SOON))
    found = queries.waiting(scope, [each.id for each in standards.framework().assessable], scope.at - FRESH)
    if found is not None:
        statement = standards.statement(found)
        yield NextAction(
            words=f"Say where you stand on {statement.code} {statement.short_title}",
            url=reverse("reflect", kwargs={"urn": scope.place.key, "code": statement.code}),
            minutes=SAYING,
            weight=30,
        )


def _due(urn: int, stand: Reflection, today: date) -> NextAction:
    """Return a head's own next step; once its day has passed, the question how it went."""
    of, step = stand.characteristic, shortened(stand.next_step, LONGEST_STEP)
    past = stand.next_step_by is not None and stand.next_step_by < today
    return NextAction(
        words=f"Say how it went: {step}" if past else step,
        url=reverse("reflect", kwargs={"urn": urn, "code": of.code}) + pages.in_framework(of.framework.code),
        minutes=SAYING if past else 0,
        due_on=stand.next_step_by,
        weight=40,
    )


def news(scope: Scope, since: datetime) -> Iterable[News]:
    """Yield what the head opened to the reader, and how many figures were brought up to date."""
    if scope.place is None or scope.place.kind != "school" or rules.see_profile(scope):
        return
    for each in queries.shown_since(scope, since):
        url = pages.characteristic_url(scope.place.key, each.characteristic.code)
        words = f"{each.person.name} shared where they stand on {each.characteristic.code}"
        yield News(each.shown_at or each.written_at, words, url)
    count, last = queries.read_since(scope, since)
    if last:
        words = "One figure was brought up to date" if count == 1 else f"{count} figures were brought up to date"
        yield News(last, words, reverse("profile", kwargs={"urn": scope.place.key}))
