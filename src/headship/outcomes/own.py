"""Figures of a school's own results: means, shares, gaps and groups of an assessment; attendance; the years before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np

from headship.analysis import figures, gaps, proportions, time_lines
from headship.analysis.figures import Figure, Flags, Floats, Lacking
from headship.analysis.gaps import Sensitivity
from headship.analysis.time_lines import TimeLine
from headship.core.scope import Scope
from headship.outcomes import attainment_8, disclosure, groups, results, scales
from headship.outcomes.choices import SCALES, Scale
from headship.outcomes.groups import Grouping
from headship.outcomes.models import Assessment
from headship.outcomes.results import Cohort, Known
from headship.outcomes.scales import Marks
from headship.outcomes.subjects import SUBJECTS, in_order
from headship.policy import loader as policy

ATTAINMENT_8 = "attainment_8"
ATTAINMENT_8_ENDS = (0.0, 90.0)
ATTAINMENT_8_SMALL = 1.0  # points: ours, as the scales' own
YEARS = 3  # shown together
NO_SENSITIVITY = Sensitivity(None, 0, None, None, None, None, None, Lacking.TOO_FEW)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one column of scores is: its code, words, unit, ends, standard and what difference we call small."""

    code: str
    words: str
    unit: str
    lowest: float
    highest: float
    standard: float | None
    small: float
    scores: Floats


@dataclass(frozen=True, slots=True)
class Sitting:
    """One assessment of one year group, ready to be worked out."""

    assessment: Assessment
    year_group: str
    year_groups: tuple[str, ...]
    cohort: Cohort
    scale: Scale
    marks: Marks
    fewest: int
    columns: tuple[Measured, ...]

    @property
    def known(self) -> Known:
        """What is known of its pupils."""
        return self.cohort.known


def sitting(scope: Scope, sat: Assessment, day: date, *, year_group: str = "") -> Sitting:
    """Return an assessment of one year group: the named one, or the one with most pupils."""
    everyone = results.cohort(scope, sat)
    held = everyone.known.facts["year_group"]
    names = tuple(sorted(set(held), key=lambda name: (len(name), name)))
    chosen = year_group if year_group in names else max(names, key=held.count, default="")
    cohort = everyone if len(names) < 2 else results.cohort(scope, sat, year_group=chosen)
    scale, marks = SCALES[sat.scale], scales.marks_on(sat.scale, day)
    return Sitting(
        sat, chosen, names, cohort, scale, marks, disclosure.fewest_on(day), tuple(_columns(cohort, scale, marks, day))
    )


def _columns(cohort: Cohort, scale: Scale, marks: Marks, day: date) -> list[Measured]:
    """Return the assessment's subjects, Attainment 8 before them where it is one of GCSEs."""
    found = [
        Measured(
            code, SUBJECTS[code].words if code in SUBJECTS else code, scale.unit, marks.lowest, marks.highest,
            marks.standard, scale.small, scores,
        )
        for code, scores in cohort.scores.items()
    ]  # fmt: skip
    found.sort(key=lambda each: in_order(each.code))
    points = attainment_8.of(cohort.scores, day) if scale.code == "gcse" else None
    if points is not None:
        ends = ATTAINMENT_8_ENDS
        found.insert(0, Measured(ATTAINMENT_8, "Attainment 8", "points", *ends, None, ATTAINMENT_8_SMALL, points))
    return found


def mean(column: Measured, fewest: int) -> Figure:
    """Return the mean of a column with its interval."""
    return figures.mean(column.scores, fewest=fewest)


def reached(column: Measured, fewest: int) -> Figure | None:
    """Return the percentage of pupils with a score who reached the standard, or None where the scale has none."""
    if column.standard is None:
        return None
    known = column.scores[~np.isnan(column.scores)]
    found = proportions.share(int((known >= column.standard).sum()), len(known), fewest=fewest, of=len(column.scores))
    return percent(found)


def percent(figure: Figure) -> Figure:
    """Return a share (0 to 1) as a percentage."""
    told = [None if each is None else 100 * each for each in (figure.value, figure.low, figure.high)]
    value, low, high = told
    return Figure(value, figure.n, low, high, figure.lacking, figure.method, figure.of, figure.groups)


