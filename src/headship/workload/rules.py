"""Rights over the workload ledger, each a refusal sentence or nothing."""

from collections.abc import Iterable
from datetime import date

from headship.core.roles import BOARD, STAFF, Role
from headship.core.scope import Scope
from headship.workload.choices import MOVES, Outcome, State

READERS = STAFF | BOARD
WEIGHERS = (Role.HEADTEACHER, Role.SENIOR_LEADER)
RATERS = (Role.HEADTEACHER, Role.BUSINESS_MANAGER)
READERS_ONLY = "The workload ledger is for the school's staff and governors. Ask the headteacher for what you need."
STAFF_ONLY = "What is asked of staff is proposed by staff. Ask one of them."
WEIGHERS_ONLY = "The headteacher and senior leaders weigh what is asked of staff. Ask one of them."
RATERS_ONLY = "What an hour costs is kept by the headteacher and the school business manager. Ask one of them."
OWNER_ONLY = "It is reviewed by whoever answers for it, the headteacher or a senior leader. Ask one of them."
WRITER_ONLY = (
    "A proposal is changed by whoever made it or a leader who weighs it; what was agreed is changed in its review."
)
LONGEST, MOST_TIMES, MOST_PEOPLE = 2400, 400, 2000
TOO_MANY = f"Enter how many are asked: at most {MOST_PEOPLE:,} of a post"
MOST_PROPOSED = 50
REVIEWED_WITHIN = 366  # days: a review a year


def read(scope: Scope) -> str | None:
    """Whether the reader may open the ledger."""
    return None if scope.has(*READERS) else READERS_ONLY


def propose(scope: Scope) -> str | None:
    """Whether the reader may propose a demand."""
    return None if scope.has(*STAFF) else STAFF_ONLY


def weigh(scope: Scope, state: State = State.PROPOSED) -> str | None:
    """Whether the reader may agree to a demand or refuse it."""
    if not scope.has(*WEIGHERS):
        return WEIGHERS_ONLY
    return None if state == State.PROPOSED else f"It is {state.words.lower()} already."


def change(scope: Scope, proposed_by: int, state: State) -> str | None:
    """Whether the reader may change a proposal."""
    may = scope.has(*WEIGHERS) or (scope.has(*STAFF) and scope.person_id == proposed_by)
    return None if may and state == State.PROPOSED else WRITER_ONLY


def review(scope: Scope, owner: int, state: State) -> str | None:
    """Whether the reader may review a demand: whoever answers for it, and those who weigh."""
    if not scope.has(*WEIGHERS) and not (scope.has(*STAFF) and scope.person_id == owner):
        return OWNER_ONLY
    return None if state == State.AGREED else "Only what is agreed is reviewed."


def question(scope: Scope, owner: int, proposed_by: int) -> str | None:
    """Whether the reader may name the habit that questions a demand."""
    mine = scope.has(*STAFF) and scope.person_id in {owner, proposed_by}
    return None if mine or scope.has(*WEIGHERS) else OWNER_ONLY


def rate(scope: Scope) -> str | None:
    """Whether the reader may know and enter what an hour costs: of a post that one person holds it is near to pay."""
    return None if scope.has(*RATERS) else RATERS_ONLY


def move(state: State, to: State, because: str) -> str | None:
    """Whether a demand may go from one state to another, with what is said about it."""
    if to not in MOVES[state]:
        return f"What is {state.words.lower()} cannot become {to.words.lower()}"
    return f"Say why it is {to.words.lower()}" if to != State.AGREED and not because else None


def what_goes(*, goes: bool, nothing_because: str) -> str | None:
    """Whether a proposal says what goes for it: something, or a reason why nothing does."""
    if goes and nothing_because:
        return "Choose what goes, or say why nothing does, not both"
    return None if goes or nothing_because else "Choose what goes, or say why nothing does"


def takes(minutes: int, times: int) -> str | None:
    """Whether minutes and times a year can be meant."""
    if not 0 < minutes <= LONGEST:
        return f"Enter 1 to {LONGEST:,} minutes each time"
    return None if 0 < times <= MOST_TIMES else f"Enter 1 to {MOST_TIMES} times a year"


def people(asked: Iterable[int | None]) -> str | None:
    """Whether numbers of people can be meant; None is all of a post."""
    if all(each is None or 0 <= each <= MOST_PEOPLE for each in asked):
        return None
    return TOO_MANY


def more(proposed: int) -> str | None:
    """Whether somebody with so many proposals that nobody has weighed may make another."""
    if proposed < MOST_PROPOSED:
        return None
    return f"{MOST_PROPOSED} of your proposals wait to be weighed. Propose more once some of them are"


def within_a_year(on: date, *, today: date) -> str | None:
    """Whether the day of a review is near enough: what is asked of staff is reviewed once a year."""
    return "Choose a review within a year from today" if (on - today).days > REVIEWED_WITHIN else None


def reviewed(outcome: Outcome, because: str, next_on: date | None, *, today: date) -> str | None:
    """Whether a review says enough: why, and when again."""
    if not because:
        return "Say why"
    if outcome != Outcome.DROP and (next_on is None or next_on <= today):
        return "Choose a day to come for the next review"
    return None if outcome == Outcome.DROP or next_on is None else within_a_year(next_on, today=today)
