"""What the installation does by itself: it prepares what is due to be deleted, and deletes nothing."""

from datetime import datetime

from headship.core import belt
from headship.core.scope import Scope, installation_scope
from headship.privacy import actions, planning
from headship.schools.models import School


def prepare_due(at: datetime) -> str:
    """Prepare what is due at each school for somebody to approve; say how many schools have something new."""
    by = installation_scope(at)
    schools = School.objects.filter(joined_at__isnull=False).order_by("pk").values_list("pk", flat=True)
    made = [_prepared(by, at, each) for each in schools]
    return f"{sum(made)} of {len(made)} schools have something new that is due to be deleted and waits for approval."


def _prepared(by: Scope, at: datetime, school_id: int) -> bool:
    """Write only where there is news: on SQLite a country's schools, one after another, would hold all writers off."""
    with belt.within(by):
        if not planning.is_news(school_id, at):
            return False
    return actions.prepare_due(by=by, at=at, school_id=school_id) is not None
