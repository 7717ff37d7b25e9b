"""Rights over the grid of pupil premium spending, each a refusal sentence or nothing."""

from headship.core.roles import BOARD, STAFF, Role
from headship.core.scope import Scope

READERS = STAFF | BOARD
READERS_ONLY = "What is spent for whom is for the school's staff and governors. Ask the headteacher for what you need."
KEEPERS = (Role.HEADTEACHER, Role.SENIOR_LEADER, Role.BUSINESS_MANAGER)
KEEPERS_ONLY = "Pupil premium spending is kept by the headteacher, senior leaders and the business manager. Ask one."


def see_spending(scope: Scope) -> str | None:
    """Whether the reader may open the grid."""
    return None if scope.has(*READERS) else READERS_ONLY


def keep_spending(scope: Scope) -> str | None:
    """Whether the reader may change the grid."""
    return None if scope.has(*KEEPERS) else KEEPERS_ONLY
