"""Rights over notes of learning, each a refusal sentence or nothing."""

from datetime import date, datetime

from headship.core.roles import BOARD, STAFF, Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility

LEARNERS = STAFF | BOARD
LEARNERS_ONLY = (
    "Notes of learning are for the school's staff and governors. Ask the headteacher if you should be one of them."
)
SUGGESTED = ("1.3", "1.4")


def write_notes(scope: Scope) -> str | None:
    """Whether the reader keeps notes of learning here."""
    return None if scope.has(*LEARNERS) else LEARNERS_ONLY


def visibilities(scope: Scope) -> tuple[Visibility, ...]:
    """Return the classes this reader may give a note: private first, and then whoever they may choose to show it to."""
    chosen = [Visibility.PRIVATE]
    if scope.has(*STAFF):
        chosen += [Visibility.LINE, Visibility.LEADERS]
    if scope.has(Role.HEADTEACHER, *BOARD):
        chosen.append(Visibility.GOVERNORS)
    return (*chosen, Visibility.STAFF)


def change_note(scope: Scope, *, writer: int, withdrawn_at: datetime | None) -> str | None:
    """Whether the reader may change or withdraw a note: their own."""
    if withdrawn_at:
        return "You withdrew this note. Write a new one instead."
    if scope.person_id != writer:
        return "Only its writer can change a note of learning. Ask them."
    return None


def learned_on(on: date, *, today: date) -> str | None:
    """Whether a day can be a note's."""
    return "The day cannot be in the future" if on > today else None
