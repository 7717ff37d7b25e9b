"""Values and decisions for programs, by the rules of their pages."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from headship.core.errors import Unusable, existing
from headship.core.scope import Scope
from headship.core.shapes import (
    Asked,
    Day,
    Given,
    Key,
    Line,
    OfSchool,
    Page,
    Personal,
    Public,
    Taken,
    Text,
    page,
    page_of,
)
from headship.core.visibility import Visibility
from headship.schools import calendar_pages
from headship.standards import framework_api as standards
from headship.strategy import actions, journal_queries, queries
from headship.strategy.models import Decision, DecisionChange, LookBack
from headship.strategy.rights_choices import Turned

JOURNAL = {"area", "expected", "review_on"}


class ValueGiven(Given):
    """Something the school stands for."""

    id: OfSchool[int]
    name: OfSchool[str]
    meaning: OfSchool[str]
    version: OfSchool[int]


class ValueTaken(Taken):
    """A value, in a word or two, and what it means here."""

    name: Annotated[Line, Field(min_length=1, max_length=60)]
    meaning: Annotated[Line, Field(max_length=200)] = ""


class DecisionListed(Given):
    """A decision as the log lists it."""

    id: OfSchool[int]
    what: Personal[str]
    decided_on: OfSchool[date]
    decided_by: Personal[str]
    decided_as: Personal[str]
    visibility: OfSchool[Visibility]
    values: OfSchool[list[str]]
    area: OfSchool[int | None]
    review_on: OfSchool[date | None]
    version: OfSchool[int]

    @classmethod
    def of(cls, row: Decision, **named: Any) -> Self:
        """Return a decision as programs get it."""
        values = [each.name for each in row.values.all()]
        return super().of(row, decided_by=row.decided_by.name, values=values, area=row.area_id, **named)


class ChangeGiven(Given):
    """One line of a decision's history."""

    at: OfSchool[datetime]
    by: Personal[str]
    words: Personal[str]

    @classmethod
    def of(cls, row: DecisionChange, **named: Any) -> Self:
        """Return a line of history as programs get it."""
        return super().of(row, by=row.by.name, **named)


class LookGiven(Given):
    """How a decision turned out, beside what was expected of it."""

    on: OfSchool[date]
    by: Personal[str]
    expected: Personal[str]
    was: Personal[str]
    learned: Personal[str]
    as_expected: OfSchool[Turned]
    again: OfSchool[Turned]

    @classmethod
    def of(cls, row: LookBack, **named: Any) -> Self:
        """Return a look back as programs get it."""
        return super().of(row, by=row.by.name, **named)


class DecisionGiven(DecisionListed):
    """A decision with its reasons and history; one that was withdrawn stays to be read."""

    why: Personal[str]
    characteristics: Public[list[str]]
    expected: Personal[str]
    looks: list[LookGiven]
    withdrawn_at: OfSchool[datetime | None]
    history: list[ChangeGiven]

    @classmethod
    def of(cls, row: Decision, **named: Any) -> Self:
        """Return a decision as programs get it."""
        characteristics = [each.code for each in row.characteristics.all()]
        history = [ChangeGiven.of(each) for each in queries.changes(row)]
        looks = [LookGiven.of(each) for each in journal_queries.looks(row)]
        return super().of(row, characteristics=characteristics, history=history, looks=looks, **named)


class DecisionTaken(Taken):
    """What was decided, when and why; which of the school's values (by id) and which characteristics it serves.

    The last three are for looking back: a change that names none of them leaves what stands there.
    """

    what: Annotated[Line, Field(min_length=1, max_length=200)]
    why: Annotated[Text, Field(max_length=2000)] = ""
    decided_on: Day
    visibility: Visibility
    values: Annotated[list[Key], Field(max_length=50)] = []
    characteristics: Annotated[list[str], Field(max_length=50)] = []
    area: Key | None = None
    expected: Annotated[Line, Field(max_length=400)] = ""
    review_on: Day | None = None


