"""Progress of a school's own pupils from their key stage 2 results, beside all pupils in England who had the same."""

from dataclasses import dataclass

import numpy as np

from headship.analysis import attainment, figures
from headship.analysis.figures import Figure, Flags, Floats, Lacking, Places
from headship.outcomes import beside, groups
from headship.outcomes.own import Measured, Sitting
from headship.outcomes.subjects import subject_of
from headship.schools.models import NationalGrades


@dataclass(frozen=True, slots=True)
class Starts:
    """A subject's grades in England in a year: where each group of key stage 2 results begins, pupils by grade."""

    year: int
    source: str
    lows: Floats
    counts: Floats


@dataclass(frozen=True, slots=True)
class Progress:
    """A column's progress: of everybody, of disadvantaged pupils and of others (None: not to be shown)."""

    column: Measured
    starts: Starts
    all: Figure
    disadvantaged: Figure | None
    others: Figure | None


def starts_by(year: int) -> dict[str, Starts]:
    """Return what is known of England by subject, of the newest year up to the given one."""
    held = NationalGrades.objects.filter(year__lte=year)
    newest = held.order_by("-year").values_list("year", flat=True).first() or 0
    rows: dict[str, list[NationalGrades]] = {}
    for each in held.filter(year=newest).order_by("prior_from"):
        if code := subject_of(each.subject):
            rows.setdefault(code, []).append(each)
    return {code: _starts(each) for code, each in rows.items()}


def _starts(rows: list[NationalGrades]) -> Starts:
    counts = np.array([[float(count) for count in each.counts.split()] for each in rows])
    return Starts(rows[0].year, rows[0].source, np.array([each.prior_from for each in rows]), counts)


def progress_of(found: Sitting) -> list[Progress]:
    """Return the progress in each subject of GCSE results of Year 11 of which England's grades are known."""
    if found.scale.code != "gcse" or not beside.comparable(found.scale.code, found.year_group):
        return []
    known = starts_by(found.assessment.year)
    return [_progress(found, each, known[each.code]) for each in found.columns if each.code in known]


def _progress(found: Sitting, column: Measured, starts: Starts) -> Progress:
    counted = ~np.isnan(column.scores) & (_places(found, starts) != attainment.OUTSIDE)
    parts = [found.known.are("disadvantaged", each) & counted for each in ("yes", "no", "")]
    sizes = [int(part.sum()) for part in parts]
    shown = min(sizes[:2]) > 0 and all(groups.may_show([size for size in sizes if size], fewest=found.fewest))
    yes, no = (_of(found, column, starts, part) if shown else None for part in parts[:2])
    return Progress(column, starts, _of(found, column, starts, np.ones(len(counted), dtype=bool)), yes, no)


def _of(found: Sitting, column: Measured, starts: Starts, flags: Flags) -> Figure:
    places, scores = _places(found, starts)[flags], column.scores[flags]
    if not len(scores):
        return figures.unknown(Lacking.NOBODY, 0, 0, attainment.FROM_START)
    return attainment.progress_from_start(scores, places, starts.counts, fewest=found.fewest)


def _places(found: Sitting, starts: Starts) -> Places:
    """Return the place of each pupil's group of key stage 2 results (N,), OUTSIDE where England's grades have none."""
    ends = np.append(np.nextafter(starts.lows[1:], -np.inf), np.inf)
    places = attainment.groups_of(found.known.prior, starts.lows, ends)
    return np.where(starts.counts.sum(axis=1)[places] > 0, places, attainment.OUTSIDE)
