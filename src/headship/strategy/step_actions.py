"""Writes of the plan's actions: what is done, how far it is, its milestones and the minutes about it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, require
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.strategy import plan_actions, plan_queries, plan_rules, queries
from headship.strategy.choices import Status
from headship.strategy.models import Milestone, Minute, Objective, PlannedAction

KIND = "strategy.action"
ALWAYS = ("1.6",)


@dataclass(frozen=True, slots=True)
class Costed:
    """What an action costs: an amount, or hours at a rate; unknown is None."""

    amount: Decimal | None = None
    hours: Decimal | None = None
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """An action: what, for which objective (none yet is allowed), who, from when, by when, at which cost."""

    what: str
    owner: int
    starts_on: date
    due_on: date
    objective: int | None = None
    costed: Costed = Costed()
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class Minuted:
    """What a meeting said: the meeting in words, its day, and the text."""

    meeting: str
    on: date
    words: str


@action("strategy.add_action")
def add_action(*, by: Scope, at: datetime, once: UUID, plan: int, doing: Doing) -> int:
    """Plan an action; the same form sent again gives the first one's key."""
    require(plan_rules.edit(by))
    within = plan_actions.locked_plan(by, plan)
    if plan_actions.repeated(found := PlannedAction.objects.filter(plan=within, once=once).first()):
        return found.pk
    made = PlannedAction(plan=within, once=once)
    _take(by, made, doing)
    made.save()
    plan_actions.changed(within, by, at, f"New action, due {in_words(doing.due_on)}: {doing.what}")
    actions.audit(f"strategy.PlannedAction:{made.pk}", plan=within.pk)
    return made.pk


@action("strategy.change_action")
def change_action(*, by: Scope, at: datetime, planned: int, version: int, doing: Doing) -> None:
    """Change what an action is, who does it, by when or at which cost."""
    require(plan_rules.edit(by))
    now = _locked(by, planned, version)
    within = plan_actions.locked_plan(by, now.plan_id)
    _take(by, now, doing)
    now.version += 1
    now.save()
    if now.status == Status.DONE:
        evidence.withdraw(source=plan_queries.source(now.pk))
        _record(now)
    plan_actions.changed(within, by, at, f"An action changed, due {in_words(doing.due_on)}: {doing.what}")
    actions.audit(f"strategy.PlannedAction:{now.pk}", version=now.version)


@action("strategy.move_action")
def move_action(*, by: Scope, at: datetime, planned: int, version: int, to: Status, because: str) -> None:  # noqa: PLR0913  # a move's parts
    """Say how far an action is; one that is done is evidence, until it is taken up again."""
    now = _progressed(by, planned)
    plan_actions.fresh(now.version, version)
    plan_actions.refuse(plan_rules.move(Status(now.status), to, because))
    if now.status == Status.DONE:
        evidence.withdraw(source=plan_queries.source(now.pk))
    now.status, now.because, now.version = to, because, version + 1
    now.done_on = timezone.localdate(at) if to == Status.DONE else None
    now.save(update_fields=["status", "because", "done_on", "version"])
    if to == Status.DONE:
        _record(now)
    actions.audit(f"strategy.PlannedAction:{now.pk}", to=to, version=now.version)


@action("strategy.add_milestone")
def add_milestone(*, by: Scope, at: datetime, once: UUID, planned: int, words: str, due_on: date) -> int:  # noqa: PLR0913  # a milestone's parts
    """Set a step on the way of an action; the same form sent again gives the first one's key."""
    of = _progressed(by, planned)
    within = plan_actions.locked_plan(by, of.plan_id)
    if plan_actions.repeated(found := Milestone.objects.filter(action=of, once=once).first()):
        return found.pk
    require(plan_rules.add_milestone(Status(of.status)))
    plan_actions.refuse(plan_rules.inside(due_on, due_on, of=(within.starts_on, within.ends_on)))
    made = Milestone.objects.create(action=of, once=once, words=words, due_on=due_on)
    actions.audit(f"strategy.Milestone:{made.pk}", of=of.pk, at=at.date().isoformat())
    return made.pk


@action("strategy.change_milestone")
def change_milestone(*, by: Scope, at: datetime, milestone: int, version: int, words: str, due_on: date) -> None:  # noqa: PLR0913  # a milestone's parts
    """Change what a step is and when it is due; one that was reached stays as it was."""
    now = _locked_step(by, milestone)
    require(plan_rules.change_milestone(now.reached_on))
    plan_actions.fresh(now.version, version)
    within = plan_actions.locked_plan(by, now.action.plan_id)
    plan_actions.refuse(plan_rules.inside(due_on, due_on, of=(within.starts_on, within.ends_on)))
    now.words, now.due_on, now.version = words, due_on, version + 1
    now.save(update_fields=["words", "due_on", "version"])
    actions.audit(f"strategy.Milestone:{now.pk}", version=now.version, at=at.date().isoformat())


