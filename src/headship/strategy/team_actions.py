"""Writes of teams and who is in them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import require
from headship.core.scope import Scope
from headship.schools.models import School
from headship.strategy import plan_actions, team_rules
from headship.strategy.models import Team, TeamMember


@dataclass(frozen=True, slots=True)
class Formed:
    """A team: its name, what it is there for, who leads it, since when."""

    name: str
    remit: str
    lead: int
    since: date


@action("strategy.make_team")
def make_team(*, by: Scope, at: datetime, once: UUID, formed: Formed) -> int:
    """Form a team; the same form sent again gives the first one's key."""
    require(team_rules.edit(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if plan_actions.repeated(found := Team.objects.filter(school_id=by.school_id, once=once).first()):
        return found.pk
    _check(by, at, formed)
    made = Team.objects.create(
        school_id=by.school_id,
        once=once,
        name=formed.name,
        remit=formed.remit,
        lead_id=formed.lead,
        since=formed.since,
    )
    _include(made, formed.lead, formed.since)
    actions.audit(f"strategy.Team:{made.pk}", version=1)
    return made.pk


@action("strategy.change_team")
def change_team(*, by: Scope, at: datetime, team: int, version: int, formed: Formed) -> None:
    """Change what a team is there for or who leads it; whoever leads it is in it."""
    require(team_rules.edit(by))
    now = _locked(by, team)
    plan_actions.fresh(now.version, version)
    if now.lead_id != formed.lead:
        plan_actions.owned(by, formed.lead)
    plan_actions.refuse(team_rules.since(formed.since, today=timezone.localdate(at)))
    now.name, now.remit, now.lead_id, now.since = formed.name, formed.remit, formed.lead, formed.since
    now.version += 1
    now.save()
    _include(now, formed.lead, timezone.localdate(at))
    actions.audit(f"strategy.Team:{now.pk}", version=now.version)


@action("strategy.end_team")
def end_team(*, by: Scope, at: datetime, team: int, version: int) -> None:
    """End a team; an area it decides is told as a gap until somebody else does."""
    require(team_rules.edit(by))
    now = _locked(by, team)
    plan_actions.fresh(now.version, version)
    now.ended_on = timezone.localdate(at)
    now.version += 1
    now.save(update_fields=["ended_on", "version"])
    actions.audit(f"strategy.Team:{now.pk}", ended=now.ended_on.isoformat())


@action("strategy.add_member")
def add_member(*, by: Scope, at: datetime, team: int, person: int) -> None:
    """Take somebody into a team; who is in it already stays as they are."""
    require(team_rules.edit(by))
    now = _locked(by, team)
    plan_actions.owned(by, person)
    added = _include(now, person, timezone.localdate(at))
    actions.audit(f"strategy.Team:{now.pk}", added=added)


@action("strategy.end_member")
def end_member(*, by: Scope, at: datetime, member: int) -> None:
    """Let somebody go from a team; its lead stays until another leads it."""
    require(team_rules.edit(by))
    mine = TeamMember.objects.filter(team__school_id=by.school_id, until=None)
    found: TeamMember = get_object_or_404(mine, pk=member)
    now = _locked(by, found.team_id)
    plan_actions.refuse("The lead stays in the team until somebody else leads it" * (now.lead_id == found.person_id))
    found = get_object_or_404(mine, pk=member)  # somebody else may have let them go while the team was locked
    found.until = timezone.localdate(at)
    found.save(update_fields=["until"])
    actions.audit(f"strategy.Team:{now.pk}", ended=found.pk)


def _locked(by: Scope, key: int) -> Team:
    mine = Team.objects.select_for_update().filter(school_id=by.school_id, ended_on=None)
    found: Team = get_object_or_404(mine, pk=key)
    return found


def _check(by: Scope, at: datetime, formed: Formed) -> None:
    plan_actions.owned(by, formed.lead)
    plan_actions.refuse(team_rules.since(formed.since, today=timezone.localdate(at)))


def _include(team: Team, person: int, since: date) -> bool:
    _, made = TeamMember.objects.get_or_create(team=team, person_id=person, until=None, defaults={"since": since})
    return made
