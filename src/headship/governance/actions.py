"""Writes about the audit log's proof: who gets it, and that it was sent."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.governance import queries, rules
from headship.governance.models import CheckpointReader
from headship.schools.models import School


@action("governance.choose_readers")
def choose_readers(*, by: Scope, at: datetime, person_ids: Collection[int], version: str) -> None:
    """Choose who gets the daily checkpoint here; whoever was chosen before and is not among them gets it no more.

    `version` is the choice its reader saw. Errors: Refused; Unusable; Stale where somebody else chose since.
    """
    require(rules.choose_readers(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one chooser at a time
    if queries.version(queries.chosen(by)) != version:
        raise Stale(
            "Somebody else chose while you were reading. Nothing of yours was saved: look at their choice first."
        )
    if not set(person_ids) <= set(queries.candidates(by)):
        raise Unusable("Somebody you chose has no such post here any more. Nothing was changed; choose again.")
    here = CheckpointReader.objects.filter(school_id=by.school_id)
    here.exclude(person_id__in=person_ids).delete()
    kept = set(here.values_list("person_id", flat=True))
    CheckpointReader.objects.bulk_create(
        CheckpointReader(school_id=by.school_id, person_id=each, chosen_by_id=by.person_id, chosen_at=at)
        for each in sorted(set(person_ids) - kept)
    )
    actions.audit(f"schools.School:{by.school_id}", readers=len(person_ids))


@action("governance.take_export")
def take_export(*, by: Scope, at: datetime) -> None:
    """Note that somebody takes the whole log away."""
    require(rules.see_log(by))
    actions.audit(f"schools.School:{by.school_id}", length=queries.state(by).length)


@action("governance.tell_sent")
def tell_sent(*, by: Scope, at: datetime, school_id: int, reader_ids: Collection[int], length: int) -> None:
    """Remember that the checkpoint of `length` events was mailed. The event this writes is no reason to mail again."""
    CheckpointReader.objects.filter(school_id=school_id, pk__in=reader_ids).update(
        sent_on=timezone.localdate(at), sent_length=length + 1
    )
    actions.audit(f"schools.School:{school_id}", chain=school_id, readers=len(reader_ids), length=length)
