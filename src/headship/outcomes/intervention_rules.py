"""Rights over interventions, each a refusal sentence or nothing."""

from dataclasses import dataclass
from datetime import datetime

from headship.core.roles import Role
from headship.core.scope import Scope

PLANNERS = (Role.HEADTEACHER, Role.SENIOR_LEADER, Role.MIDDLE_LEADER)
PLANNERS_ONLY = "Interventions are kept by the headteacher, senior leaders and middle leaders. Ask one of them."
OWNERS_ONLY = "What came of an intervention is noted by who answers for it, and by those who keep interventions."
WITHDRAWN = "This intervention was withdrawn. Plan a new one instead."


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rights over an intervention depend on."""

    owner_id: int
    withdrawn_at: datetime | None


def plan_interventions(scope: Scope) -> str | None:
    """Whether the reader may plan an intervention."""
    return None if scope.has(*PLANNERS) else PLANNERS_ONLY


def change_intervention(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may change or withdraw an intervention, and say who takes part."""
    return WITHDRAWN if facts.withdrawn_at else plan_interventions(scope)


def review_intervention(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may note what came of an intervention."""
    if facts.withdrawn_at:
        return WITHDRAWN
    return None if scope.person_id == facts.owner_id or scope.has(*PLANNERS) else OWNERS_ONLY


def see_count(scope: Scope, taking_part: int, others: int, *, hidden_to: int) -> bool:
    """Whether the reader may see how many take part: not where it is few, or all but few, but for those who keep it."""
    few = 1 <= taking_part <= hidden_to or 1 <= others <= hidden_to
    return not few or scope.has(*PLANNERS)
