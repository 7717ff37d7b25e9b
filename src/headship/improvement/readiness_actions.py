"""Writes of readiness: what leaders would show in an area and do about it, a version each time."""

from datetime import datetime

from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import require
from headship.core.scope import Scope
from headship.improvement import readiness_queries, rules
from headship.improvement.models import ReadinessNote
from headship.schools.models import School
from headship.strategy.plan_actions import fresh, refuse


@action("improvement.write_readiness")
def write_readiness(*, by: Scope, at: datetime, area: str, version: int, show: str, doing: str) -> None:  # noqa: PLR0913  # a note's parts
    """Write what leaders would show in an area and what they do about it; earlier versions stay to be read."""
    require(rules.keep(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that versions follow one another
    today = timezone.localdate(at)
    held = readiness_queries.areas_of(by)
    if held.area(area) is None:
        refuse("That is no area of inspection today")
    before = readiness_queries.versions(by, held.inspectorate, area, most=1)
    fresh(before[0].version if before else 0, version)
    made = ReadinessNote.objects.create(
        school_id=by.school_id,
        inspectorate=held.inspectorate,
        area=area,
        version=version + 1,
        on=today,
        show=show,
        doing=doing,
        by_id=by.person_id,
    )
    actions.audit(f"improvement.ReadinessNote:{made.pk}", area=area, version=made.version)