def gap(found: Sitting, column: Measured) -> tuple[Figure, Sensitivity]:
    """Return the disadvantage gap of a column, and how it hangs on one pupil; hidden where groups hide it."""
    counted = ~np.isnan(column.scores)
    yes, no, unknown = (found.known.are("disadvantaged", each) & counted for each in ("yes", "no", ""))
    ours, others = column.scores[yes], column.scores[no]
    counts = [int(each.sum()) for each in (yes, no, unknown)]
    if min(counts[:2]) == 0 or not all(groups.may_show([each for each in counts if each], fewest=found.fewest)):
        return figures.unknown(Lacking.TOO_FEW, 0, 0, gaps.GAP), NO_SENSITIVITY
    figure = gaps.mean_gap(ours, others, fewest=found.fewest)
    return figure, gaps.one_pupil(ours, others, lowest=column.lowest, highest=column.highest)


def by_groups(found: Sitting, column: Measured) -> list[Grouping]:
    """Return the pupils of a column parted by each fact that is known of any, as they may be shown."""
    scores, counted = column.scores, ~np.isnan(column.scores)

    def measure(flags: Flags) -> Figure:
        return figures.mean(scores[flags], fewest=found.fewest)

    def difference(flags: Flags, others: Flags) -> Figure:
        return gaps.mean_gap(scores[flags], scores[others], fewest=found.fewest)

    return [
        groups.grouped(fact, values, counted, measure=measure, difference=difference, fewest=found.fewest)
        for fact, values in found.known.facts.items()
        if fact != "year_group" and any(values)
    ]


# ── over the years ──────────────────────────────────────────────────────────────────────────────────────────────────


def sittings_before(scope: Scope, found: Sitting, day: date) -> dict[int, Sitting]:
    """Return the assessment of that name and scale in this and the years before, by year, of the same year group."""
    sat = found.assessment
    first = sat.year - YEARS + 1
    same = Assessment.objects.filter(
        school_id=scope.school_id, name__iexact=sat.name, scale=sat.scale, year__range=(first, sat.year)
    )
    before = {each.year: each for each in same.order_by("taken_on")}
    read = {year: sitting(scope, each, day, year_group=found.year_group) for year, each in sorted(before.items())}
    return {year: each for year, each in read.items() if each.year_group == found.year_group}


def over_years(sat: Mapping[int, Sitting], code: str, *, of_gap: bool = False) -> TimeLine:
    """Return a column's mean (or its disadvantage gap) over the years in which it was assessed."""
    told: dict[int, Figure | None] = {}
    for year, found in sat.items():
        column = next((each for each in found.columns if each.code == code), None)
        if column is None:
            told[year] = None
        else:
            told[year] = gap(found, column)[0] if of_gap else mean(column, found.fewest)
    return time_lines.time_line(told, breaks=(), absent=())


# ── attendance ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Attendance:
    """A year's attendance: the share of sessions attended, and of pupils persistently absent, as percentages."""

    year: int
    rate: Figure
    persistent: Figure
    groups: tuple[Grouping, ...]


def attendance(scope: Scope, year: int, day: date, *, grouped: bool = True) -> Attendance:
    """Return the attendance of a year, of everybody and by group as may be shown."""
    known, fewest, threshold = results.known_in(scope, year), disclosure.fewest_on(day), threshold_on(day)
    counted = ~np.isnan(known.attended) & (known.possible > 0)

    def rate(flags: Flags) -> Figure:
        return percent(proportions.attendance_rate(known.attended[flags], known.possible[flags], fewest=fewest))

    def difference(flags: Flags, others: Flags) -> Figure:
        ours, theirs = (100 * known.attended[each] / known.possible[each] for each in (flags, others))
        return gaps.mean_gap(ours, theirs, fewest=fewest)

    persistent = proportions.persistent_absence(
        known.attended[counted], known.possible[counted], threshold=threshold, fewest=fewest
    )
    parted = [
        groups.grouped(fact, values, counted, measure=rate, difference=difference, fewest=fewest)
        for fact, values in known.facts.items()
        if grouped and any(values)
    ]
    return Attendance(year, rate(counted), percent(persistent), tuple(parted))


def threshold_on(day: date) -> float:
    """Return the share of sessions, 0 to 1, from which on missing them is persistent absence."""
    return cast("int", policy.value_on("attendance.persistent_absence", day).value) / 100


def attendance_years(scope: Scope) -> Sequence[int]:
    """Return the years in which anything of attendance is known here, newest first."""
    return results.years_with_sessions(scope)
