"""The one write of somebody who asks for feedback about themselves: how they see it, for them alone."""

from collections.abc import Mapping
from datetime import datetime

from django.shortcuts import get_object_or_404

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import require
from headship.core.scope import Scope
from headship.voice import queries, rules
from headship.voice.models import Survey


@action("voice.see_myself")
def see_myself(*, by: Scope, at: datetime, survey: int, steps: Mapping[str, int]) -> None:
    """Keep how somebody sees themselves, until the survey about them closes."""
    del at
    now: Survey = get_object_or_404(
        Survey.objects.select_for_update(), pk=survey, school_id=by.school_id, about_id=by.person_id
    )
    require(rules.see_myself(by, queries.facts(now)))
    now.own = dict(steps)
    now.save(update_fields=["own"])
    actions.audit(queries.source(now.pk), own=True)
