"""Reads of the register of habits."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from headship.core.scope import Scope
from headship.improvement import rules
from headship.improvement.choices import Outcome
from headship.improvement.models import Habit

PAGE = 20


def habits(scope: Scope) -> QuerySet[Habit]:
    """Return the school's habits."""
    return Habit.objects.filter(school_id=scope.school_id)


def habit(scope: Scope, key: int) -> Habit | None:
    """Return one habit."""
    return habits(scope).filter(pk=key).first()


def page(scope: Scope, number: int = 1, *, dropped: bool = False) -> tuple[list[Habit], bool]:
    """Return a page of the habits the school has, the one asked about next first, or of those it dropped."""
    gone = Q(outcome=Outcome.DROP)
    found = habits(scope).filter(gone if dropped else ~gone)
    order = ("-pk",) if dropped else ("review_on", "pk")
    first = PAGE * (number - 1)
    rows = list(found.order_by(*order)[first : first + PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def offered(scope: Scope) -> list[tuple[int, str]]:
    """Return the habits that others' things may name, those that were dropped last."""
    if rules.see(scope) is not None:
        return []
    rows = sorted(habits(scope), key=lambda each: (each.outcome == Outcome.DROP, each.practice.casefold()))
    return [(each.pk, f"{each.practice}{' (dropped)' if each.outcome == Outcome.DROP else ''}") for each in rows]


def mine(scope: Scope, until: date, here: Iterable[int] | None = None) -> list[Habit]:
    """Return the habits the reader questions until a day; also those whose owner is not among those who are here."""
    whose = Q(owner_id=scope.person_id)
    if here is not None:
        whose |= ~Q(owner_id__in=here)
    found = habits(scope).filter(whose, review_on__lte=until)
    return list(found.order_by("review_on", "pk")[:PAGE])


def between(scope: Scope, first: date, last: date) -> list[Habit]:
    """Return the habits that are questioned between two days."""
    return list(habits(scope).filter(review_on__range=(first, last)).order_by("review_on", "pk")[:PAGE])


def source(key: int) -> str:
    """Return how evidence names a habit."""
    return f"improvement.Habit:{key}"
