"""Rights over complaints and compliments, each a refusal sentence or nothing.

A complaint about the headteacher is apart: the chair leads it, and no leader of the school knows that there is one.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from headship.core.pages import in_words
from headship.core.roles import BOARD, LEADERS, STAFF, Role
from headship.core.scope import Scope
from headship.voice.complaint_choices import ENDS, KEPT_MONTHS, MOVES, Outcome, Stage

READERS = STAFF | BOARD
READERS_ONLY = (
    "Complaints and compliments are recorded by the school's staff and governors. Give yours to one of them, or write "
    "to the school."
)
COUNTERS = frozenset({Role.HEADTEACHER}) | BOARD
COUNTERS_ONLY = "How many complaints there were is for the headteacher and the governors. Ask one of them."
ABOUT_YOU = "A complaint about you goes to the chair of governors. Hand it to them: they record it. Nothing was saved."
NOT_LED = "Who answers a complaint, and who sees it, is decided by whoever leads it. Ask them."
NOT_ANSWERED = "Only whoever answers this complaint can do this. Ask them."
CHANGED_STAGE = "Open its page again to see what can be done now."
EARLIEST = timedelta(days=366 * 3)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rights over a complaint depend on. `named`: the people who may see it besides its owner."""

    stage: Stage
    about_id: int | None
    apart: bool
    owner_id: int | None
    named: AbstractSet[int]
    decided: bool = False
    heard: bool = False
    closed_on: date | None = None


def open_list(scope: Scope) -> str | None:
    """Whether the reader may open the list and record what they were told; what the list shows is a matter of each."""
    return None if scope.has(*READERS) else READERS_ONLY


def see_counts(scope: Scope) -> str | None:
    """Whether the reader may see how many there were."""
    return None if scope.has(*COUNTERS) else COUNTERS_ONLY


def leads_apart(scope: Scope) -> bool:
    """Whether the reader leads complaints about the headteacher: the chair, unless they are a leader of the school."""
    return scope.has(Role.CHAIR) and not scope.has(*LEADERS)


def see(scope: Scope, facts: Facts) -> bool:
    """Whether the reader knows of a complaint: never whom it is about; of one apart, no leader of the school."""
    if open_list(scope) or facts.about_id == scope.person_id:
        return False
    if facts.apart and scope.has(*LEADERS):
        return False
    return lead(scope, facts) is None or facts.owner_id == scope.person_id or scope.person_id in facts.named


def lead(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader leads a complaint: the headteacher, or the chair where it is apart."""
    if facts.about_id == scope.person_id:
        return NOT_LED
    leads = leads_apart(scope) if facts.apart else scope.has(Role.HEADTEACHER)
    return None if leads else NOT_LED


def answer(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may move a complaint on: who leads it, and its owner."""
    if not see(scope, facts):
        return NOT_ANSWERED
    return None if lead(scope, facts) is None or facts.owner_id == scope.person_id else NOT_ANSWERED


def move(scope: Scope, facts: Facts, to: Stage) -> str | None:
    """Whether the reader may bring a complaint to a stage now."""
    if refusal := answer(scope, facts):
        return refusal
    if to not in MOVES[facts.stage]:
        return f"This complaint is here now: {facts.stage.words.lower()}. {CHANGED_STAGE}"
    return reopen(facts, to) if facts.stage is Stage.CLOSED else None


def reopen(facts: Facts, to: Stage) -> str | None:
    """Whether a closed complaint can be taken to a stage: the next one that it was not in."""
    if facts.heard:
        return "A panel has heard it: the school has no further stage. Say where else they can turn."
    if to is Stage.PANEL and not facts.decided:
        return "A panel hears what was decided formally. Take this complaint to the formal stage first."
    if to is Stage.FORMAL and facts.decided:
        return "It was decided formally already. Whoever is not content can have it heard by a panel."
    return None


def close_as(stage: Stage, outcome: Outcome) -> str | None:
    """Whether a complaint that stands at a stage can end so."""
    if outcome in ENDS.get(stage, ()):
        return None
    return f"A complaint that is {stage.words.lower()} does not end as {outcome.words.lower()}. Choose from the list."


def set_apart(scope: Scope) -> str | None:
    """Whether a complaint may be set apart since it is about a headteacher: by the installation itself alone."""
    return NOT_LED if scope.person_id else None


def happened_on(on: date, *, today: date, since: date | None = None) -> str | None:
    """Whether something can have happened on a day: not in the future, nor before what came first."""
    if on > today:
        return "This day is in the future"
    if since and on < since:
        return f"This is before {in_words(since)}, when what came before it was done"
    return f"This is before {in_words(today - EARLIEST)}" if on < today - EARLIEST else None


def may_answer(roles: AbstractSet[str], *, apart: bool) -> bool:
    """Whether somebody with these posts can be named to answer, or to see, a complaint: no leader one that is apart."""
    return bool(roles & (BOARD if apart else READERS)) and not (apart and roles & LEADERS)


def learn(scope: Scope, facts: Facts, *, shown: bool = False) -> str | None:
    """Whether the reader may write down what was learned; of a complaint apart nothing is shown to others."""
    if refusal := answer(scope, facts):
        return refusal
    if shown and facts.apart:
        return "What was learned from this complaint stays with those who see it."
    return None


def finish(scope: Scope, facts: Facts, owner_id: int) -> str | None:
    """Whether the reader may say that what was learned was done: whose it is, and who may learn."""
    if owner_id == scope.person_id or answer(scope, facts) is None:
        return None
    return "Whether this was done is said by whoever does it."


def delete(scope: Scope, facts: Facts, *, today: date, held: bool) -> str | None:
    """Whether the reader may delete a complaint that is apart: who leads it, once its time is over."""
    if refusal := lead(scope, facts):
        return refusal
    if not facts.apart or facts.closed_on is None or months_since(facts.closed_on, today) < KEPT_MONTHS:
        return f"Complaints are kept for {KEPT_MONTHS // 12} years after they were closed."
    return "A legal hold stands: nothing may be deleted. Ask the data protection officer." if held else None


def months_since(day: date, today: date) -> int:
    """Return how many whole months lie between two days.

    >>> months_since(date(2026, 1, 31), date(2026, 2, 28)), months_since(date(2026, 1, 31), date(2026, 3, 31))
    (0, 2)
    """
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)


def set_procedure(scope: Scope) -> str | None:
    """Whether the reader may set the school's own periods."""
    if scope.has(Role.HEADTEACHER, Role.CHAIR, Role.CLERK):
        return None
    return "The procedure is set by the headteacher, the chair of governors or the clerk. Ask one of them."


def see_compliment(scope: Scope, about_id: int | None, *, passed: bool) -> bool:
    """Whether the reader knows of a compliment: the headteacher, and whom it is about once it was passed on."""
    if open_list(scope):
        return False
    return scope.has(Role.HEADTEACHER) or (passed and about_id == scope.person_id)


def pass_on(scope: Scope) -> str | None:
    """Whether the reader may pass a compliment on."""
    return None if scope.has(Role.HEADTEACHER) else "Compliments are passed on by the headteacher. Ask them."
