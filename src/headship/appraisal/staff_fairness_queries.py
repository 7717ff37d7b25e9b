"""What the question whether appraisal is fair rests on: plain lists about a year's staff, for the headteacher alone.

What staff said of themselves, for equality, is not among them: `equality` is handed who they are and what holds of
each, and gives back comparisons alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import BooleanField, Case, Min, When

from headship.analysis import fairness
from headship.analysis.fairness import Compared, Outcome, Severity
from headship.analysis.value_added import Unfit
from headship.appraisal import staff_queries
from headship.appraisal import staff_rules as rules
from headship.appraisal.head_choices import Reached
from headship.appraisal.models import Support
from headship.appraisal.staff_choices import StaffState
from headship.appraisal.staff_models import StaffObjective, StaffYear
from headship.core.errors import require
from headship.core.roles import STAFF, Role
from headship.core.scope import Scope
from headship.people.models import Post
from headship.schools.calendar_dates import bounds
from headship.workload.models import Working

LEAST = 5  # people that anything shown rests on, in and outside a group, yes and no
NEW, SETTLED = 2, 5  # years of service
ASKED = ("person_id", "appraiser_id", "appraiser__name", "state", "first_set_on", "cycle__objectives_by")
POST, SERVICE, HOURS = "Post", "Length of service here", "Full time or part time"


@dataclass(frozen=True, slots=True)
class Row:
    """What is asked of somebody's year: nothing that was written in it, but whether there is something."""

    reached: Sequence[str]
    person_id: int
    appraiser_id: int | None
    appraiser: str | None
    state: str
    first_set_on: date | None
    objectives_by: date
    developed: bool


@dataclass(frozen=True, slots=True)
class Audited:
    """A year's comparison: `people` in it; by characteristic and outcome; appraisers, or why they are not compared."""

    starts_in: int
    people: int
    compared: dict[tuple[str, Outcome], Compared]
    severities: Sequence[tuple[str, Severity]]
    hours_known: int


def years(scope: Scope) -> list[int]:
    """Return the academic years with appraisals, the newest first."""
    require(rules.look_at_fairness(scope))
    found = StaffYear.objects.filter(school_id=scope.school_id).order_by("-starts_in")
    return list(found.values_list("starts_in", flat=True).distinct())


def audited(scope: Scope, starts_in: int) -> Audited:
    """Compare a year's staff by the groups that are held."""
    require(rules.look_at_fairness(scope))
    rows = _rows(scope, starts_in)
    people = [each.person_id for each in rows]
    posts, hours = _posts(scope, people, starts_in), _hours(scope, people, starts_in)
    characteristics = {POST: posts, SERVICE: _service(scope, people, starts_in), HOURS: hours}
    return Audited(
        starts_in=starts_in,
        people=len(rows),
        compared=fairness.compared_together(characteristics, _holds(scope, rows, starts_in), least=LEAST),
        severities=_severities(rows, posts),
        hours_known=sum(each is not None for each in hours),
    )


def looked_at(scope: Scope, starts_in: int) -> tuple[list[int], dict[Outcome, list[bool | None]]]:
    """Return the people of a year, and what holds of each, to be compared by what they said of themselves."""
    require(rules.look_at_fairness(scope))
    rows = _rows(scope, starts_in)
    return [each.person_id for each in rows], _holds(scope, rows, starts_in)


def progress(scope: Scope, starts_in: int) -> tuple[int, int]:
    """Return how many years of appraisal are complete, of how many."""
    require(rules.look_at_fairness(scope))
    found = StaffYear.objects.filter(school_id=scope.school_id, starts_in=starts_in)
    return found.filter(state=StaffState.COMPLETE).count(), found.count()


def _rows(scope: Scope, starts_in: int) -> list[Row]:
    """Return the years of an academic year, without a word that was written in them."""
    here = StaffYear.objects.filter(school_id=scope.school_id, starts_in=starts_in)
    reached: dict[int, list[str]] = {}
    rated = StaffObjective.objects.filter(year__in=here.values("pk"), dropped_on=None).exclude(reached="")
    for year, each in rated.order_by().values_list("year_id", "reached"):
        reached.setdefault(year, []).append(each)
    developed = Case(When(statement__action__gt="", then=True), default=False, output_field=BooleanField())
    rows = here.annotate(developed=developed).order_by("pk").values_list("pk", *ASKED, "developed")
    return [Row(reached.get(each[0], ()), *each[1:]) for each in rows]


