"""How far surveys have come, counted once a day: whoever looks often must not see who has just answered."""

from dataclasses import asdict
from datetime import datetime

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions as told
from headship.core.actions import action
from headship.core.errors import require
from headship.core.scope import Scope
from headship.voice import queries, rules
from headship.voice.choices import State
from headship.voice.models import Survey


def due(at: datetime) -> QuerySet[Survey]:
    """Return the open surveys that were not counted on this day, from the day after they opened."""
    today = timezone.localdate(at)
    before = Q(counted_on=None) | Q(counted_on__lt=today)
    return Survey.objects.filter(before, state=State.OPEN, opened_on__lt=today)


@action("voice.count_progress")
def count_progress(*, by: Scope, at: datetime, survey: int) -> None:
    """Keep how far a survey has come today, in nobody's name. Errors: Http404 where it was counted or is closed."""
    require(rules.count_progress(by))
    now: Survey = get_object_or_404(due(at).select_for_update(), pk=survey, school_id=by.school_id)
    now.progress = [asdict(each) for each in queries.counted(now)]
    now.counted_on = timezone.localdate(at)
    now.save(update_fields=["progress", "counted_on"])
    told.audit(queries.source(now.pk), counted_on=now.counted_on.isoformat())
