"""Rights over values and decisions, each a refusal sentence or nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from headship.core.pages import academic_year, in_words
from headship.core.roles import BOARD, STAFF, Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.schools.calendar_dates import bounds, year_of

READERS = STAFF | BOARD
NOTERS = (Role.HEADTEACHER, Role.SENIOR_LEADER, Role.CHAIR, Role.GOVERNOR, Role.BUSINESS_MANAGER)
VALUE_KEEPERS = (Role.HEADTEACHER, Role.CHAIR)
SUGGESTED = ("1.1", "3.6")
READERS_ONLY = (
    "The decision log is for the school's staff and governors. Ask the headteacher for what you need from it."
)
NOTERS_ONLY = (
    "Decisions are noted by the headteacher, senior leaders, the school business manager and governors. "
    "Ask one of them to note it."
)
VALUE_KEEPERS_ONLY = "The school's values are kept by the headteacher and the chair of governors. Ask one of them."
_OFFERED = (Visibility.STAFF, Visibility.GOVERNORS, Visibility.LEADERS, Visibility.PUBLIC)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rights over a decision depend on."""

    decided_by_id: int
    decided_as: str
    decided_on: date
    withdrawn_at: datetime | None


def see_decisions(scope: Scope) -> str | None:
    """Whether the reader may open the decision log; which decisions it shows is a matter of their classes."""
    return None if scope.has(*READERS) else READERS_ONLY


def note_decision(scope: Scope) -> str | None:
    """Whether the reader may note a decision."""
    return None if scope.has(*NOTERS) else NOTERS_ONLY


def visibilities(scope: Scope) -> tuple[Visibility, ...]:
    """Return the classes a decision may be given by this reader: those they would still see it in themselves."""
    return tuple(each for each in _OFFERED if each in scope.opens)


def decided_as(scope: Scope) -> str:
    """Return the post the reader notes decisions in: the first of theirs that may."""
    return next(role for role in NOTERS if scope.has(role))


def change_decision(scope: Scope, facts: Facts, *, today: date) -> str | None:
    """Whether the reader may change a decision: their own, until its academic year ends."""
    if facts.withdrawn_at:
        return "This decision was withdrawn. Note a new one instead."
    if scope.person_id != facts.decided_by_id or not scope.has(*NOTERS):
        return "Only the person who noted a decision can change it. Ask them, or note a new decision."
    if year_of(facts.decided_on) != year_of(today):
        return (
            f"The year {academic_year(year_of(facts.decided_on))} is over. Note a new decision that replaces this one."
        )
    return None


def withdraw_decision(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may withdraw a decision: their own, or as headteacher (chair) one of staff (the board)."""
    if facts.withdrawn_at:
        return "This decision is withdrawn already."
    if scope.person_id == facts.decided_by_id and scope.has(*NOTERS):
        return None
    if scope.has(Role.CHAIR if facts.decided_as in BOARD else Role.HEADTEACHER):
        return None
    who = "the chair of governors" if facts.decided_as in BOARD else "the headteacher"
    return f"A decision is withdrawn by the person who noted it, or by {who}. Ask them."


def decided_on(on: date, *, today: date) -> str | None:
    """Whether a day can be a decision's: not to come, and this academic year or the one before."""
    if on > today:
        return "The day it was decided cannot be in the future"
    first, _ = bounds(year_of(today) - 1)
    if on < first:
        return f"The day it was decided must be on or after {in_words(first)}"
    return None


def edit_values(scope: Scope) -> str | None:
    """Whether the reader may change the school's values."""
    return None if scope.has(*VALUE_KEEPERS) else VALUE_KEEPERS_ONLY
