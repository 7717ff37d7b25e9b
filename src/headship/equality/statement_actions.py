"""Writes of the yearly statement of equality information: drafted, changed, published."""

from collections.abc import Mapping
from datetime import datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.equality import queries, rules, wordings
from headship.equality.choices import AimState, Part, StatementState
from headship.equality.models import Statement, StatementChange
from headship.evidence import actions as evidence
from headship.people.holders import holders
from headship.schools.calendar_dates import year_of
from headship.schools.models import School
from headship.strategy.plan_actions import fresh, refuse

KIND = "equality.information"
SERVES = ("2.1",)


@action("equality.draft_statement")
def draft_statement(*, by: Scope, at: datetime, parts: Mapping[str, str]) -> int:
    """Begin this year's statement; there is one draft at a time, so that a form sent twice begins one."""
    require(rules.edit(by))
    School.objects.select_for_update().get(pk=by.school_id)
    if queries.drafted(by):
        raise Unusable("A statement is being written already. Go back, copy your words, and change that one.")
    starts_in = year_of(timezone.localdate(at))
    made = Statement.objects.create(school_id=by.school_id, starts_in=starts_in, parts=_said(parts))
    _tell(made, by, at, "Drafted")
    actions.audit(f"equality.Statement:{made.pk}", year=starts_in)
    return made.pk


@action("equality.change_statement")
def change_statement(*, by: Scope, at: datetime, statement: int, version: int, parts: Mapping[str, str]) -> None:
    """Change the words of a statement that is not published."""
    now = _locked(by, statement, version)
    require(rules.change_statement(by, StatementState(now.state)))
    now.parts, now.version = _said(parts), version + 1
    now.save(update_fields=["parts", "version"])
    _tell(now, by, at, "Changed")
    actions.audit(f"equality.Statement:{now.pk}", version=now.version)


@action("equality.publish_statement")
def publish_statement(*, by: Scope, at: datetime, statement: int, version: int) -> None:
    """Publish a statement with the objectives of that day; it supersedes the one in force."""
    School.objects.select_for_update().get(pk=by.school_id)
    now = _locked(by, statement, version)
    require(rules.publish_statement(by, StatementState(now.state)))
    refuse(None if all(now.parts.get(each) for each in Part) else "Write something under every heading")
    today = timezone.localdate(at)
    for before in Statement.objects.filter(school_id=by.school_id, state=StatementState.PUBLISHED):
        before.state, before.superseded_on = StatementState.SUPERSEDED, today
        before.save(update_fields=["state", "superseded_on"])
        _tell(before, by, at, "Superseded by the next")
    now.state, now.published_on, now.version = StatementState.PUBLISHED, today, version + 1
    now.save(update_fields=["state", "published_on", "version"])
    now.aims.set(queries.aims(by).filter(state=AimState.PUBLISHED))
    wordings.keep(now, holders(by), today)
    evidence.record(
        kind=KIND,
        words="We published how we meet our equality duty",
        characteristics=SERVES,
        occurred_on=today,
        visibility=Visibility.STAFF,
        source=queries.statement_source(now.pk),
    )
    _tell(now, by, at, "Published")
    actions.audit(f"equality.Statement:{now.pk}", version=now.version)


def _said(parts: Mapping[str, str]) -> dict[str, str]:
    """Return the words by heading. Errors: Unusable where there are none."""
    said = {each.value: parts.get(each, "").strip() for each in Part}
    refuse(None if any(said.values()) else "Write something under one heading")
    return said


def _locked(by: Scope, key: int, version: int) -> Statement:
    now: Statement = get_object_or_404(queries.statements(by).select_for_update(), pk=key)
    fresh(now.version, version)
    return now


def _tell(of: Statement, by: Scope, at: datetime, words: str) -> None:
    StatementChange.objects.create(statement=of, on=timezone.localdate(at), by_id=by.person_id, words=words)
