"""What the installation does for surveys by itself."""

from contextlib import suppress
from datetime import datetime

from django.http import Http404
from django.utils import timezone

from headship.core import belt
from headship.core.scope import Place, Scope, installation_scope
from headship.schools.models import School
from headship.voice import closing, complaint_actions, complaint_queries, counting
from headship.voice.choices import State
from headship.voice.models import Survey


def close_overdue(at: datetime) -> str:
    """Close every survey whose last day is over; say how many."""
    with belt.within(installation_scope(at)):
        over = Survey.objects.filter(state=State.OPEN, closes_on__lt=timezone.localdate(at))
        due = [(each.pk, each.school) for each in over.select_related("school").order_by("pk")]
    for key, school in due:
        closing.close_overdue(by=_itself(school, at), at=at, survey=key)
    return f"Surveys closed after their last day: {len(due)}."


def count_progress(at: datetime) -> str:
    """Count how far every open survey has come that was not counted today; say how many."""
    with belt.within(installation_scope(at)):
        found = [(each.pk, each.school) for each in counting.due(at).select_related("school").order_by("pk")]
    counted = 0
    for key, school in found:
        with suppress(Http404):  # closed or counted by somebody else meanwhile: the others are counted still
            counting.count_progress(by=_itself(school, at), at=at, survey=key)
            counted += 1
    return f"Surveys counted: {counted}."


def set_apart(at: datetime) -> str:
    """Hand complaints about whoever became a headteacher since to the chair; say nothing of them: the list is read."""
    with belt.within(installation_scope(at)):
        schools = list(School.objects.order_by("pk"))
    for school in schools:
        by = _itself(school, at)
        with belt.within(by):
            found = complaint_queries.to_set_apart(by)
        for key in found:
            complaint_actions.set_complaint_apart(by=by, at=at, complaint=key)
    return "Looked whether whom a complaint is about became headteacher."


def _itself(school: School, at: datetime) -> Scope:
    return Scope(0, 0, "Headship itself", at, Place("school", school.pk, school.urn, school.name))
