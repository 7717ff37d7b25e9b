"""Writes of the strategic plan: its priorities and objectives, what was measured, and its words for others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeGuard
from uuid import UUID

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.people import holders
from headship.schools.models import School
from headship.standards import queries as standards
from headship.strategy import plan_queries, plan_rules
from headship.strategy.choices import Audience
from headship.strategy.models import Measured, Objective, Plan, PlanChange, PlanWords, Priority, Value

CHANGED = "Somebody changed this while you were writing. Theirs was kept and yours was not saved: open it again."


@dataclass(frozen=True, slots=True)
class Put:
    """A priority: its title, why, which values and characteristics it serves, from when to when, who answers for it."""

    title: str
    why: str
    starts_on: date
    ends_on: date
    owner: int
    values: Sequence[int] = ()
    characteristics: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Aimed:
    """An objective: what is to be reached, the measure in words, where it stands and where it is to be."""

    words: str
    measure: str = ""
    baseline: str = ""
    target: str = ""


@action("strategy.make_plan")
def make_plan(*, by: Scope, at: datetime, once: UUID, title: str, starts_on: date, ends_on: date) -> int:  # noqa: PLR0913  # a plan's parts
    """Begin a plan; the same form sent again gives the first one's key."""
    require(plan_rules.edit(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := Plan.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(f"strategy.Plan:{found.pk}", repeated=True)
        return found.pk
    refuse(plan_rules.span(starts_on, ends_on))
    made = Plan.objects.create(school_id=by.school_id, once=once, title=title, starts_on=starts_on, ends_on=ends_on)
    PlanChange.objects.create(plan=made, version=1, on=timezone.localdate(at), by_id=by.person_id, words="Begun")
    actions.audit(f"strategy.Plan:{made.pk}", version=1)
    return made.pk


@action("strategy.change_plan")
def change_plan(  # noqa: PLR0913  # a plan's parts
    *, by: Scope, at: datetime, plan: int, version: int, title: str, starts_on: date, ends_on: date
) -> None:
    """Change what a plan is called and its years, which hold all that is in it."""
    require(plan_rules.edit(by))
    now = locked_plan(by, plan)
    fresh(now.version, version)
    refuse(plan_rules.span(starts_on, ends_on))
    refuse(plan_rules.holds(starts_on, ends_on, of=plan_queries.days_of(now)))
    now.title, now.starts_on, now.ends_on = title, starts_on, ends_on
    now.save(update_fields=["title", "starts_on", "ends_on"])
    changed(now, by, at, f"Called {title}, {in_words(starts_on)} to {in_words(ends_on)}")
    actions.audit(f"strategy.Plan:{now.pk}", version=now.version)


@action("strategy.add_priority")
def add_priority(*, by: Scope, at: datetime, once: UUID, plan: int, put: Put) -> int:
    """Put something first; the same form sent again gives the first one's key."""
    require(plan_rules.edit(by))
    within = locked_plan(by, plan)
    if repeated(found := Priority.objects.filter(plan=within, once=once).first()):
        return found.pk
    _check(by, within, put)
    made = Priority.objects.create(
        plan=within,
        once=once,
        title=put.title,
        why=put.why,
        starts_on=put.starts_on,
        ends_on=put.ends_on,
        owner_id=put.owner,
    )
    _serve(made, by, put)
    changed(within, by, at, f"New priority: {put.title}")
    actions.audit(f"strategy.Priority:{made.pk}", plan=within.pk)
    return made.pk


@action("strategy.change_priority")
def change_priority(*, by: Scope, at: datetime, priority: int, version: int, put: Put) -> None:
    """Change a priority."""
    require(plan_rules.edit(by))
    now: Priority = get_object_or_404(plan_queries.priorities(by), pk=priority)
    within = locked_plan(by, now.plan_id)
    now.refresh_from_db()
    fresh(now.version, version)
    _check(by, within, put, now.owner_id)
    now.title, now.why, now.owner_id = put.title, put.why, put.owner
    now.starts_on, now.ends_on, now.version = put.starts_on, put.ends_on, version + 1
    now.save()
    _serve(now, by, put)
    changed(within, by, at, f"Priority changed: {put.title}")
    actions.audit(f"strategy.Priority:{now.pk}", version=now.version)


@action("strategy.add_objective")
def add_objective(*, by: Scope, at: datetime, once: UUID, priority: int, aimed: Aimed) -> int:
    """Say what a priority is to reach; the same form sent again gives the first one's key."""
    require(plan_rules.edit(by))
    of: Priority = get_object_or_404(plan_queries.priorities(by), pk=priority)
    within = locked_plan(by, of.plan_id)
    if repeated(found := Objective.objects.filter(priority=of, once=once).first()):
        return found.pk
    made = Objective.objects.create(
        priority=of,
        once=once,
        words=aimed.words,
        measure=aimed.measure,
        baseline=aimed.baseline,
        target=aimed.target,
    )
    changed(within, by, at, f"New objective: {aimed.words}")
    actions.audit(f"strategy.Objective:{made.pk}", priority=of.pk)
    return made.pk


@action("strategy.change_objective")
def change_objective(*, by: Scope, at: datetime, objective: int, version: int, aimed: Aimed) -> None:
    """Change an objective."""
    require(plan_rules.edit(by))
    now: Objective = get_object_or_404(plan_queries.objectives(by), pk=objective)
    within = locked_plan(by, now.priority.plan_id)
    now.refresh_from_db()
    fresh(now.version, version)
    now.words, now.measure, now.baseline, now.target = aimed.words, aimed.measure, aimed.baseline, aimed.target
    now.version = version + 1
    now.save()
    changed(within, by, at, f"Objective changed: {aimed.words}")
    actions.audit(f"strategy.Objective:{now.pk}", version=now.version)


@action("strategy.withdraw_priority")
def withdraw_priority(*, by: Scope, at: datetime, priority: int, version: int, because: str) -> None:
    """Withdraw a priority that should not be there, with its objectives: it stays told, and counts no more."""
    require(plan_rules.edit(by))
    now: Priority = get_object_or_404(plan_queries.priorities(by), pk=priority)
    _withdraw(by, at, locked_plan(by, now.plan_id), now, version, because)
    actions.audit(f"strategy.Priority:{now.pk}", withdrawn=True, version=now.version)


@action("strategy.withdraw_objective")
def withdraw_objective(*, by: Scope, at: datetime, objective: int, version: int, because: str) -> None:
    """Withdraw an objective that should not be there: it stays told, and counts no more."""
    require(plan_rules.edit(by))
    now: Objective = get_object_or_404(plan_queries.objectives(by), pk=objective)
    _withdraw(by, at, locked_plan(by, now.priority.plan_id), now, version, because)
    actions.audit(f"strategy.Objective:{now.pk}", withdrawn=True, version=now.version)


def _withdraw(  # noqa: PLR0913, PLR0917  # what, from where, and why
    by: Scope, at: datetime, within: Plan, now: Priority | Objective, version: int, because: str
) -> None:
    now.refresh_from_db()
    fresh(now.version, version)
    require(plan_rules.withdraw(by, served=plan_queries.served(now)))
    refuse(None if because else "Say why it is withdrawn")
    now.withdrawn_on, now.withdrawn_because, now.version = timezone.localdate(at), because, version + 1
    now.save(update_fields=["withdrawn_on", "withdrawn_because", "version"])
    called = now.title if isinstance(now, Priority) else now.words
    changed(within, by, at, f"Withdrawn: {called}")


@action("strategy.note_measured")
def note_measured(*, by: Scope, at: datetime, once: UUID, objective: int, on: date, value: str) -> int:  # noqa: PLR0913  # a reading's parts
    """Note where an objective's measure stood on a day; the same form sent again gives the first one's key."""
    require(plan_rules.edit(by))
    of: Objective = get_object_or_404(plan_queries.objectives(by), pk=objective)
    locked_plan(by, of.priority.plan_id)
    if repeated(found := Measured.objects.filter(objective=of, once=once).first()):
        return found.pk
    refuse(plan_rules.happened_on(on, today=timezone.localdate(at)))
    made = Measured.objects.create(objective=of, once=once, on=on, value=value, by_id=by.person_id)
    actions.audit(f"strategy.Measured:{made.pk}", objective=of.pk)
    return made.pk


@action("strategy.write_plan_words")
def write_plan_words(  # noqa: PLR0913  # whose words, of which year, and how they were when they were typed
    *, by: Scope, at: datetime, plan: int, audience: Audience, starts_in: int, version: int, words: str
) -> None:
    """Write the plan in the words of pupils, parents or staff for a year; shown words stay shown as they now read."""
    require(plan_rules.write(by))
    within = locked_plan(by, plan)
    now = PlanWords.objects.filter(plan=within, audience=audience, starts_in=starts_in).first()
    fresh(now.version if now else 0, version)
    if now:
        now.words, now.version = words, version + 1
        now.save(update_fields=["words", "version"])
    else:
        PlanWords.objects.create(plan=within, audience=audience, starts_in=starts_in, words=words)
    actions.audit(f"strategy.Plan:{within.pk}", audience=audience, year=starts_in, at=at.date().isoformat())


@action("strategy.show_plan_words")
def show_plan_words(  # noqa: PLR0913  # whose words, of which year, and whether they are shown
    *, by: Scope, at: datetime, plan: int, audience: Audience, starts_in: int, version: int, shown: bool
) -> None:
    """Show the plan in somebody's words to staff and governors, or take it back."""
    require(plan_rules.write(by))
    within = locked_plan(by, plan)
    now: PlanWords = get_object_or_404(PlanWords, plan=within, audience=audience, starts_in=starts_in)
    fresh(now.version, version)
    now.published_on, now.version = timezone.localdate(at) if shown else None, version + 1
    now.save(update_fields=["published_on", "version"])
    actions.audit(f"strategy.Plan:{within.pk}", audience=audience, year=starts_in, shown=shown)


def locked_plan(by: Scope, key: int) -> Plan:
    """Return a plan of the school to write to, one writer at a time. Errors: Http404."""
    found: Plan = get_object_or_404(Plan.objects.select_for_update(), pk=key, school_id=by.school_id)
    return found


def changed(plan: Plan, by: Scope, at: datetime, words: str) -> None:
    """Count a change of a plan, and say what it was."""
    plan.version += 1
    plan.save(update_fields=["version"])
    PlanChange.objects.create(
        plan=plan, version=plan.version, on=timezone.localdate(at), by_id=by.person_id, words=words[:300]
    )


def repeated[M: Model](found: M | None) -> TypeGuard[M]:
    """Say to the audit that a form came twice, where it did."""
    if found is not None:
        actions.audit(f"{found._meta.label}:{found.pk}", repeated=True)
    return found is not None


def fresh(now: int, typed: int) -> None:
    """Refuse what was typed about an older version. Errors: Stale."""
    if now != typed:
        raise Stale(CHANGED)


def refuse(wrong: str | None) -> None:
    """Refuse what the form would not have let through. Errors: Unusable."""
    if wrong:
        raise Unusable(f"{wrong}. Nothing was saved.")


def owned(by: Scope, person: int) -> None:
    """Refuse an owner who works nowhere here. Errors: Unusable."""
    if person not in dict(holders.holders(by).offered):
        raise Unusable("Choose who answers for it from the list. Nothing was saved.")


def _check(by: Scope, within: Plan, put: Put, owner: int | None = None) -> None:
    refuse(plan_rules.span(put.starts_on, put.ends_on))
    refuse(plan_rules.inside(put.starts_on, put.ends_on, of=(within.starts_on, within.ends_on)))
    if put.owner != owner:  # whoever left stays until somebody else answers for it
        owned(by, put.owner)


def _serve(priority: Priority, by: Scope, put: Put) -> None:
    priority.values.set(Value.objects.filter(school_id=by.school_id, id__in=put.values))
    priority.characteristics.set(standards.characteristic_ids(standards.DEFAULT, put.characteristics))
