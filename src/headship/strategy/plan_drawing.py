"""The time line of a plan as SVG: attributes give the geometry, classes the ink; a table behind it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from headship.core.pictures import picture

WIDTH, ROW, TOP, LEFT, RIGHT = 420, 22, 22, 30, 12


@dataclass(frozen=True, slots=True)
class Bar:
    """An action on the time line: its number, its days, and its milestones with whether each was reached."""

    number: int
    starts_on: date
    due_on: date
    milestones: Sequence[tuple[date, bool]] = ()


def timeline(bars: Sequence[Bar], span: tuple[date, date], today: date, words: str) -> SafeString:
    """Draw each action as a bar over the plan's days, its milestones as dots, and today as a line.

    >>> "Two actions" in timeline([Bar(1, date(2026, 9, 1), date(2026, 12, 1))], (date(2026, 9, 1), date(2027, 8, 31)),
    ...     date(2026, 11, 1), "Two actions")
    True
    """
    first, last = span
    days = (last - first).days or 1

    def across(day: date) -> float:
        share = min(max((day - first).days / days, 0), 1)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * share, 1)

    height = TOP + ROW * len(bars) + 4
    parts = [
        f'<text class="app-years__label" x="{across(day)}" y="14">{year}</text>'
        f'<line class="app-answers__tick" x1="{across(day)}" x2="{across(day)}" y1="{TOP - 4}" y2="{height}"/>'
        for year in range(first.year, last.year + 1)
        if first <= (day := date(year, 9, 1)) <= last
    ]
    if first <= today <= last:
        at = across(today)
        parts.append(f'<line class="app-course__england" x1="{at}" x2="{at}" y1="{TOP - 4}" y2="{height}"/>')
    for at, bar in enumerate(bars):
        down = TOP + ROW * at + ROW // 2
        start, end = across(bar.starts_on), across(bar.due_on)
        parts += [
            f'<text class="app-years__label" x="2" y="{down + 4}">{bar.number}</text>',
            f'<line class="app-answers__interval" x1="{start}" x2="{max(end, start + 4)}" y1="{down}" y2="{down}"/>',
        ]
        parts += [
            f'<circle class="{"app-course__ours" if reached else "app-course__hidden"}" cx="{across(day)}" cy="{down}" '
            f'r="5"/>'
            for day, reached in bar.milestones
        ]
    return picture("app-answers", WIDTH, height, words, parts)
