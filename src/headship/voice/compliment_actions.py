"""Writes of compliments: recorded, and passed on to whom they are about, with thanks."""

from datetime import datetime
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
from headship.voice.complaint_actions import Told
from headship.voice.models import Compliment

KIND = "voice.compliment"
SERVES = ("1.2",)


@action("voice.record_compliment")
def record_compliment(*, by: Scope, at: datetime, once: UUID, told: Told) -> int:
    """Write down something kind; the same form sent again gives the first one's key."""
    require(rules.open_list(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := Compliment.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(f"voice.Compliment:{found.pk}", repeated=True)
        return found.pk
    if wrong := rules.happened_on(told.received_on, today=timezone.localdate(at)):
        raise Unusable(f"{wrong}. Nothing was saved.")
    if told.about is not None and told.about not in queries.to_be_about(by):
        raise Unusable("Choose whom it is about from the list. Nothing was saved.")
    made = Compliment.objects.create(
        school_id=by.school_id,
        once=once,
        received_on=told.received_on,
        channel=told.channel,
        from_role=told.from_role,
        from_name=told.from_name,
        from_contact=told.from_contact,
        theme=told.theme,
        said=told.said,
        about_id=told.about,
        recorded_by_id=by.person_id,
    )
    actions.audit(f"voice.Compliment:{made.pk}")
    return made.pk


@action("voice.pass_on_compliment")
def pass_on_compliment(  # noqa: PLR0913  # which, as it was when they looked, and what was done
    *, by: Scope, at: datetime, compliment: int, version: int, word: str, thanked: bool
) -> None:
    """Pass a compliment on to whom it is about, with a word; `thanked`: whoever paid it was thanked."""
    School.objects.select_for_update().get(pk=by.school_id)
    now = existing(queries.compliment(by, compliment))
    require(rules.pass_on(by))
    if now.version != version or now.passed_on:
        raise Stale("Somebody passed this on first. Nothing of yours was saved: open it again.")
    today = timezone.localdate(at)
    now.passed_on, now.word, now.version = today, word, now.version + 1
    now.thanked_on = today if thanked else None
    now.save(update_fields=["passed_on", "word", "version", "thanked_on"])
    evidence.record(
        kind=KIND,
        words="Passed on something kind that was said",
        characteristics=SERVES,
        occurred_on=today,
        visibility=Visibility.PRIVATE,
        source=f"voice.Compliment:{now.pk}",
    )
    actions.audit(f"voice.Compliment:{now.pk}", version=now.version)
