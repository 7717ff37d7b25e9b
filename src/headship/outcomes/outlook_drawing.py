"""What may come of a target, as bars: the aim marked, the middle half and nine in ten shaded. Words say the same."""

from collections.abc import Sequence
from math import exp

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from headship.analysis.targets import CountOutlook, ScoreOutlook

WIDTH, HEIGHT, EDGE, FOOT = 600, 130, 12, 6
UNSEEN = 0.0005  # a chance too small to be drawn at an end
SLICES, SPREADS = 48, 3.0


def outlook(found: CountOutlook | ScoreOutlook, aim: float, words: str) -> SafeString:
    """Draw a distribution as bars with its aim.

    >>> from headship.analysis.targets import how_many_alike
    >>> "app-outlook__aim" in outlook(how_many_alike(2, reached=1.0, missed=1.0, target=1), 1.0, "1 of 2")
    True
    """
    values, chances = _bars(found)
    half, most = found.half or (0.0, 0.0), found.most or (0.0, 0.0)
    first, step = values[0], (values[1] - values[0] if len(values) > 1 else 1.0)
    wide = (WIDTH - 2 * EDGE) / len(values)
    tall = (HEIGHT - FOOT - 8) / max(chances)
    parts = [
        _bar(EDGE + wide * at, wide, tall * chance, _ink(value, half, most))
        for at, (value, chance) in enumerate(zip(values, chances, strict=True))
    ]
    at = min(max(EDGE + wide * (aim - first) / step, EDGE), WIDTH - EDGE)  # where the bar of the aim begins
    parts.append(f'<path class="app-outlook__aim" d="M{at:.1f} 4V{HEIGHT - FOOT}"/>')
    parts.append(f'<path class="app-outlook__axis" d="M{EDGE} {HEIGHT - FOOT}H{WIDTH - EDGE}"/>')
    return mark_safe(  # noqa: S308  # numbers, and words escaped here
        f'<svg class="app-outlook" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" focusable="false">'
        f"<title>{escape(words)}</title>{''.join(parts)}</svg>"
    )


def _bars(found: CountOutlook | ScoreOutlook) -> tuple[list[float], list[float]]:
    """Return what may come and how likely each is, without the ends that nobody would see."""
    if isinstance(found, CountOutlook):
        chances = found.chances or (1.0,)
        drawn = [at for at, chance in enumerate(chances) if chance >= UNSEEN]
        places = range(min(drawn), max(drawn) + 1)
        return [float(at) for at in places], [chances[at] for at in places]
    mean, spread = found.mean or 0.0, found.spread or 1.0
    step = 2 * SPREADS * spread / SLICES
    values = [mean - SPREADS * spread + step * at for at in range(SLICES)]
    return values, [exp(-(((value + step / 2 - mean) / spread) ** 2) / 2) for value in values]


def _ink(value: float, half: Sequence[float], most: Sequence[float]) -> str:
    if half[0] <= value <= half[1]:
        return "half"
    return "most" if most[0] <= value <= most[1] else "rest"


def _bar(left: float, wide: float, tall: float, ink: str) -> str:
    gap = min(1.0, wide / 6)
    return (
        f'<rect class="app-outlook__{ink}" x="{left + gap:.1f}" y="{HEIGHT - FOOT - tall:.1f}" '
        f'width="{wide - 2 * gap:.1f}" height="{max(tall, 0.5):.1f}"/>'
    )
