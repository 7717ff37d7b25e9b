"""Writes of equality objectives: drafted, changed, published, measured, reviewed, ended."""

from collections.abc import Sequence
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
from headship.equality import queries, rules, wordings
from headship.equality.choices import PROTECTED, AimState
from headship.equality.models import Aim, AimChange, AimReading, AimReview
from headship.evidence import actions as evidence
from headship.people.holders import holders
from headship.schools.models import School
from headship.strategy.plan_actions import fresh, owned, refuse, repeated

KIND = "equality.objective"
SERVES = ("2.1",)


@dataclass(frozen=True, slots=True)
class Aimed:
    """An equality objective: what, why, for whom, how it is seen, from where to where, its days, who answers for it."""

    words: str
    why: str
    concerns: Sequence[str]
    measure: str
    baseline: str
    target: str
    starts_on: date
    ends_on: date
    review_on: date
    owner: int


@action("equality.draft_objective")
def draft_objective(*, by: Scope, at: datetime, once: UUID, aimed: Aimed) -> int:
    """Begin an objective; the same form sent again gives the first one's key."""
    require(rules.edit(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if repeated(found := Aim.objects.filter(school_id=by.school_id, once=once).first()):
        return found.pk
    made = Aim(school_id=by.school_id, once=once)
    _take(by, made, aimed)
    made.save()
    _tell(made, by, at, "Drafted")
    actions.audit(f"equality.Aim:{made.pk}", concerns=len(aimed.concerns))
    return made.pk


@action("equality.change_objective")
def change_objective(*, by: Scope, at: datetime, aim: int, version: int, aimed: Aimed) -> None:
    """Change an objective; once it is published, this is a new version of it, and what was published stays told."""
    now, today = _locked(by, aim, version), timezone.localdate(at)
    require(rules.change_aim(by, AimState(now.state)))
    before = wordings.whole_told(now, today) if now.published_on else ""
    if before:
        _keep_published(by, now, today)
        now.worded_on = today
    _take(by, now, aimed)
    now.version += 1
    now.save()
    _tell(now, by, at, "Published anew in these words" if before else "Changed", before)
    actions.audit(f"equality.Aim:{now.pk}", version=now.version)


@action("equality.publish_objective")
def publish_objective(*, by: Scope, at: datetime, aim: int, version: int) -> None:
    """Publish an objective to all staff and governors."""
    now = _locked(by, aim, version)
    require(rules.move_aim(by, AimState(now.state), AimState.PUBLISHED))
    now.state, now.published_on, now.version = AimState.PUBLISHED, timezone.localdate(at), version + 1
    now.save(update_fields=["state", "published_on", "version"])
    _record(now, "An equality objective was published", now.published_on)
    _tell(now, by, at, "Published")
    actions.audit(f"equality.Aim:{now.pk}", to=now.state, version=now.version)


@action("equality.end_objective")
def end_objective(*, by: Scope, at: datetime, aim: int, version: int) -> None:
    """End an objective; what was published stays to be read."""
    now = _locked(by, aim, version)
    require(rules.move_aim(by, AimState(now.state), AimState.ENDED))
    now.state, now.ended_on, now.version = AimState.ENDED, timezone.localdate(at), version + 1
    now.save(update_fields=["state", "ended_on", "version"])
    _tell(now, by, at, "Ended")
    actions.audit(f"equality.Aim:{now.pk}", to=now.state, version=now.version)


@action("equality.note_reading")
def note_reading(*, by: Scope, at: datetime, once: UUID, aim: int, on: date, value: str) -> int:  # noqa: PLR0913  # a reading's parts
    """Note where an objective's measure stood on a day; the same form sent again gives the first one's key."""
    of = _locked(by, aim)
    require(rules.progress(by, AimState(of.state), of.owner_id))
    if repeated(found := AimReading.objects.filter(aim=of, once=once).first()):
        return found.pk
    refuse(rules.happened_on(on, today=timezone.localdate(at)))
    made = AimReading.objects.create(aim=of, once=once, on=on, value=value, by_id=by.person_id)
    actions.audit(f"equality.AimReading:{made.pk}", of=of.pk)
    return made.pk


@action("equality.review_objective")
def review_objective(*, by: Scope, at: datetime, once: UUID, aim: int, came_of_it: str, next_on: date) -> int:  # noqa: PLR0913  # a review's parts
    """Say what came of an objective, and when it is looked at next; the same form sent again gives the first's key."""
    of = _locked(by, aim)
    require(rules.progress(by, AimState(of.state), of.owner_id))
    if repeated(found := AimReview.objects.filter(aim=of, once=once).first()):
        return found.pk
    today = timezone.localdate(at)
    refuse(rules.next_review(next_on, today=today, ends_on=of.ends_on))
    made = AimReview.objects.create(aim=of, once=once, on=today, came_of_it=came_of_it, by_id=by.person_id)
    of.review_on, of.version = next_on, of.version + 1
    of.save(update_fields=["review_on", "version"])
    _record(of, "An equality objective was reviewed: what came of it", today)
    actions.audit(f"equality.AimReview:{made.pk}", of=of.pk, next=next_on.isoformat())
    return made.pk


def _locked(by: Scope, key: int, version: int | None = None) -> Aim:
    """Return an objective to write to. Errors: Http404 where its writer may not know of it, Stale."""
    now: Aim = get_object_or_404(queries.aims(by).select_for_update(), pk=key)
    if version is not None:
        fresh(now.version, version)
    return now


def _take(by: Scope, now: Aim, aimed: Aimed) -> None:
    """Write what an objective is into it. Errors: Unusable."""
    refuse(rules.span(aimed.starts_on, aimed.ends_on, aimed.review_on))
    refuse(None if aimed.concerns and set(aimed.concerns) <= set(PROTECTED) else "Choose whom it concerns")
    if now.owner_id != aimed.owner:
        owned(by, aimed.owner)
    now.words, now.why, now.concerns = aimed.words, aimed.why, [each for each in PROTECTED if each in aimed.concerns]
    now.measure, now.baseline, now.target = aimed.measure, aimed.baseline, aimed.target
    now.starts_on, now.ends_on, now.review_on = aimed.starts_on, aimed.ends_on, aimed.review_on
    now.owner_id = aimed.owner


def _record(of: Aim, words: str, on: date) -> None:
    evidence.record(
        kind=KIND,
        words=words,
        characteristics=SERVES,
        occurred_on=on,
        visibility=Visibility.STAFF,
        source=queries.aim_source(of.pk),
    )


def _keep_published(by: Scope, of: Aim, today: date) -> None:
    """Keep its words with the statements that were published with it before words were kept."""
    for each in queries.statements(by).filter(aims=of, kept="", published_on__isnull=False):
        wordings.keep(each, holders(by), today)


def _tell(of: Aim, by: Scope, at: datetime, words: str, before: str = "") -> None:  # a line's parts
    on = timezone.localdate(at)
    AimChange.objects.create(aim=of, on=on, by_id=by.person_id, words=words, before=before)
