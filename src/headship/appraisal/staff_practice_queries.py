"""Reads of excellent practice: nothing of somebody who did not agree, but to them and to whoever recognised it."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from headship.appraisal import staff_practice_rules as rules
from headship.appraisal.staff_choices import PracticeState
from headship.appraisal.staff_practice_models import ExcellentPractice
from headship.core.roles import STAFF
from headship.core.scope import Scope
from headship.people.models import Post

MOST = 200


def source(practice: int) -> str:
    """Return what evidence and the audit call it."""
    return f"appraisal.ExcellentPractice:{practice}"


def known(scope: Scope) -> QuerySet[ExcellentPractice]:
    """Return what the reader knows of: what is shown, of those who still work here, and what they have a part in."""
    here = ExcellentPractice.objects.filter(school_id=scope.school_id)
    if rules.see(scope):
        return here.none()
    today = timezone.localdate(scope.at)
    posts = Post.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        person_id=OuterRef("person_id"),
        school_id=scope.school_id,
        role__in=STAFF,
        starts_on__lte=today,
    )
    shown = Q(state=PracticeState.AGREED) & Exists(posts)
    parts = Q(person_id=scope.person_id) | Q(seen_by_id=scope.person_id)
    return here.filter(shown | parts)


def may_be_read(scope: Scope) -> Q:
    """Return what whoever answers requests for data may know of: what all staff read."""
    del scope  # the same for everybody
    return Q(state=PracticeState.AGREED)


def practices(scope: Scope) -> list[ExcellentPractice]:
    """Return them, the newest first."""
    return list(known(scope).select_related("person", "seen_by").order_by("-asked_on", "-pk")[:MOST])


def practice(scope: Scope, key: int) -> ExcellentPractice | None:
    """Return one, or None where this reader may not know of it."""
    return known(scope).select_related("person", "seen_by").filter(pk=key).first()


def asked(scope: Scope) -> list[ExcellentPractice]:
    """Return what the reader is asked about."""
    return list(known(scope).filter(person_id=scope.person_id, state=PracticeState.ASKED).order_by("pk"))
