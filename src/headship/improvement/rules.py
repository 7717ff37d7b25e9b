"""Rights over improvement, each a refusal sentence or nothing, and what days and words can be."""

from datetime import date

from headship.core.pages import in_words
from headship.core.roles import BOARD, LEADERS, STAFF, Role
from headship.core.scope import Scope
from headship.improvement.choices import BET_MOVES, GOES_ON, BetState, Outcome, Rests

READERS = STAFF | BOARD
KEEPERS = (Role.HEADTEACHER, Role.SENIOR_LEADER)
LOOKERS = STAFF | BOARD
INSPECTED = LEADERS | BOARD
SUGGESTED = ("4.5",)
SUGGESTED_HABITS = ("4.3",)
LONGEST_RUN = 2  # years: what runs longer is no trial
READERS_ONLY = "This is for the school's staff and governors. Ask the headteacher for what you need from it."
STAFF_ONLY = "Staff of this school propose bets and question habits. Tell one of them what you have in mind."
KEEPERS_ONLY = "The headteacher and senior leaders do this. Ask one of them."
OWNER_ONLY = "Whoever answers for it does this, or the headteacher or a senior leader. Ask one of them."
INSPECTED_ONLY = "Readiness for inspection is for leaders and governors. Ask the headteacher for what you need from it."
UNMEASURED = (
    "Nothing was measured since it began to run. Note where the measure stands first, or say why it could not be "
    "measured"
)
KEEP_WITH = "Keep it with its evidence: say which, or test it, or drop it"


def see(scope: Scope) -> str | None:
    """Whether the reader may see bets, habits and the horizon."""
    return None if scope.has(*READERS) else READERS_ONLY


def propose(scope: Scope) -> str | None:
    """Whether the reader may propose a bet or put a habit to the question."""
    return None if scope.has(*STAFF) else STAFF_ONLY


def look_out(scope: Scope) -> str | None:
    """Whether the reader may put something on the horizon."""
    return None if scope.has(*LOOKERS) else READERS_ONLY


def keep(scope: Scope) -> str | None:
    """Whether the reader may let a bet run, or not."""
    return None if scope.has(*KEEPERS) else KEEPERS_ONLY


def answer(scope: Scope, owner: int) -> str | None:
    """Whether the reader may do what whoever answers for something does."""
    return None if scope.person_id == owner or scope.has(*KEEPERS) else OWNER_ONLY


def see_readiness(scope: Scope) -> str | None:
    """Whether the reader may see what there is for an inspection."""
    return None if scope.has(*INSPECTED) else INSPECTED_ONLY


def move(state: BetState, to: BetState) -> str | None:
    """Whether a bet may go from one state to another."""
    if to not in BET_MOVES[state]:
        return f"A bet that is {state.words.lower()} cannot become {to.words.lower()}"
    return None


def run(starts_on: date, stops_on: date) -> str | None:
    """Whether a bet can run between two days."""
    if stops_on <= starts_on:
        return "The stop date must be after the day it starts"
    if (stops_on - starts_on).days > 366 * LONGEST_RUN:
        return f"Stop within {LONGEST_RUN} years: what runs longer is no trial"
    return None


def decided(to: BetState, until: date | None, *, measured: bool, unmeasured: str, today: date) -> str | None:
    """Whether a bet can be decided so: something was measured, or why not; a new stop date only for what goes on."""
    if not measured and not unmeasured:
        return UNMEASURED
    if until and to not in GOES_ON:
        return "What is stopped has no new stop date: leave it empty"
    return run(today, until) if until else None


def reading(on: date, *, since: date, today: date) -> str | None:
    """Whether a day can be that of a reading: since the bet began, and not to come."""
    if on > today:
        return "The day cannot be in the future"
    return f"It began on {in_words(since)}: choose that day or a later one" if on < since else None


def ahead(day: date | None, *, today: date) -> str | None:
    """Whether a day lies ahead, where there is one."""
    return "Choose a day after today" if day is not None and day <= today else None


def kept(outcome: str, rests: Rests, evidence: str) -> str | None:
    """Whether what is kept has its evidence."""
    return KEEP_WITH if outcome == Outcome.KEEP and (rests == Rests.NONE or not evidence) else None


def rewritten(*, read: bool, changed: bool) -> str | None:
    """Whether what something on the horizon is may change: what was said of it was said of what stood there."""
    if read and changed:
        return "It was read as it stands, so its title, source and link stay. Note a new one instead"
    return None


def reviewed(outcome: Outcome, rests: Rests, evidence: str, again: date | None, *, today: date) -> str | None:
    """Whether a habit can be kept, tested or dropped so."""
    if wrong := kept(outcome, rests, evidence):
        return wrong
    if outcome == Outcome.DROP:
        return "What is dropped is asked about no more: leave the next day empty" if again else None
    return ahead(again, today=today) if again else "Say when it is asked about again"
