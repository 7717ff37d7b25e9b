"""What is published of a school, each figure with its interval, beside England, its authority and similar schools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles

from headship.analysis import figures, proportions, time_lines
from headship.analysis.figures import Figure, Lacking
from headship.analysis.gaps import Verdict, verdict
from headship.analysis.time_lines import TimeLine
from headship.outcomes import disclosure
from headship.outcomes.choices import ENOUGH
from headship.outcomes.published_choices import is_progress, pair
from headship.outcomes.similar import Alike
from headship.schools import measure_years
from headship.schools.choices import PUBLISHED, Published
from headship.schools.models import AreaFigure, PublishedFigure, School

PUBLISHED_AS = "published"  # an interval as the Department gives it; it is not ours
type Place = tuple[str, int]  # a measure, and the year it starts in


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything published that the page needs, by measure and year."""

    ours: Mapping[Place, PublishedFigure]
    england: Mapping[Place, AreaFigure]
    authority: Mapping[Place, AreaFigure]
    alike: Mapping[Place, tuple[float, ...]]

    def years(self, measure: str) -> tuple[int, ...]:
        """Return the years for which anything is said of our school, a figure or why there is none."""
        return tuple(sorted(year for code, year in self.ours if code == measure))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a figure of ours is held against in its own year; None where nobody published it."""

    england: float | None
    authority: float | None
    middle: tuple[float, float] | None
    alike: int


@dataclass(frozen=True, slots=True)
class Told:
    """One measure in one year at our school: its figure, what stands beside it, and what that lets anybody say.

    `against` is the value the verdict is about: England's, or 0 for progress; None where there is neither.
    """

    measure: Published
    year: int
    source: str
    missing: str
    figure: Figure
    beside: Beside
    against: float | None
    verdict: Verdict | None


def tables_of(school: School, alike: Sequence[Alike], measures: Sequence[str]) -> Tables:
    """Return everything published of these measures at a school, and beside it."""
    every = {code for measure in measures for code in (measure, *pair(measure)) if code in PUBLISHED}
    ours = {
        (each.measure, each.year): each for each in PublishedFigure.objects.filter(school=school, measure__in=every)
    }
    ours = {place: each for place, each in ours.items() if measure_years.exists(*place)}
    code = school.authority.code if school.authority and school.authority.code else 0
    areas = AreaFigure.objects.filter(measure__in=every, authority_code__in={0, code}, phase__in={"", school.phase})
    rows = sorted(areas, key=lambda each: each.phase)  # what is of one phase alone comes last, and counts
    return Tables(
        ours=ours,
        england={(each.measure, each.year): each for each in rows if each.is_of_england},
        authority={(each.measure, each.year): each for each in rows if not each.is_of_england},
        alike=_of_alike(alike, ours),
    )


def _of_alike(alike: Sequence[Alike], ours: Mapping[Place, PublishedFigure]) -> dict[Place, tuple[float, ...]]:
    held = PublishedFigure.objects.filter(
        school__in=[each.school.pk for each in alike],
        measure__in={measure for measure, _ in ours},
        year__in={year for _, year in ours},
        value__isnull=False,
    )
    found: dict[Place, list[float]] = {}
    for measure, year, value in held.values_list("measure", "year", "value"):
        found.setdefault((measure, year), []).append(float(value or 0))
    return {place: tuple(values) for place, values in found.items()}


def figure_of(row: PublishedFigure | AreaFigure) -> Figure:
    """Return a published figure with its interval: the published one, or Wilson's where it is a share of n pupils."""
    n = row.count or 0
    if row.value is None:
        return figures.unknown(Lacking.NOT_KNOWN, n, n, PUBLISHED_AS)
    if row.low is not None and row.high is not None:
        return Figure(row.value, n, row.low, row.high, None, PUBLISHED_AS, n)
    if PUBLISHED[row.measure].unit == "%" and n and 0 <= row.value <= 100:
        found = proportions.share(_reached(row), n, fewest=1)
        low, high = (100 * (end or 0.0) for end in (found.low, found.high))
        return Figure(row.value, n, min(low, row.value), max(high, row.value), None, found.method, n)
    return Figure(row.value, n, None, None, Lacking.NO_INTERVAL, PUBLISHED_AS, n)


