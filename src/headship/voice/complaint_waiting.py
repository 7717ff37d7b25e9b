"""What of complaints and compliments waits for a reader, is due, and is new. Words that say as little as they can."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from headship.core.registry import CalendarEvent, News, NextAction
from headship.core.scope import Scope
from headship.voice import complaint_queries as queries
from headship.voice import pages
from headship.voice.complaint_choices import Stage, Theme
from headship.voice.models import Complaint

SOON = timedelta(days=7)
MINUTES = {Stage.RECEIVED: 10, Stage.ACKNOWLEDGED: 30, Stage.FORMAL: 0}


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield the complaints the reader answers, what they do because of one, and the kind words they pass on."""
    today = queries.today_of(scope)
    for each in queries.answered_by(scope):
        stage = Stage(each.stage)
        if stage is Stage.RECEIVED or (each.due_on and each.due_on <= today + SOON):
            yield NextAction(_words(each), _at(scope, each), MINUTES.get(stage, 0), each.due_on, 75)
    for lesson in queries.lessons_due(scope, until=today + SOON):
        url = pages.address(scope, "lesson", lesson=lesson.pk)
        yield NextAction(f"Do what was learned: {lesson.doing}"[:120], url, 0, lesson.due_on, 60)
    for kind in queries.to_pass_on(scope):
        url = pages.address(scope, "compliment", compliment=kind.pk)
        yield NextAction(f"Pass something kind on to {kind.about.name if kind.about else ''}", url, 2, None, 45)


def _words(each: Complaint) -> str:
    theme = Theme(each.theme).words
    return f"{Stage(each.stage).asks.replace(' it', ' a complaint', 1)}: {theme[:1].lower()}{theme[1:]}"


def _at(scope: Scope, each: Complaint) -> str:
    return pages.address(scope, "complaint", complaint=each.pk)


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Yield the days on which complaints the reader knows of are due: a calendar lies open, so it says no more."""
    for each in queries.due_between(scope, since, until):
        assert each.due_on is not None  # they were chosen by it
        yield CalendarEvent(each.due_on, each.due_on, "A complaint is due", url=_at(scope, each))


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Yield the kind words that were passed on to the reader."""
    for each in queries.passed_since(scope, timezone.localdate(since)):
        at = timezone.make_aware(datetime.combine(each.passed_on or since.date(), datetime.max.time()))
        url = pages.address(scope, "compliment", compliment=each.pk)
        yield News(at, "Somebody said something kind about you", url)
