"""Targets for programs, by the rules of their pages."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from headship.core.errors import existing
from headship.core.scope import Scope
from headship.core.shapes import Asked, Day, Given, Key, Line, OfSchool, Page, Personal, Public, Taken, Text, page
from headship.outcomes import target_actions as actions
from headship.outcomes import target_queries as queries
from headship.outcomes import target_rules as rules
from headship.outcomes import target_words
from headship.outcomes.target_choices import Kind
from headship.outcomes.target_outlook import Standing
from headship.people.holders import Holders, holders


class TargetGiven(Given):
    """A target with its chance or its result. What is hidden on its page is null here."""

    id: OfSchool[int]
    version: OfSchool[int]
    year: OfSchool[int]
    year_group: OfSchool[str]
    subject: OfSchool[str]
    group: OfSchool[str]
    assessment: OfSchool[str]
    kind: OfSchool[str]
    standard: OfSchool[float | None]
    aim: OfSchool[float | None]
    due_on: OfSchool[date]
    review_on: OfSchool[date | None]
    withdrawn_at: OfSchool[datetime | None]
    owner: Personal[str]
    why: Personal[str]
    finding: OfSchool[str]
    chance: OfSchool[float | None]
    middle_half: OfSchool[list[float] | None]
    nine_in_ten: OfSchool[list[float] | None]
    rests_on: OfSchool[str]
    verdict: OfSchool[str]
    actual: OfSchool[float | None]
    method: Public[str]

    @classmethod
    def of(cls, row: Standing, **named: Any) -> Self:
        """Return a target as programs get it."""
        scope, people = named.pop("scope"), named.pop("people")
        hidden = bool(rules.see_aim(scope, small=row.outlook.small))
        target, found = row.target, row.outlook.found
        return super().of(
            target,
            aim=None if hidden else target.aim,
            why="" if hidden else target.why,
            owner=people.told(target.owner_id),
            finding=target_words.finding(row, hidden=hidden),
            chance=_rounded(found.value, 2) if found else None,
            middle_half=[round(each, 1) for each in found.half] if found and found.half else None,
            nine_in_ten=[round(each, 1) for each in found.most] if found and found.most else None,
            rests_on=target_words.rests(row.outlook),
            verdict=row.actual.verdict.value,
            actual=_rounded(row.actual.value, 1),
            method="chance-of-a-target",
        )


def _rounded(value: float | None, to: int) -> float | None:
    """Return a figure as its page prints it: to the last place, it would tell the sum of scores behind it."""
    return None if value is None else round(value, to)


class TargetTaken(Taken):
    """A target: `owner` is the id of a person with a post here, `kind` "standard" or "mean"."""

    year: Annotated[int, Field(ge=2000, le=2199)]
    year_group: Annotated[Line, Field(min_length=1, max_length=20)]
    subject: Annotated[Line, Field(max_length=40)]
    group: Annotated[Line, Field(max_length=40)] = ""
    assessment: Annotated[Line, Field(min_length=1, max_length=80)]
    kind: Kind
    standard: Annotated[float, Field(ge=-10_000, le=10_000)] | None = None
    aim: Annotated[float, Field(ge=-10_000, le=10_000)]
    due_on: Day
    review_on: Day | None = None
    owner: Key
    why: Annotated[Text, Field(max_length=1000)] = ""


class ReviewTaken(Taken):
    """How a target goes, and when it is looked at next."""

    words: Annotated[Line, Field(min_length=1, max_length=300)]
    review_on: Day | None = None


class WithdrawalTaken(Taken):
    """Why a thing is withdrawn; it stays in its history."""

    because: Annotated[Line, Field(min_length=1, max_length=300)]


def targets(scope: Scope, asked: Asked) -> Page[TargetGiven]:
    """List the school's targets, each with its chance or its result."""
    people = holders(scope)
    return page(queries.stand(scope, list(queries.standing(scope))), asked, lambda each: _given(scope, each, people))


def target(scope: Scope, target: Key) -> TargetGiven:
    """Read one target."""
    (found,) = queries.stand(scope, [existing(queries.target(scope, target))])
    return _given(scope, found, holders(scope))


def set_target(scope: Scope, body: TargetTaken, once: UUID) -> TargetGiven:
    """Set a target."""
    key = actions.set_target(by=scope, at=timezone.now(), once=once, aimed=_aimed(body))
    return target(scope, key)


def change_target(scope: Scope, target: Key, body: TargetTaken, version: int) -> TargetGiven:
    """Change a target."""
    actions.change_target(by=scope, at=timezone.now(), target=target, version=version, aimed=_aimed(body))
    return _again(scope, target)


def review_target(scope: Scope, target: Key, body: ReviewTaken, version: int) -> TargetGiven:
    """Note how a target goes."""
    actions.review_target(
        by=scope, at=timezone.now(), target=target, version=version, words=body.words, review_on=body.review_on
    )
    return _again(scope, target)


def withdraw_target(scope: Scope, target: Key, body: WithdrawalTaken, version: int) -> TargetGiven:
    """Withdraw a target, saying why."""
    actions.withdraw_target(by=scope, at=timezone.now(), target=target, version=version, because=body.because)
    return _again(scope, target)


def _again(scope: Scope, key: int) -> TargetGiven:
    return target(scope, key)


def _given(scope: Scope, found: Standing, people: Holders) -> TargetGiven:
    return TargetGiven.of(found, scope=scope, people=people)


def _aimed(body: TargetTaken) -> actions.Aimed:
    return actions.Aimed(**body.model_dump())
