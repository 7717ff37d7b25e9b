"""A school's published figures, and how each stands among open schools of the same phase in the same year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from headship.core import figures
from headship.core.registry import Reading
from headship.schools.choices import PUBLISHED, READINGS, Published, year_words
from headship.schools.models import PublishedFigure, School

ENOUGH = 30  # fewer schools than this make no comparison
UNLIKE = frozenset({"", "Not applicable", "All-through"})  # phases whose schools are too unlike one another
NOT_COMPARED = "Too few schools of its phase are known here to compare with"
UNCOMPARED = "Schools of its phase are too unlike one another to compare"


ORDER = {code: place for place, code in enumerate(PUBLISHED)}


@dataclass(frozen=True, slots=True)
class Middle:
    """Where the middle half of the schools compared with begins and ends, its median, and how many they are."""

    low: float
    median: float
    high: float
    count: int

    def words(self, value: float, phase: str) -> str:
        """Say where a value stands, and no more than the middle half can bear."""
        usual = phase in {"Nursery", "Primary", "Secondary"}
        schools = f"open {phase.lower()} schools" if usual else f"open schools of the phase {phase.lower()}"
        if self.low <= value <= self.high:
            return f"About the same as the middle half of {schools}"
        return f"{'Higher' if value > self.high else 'Lower'} than in three quarters of {schools}"


def figures_of(school_id: int) -> list[PublishedFigure]:
    """Return every published figure of a school, in the order of measures, each one's latest year first."""
    found = PublishedFigure.objects.filter(school_id=school_id)
    return sorted(found, key=lambda each: (ORDER.get(each.measure, len(ORDER)), -each.year))


def printed(value: float, unit: str) -> str:
    """Return a figure as it stands on pages.

    >>> printed(25.9, "%"), printed(45884.0, "£"), printed(-0.16, "points"), printed(-19660.82, "£")
    ('25.9%', '£45,884', '-0.16', '-£19,661')
    """
    if unit == "£":
        return f"{'-' if value < 0 else ''}£{abs(value):,.0f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".") + ("%" if unit == "%" else "")


def told(figure: PublishedFigure, measure: Published) -> str:
    """Return a figure in print, or why there is none."""
    if figure.value is None:
        reason = figures.MISSING_WORDS.get(figure.missing, "not published")
        return f"{reason[0].upper()}{reason[1:]}"
    return printed(figure.value, measure.unit)


def middles(school: School, wanted: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], Middle]:
    """Return, by measure and year, the middle half of open schools of this school's phase."""
    if school.phase in UNLIKE:
        return {}
    values: dict[tuple[str, int], list[float]] = defaultdict(list)
    peers = PublishedFigure.objects.filter(school__phase=school.phase, value__isnull=False).exclude(
        school__status="Closed"
    )
    chosen = peers.filter(measure__in={measure for measure, _ in wanted}, year__in={year for _, year in wanted})
    for measure, year, value in chosen.values_list("measure", "year", "value").iterator():
        values[measure, year].append(value)  # type: ignore[arg-type]  # the filter leaves no None
    return {key: _middle(each) for key, each in values.items() if len(each) >= ENOUGH}


def _middle(values: Sequence[float]) -> Middle:
    low, median, high = quantiles(values, n=4)
    return Middle(low, median, high, len(values))


def readings_of(school: School) -> Iterator[Reading]:
    """Return what the Standards profile is told of a school's published figures."""
    chosen = [each for each in figures_of(school.pk) if each.measure in READINGS]
    compared = middles(school, [(each.measure, each.year) for each in chosen])
    for figure in chosen:
        yield _reading(figure, school, compared.get((figure.measure, figure.year)))


def _reading(figure: PublishedFigure, school: School, middle: Middle | None) -> Reading:
    measure = PUBLISHED[figure.measure]
    shown = told(figure, measure)
    words = shown if figure.value is None else f"{shown}. {_stands(figure.value, school.phase, middle)}"
    year = year_words(figure.year)
    return Reading(
        measure=f"schools.{figure.measure}",
        year=figure.year,
        words=words,
        source=figure.source,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        reference=middle.median if middle and figure.value is not None else None,
        reference_words=f"median of {middle.count:,} open schools of its phase, {year}" if middle else "",
        count=figure.count,
    )


def _stands(value: float, phase: str, middle: Middle | None) -> str:
    if middle is None:
        return UNCOMPARED if phase in UNLIKE else NOT_COMPARED
    return middle.words(value, phase)
