"""The schools most like one, by the Department's weights, and how each of their published figures stands beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles
from typing import cast

import numpy as np

from headship.analysis import similar_schools
from headship.outcomes.choices import COMPARED, ENOUGH, WEIGHTS
from headship.policy import loader as policy
from headship.schools.models import PublishedFigure, School

type Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Alike:
    """A similar school: how far it is from ours, and how much of that each measure makes (0 to 1), most first."""

    school: School
    distance: float
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure at our school and at similar ones, nearest first (None: not known there)."""

    measure: str
    year: int
    ours: float | None
    missing: str
    theirs: tuple[float | None, ...]

    @property
    def known(self) -> tuple[float, ...]:
        """The figures there are."""
        return tuple(each for each in self.theirs if each is not None)

    @property
    def middle(self) -> tuple[float, float] | None:
        """Where the middle half of similar schools begins and ends, or None where too few have the figure."""
        if len(self.known) < ENOUGH:
            return None
        low, _, high = quantiles(self.known, n=4)
        return low, high


@dataclass(frozen=True, slots=True)
class Similar:
    """A school's list. `lacking` names the measures it has no value of; `year` is None where nobody has values."""

    year: int | None
    lacking: tuple[str, ...] = ()
    alike: tuple[Alike, ...] = ()
    known: int = 0


def weights_on(phase: str, day: date) -> Weights:
    """Return what a squared difference of each measure counts between schools of a phase; none for other phases."""
    if phase not in WEIGHTS:
        return {}
    weights, deviations = (_numbers(code, day) if code else {} for code in WEIGHTS[phase])
    return {name: weight / deviations.get(name, 1.0) ** 2 for name, weight in weights.items()}


def _numbers(code: str, day: date) -> Weights:
    return cast("Weights", policy.value_on(code, day).value)


def similar_to(school: School, day: date) -> Similar:
    """Return the schools most like a school, by the newest year in which anything of it is known."""
    weights = weights_on(school.phase, day)
    year = _year_of(school, weights)
    if year is None:
        return Similar(None, tuple(weights))
    schools, values = _values(school, year, tuple(weights))
    place = schools.index(school.pk)
    lacking = tuple(name for name, value in zip(weights, values[place], strict=True) if np.isnan(value))
    known = int((~np.isnan(values).any(axis=1)).sum())
    weighed = np.array([*weights.values()])
    count = cast("int", policy.value_on("similar_schools.count", day).value)
    places, distances = similar_schools.nearest_to(values, weighed, place, count=count)
    shares = similar_schools.shares(values[place], values[places], weighed)
    found = School.objects.select_related("authority").in_bulk([schools[each] for each in places])
    alike = tuple(
        Alike(found[schools[each]], float(away), _largest_first(tuple(weights), share.tolist()))
        for each, away, share in zip(places, distances, shares, strict=True)
    )
    return Similar(year, lacking, alike, known)


def _largest_first(names: Sequence[str], shares: Sequence[float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(zip(names, shares, strict=True), key=lambda each: -each[1]))


def _year_of(school: School, measures: Weights) -> int | None:
    held = PublishedFigure.objects.filter(school=school, measure__in=measures, value__isnull=False)
    year: int | None = held.order_by("-year").values_list("year", flat=True).first()
    return year


def _values(ours: School, year: int, measures: Sequence[str]) -> tuple[list[int], similar_schools.Floats]:
    """Return our school and the open ones of its phase with a value in a year, and their values (S, k), NaN unknown."""
    column = {name: number for number, name in enumerate(measures)}
    held = PublishedFigure.objects.filter(measure__in=measures, year=year, value__isnull=False)
    theirs = held.filter(school__phase=ours.phase).exclude(school__status="Closed")
    rows = list((theirs | held.filter(school=ours)).values_list("school_id", "measure", "value"))
    schools = sorted({school for school, _, _ in rows})
    place = {school: number for number, school in enumerate(schools)}
    values = np.full((len(schools), len(measures)), np.nan)
    for school, measure, value in rows:
        values[place[school], column[measure]] = value
    return schools, values


def compared(school: School, alike: Sequence[Alike]) -> tuple[Compared, ...]:
    """Return each measure of the phase at a school, in its own newest year, with the same year's of similar schools."""
    wanted = COMPARED.get(school.phase, ())
    ours: dict[str, PublishedFigure] = {}
    for figure in PublishedFigure.objects.filter(school=school, measure__in=wanted).order_by("year"):
        ours[figure.measure] = figure
    theirs = _figures(alike, ours)
    return tuple(
        Compared(
            measure=name,
            year=ours[name].year,
            ours=ours[name].value,
            missing=ours[name].missing,
            theirs=tuple(theirs.get((each.school.pk, name, ours[name].year)) for each in alike),
        )
        for name in wanted
        if name in ours
    )


def _figures(alike: Sequence[Alike], ours: Mapping[str, PublishedFigure]) -> dict[tuple[int, str, int], float | None]:
    keys = [each.school.pk for each in alike]
    years = {each.year for each in ours.values()}
    held = PublishedFigure.objects.filter(school__in=keys, measure__in=ours, year__in=years)
    rows = held.values_list("school_id", "measure", "year", "value")
    return {(school, measure, year): value for school, measure, year, value in rows}
