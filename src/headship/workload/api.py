"""The workload ledger and directed time for programs, by the rules of their pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from headship.core.errors import existing
from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, Key, OfSchool, Page, Personal, page, page_of
from headship.people.holders import GONE, holders
from headship.workload import directed_queries, queries
from headship.workload.directed_queries import Planned
from headship.workload.models import Demand
from headship.workload.queries import Weights


class DemandGiven(Given):
    """Something staff are asked for, and the minutes a year it takes of each post."""

    id: OfSchool[int]
    title: Personal[str]
    reason: Personal[str]
    kind: OfSchool[str]
    state: OfSchool[str]
    minutes: OfSchool[int]
    times: OfSchool[int]
    directed: OfSchool[bool]
    minutes_a_year: OfSchool[Mapping[str, int]]
    proposed_on: OfSchool[date]
    agreed_on: OfSchool[date | None]
    ended_on: OfSchool[date | None]
    review_on: OfSchool[date]
    version: OfSchool[int]

    @classmethod
    def weighed(cls, row: Demand, weights: Weights) -> Self:
        """Return a demand as programs get it."""
        return cls.of(row, minutes_a_year=dict(weights.minutes(row)))


class SumGiven(Given):
    """One person's directed time of a year, in minutes: what they can be told to work, what is placed, what is left."""

    person: Personal[int]
    name: Personal[str]
    entitled: Personal[int]
    placed: Personal[int]
    left: Personal[int]
    by_kind: Personal[Mapping[str, int]]
    days: Personal[int]
    teaching_days: Personal[int]


def demands(scope: Scope, asked: Asked) -> Page[DemandGiven]:
    """List what is, was or may be asked of staff, in the order in which it was proposed."""
    weights = queries.weighed(scope)
    rows = queries.demands(scope).order_by("pk")
    return page_of(rows, asked, lambda row: DemandGiven.weighed(row, weights))


def demand(scope: Scope, demand: Key) -> DemandGiven:
    """Read one demand."""
    return DemandGiven.weighed(existing(queries.demand(scope, demand)), queries.weighed(scope))


def directed_people(scope: Scope, year: int, asked: Asked) -> Page[SumGiven]:
    """List what everybody counted has in a year's plan as it stands, by person."""
    found = existing(directed_queries.year(scope, directed_queries.in_reach(scope, year)))
    planned = directed_queries.planned(scope, found)
    names: Mapping[int, Any] = holders(scope).names
    return page(sorted(planned.patterns), asked, lambda person: _sum(planned, person, names.get(person, GONE)))


def my_directed_time(scope: Scope, year: int) -> SumGiven:
    """Read the reader's own year as it is published."""
    planned = existing(directed_queries.published(scope, directed_queries.in_reach(scope, year)))
    return _sum(planned, scope.person_id, scope.name)


def _sum(planned: Planned, person: int, name: str) -> SumGiven:
    return SumGiven.of(planned.sum_of(person), person=person, name=name)
