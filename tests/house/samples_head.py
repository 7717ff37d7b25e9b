"""What the matrix needs to visit a headteacher's appraisal: years as far as each address needs them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from headship.appraisal.head_choices import HeadState, Part, Scheme
from headship.appraisal.models import (
    HeadAppeal,
    HeadCopy,
    HeadEvidence,
    HeadMember,
    HeadObjective,
    HeadStatement,
    HeadYear,
    OwnRule,
)
from headship.core.scope import installation_scope
from headship.evidence.models import Entry
from headship.schools.calendar_dates import year_of
from headship.schools.models import School
from headship.standards import actions as standards
from tests.cast import Cast

type Things = Callable[[Cast, School], dict[str, Any]]
PANEL = {"chair": Part.PANEL, "governor": Part.PANEL, "external_adviser": Part.ADVISER, "trust_leader": Part.TRUST}
DRAFTED = {HeadState.MET, HeadState.GIVEN, HeadState.AGREED, HeadState.APPEALED}


def a_year(state: HeadState, *also: str, **parts: Part) -> Things:
    """Bring a year to a state; `also` names what its address holds besides, `parts` who does something else in it."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        now = timezone.now()
        standards.load_shipped(by=installation_scope(now), at=now)  # forms offer characteristics
        made = _year(cast, school, state)
        for persona, part in (PANEL | parts).items():
            HeadMember.objects.create(year=made, person=cast.people[persona], part=part, since=timezone.localdate())
        one = HeadObjective.objects.create(year=made, once=uuid4(), words="Every pupil reads", pupils="a", measure="b")
        if state in DRAFTED:
            HeadStatement.objects.create(year=made, standards="A good year", needs="c", action="d")
        if state in {HeadState.AGREED, HeadState.APPEALED}:
            HeadCopy.objects.create(
                year=made, number=1, made_on=timezone.localdate(), locked=True, lines='[["words", "Kept"]]'
            )
        if state == HeadState.APPEALED:
            HeadAppeal.objects.create(year=made, once=uuid4(), lodged_on=timezone.localdate(), grounds="Not so")
        held: dict[str, Any] = {"objective": one.pk, "copy": 1}
        if "shown" in also:
            held["shown"] = _shown(made, school).pk
        return {"year": made.pk, **{name: held[name] for name in also}}

    return things


def an_academy(cast: Cast, school: School) -> dict[str, Any]:
    """Let the register say that the school is an academy, whose board may have a rule of its own."""
    School.objects.filter(pk=school.pk).update(kind="Academy converter")
    return {}


def a_rule(cast: Cast, school: School) -> dict[str, Any]:
    """Record a rule of an academy's board."""
    an_academy(cast, school)
    made = OwnRule.objects.create(
        school=school, once=uuid4(), adopted_on=timezone.localdate(), meeting="Full board", head_by="11-30",
        recorded_by=cast.people["chair"],
    )  # fmt: skip
    return {"rule": made.pk}


def _year(cast: Cast, school: School, state: HeadState) -> HeadYear:
    today = timezone.localdate()
    head = cast.people["headteacher" if school == cast.school else "other_headteacher"]
    HeadYear.objects.filter(school=school).delete()
    return HeadYear.objects.create(
        school=school,
        once=uuid4(),
        head=head,
        starts_in=year_of(today),
        starts_on=date(year_of(today), 9, 1),
        ends_on=date(year_of(today) + 1, 8, 31),
        state=state,
        scheme=Scheme.BOTH,
        meeting="Full board",
        appointed_on=today - timedelta(days=60),
        recorded_by=head,
        given_on=today - timedelta(days=20) if state in DRAFTED - {HeadState.MET} else None,
        agreed_on=today if state == HeadState.AGREED else None,
    )


def _shown(year: HeadYear, school: School) -> HeadEvidence:
    now = timezone.now()
    entry = Entry.objects.create(
        school=school, kind="evidence.noted", words="Opened the library", occurred_on=now.date(), recorded_at=now,
        visibility="leaders", from_work=False, source="evidence.Note:0",
    )  # fmt: skip
    return HeadEvidence.objects.create(year=year, entry=entry, shown_on=now.date())
