"""Pictures of workload, as SVG: attributes give the geometry, classes the ink; a table beside each says the same."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from headship.core.pictures import picture

WIDTH, ROW, LEFT, RIGHT = 420, 36, 2, 86
LONGEST = 52


def bars(rows: Sequence[tuple[str, int, str]], words: str) -> SafeString:
    """Draw each row as a bar below its words, its size in words at the bar's end.

    >>> "Reports" in bars([("Reports", 120, "2 h")], "Reports weigh most")
    True
    """
    most = max((size for _, size, _ in rows), default=0) or 1
    parts = []
    for at, (label, size, told) in enumerate(rows):
        top = ROW * at
        width = round((WIDTH - LEFT - RIGHT) * max(size, 0) / most, 1)
        parts += [
            f'<text class="app-years__label" x="{LEFT}" y="{top + 13}">{escape(_short(label))}</text>',
            f'<rect class="app-answers__step" x="{LEFT}" y="{top + 18}" width="{max(width, 1)}" height="12"/>',
            f'<text class="app-years__label" x="{LEFT + max(width, 1) + 5}" y="{top + 28}">{escape(told)}</text>',
        ]
    return picture("app-answers", WIDTH, ROW * len(rows) + 2, words, parts)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
