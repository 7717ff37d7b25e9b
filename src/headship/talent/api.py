"""Notes of learning for programs: one's own, and what others chose to show."""

from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from headship.core.errors import existing, require
from headship.core.scope import Scope
from headship.core.shapes import Asked, Day, Given, Key, Line, Page, Personal, Public, Taken, Text, page_of
from headship.core.visibility import Visibility
from headship.standards import framework_api as standards
from headship.talent import actions, queries, rules
from headship.talent.models import LearningNote


class NoteListed(Given):
    """A note as lists show it."""

    id: Personal[int]
    what: Personal[str]
    learned_on: Personal[date]
    by: Personal[str]
    minutes: Personal[int | None]
    visibility: Personal[Visibility]
    version: Personal[int]

    @classmethod
    def of(cls, row: LearningNote, **named: Any) -> Self:
        """Return a note as programs get it."""
        return super().of(row, by=row.person.name, **named)


class NoteGiven(NoteListed):
    """A note with what will change, and the characteristics it shows."""

    change: Personal[str]
    characteristics: Public[list[str]]
    withdrawn: Personal[bool]

    @classmethod
    def of(cls, row: LearningNote, **named: Any) -> Self:
        """Return a note as programs get it."""
        characteristics = [each.code for each in row.characteristics.all()]
        return super().of(row, characteristics=characteristics, withdrawn=row.withdrawn_at is not None, **named)


class NoteTaken(Taken):
    """What was learned, what will change, and how long it took. Private unless another class is named."""

    what: Annotated[Line, Field(min_length=1, max_length=200)]
    change: Annotated[Text, Field(max_length=2000)] = ""
    learned_on: Day
    minutes: Annotated[int, Field(ge=1, le=100_000)] | None = None
    visibility: Visibility = Visibility.PRIVATE
    characteristics: Annotated[list[str], Field(max_length=50)] = []


def notes(scope: Scope, asked: Asked, *, shared: bool = False) -> Page[NoteListed]:
    """List one's own notes of learning, or with `shared` those that others chose to show, newest first."""
    return page_of(queries.standing(scope, shared=shared), asked, NoteListed.of)


def note(scope: Scope, note: Key) -> NoteGiven:
    """Read one note of learning."""
    return NoteGiven.of(existing(queries.note(scope, note)))


def write_note(scope: Scope, body: NoteTaken, once: UUID) -> NoteGiven:
    """Write a note of one's own learning."""
    key = actions.write_note(by=scope, at=timezone.now(), once=once, learned=_learned(body))
    return NoteGiven.of(existing(queries.note(scope, key)))


def change_note(scope: Scope, note: Key, body: NoteTaken, version: int) -> NoteGiven:
    """Change one's own note."""
    _own(scope, note)
    actions.change_note(by=scope, at=timezone.now(), note=note, version=version, learned=_learned(body))
    return NoteGiven.of(existing(queries.note(scope, note)))


def withdraw_note(scope: Scope, note: Key, version: int) -> None:
    """Withdraw one's own note; it no longer counts as evidence."""
    _own(scope, note)
    actions.withdraw_note(by=scope, at=timezone.now(), note=note, version=version)


def _learned(body: NoteTaken) -> actions.Learned:
    return actions.Learned(**{**dict(body), "characteristics": standards.assessable(body.characteristics)})


def _own(scope: Scope, key: int) -> None:
    note = existing(queries.note(scope, key))
    require(rules.change_note(scope, writer=note.person_id, withdrawn_at=note.withdrawn_at))
