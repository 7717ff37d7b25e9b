"""Writes of appeals against somebody's statement: lodged, who hears it, how it ended, and that the person read it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from headship.appraisal import head_rules, staff_rules
from headship.appraisal import staff_appeal_queries as appeals
from headship.appraisal import staff_appeal_rules as rules
from headship.appraisal import staff_queries as queries
from headship.appraisal.head_choices import Result
from headship.appraisal.staff_appeal_models import StaffAppeal, StaffHearer
from headship.appraisal.staff_choices import STAFF_MOVES, StaffState
from headship.appraisal.staff_models import StaffCopy, StaffYear
from headship.appraisal.staff_sealing import keep, uncommented
from headship.appraisal.staff_writing import audit, day, fresh, locked, moved, refuse, tell, writable
from headship.core.actions import action
from headship.core.errors import Refused, existing, require
from headship.core.scope import Scope
from headship.evidence import actions as evidence

UPHELD = "An appeal was upheld, for the reasons that stand in it."


@action("appraisal.lodge_staff_appeal", apart=True)
def lodge_staff_appeal(*, by: Scope, at: datetime, once: UUID, year: int, version: int, grounds: str) -> int:  # noqa: PLR0913  # as it was seen, and why
    """Appeal against one's own statement; the same form sent again gives the first one's key."""
    now = writable(by, year, staff_rules.own)
    if found := StaffAppeal.objects.filter(year=now, once=once).first():
        audit(now, repeated=True)
        return found.pk
    heard = appeals.heard_already(now)
    require(rules.appeal(by, queries.facts(by, now), until=now.appeal_until, today=day(at), heard=heard))
    fresh(now.version, version)
    made = StaffAppeal.objects.create(year=now, once=once, lodged_on=day(at), grounds=grounds)
    moved(now, StaffState.APPEALED)
    tell(now, by, at, "Appealed against the statement")
    audit(now, appeal=made.pk, state=now.state)
    return made.pk


@action("appraisal.name_staff_hearers", apart=True)
def name_staff_hearers(*, by: Scope, at: datetime, appeal: int, version: int, people: Sequence[int]) -> None:
    """Say who hears an appeal, or that others do: whoever is no longer named reads nothing of it."""
    one = _unheard(by, appeal)
    of = appeals.involved(by, one.year)
    require(rules.name(by, of))
    fresh(one.version, version)
    offered = appeals.offered(by, of)
    refuse(rules.fits(set(people), set(offered), of))
    running = {each.person_id for each in appeals.running(one)}
    one.hearers.filter(ended_on=None).exclude(person_id__in=people).update(ended_on=day(at))
    for person in sorted(set(people) - running):
        StaffHearer.objects.create(appeal=one, person_id=person, since=day(at))
    one.version += 1
    one.save(update_fields=["version"])
    names = ", ".join(offered[each] for each in sorted(set(people)))
    tell(one.year, by, at, f"The appeal is heard by {names}")
    audit(one.year, appeal=one.pk, **{f"hearer_{each}": True for each in sorted(set(people))})


@action("appraisal.hear_staff_appeal", apart=True)
def hear_staff_appeal(  # noqa: PLR0913  # which, when it was heard, how it ended, and why
    *, by: Scope, at: datetime, appeal: int, version: int, on: date, result: Result, words: str
) -> None:
    """Say how an appeal ended: the statement stands, or the year is opened to be reviewed anew; a copy is kept."""
    one = _unheard(by, appeal)
    named = any(each.person_id == by.person_id for each in appeals.running(one))
    if not rules.may_hear(by, appeals.involved(by, one.year), named=named):
        raise Refused(rules.HEARERS_ONLY)
    fresh(one.version, version)
    refuse(head_rules.happened_on(on, after={"the appeal was made": one.lodged_on}, today=day(at)))
    one.heard_on, one.result, one.words, one.version = on, result, words, version + 1
    one.save(update_fields=["heard_on", "result", "words", "version"])
    kept = keep(at, one.year, locked=True, heard=True)
    _end(one.year, result, kept, day(at))
    one.hearers.filter(ended_on=None).update(ended_on=day(at))
    tell(one.year, by, at, "The appeal was heard")
    audit(one.year, appeal=one.pk, state=one.year.state, copy=kept.number, seal=kept.seal)


def _end(year: StaffYear, result: Result, kept: StaffCopy, on: date) -> None:
    """Put a year where the appeal leaves it: where it was, or open again; nothing of it is deleted."""
    to = StaffState.COMPLETE if year.completed_on else StaffState.GIVEN
    to = StaffState.REVIEWED if result == Result.UPHELD else to
    assert to in STAFF_MOVES[StaffState(year.state)]
    if to != StaffState.REVIEWED:
        moved(year, to)
        return
    kept.opened_on, kept.because = on, UPHELD
    kept.save(update_fields=["opened_on", "because"])
    uncommented(year)
    moved(year, to, completed_on=None, given_on=None, appeal_until=None)
    evidence.withdraw(source=queries.source(year.pk))


@action("appraisal.read_staff_outcome", apart=True)
def read_staff_outcome(*, by: Scope, at: datetime, year: int) -> None:
    """Say that one read how one's appeal ended."""
    now = writable(by, year, staff_rules.own)
    read = now.appeals.filter(heard_on__isnull=False, read_on=None).update(read_on=day(at))
    audit(now, read=read)


def _unheard(by: Scope, key: int) -> StaffAppeal:
    """Return an appeal that is not heard yet, one writer at a time. Errors: Http404."""
    locked(by)
    return existing(appeals.unheard(by, key))
