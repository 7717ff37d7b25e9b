"""Writes of somebody's objectives: written by both, set by whoever appraises, whose they are confirmed each time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404

from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal.staff_models import StaffObjective, StaffYear
from headship.appraisal.staff_writing import audit, confirmed, day, fresh, moved, refuse, tell, writable
from headship.core.actions import action
from headship.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Aimed:
    """An objective: its words, and how it will be seen."""

    words: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose year, and which, a form was written for: sent with it, and held against where it arrives."""

    person: int
    starts_in: int


@action("appraisal.add_staff_objective", apart=True)
def add_staff_objective(*, by: Scope, at: datetime, once: UUID, year: int, whose: Whose, aimed: Aimed) -> int:  # noqa: PLR0913  # whose, and what
    """Write an objective for somebody's year; the same form sent again gives the first one's key."""
    now = writable(by, year, rules.write_objectives)
    confirmed(now, whose.person, whose.starts_in)
    if found := StaffObjective.objects.filter(year=now, once=once).first():
        audit(now, repeated=True)
        return found.pk
    made = StaffObjective.objects.create(year=now, once=once, words=aimed.words, measure=aimed.measure)
    moved(now)
    tell(now, by, at, "An objective was added")
    audit(now, objective=made.pk)
    return made.pk


@action("appraisal.change_staff_objective", apart=True)
def change_staff_objective(  # noqa: PLR0913  # which, as it was seen, and what
    *, by: Scope, at: datetime, year: int, objective: int, version: int, whose: Whose, aimed: Aimed
) -> None:
    """Change an objective that is not set yet."""
    now = writable(by, year, rules.write_objectives)
    confirmed(now, whose.person, whose.starts_in)
    one = _objective(now, objective, version)
    one.words, one.measure, one.version = aimed.words, aimed.measure, version + 1
    one.save(update_fields=["words", "measure", "version"])
    moved(now)
    tell(now, by, at, "An objective was changed")
    audit(now, objective=one.pk, version=one.version)


@action("appraisal.drop_staff_objective", apart=True)
def drop_staff_objective(*, by: Scope, at: datetime, year: int, objective: int, version: int) -> None:
    """Take an objective out before they are set."""
    now = writable(by, year, rules.write_objectives)
    one = _objective(now, objective, version)
    one.dropped_on, one.version = day(at), version + 1
    one.save(update_fields=["dropped_on", "version"])
    moved(now)
    tell(now, by, at, "An objective was taken out")
    audit(now, objective=one.pk, dropped=True)


@action("appraisal.set_staff_objectives", apart=True)
def set_staff_objectives(*, by: Scope, at: datetime, year: int, version: int, whose: Whose, because: str = "") -> None:  # noqa: PLR0913  # whose, and why so late
    """Set the objectives, as whoever appraises; once their academic year is over, with the reason."""
    now = writable(by, year, rules.set_objectives, version)
    confirmed(now, whose.person, whose.starts_in)
    refuse(rules.why_late(queries.facts(by, now), because))
    rows = now.objectives.filter(dropped_on=None).count()
    refuse(None if rows else "Write at least one objective before they are set")
    to = rules.stands_at(half=now.half_on is not None)
    moved(now, to, set_on=day(at), first_set_on=now.first_set_on or day(at))
    tell(now, by, at, "Objectives set", because)
    audit(now, state=now.state, objectives=rows)


def _objective(year: StaffYear, key: int, version: int) -> StaffObjective:
    one: StaffObjective = get_object_or_404(StaffObjective, pk=key, year=year, dropped_on=None)
    fresh(one.version, version)
    return one
