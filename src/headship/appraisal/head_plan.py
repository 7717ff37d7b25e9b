"""The strategic plan that a headteacher's objectives are tied to: the one the board approved, while it runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from headship.appraisal.models import HeadObjective
from headship.core.pages import in_words, listed
from headship.core.scope import Scope
from headship.strategy import plan_queries
from headship.strategy.models import Plan

WITHOUT = "Objectives can be set without one; what the regulations ask goes on naming it as missing."


@dataclass(frozen=True, slots=True)
class Tie:
    """What objectives must be tied to before they are set: a plan's title and what stands in it, or why none binds."""

    title: str = ""
    stands: frozenset[str] = frozenset()
    why_none: str = ""


def choices(scope: Scope) -> list[tuple[str, str]]:
    """Return the priorities and objectives of the strategic plan, for tying an objective to one."""
    plan = plan_queries.in_force(scope)
    if plan is None:
        return []
    found: list[tuple[str, str]] = []
    for each in plan_queries.whole(plan).priorities:
        found.append((f"p{each.pk}", each.title))
        found += [(f"o{it.pk}", f"{each.title}: {it.words}") for it in each.objectives.all()]
    return found


def tie(scope: Scope) -> Tie:
    """Return what a school's headteacher's objectives must be tied to today."""
    plan = plan_queries.in_force(scope)
    why = _why_none(scope, plan)
    if plan is None or why:
        return Tie(why_none=f"{why} {WITHOUT}")
    return Tie(plan.title, frozenset(key for key, _ in choices(scope)))


def _why_none(scope: Scope, plan: Plan | None) -> str:
    """Say why no plan binds, or nothing where one does: approved by the board, running today, with something in it."""
    today = timezone.localdate(scope.at)
    if plan is None:
        return "The school has no strategic plan here."
    if not plan.approvals.exists():
        return f"The board has not approved the plan “{plan.title}” yet."
    if today > plan.ends_on:
        return f"The plan “{plan.title}” ended on {in_words(plan.ends_on)}, and there is no later one."
    if today < plan.starts_on:
        return f"The plan “{plan.title}” begins on {in_words(plan.starts_on)}, and none runs today."
    return "" if choices(scope) else f"Nothing stands in the plan “{plan.title}” yet."


def loose(found: Tie, rows: Sequence[HeadObjective]) -> list[tuple[int, HeadObjective]]:
    """Return the objectives, each with its number, that are tied to nothing that stands in the plan that binds."""
    if found.why_none:
        return []
    return [(at, each) for at, each in enumerate(rows, 1) if tied_to(each) not in found.stands]


def tied_to(each: HeadObjective) -> str:
    """Return what of the plan an objective is tied to, as a form names it ("p3", "o7", or nothing)."""
    if each.objective_id:
        return f"o{each.objective_id}"
    return f"p{each.priority_id}" if each.priority_id else ""


def refusal(found: Tie, rows: Sequence[HeadObjective]) -> str | None:
    """Whether objectives can be set as they are tied."""
    numbers = [str(at) for at, _ in loose(found, rows)]
    if not numbers:
        return None
    which = f"Objective {numbers[0]} is" if len(numbers) == 1 else f"Objectives {listed(numbers)} are"
    return (
        f"{which} tied to nothing that stands in the plan “{found.title}”, which the board approved. Choose what of it "
        "each serves, or take the objective out; then set them"
    )
