"""Reads of bets: those that run, are due and are over, and what was decided."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from headship.core.scope import Scope
from headship.improvement.choices import OVER, BetState
from headship.improvement.models import Bet, BetDecision
from headship.strategy.models import Priority

PAGE = 20
MOST = 60
LATE = timedelta(days=7)  # how long a decision waits for whoever answers for the bet alone


def bets(scope: Scope) -> QuerySet[Bet]:
    """Return the school's bets."""
    return Bet.objects.filter(school_id=scope.school_id)


def bet(scope: Scope, key: int) -> Bet | None:
    """Return one bet with what its page shows."""
    return bets(scope).select_related("priority", "habit", "item").filter(pk=key).first()


def running(scope: Scope) -> list[Bet]:
    """Return the bets that run, those that stop first before."""
    return list(
        bets(scope).filter(state=BetState.RUNNING).prefetch_related("readings").order_by("stops_on", "pk")[:MOST]
    )


def proposed(scope: Scope) -> list[Bet]:
    """Return the bets that wait to run, oldest first."""
    return list(bets(scope).filter(state=BetState.PROPOSED).order_by("pk")[:MOST])


def over(scope: Scope, page: int = 1) -> tuple[list[Bet], bool]:
    """Return a page of the bets that are over, newest first, with their decisions; and whether there are more."""
    found = bets(scope).filter(state__in=OVER).prefetch_related("decisions", "readings")
    first = PAGE * (page - 1)
    rows = list(found.order_by("-ended_on", "-pk")[first : first + PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def counted(scope: Scope) -> Mapping[str, int]:
    """Return how often bets were continued, stopped and scaled, by what was decided."""
    found = BetDecision.objects.filter(bet__school_id=scope.school_id).order_by().values_list("to")
    return dict(found.annotate(Count("pk")))


def asks_on(each: Bet) -> date:
    """Return the day from which a bet asks for a decision: its stop date, or the day its kill rule was met."""
    return min(each.killed_on or each.stops_on, each.stops_on)


def asks(each: Bet, today: date) -> bool:
    """Whether a bet asks for a decision."""
    return each.state == BetState.RUNNING and asks_on(each) <= today


def asking(scope: Scope) -> list[Bet]:
    """Return the bets that ask for a decision: the reader's own, for whoever leads the school also those that are late.

    Whether the reader leads the school is their caller's to say.
    """
    today = timezone.localdate(scope.at)
    due = Q(stops_on__lte=today) | Q(killed_on__lte=today)
    return list(bets(scope).filter(due, state=BetState.RUNNING).order_by("stops_on", "pk")[:MOST])


def measured(each: Bet) -> bool:
    """Whether anything was measured since a bet began to run."""
    return each.readings.filter(on__gte=each.runs_since or each.starts_on).exists()


def stops_between(scope: Scope, first: date, last: date) -> list[Bet]:
    """Return the bets that run and stop between two days."""
    found = bets(scope).filter(state=BetState.RUNNING, stops_on__range=(first, last))
    return list(found.order_by("stops_on", "pk")[:MOST])


def decided_since(scope: Scope, moment: datetime) -> list[BetDecision]:
    """Return what others decided on or after the day of a moment."""
    found = BetDecision.objects.filter(bet__school_id=scope.school_id, on__gte=timezone.localdate(moment))
    rows = found.exclude(by_id=scope.person_id).select_related("bet").order_by("-on", "-pk")
    return list(rows[:10])


def of_priorities(scope: Scope, keys: Collection[int]) -> list[Bet]:
    """Return the bets that serve priorities of the plan, the oldest first."""
    return list(bets(scope).filter(priority__in=keys).exclude(state=BetState.NOT_TRIED).order_by("pk"))


def priorities(scope: Scope) -> list[tuple[int, str]]:
    """Return the priorities of plans that are not over, for choosing one."""
    today = timezone.localdate(scope.at)
    found = Priority.objects.filter(plan__school_id=scope.school_id, withdrawn_on=None, plan__ends_on__gte=today)
    return list(found.order_by("pk").values_list("pk", "title"))


def source(key: int) -> str:
    """Return how evidence names a bet."""
    return f"improvement.Bet:{key}"
