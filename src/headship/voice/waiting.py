"""What of surveys waits for a reader, and what is new."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from headship.core.registry import News, NextAction
from headship.core.scope import Scope
from headship.voice import pages, paper_queries, queries, rules, share_queries
from headship.voice.choices import State

SOON = timedelta(days=7)


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield what the reader's own surveys and promises ask for."""
    today = timezone.localdate(scope.at)
    for each in queries.run_by(scope):
        url = pages.address(scope, "survey", survey=each.pk)
        if each.state == State.OPEN and each.closes_on < today:
            yield NextAction(f"Close “{each.title}” and read what was said", url, 10, each.closes_on, 70)
        if each.state == State.DRAFT and each.closes_on >= today:
            yield NextAction(f"Open “{each.title}”, or throw it away", url, 5, each.closes_on, 40)
    for each in paper_queries.to_type(scope):
        url = pages.address(scope, "survey-typing", survey=each.pk)
        yield NextAction(f"Type in the papers of “{each.title}”", url, 20, each.closes_on, 55)
    for promise in queries.promised_by(scope, until=today + SOON):
        url = pages.address(scope, "promise", promise=promise.pk)
        yield NextAction(f"Keep your promise: {promise.doing}"[:120], url, 0, promise.due_on, 60)


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Yield surveys that closed and promises that were kept since the reader was here."""
    day = timezone.localdate(since)
    for each in queries.closed_since(scope, day):
        if rules.see_results(scope, queries.facts(each)) is None:
            url = pages.address(scope, "survey", survey=each.pk)
            yield News(_moment(each.closed_on), f"What was said: {each.title}", url)
    for promise in queries.kept_since(scope, day):
        yield News(_moment(promise.kept_on), f"You said, we did: {promise.doing}",
                   pages.address(scope, "promise", promise=promise.pk))  # fmt: skip


def shown(scope: Scope, since: datetime) -> Iterator[News]:
    """Yield what others began to show the reader since they were here."""
    day = timezone.localdate(since)
    for each in share_queries.shown_since(scope, day):
        if each.survey.about:
            url = pages.address(scope, "feedback-shown", share=each.pk)
            yield News(_moment(each.shown_on), f"{each.survey.about.name} shows you feedback they asked for", url)


def _moment(day: object) -> datetime:
    """Return the end of a day: surveys keep no time."""
    return timezone.make_aware(datetime.combine(day, datetime.max.time()))  # type: ignore[arg-type]  # a date its caller filtered by
