"""Pictures of outcomes, as SVG without script or style: attributes give the geometry, classes the ink."""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.safestring import SafeString

from headship.core.pictures import picture

WIDTH, HEIGHT, EDGE = 600, 48, 12
WHISKER_HEIGHT = 28
YEARS_WIDTH, YEARS_HEIGHT, YEARS_EDGE = 340, 132, 46
MAP_WIDTH, MAP_HEIGHT = 360, 430
# England, in degrees: where the map begins and ends.
WEST, EAST, SOUTH, NORTH = -6.0, 2.0, 49.8, 55.9


def strip(ours: float | None, theirs: Sequence[float], middle: tuple[float, float] | None, words: str) -> SafeString:
    """Draw similar schools as dots along a line, their middle half as a band, and our school above them.

    >>> "Attainment 8" in strip(47.0, [40.0, 50.0], None, "Attainment 8: ours 47")
    True
    """
    drawn = [*theirs, *([ours] if ours is not None else [])]
    least, most = min(drawn, default=0.0), max(drawn, default=1.0)
    room = (most - least) or 1.0

    def across(value: float) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (value - least) / room, 1)

    parts = []
    if middle:
        low, high = across(middle[0]), across(middle[1])
        parts.append(f'<rect class="app-strip__middle" x="{low}" y="20" width="{round(high - low, 1)}" height="24"/>')
    parts.append(f'<line class="app-strip__axis" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="32" y2="32"/>')
    parts.append(f'<path class="app-strip__dots" d="{_dots([(across(each), 32.0) for each in theirs])}"/>')
    if ours is not None:
        at = across(ours)
        parts.append(f'<path class="app-strip__ours" d="M{at} 22l-9 -18h18z"/>')
    return picture("app-strip", WIDTH, HEIGHT, words, parts)


def whisker(  # noqa: PLR0913  # a figure, what it is held against, and the scale it stands on
    value: float, interval: tuple[float, float] | None, against: float | None, words: str, *, least: float, most: float
) -> SafeString:
    """Draw a figure as a dot with its interval on a scale from `least` to `most`, a line where it is held against.

    >>> "Reading: 103" in whisker(103.0, (101.0, 105.0), 100.0, "Reading: 103", least=80.0, most=120.0)
    True
    """

    def across(number: float) -> float:
        share = (min(max(number, least), most) - least) / ((most - least) or 1.0)
        return round(EDGE + (WIDTH - 2 * EDGE) * share, 1)

    parts = [f'<line class="app-whisker__axis" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="14" y2="14"/>']
    if against is not None:
        parts.append(
            f'<line class="app-whisker__against" x1="{across(against)}" x2="{across(against)}" y1="2" y2="26"/>'
        )
    if interval:
        low, high = (across(end) for end in interval)
        parts.append(f'<line class="app-whisker__interval" x1="{low}" x2="{high}" y1="14" y2="14"/>')
    parts.append(f'<circle class="app-whisker__value" cx="{across(value)}" cy="14" r="8"/>')
    return picture("app-whisker", WIDTH, WHISKER_HEIGHT, words, parts)


def years(
    runs: Sequence[Sequence[tuple[int, float, tuple[float, float] | None]]], span: tuple[int, int], words: str
) -> SafeString:
    """Draw a measure over the years: each run (year, value, interval) joined by a line, never across what is between.

    `span` the first and the last year; each has its label, with a value or not.

    >>> "2024/25" in years([[(2024, 50.0, (48.0, 52.0))], [(2026, 51.0, None)]], (2024, 2026), "Reading")
    True
    """
    drawn = [each for run in runs for each in run]
    ends = [end for _, value, interval in drawn for end in (value, *(interval or ()))]
    least, most = min(ends, default=0.0), max(ends, default=1.0)
    room = (most - least) or 1.0
    first, last = span

    def place(year: int, value: float) -> tuple[float, float]:
        x = YEARS_EDGE + (YEARS_WIDTH - 2 * YEARS_EDGE) * (year - first) / ((last - first) or 1)
        return round(x, 1), round(100 - 88 * (value - least) / room, 1)

    parts = [
        f'<text class="app-years__label" x="{place(year, least)[0]}" y="126" text-anchor="middle">{_year(year)}</text>'
        for year in range(first, last + 1)
    ]
    for run in runs:
        points = " ".join(f"{x},{y}" for x, y in (place(year, value) for year, value, _ in run))
        parts.append(f'<polyline class="app-years__line" points="{points}"/>')
    rising = {one[0]: after[1] > one[1] for run in runs for one, after in pairwise(run)}
    for year, value, interval in drawn:
        x, y = place(year, value)
        if interval:
            low, high = (place(year, end)[1] for end in interval)
            parts.append(f'<line class="app-years__interval" x1="{x}" x2="{x}" y1="{low}" y2="{high}"/>')
        parts.append(f'<circle class="app-years__value" cx="{x}" cy="{y}" r="5"/>')
        told, down = round(value, 1) + 0.0, _off_the_line(y, rises=rising.get(year))
        parts.append(f'<text class="app-years__label" x="{x + 8}" y="{down}">{told}</text>')
    return picture("app-years", YEARS_WIDTH, YEARS_HEIGHT, words, parts)


def _off_the_line(y: float, *, rises: bool | None) -> float:
    """Return the height of a value's label: below a line that rises from it, above one that does not."""
    if rises is None:
        return round(y + 4, 1)
    return round(min(y + 20, 112) if rises else max(y - 10, 10), 1)


def _year(starts_in: int) -> str:
    return f"{starts_in}/{(starts_in + 1) % 100:02}"


def chart_of_places(
    ours: tuple[float, float] | None, theirs: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]]
) -> SafeString:
    """Draw where similar schools are (latitude, longitude), over a sample of all schools that stands for the country.

    >>> "2 similar schools" in chart_of_places((51.5, -0.1), [(52.0, -1.0), (53.0, -2.0)], [])
    True
    """
    parts = [f'<path class="app-places__others" d="{_dots([_on_map(each) for each in others])}"/>']
    parts.append(f'<path class="app-places__alike" d="{_dots([_on_map(each) for each in theirs])}"/>')
    if ours:
        x, y = _on_map(ours)
        parts.append(f'<path class="app-places__ours" d="M{x} {round(y - 9, 1)}l9 9l-9 9l-9 -9z"/>')
    return picture("app-places", MAP_WIDTH, MAP_HEIGHT, f"Map: {len(theirs)} similar schools and ours", parts)


def _on_map(place: tuple[float, float]) -> tuple[float, float]:
    latitude, longitude = place
    across, up = (longitude - WEST) / (EAST - WEST), (latitude - SOUTH) / (NORTH - SOUTH)
    return round(MAP_WIDTH * across, 1), round(MAP_HEIGHT * (1 - up), 1)


def _dots(places: Sequence[tuple[float, float]]) -> str:
    """Return strokes of no length, which a round line end turns into dots: one path however many they are."""
    return "".join(f"M{x} {y}h0" for x, y in places)
