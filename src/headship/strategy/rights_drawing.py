"""How much each decides, as SVG: attributes give the geometry, classes the ink; a table behind it says the same."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from headship.core.pictures import picture

WIDTH, ROW, BAR = 420, 44, 14
MOST_LETTERS = 62


def loads(rows: Sequence[tuple[str, int, int]], words: str) -> SafeString:
    """Draw for each name a full bar for what they decide, and a faint one after it for what they are consulted on.

    >>> "Ada decides 2" in loads([("Ada", 2, 1)], "Ada decides 2")
    True
    """
    most = max((decides + consulted for _, decides, consulted in rows), default=0) or 1
    unit = (WIDTH - 40) / most
    parts = [
        part
        for at, (name, decides, consulted) in enumerate(rows)
        for part in _row(at * ROW, name, decides, consulted, unit)
    ]
    return picture("app-answers", WIDTH, ROW * len(rows) + 4, words, parts)


def _row(top: int, name: str, decides: int, consulted: int, unit: float) -> list[str]:
    short = name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"
    full, faint = round(decides * unit, 1), round(consulted * unit, 1)
    after = round(full + faint + 6, 1)
    return [
        f'<text class="app-years__label" x="0" y="{top + 14}">{escape(short)}</text>',
        f'<rect class="app-answers__step" x="0" y="{top + 20}" width="{full}" height="{BAR}"/>' if decides else "",
        f'<rect class="app-answers__step app-answers__step--1" x="{full}" y="{top + 20}" width="{faint}" '
        f'height="{BAR}"/>'
        if consulted
        else "",
        f'<text class="app-years__label" x="{after}" y="{top + 32}">{decides}</text>',
    ]
