"""Exactly what each screen of learning shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.urls import reverse

from headship.core.components import TimelineItem
from headship.core.pages import listed
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.talent import queries, rules
from headship.talent.models import LearningNote


@dataclass(frozen=True, slots=True)
class NotesPage:
    """One's own notes of learning, or those that others chose to show."""

    title: str
    shared: bool
    rows: Sequence[TimelineItem]
    more: str
    write_url: str
    own_url: str
    shared_url: str
    goals_url: str


@dataclass(frozen=True, slots=True)
class NotePage:
    """One note of learning."""

    title: str
    change: str
    on: date
    who: str
    minutes: int | None
    seen_by: str
    withdrawn: bool
    own: bool
    characteristics: Sequence[tuple[str, str]]
    version: int
    change_url: str
    withdraw_url: str
    list_url: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form."""

    title: str
    form: Form
    button: str
    back: str


def notes_page(
    scope: Scope, rows: Sequence[LearningNote], following: tuple[date, int] | None, *, shared: bool
) -> NotesPage:
    """Arrange a list of notes."""
    own_url, shared_url = address(scope, "learning"), address(scope, "learning-shared")
    after = f"?before={following[0].isoformat()}.{following[1]}" if following else ""
    return NotesPage(
        title="Learning others have shown" if shared else "My learning",
        shared=shared,
        rows=[_row(scope, each, shared=shared) for each in rows],
        more=after and (shared_url if shared else own_url) + after,
        write_url=address(scope, "learning-write"),
        own_url=own_url,
        shared_url=shared_url,
        goals_url=address(scope, "goals"),
    )


def note_page(scope: Scope, each: LearningNote) -> NotePage:
    """Arrange one note."""
    own = rules.change_note(scope, writer=each.person_id, withdrawn_at=None) is None
    return NotePage(
        title=each.what,
        change=each.change,
        on=each.learned_on,
        who=each.person.name,
        minutes=each.minutes,
        seen_by=_seen_by(each, own=own),
        withdrawn=each.withdrawn_at is not None,
        own=own,
        characteristics=[
            (
                f"{it.code} {it.short_title}",
                address(scope, "characteristic", code=it.code),
            )
            for it in each.characteristics.all()
        ],
        version=each.version,
        change_url=address(scope, "learning-change", note=each.id),
        withdraw_url=address(scope, "learning-withdraw", note=each.id),
        list_url=address(scope, "learning" if own else "learning-shared"),
    )


def as_typed(each: LearningNote) -> dict[str, Any]:
    """Return a note as its form holds it."""
    return {
        "what": each.what,
        "change": each.change,
        "learned_on": each.learned_on,
        "minutes": each.minutes,
        "serves": [it.code for it in each.characteristics.all()],
        "visibility": each.visibility,
        "version": each.version,
    }


def address(scope: Scope, name: str, **rest: object) -> str:
    """Return the address of a page of the school the reader is in."""
    assert scope.place is not None
    return reverse(name, kwargs={"urn": scope.place.key, **rest})


def offered(scope: Scope, classes: Sequence[Visibility]) -> dict[Visibility, str]:
    """Return who somebody may show something to; of their appraiser who that is today."""
    return {each: _appraisers(scope) if each == Visibility.LINE else "" for each in classes}


def _appraisers(scope: Scope) -> str:
    names = queries.appraisers(scope)
    if names:
        return f"Today that is {listed(names)}; if somebody else appraises you later, they see it then."
    return "Nobody appraises you here today. Whoever does later sees it then."


def _row(scope: Scope, each: LearningNote, *, shared: bool) -> TimelineItem:
    took = [f"{each.minutes} minutes"] if each.minutes else []
    seen = [] if shared else [f"Seen by: {Visibility(each.visibility).words.lower()}"]
    return TimelineItem(
        on=each.learned_on,
        words=each.what,
        url=address(scope, "learning-note", note=each.id),
        by=each.person.name if shared else "",
        note=" · ".join([*took, *seen]),
    )


def _seen_by(each: LearningNote, *, own: bool) -> str:
    """Say who can see a note; to its reader, "me" is its writer."""
    if each.visibility == Visibility.LINE and not own:
        return f"{each.person.name} and their appraiser"
    return Visibility(each.visibility).words
