"""A school's own results as columns, one place a pupil: what figures are made of. No row of it is ever shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from headship.analysis.figures import Flags, Floats
from headship.core.scope import Scope
from headship.outcomes.choices import SCALES
from headship.outcomes.models import Assessment, PupilYear, Scores

YES_NO: Mapping[bool | None, str] = {True: "yes", False: "no", None: ""}
SUMMER = range(4, 9)  # months in which a year's last results are taken
FACTS = ("year_group", "sex", "ethnicity", "language", "sen")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of N pupils in a year.

    `facts` by name ("sex", "ethnicity", "language", "sen", "year_group", and "disadvantaged" as yes or no), empty where
    not known; `prior` attainment and sessions `possible` and `attended`, NaN where not known.
    """

    pupils: tuple[int, ...]
    facts: Mapping[str, tuple[str, ...]]
    prior: Floats
    possible: Floats
    attended: Floats

    def are(self, fact: str, value: str) -> Flags:
        """Return which pupils a fact is true of (N,); whoever it is not known of is none of them."""
        return np.array([each == value for each in self.facts[fact]], dtype=bool)


@dataclass(frozen=True, slots=True)
class Cohort:
    """The pupils with scores in an assessment, and the scores by subject (N,), NaN where a pupil has none."""

    assessment: Assessment
    known: Known
    scores: Mapping[str, Floats]


def assessments(scope: Scope) -> list[Assessment]:
    """Return what was assessed at the scope's school, newest first."""
    return list(Assessment.objects.filter(school_id=scope.school_id).order_by("-taken_on", "-pk"))


def any_in(scope: Scope, year: int) -> bool:
    """Whether any results of a year were brought to the scope's school."""
    return Assessment.objects.filter(school_id=scope.school_id, year=year).exists()


def foremost(held: Sequence[Assessment]) -> Assessment | None:
    """Return the assessment to show first: of the newest summer, unless all of it is older than the year before.

    A year is judged by its end: an autumn assessment does not stand before the summer's results. Of one summer, those
    on a national scale come first.
    """
    newest = max((each.year for each in held), default=0)
    summer = [each for each in held if each.taken_on.month in SUMMER and each.year >= newest - 1]
    return max(summer or held, key=_weight, default=None)


def _weight(each: Assessment) -> tuple[int, bool, date, int]:
    return each.year, bool(SCALES[each.scale].policy), each.taken_on, each.pk


def assessment(scope: Scope, key: int) -> Assessment | None:
    """Return one assessment of the scope's school."""
    return Assessment.objects.filter(school_id=scope.school_id, pk=key).first()


def known_in(scope: Scope, year: int) -> Known:
    """Return what is known of the school's pupils in a year."""
    held = PupilYear.objects.filter(school_id=scope.school_id, year=year)
    return _known(list(held.order_by("pk")))


def cohort(scope: Scope, sat: Assessment, *, year_group: str | None = None) -> Cohort:
    """Return the pupils of one of the school's assessments and their scores: of one year group ("" is not known)."""
    scored = dict(
        Scores.objects.filter(assessment=sat, assessment__school_id=scope.school_id).values_list(
            "pupil_id", "by_subject"
        )
    )
    told = {each.pupil_id: each for each in PupilYear.objects.filter(school_id=scope.school_id, year=sat.year)}
    rows = [told.get(pupil) or PupilYear(pupil_id=pupil, year=sat.year) for pupil in sorted(scored)]
    rows = [each for each in rows if year_group in {None, each.year_group}]
    found = [scored[each.pupil_id] for each in rows]
    subjects = sorted({subject for each in found for subject in each})
    columns = {name: np.array([each.get(name, np.nan) for each in found], dtype=float) for name in subjects}
    return Cohort(sat, _known(rows), columns)


def _known(rows: Sequence[PupilYear]) -> Known:
    facts = {name: tuple(getattr(each, name) for each in rows) for name in FACTS}
    facts["disadvantaged"] = tuple(YES_NO[each.disadvantaged] for each in rows)
    missed = _column([each.sessions_missed for each in rows])
    possible = _column([each.sessions_possible for each in rows])
    pupils = tuple(each.pupil_id for each in rows)
    return Known(pupils, facts, _column([each.prior for each in rows]), possible, possible - missed)


def _column(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if each is None else each for each in values], dtype=float)


def years_with_sessions(scope: Scope) -> list[int]:
    """Return the years in which the sessions of any pupil of the scope's school are known, newest first."""
    held = PupilYear.objects.filter(school_id=scope.school_id, sessions_possible__gt=0)
    return sorted(set(held.values_list("year", flat=True)), reverse=True)