class WithdrawalTaken(Taken):
    """Why a decision is withdrawn; it stays in its history."""

    because: Annotated[Line, Field(min_length=1, max_length=300)]


def values(scope: Scope, asked: Asked) -> Page[ValueGiven]:
    """List what the school stands for."""
    return page(queries.values(scope), asked, ValueGiven.of)


def value(scope: Scope, value: Key) -> ValueGiven:
    """Read one of the school's values."""
    return ValueGiven.of(existing(queries.value(scope, value)))


def add_value(scope: Scope, body: ValueTaken) -> ValueGiven:
    """Add something the school stands for."""
    key = actions.add_value(by=scope, at=timezone.now(), name=body.name, meaning=body.meaning)
    return ValueGiven.of(existing(queries.value(scope, key)))


def change_value(scope: Scope, value: Key, body: ValueTaken, version: int) -> ValueGiven:
    """Change a value's words."""
    actions.change_value(
        by=scope, at=timezone.now(), value=value, version=version, name=body.name, meaning=body.meaning
    )
    return ValueGiven.of(existing(queries.value(scope, value)))


def retire_value(scope: Scope, value: Key, version: int) -> None:
    """Take a value off the list; decisions that name it keep its name."""
    actions.retire_value(by=scope, at=timezone.now(), value=value, version=version)


def decisions(scope: Scope, asked: Asked, value: Key | None = None, year: int | None = None) -> Page[DecisionListed]:
    """List the school's decisions the reader may see, newest first."""
    if year is not None and calendar_pages.year_asked(str(year), timezone.localdate(scope.at)) != year:
        raise Unusable("Ask for an academic year within five years of this one.")
    return page_of(queries.standing(scope, queries.Filter(value=value, year=year)), asked, DecisionListed.of)


def decision(scope: Scope, decision: Key) -> DecisionGiven:
    """Read one decision with its history."""
    return DecisionGiven.of(existing(queries.decision(scope, decision)))


def note_decision(scope: Scope, body: DecisionTaken, once: UUID) -> DecisionGiven:
    """Note a decision."""
    key = actions.note_decision(by=scope, at=timezone.now(), once=once, noted=_noted(scope, body))
    return DecisionGiven.of(existing(queries.decision(scope, key)))


def change_decision(scope: Scope, decision: Key, body: DecisionTaken, version: int) -> DecisionGiven:
    """Change one's own decision."""
    found = existing(queries.decision(scope, decision))
    noted = _noted(scope, body, found)
    actions.change_decision(by=scope, at=timezone.now(), decision=decision, version=version, noted=noted)
    return DecisionGiven.of(existing(queries.decision(scope, decision)))


def withdraw_decision(scope: Scope, decision: Key, body: WithdrawalTaken, version: int) -> DecisionGiven:
    """Withdraw a decision, saying why."""
    actions.withdraw_decision(by=scope, at=timezone.now(), decision=decision, version=version, because=body.because)
    return DecisionGiven.of(existing(queries.decision(scope, decision)))


def _noted(scope: Scope, body: DecisionTaken, now: Decision | None = None) -> actions.Noted:
    """Return what was written down, where all it names is there. Errors: Unusable."""
    known = {each.pk for each in queries.values(scope)}
    if unknown := sorted(set(body.values) - known):
        raise Unusable(f"The school has no value with the id {unknown[0]}. Nothing was saved.")
    return actions.Noted(
        what=body.what,
        why=body.why,
        decided_on=body.decided_on,
        visibility=body.visibility,
        values=body.values,
        characteristics=standards.assessable(body.characteristics),
        journal=_journal(body, now),
    )


def _journal(body: DecisionTaken, now: Decision | None) -> actions.Journal | None:
    """Return what is said for looking back; what is not named stays as it stands."""
    named = JOURNAL & body.model_fields_set
    if not named:
        return None
    stands = {"area": now.area_id, "expected": now.expected, "review_on": now.review_on} if now else {}
    return actions.Journal(**{**stands, **{name: getattr(body, name) for name in named}})
