"""Pictures of outcomes, as SVG without script or style: attributes give the geometry, classes the ink."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, EDGE = 600, 48, 12
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
    return _picture("app-strip", WIDTH, HEIGHT, words, parts)


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
    return _picture("app-places", MAP_WIDTH, MAP_HEIGHT, f"Map: {len(theirs)} similar schools and ours", parts)


def _on_map(place: tuple[float, float]) -> tuple[float, float]:
    latitude, longitude = place
    across, up = (longitude - WEST) / (EAST - WEST), (latitude - SOUTH) / (NORTH - SOUTH)
    return round(MAP_WIDTH * across, 1), round(MAP_HEIGHT * (1 - up), 1)


def _dots(places: Sequence[tuple[float, float]]) -> str:
    """Return strokes of no length, which a round line end turns into dots: one path however many they are."""
    return "".join(f"M{x} {y}h0" for x, y in places)


def _picture(name: str, width: int, height: int, words: str, parts: Sequence[str]) -> SafeString:
    return mark_safe(  # noqa: S308  # numbers, and words escaped here
        f'<svg class="{name}" viewBox="0 0 {width} {height}" role="img" focusable="false">'
        f"<title>{escape(words)}</title>{''.join(parts)}</svg>"
    )
