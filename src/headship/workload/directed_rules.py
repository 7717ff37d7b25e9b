"""Rights over directed time, each a refusal sentence or nothing."""

from collections.abc import Sequence
from datetime import date

from headship.core.pages import in_words
from headship.core.roles import STAFF, Role
from headship.core.scope import Scope

PLANNERS = (Role.HEADTEACHER, Role.SENIOR_LEADER)
VIEWERS = (*PLANNERS, Role.BUSINESS_MANAGER)
PLANNERS_ONLY = "Directed time is planned by the headteacher and senior leaders. Ask one of them."
VIEWERS_ONLY = (
    "The directed time of others is for the headteacher, senior leaders and the school business manager. "
    "Yours stands under My directed time."
)
LONGEST = 600  # minutes in a day
OWN_ONLY = "Directed time is for the school's staff."


def plan(scope: Scope) -> str | None:
    """Whether the reader may plan directed time."""
    return None if scope.has(*PLANNERS) else PLANNERS_ONLY


def view(scope: Scope) -> str | None:
    """Whether the reader may see how much everybody has left."""
    return None if scope.has(*VIEWERS) else VIEWERS_ONLY


def own(scope: Scope) -> str | None:
    """Whether the reader may have directed time of their own here."""
    return None if scope.has(*STAFF) else OWN_ONLY


def statement(scope: Scope, person: int) -> str | None:
    """Whether the reader may see somebody's statement: their own, and those who see everybody's."""
    return None if scope.has(*VIEWERS) or (scope.has(*STAFF) and scope.person_id == person) else VIEWERS_ONLY


def placed(*, weekday: int | None, dates: int) -> str | None:
    """Whether something has its place in the calendar: one weekday every week, or dates."""
    if weekday is not None and dates:
        return "Choose a weekday, or give dates, not both"
    return None if weekday is not None or dates else "Choose a weekday, or give dates: every hour has its place"


def inside(outside: Sequence[date]) -> str | None:
    """Whether dates are days of the school year; `outside` are those that are not."""
    if not outside:
        return None
    return f"{in_words(outside[0])} is no day of the school year: no school day and no training day"


def share(part: int, whole: int) -> str | None:
    """Whether two numbers are a share of full time."""
    return None if 0 <= part <= whole and 0 < whole <= 1000 else "Enter a share of full time, such as 3 of 5"
