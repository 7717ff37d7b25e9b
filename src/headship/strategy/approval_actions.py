"""What the board approved, recorded by the chair's or the governance professional's post: one action for everything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Unusable, require
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.schools.models import School
from headship.strategy import (
    plan_actions,
    plan_kept,
    plan_queries,
    plan_rules,
    vision_actions,
    vision_queries,
    vision_rules,
)
from headship.strategy.choices import Matter, VisionState
from headship.strategy.models import Approval


@dataclass(frozen=True, slots=True)
class Approved:
    """What was approved (its key, in the version the board had before it), in which meeting and when."""

    matter: Matter
    key: int
    version: int
    meeting: str
    on: date


@action("strategy.record_approval")
def record_approval(*, by: Scope, at: datetime, once: UUID, approved: Approved) -> int:
    """Record that the board approved something; the same form sent again gives the first one's key."""
    require(vision_rules.record(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := Approval.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(f"strategy.Approval:{found.pk}", repeated=True)
        return found.pk
    about = _APPROVED[approved.matter](by, at, approved)
    made = Approval.objects.create(
        school_id=by.school_id,
        once=once,
        **about,
        version=approved.version,
        meeting=approved.meeting,
        on=approved.on,
        recorded_by_id=by.person_id,
        recorded_as=vision_rules.recorded_as(by),
        recorded_at=at,
    )
    actions.audit(f"strategy.Approval:{made.pk}", matter=approved.matter, of=approved.key, version=approved.version)
    return made.pk


def _vision(by: Scope, at: datetime, approved: Approved) -> dict[str, Any]:
    now = vision_actions.locked(by, approved.key, approved.version)
    require(vision_rules.agree(by, VisionState(now.state)))
    if wrong := vision_rules.approved_on(approved.on, worded_on=now.worded_on, today=timezone.localdate(at)):
        raise Unusable(f"{wrong}. Nothing was saved.")
    now.state, now.version = VisionState.AGREED, now.version + 1
    now.save(update_fields=["state", "version"])
    evidence.record(
        kind=vision_actions.KIND,
        words="The board agreed our vision",
        characteristics=vision_actions.SERVES,
        occurred_on=approved.on,
        visibility=Visibility.GOVERNORS,
        source=vision_queries.source(now.pk),
    )
    vision_actions.tell(now, by, at, f"Agreed by the board on {in_words(approved.on)}: {approved.meeting}")
    return {"vision_id": now.pk}


def _plan(by: Scope, at: datetime, approved: Approved) -> dict[str, Any]:
    now = plan_actions.locked_plan(by, approved.key)
    plan_actions.fresh(now.version, approved.version)
    plan_actions.refuse(plan_rules.happened_on(approved.on, today=timezone.localdate(at)))
    evidence.record(
        kind="strategy.plan",
        words=f"The board approved our plan, {now.title}",
        characteristics=("1.6",),
        occurred_on=approved.on,
        visibility=Visibility.STAFF,
        source=f"strategy.Plan:{now.pk}",
    )
    return {"plan_id": now.pk, "kept": plan_kept.words_of(plan_queries.whole(now))}


_APPROVED: Mapping[Matter, Callable[[Scope, datetime, Approved], dict[str, Any]]] = {
    Matter.VISION: _vision,
    Matter.PLAN: _plan,
}
