"""Rights over the map of who decides, each a refusal sentence or nothing."""

from collections.abc import Sequence
from datetime import date

from headship.core.pages import in_words
from headship.core.roles import Role
from headship.core.scope import Scope

EDITORS = (Role.HEADTEACHER, Role.CHAIR)
EDITORS_ONLY = "Who decides what is agreed by the headteacher and the chair of governors. Ask one of them."
MOST_DECIDERS = 2
MOST_AREAS = 100


def edit(scope: Scope) -> str | None:
    """Whether the reader may say who decides what."""
    return None if scope.has(*EDITORS) else EDITORS_ONLY


def since(on: date, *, before: date | None, today: date) -> str | None:
    """Whether rights may hold from a day: not one to come, nor one before what it follows."""
    if on > today:
        return "The day cannot be in the future: say it when it is so"
    if before and on < before:
        return f"What stands now holds since {in_words(before)}: choose that day or a later one"
    return None


def deciders(codes: Sequence[str]) -> str | None:
    """Whether those who decide are told apart."""
    if len(set(codes)) < len(codes):
        return "The same cannot decide twice: leave the second empty"
    return f"At most {MOST_DECIDERS} can be said to decide" if len(codes) > MOST_DECIDERS else None


def name(wanted: str, others: Sequence[str]) -> str | None:
    """Whether an area may have a name: no other has it, and there are not too many."""
    if wanted.casefold() in {each.casefold() for each in others}:
        return f"Another area is called “{wanted}”: choose another name"
    return f"{MOST_AREAS} areas are the most" if len(others) >= MOST_AREAS else None
