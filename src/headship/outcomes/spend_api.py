"""Pupil premium spending for programs, by the rules of its pages."""

from decimal import Decimal
from typing import Annotated, Self

from django.utils import timezone
from pydantic import Field

from headship.core.errors import Unusable
from headship.core.scope import Scope
from headship.core.shapes import Given, Key, Line, OfSchool, Personal, Taken
from headship.outcomes import spend_actions as actions
from headship.outcomes import spend_pages as pages
from headship.outcomes import spend_queries as queries
from headship.outcomes.models import SpendLine
from headship.outcomes.spend_choices import MOST_ROWS, Approach
from headship.people.holders import Holders, holders

Money = Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]


class SpentGiven(Given):
    """One line of a year's grid."""

    what: Personal[str]
    approach: OfSchool[str]
    need: Personal[str]
    amount: OfSchool[Decimal]
    premium: OfSchool[Decimal]
    owner: Personal[str]
    intervention: OfSchool[int | None]

    @classmethod
    def line(cls, row: SpendLine, people: Holders) -> Self:
        """Return a line as programs get it."""
        owner = people.told(row.owner_id) if row.owner_id else ""
        return super().of(row, owner=owner, intervention=row.intervention_id)


class SpendGiven(Given):
    """A year's grid; `for_one_pupil` is null where the disadvantaged pupils are too few to say."""

    year: OfSchool[int]
    version: OfSchool[int]
    amount: OfSchool[Decimal]
    premium: OfSchool[Decimal]
    for_one_pupil: OfSchool[Decimal | None]
    lines: list[SpentGiven]


class SpentTaken(Taken):
    """One line of a grid; `owner` is the id of a person with a post here."""

    what: Annotated[Line, Field(min_length=1, max_length=120)]
    approach: Approach
    need: Annotated[Line, Field(max_length=160)] = ""
    amount: Money
    premium: Money = Decimal(0)
    owner: Key | None = None
    intervention: Key | None = None


class SpendTaken(Taken):
    """A year's grid as it is to read, whole."""

    lines: Annotated[list[SpentTaken], Field(max_length=MOST_ROWS)]


def spend(scope: Scope, year: int) -> SpendGiven:
    """Read a year's grid."""
    _known(scope, year)
    found, kept = queries.lines(scope, year), queries.spend_year(scope, year)
    premium = sum((each.premium for each in found), Decimal(0))
    pupils = queries.disadvantaged(scope, year, timezone.localdate(scope.at))
    people = holders(scope)
    return SpendGiven(
        year=year,
        version=kept.version if kept else 0,
        amount=sum((each.amount for each in found), Decimal(0)),
        premium=premium,
        for_one_pupil=queries.each_pupil(premium, pupils),
        lines=[SpentGiven.line(each, people) for each in found],
    )


def keep_spending(scope: Scope, year: int, body: SpendTaken, version: int) -> SpendGiven:
    """Keep a year's grid as it now reads (version 0 where it has none)."""
    _known(scope, year)
    spent = [actions.Spent(**each.model_dump()) for each in body.lines]
    actions.keep_spending(by=scope, at=timezone.now(), year=year, version=version, spent=spent)
    return spend(scope, year)


def _known(scope: Scope, year: int) -> None:
    if year not in pages.years(scope):
        raise Unusable("Ask for next academic year, this one, or one of the two before.")
