"""Writes of what a school learned from a complaint: written down with somebody and a day, and done."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, existing, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.schools.models import School
from headship.voice import complaint_queries as queries
from headship.voice import complaint_rules as rules
from headship.voice.complaint_actions import INSTALLATION, SERVES
from headship.voice.models import Lesson

KIND = "voice.lesson"


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned, what is done about it, by whom and by when; `shown`: all staff and governors read it."""

    learned: str
    doing: str
    owner: int
    due_on: date
    shown: bool = False


@action("voice.learn")
def learn(*, by: Scope, at: datetime, once: UUID, complaint: int, learned: Learned) -> int:
    """Write down what was learned from a complaint; the same form sent again gives the first one's key."""
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    about = existing(queries.complaint(by, complaint))
    require(rules.learn(by, queries.facts(about), shown=learned.shown))
    if found := about.lessons.filter(once=once).first():
        _audit(found, repeated=True)
        return found.pk
    if learned.owner not in queries.to_answer(by, queries.facts(about)):
        raise Unusable("Choose who does it from the list. Nothing was saved.")
    if learned.due_on < timezone.localdate(at):
        raise Unusable("The day it is to be done by cannot be in the past. Nothing was saved.")
    made = Lesson.objects.create(
        complaint=about,
        once=once,
        learned=learned.learned,
        doing=learned.doing,
        owner_id=learned.owner,
        due_on=learned.due_on,
        shown=learned.shown,
    )
    _audit(made, shown=made.shown)
    return made.pk


@action("voice.finish_lesson")
def finish_lesson(*, by: Scope, at: datetime, lesson: int, version: int, came_of_it: str) -> None:
    """Say that what was learned was done, and what came of it: that is evidence, to all staff where it is shown."""
    School.objects.select_for_update().get(pk=by.school_id)
    now = existing(queries.lesson(by, lesson))
    require(rules.finish(by, queries.facts(now.complaint), now.owner_id))
    if now.version != version or now.done_on:
        raise Stale("Somebody said that this was done first. Nothing of yours was saved: open it again.")
    now.done_on, now.came_of_it, now.version = timezone.localdate(at), came_of_it, now.version + 1
    now.save(update_fields=["done_on", "came_of_it", "version"])
    if not now.complaint.apart:
        words = f"You said, we did: {now.doing}"[:300] if now.shown else "Did what was learned from a complaint"
        evidence.record(
            kind=KIND,
            words=words,
            characteristics=SERVES,
            occurred_on=now.done_on,
            visibility=Visibility.STAFF if now.shown else Visibility.PRIVATE,
            source=f"voice.Lesson:{now.pk}",
        )
    _audit(now, version=now.version)


def _audit(lesson: Lesson, *, version: int = 1, shown: bool = False, repeated: bool = False) -> None:
    apart = lesson.complaint.apart
    school = {"school": lesson.complaint.school_id} if apart else {}
    told = {"version": version, "shown": shown, "repeated": repeated, **school}
    actions.audit(f"voice.Lesson:{lesson.pk}", chain=INSTALLATION if apart else None, **told)
