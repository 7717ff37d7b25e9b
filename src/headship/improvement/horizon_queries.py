"""Reads of the horizon: what is coming, by the month it was noted in, and what nobody has read."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from headship.core.scope import Scope
from headship.improvement.models import HorizonItem
from headship.schools import queries as schools
from headship.schools.calendar_dates import bounds, usual_shape, year_of

MOST = 100


def items(scope: Scope) -> QuerySet[HorizonItem]:
    """Return what is on the school's horizon."""
    return HorizonItem.objects.filter(school_id=scope.school_id)


def item(scope: Scope, key: int) -> HorizonItem | None:
    """Return one thing on the horizon."""
    return items(scope).filter(pk=key).first()


def between(scope: Scope, first: date, last: date) -> list[HorizonItem]:
    """Return what was noted between two days, oldest first, with what was said of it."""
    found = items(scope).filter(noted_on__range=(first, last)).prefetch_related("readings")
    return list(found.order_by("noted_on", "pk")[:MOST])


def unread(scope: Scope) -> list[HorizonItem]:
    """Return what nobody has read, whose day comes first before."""
    return list(items(scope).filter(means="").order_by("read_by", "pk")[:MOST])


def mine(scope: Scope, here: Iterable[int] | None = None) -> list[HorizonItem]:
    """Return what the reader is to read and has not; also what its reader, not among those who are here, has not."""
    whose = Q(reader_id=scope.person_id)
    if here is not None:
        whose |= ~Q(reader_id__in=here)
    found = items(scope).filter(whose, means="")
    return list(found.order_by("read_by", "pk")[:MOST])


def month_before(scope: Scope, first: date) -> date | None:
    """Return the day of the newest thing noted before a day."""
    return items(scope).filter(noted_on__lt=first).order_by("-noted_on").values_list("noted_on", flat=True).first()


def month_after(scope: Scope, last: date) -> date | None:
    """Return the day of the oldest thing noted after a day."""
    return items(scope).filter(noted_on__gt=last).order_by("noted_on").values_list("noted_on", flat=True).first()


def noted_since(scope: Scope, moment: datetime) -> list[HorizonItem]:
    """Return what others noted on or after the day of a moment."""
    found = items(scope).filter(noted_on__gte=timezone.localdate(moment)).exclude(noted_by_id=scope.person_id)
    return list(found.order_by("-noted_on", "-pk")[:10])


def expected_between(scope: Scope, first: date, last: date) -> list[HorizonItem]:
    """Return what is expected between two days."""
    return list(items(scope).filter(expected_on__range=(first, last)).order_by("expected_on", "pk")[:MOST])


def term_of(scope: Scope, day: date) -> tuple[str, date, date]:
    """Return the term a day lies in, holidays after it included: its words, its first day and its last."""
    year = year_of(day)
    terms = schools.year(scope.school_id, year).terms or usual_shape(year)
    first, last = bounds(year)
    starts = [first, *(each.starts_on for each in terms[1:])]
    ends = [*(date.fromordinal(each.toordinal() - 1) for each in starts[1:]), last]
    found = next(at for at, end in enumerate(ends) if day <= end)
    return terms[found].words, starts[found], ends[found]


def source(key: int) -> str:
    """Return how evidence names something on the horizon."""
    return f"improvement.HorizonItem:{key}"
