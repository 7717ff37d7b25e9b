"""What the installation does for surveys by itself."""

from datetime import datetime

from django.utils import timezone

from headship.core import belt
from headship.core.scope import Place, Scope, installation_scope
from headship.voice import closing
from headship.voice.choices import State
from headship.voice.models import Survey


def close_overdue(at: datetime) -> str:
    """Close every survey whose last day is over; say how many."""
    with belt.within(installation_scope(at)):
        over = Survey.objects.filter(state=State.OPEN, closes_on__lt=timezone.localdate(at))
        due = [(each.pk, each.school) for each in over.select_related("school").order_by("pk")]
    for key, school in due:
        place = Place("school", school.pk, school.urn, school.name)
        closing.close_overdue(by=Scope(0, 0, "Headship itself", at, place), at=at, survey=key)
    return f"Surveys closed after their last day: {len(due)}."
