"""Reads of the statement of vision: in force today, on any day, being drafted, and before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.schools.calendar_dates import bounds
from headship.strategy import queries, vision_rules
from headship.strategy.choices import OPEN, SHOWN, VisionState
from headship.strategy.models import Approval, Decision, Vision, VisionChange


@dataclass(frozen=True, slots=True)
class Acted:
    """The decisions of a year that name a value, newest first."""

    key: int
    value: str
    decisions: Sequence[Decision]


def visible(scope: Scope) -> QuerySet[Vision]:
    """Return the school's statements this reader may know of."""
    found = Vision.objects.filter(school_id=scope.school_id)
    return found if vision_rules.see_drafts(scope) else found.filter(state__in=SHOWN)


def vision(scope: Scope, key: int) -> Vision | None:
    """Return one statement, or None where this reader may not know of it."""
    return visible(scope).filter(pk=key).first()


def in_force(scope: Scope, on: date | None = None) -> Vision | None:
    """Return the statement that was in force at the end of a day, today unless said."""
    day = on or timezone.localdate(scope.at)
    found = visible(scope).filter(Q(superseded_on=None) | Q(superseded_on__gt=day), published_on__lte=day)
    return found.order_by("-pk").first()


def drafted(scope: Scope) -> Vision | None:
    """Return the statement that is being drafted or waits to be published, for those who may know of it."""
    return visible(scope).filter(state__in=OPEN).first()


def published(scope: Scope) -> list[Vision]:
    """Return every statement ever published, newest first."""
    return list(visible(scope).filter(state__in=SHOWN).order_by("-published_on", "-pk"))


def changes(of: Vision) -> Sequence[VisionChange]:
    """Return a statement's history, oldest first."""
    return list(of.changes.select_related("by").order_by("pk"))


def agreed(of: Vision) -> Approval | None:
    """Return the board's agreement to a statement as it now reads."""
    return of.approvals.order_by("-pk").first() if of.state != VisionState.DRAFT else None


def acted_on(scope: Scope, year: int, *, for_all: bool = False) -> list[Acted]:
    """Return each of the school's values with the decisions of a year that name it, none included.

    `for_all` leaves out what not all staff may see: a paper is read by others than its maker.
    """
    found = queries.visible(scope).filter(withdrawn_at=None, decided_on__range=bounds(year), values__isnull=False)
    if for_all:
        found = found.filter(visibility__in=(Visibility.STAFF, Visibility.PUBLIC))
    by_value: dict[int, list[Decision]] = {}
    for each in found.distinct().prefetch_related("values").order_by("-decided_on", "-pk"):
        for value in each.values.all():
            by_value.setdefault(value.pk, []).append(each)
    return [Acted(each.pk, each.name, by_value.get(each.pk, [])) for each in queries.values(scope)]


def published_since(scope: Scope, moment: datetime) -> Vision | None:
    """Return the statement in force, if it was published on or after the day of a moment."""
    return visible(scope).filter(state=VisionState.PUBLISHED, published_on__gte=timezone.localdate(moment)).first()


def source(key: int) -> str:
    """Return how evidence names a statement."""
    return f"strategy.Vision:{key}"
