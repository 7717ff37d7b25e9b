"""Rights over targets, each a refusal sentence or nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from headship.core.pages import in_words
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.outcomes.target_choices import Kind

SETTERS = (Role.HEADTEACHER, Role.SENIOR_LEADER, Role.MIDDLE_LEADER)
SETTERS_ONLY = "Targets are set by the headteacher, senior leaders and middle leaders. Ask one of them."
OWNERS_ONLY = "A target is looked at by who answers for it, and by those who set targets. Ask one of them."
WITHDRAWN = "This target was withdrawn. Set a new one instead."
RESULTS_IN = (
    "These results are here already. A target is set before its results come, and then stays as it is: trying out "
    "other aims would tell how single pupils did. Say what you found, or set a target for the next results."
)
DECIDES = ("year", "year_group", "subject", "group", "assessment", "kind", "standard", "aim")  # what results answer
SMALL = (
    "It is about so few pupils that a figure could tell of one of them: its aim is shown to those who set targets, its "
    "chance and its result to nobody."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rights over a target depend on."""

    owner_id: int
    withdrawn_at: datetime | None


def set_targets(scope: Scope) -> str | None:
    """Whether the reader may set a target."""
    return None if scope.has(*SETTERS) else SETTERS_ONLY


def change_target(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may change or withdraw a target."""
    return WITHDRAWN if facts.withdrawn_at else set_targets(scope)


def review_target(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may say how a target goes: who answers for it, or who may set targets."""
    if facts.withdrawn_at:
        return WITHDRAWN
    return None if scope.person_id == facts.owner_id or scope.has(*SETTERS) else OWNERS_ONLY


def see_aim(scope: Scope, *, small: bool) -> str | None:
    """Whether the reader may see what a target aims at: those who set targets where it is about few pupils."""
    return SMALL if small and not scope.has(*SETTERS) else None


def is_small(  # noqa: PLR0913  # two sizes, what is aimed at, and the rule
    pupils: int | None, others: int | None, *, group: str, kind: str, aim: float, hidden_to: int
) -> bool:
    """Whether a target is about so few pupils, or leaves out so few, that a figure could tell of one of them.

    `pupils` it is about and `others` of the same year group (None: nobody brought that year's pupils). A group whose
    size is not known may be a small one.
    """
    if pupils is None or others is None:
        return bool(group) or (kind == Kind.STANDARD and aim <= hidden_to)
    return 1 <= pupils <= hidden_to or 1 <= others <= hidden_to


def due_on(on: date, *, year: tuple[date, date]) -> str | None:
    """Whether results can be due on a day: in the target's academic year, or in the weeks after it."""
    first, last = year
    if first <= on <= last:
        return None
    return f"The results must be due between {in_words(first)} and {in_words(last)}, in the target's academic year"
