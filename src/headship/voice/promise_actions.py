"""Writes of what a school does about what it was told: promised, and kept."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.schools.models import School
from headship.voice import queries, rules
from headship.voice.models import Promise, Survey

KIND = "voice.promise"
SERVES = ("1.2",)


@dataclass(frozen=True, slots=True)
class Promised:
    """What was said (to which question), what is done about it, by whom and by when."""

    said: str
    doing: str
    owner: int
    due_on: date
    question: str = ""


@action("voice.make_promise")
def make_promise(*, by: Scope, at: datetime, once: UUID, survey: int, promised: Promised) -> int:
    """Promise something about a closed survey of the school; the same form sent again gives the first one's key."""
    require(rules.promise(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := Promise.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(f"voice.Promise:{found.pk}", repeated=True)
        return found.pk
    about: Survey = get_object_or_404(Survey, pk=survey, school_id=by.school_id, about=None)
    require(rules.see_results(by, queries.facts(about)))
    if promised.owner not in queries.owners(by):
        raise Unusable("Choose who does it from the list. Nothing was saved.")
    made = Promise.objects.create(
        school_id=by.school_id,
        survey=about,
        once=once,
        question=promised.question if promised.question in {each.code for each in queries.questions(about)} else "",
        said=promised.said,
        doing=promised.doing,
        owner_id=promised.owner,
        due_on=promised.due_on,
        made_on=timezone.localdate(at),
    )
    actions.audit(f"voice.Promise:{made.pk}", survey=about.pk)
    return made.pk


@action("voice.keep_promise")
def keep_promise(*, by: Scope, at: datetime, promise: int, version: int, came_of_it: str) -> None:
    """Say that a promise was kept and what came of it: that is evidence, and those who were asked read it."""
    now: Promise = get_object_or_404(Promise.objects.select_for_update(), pk=promise, school_id=by.school_id)
    require(rules.keep(by, now.owner_id))
    if now.version != version or now.kept_on:
        raise Stale("Somebody closed or changed this promise first. Nothing of yours was saved: open it again.")
    now.kept_on, now.came_of_it, now.version = timezone.localdate(at), came_of_it, now.version + 1
    now.save(update_fields=["kept_on", "came_of_it", "version"])
    evidence.record(
        kind=KIND,
        words=f"You said, we did: {now.doing}"[:300],
        characteristics=SERVES,
        occurred_on=now.kept_on,
        visibility=Visibility.STAFF,
        source=f"voice.Promise:{now.pk}",
    )
    actions.audit(f"voice.Promise:{now.pk}", version=now.version)
