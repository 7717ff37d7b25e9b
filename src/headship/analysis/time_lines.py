"""A measure over the years: where it breaks, where it does not exist, and what may be compared with what.

Academic years are told by the calendar year they start in: 2018 is 2018/19. Method: docs/methods/time-line.md.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from headship.analysis import figures
from headship.analysis.figures import Figure, Lacking

METHOD = "time-line 1"


class Known(StrEnum):
    """What there is for a year."""

    VALUE = "value"
    UNKNOWN = "unknown"  # the measure exists for that year; here it is not known, hidden, or of too few pupils
    NO_SUCH = "no such"  # the measure does not exist for that year, for anybody


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a measure; `figure` None where there is none at all."""

    starts_in: int
    known: Known
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Years between two breaks: the measure means the same in all of them."""

    years: tuple[Year, ...]

    @property
    def runs(self) -> tuple[tuple[Year, ...], ...]:
        """The stretches of years with values one after another: a line joins these and nothing else."""
        parts = groupby(self.years, key=lambda each: each.known is Known.VALUE)
        return tuple(tuple(years) for has_value, years in parts if has_value)


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A measure from the first year to the last, parted where it broke."""

    segments: tuple[Segment, ...]
    method: str = METHOD

    @property
    def years(self) -> tuple[Year, ...]:
        """Every year in order, with a value or not."""
        return tuple(year for segment in self.segments for year in segment.years)


def time_line(values: Mapping[int, Figure | None], *, breaks: Collection[int], absent: Collection[int]) -> TimeLine:
    """Return a measure's time line from the first year given to the last, with every year between.

    `values` by the year it starts in; `breaks` years from which on the measure means something else than before;
    `absent` years for which it does not exist. Errors: ValueError for a value of a year that does not exist.

    >>> figure = Figure(0.1, 80, -0.2, 0.4, None, "progress-8 1", 80)
    >>> line = time_line({2018: figure, 2021: figure, 2023: None}, breaks=[2022], absent=[2019, 2020])
    >>> [[(each.starts_in, each.known.value) for each in segment.years] for segment in line.segments]
    [[(2018, 'value'), (2019, 'no such'), (2020, 'no such'), (2021, 'value')], [(2022, 'unknown'), (2023, 'unknown')]]
    >>> [[each.starts_in for each in run] for run in line.segments[0].runs]
    [[2018], [2021]]
    """
    if not values:
        return TimeLine(())
    wrong = sorted(year for year in absent if (figure := values.get(year)) and figure.value is not None)
    if wrong:
        raise ValueError(f"The measure does not exist for the years that start in {', '.join(map(str, wrong))}.")
    years = [_year(each, values, absent) for each in range(min(values), max(values) + 1)]
    edges = [years[0].starts_in, *sorted(each for each in set(breaks) if min(values) < each <= max(values))]
    ends = pairwise([*edges, max(values) + 1])
    parts = (tuple(year for year in years if first <= year.starts_in < after) for first, after in ends)
    return TimeLine(tuple(map(Segment, parts)))


def change(line: TimeLine, *, since: int, until: int) -> Figure:
    """Return how a measure changed from one year to a later one, or why that cannot be said.

    `since` and `until` the calendar years in which they start. Years on two sides of a break are never compared;
    nor is one without a value. Otherwise as `figures.change`. Errors: ValueError unless `until` is later.

    >>> figure = Figure(0.1, 80, -0.2, 0.4, None, "progress-8 1", 80)
    >>> line = time_line({2018: figure, 2021: figure, 2022: figure}, breaks=[2022], absent=[2019])
    >>> change(line, since=2018, until=2021).value, change(line, since=2021, until=2022).lacking.value
    (0.0, 'other measure')
    >>> change(line, since=2018, until=2019).lacking.value
    'no such year'
    """
    if until <= since:
        raise ValueError("A change goes from a year to a later one.")
    earlier, later = _figure(line, since), _figure(line, until)
    if isinstance(earlier, Lacking):
        return figures.unknown(earlier, 0, 0, figures.CHANGE)
    if isinstance(later, Lacking):
        return figures.unknown(later, 0, 0, figures.CHANGE)
    if not any({since, until} <= {year.starts_in for year in segment.years} for segment in line.segments):
        return figures.unknown(Lacking.OTHER_MEASURE, 0, 0, figures.CHANGE)
    return figures.change(later, earlier)


def _year(starts_in: int, values: Mapping[int, Figure | None], absent: Collection[int]) -> Year:
    figure = values.get(starts_in)
    if starts_in in absent:
        return Year(starts_in, Known.NO_SUCH, None)
    return Year(starts_in, Known.VALUE if figure and figure.value is not None else Known.UNKNOWN, figure)


def _figure(line: TimeLine, starts_in: int) -> Figure | Lacking:
    """Return a year's figure, or why it has no value."""
    year = next((each for each in line.years if each.starts_in == starts_in), None)
    if year is not None and year.known is Known.NO_SUCH:
        return Lacking.NO_SUCH_YEAR
    if year is None or year.figure is None:
        return Lacking.NOT_KNOWN
    return year.figure if year.figure.value is not None else year.figure.lacking or Lacking.NOT_KNOWN
