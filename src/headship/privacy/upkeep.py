"""What the installation does by itself: it prepares what is due to be deleted, and deletes nothing."""

from datetime import datetime

from headship.core.scope import installation_scope
from headship.privacy import actions
from headship.schools.models import School


def prepare_due(at: datetime) -> str:
    """Prepare what is due at each school for somebody to approve; say how many schools have something new."""
    by = installation_scope(at)
    schools = School.objects.filter(joined_at__isnull=False).order_by("pk").values_list("pk", flat=True)
    made = [actions.prepare_due(by=by, at=at, school_id=each) for each in schools]
    count = sum(each is not None for each in made)
    return f"{count} of {len(made)} schools have something new that is due to be deleted and waits for approval."
