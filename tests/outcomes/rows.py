"""Pupils and results made fast: a year group of a school, what is known of each pupil, and what they scored."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from headship.outcomes.models import Assessment, PupilYear, Scores
from headship.people.models import Pupil
from headship.schools.models import School

KS2, MOCK = "Key stage 2 tests", "Autumn mock"


def pupils(school: School, count: int) -> list[Pupil]:
    """Make pupils."""
    return Pupil.objects.bulk_create(
        Pupil(school=school, key_hash=uuid4().hex, since=date(2020, 9, 1)) for _ in range(count)
    )


def known(
    school: School,
    found: Sequence[Pupil],
    year: int,
    *,
    disadvantaged: int = 0,
    year_group: str = "Year 6",
    **told: str,
) -> None:
    """Say what is known of pupils in a year; the first `disadvantaged` of them are."""
    PupilYear.objects.bulk_create(
        PupilYear(school=school, pupil=each, year=year, year_group=year_group, disadvantaged=at < disadvantaged, **told)
        for at, each in enumerate(found)
    )


def sat(  # noqa: PLR0917
    school: School,
    found: Sequence[Pupil],
    year: int,
    scores: Sequence[float | None],
    name: str = KS2,
    subject: str = "maths",
    scale: str = "ks2_scaled",
    taken_on: date | None = None,
) -> Assessment:
    """Let pupils sit something; None leaves a pupil without a score."""
    made, _ = Assessment.objects.get_or_create(
        school=school,
        year=year,
        name=name,
        defaults={"scale": scale, "taken_on": taken_on or date(year + 1, 5, 12)},
    )
    Scores.objects.bulk_create(
        Scores(assessment=made, pupil=each, by_subject={} if score is None else {subject: score})
        for each, score in zip(found, scores, strict=True)
    )
    return made


def cohort(school: School, year: int, scores: Sequence[float | None], *, disadvantaged: int = 0) -> list[Pupil]:
    """Make a year 6 that sat key stage 2 tests."""
    found = pupils(school, len(scores))
    known(school, found, year, disadvantaged=disadvantaged)
    sat(school, found, year, scores)
    return found
