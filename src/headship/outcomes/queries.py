"""Reads of outcomes: what is published of a school and of those most like it."""

from django.utils import timezone

from headship.core.scope import Scope
from headship.outcomes import similar
from headship.outcomes.similar import Compared, Similar
from headship.schools import queries as schools
from headship.schools.models import School

SAMPLE = 1_500  # schools that stand for the country on the map


def similar_here(scope: Scope) -> tuple[School, Similar, tuple[Compared, ...]]:
    """Return the scope's school, the schools most like it, and the measures they are compared in."""
    school = schools.school_of(scope.school_id)
    found = similar.similar_to(school, timezone.localdate(scope.at))
    return school, found, similar.compared(school, found.alike)


def country() -> list[tuple[float, float]]:
    """Return where some schools are, the same ones each time, for the outline of the country."""
    placed = School.objects.filter(latitude__isnull=False, longitude__isnull=False)
    step = max(1, placed.count() // SAMPLE)
    rows = placed.order_by("urn").values_list("latitude", "longitude")[::step]
    return [(up, across) for up, across in rows if up is not None and across is not None]
