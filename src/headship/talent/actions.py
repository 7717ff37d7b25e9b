"""Writes of notes of learning."""

from collections.abc import Sequence
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
from headship.people.models import Person
from headship.standards import queries as standards
from headship.talent import queries, rules
from headship.talent.models import LearningNote

KIND = "talent.learning_note"


@dataclass(frozen=True, slots=True)
class Learned:
    """What somebody writes down about their learning."""

    what: str
    change: str
    learned_on: date
    minutes: int | None
    visibility: Visibility = Visibility.PRIVATE
    characteristics: Sequence[str] = ()


@action("talent.write_note")
def write_note(*, by: Scope, at: datetime, once: UUID, learned: Learned) -> int:
    """Write a note of one's own learning; the same form sent again (`once`) gives the first one's key."""
    require(rules.write_notes(by))
    Person.objects.select_for_update().get(pk=by.person_id)  # one at a time, so that `once` holds
    found = LearningNote.objects.filter(school_id=by.school_id, person_id=by.person_id, once=once).first()
    if found:
        actions.audit(queries.source(found.id), repeated=True)
        return found.id
    _check(by, learned, at)
    note = LearningNote(school_id=by.school_id, person_id=by.person_id, once=once, written_at=at)
    _write(note, learned)
    actions.audit(queries.source(note.id), visibility=learned.visibility)
    return note.id


@action("talent.change_note")
def change_note(*, by: Scope, at: datetime, note: int, version: int, learned: Learned) -> None:
    """Change one's own note; its evidence is withdrawn and recorded anew as it now reads."""
    now = _locked(by, note, version)
    _check(by, learned, at)
    now.version += 1
    evidence.withdraw(source=queries.source(now.id))
    _write(now, learned)
    actions.audit(queries.source(now.id), version=now.version, visibility=learned.visibility)


@action("talent.withdraw_note")
def withdraw_note(*, by: Scope, at: datetime, note: int, version: int) -> None:
    """Withdraw one's own note with its evidence."""
    now = _locked(by, note, version)
    now.withdrawn_at = at
    now.version += 1
    now.save(update_fields=["withdrawn_at", "version"])
    evidence.withdraw(source=queries.source(now.id))
    actions.audit(queries.source(now.id), version=now.version)


def _locked(by: Scope, note: int, version: int) -> LearningNote:
    now = get_object_or_404(queries.visible(by).select_for_update(of=("self",)), id=note)
    require(rules.change_note(by, writer=now.person_id, withdrawn_at=now.withdrawn_at))
    if now.version != version:
        raise Stale(
            "This note was changed in another window while you were writing. That change was kept and this one was "
            "not saved: go back, copy your words, open the note again and make your change there."
        )
    return now


def _check(by: Scope, learned: Learned, at: datetime) -> None:
    """Refuse what the form would not have offered. Errors: Unusable."""
    if learned.visibility not in rules.visibilities(by):
        raise Unusable("Choose who can see the note from the list. Nothing was saved.")
    if wrong := rules.learned_on(learned.learned_on, today=timezone.localdate(at)):
        raise Unusable(f"{wrong}. Nothing was saved.")


def _write(note: LearningNote, learned: Learned) -> None:
    """Store what a note says, and record it as evidence where it shows a characteristic."""
    note.what, note.change, note.minutes = learned.what, learned.change, learned.minutes
    note.learned_on, note.visibility = learned.learned_on, learned.visibility
    note.save()
    note.characteristics.set(standards.characteristic_ids(standards.DEFAULT, learned.characteristics))
    if learned.characteristics:
        evidence.record(
            kind=KIND,
            words=f"Learned: {learned.what}",
            characteristics=tuple(learned.characteristics),
            occurred_on=learned.learned_on,
            visibility=learned.visibility,
            source=queries.source(note.id),
            owner_id=note.person_id,
        )
