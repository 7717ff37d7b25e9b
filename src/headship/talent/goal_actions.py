"""Writes of goals: set, changed, and closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.people.models import Person
from headship.standards import queries as standards
from headship.talent import queries, rules
from headship.talent.choices import Stands
from headship.talent.models import Goal

KIND = "talent.goal"


@dataclass(frozen=True, slots=True)
class Aim:
    """What somebody wants to do better, how they begin, by when, and who may know."""

    what: str
    step: str
    due_on: date
    visibility: Visibility = Visibility.PRIVATE
    characteristics: Sequence[str] = ()


@action("talent.set_goal")
def set_goal(*, by: Scope, at: datetime, once: UUID, aim: Aim) -> int:
    """Set oneself a goal; the same form sent again (`once`) gives the first one's key."""
    require(rules.set_goals(by))
    Person.objects.select_for_update().get(pk=by.person_id)  # one at a time, so that `once` holds
    if found := Goal.objects.filter(school_id=by.school_id, person_id=by.person_id, once=once).first():
        actions.audit(queries.goal_source(found.pk), repeated=True)
        return found.pk
    _check(by, aim, at)
    goal = Goal(school_id=by.school_id, person_id=by.person_id, once=once, set_on=timezone.localdate(at))
    _write(goal, aim)
    actions.audit(queries.goal_source(goal.pk), visibility=aim.visibility)
    return goal.pk


@action("talent.change_goal")
def change_goal(*, by: Scope, at: datetime, goal: int, version: int, aim: Aim) -> None:
    """Change one's own goal while it is open."""
    now = _locked(by, goal, version)
    require(rules.change_goal(by, setter=now.person_id, state=Stands(now.state)))
    _check(by, aim, at)
    now.version += 1
    _write(now, aim)
    actions.audit(queries.goal_source(now.pk), version=now.version, visibility=aim.visibility)


@action("talent.end_goal")
def end_goal(  # noqa: PLR0913  # which, as it was seen, how it ended, and what came of it
    *, by: Scope, at: datetime, goal: int, version: int, to: Stands, came_of_it: str
) -> None:
    """Say that one's goal was reached, which is evidence of what it serves; or let it go."""
    now = _locked(by, goal, version)
    require(rules.end_goal(by, setter=now.person_id, state=Stands(now.state), to=to))
    now.state, now.ended_on, now.came_of_it = to, timezone.localdate(at), came_of_it
    now.version += 1
    now.save()
    served = tuple(now.characteristics.values_list("code", flat=True))
    if to is Stands.REACHED and served:
        evidence.record(
            kind=KIND,
            words=f"Reached a goal: {now.what}",
            characteristics=served,
            occurred_on=now.ended_on,
            visibility=Visibility(now.visibility),
            source=queries.goal_source(now.pk),
            owner_id=now.person_id,
        )
    actions.audit(queries.goal_source(now.pk), version=now.version, state=str(to))


def _locked(by: Scope, goal: int, version: int) -> Goal:
    now: Goal = get_object_or_404(queries.visible_goals(by).select_for_update(of=("self",)), pk=goal)
    if now.version != version:
        raise Stale(
            "This goal was changed in another window while you were writing. That change was kept and this one was "
            "not saved: go back, copy your words, open the goal again and make your change there."
        )
    return now


def _check(by: Scope, aim: Aim, at: datetime) -> None:
    """Refuse what the form would not have offered. Errors: Unusable."""
    if aim.visibility not in rules.goal_visibilities(by):
        raise Unusable("Choose who can see the goal from the list. Nothing was saved.")
    if wrong := rules.due_on(aim.due_on, today=timezone.localdate(at)):
        raise Unusable(f"{wrong}. Nothing was saved.")


def _write(goal: Goal, aim: Aim) -> None:
    goal.what, goal.step, goal.due_on, goal.visibility = aim.what, aim.step, aim.due_on, aim.visibility
    goal.save()
    goal.characteristics.set(standards.characteristic_ids(standards.DEFAULT, aim.characteristics))
