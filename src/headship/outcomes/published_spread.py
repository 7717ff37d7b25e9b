"""All schools of a phase with a published progress interval: how many can be told from the average, and ours."""

from dataclasses import dataclass

import numpy as np

from headship.analysis import many_schools
from headship.analysis.figures import Floats
from headship.analysis.many_schools import RandomEffects, ToldApart
from headship.outcomes.published_choices import ENOUGH_SCHOOLS
from headship.schools.choices import PUBLISHED, Published
from headship.schools.models import PublishedFigure, School

AVERAGE = 0.0  # of progress, by how it is made


@dataclass(frozen=True, slots=True)
class Spread:
    """Schools' values (S,) with their limits, how many can be told from the average, and what chance leaves between.

    `ours` is our school's place among them, None where it has no interval in that year.
    """

    measure: Published
    year: int
    values: Floats
    low: Floats
    high: Floats
    ours: int | None
    apart: ToldApart
    effects: RandomEffects

    @property
    def drawn_in(self) -> tuple[float, float, float] | None:
        """Our value drawn towards the mean, and the ends of its 95% interval."""
        if self.ours is None:
            return None
        value, half = float(self.effects.shrunken[self.ours]), 1.96 * float(self.effects.errors[self.ours])
        return value, value - half, value + half


def spread_of(school: School, measure: str) -> Spread | None:
    """Return the open schools of our phase with an interval, in our newest year with one, else in the newest of all.

    None where fewer than thirty have one: a picture of them would say nothing of the country.
    """
    held = PublishedFigure.objects.filter(
        measure=measure, value__isnull=False, low__isnull=False, high__isnull=False, school__phase=school.phase
    )
    newest = held.order_by("-year").values_list("year", flat=True)
    year = newest.filter(school=school).first() or newest.first()
    if year is None:
        return None
    open_ones = held.filter(year=year).exclude(school__status="Closed") | held.filter(year=year, school=school)
    told = open_ones.values_list("school_id", "value", "low", "high")
    rows = [each for each in told if (each[3] or 0.0) > (each[2] or 0.0)]  # without width nothing tells chance
    if len(rows) < ENOUGH_SCHOOLS:
        return None
    schools = [each[0] for each in rows]
    values, low, high = np.array([each[1:] for each in rows], dtype=float).T
    return Spread(
        measure=PUBLISHED[measure],
        year=year,
        values=values,
        low=low,
        high=high,
        ours=schools.index(school.pk) if school.pk in schools else None,
        apart=many_schools.told_apart(low, high, against=AVERAGE),
        effects=many_schools.random_effects(values, many_schools.errors_of(low, high)),
    )
