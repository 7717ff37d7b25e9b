"""Staff appraisal for tests, by the product's own actions."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from django.utils import timezone

from headship.appraisal import staff_cycle_actions as cycles
from headship.appraisal import staff_objective_actions as objectives
from headship.appraisal import staff_rules
from headship.appraisal.models import StaffCycle, StaffObjective, StaffYear
from headship.appraisal.staff_cycle_actions import Planned
from headship.appraisal.staff_objective_actions import Aimed, Whose
from headship.schools.calendar_dates import year_of
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
THIS = year_of(TODAY)
PARTS = (("Objectives", 60), ("Professional standards", 40))


def planned(name: str = "Teachers", parts: Sequence[tuple[str, int]] = PARTS, **more: object) -> Planned:
    """Plan a cycle with the usual days."""
    return Planned(**{"name": name, "days": staff_rules.usual(THIS), "parts": list(parts), **more})


def a_cycle(cast: Cast, who: str = "headteacher", *, at: datetime = AT, **more: object) -> StaffCycle:
    """Set up a cycle."""
    key = cycles.open_cycle(
        by=cast.scope(who, at=at), at=at, once=uuid4(), starts_in=year_of(at.date()), planned=planned(**more)
    )
    return StaffCycle.objects.get(pk=key)


def put_in(
    cast: Cast, cycle: StaffCycle, person: str = "teacher", by: str | None = "middle_leader", who: str = "headteacher"
) -> StaffYear:
    """Put somebody into a cycle, with who appraises them."""
    appraisers = {cast.people[person].pk: cast.people[by].pk if by else None}
    cycles.add_to_cycle(by=cast.scope(who), at=AT, cycle=cycle.pk, appraisers=appraisers)
    return StaffYear.objects.get(cycle=cycle, person=cast.people[person])


def whose(year: StaffYear, **more: int) -> Whose:
    """Say whose year a form was written for."""
    return Whose(**{"person": year.person_id, "starts_in": year.starts_in, **more})


def aim(cast: Cast, year: StaffYear, who: str = "middle_leader", words: str = "Every lesson opens with recall") -> int:
    """Write an objective."""
    return objectives.add_staff_objective(
        by=cast.scope(who), at=AT, once=uuid4(), year=year.pk, whose=whose(year), aimed=Aimed(words, "We look in books")
    )


def objectives_set(cast: Cast, year: StaffYear, who: str = "middle_leader") -> StaffYear:
    """Set them."""
    year.refresh_from_db()
    objectives.set_staff_objectives(by=cast.scope(who), at=AT, year=year.pk, version=year.version, whose=whose(year))
    year.refresh_from_db()
    return year


def under_way(cast: Cast) -> StaffYear:
    """Bring the teacher's year, whom the middle leader appraises, to objectives that are set."""
    year = put_in(cast, a_cycle(cast))
    aim(cast, year)
    return objectives_set(cast, year)


def long_ago(year: StaffYear) -> StaffYear:
    """Move a year, and its cycle, to the academic year before."""
    before = year.starts_in - 1
    StaffYear.objects.filter(pk=year.pk).update(starts_in=before, ends_on=date(before + 1, 8, 31))
    StaffCycle.objects.filter(pk=year.cycle_id).update(starts_in=before)
    year.refresh_from_db()
    return year


def one_of(year: StaffYear) -> StaffObjective:
    """Return the first objective of a year."""
    found: StaffObjective = year.objectives.order_by("pk").first()
    return found
