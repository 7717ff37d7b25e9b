"""The strategic plan for programs, by the rules of its pages."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from headship.core.errors import existing
from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, Key, OfSchool, Page, Personal, page_of
from headship.strategy import plan_pages, plan_queries
from headship.strategy.models import Plan, PlannedAction


class PlanGiven(Given):
    """A plan, and whether the board approved it as it stands."""

    id: OfSchool[int]
    title: OfSchool[str]
    starts_on: OfSchool[date]
    ends_on: OfSchool[date]
    approved: OfSchool[str]
    version: OfSchool[int]

    @classmethod
    def of(cls, row: Plan, **named: Any) -> Self:
        """Return a plan as programs get it."""
        return super().of(row, approved=plan_pages.approved(plan_queries.whole(row)), **named)


class ActionGiven(Given):
    """An action of a plan. What nobody knows is null."""

    id: OfSchool[int]
    what: Personal[str]
    objective: OfSchool[str | None]
    priority: OfSchool[str | None]
    status: OfSchool[str]
    starts_on: OfSchool[date]
    due_on: OfSchool[date]
    done_on: OfSchool[date | None]
    cost: OfSchool[Decimal | None]
    version: OfSchool[int]

    @classmethod
    def of(cls, row: PlannedAction, **named: Any) -> Self:
        """Return an action as programs get it."""
        of = row.objective
        return super().of(
            row,
            objective=of.words if of else None,
            priority=of.priority.title if of else None,
            cost=plan_queries.cost(row),
            **named,
        )


def plans(scope: Scope, asked: Asked) -> Page[PlanGiven]:
    """List the school's plans, newest first."""
    return page_of(plan_queries.plans(scope), asked, PlanGiven.of)


def plan(scope: Scope, plan: Key) -> PlanGiven:
    """Read one plan."""
    return PlanGiven.of(existing(plan_queries.plan(scope, plan)))


def planned_actions(scope: Scope, plan: Key, asked: Asked) -> Page[ActionGiven]:
    """List the actions of a plan in the order in which they were planned."""
    of = existing(plan_queries.plan(scope, plan))
    return page_of(plan_queries.actions(scope).filter(plan=of).order_by("pk"), asked, ActionGiven.of)