@action("strategy.reach_milestone")
def reach_milestone(*, by: Scope, at: datetime, milestone: int, version: int) -> None:
    """Say that a milestone, as one saw it, was reached today."""
    now = _locked_step(by, milestone)
    if now.reached_on:
        raise Stale("Somebody said so first: the milestone was reached. Nothing was changed.")
    plan_actions.fresh(now.version, version)
    now.reached_on, now.version = timezone.localdate(at), version + 1
    now.save(update_fields=["reached_on", "version"])
    actions.audit(f"strategy.Milestone:{now.pk}", on=now.reached_on.isoformat())


@action("strategy.link_minute")
def link_minute(*, by: Scope, at: datetime, once: UUID, planned: int, minuted: Minuted) -> int:
    """Tie what a meeting said to an action; the same form sent again gives the first one's key."""
    require(plan_rules.minute(by))
    of: PlannedAction = get_object_or_404(plan_queries.actions(by), pk=planned)
    plan_actions.locked_plan(by, of.plan_id)
    if plan_actions.repeated(found := Minute.objects.filter(action=of, once=once).first()):
        return found.pk
    plan_actions.refuse(plan_rules.happened_on(minuted.on, today=timezone.localdate(at)))
    made = Minute.objects.create(
        action=of,
        once=once,
        meeting=minuted.meeting,
        on=minuted.on,
        words=minuted.words,
        noted_by_id=by.person_id,
    )
    actions.audit(f"strategy.Minute:{made.pk}", of=of.pk)
    return made.pk


def _locked(by: Scope, key: int, version: int) -> PlannedAction:
    now: PlannedAction = get_object_or_404(plan_queries.actions(by).select_for_update(of=("self",)), pk=key)
    plan_actions.fresh(now.version, version)
    return now


def _progressed(by: Scope, key: int) -> PlannedAction:
    """Lock an action whose doing the reader may say something of. Errors: Http404, Refused."""
    now: PlannedAction = get_object_or_404(plan_queries.actions(by).select_for_update(of=("self",)), pk=key)
    require(plan_rules.progress(by, now.owner_id))
    return now


def _locked_step(by: Scope, key: int) -> Milestone:
    """Lock a milestone's action, ask whether the reader may say how far it is, and lock the milestone."""
    found: Milestone = get_object_or_404(plan_queries.milestones(by), pk=key)
    _progressed(by, found.action_id)
    now: Milestone = get_object_or_404(plan_queries.milestones(by).select_for_update(of=("self",)), pk=key)
    return now


def _take(by: Scope, now: PlannedAction, doing: Doing) -> None:
    """Write what an action is into it. Errors: Http404 for an objective of another plan, Unusable."""
    of = now.plan
    if doing.objective is not None:
        get_object_or_404(Objective, pk=doing.objective, priority__plan=of)
    if now.owner_id != doing.owner:
        plan_actions.owned(by, doing.owner)
    if doing.due_on != doing.starts_on:
        plan_actions.refuse(plan_rules.span(doing.starts_on, doing.due_on))
    plan_actions.refuse(plan_rules.inside(doing.starts_on, doing.due_on, of=(of.starts_on, of.ends_on)))
    plan_actions.refuse(plan_rules.costed(doing.costed.amount, doing.costed.hours, doing.costed.rate))
    now.what, now.owner_id, now.objective_id = doing.what, doing.owner, doing.objective
    if doing.decision not in {None, now.decision_id}:
        get_object_or_404(queries.visible(by).filter(withdrawn_at=None), pk=doing.decision)
    now.decision_id = doing.decision
    now.starts_on, now.due_on = doing.starts_on, doing.due_on
    now.cost, now.hours, now.rate = doing.costed.amount, doing.costed.hours, doing.costed.rate


def _record(now: PlannedAction) -> None:
    """Record as evidence that an action is done, for what its priority serves."""
    served = now.objective.priority.characteristics.all() if now.objective else ()
    assert now.done_on is not None  # it is done
    evidence.record(
        kind=KIND,
        words=f"Done, as planned: {now.what}",
        characteristics=tuple(dict.fromkeys((*ALWAYS, *(each.code for each in served)))),
        occurred_on=now.done_on,
        visibility=Visibility.STAFF,
        source=plan_queries.source(now.pk),
    )
