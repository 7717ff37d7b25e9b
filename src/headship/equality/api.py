"""Equality objectives, information and checks for programs, by the rules of their pages."""

from datetime import date
from typing import Any, Self

from headship.core.errors import existing
from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, Key, OfSchool, Page, Personal, page_of
from headship.equality import queries, rules
from headship.equality.choices import CheckState
from headship.equality.models import AimReading, Check


class ObjectiveGiven(Given):
    """An equality objective. `concerns` are codes of protected characteristics."""

    id: OfSchool[int]
    words: OfSchool[str]
    concerns: OfSchool[list[str]]
    measure: OfSchool[str]
    baseline: OfSchool[str]
    target: OfSchool[str]
    starts_on: OfSchool[date]
    ends_on: OfSchool[date]
    review_on: OfSchool[date]
    state: OfSchool[str]
    published_on: OfSchool[date | None]
    version: OfSchool[int]


class ReadingGiven(Given):
    """Where an objective's measure stood on a day."""

    on: OfSchool[date]
    value: OfSchool[str]


class InformationGiven(Given):
    """A statement of equality information: words by heading."""

    id: OfSchool[int]
    starts_in: OfSchool[int]
    state: OfSchool[str]
    parts: OfSchool[dict[str, str]]
    published_on: OfSchool[date | None]
    superseded_on: OfSchool[date | None]
    version: OfSchool[int]


class CheckGiven(Given):
    """An equality check: of what, whether it is needed, when it was done. What a check being made finds is null."""

    id: OfSchool[int]
    about: OfSchool[str]
    state: OfSchool[str]
    because: Personal[str]
    due_on: OfSchool[date | None]
    done_on: OfSchool[date | None]
    review_on: OfSchool[date | None]
    effects: OfSchool[dict[str, str] | None]
    version: OfSchool[int]

    @classmethod
    def of(cls, row: Check, *, shown: bool = False, **named: Any) -> Self:
        """Return a check as programs get it."""
        effects = {it.characteristic: it.effect for it in row.findings.all()} if shown else None
        return super().of(row, about=queries.subject(row).source, effects=effects, **named)


def objectives(scope: Scope, asked: Asked) -> Page[ObjectiveGiven]:
    """List the school's equality objectives, newest first."""
    return page_of(queries.aims(scope).order_by("-starts_on", "-pk"), asked, ObjectiveGiven.of)


def objective(scope: Scope, aim: Key) -> ObjectiveGiven:
    """Read one equality objective."""
    return ObjectiveGiven.of(existing(queries.aim(scope, aim)))


def readings(scope: Scope, aim: Key, asked: Asked) -> Page[ReadingGiven]:
    """List where an objective's measure stood, oldest first."""
    of = existing(queries.aim(scope, aim))
    return page_of(AimReading.objects.filter(aim=of).order_by("on", "pk"), asked, ReadingGiven.of)


def statements(scope: Scope, asked: Asked) -> Page[InformationGiven]:
    """List the school's statements of equality information, newest first."""
    return page_of(queries.statements(scope), asked, InformationGiven.of)


def statement(scope: Scope, statement: Key) -> InformationGiven:
    """Read one statement of equality information."""
    return InformationGiven.of(existing(queries.statement(scope, statement)))


def checks(scope: Scope, asked: Asked) -> Page[CheckGiven]:
    """List the equality checks of what this reader may see, newest first."""
    found = queries.checks(scope).prefetch_related("findings")
    return page_of(found, asked, lambda row: CheckGiven.of(row, shown=_shown(scope, row)))


def check(scope: Scope, check: Key) -> CheckGiven:
    """Read one equality check."""
    found = existing(queries.check(scope, check))
    return CheckGiven.of(found, shown=_shown(scope, found))


def _shown(scope: Scope, row: Check) -> bool:
    return rules.see_findings(scope, CheckState(row.state))
