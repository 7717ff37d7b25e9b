"""Writes of the register of habits: noted, changed, questioned."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.improvement import habit_queries, rules
from headship.improvement.choices import Outcome, Rests
from headship.improvement.models import Habit, HabitReview
from headship.schools.models import School
from headship.strategy.plan_actions import fresh, owned, refuse, repeated

KIND = "improvement.habit"


@dataclass(frozen=True, slots=True)
class Kept:
    """A practice: since when, what it costs a year in hours, what it rests on, who answers, when it is questioned."""

    practice: str
    owner: int
    review_on: date
    since: str = ""
    hours: Decimal | None = None
    rests: Rests = Rests.NONE
    evidence: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Questioned:
    """What came of questioning a habit: the outcome and why, what it rests on now, and when we ask again."""

    outcome: Outcome
    because: str
    rests: Rests
    evidence: str = ""
    link: str = ""
    again: date | None = None


@action("improvement.note_habit")
def note_habit(*, by: Scope, at: datetime, once: UUID, kept: Kept) -> int:
    """Put a practice to the question; the same form sent again gives the first one's key."""
    require(rules.propose(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if repeated(found := Habit.objects.filter(school_id=by.school_id, once=once).first()):
        return found.pk
    refuse(rules.ahead(kept.review_on, today=timezone.localdate(at)))
    made = Habit(school_id=by.school_id, once=once)
    _take(by, made, kept)
    made.save()
    actions.audit(f"improvement.Habit:{made.pk}", rests=kept.rests)
    return made.pk


@action("improvement.change_habit")
def change_habit(*, by: Scope, at: datetime, habit: int, version: int, kept: Kept) -> None:
    """Change what is known of a practice."""
    now = _locked(by, habit, version)
    if now.review_on != kept.review_on:
        refuse(rules.ahead(kept.review_on, today=timezone.localdate(at)))
    if now.outcome == Outcome.DROP:
        refuse("It was dropped. Note it anew if it came back")
    refuse(rules.kept(now.outcome, kept.rests, kept.evidence))
    _take(by, now, kept)
    now.save()
    actions.audit(f"improvement.Habit:{now.pk}", version=now.version)


@action("improvement.review_habit")
def review_habit(*, by: Scope, at: datetime, habit: int, version: int, questioned: Questioned) -> None:
    """Keep a practice with its evidence, test it or drop it; that it was questioned is evidence."""
    now, today = _locked(by, habit, version), timezone.localdate(at)
    if now.outcome == Outcome.DROP:
        refuse("It was dropped. Note it anew if it came back")
    told = questioned
    refuse(rules.reviewed(told.outcome, told.rests, told.evidence, told.again, today=today))
    HabitReview.objects.create(
        habit=now, on=today, outcome=told.outcome, rests=told.rests, because=told.because, by_id=by.person_id
    )
    now.outcome, now.rests, now.evidence, now.link = told.outcome, told.rests, told.evidence, told.link
    now.review_on = told.again
    now.save()
    evidence.record(
        kind=KIND,
        words=f"Questioned a habit: {now.practice} ({told.outcome.done.lower()})",
        characteristics=("4.3",),
        occurred_on=today,
        visibility=Visibility.STAFF,
        source=habit_queries.source(now.pk),
    )
    actions.audit(f"improvement.Habit:{now.pk}", outcome=told.outcome, rests=told.rests)


def _locked(by: Scope, key: int, version: int) -> Habit:
    """Return a habit the reader may write to, in its next version. Errors: Http404, Refused, Stale."""
    now: Habit = get_object_or_404(habit_queries.habits(by).select_for_update(), pk=key)
    require(rules.answer(by, now.owner_id))
    fresh(now.version, version)
    now.version = version + 1
    return now


def _take(by: Scope, now: Habit, kept: Kept) -> None:
    if now.owner_id != kept.owner:
        owned(by, kept.owner)
    now.practice, now.since, now.hours, now.owner_id = kept.practice, kept.since, kept.hours, kept.owner
    now.rests, now.evidence, now.link, now.review_on = kept.rests, kept.evidence, kept.link, kept.review_on
