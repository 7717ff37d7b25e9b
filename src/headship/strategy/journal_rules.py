"""Rights over looking back at decisions, each a refusal sentence or nothing."""

from datetime import date, timedelta

from headship.core.roles import BOARD, Role
from headship.core.scope import Scope
from headship.strategy.rules import Facts

LONGEST = timedelta(days=5 * 366)


def look_back(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may look back at a decision: whoever decided; for others the headteacher, or the chair."""
    if facts.withdrawn_at:
        return "This decision was withdrawn, so nobody looks back at it."
    if scope.person_id == facts.decided_by_id or scope.has(_stands_in(facts)):
        return None
    who = "the chair of governors" if facts.decided_as in BOARD else "the headteacher"
    return f"Whoever decided looks back at it, or {who}. Ask them."


def review_on(on: date | None, *, decided_on: date) -> str | None:
    """Whether a decision can be looked back at on a day: after it was decided, within five years."""
    if on is None:
        return None
    if on <= decided_on:
        return "The day to look back must be after the day it was decided"
    return "Look back within five years" if on - decided_on > LONGEST else None


def again_on(on: date | None, *, today: date) -> str | None:
    """Whether it can be looked back at again on a day."""
    return "The day to look back again must be in the future" if on and on <= today else None


def _stands_in(facts: Facts) -> Role:
    return Role.CHAIR if facts.decided_as in BOARD else Role.HEADTEACHER
