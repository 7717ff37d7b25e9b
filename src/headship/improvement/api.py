"""Bets, habits, the horizon and readiness for programs, by the rules of their pages."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.utils import timezone

from headship.core.errors import existing
from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, Key, OfSchool, Page, Personal, Public, page, page_of
from headship.improvement import (
    bet_pages,
    bet_queries,
    habit_queries,
    horizon_queries,
    readiness_pages,
    readiness_queries,
)
from headship.improvement.models import Bet, BetDecision, BetReading, Habit, HorizonItem
from headship.improvement.readiness_queries import Live


class BetListed(Given):
    """A bet. What nobody knows is null."""

    id: OfSchool[int]
    title: OfSchool[str]
    believed: OfSchool[str]
    measure: OfSchool[str]
    knows: OfSchool[str]
    kill_rule: OfSchool[str]
    state: OfSchool[str]
    starts_on: OfSchool[date]
    stops_on: OfSchool[date]
    asks: OfSchool[bool]
    cost: OfSchool[Decimal | None]
    hours: OfSchool[Decimal | None]
    version: OfSchool[int]

    @classmethod
    def of(cls, row: Bet, **named: Any) -> Self:
        """Return a bet as programs get it."""
        asks = bet_queries.asks(row, timezone.localdate())
        return super().of(row, believed=bet_pages.believed(row), asks=asks, **named)


class BetReadingGiven(Given):
    """Where a bet's measure stood on a day."""

    on: OfSchool[date]
    value: OfSchool[str]
    words: Personal[str]
    kills: OfSchool[bool]


class BetDecisionGiven(Given):
    """What was decided about a bet."""

    on: OfSchool[date]
    to: OfSchool[str]
    because: Personal[str]
    evidence: Personal[str]
    learned: Personal[str]
    unmeasured: Personal[str]
    until: OfSchool[date | None]


class BetGiven(BetListed):
    """A bet with what was measured and decided."""

    readings: list[BetReadingGiven]
    decisions: list[BetDecisionGiven]

    @classmethod
    def of(cls, row: Bet, **named: Any) -> Self:
        """Return a bet as programs get it."""
        readings: list[BetReading] = list(row.readings.order_by("on", "pk"))
        decisions: list[BetDecision] = list(row.decisions.order_by("on", "pk"))
        return super().of(
            row,
            readings=[BetReadingGiven.of(each) for each in readings],
            decisions=[BetDecisionGiven.of(each) for each in decisions],
            **named,
        )


class ItemGiven(Given):
    """Something on the horizon; what it means is empty while nobody has read it."""

    id: OfSchool[int]
    title: OfSchool[str]
    whence: OfSchool[str]
    source: OfSchool[str]
    link: OfSchool[str]
    expected: OfSchool[str]
    expected_on: OfSchool[date | None]
    noted_on: OfSchool[date]
    read_by: OfSchool[date]
    means: OfSchool[str]


class HabitGiven(Given):
    """A practice kept out of habit; its outcome is empty while nobody has questioned it."""

    id: OfSchool[int]
    practice: OfSchool[str]
    since: OfSchool[str]
    hours: OfSchool[Decimal | None]
    rests: OfSchool[str]
    evidence: OfSchool[str]
    link: OfSchool[str]
    review_on: OfSchool[date | None]
    outcome: OfSchool[str]
    version: OfSchool[int]


class AreaGiven(Given):
    """What there is for an area of inspection and what is thin, in words; no grade, no score."""

    code: Public[str]
    name: Public[str]
    characteristics: Public[list[str]]
    counted: OfSchool[str]
    thin: OfSchool[list[str]]

    @classmethod
    def of(cls, row: Live, **named: Any) -> Self:
        """Return an area as programs get it."""
        return super().of(
            row.area,
            characteristics=list(row.area.characteristics),
            counted=readiness_pages.counted(row),
            thin=[readiness_pages.thin(each) for each in row.gaps],
            **named,
        )


def bets(scope: Scope, asked: Asked) -> Page[BetListed]:
    """List the school's bets, newest first."""
    return page_of(bet_queries.bets(scope).order_by("-pk"), asked, BetListed.of)


def bet(scope: Scope, bet: Key) -> BetGiven:
    """Read one bet with what was measured and decided."""
    return BetGiven.of(existing(bet_queries.bet(scope, bet)))


def horizon(scope: Scope, asked: Asked) -> Page[ItemGiven]:
    """List what is on the horizon, newest first."""
    return page_of(horizon_queries.items(scope).order_by("-noted_on", "-pk"), asked, _item)


def habits(scope: Scope, asked: Asked) -> Page[HabitGiven]:
    """List what is done out of habit, in the order in which it was noted."""
    return page_of(habit_queries.habits(scope).order_by("pk"), asked, _habit)


def readiness(scope: Scope, asked: Asked) -> Page[AreaGiven]:
    """List the areas of an inspection with what there is for each that the reader may see."""
    held = readiness_queries.areas_of(scope)
    return page(readiness_queries.live(scope, held.areas, scope.opens), asked, AreaGiven.of)


def _item(row: HorizonItem) -> ItemGiven:
    return ItemGiven.of(row)


def _habit(row: Habit) -> HabitGiven:
    return HabitGiven.of(row)
