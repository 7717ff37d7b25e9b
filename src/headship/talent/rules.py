"""Rights over notes of learning and goals, each a refusal sentence or nothing."""

from datetime import date, datetime, timedelta

from headship.core.roles import BOARD, STAFF, Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.talent.choices import MOVES, Stands

LEARNERS = STAFF | BOARD
LEARNERS_ONLY = (
    "Notes of learning are for the school's staff and governors. Ask the headteacher if you should be one of them."
)
SUGGESTED = ("1.3", "1.4")
FURTHEST = timedelta(days=730)


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


def set_goals(scope: Scope) -> str | None:
    """Whether the reader sets themselves goals here."""
    return None if scope.has(*LEARNERS) else LEARNERS_ONLY


def goal_visibilities(scope: Scope) -> tuple[Visibility, ...]:
    """Return the classes a goal may be given: private first, and for staff their appraiser."""
    return (Visibility.PRIVATE, Visibility.LINE) if scope.has(*STAFF) else (Visibility.PRIVATE,)


def change_goal(scope: Scope, *, setter: int, state: Stands) -> str | None:
    """Whether the reader may change a goal: their own, while it is open."""
    if scope.person_id != setter:
        return "Only whoever set a goal can change it. Talk with them."
    return None if state is Stands.OPEN else "This goal is closed. Set a new one instead."


def end_goal(scope: Scope, *, setter: int, state: Stands, to: Stands) -> str | None:
    """Whether the reader may say that a goal was reached, or let it go."""
    if scope.person_id != setter:
        return "Only whoever set a goal can close it. Talk with them."
    return None if to in MOVES[state] else f"This goal is {state.words.lower()}. Set a new one instead."


def due_on(on: date, *, today: date) -> str | None:
    """Whether a day can be one by which a goal is reached."""
    if on < today:
        return "The day cannot be in the past"
    return "The day must be within two years" if on > today + FURTHEST else None
