"""All of a school's own results at once, in three queries, for pages that hold several figures beside one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from headship.analysis.figures import Floats
from headship.core.scope import Scope
from headship.outcomes.models import Assessment, PupilYear, Scores
from headship.outcomes.subjects import SUBJECTS
from headship.outcomes.target_choices import GROUPS

FIELDS = ("year_group", "sex", "sen", "language", "disadvantaged")
YES_NO: Mapping[bool | None, str] = {True: "yes", False: "no", None: ""}


@dataclass(frozen=True)
class Held:
    """A school's assessments, oldest first; by year and pupil what is known; by assessment and pupil the scores."""

    assessments: Sequence[Assessment]
    known: Mapping[int, Mapping[int, Mapping[str, str]]]
    scores: Mapping[int, Mapping[int, Mapping[str, float]]]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The scale of each assessment by its name, those taken last first."""
        return {each.name: each.scale for each in reversed(self.assessments)}

    @cached_property
    def year_groups(self) -> list[str]:
        """The year groups that pupils are known in."""
        found = {facts["year_group"] for pupils in self.known.values() for facts in pupils.values()}
        return sorted(found - {""}, key=lambda each: (each != "Reception", len(each), each))

    @cached_property
    def subjects(self) -> list[tuple[str, str]]:
        """Every subject with its words, for choosing one: those that have results here first."""
        here = {code for by_pupil in self.scores.values() for scores in by_pupil.values() for code in scores}
        return sorted(((code, each.words) for code, each in SUBJECTS.items()), key=lambda each: each[0] not in here)

    def sat(self, name: str, year: int) -> Assessment | None:
        """Return the assessment of that name in a year."""
        return next((each for each in self.assessments if (each.name, each.year) == (name, year)), None)

    def pupils(self, year: int, year_group: str, group: str = "") -> list[int]:
        """Return the pupils of a year group in a year (of one of `GROUPS`); whoever it is not known of is none."""
        found = [key for key, each in self.known.get(year, {}).items() if each["year_group"] == year_group]
        if not group:
            return found
        its = GROUPS[group]
        return [key for key in found if self.known[year][key][its.fact] == its.value]

    def column(self, sat: Assessment, pupils: Sequence[int], subject: str) -> Floats:
        """Return the scores of pupils in a subject (N,), NaN where there is none."""
        held = self.scores.get(sat.pk, {})
        return np.array([held.get(each, {}).get(subject, np.nan) for each in pupils], dtype=float)


def held(scope: Scope) -> Held:
    """Return all of the school's own results."""
    known: dict[int, dict[int, dict[str, str]]] = {}
    rows = PupilYear.objects.filter(school_id=scope.school_id).order_by("pk")
    for year, pupil, *facts in rows.values_list("year", "pupil_id", *FIELDS):
        told = dict(zip(FIELDS, facts, strict=True))
        known.setdefault(year, {})[pupil] = {**told, "disadvantaged": YES_NO[told["disadvantaged"]]}
    scores: dict[int, dict[int, dict[str, float]]] = {}
    found = Scores.objects.filter(assessment__school_id=scope.school_id)
    for assessment, pupil, by_subject in found.values_list("assessment_id", "pupil_id", "by_subject"):
        scores.setdefault(assessment, {})[pupil] = by_subject
    sat = Assessment.objects.filter(school_id=scope.school_id).order_by("taken_on", "pk")
    return Held(list(sat), known, scores)