def _reached(row: PublishedFigure | AreaFigure) -> int:
    """Return how many pupils a published share is of, as nearly as it was printed."""
    return round((row.value or 0.0) / 100 * (row.count or 0))


def told(tables: Tables, measure: str, day: date, year: int | None = None) -> Told | None:
    """Return what is published of a measure at our school, in its newest year unless given; None where nothing is."""
    years = tables.years(measure)
    if not years:
        return None
    place = (measure, years[-1] if year is None else year)
    row, beside = tables.ours[place], _beside(tables, place)
    figure = figure_of(row)
    against = beside.england if beside.england is not None else 0.0 if is_progress(measure) else None
    said = None if against is None else verdict(figure, fewest=disclosure.fewest_on(day), against=against)
    return Told(PUBLISHED[measure], place[1], row.source, row.missing, figure, beside, against, said)


def _beside(tables: Tables, place: Place) -> Beside:
    england, authority = (each.get(place) for each in (tables.england, tables.authority))
    alike = tables.alike.get(place, ())
    return Beside(
        england=england.value if england else None,
        authority=authority.value if authority else None,
        middle=middle_of(alike),
        alike=len(alike),
    )


def middle_of(values: Sequence[float]) -> tuple[float, float] | None:
    """Return where the middle half of similar schools begins and ends, or None where too few have the figure."""
    if len(values) < ENOUGH:
        return None
    low, _, high = quantiles(values, n=4)
    return low, high


def line_of(tables: Tables, measure: str, day: date) -> TimeLine:
    """Return a measure at our school over the years, parted where it broke, with the years that do not exist."""
    years = tables.years(measure)
    values = {year: figure_of(tables.ours[measure, year]) for year in years}
    if not years:
        return time_lines.time_line({}, breaks=(), absent=())
    absent = measure_years.absent(measure, years[0], years[-1])
    return time_lines.time_line(values, breaks=measure_years.breaks(measure, day), absent=absent)


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference between disadvantaged pupils and others at our school, the same in England, and what it says."""

    measure: Published
    year: int
    source: str
    disadvantaged: Figure
    others: Figure
    missing: str
    gap: Figure
    england: float | None
    others_in_england: float | None
    verdict: Verdict


def gap_of(tables: Tables, measure: str, day: date) -> Gap | None:
    """Return the newest published gap in a measure; None where nothing is published of either group."""
    ours, theirs = pair(measure)
    years = sorted({*tables.years(ours)} & {*tables.years(theirs)})
    if not years:
        return None
    year = years[-1]
    rows = tables.ours[ours, year], tables.ours[theirs, year]
    gap = difference(*rows)
    first, second = (each.value if (each := tables.england.get((code, year))) else None for code in (ours, theirs))
    return Gap(
        measure=PUBLISHED[measure],
        year=year,
        source=rows[0].source,
        disadvantaged=figure_of(rows[0]),
        others=figure_of(rows[1]),
        missing=rows[0].missing or rows[1].missing,
        gap=gap,
        england=None if first is None or second is None else first - second,
        others_in_england=second,
        verdict=verdict(gap, fewest=disclosure.fewest_on(day)),
    )


def difference(disadvantaged: PublishedFigure, others: PublishedFigure) -> Figure:
    """Return disadvantaged less others, with an interval where both shares have pupils, or both values have limits."""
    if all(
        PUBLISHED[each.measure].unit == "%" and each.count and each.value is not None
        for each in (disadvantaged, others)
    ):
        counts = (disadvantaged.count or 0, others.count or 0)
        found = proportions.difference_of_shares((_reached(disadvantaged), _reached(others)), counts, fewest=1)
        value = (disadvantaged.value or 0.0) - (others.value or 0.0)
        low, high = (100 * (end or 0.0) for end in (found.low, found.high))
        return Figure(value, found.n, min(low, value), max(high, value), None, found.method, found.of, found.groups)
    return figures.change(figure_of(disadvantaged), figure_of(others))
