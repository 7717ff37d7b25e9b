"""Reads of the sums that schools share: a school's own; and those of a trust's schools, which no page prints."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from headship.core import belt
from headship.core.scope import Scope
from headship.outcomes.models import SharedSums
from headship.schools.models import School, Trust


def ours(scope: Scope) -> list[SharedSums]:
    """Return what the scope's school shares."""
    held = SharedSums.objects.filter(school_id=scope.school_id).select_related("trust")
    return list(held.order_by("-year", "assessment", "year_group"))


def one_of_ours(scope: Scope, key: int) -> SharedSums | None:
    """Return one of those."""
    return SharedSums.objects.filter(school_id=scope.school_id, pk=key).select_related("trust").first()


def trust_of(scope: Scope) -> Trust | None:
    """Return the trust that the register names for the scope's school."""
    return Trust.objects.filter(schools=scope.school_id).first()


def together(scope: Scope) -> list[SharedSums]:
    """Return what the schools of the scope's trust share with it."""
    return list(_of_trust(_trust_id(scope)))


def schools_of_trust(scope: Scope) -> int:
    """Return how many schools of the scope's trust use Headship."""
    return School.objects.filter(trust_id=_trust_id(scope), joined_at__isnull=False).count()


def beside(mine: SharedSums) -> Sequence[SharedSums]:
    """Return what a trust's schools share that can be put together with ours, ours among it."""
    with belt.at_trust(mine.trust_id, because="a school that shares its sums sees where it stands, without names"):
        return [each for each in _of_trust(mine.trust_id) if alike(each) == alike(mine)]


def alike(row: SharedSums) -> tuple[int, str, str, str]:
    """Return what sums of several schools must have in common to be put together."""
    return row.year, row.assessment.casefold(), row.scale, row.year_group.removeprefix("Year ")


def _of_trust(trust_id: int) -> QuerySet[SharedSums]:
    """Return the sums of schools that still belong to the trust, those of the newest years first."""
    held = SharedSums.objects.filter(trust_id=trust_id, school__trust_id=F("trust_id"), school__joined_at__isnull=False)
    return held.order_by("-year", "assessment", "year_group", "school_id")


def _trust_id(scope: Scope) -> int:
    if scope.place is None or scope.place.kind != "trust":
        raise LookupError("This page belongs to no trust.")
    return scope.place.id
