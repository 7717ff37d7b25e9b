"""What schools spend on each pupil, beside the gap between their disadvantaged pupils and others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headship.outcomes.published_choices import SPENT_BESIDE, pair
from headship.outcomes.similar import Alike
from headship.schools.choices import PUBLISHED, Published
from headship.schools.models import PublishedFigure, School

MONEY = ("income", "expenditure")
HEADS = ("pupils", "pupil_teacher_ratio", "teachers_fte")


@dataclass(frozen=True, slots=True)
class Spend:
    """Pounds a pupil in a year at our school and at similar ones, and each one's gap in a measure in its own year.

    None is not known. `counted` tells whether a number of pupils is published for the year of the money, or worked back
    from the teachers and the pupils for each of them.
    """

    year: int
    income: float | None
    expenditure: float | None
    theirs: tuple[tuple[float | None, float | None], ...]
    counted: bool
    measure: Published | None
    gap_year: int | None
    gap: float | None
    their_gaps: tuple[float | None, ...]

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """Similar schools with both: pounds spent on each pupil, and the gap."""
        pairs = zip(self.theirs, self.their_gaps, strict=True)
        return tuple((spent, gap) for (_, spent), gap in pairs if spent is not None and gap is not None)

    @property
    def ours(self) -> tuple[float, float] | None:
        """Ours, where both are known."""
        return None if self.expenditure is None or self.gap is None else (self.expenditure, self.gap)


type Held = Mapping[tuple[int, str, int], float]


def spend_of(school: School, alike: Sequence[Alike]) -> Spend | None:
    """Return the newest published spending of our school beside its newest gap; None where none is published."""
    keys = [school.pk, *(each.school.pk for each in alike)]
    groups = [code for measure in SPENT_BESIDE for code in pair(measure)]
    held = _held(keys, (*MONEY, *HEADS, *groups))
    years = [year for key, measure, year in held if key == school.pk and measure in MONEY]
    if not years:
        return None
    year = max(years)
    measure, gap_year = _gap_shown(held, school.pk)
    amounts = [_a_pupil(held, key, year) for key in keys]
    gaps = [_gap(held, key, measure, gap_year) for key in keys]
    return Spend(
        year=year,
        income=amounts[0][0],
        expenditure=amounts[0][1],
        theirs=tuple(amounts[1:]),
        counted=(school.pk, "pupils", year) in held,
        measure=PUBLISHED[measure] if measure else None,
        gap_year=gap_year,
        gap=gaps[0],
        their_gaps=tuple(gaps[1:]),
    )


def _held(keys: Iterable[int], measures: Iterable[str]) -> Held:
    rows = PublishedFigure.objects.filter(school__in=list(keys), measure__in=list(measures), value__isnull=False)
    return {
        (school, measure, year): float(value or 0)
        for school, measure, year, value in rows.values_list("school_id", "measure", "year", "value")
    }


def _gap_shown(held: Held, school: int) -> tuple[str, int | None]:
    """Return the measure whose gap stands beside the money, and its year: the newest, of those the most telling."""
    found = [
        (year, -place, measure)
        for place, measure in enumerate(SPENT_BESIDE)
        for key, code, year in held
        if key == school and code == pair(measure)[0] and (key, pair(measure)[1], year) in held
    ]
    if not found:
        return "", None
    year, _, measure = max(found)
    return measure, year


def _gap(held: Held, school: int, measure: str, year: int | None) -> float | None:
    if not measure or year is None:
        return None
    first, second = (held.get((school, code, year)) for code in pair(measure))
    return None if first is None or second is None else first - second


def _a_pupil(held: Held, school: int, year: int) -> tuple[float | None, float | None]:
    """Return income and spending in pounds a pupil; None where money or pupils of that year are not known."""
    pupils = held.get((school, "pupils", year)) or _worked_back(held, school, year)
    amounts = [held.get((school, each, year)) for each in MONEY]
    first, second = (None if amount is None or not pupils else amount / pupils for amount in amounts)
    return first, second


def _worked_back(held: Held, school: int, year: int) -> float | None:
    """Return the pupils that the published pupils for each teacher, times the teachers, come to."""
    ratio, teachers = (held.get((school, each, year)) for each in ("pupil_teacher_ratio", "teachers_fte"))
    return None if ratio is None or teachers is None else ratio * teachers
