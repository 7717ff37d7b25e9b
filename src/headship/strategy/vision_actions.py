"""Writes of the statement of vision: drafted, changed, published."""

from datetime import datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.schools.models import School
from headship.strategy import vision_queries, vision_rules
from headship.strategy.choices import VisionState
from headship.strategy.models import Vision, VisionChange

KIND = "strategy.vision"
SERVES = ("1.1", "1.6")


@action("strategy.draft_vision")
def draft_vision(*, by: Scope, at: datetime, words: str) -> int:
    """Begin the next statement; there is one draft at a time, so that a form sent twice begins one."""
    require(vision_rules.draft(by))
    School.objects.select_for_update().get(pk=by.school_id)
    if vision_queries.drafted(by):
        raise Unusable("A statement is being drafted already. Go back, copy your words, and change that one.")
    made = Vision.objects.create(school_id=by.school_id, words=words, worded_on=timezone.localdate(at))
    tell(made, by, at, "Drafted")
    actions.audit(f"strategy.Vision:{made.pk}", version=made.version)
    return made.pk


@action("strategy.change_vision")
def change_vision(*, by: Scope, at: datetime, vision: int, version: int, words: str) -> None:
    """Change the words of a statement that is not published; what the board had agreed is a draft again."""
    now = locked(by, vision, version)
    require(vision_rules.change(by, VisionState(now.state)))
    was_agreed = now.state == VisionState.AGREED
    now.words, now.state, now.worded_on, now.version = words, VisionState.DRAFT, timezone.localdate(at), version + 1
    now.save(update_fields=["words", "state", "worded_on", "version"])
    evidence.withdraw(source=vision_queries.source(now.pk))
    tell(now, by, at, "Changed after the board had agreed it: a draft again" if was_agreed else "Changed")
    actions.audit(f"strategy.Vision:{now.pk}", version=now.version)


@action("strategy.publish_vision")
def publish_vision(*, by: Scope, at: datetime, vision: int, version: int) -> None:
    """Publish what the board agreed to all staff and governors; it supersedes the one in force."""
    School.objects.select_for_update().get(pk=by.school_id)
    now = locked(by, vision, version)
    require(vision_rules.publish(by, VisionState(now.state)))
    today = timezone.localdate(at)
    for before in Vision.objects.filter(school_id=by.school_id, state=VisionState.PUBLISHED):
        before.state, before.superseded_on = VisionState.SUPERSEDED, today
        before.save(update_fields=["state", "superseded_on"])
        tell(before, by, at, "Superseded by the next")
    now.state, now.published_on, now.version = VisionState.PUBLISHED, today, version + 1
    now.save(update_fields=["state", "published_on", "version"])
    evidence.record(
        kind=KIND,
        words="Our vision was published",
        characteristics=SERVES,
        occurred_on=today,
        visibility=Visibility.STAFF,
        source=vision_queries.source(now.pk),
    )
    tell(now, by, at, "Published")
    actions.audit(f"strategy.Vision:{now.pk}", version=now.version)


def locked(by: Scope, key: int, version: int) -> Vision:
    """Return a statement to write to. Errors: Http404 where its writer may not know of it, Stale."""
    now: Vision = get_object_or_404(vision_queries.visible(by).select_for_update(), pk=key)
    if now.version != version:
        raise Stale(
            "Somebody changed the statement while you were writing. Theirs was kept and yours was not saved: "
            "go back, copy your words, open the statement again and make your change there."
        )
    return now


def tell(of: Vision, by: Scope, at: datetime, words: str) -> None:
    """Add a line to a statement's history."""
    VisionChange.objects.create(vision=of, at=at, by_id=by.person_id, words=words[:300])
