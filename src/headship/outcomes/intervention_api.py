"""Interventions for programs, by the rules of their pages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from headship.core.errors import existing
from headship.core.scope import Scope
from headship.core.shapes import Asked, Day, Given, Key, Line, OfSchool, Page, Personal, Public, Taken, Text, page
from headship.outcomes import intervention_actions as actions
from headship.outcomes import intervention_queries as queries
from headship.outcomes import intervention_words as words
from headship.outcomes.intervention_queries import Came
from headship.people.holders import Holders, holders


class InterventionGiven(Given):
    """An intervention and what came of it. What its page hides is null here; no pupil is ever given."""

    id: OfSchool[int]
    version: OfSchool[int]
    name: Personal[str]
    approach: Personal[str]
    subject: OfSchool[str]
    year_group: OfSchool[str]
    owner: Personal[str]
    starts_on: OfSchool[date]
    ends_on: OfSchool[date | None]
    cost: OfSchool[Decimal | None]
    hours: OfSchool[Decimal | None]
    before: OfSchool[str]
    before_year: OfSchool[int | None]
    after: OfSchool[str]
    after_year: OfSchool[int | None]
    reviewed_at: OfSchool[datetime | None]
    withdrawn_at: OfSchool[datetime | None]
    conclusion: Personal[str]
    pupils: OfSchool[int | None]
    finding: OfSchool[str]
    difference: OfSchool[float | None]
    low: OfSchool[float | None]
    high: OfSchool[float | None]
    effect: OfSchool[float | None]
    groups: OfSchool[list[int] | None]
    method: Public[str]

    @classmethod
    def of(cls, row: Came, **named: Any) -> Self:
        """Return an intervention as programs get it."""
        people: Holders = named.pop("people")
        found = row.found if row.found and row.found.value is not None else None
        return super().of(
            row.one,
            owner=people.told(row.one.owner_id),
            pupils=row.count,
            finding=words.finding(row),
            difference=_rounded(found.value, 1) if found else None,
            low=_rounded(found.low, 1) if found else None,
            high=_rounded(found.high, 1) if found else None,
            effect=_rounded(found.effect, 2) if found else None,
            groups=list(found.groups) if found else None,
            method="adjusted-difference",
        )


def _rounded(value: float | None, to: int) -> float | None:
    """Return a figure as its page prints it: to the last place, it would tell the scores behind it."""
    return None if value is None else round(value, to)


class InterventionTaken(Taken):
    """An intervention; `upns` of those who take part are hashed at once (null leaves them as they are)."""

    name: Annotated[Line, Field(min_length=1, max_length=80)]
    approach: Annotated[Text, Field(max_length=1000)] = ""
    subject: Annotated[Line, Field(max_length=40)]
    year_group: Annotated[Line, Field(min_length=1, max_length=20)]
    owner: Key
    starts_on: Day
    ends_on: Day | None = None
    cost: Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)] | None = None
    hours: Annotated[Decimal, Field(ge=0, max_digits=7, decimal_places=1)] | None = None
    before: Annotated[Line, Field(max_length=80)] = ""
    before_year: Annotated[int, Field(ge=2000, le=2199)] | None = None
    after: Annotated[Line, Field(max_length=80)] = ""
    after_year: Annotated[int, Field(ge=2000, le=2199)] | None = None
    upns: Annotated[list[Annotated[Line, Field(max_length=20)]], Field(max_length=actions.MOST_PUPILS)] | None = None


class ConclusionTaken(Taken):
    """What came of an intervention, in words."""

    conclusion: Annotated[Text, Field(min_length=1, max_length=1000)]


def interventions(scope: Scope, asked: Asked) -> Page[InterventionGiven]:
    """List the school's interventions, those begun last first."""
    people = holders(scope)
    found = queries.came_of(scope, list(queries.standing(scope)))
    return page(found, asked, lambda each: InterventionGiven.of(each, people=people))


def intervention(scope: Scope, intervention: Key) -> InterventionGiven:
    """Read one intervention."""
    (found,) = queries.came_of(scope, [existing(queries.intervention(scope, intervention))])
    return InterventionGiven.of(found, people=holders(scope))


def plan_intervention(scope: Scope, body: InterventionTaken, once: UUID) -> InterventionGiven:
    """Plan an intervention."""
    key = actions.plan_intervention(by=scope, at=timezone.now(), once=once, planned=_planned(body), upns=body.upns)
    return intervention(scope, key)


def change_intervention(scope: Scope, intervention: Key, body: InterventionTaken, version: int) -> InterventionGiven:
    """Change an intervention, and who takes part where UPNs are given."""
    actions.change_intervention(
        by=scope,
        at=timezone.now(),
        intervention=intervention,
        version=version,
        planned=_planned(body),
        upns=body.upns,
    )
    return _again(scope, intervention)


def review_intervention(scope: Scope, intervention: Key, body: ConclusionTaken, version: int) -> InterventionGiven:
    """Note what came of an intervention."""
    actions.review_intervention(
        by=scope, at=timezone.now(), intervention=intervention, version=version, conclusion=body.conclusion
    )
    return _again(scope, intervention)


def withdraw_intervention(scope: Scope, intervention: Key, version: int) -> None:
    """Withdraw an intervention, and forget who was to take part."""
    actions.withdraw_intervention(by=scope, at=timezone.now(), intervention=intervention, version=version)


def _again(scope: Scope, key: int) -> InterventionGiven:
    return intervention(scope, key)


def _planned(body: InterventionTaken) -> actions.Planned:
    return actions.Planned(**body.model_dump(exclude={"upns"}))
