"""Writes of cycles of staff appraisal: set up, changed, filled, who appraises whom, one objective for many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from headship.appraisal import staff_again
from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal.staff_appeal_models import StaffHearer
from headship.appraisal.staff_choices import OVER, StaffState
from headship.appraisal.staff_models import StaffCycle, StaffObjective, StaffPart, StaffYear
from headship.appraisal.staff_objective_actions import Aimed
from headship.appraisal.staff_sealing import keep
from headship.appraisal.staff_writing import audit, day, fresh, locked, moved, organised, refuse, tell
from headship.core import actions
from headship.core.actions import action
from headship.core.errors import existing, require
from headship.core.pages import academic_year
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.privacy import queries as privacy
from headship.schools.calendar_dates import bounds

KIND = "appraisal.staff_cycle"
SERVES = ("3.3",)
HELD = "Their data are kept by a legal hold, so nothing of theirs is taken out. Ask who answers requests"
STATED = (StaffState.GIVEN, StaffState.COMPLETE)


@dataclass(frozen=True, slots=True)
class Planned:
    """A cycle as it is set up: its group, its days (objectives, mid-year, review, statement), parts and organiser.

    `moderated`: whether the headteacher looks at ratings beside one another before statements are given. `appeal_days`:
    within how many days of being given a statement somebody can appeal, by the school's own rule.
    """

    name: str
    days: tuple[date, date, date, date]
    parts: Sequence[tuple[str, int]]
    organiser: int | None = None
    moderated: bool = False
    appeal_days: int | None = None


@action("appraisal.open_cycle", apart=True)
def open_cycle(*, by: Scope, at: datetime, once: UUID, starts_in: int, planned: Planned) -> int:
    """Set up a cycle for a group of staff; the same form sent again gives the first one's key."""
    made, new = _opened(by, at, once, starts_in, planned)
    if new:
        actions.audit(_source(made), starts_in=starts_in, parts=len(planned.parts))
    else:
        actions.audit(_source(made), repeated=True)
    return made.pk


@action("appraisal.repeat_cycle", apart=True)
def repeat_cycle(*, by: Scope, at: datetime, once: UUID, cycle: int, planned: Planned, years: Sequence[int]) -> int:  # noqa: PLR0913  # from which, as what, with whom
    """Begin another year's cycle from one that there was, with those chosen of who was in it. All of it, or nothing."""
    require(rules.set_up(by))
    past = organised(by, cycle)
    require(rules.again(past.starts_in, queries.this_year(by)))
    ahead = staff_again.begun(by, past)
    made, new = _opened(by, at, once, ahead.starts_in, planned)
    if not new:
        actions.audit(_source(made), repeated=True)
        return made.pk
    chosen = {each.person: each.appraiser for each in ahead.coming if each.year in years}
    refuse(None if len(chosen) == len(set(years)) else "Who can come along has changed: look at the list again")
    _put_in(made, by, at, chosen)
    named: dict[str, Any] = {f"appraiser_of_{person}": who for person, who in chosen.items()}
    actions.audit(_source(made), starts_in=made.starts_in, after=past.pk, people=len(chosen), **named)
    return made.pk


def _opened(by: Scope, at: datetime, once: UUID, starts_in: int, planned: Planned) -> tuple[StaffCycle, bool]:
    """Return a cycle, and whether it is new: a form sent again gives the first one. Errors: Refused, Unusable."""
    require(rules.set_up(by))
    locked(by)
    if found := StaffCycle.objects.filter(school_id=by.school_id, once=once).first():
        return found, False
    year = queries.this_year(by)
    refuse(None if starts_in in {year, year + 1} else "Choose this academic year or the next")
    made = StaffCycle(school_id=by.school_id, once=once, starts_in=starts_in, version=0)
    _write(made, by, planned)
    _name_parts(made, planned.parts)
    words = f"Appraisal of {made.name} was set up for {academic_year(starts_in)}"
    evidence.record(
        kind=KIND,
        words=words,
        characteristics=SERVES,
        occurred_on=day(at),
        visibility=Visibility.LEADERS,
        source=_source(made),
    )
    return made, True


