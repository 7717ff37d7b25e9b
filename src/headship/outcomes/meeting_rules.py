"""Rights over progress meetings, each a refusal sentence or nothing."""

from dataclasses import dataclass
from datetime import datetime

from headship.core.roles import BOARD, STAFF, Role
from headship.core.scope import Scope

READERS = STAFF | BOARD
READERS_ONLY = "Progress meetings are for the school's staff and governors. Ask the headteacher for what you need."
NOTERS = (Role.HEADTEACHER, Role.SENIOR_LEADER, Role.MIDDLE_LEADER)
NOTERS_ONLY = "Progress meetings are noted by the headteacher, senior leaders and middle leaders. Ask one of them."
OWNERS_ONLY = "A change is closed by who took it on, or by those who note meetings. Ask one of them."
CLOSED = "This is closed: what came of it is written down."


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rights over a line depend on."""

    owner_id: int
    closed_at: datetime | None


def see_meetings(scope: Scope) -> str | None:
    """Whether the reader may open progress meetings."""
    return None if scope.has(*READERS) else READERS_ONLY


def note_meetings(scope: Scope) -> str | None:
    """Whether the reader may note a meeting and what is to change."""
    return None if scope.has(*NOTERS) else NOTERS_ONLY


def change_line(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may change what is to change, while it is open."""
    return CLOSED if facts.closed_at else note_meetings(scope)


def close_line(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may write down what came of a change: who took it on, or who notes meetings."""
    if facts.closed_at:
        return CLOSED
    return None if scope.person_id == facts.owner_id or scope.has(*NOTERS) else OWNERS_ONLY
