"""Pictures of published figures. What they show stands in words and tables beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.html import escape
from django.utils.safestring import SafeString

from headship.analysis.figures import Figure, Floats
from headship.analysis.time_lines import Known, TimeLine, Year
from headship.core.pictures import picture

WIDTH, HEIGHT, EDGE = 240, 24, 8
MOST_DRAWN = 240  # schools drawn of all; the others would only blacken the picture
YEAR_WIDTH, LINE_HEIGHT, FOOT = 52, 120, 38
LABELS = 8  # years whose names stand side by side; of more every second
LEAST_YEARS = 7  # the picture is as wide as for so many, that all are drawn alike


@dataclass(frozen=True, slots=True)
class Scale:
    """From the least value drawn to the most, along `length`, with an edge on both sides."""

    least: float
    most: float
    length: float

    def at(self, value: float) -> float:
        """Return how far along a value lies."""
        room = (self.most - self.least) or 1.0
        return round(EDGE + (self.length - 2 * EDGE) * (value - self.least) / room, 1)


def scale_of(values: Sequence[float | None], length: float = WIDTH, span: float = 0.0) -> Scale:
    """Return a scale that holds every value there is, with a little room, and spans so much at least.

    >>> scale_of([1.0, None, 3.0]).at(2.0), scale_of([0.0, 1.0], span=20.0).at(0.5)
    (120.0, 120.0)
    """
    known = [each for each in values if each is not None] or [0.0]
    least, most = min(known), max(known)
    room = max(0.05 * (most - least), (span - (most - least)) / 2) or 1.0  # the same to both sides
    return Scale(least - room, most + room, length)


def dot(scale: Scale, figure: Figure, words: str) -> SafeString:
    """Draw our figure as a dot with its whisker."""
    assert figure.value is not None  # what is not there is not drawn
    middle = HEIGHT / 2
    parts = [_axis()]
    if figure.interval:
        low, high = (scale.at(end) for end in figure.interval)
        parts.append(f'<path class="app-beside__whisker" d="M{low} {middle}H{high}"/>')
    parts.append(f'<circle class="app-beside__ours" cx="{scale.at(figure.value)}" cy="{middle}" r="6"/>')
    return picture("app-beside", WIDTH, HEIGHT, words, parts)


def tick(scale: Scale, value: float, words: str) -> SafeString:
    """Draw a value to hold ours against, as a stroke."""
    at = scale.at(value)
    return picture("app-beside", WIDTH, HEIGHT, words, [_axis(), f'<path class="app-beside__tick" d="M{at} 3V21"/>'])


def band(scale: Scale, middle: tuple[float, float], words: str) -> SafeString:
    """Draw the middle half of similar schools, as a band."""
    low, high = (scale.at(end) for end in middle)
    box = f'<rect class="app-beside__middle" x="{low}" y="6" width="{round(max(high - low, 1), 1)}" height="12"/>'
    return picture("app-beside", WIDTH, HEIGHT, words, [_axis(), box])


def _axis() -> str:
    return f'<path class="app-beside__axis" d="M{EDGE} 12H{WIDTH - EDGE}"/>'


def time_line(
    line: TimeLine, england: Sequence[float | None], values: Sequence[str], words: str, span: float = 0.0
) -> SafeString:
    """Draw our figure in each year with its whisker, England's as a stroke; nothing is joined across a gap or a break.

    `england`, and our `values` as they are printed below their year, in the order of the line's years.
    """
    ends = [end for each in line.years if each.figure for end in (each.figure.value, each.figure.low, each.figure.high)]
    across = scale_of([*ends, *england], LINE_HEIGHT, span)
    place = {year.starts_in: YEAR_WIDTH * number + YEAR_WIDTH / 2 for number, year in enumerate(line.years)}
    parts = [_year(each, place[each.starts_in], across) for each in line.years]
    parts += [_stroke(place[each.starts_in], value, across) for each, value in zip(line.years, england, strict=True)]
    for number, segment in enumerate(line.segments):
        if number:
            at = place[segment.years[0].starts_in] - YEAR_WIDTH / 2
            parts.append(f'<path class="app-course__break" d="M{at} 0V{LINE_HEIGHT}"/>')
        parts += [_joined(run, place, across) for run in segment.runs]
    parts += _labels([_short(each.starts_in) for each in line.years], place.values(), LINE_HEIGHT + 15)
    parts += _labels(values, place.values(), LINE_HEIGHT + 33)
    wide = YEAR_WIDTH * max(len(line.years), LEAST_YEARS)
    return picture("app-course", wide, LINE_HEIGHT + FOOT, words, parts)


def _up(value: float, across: Scale) -> float:
    return round(LINE_HEIGHT - across.at(value), 1)


def _year(year: Year, at: float, across: Scale) -> str:
    figure = year.figure
    if year.known is not Known.VALUE or figure is None or figure.value is None:
        name = "app-course__none" if year.known is Known.NO_SUCH else "app-course__hidden"
        left, right = at - 14, at + 14
        strokes = "".join(f"M{left} {y}L{right} {y - 16}" for y in range(28, LINE_HEIGHT - 4, 12))
        return f'<path class="{name}" d="{strokes}"/>'
    whisker = ""
    if figure.interval:
        low, high = (_up(end, across) for end in figure.interval)
        whisker = f'<path class="app-course__whisker" d="M{at} {low}V{high}"/>'
    return f'{whisker}<circle class="app-course__ours" cx="{at}" cy="{_up(figure.value, across)}" r="5"/>'


def _stroke(at: float, value: float | None, across: Scale) -> str:
    if value is None:
        return ""
    return f'<path class="app-course__england" d="M{at - 12} {_up(value, across)}h24"/>'


def _joined(run: Sequence[Year], place: dict[int, float], across: Scale) -> str:
    points = [
        f"{place[each.starts_in]} {_up(each.figure.value, across)}"
        for each in run
        if each.figure and each.figure.value is not None
    ]
    return f'<path class="app-course__line" d="M{"L".join(points)}"/>' if len(points) > 1 else ""


def _short(starts_in: int) -> str:
    return f"{starts_in % 100:02}/{(starts_in + 1) % 100:02}"


def _labels(words: Sequence[str], places: Iterable[float], down: float) -> list[str]:
    """Write words below the years; of many years, below every second."""
    step = 1 if len(words) <= LABELS else 2
    return [
        f'<text class="app-course__label" x="{at}" y="{down}">{escape(each)}</text>'
        for each, at in [*zip(words, places, strict=True)][::step]
    ]


def caterpillar(values: Floats, low: Floats, high: Floats, ours: int | None, words: str) -> SafeString:
    """Draw schools' intervals in the order of their values, without a name; ours is marked.

    `values`, `low` and `high` (S,); `ours` its place among them, None where our school is not there. Of many schools
    every so-manyth is drawn.
    """
    order = np.argsort(values, kind="stable")
    kept = order[np.unique(np.linspace(0, len(order) - 1, min(MOST_DRAWN, len(order))).round().astype(int))]
    if ours is not None and ours not in kept:
        nearest = int(np.abs(values[kept] - values[ours]).argmin())
        kept[nearest] = ours
    tall = 200
    across = scale_of([float(low[kept].min()), float(high[kept].max()), 0.0], tall)
    step = 600 / len(kept)
    line = round(tall - across.at(0.0), 1)
    parts = [f'<path class="app-caterpillar__average" d="M0 {line}H600"/>']
    others = [(round(step * (n + 0.5), 1), school) for n, school in enumerate(kept) if school != ours]
    ends = "".join(f"M{x} {_end(low, each, across, tall)}V{_end(high, each, across, tall)}" for x, each in others)
    dots = "".join(f"M{x} {_end(values, each, across, tall)}h0" for x, each in others)
    parts += [
        f'<path class="app-caterpillar__whiskers" d="{ends}"/>',
        f'<path class="app-caterpillar__dots" d="{dots}"/>',
    ]
    if ours is not None:
        x = round(step * (int(np.flatnonzero(kept == ours)[0]) + 0.5), 1)
        bottom, top, middle = (_end(each, ours, across, tall) for each in (low, high, values))
        parts.append(f'<path class="app-caterpillar__own" d="M{x} {bottom}V{top}"/>')
        parts.append(f'<circle class="app-caterpillar__ours" cx="{x}" cy="{middle}" r="5"/>')
    return picture("app-caterpillar", 600, tall, words, parts)


def _end(values: Floats, school: int, across: Scale, tall: int) -> float:
    return round(tall - across.at(float(values[school])), 1)


def scatter(ours: tuple[float, float] | None, theirs: Sequence[tuple[float, float]], words: str) -> SafeString:
    """Draw similar schools as dots by two figures, the first across, the second up, and ours as a diamond."""
    every = [*theirs, *([ours] if ours else [])]
    across, up = scale_of([x for x, _ in every], 340), scale_of([y for _, y in every], 220)
    points = "".join(f"M{across.at(x)} {round(220 - up.at(y), 1)}h0" for x, y in theirs)
    parts = ['<path class="app-scatter__axis" d="M8 0V212H340"/>', f'<path class="app-scatter__dots" d="{points}"/>']
    if ours:
        x, y = across.at(ours[0]), round(220 - up.at(ours[1]), 1)
        parts.append(f'<path class="app-scatter__ours" d="M{x} {round(y - 9, 1)}l9 9l-9 9l-9 -9z"/>')
    return picture("app-scatter", 340, 220, words, parts)
