"""Reads of headteachers' years for a leader of a trust: at its schools, where a year's scheme names them."""

from dataclasses import replace

from django.db.models import Q
from django.utils import timezone

from headship.appraisal import head_rules as rules
from headship.appraisal.head_choices import Part
from headship.appraisal.models import HeadMember, HeadYear
from headship.core import belt
from headship.core.roles import Role
from headship.core.scope import Place, Scope
from headship.people.models import Post
from headship.schools.models import School


def at_school_of(scope: Scope, key: int) -> Scope | None:
    """Return the scope in which a leader of a trust takes part in a year at one of its schools, or None.

    The year's scheme alone lets them in, and to nothing else; whoever is on the staff there takes no part.
    """
    assert scope.place is not None  # pages of a trust
    schools = list(School.objects.filter(trust_id=scope.place.id).values_list("pk", flat=True))
    with belt.at_schools(schools, because="a leader of the trust appraises a headteacher by its scheme"):
        part = HeadMember.objects.filter(year=key, person_id=scope.person_id, part=Part.TRUST, ended_on=None)
        found = part.filter(year__school_id__in=schools).select_related("year__school").first()
        return None if found is None else _there(scope, found.year.school)


def _there(scope: Scope, school: School) -> Scope:
    assert scope.place is not None  # pages of a trust
    place = Place("school", school.pk, school.urn, school.name)
    today = timezone.localdate(scope.at)
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    posts = Post.objects.filter(running, school_id=school.pk, person_id=scope.person_id, starts_on__lte=today)
    roles = {Role.TRUST_LEADER, *map(Role, posts.values_list("role", flat=True))}  # of the staff: no part in it
    return replace(scope, place=place, roles=frozenset(roles), other_places=(scope.place,))


def of_trust(scope: Scope) -> list[tuple[Scope, HeadYear]]:
    """Return the years at the trust's schools in which its leader takes part, each with the scope they read it in."""
    assert scope.place is not None  # pages of a trust
    schools = list(School.objects.filter(trust_id=scope.place.id).values_list("pk", flat=True))
    with belt.at_schools(schools, because="a leader of the trust appraises headteachers by its scheme"):
        part = HeadMember.objects.filter(person_id=scope.person_id, part=Part.TRUST, ended_on=None)
        near = part.filter(year__school_id__in=schools).select_related("year__school", "year__head")
        rows = [each.year for each in near.order_by("-year__starts_in", "year__school__name")[:100]]
        told = [(_there(scope, each.school), each) for each in rows]
    return [(own, each) for own, each in told if rules.parts(own)]