@action("appraisal.change_cycle", apart=True)
def change_cycle(*, by: Scope, at: datetime, cycle: int, version: int, planned: Planned) -> None:
    """Change a cycle's days, organiser and name; its parts as long as no objectives are set by them.

    Once its academic year is over, name, days and parts stand. Days for an appeal, where there were none, begin today
    for whoever has their statement.
    """
    require(rules.set_up(by))
    now = organised(by, cycle, version)
    require(rules.change(by, now.starts_in, queries.this_year(by), goes_on=queries.goes_on(now)))
    was = planned_as(now)
    if now.starts_in < queries.this_year(by):
        same = (was.name, was.days, list(was.parts)) == (planned.name, planned.days, list(planned.parts))
        refuse(None if same else f"{academic_year(now.starts_in)} is over: the name, days and parts of its group stand")
    _write(now, by, planned)
    days = planned.appeal_days if was.appeal_days is None else None
    let = _let_appeal(now, by, at, days) if days else 0
    if list(was.parts) != list(planned.parts):
        begun = now.years.exclude(state=StaffState.AIMING).exists()
        refuse("Objectives are set by these parts already, so their weights stand for this year" if begun else None)
        now.parts.all().delete()
        _name_parts(now, planned.parts)
    actions.audit(_source(now), version=now.version, at=day(at).isoformat(), appeals_let=let)


def planned_as(of: StaffCycle) -> Planned:
    """Return a cycle as it was planned."""
    days = (of.objectives_by, of.half_by, of.review_by, of.statement_by)
    parts = [(each.name, each.weight) for each in of.parts.order_by("number")]
    return Planned(of.name, days, parts, of.organiser_id, of.moderated, of.appeal_days)


def _let_appeal(now: StaffCycle, by: Scope, at: datetime, days: int) -> int:
    """Let those who have their statement appeal from today on, where no number of days was set; return how many."""
    found = list(now.years.filter(given_on__isnull=False, appeal_until=None, state__in=STATED))
    for each in found:
        moved(each, appeal_until=day(at) + timedelta(days=days))
        tell(each, by, at, f"An appeal is possible now, within {days} days")
    return len(found)


@action("appraisal.add_to_cycle", apart=True)
def add_to_cycle(*, by: Scope, at: datetime, cycle: int, appraisers: Mapping[int, int | None]) -> int:
    """Put people into a cycle, each with who appraises them, or nobody yet. All are put in, or none."""
    now = organised(by, cycle)
    refuse(_over(by, now))
    refuse(None if appraisers else "Choose at least one person")
    _put_in(now, by, at, appraisers)
    named: dict[str, Any] = {f"appraiser_of_{person}": who for person, who in appraisers.items()}
    actions.audit(_source(now), people=len(appraisers), **named)
    return len(appraisers)


def _put_in(now: StaffCycle, by: Scope, at: datetime, appraisers: Mapping[int, int | None]) -> None:
    """Put people into a cycle. Errors: Unusable."""
    offered, staff = queries.to_add(by, now.starts_in), queries.staff(by)
    for person, who in appraisers.items():
        refuse(None if person in offered else "Choose from the list: staff who are in no group of this year yet")
        refuse(rules.appraiser(by, person, who, staff))
    for person, who in appraisers.items():
        made = StaffYear.objects.create(
            school_id=by.school_id,
            cycle=now,
            person_id=person,
            appraiser_id=who,
            starts_in=now.starts_in,
            ends_on=bounds(now.starts_in)[1],
        )
        tell(made, by, at, f"Put into {now.name}, appraised by {staff[who]}" if who else f"Put into {now.name}")


@action("appraisal.name_appraiser", apart=True)
def name_appraiser(*, by: Scope, at: datetime, year: int, version: int, appraiser: int) -> None:
    """Say who appraises somebody, or hand it on: whoever did before reads it no longer."""
    now = _member(by, year, version)
    refuse("This year is complete: who appraised stands as it was" if now.state in OVER else None)
    refuse(rules.boards(headed=now.person_id in queries.heads(by)))
    staff = queries.staff(by)
    refuse(rules.appraiser(by, now.person_id, appraiser, staff))
    refuse(_hears(now, appraiser))
    handed = now.appraiser_id is not None
    moved(now, appraiser_id=appraiser)
    tell(now, by, at, f"{'Handed on: appraised' if handed else 'Appraised'} from now on by {staff[appraiser]}")
    audit(now, handed=handed, appraiser=appraiser)


@action("appraisal.take_out_of_cycle", apart=True)
def take_out_of_cycle(*, by: Scope, at: datetime, year: int, version: int) -> None:
    """Take somebody out of a group, while nothing is written in their year."""
    now = _member(by, year, version)
    require(rules.hand_on(by, now.cycle.organiser_id, now.person_id))
    refuse(rules.take_out(StaffState(now.state), written=queries.written(now)))
    refuse(HELD if privacy.is_held(by, now.person_id) else None)
    audit(now, cycle=now.cycle_id, person=now.person_id, on=day(at).isoformat())
    now.delete()


