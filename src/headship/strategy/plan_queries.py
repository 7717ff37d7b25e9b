"""Reads of the strategic plan: whole, by its parts, what serves nothing, what changed since it was approved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from headship.core.scope import Scope
from headship.strategy import plan_rules, queries
from headship.strategy.choices import ACTIVE, Audience, Status
from headship.strategy.models import (
    Approval,
    Milestone,
    Objective,
    Plan,
    PlanChange,
    PlannedAction,
    PlanWords,
    Priority,
)


@dataclass(frozen=True, slots=True)
class Whole:
    """A plan with everything in it, priorities and actions in the order they were written down."""

    plan: Plan
    priorities: Sequence[Priority]
    actions: Sequence[PlannedAction]
    approvals: Sequence[Approval]
    since: Sequence[PlanChange]

    @property
    def approval(self) -> Approval | None:
        """The board's newest approval."""
        return next(iter(self.approvals), None)

    def of(self, priority: Priority) -> list[PlannedAction]:
        """Return the actions of a priority."""
        keys = {each.pk for each in priority.objectives.all()}
        return [each for each in self.actions if each.objective_id in keys]

    @property
    def loose(self) -> list[PlannedAction]:
        """The actions that serve nothing, those that were dropped left out."""
        return [each for each in self.actions if each.objective_id is None and each.status != Status.DROPPED]

    @property
    def unacted(self) -> list[Priority]:
        """The priorities nobody acts on."""
        return [each for each in self.priorities if all(it.status == Status.DROPPED for it in self.of(each))]

    @property
    def unmeasured(self) -> list[Objective]:
        """The objectives without a measure."""
        return [it for each in self.priorities for it in each.objectives.all() if not it.measure]

    @property
    def nearest(self) -> PlannedAction | None:
        """The action that is late or due soonest."""
        return min(active(self.actions), key=lambda each: (each.due_on, each.pk), default=None)


def plans(scope: Scope) -> QuerySet[Plan]:
    """Return the school's plans, the newest first."""
    return Plan.objects.filter(school_id=scope.school_id).order_by("-starts_on", "-pk")


def plan(scope: Scope, key: int) -> Plan | None:
    """Return one of the school's plans."""
    return plans(scope).filter(pk=key).first()


def in_force(scope: Scope) -> Plan | None:
    """Return the plan of today; before it begins or after it ends, the newest there is."""
    return of_today(list(plans(scope)), timezone.localdate(scope.at))


def of_today(newest_first: Sequence[Plan], today: date) -> Plan | None:
    """Return the plan that holds today, or else the newest."""
    held = (each for each in newest_first if each.starts_on <= today <= each.ends_on)
    return next(held, next(iter(newest_first), None))


def priorities(scope: Scope) -> QuerySet[Priority]:
    """Return the priorities of the school's plans, but for those that were withdrawn."""
    return Priority.objects.filter(plan__school_id=scope.school_id, withdrawn_on=None)


def objectives(scope: Scope) -> QuerySet[Objective]:
    """Return the objectives of the school's plans that stand, each with its priority."""
    return every_objective(scope).filter(withdrawn_on=None, priority__withdrawn_on=None)


def every_objective(scope: Scope) -> QuerySet[Objective]:
    """Return the objectives of the school's plans, those that were withdrawn too."""
    return Objective.objects.filter(priority__plan__school_id=scope.school_id).select_related("priority__plan")


def withdrawn(of: Plan) -> list[Priority | Objective]:
    """Return what was withdrawn from a plan, the newest first."""
    gone = {"withdrawn_on__isnull": False}
    found: list[Priority | Objective] = list(of.priorities.filter(**gone))
    found += Objective.objects.filter(priority__plan=of, **gone)
    return sorted(found, key=lambda each: (each.withdrawn_on or date.min, each.pk), reverse=True)


def served(of: Priority | Objective) -> bool:
    """Whether anybody acts, or acted, on something of the plan: actions that were dropped do not count."""
    key = {"objective": of} if isinstance(of, Objective) else {"objective__priority": of}
    return PlannedAction.objects.filter(**key).exclude(status=Status.DROPPED).exists()


def actions(scope: Scope) -> QuerySet[PlannedAction]:
    """Return the actions of the school's plans."""
    found = PlannedAction.objects.filter(plan__school_id=scope.school_id)
    return found.select_related("plan", "objective__priority")


