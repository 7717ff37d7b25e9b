"""Writes of a board's own rule: recorded as it was adopted, put right, taken out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404

from headship.appraisal import head_queries, year_days
from headship.appraisal import own_rules as rules
from headship.appraisal.head_writing import day, fresh, refuse, repeated, tell
from headship.appraisal.models import HeadYear
from headship.appraisal.own_rule_models import OwnRule
from headship.core import actions
from headship.core.actions import action
from headship.core.errors import require
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.policy.loader import YearDay
from headship.schools.calendar_dates import group_of
from headship.schools.models import School


@dataclass(frozen=True, slots=True)
class Adopted:
    """What a board adopted: when, in which meeting, and each value of its own; None where the regulations' stand."""

    on: date
    meeting: str
    panel_least: int | None = None
    panel_most: int | None = None
    adviser_asked: bool = True
    head_by: YearDay | None = None
    staff_by: YearDay | None = None


@action("appraisal.record_own_rule", apart=True)
def record_own_rule(*, by: Scope, at: datetime, once: UUID, adopted: Adopted) -> int:
    """Record a rule of the board's own; the same form sent again gives the first one's key."""
    _allowed(by)
    if repeated(found := OwnRule.objects.filter(school_id=by.school_id, once=once).first()):
        return found.pk
    made, before = OwnRule(school_id=by.school_id, once=once, version=0, recorded_on=day(at)), _held(by)
    _write(made, by, at, adopted)
    _say(by, at, before, f"The board's own rule of {in_words(made.adopted_on)} was recorded")
    actions.audit(_source(made), adopted=made.adopted_on.isoformat())
    return made.pk


@action("appraisal.change_own_rule", apart=True)
def change_own_rule(*, by: Scope, at: datetime, rule: int, version: int, adopted: Adopted) -> None:
    """Put right what was recorded of a rule."""
    now, before = _found(by, rule, version), _held(by)
    now.recorded_on = now.recorded_on or now.adopted_on  # what is put right reaches back no further than it did
    _write(now, by, at, adopted)
    _say(by, at, before, f"What is recorded of the board's own rule of {in_words(now.adopted_on)} was changed")
    actions.audit(_source(now), version=now.version, adopted=now.adopted_on.isoformat())


@action("appraisal.drop_own_rule", apart=True)
def drop_own_rule(*, by: Scope, at: datetime, rule: int, version: int) -> None:
    """Take out a rule that was recorded by mistake: what held before holds."""
    now, before = _found(by, rule, version), _held(by)
    actions.audit(_source(now), dropped=True)
    now.delete()
    _say(by, at, before, f"The board's own rule of {in_words(now.adopted_on)} was taken out")


def _allowed(by: Scope) -> None:
    """Let one writer at a time in, at a school whose board may have a rule of its own. Errors: Refused."""
    school = School.objects.select_for_update().get(pk=by.school_id)
    require(rules.record(by, group_of(school.kind)))


def _found(by: Scope, key: int, version: int) -> OwnRule:
    _allowed(by)
    now: OwnRule = get_object_or_404(OwnRule, pk=key, school_id=by.school_id)
    fresh(now.version, version)
    return now


def _write(now: OwnRule, by: Scope, at: datetime, adopted: Adopted) -> None:
    refuse(rules.adopted(adopted.on, day(at)))
    refuse(rules.panel(adopted.panel_least, adopted.panel_most))
    refuse(rules.staff_day(adopted.staff_by))
    same = OwnRule.objects.filter(school_id=by.school_id, adopted_on=adopted.on).exclude(pk=now.pk)
    refuse("A rule adopted on that day is recorded already: change that one" if same.exists() else None)
    now.adopted_on, now.meeting, now.adviser_asked = adopted.on, adopted.meeting, adopted.adviser_asked
    now.panel_least, now.panel_most = adopted.panel_least, adopted.panel_most
    now.head_by = year_days.written(adopted.head_by) if adopted.head_by else ""
    now.staff_by = year_days.written(adopted.staff_by) if adopted.staff_by else ""
    now.version, now.recorded_by_id = now.version + 1, by.person_id
    now.save()


def _held(by: Scope) -> dict[HeadYear, tuple[object, ...]]:
    """Return by what every headteacher's year here is held."""
    kept = list(OwnRule.objects.filter(school_id=by.school_id))
    return {each: rules.ruled(kept, each.ends_on).values for each in head_queries.years(by)}


def _say(by: Scope, at: datetime, before: dict[HeadYear, tuple[object, ...]], words: str) -> None:
    """Tell it in the history of every headteacher's year under way, and of each that is held by something else now."""
    under_way = {each.pk for each in head_queries.open_years(by)}
    for each, values in _held(by).items():
        if each.pk in under_way or values != before[each]:
            tell(each, by, at, words)


def _source(now: OwnRule) -> str:
    return f"appraisal.OwnRule:{now.pk}"
