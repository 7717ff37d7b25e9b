"""What waits for a reader, and what changed since they were last here."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse

from headship.core.registry import News, NextAction
from headship.core.scope import Scope
from headship.evidence import pages, queries, rules
from headship.standards import queries as standards

FRESH = timedelta(days=180)


def next_actions(scope: Scope) -> Iterable[NextAction]:
    """Yield at most one thing for a head: the first standard they have not looked at for half a year."""
    if scope.place is None or scope.place.kind != "school" or rules.reflect(scope):
        return
    if not standards.frameworks():
        return  # a new installation, before its frameworks are loaded
    found = queries.waiting(scope, [each.id for each in standards.framework().assessable], scope.at - FRESH)
    if found is not None:
        statement = standards.statement(found)
        yield NextAction(
            words=f"Say where you stand on {statement.code} {statement.short_title}",
            url=reverse("reflect", kwargs={"urn": scope.place.key, "code": statement.code}),
            minutes=2,
            weight=30,
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
