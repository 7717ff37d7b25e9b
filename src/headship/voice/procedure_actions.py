"""The write of a school's own complaints procedure: its periods, and what it says it provides."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.schools.models import School
from headship.voice import complaint_queries as queries
from headship.voice import complaint_rules as rules
from headship.voice import procedure
from headship.voice.complaint_actions import CHANGED
from headship.voice.complaint_choices import LONGEST
from headship.voice.models import Procedure

PERIODS = ("acknowledge", "answer", "come_back", "decide", "hear")


@action("voice.set_procedure")
def set_procedure(  # noqa: PLR0913  # periods, what is provided, when it was looked at, and how it was when they looked
    *, by: Scope, at: datetime, version: int, periods: Mapping[str, int], meets: Sequence[str], reviewed_on: date | None
) -> None:
    """Set how many school days each stage may take. What is due already stays as it was told."""
    del at
    require(rules.set_procedure(by))
    School.objects.select_for_update().get(pk=by.school_id)
    if queries.procedure(by.school_id).version != version:
        raise Stale(CHANGED)
    if set(periods) != set(PERIODS) or not all(1 <= each <= LONGEST for each in periods.values()):
        raise Unusable(f"Each stage takes from 1 to {LONGEST} school days. Nothing was saved.")
    known = {each.code for each in procedure.asked(queries.kind_of(by.school_id), queries.today_of(by))}
    given = {**periods, "meets": sorted(known & set(meets)), "reviewed_on": reviewed_on, "version": version + 1}
    made, _ = Procedure.objects.update_or_create(school_id=by.school_id, defaults=given)
    actions.audit(f"voice.Procedure:{made.pk}", version=made.version)
