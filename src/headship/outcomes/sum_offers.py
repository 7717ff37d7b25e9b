"""The sums of a school's own results, subject by subject: what it may share with its trust, worked out of its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from headship.analysis import value_added
from headship.analysis.figures import Floats
from headship.core.scope import Scope
from headship.outcomes import attainment_8, disclosure, scales
from headship.outcomes.models import Assessment, PupilYear, Scores
from headship.outcomes.own import ATTAINMENT_8
from headship.outcomes.subjects import SUBJECTS
from headship.outcomes.sum_choices import FEWEST_PUPILS, YEARS

type Pupil = tuple[float, Mapping[str, float]]  # prior attainment, and scores by subject


@dataclass(frozen=True, slots=True)
class Offer:
    """An assessment of a year group: the sums of each subject that may be shared, and how many subjects may not."""

    assessment: Assessment
    year_group: str
    by_subject: Mapping[str, tuple[float, ...]]
    kept_back: int

    @property
    def key(self) -> tuple[int, str, str]:
        """What tells it from others here, also after results were brought again."""
        return self.assessment.year, self.assessment.name, self.year_group


def offers(scope: Scope, day: date) -> list[Offer]:
    """Return what the scope's school could share of the newest years, newest first, in three queries."""
    sat = list(Assessment.objects.filter(school_id=scope.school_id).order_by("-year", "-taken_on", "-pk"))
    sat = [each for each in sat if each.year > sat[0].year - YEARS]
    scored: dict[int, list[tuple[int, Mapping[str, float]]]] = {}
    rows = Scores.objects.filter(assessment__in=sat, assessment__school_id=scope.school_id).order_by("pupil_id")
    for assessment, pupil, by_subject in rows.values_list("assessment_id", "pupil_id", "by_subject"):
        scored.setdefault(assessment, []).append((pupil, by_subject))
    years = PupilYear.objects.filter(school_id=scope.school_id, year__in={each.year for each in sat})
    known = {(year, pupil): told for year, pupil, *told in years.values_list("year", "pupil_id", "year_group", "prior")}
    return [
        _offer(each, group, pupils, day)
        for each in sat
        for group, pupils in sorted(_groups(scored.get(each.pk, ()), known, each.year).items())
    ]


def subject_words(code: str) -> str:
    """Return a subject as it stands on pages.

    >>> subject_words("attainment_8"), subject_words("maths")
    ('Attainment 8', 'Mathematics')
    """
    return "Attainment 8" if code == ATTAINMENT_8 else SUBJECTS[code].words if code in SUBJECTS else code


def _groups(
    scored: Sequence[tuple[int, Mapping[str, float]]], known: Mapping[tuple[int, int], Sequence[object]], year: int
) -> dict[str, list[Pupil]]:
    """Return the pupils of each year group; whoever's is not known is in none."""
    groups: dict[str, list[Pupil]] = {}
    for pupil, by_subject in scored:
        group, prior = known.get((year, pupil), ("", None))
        if group:
            groups.setdefault(str(group), []).append((np.nan if prior is None else float(str(prior)), by_subject))
    return groups


def _offer(sat: Assessment, group: str, pupils: Sequence[Pupil], day: date) -> Offer:
    prior = _comparable(np.array([each for each, _ in pupils], dtype=float), sat.scale, day)
    sums = {code: value_added.sums_of(prior, scores) for code, scores in _columns(sat.scale, pupils, day)}
    fewest = max(FEWEST_PUPILS, disclosure.fewest_on(day))
    shared = {code: tuple(map(float, each)) for code, each in sums.items() if _may_be_shared(each, fewest)}
    return Offer(sat, group, shared, len(sums) - len(shared))


def _comparable(prior: Floats, scale: str, day: date) -> Floats:
    """Return prior attainment, NaN where it cannot be the key stage 2 scaled scores that GCSEs are held against."""
    if scale != "gcse":
        return prior
    ends = scales.marks_on("ks2_scaled", day)
    return np.where((prior >= ends.lowest) & (prior <= ends.highest), prior, np.nan)


def _columns(scale: str, pupils: Sequence[Pupil], day: date) -> Iterator[tuple[str, Floats]]:
    codes = sorted({code for _, by_subject in pupils for code in by_subject})
    columns = {code: np.array([each.get(code, np.nan) for _, each in pupils], dtype=float) for code in codes}
    points = attainment_8.of(columns, day) if scale == "gcse" else None
    if points is not None:
        yield ATTAINMENT_8, points
    yield from columns.items()


def _may_be_shared(sums: Floats, fewest: int) -> bool:
    """Whether the sums tell of no pupil: there are enough, and neither prior attainment nor results are all alike."""
    count, x, y, xx, _, yy = sums
    if count < fewest:
        return False
    return bool(count * xx - x * x > 1e-9 * count * xx and count * yy - y * y > 1e-9 * count * yy)
