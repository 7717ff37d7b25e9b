"""What the matrix needs to visit staff appraisal: a year of a colleague whom the middle leader appraises."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from headship.appraisal.models import (
    ExcellentPractice,
    StaffAppeal,
    StaffCopy,
    StaffCycle,
    StaffHearer,
    StaffModeration,
    StaffObjective,
    StaffPart,
    StaffStatement,
    StaffTemplate,
    StaffTemplateObjective,
    StaffTemplatePart,
    StaffYear,
)
from headship.appraisal.staff_choices import StaffState
from headship.people.models import Person, Post
from headship.schools.calendar_dates import bounds, year_of
from headship.schools.models import School
from tests.cast import PERSONAS, Cast

type Things = Callable[[Cast, School], dict[str, Any]]
NOT_THEIRS = "somebody's year is known to them, whoever appraises them and the headteacher"
HEARD = "those named to hear an appeal read it; the chair names them where the headteacher took part"
NOT_ORGANISERS = "the headteacher and the leader named for it say who appraises whom"
HEADS = {"headteacher", "other_headteacher"}  # who appraise here
NOT_THE_HEADS = dict.fromkeys(set(PERSONAS) - HEADS, 404)
SET_UP = dict.fromkeys(set(PERSONAS) - HEADS, 403)
NOT_LEADING = dict.fromkeys(("teacher", "support_staff", "office", "two_schools", "other_teacher"), 403)
GIVEN = {StaffState.GIVEN, StaffState.COMPLETE, StaffState.APPEALED}
NOT_HEARERS = dict.fromkeys(set(PERSONAS) - {"governor", "two_schools"}, 404)  # who hear an appeal here and there
NOT_NAMERS = dict.fromkeys(set(PERSONAS) - HEADS - {"chair"}, 404) | dict.fromkeys(HEADS, 403)
THEIR_OWN = dict.fromkeys(set(PERSONAS) - HEADS - {"teacher", "other_teacher"}, 404) | dict.fromkeys(HEADS, 403)


def a_practice(cast: Cast, school: School) -> dict[str, Any]:
    """Recognise something a teacher does; the headteacher did, and the person is asked."""
    own = school == cast.school
    made = ExcellentPractice.objects.create(
        school=school,
        once=uuid4(),
        person=cast.people["teacher" if own else "other_teacher"],
        seen_by=cast.people["headteacher" if own else "other_headteacher"],
        words="Questions that wait",
        asked_on=timezone.localdate(),
    )
    return {"practice": made.pk}


def a_cycle(cast: Cast, school: School) -> dict[str, Any]:
    """Set up a cycle with one part."""
    return {"cycle": _cycle(school).pk}


def a_template(*also: str) -> Things:
    """Keep a template with one part and one objective. `also` names what its address holds besides."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        days = {"objectives_by": "10-31", "half_by": "02-28", "review_by": "07-15", "statement_by": "10-31"}
        made = StaffTemplate.objects.create(school=school, once=uuid4(), name=f"Group {uuid4().hex[:8]}", **days)
        StaffTemplatePart.objects.create(template=made, number=1, name="Objectives", weight=100)
        one = StaffTemplateObjective.objects.create(template=made, once=uuid4(), words="Every lesson opens with recall")
        held = {"common": one.pk, "starts_in": year_of(timezone.localdate())}
        return {"template": made.pk, **{name: held[name] for name in also}}

    return things


def a_staff_year(state: StaffState = StaffState.AIMING, *also: str, whose: str = "") -> Things:
    """Bring a year to a state: a colleague's whom the headteacher appraises, or `whose` persona's own.

    `also` names what its address holds besides.
    """

    def things(cast: Cast, school: School) -> dict[str, Any]:
        own = school == cast.school
        head = cast.people["headteacher" if own else "other_headteacher"]
        person = cast.people[whose if own else "other_teacher"] if whose else _colleague(school)
        today, cycle = timezone.localdate(), _cycle(school)
        _make_room(school, person, cycle.starts_in)
        after = state == StaffState.REVIEWED or state in GIVEN
        made = StaffYear.objects.create(
            school=school,
            cycle=cycle,
            person=person,
            appraiser=head,
            starts_in=cycle.starts_in,
            ends_on=bounds(cycle.starts_in)[1],
            state=state,
            given_on=date(2020, 1, 1) if state in GIVEN else None,
            appeal_until=today if state in GIVEN else None,
            reviewed_on=today if after else None,
        )
        aim = StaffObjective.objects.create(year=made, once=uuid4(), words="Every pupil reads", measure="We listen")
        if after:
            StaffStatement.objects.create(year=made, overall="A good year", needs="To rest", commented_on=today)
        StaffCopy.objects.create(
            year=made, number=1, made_on=today, locked=True, lines='[["words", "Kept"]]', salt="a", seal="b"
        )
        held = {"aim": aim.pk, "copy": 1}
        return {"appraised": made.pk, **{name: held[name] for name in also}}

    return things


def _make_room(school: School, person: Person, starts_in: int) -> None:
    """Put a year that stands where a sample's shall stand before all others: in one there is one of each person."""
    years = StaffYear.objects.filter(school=school, person=person)
    if years.filter(starts_in=starts_in).exists():
        before = min(years.values_list("starts_in", flat=True)) - 1
        years.filter(starts_in=starts_in).update(starts_in=before)


def _cycle(school: School) -> StaffCycle:
    year = year_of(timezone.localdate())
    made = StaffCycle.objects.create(
        school=school,
        once=uuid4(),
        starts_in=year,
        name=f"Group {uuid4().hex[:8]}",
        objectives_by=date(year, 10, 31),
        half_by=date(year + 1, 2, 28),
        review_by=date(year + 1, 7, 15),
        statement_by=date(year + 1, 10, 31),
    )
    StaffPart.objects.create(cycle=made, number=1, name="Objectives", weight=100)
    return made


def _colleague(school: School) -> Person:
    person = Person.objects.create(
        name="Colleague Example", email=f"{uuid4()}@people.example", created_at=timezone.now()
    )
    Post.objects.create(person=person, school=school, role="teacher", starts_on=timezone.localdate())
    return person


def a_year_to_ask_about(cast: Cast, school: School) -> dict[str, Any]:
    """Bring a year to its review that somebody else than the headteacher appraises."""
    held = a_staff_year(StaffState.REVIEWED)(cast, school)
    StaffYear.objects.filter(pk=held["appraised"]).update(appraiser=_colleague(school))
    return held


def an_asked_year(cast: Cast, school: School) -> dict[str, Any]:
    """Bring a year to where whoever appraises, here the headteacher, was asked to look again."""
    held = a_staff_year(StaffState.REVIEWED)(cast, school)
    head = cast.people["headteacher" if school == cast.school else "other_headteacher"]
    StaffModeration.objects.create(
        year_id=held["appraised"], once=uuid4(), looked="ratings", by=head, on=timezone.localdate(), asked="Why?",
        before="[]",
    )  # fmt: skip
    return held


def an_appeal(cast: Cast, school: School) -> dict[str, Any]:
    """Lodge an appeal against what the headteacher wrote, which a governor hears, named by the chair."""
    held = a_staff_year(StaffState.APPEALED)(cast, school)
    made = StaffAppeal.objects.create(
        year_id=held["appraised"], once=uuid4(), lodged_on=timezone.localdate(), grounds="It leaves out June"
    )
    who = cast.people["governor" if school == cast.school else "two_schools"]
    StaffHearer.objects.create(appeal=made, person=who, since=timezone.localdate())
    return {"appeal": made.pk}
