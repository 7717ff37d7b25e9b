"""What is published beside a school's own figures: England, its authority, the middle half of similar schools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles

from headship.outcomes import similar
from headship.outcomes.choices import ENOUGH
from headship.outcomes.similar import Alike
from headship.schools.models import AreaFigure, PublishedFigure, School

# The published measure that is the same as a column of a school's own results, by scale and column.
SAME: Mapping[tuple[str, str], str] = {
    ("ks2_scaled", "reading"): "ks2_reading_scaled",
    ("ks2_scaled", "maths"): "ks2_maths_scaled",
    ("ks2_scaled", "gps"): "ks2_gps_scaled",
    ("gcse", "attainment_8"): "attainment8",
    ("attendance", "persistent"): "persistent_absence_pct",
}
FINALS: Mapping[str, frozenset[str]] = {"ks2_scaled": frozenset({"6"}), "gcse": frozenset({"11"})}


@dataclass(frozen=True, slots=True)
class Beside:
    """The newest year of a measure up to a school's own, and what is known of it in that year; None where nothing."""

    year: int
    england: float | None
    authority: float | None
    authority_name: str
    middle: tuple[float, float] | None
    alike: int


def comparable(scale: str, year_group: str) -> bool:
    """Whether a year group sits what is published of its scale: others' results are held against nothing.

    >>> comparable("gcse", "Year 11"), comparable("gcse", "10"), comparable("percent", "11")
    (True, False, False)
    """
    return "".join(filter(str.isdigit, year_group)) in FINALS.get(scale, frozenset())


def of(school: School, wanted: Sequence[tuple[str, str]], year: int, day: date) -> dict[tuple[str, str], Beside]:
    """Return what stands beside each of the wanted columns of results of a year, where anything does."""
    measures = {column: SAME[column] for column in wanted if column in SAME}
    if not measures:
        return {}
    alike = similar.similar_to(school, day).alike
    found = {column: _beside(school, measure, year, alike) for column, measure in measures.items()}
    return {column: each for column, each in found.items() if each is not None}


def _beside(school: School, measure: str, year: int, alike: Sequence[Alike]) -> Beside | None:
    codes = {0} | ({school.authority.code} if school.authority and school.authority.code else set())
    areas = AreaFigure.objects.filter(
        measure=measure, year__lte=year, authority_code__in=codes, phase__in={"", school.phase}, value__isnull=False
    )
    theirs = PublishedFigure.objects.filter(
        measure=measure, year__lte=year, school__in=[each.school.pk for each in alike], value__isnull=False
    )
    rows = [(each.year, each.is_of_england, each.value) for each in areas.order_by("phase")]
    others = [(each.year, each.value) for each in theirs]
    years = [*(at for at, _, _ in rows), *(at for at, _ in others)]
    if not years:
        return None
    newest = max(years)
    england, authority = (
        next((value for at, of_england, value in reversed(rows) if at == newest and of_england is country), None)
        for country in (True, False)
    )
    values = [float(value) for at, value in others if at == newest and value is not None]
    middle = None
    if len(values) >= ENOUGH:
        low, _, high = quantiles(values, n=4)
        middle = (low, high)
    name = school.authority.name if school.authority else ""
    return Beside(newest, england, authority, name, middle, len(values))
