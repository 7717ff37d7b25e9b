"""Pupils with results, made row by row for tests: who they are, and their scores."""

from collections.abc import Mapping, Sequence
from datetime import date

from headship.outcomes.models import Assessment, PupilYear, Scores
from headship.people.models import Pupil
from headship.schools.models import School

USUAL = {"year_group": "11", "sex": "", "ethnicity": "", "language": "", "sen": "", "disadvantaged": None}


def assessment(school: School, *, year: int = 2025, name: str = "GCSE", scale: str = "gcse") -> Assessment:
    """Make an assessment of a school."""
    return Assessment.objects.create(school=school, year=year, name=name, scale=scale, taken_on=date(year + 1, 6, 1))


def pupils(
    sat: Assessment,
    scores: Sequence[Mapping[str, float]],
    facts: Sequence[Mapping[str, object]] = (),
    **all_of_them: object,
) -> list[Pupil]:
    """Make one pupil for each of `scores`, with what `facts` know of each, and `all_of_them`."""
    made = []
    for place, by_subject in enumerate(scores):
        count = Pupil.objects.count()
        pupil = Pupil.objects.create(school=sat.school, key_hash=f"{count:064}", since=date(2020, 9, 1))
        told = {**USUAL, **all_of_them, **(facts[place] if facts else {})}
        PupilYear.objects.update_or_create(school=sat.school, pupil=pupil, year=sat.year, defaults=told)
        Scores.objects.create(assessment=sat, pupil=pupil, by_subject=dict(by_subject))
        made.append(pupil)
    return made
