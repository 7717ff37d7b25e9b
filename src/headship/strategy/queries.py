"""Reads of values and decisions. Each gives only what its reader's posts open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.schools.calendar_dates import bounds, year_of
from headship.strategy import rules
from headship.strategy.models import Decision, DecisionChange, Value

PAGE, OFFERED = 20, 60
OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader narrowed the log to, and where its next page starts (the last decision's day and key)."""

    value: int | None = None
    year: int | None = None
    before: tuple[date, int] | None = None
    area: int | None = None
    state: str | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.value or self.year or self.before or self.area or self.state)


@dataclass(frozen=True, slots=True)
class Mirror:
    """How many decisions of a year name a value."""

    value: str
    count: int


def values(scope: Scope) -> list[Value]:
    """Return what the school stands for today, in the order it was written down."""
    return list(Value.objects.filter(school_id=scope.school_id, retired_at=None).order_by("id"))


def value(scope: Scope, key: int) -> Value | None:
    """Return one of the school's values."""
    return Value.objects.filter(school_id=scope.school_id, id=key, retired_at=None).first()


def visible(scope: Scope) -> QuerySet[Decision]:
    """Return the school's decisions this reader may see."""
    return Decision.objects.filter(school_id=scope.school_id, visibility__in=scope.opens)


def standing(scope: Scope, wanted: Filter) -> QuerySet[Decision]:
    """Return the log, newest first, without withdrawn ones."""
    found = visible(scope).filter(withdrawn_at=None)
    if wanted.value:
        found = found.filter(values=wanted.value)
    if wanted.year:
        found = found.filter(decided_on__range=bounds(wanted.year))
    if wanted.area:
        found = found.filter(area_id=wanted.area)
    if wanted.state:
        found = found.filter(review_on__isnull=False)
    if wanted.state == OVERDUE:
        found = found.filter(review_on__lt=timezone.localdate(scope.at))
    if wanted.before:
        day, key = wanted.before
        found = found.filter(Q(decided_on__lt=day) | Q(decided_on=day, id__lt=key))
    return found.select_related("decided_by").prefetch_related("values").order_by("-decided_on", "-id")


def decisions(scope: Scope, wanted: Filter) -> tuple[list[Decision], tuple[date, int] | None]:
    """Return a page of the log; and where the next page starts, if any."""
    rows = list(standing(scope, wanted)[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, None
    return rows[:PAGE], (rows[PAGE - 1].decided_on, rows[PAGE - 1].id)


def decision(scope: Scope, key: int) -> Decision | None:
    """Return one decision with what its page shows, or None where this reader may not know of it."""
    found = visible(scope).select_related("decided_by").prefetch_related("values", "characteristics")
    return found.filter(id=key).first()


def changes(noted: Decision) -> Sequence[DecisionChange]:
    """Return a decision's history, oldest first."""
    return list(noted.changes.select_related("by").order_by("id"))


def years(scope: Scope) -> list[int]:
    """Return the academic years that hold decisions this reader may see, newest first."""
    months = visible(scope).filter(withdrawn_at=None).order_by().dates("decided_on", "month")  # years are whole months
    return sorted({year_of(day) for day in months}, reverse=True)


def mirror(scope: Scope, year: int) -> list[Mirror]:
    """Return each of the school's values with how many of a year's decisions name it, none included."""
    named: Mapping[int, int] = dict(
        visible(scope)
        .filter(withdrawn_at=None, decided_on__range=bounds(year), values__isnull=False)
        .order_by()
        .values_list("values")
        .annotate(Count("id"))
    )
    return [Mirror(each.name, named.get(each.id, 0)) for each in values(scope)]


def since(scope: Scope, moment: datetime, limit: int) -> list[Decision]:
    """Return the newest decisions noted after a moment by anybody but the reader."""
    found = visible(scope).filter(withdrawn_at=None, noted_at__gt=moment).exclude(decided_by_id=scope.person_id)
    return list(found.order_by("-noted_at")[:limit])


def latest(scope: Scope, limit: int) -> list[Decision]:
    """Return the newest decisions."""
    found = visible(scope).filter(withdrawn_at=None).select_related("decided_by").prefetch_related("values")
    return list(found.order_by("-decided_on", "-id")[:limit])


def offered(scope: Scope, kept: int | None = None) -> list[tuple[int, str]]:
    """Return the newest decisions as choices, and the one that is kept, however old."""
    found = visible(scope).order_by("-decided_on", "-id")
    rows = list(found.filter(withdrawn_at=None)[:OFFERED])
    if kept is not None and kept not in {each.pk for each in rows}:
        rows += found.filter(pk=kept)
    return [(each.pk, f"{each.what} ({in_words(each.decided_on)})") for each in rows]


def facts(noted: Decision) -> rules.Facts:
    """Return what the rights over a decision depend on."""
    return rules.Facts(noted.decided_by_id, noted.decided_as, noted.decided_on, noted.withdrawn_at)


def source(decision_key: int) -> str:
    """Return how evidence names a decision."""
    return f"strategy.Decision:{decision_key}"
