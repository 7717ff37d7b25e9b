"""Writes of the horizon: what is coming is noted for somebody, who says what it means for the school."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.improvement import horizon_queries, rules
from headship.improvement.choices import Means, Whence
from headship.improvement.models import HorizonItem, HorizonReading
from headship.schools.models import School
from headship.strategy.plan_actions import fresh, owned, refuse, repeated

KIND = "improvement.horizon"


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that is coming: what, whence, where it was read, when it is expected, and who reads it by when."""

    title: str
    whence: Whence
    source: str
    expected: str
    reader: int
    read_by: date
    link: str = ""
    expected_on: date | None = None


@action("improvement.note_item")
def note_item(*, by: Scope, at: datetime, once: UUID, seen: Seen) -> int:
    """Put something on the horizon; the same form sent again gives the first one's key."""
    require(rules.look_out(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if repeated(found := HorizonItem.objects.filter(school_id=by.school_id, once=once).first()):
        return found.pk
    today = timezone.localdate(at)
    if seen.read_by < today:
        refuse("Give whoever reads it a day that is not past")
    made = HorizonItem(school_id=by.school_id, once=once, noted_on=today, noted_by_id=by.person_id)
    _take(by, made, seen)
    made.save()
    actions.audit(f"improvement.HorizonItem:{made.pk}", whence=seen.whence, reader=seen.reader)
    return made.pk


@action("improvement.change_item")
def change_item(*, by: Scope, at: datetime, item: int, version: int, seen: Seen) -> None:
    """Change what was noted, or who reads it by when."""
    now: HorizonItem = get_object_or_404(horizon_queries.items(by).select_for_update(), pk=item)
    require(rules.answer(by, now.noted_by_id))
    fresh(now.version, version)
    changed = (now.title, now.source, now.link) != (seen.title, seen.source, seen.link)
    refuse(rules.rewritten(read=bool(now.means), changed=changed))
    _take(by, now, seen)
    now.version = version + 1
    now.save()
    actions.audit(f"improvement.HorizonItem:{now.pk}", version=now.version, at=at.date().isoformat())


@action("improvement.read_item")
def read_item(*, by: Scope, at: datetime, once: UUID, item: int, means: Means, words: str) -> int:  # noqa: PLR0913  # a reading's parts
    """Say what something means for the school; said again, the newest holds and the earlier stay to be read."""
    now: HorizonItem = get_object_or_404(horizon_queries.items(by).select_for_update(), pk=item)
    require(rules.answer(by, now.reader_id))
    if repeated(found := HorizonReading.objects.filter(item=now, once=once).first()):
        return found.pk
    today = timezone.localdate(at)
    made = HorizonReading.objects.create(item=now, once=once, on=today, means=means, words=words, by_id=by.person_id)
    if not now.means:
        _record(now, today)
    now.means, now.version = means, now.version + 1
    now.save(update_fields=["means", "version"])
    actions.audit(f"improvement.HorizonReading:{made.pk}", item=now.pk, means=means)
    return made.pk


def _take(by: Scope, now: HorizonItem, seen: Seen) -> None:
    if now.reader_id != seen.reader:
        owned(by, seen.reader)
    now.title, now.whence, now.source, now.link = seen.title, seen.whence, seen.source, seen.link
    now.expected, now.expected_on = seen.expected, seen.expected_on
    now.reader_id, now.read_by = seen.reader, seen.read_by


def _record(now: HorizonItem, today: date) -> None:
    """Record as evidence that something coming was read: once, however often it is read anew."""
    evidence.record(
        kind=KIND,
        words=f"Read what it means for us: {now.title}",
        characteristics=("4.5",),
        occurred_on=today,
        visibility=Visibility.STAFF,
        source=horizon_queries.source(now.pk),
    )