@action("appraisal.close_staff_year", apart=True)
def close_staff_year(*, by: Scope, at: datetime, year: int, version: int, because: str) -> None:
    """Close a year without a statement, with the reason; a sealed copy of all that stands is kept."""
    now = _member(by, year, version)
    headed, here = now.person_id in queries.heads(by), now.person_id in queries.staff(by)
    refuse(rules.close(by, StaffState(now.state), here=here and not headed))
    kept = keep(at, now, closed=True)
    moved(now, StaffState.CLOSED)
    left = "Closed without a statement" if here else "Closed, since they left"
    tell(now, by, at, "Closed, since the board appraises them now" if headed else left, because)
    audit(now, state=now.state, copy=kept.number, seal=kept.seal)


@action("appraisal.aim_for_many", apart=True)
def aim_for_many(*, by: Scope, at: datetime, once: UUID, cycle: int, years: Sequence[int], aimed: Aimed) -> int:  # noqa: PLR0913  # one objective, for whom
    """Write one objective for many members of a cycle: for all who were chosen, or for nobody."""
    now = organised(by, cycle)
    found = to_aim(by, now, years)
    made = 0
    for each in found:
        _, new = StaffObjective.objects.get_or_create(
            year=each, once=uuid5(once, str(each.pk)), defaults={"words": aimed.words, "measure": aimed.measure}
        )
        if new:
            made += 1
            moved(each)
            tell(each, by, at, "An objective for many was added")
    actions.audit(_source(now), objectives=made)
    return made


def to_aim(by: Scope, now: StaffCycle, years: Sequence[int]) -> list[StaffYear]:
    """Return those of a cycle for whom objectives shall be written: all who were chosen. Errors: Unusable."""
    refuse(_over(by, now))
    found = list(now.years.filter(pk__in=years).select_related("person"))
    refuse(None if found else "Choose at least one person")
    refuse(None if len(found) == len(set(years)) else f"Somebody you chose is not in {now.name}: choose from the list")
    heads = queries.heads(by)
    refuse(rules.boards(headed=any(each.person_id in heads for each in found)))
    late = next((each for each in found if each.state != StaffState.AIMING), None)
    refuse(f"The objectives of {late.person.name} are set already: leave them out" if late else None)
    return found


def _member(by: Scope, year: int, version: int) -> StaffYear:
    """Return somebody's year for whoever organises it, whose content they may not read. Errors: Http404, Stale."""
    locked(by)
    now = existing(StaffYear.objects.select_related("cycle").filter(school_id=by.school_id, pk=year).first())
    organised(by, now.cycle_id)
    fresh(now.version, version)
    return now


def _hears(now: StaffYear, person: int) -> str | None:
    """Why somebody who hears an appeal against a year cannot appraise it."""
    hears = StaffHearer.objects.filter(appeal__year=now, person_id=person, ended_on=None).exists()
    return "They hear the appeal against this appraisal: choose somebody else to appraise" if hears else None


def _source(cycle: StaffCycle) -> str:
    return f"appraisal.StaffCycle:{cycle.pk}"


def _over(by: Scope, cycle: StaffCycle) -> str | None:
    if cycle.starts_in >= queries.this_year(by):
        return None
    return f"{academic_year(cycle.starts_in)} is over, so this cycle stands as it is. Set up this year's"


def _write(cycle: StaffCycle, by: Scope, planned: Planned) -> None:
    refuse(rules.dates(cycle.starts_in, planned.days))
    refuse(rules.parts(planned.parts) or rules.appeal_days(planned.appeal_days))
    same = StaffCycle.objects.filter(school_id=by.school_id, starts_in=cycle.starts_in, name__iexact=planned.name)
    refuse("There is a cycle of that name in this year already" if same.exclude(pk=cycle.pk).exists() else None)
    known = planned.organiser in {None, cycle.organiser_id, *queries.leaders(by)}
    refuse(None if known else "Choose from the list who says who appraises whom")
    cycle.name, cycle.organiser_id, cycle.version = planned.name, planned.organiser, cycle.version + 1
    cycle.moderated, cycle.appeal_days = planned.moderated, planned.appeal_days
    cycle.objectives_by, cycle.half_by, cycle.review_by, cycle.statement_by = planned.days
    cycle.save()


def _name_parts(cycle: StaffCycle, parts: Sequence[tuple[str, int]]) -> None:
    StaffPart.objects.bulk_create(
        StaffPart(cycle=cycle, number=number, name=name, weight=weight)
        for number, (name, weight) in enumerate(parts, 1)
    )