def milestones(scope: Scope) -> QuerySet[Milestone]:
    """Return the milestones of the school's plans."""
    return Milestone.objects.filter(action__plan__school_id=scope.school_id).select_related("action")


def whole(of: Plan) -> Whole:
    """Return a plan with everything in it."""
    standing = Objective.objects.filter(withdrawn_on=None).prefetch_related("readings")
    found = of.priorities.filter(withdrawn_on=None).order_by("pk")
    found = found.prefetch_related("values", "characteristics", Prefetch("objectives", queryset=standing))
    approvals = list(of.approvals.order_by("-on", "-pk"))
    return Whole(
        plan=of,
        priorities=list(found),
        actions=list(of.actions.prefetch_related("milestones").order_by("pk")),
        approvals=approvals,
        since=since(of, approvals[0] if approvals else None),
    )


def kept(of: Plan, key: int) -> Approval | None:
    """Return an approval of a plan with which its words were kept."""
    return of.approvals.exclude(kept="").filter(pk=key).first()


def days_of(of: Plan) -> tuple[date, date] | None:
    """Return the first and the last day of a plan's priorities, actions and milestones; None where it is empty."""
    spans = [
        *of.priorities.filter(withdrawn_on=None).values_list("starts_on", "ends_on"),
        *of.actions.values_list("starts_on", "due_on"),
        *Milestone.objects.filter(action__plan=of).values_list("due_on", "due_on"),
    ]
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def since(of: Plan, approval: Approval | None) -> list[PlanChange]:
    """Return what changed in a plan after the board approved it: after its version, or after the day of its meeting."""
    if approval is None:
        return []
    return list(of.changes.filter(Q(version__gt=approval.version) | Q(on__gt=approval.on)).order_by("pk"))


def unserved(scope: Scope, whole: Whole) -> list[str]:
    """Return the school's values that no priority serves."""
    served = {it.pk for each in whole.priorities for it in each.values.all()}
    return [each.name for each in queries.values(scope) if each.pk not in served]


def active(rows: Iterable[PlannedAction]) -> list[PlannedAction]:
    """Return the actions that are neither done nor dropped."""
    return [each for each in rows if each.status in ACTIVE]


def cost(each: PlannedAction) -> Decimal | None:
    """Return what an action costs, hours at their rate reckoned; None where nobody knows."""
    if each.hours is not None and each.rate is not None:
        return (each.hours * each.rate).quantize(Decimal("0.01"))
    return each.cost


def owned(scope: Scope, until: date, here: Iterable[int] | None = None) -> list[PlannedAction]:
    """Return the reader's actions due until a day and neither done nor dropped; also those of nobody who is here."""
    whose = Q(owner_id=scope.person_id)
    if here is not None:
        whose |= ~Q(owner_id__in=here)
    found = actions(scope).filter(whose, status__in=ACTIVE, due_on__lte=until)
    return list(found.order_by("due_on", "pk"))


def milestones_between(scope: Scope, first: date, last: date) -> list[Milestone]:
    """Return the milestones due between two days whose actions were not dropped."""
    found = milestones(scope).filter(due_on__range=(first, last)).exclude(action__status=Status.DROPPED)
    return list(found.order_by("due_on", "pk"))


def done_since(scope: Scope, moment: datetime) -> list[PlannedAction]:
    """Return the actions others finished on or after the day of a moment."""
    found = actions(scope).filter(status=Status.DONE, done_on__gte=timezone.localdate(moment))
    return list(found.exclude(owner_id=scope.person_id).order_by("-done_on", "-pk")[:10])


def words_for(scope: Scope, of: Plan, audience: Audience, starts_in: int) -> PlanWords | None:
    """Return the plan in somebody's words for a year, or None where the reader may not know of it."""
    found = PlanWords.objects.filter(plan=of, audience=audience, starts_in=starts_in).first()
    return found if found and plan_rules.see_words(scope, shown=found.published_on is not None) else None


def priority_source(key: int) -> str:
    """Return how others name a priority."""
    return f"strategy.Priority:{key}"


def priority_key(source: str) -> int | None:
    """Return the key of the priority that is named so; None of anything else."""
    model, _, key = source.partition(":")
    return int(key) if model == "strategy.Priority" else None


def source(key: int) -> str:
    """Return how evidence names an action."""
    return f"strategy.PlannedAction:{key}"