def _holds(scope: Scope, rows: Sequence[Row], starts_in: int) -> dict[Outcome, list[bool | None]]:
    """Say of each what holds: None where it cannot be said yet, or of a year closed because somebody left."""
    accepted = Support.objects.filter(
        school_id=scope.school_id, apart=False, accepted_on__range=bounds(starts_in)
    ).values_list("person_id", flat=True)
    supported, today = set(accepted), staff_queries.today_of(scope)
    return {
        Outcome.SET: [_set_in_time(each, today) for each in rows],
        Outcome.MET: [_met(each) for each in rows],
        Outcome.SUPPORTED: [_open(each, each.person_id in supported) for each in rows],
        Outcome.DEVELOPED: [_developed(each) for each in rows],
    }


def _open(year: Row, held: bool) -> bool | None:  # noqa: FBT001  # what holds, of a year that goes on or is complete
    return None if year.state == StaffState.CLOSED else held


def _set_in_time(year: Row, today: date) -> bool | None:
    """Whether objectives were first set by the day, once it is over: taken up again, they were set all the same."""
    by, first = year.objectives_by, year.first_set_on
    return None if today <= by else _open(year, first is not None and first <= by)


def _rated(year: Row) -> Sequence[str]:
    """Return the ratings of a complete year's objectives."""
    return year.reached if year.state == StaffState.COMPLETE else ()


def _met(year: Row) -> bool | None:
    rated = _rated(year)
    return all(each == Reached.MET for each in rated) if rated else None


def _developed(year: Row) -> bool | None:
    return year.developed if year.state == StaffState.COMPLETE else None


def _posts(scope: Scope, people: Sequence[int], starts_in: int) -> list[str | None]:
    """Return the first post that each held on the staff in the year, in the order of the list of posts."""
    first, last = bounds(starts_in)
    held = Post.objects.filter(school_id=scope.school_id, person_id__in=people, role__in=STAFF, starts_on__lte=last)
    found: dict[int, set[str]] = {}
    for person, role, ends_on in held.values_list("person_id", "role", "ends_on"):
        if ends_on is None or ends_on >= first:
            found.setdefault(person, set()).add(role)
    return [next((role.words for role in Role if role in found.get(each, ())), None) for each in people]


def _service(scope: Scope, people: Sequence[int], starts_in: int) -> list[str | None]:
    """Return how long each had worked here by the end of the year."""
    held = Post.objects.filter(school_id=scope.school_id, person_id__in=people, role__in=STAFF)
    began = dict(held.values("person_id").annotate(first=Min("starts_on")).values_list("person_id", "first"))
    return [_span(began.get(each), bounds(starts_in)[1]) for each in people]


def _span(began: date | None, until: date) -> str | None:
    if began is None:
        return None
    passed = (until - began).days / 365.25  # days in a year
    if passed < NEW:
        return f"Under {NEW} years"
    return f"{NEW} to {SETTLED} years" if passed < SETTLED else f"{SETTLED} years or more"


def _hours(scope: Scope, people: Sequence[int], starts_in: int) -> list[str | None]:
    """Return whether each worked part time, of those whose directed time is planned here for the year."""
    rows = Working.objects.filter(
        year__school_id=scope.school_id, year__starts_in=starts_in, person_id__in=people, until=None
    )
    part: dict[int, bool] = {}
    for person, of, whole in rows.order_by("starts_on").values_list("person_id", "part", "whole"):
        part[person] = part.get(person, False) or of < whole
    return [None if each not in part else ("Part time" if part[each] else "Full time") for each in people]


def _severities(rows: Sequence[Row], posts: Sequence[str | None]) -> list[tuple[str, Severity]]:
    """Return the appraisers of at least so many people, with how their outcomes lie beside other appraisers'."""
    told = [(each, rated, post) for each, post in zip(rows, posts, strict=True) if (rated := _rated(each)) and post]
    told = [row for row in told if row[0].appraiser_id is not None]
    scores = np.array([sum(one == Reached.MET for one in rated) / len(rated) for _, rated, _ in told])
    keys = np.array([each.appraiser_id for each, _, _ in told])
    names = {each.appraiser_id: each.appraiser for each, _, _ in told if each.appraiser}
    try:
        found = fairness.severities(scores, keys, [post for _, _, post in told])
    except Unfit:
        return []
    return [(names[each.appraiser], each) for each in found if each.n >= LEAST]
