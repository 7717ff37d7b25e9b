"""Rights over excellent practice, each a refusal sentence or nothing."""

from headship.appraisal.staff_choices import PRACTICE_MOVES, PracticeState
from headship.core.roles import LEADERS, STAFF, Role
from headship.core.scope import Scope

STAFF_ONLY = "Excellent practice is shown to the school's staff, as far as each agreed. Ask the headteacher about it."
LEADERS_ONLY = (
    "Excellent practice is recognised by those who lead: the headteacher, leaders and heads of a team. Tell one."
)
OWN_ONLY = "Only whoever it is about says whether it is shown."


def see(scope: Scope) -> str | None:
    """Whether the reader may open the page."""
    return None if scope.has(*STAFF) else STAFF_ONLY


def recognise(scope: Scope) -> str | None:
    """Whether the reader may recognise somebody's practice."""
    return None if scope.has(*LEADERS, Role.MIDDLE_LEADER) else LEADERS_ONLY


def answer(scope: Scope, person: int, state: PracticeState, to: PracticeState) -> str | None:
    """Whether the reader may say so now: the person alone, at any time."""
    if scope.person_id != person:
        return OWN_ONLY
    if to in PRACTICE_MOVES[state]:
        return None
    if state == PracticeState.RECALLED:
        return "Whoever recognised it took it back, so it is not shown. Ask them to recognise it again."
    return f"It stands at “{state.words.lower()}” already."


def take_back(scope: Scope, person: int, seen_by: int, state: PracticeState) -> str | None:
    """Whether the reader may stop it from being shown: the person, and whoever recognised it, at any time."""
    if scope.person_id not in {person, seen_by}:
        return "Only the person, or whoever recognised it, takes it back."
    return None if PracticeState.WITHDRAWN in PRACTICE_MOVES[state] else "It is not shown."
