"""Rights over teams and the yearly reviews of each other's decisions, each a refusal sentence or nothing."""

from collections.abc import Set as AbstractSet
from datetime import date

from headship.core.roles import Role
from headship.core.scope import Scope
from headship.strategy.rights_choices import How

EDITORS = (Role.HEADTEACHER, Role.SENIOR_LEADER)
EDITORS_ONLY = "Teams and their reviews are kept by the headteacher and senior leaders. Ask one of them."
OWN = "Nobody reviews their own decisions. Somebody else of those who review writes about this one."
THEMSELVES = "Nobody reviews their own decisions: choose somebody who is not among those reviewed"
REVIEWERS_ONLY = "Those who review write what they think of a decision. Ask one of them."
DONE = "This review is done"
THEIRS = "Somebody else of those who review wrote about this decision, and their words stay"
MOST = 6


def edit(scope: Scope) -> str | None:
    """Whether the reader may change teams and arrange reviews."""
    return None if scope.has(*EDITORS) else EDITORS_ONLY


def see_review(scope: Scope, sides: AbstractSet[int]) -> bool:
    """Whether the reader knows what a review says: both sides and the headteacher do."""
    return scope.person_id in sides or scope.has(Role.HEADTEACHER)


def review(scope: Scope, reviewers: AbstractSet[int]) -> str | None:
    """Whether the reader is one of those who review."""
    return None if scope.person_id in reviewers else REVIEWERS_ONLY


def write(scope: Scope, reviewers: AbstractSet[int], decider: int) -> str | None:
    """Whether the reader may write about a decision: one of those who review, and not of their own."""
    return OWN if decider == scope.person_id else review(scope, reviewers)


def rewrite(scope: Scope, done_on: date | None, by: int | None) -> str | None:
    """Whether something may be written where somebody wrote, or nobody: their own, until the review is done."""
    if done_on:
        return DONE
    return THEIRS if by not in {None, scope.person_id} else None


def due(on: date, *, today: date) -> str | None:
    """Whether a review can be due on a day."""
    return "The day by when cannot be in the past" if on < today else None


def sides(by: AbstractSet[int], of: AbstractSet[int]) -> str | None:
    """Whether some people may review some others: neither is part of the other."""
    if not by or not of:
        return "A team without members cannot review or be reviewed"
    return THEMSELVES if by <= of or of <= by else None


def choose(how: How, already: int, chosen: int, count: int) -> str | None:
    """Whether those who review may choose decisions, and so many."""
    if how != How.CHOSEN or already:
        return "The decisions of this review stand already"
    if not 1 <= chosen <= count:
        return f"Choose from 1 to {count} decisions"
    return None


def since(on: date, *, today: date) -> str | None:
    """Whether a team may stand since a day."""
    return "The day cannot be in the future" if on > today else None
