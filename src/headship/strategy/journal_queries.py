"""Reads of the journal: what is to be looked back at, how decisions turned out, and how often as expected."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people.holders import here
from headship.schools.calendar_dates import bounds, year_of
from headship.strategy import queries
from headship.strategy.models import Decision, LookBack
from headship.strategy.rights_choices import Turned

PAGE, YEARS, MOST = 20, 6, 20


def looks(noted: Decision) -> list[LookBack]:
    """Return how a decision turned out, the newest look first."""
    return list(noted.looks.select_related("by").order_by("-pk"))


def look(scope: Scope, key: int) -> LookBack | None:
    """Return one look back at a decision that the reader may see."""
    return _visible(scope).filter(pk=key).first()


def to_look_back(scope: Scope) -> QuerySet[Decision]:
    """Return the decisions the reader may see that are to be looked back at, the most urgent first."""
    found = queries.visible(scope).filter(withdrawn_at=None, review_on__isnull=False)
    return found.order_by("review_on", "pk")


def mine(scope: Scope, until: date) -> list[Decision]:
    """Return the reader's own decisions that are to be looked back at until a day.

    For the headteacher also those that are due today whose decider works here no longer.
    """
    whose, most = Q(decided_by_id=scope.person_id, review_on__lte=until), MOST
    if scope.has(Role.HEADTEACHER):
        today = timezone.localdate(scope.at)
        whose, most = whose | Q(~Q(decided_by_id__in=here(scope)), review_on__lte=today), 2 * MOST
    return list(to_look_back(scope).filter(whose)[:most])


def between(scope: Scope, first: date, last: date) -> list[Decision]:
    """Return the reader's own decisions that are to be looked back at between two days."""
    return list(to_look_back(scope).filter(decided_by_id=scope.person_id, review_on__range=(first, last))[:MOST])


def looked_at(scope: Scope, before: int | None) -> tuple[list[LookBack], int | None]:
    """Return a page of what was looked back at, the newest first; and where the next page starts, if any."""
    found = _visible(scope).select_related("decision", "by").order_by("-pk")
    rows = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def counts(scope: Scope) -> list[tuple[int, Sequence[int]]]:
    """Return for each of the last academic years in which decisions were taken how many turned out how.

    The newest year first; in the order of yes, partly and no. A decision looked back at twice counts by each look.
    """
    first, _ = bounds(year_of(timezone.localdate(scope.at)) - YEARS + 1)
    rows = _visible(scope).filter(decision__decided_on__gte=first).order_by()
    found: Counter[tuple[int, str]] = Counter()
    months = rows.annotate(month=TruncMonth("decision__decided_on"))  # academic years are whole months
    for day, turned, count in months.values_list("month", "as_expected").annotate(Count("pk")):
        found[year_of(day), turned] += count
    years = sorted({year for year, _ in found}, reverse=True)
    return [(year, [found[year, each.value] for each in Turned]) for year in years]


def since(scope: Scope, moment: datetime) -> list[LookBack]:
    """Return what others looked back at since the day of a moment."""
    found = _visible(scope).filter(on__gte=timezone.localdate(moment)).exclude(by_id=scope.person_id)
    return list(found.select_related("decision").order_by("-pk")[:5])


def source(key: int) -> str:
    """Return how evidence names a look back."""
    return f"strategy.LookBack:{key}"


def _visible(scope: Scope) -> QuerySet[LookBack]:
    return LookBack.objects.filter(
        decision__school_id=scope.school_id, decision__visibility__in=scope.opens, decision__withdrawn_at=None
    )
