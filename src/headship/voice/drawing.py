"""Pictures of answers, as SVG without script or style: attributes give the geometry, classes the ink."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, EDGE = 600, 56, 12
BAR_HEIGHT, AXIS = 24, 44
COUNT_WIDTH = 240


def answers(  # noqa: PLR0913  # a scale, what others said of it in three ways, and in words; and one's own
    steps: int,
    spread: Sequence[int] | None,
    mean: float | None,
    interval: tuple[float, float] | None,
    words: str,
    *,
    own: float | None = None,
) -> SafeString:
    """Draw the share of each step as a bar in parts where it is known, and below it the mean with its interval.

    `own` is how whom it is about sees it: a mark below the line.

    >>> "5 of 20" in answers(5, [1, 2, 3, 9, 5], 3.75, (3.2, 4.3), "Agree: 5 of 20")
    True
    """
    parts = [*_bar(spread)] if spread else []
    parts.append(f'<line class="app-answers__axis" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{AXIS}" y2="{AXIS}"/>')
    parts += [_tick(_across(at, steps)) for at in range(1, steps + 1)]
    if interval:
        low, high = (_across(each, steps) for each in interval)
        parts.append(f'<line class="app-answers__interval" x1="{low}" x2="{high}" y1="{AXIS}" y2="{AXIS}"/>')
    if mean is not None:
        parts.append(f'<circle class="app-answers__mean" cx="{_across(mean, steps)}" cy="{AXIS}" r="7"/>')
    if own is not None:
        parts.append(_mark(_across(own, steps)))
    top = 0 if spread else AXIS - HEIGHT // 4
    return mark_safe(  # noqa: S308  # numbers, and words escaped here
        f'<svg class="app-answers" viewBox="0 {top} {WIDTH} {HEIGHT - top}" role="img" focusable="false">'
        f"<title>{escape(words)}</title>{''.join(parts)}</svg>"
    )


def _across(value: float, steps: int) -> float:
    return round(EDGE + (WIDTH - 2 * EDGE) * (value - 1) / max(steps - 1, 1), 1)


def _tick(at: float) -> str:
    return f'<line class="app-answers__tick" x1="{at}" x2="{at}" y1="{AXIS - 5}" y2="{AXIS + 5}"/>'


def _mark(at: float) -> str:
    """Draw one's own mark: a triangle whose tip touches the line, so that it hides nothing that stands on it."""
    left, right, foot = round(at - 7, 1), round(at + 7, 1), HEIGHT - 1
    return f'<path class="app-answers__own" d="M{at} {AXIS + 2}L{left} {foot}L{right} {foot}Z"/>'


def _bar(spread: Sequence[int]) -> list[str]:
    room, whole = WIDTH - 2 * EDGE, sum(spread)
    drawn, left = [], float(EDGE)
    for at, count in enumerate(spread):
        width = round(room * count / whole, 1)
        if width:
            shade = 1 + round(4 * at / max(len(spread) - 1, 1))
            drawn.append(
                f'<rect class="app-answers__step app-answers__step--{shade}" x="{round(left, 1)}" y="2" '
                f'width="{width}" height="{BAR_HEIGHT}"/>'
            )
        left += width
    return drawn


def counted(count: int | None, most: int, words: str) -> SafeString:
    """Draw a count as a bar beside the largest, `most`; one that is not told is not drawn.

    >>> "Homework: 7" in counted(7, 10, "Homework: 7")
    True
    """
    width = round((COUNT_WIDTH - 2) * (count or 0) / most, 1)
    return mark_safe(  # noqa: S308  # numbers, and words escaped here
        f'<svg class="app-answers" viewBox="0 0 {COUNT_WIDTH} 20" role="img" focusable="false">'
        f'<title>{escape(words)}</title><line class="app-answers__axis" x1="1" x2="1" y1="0" y2="20"/>'
        f'<rect class="app-answers__step" x="1" y="3" width="{width}" height="14"/></svg>'
    )
