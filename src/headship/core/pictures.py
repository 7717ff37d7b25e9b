"""Small pictures on pages, as SVG: attributes give the geometry, classes the ink, words say it to who cannot see it.

The profile shows some eighty of them, so they are plain functions with remembered results, not template macros.
"""

import functools
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

TALLEST, WIDTH, STEP = 24, 7, 10
SHAPES = {
    "not started": "",
    "noticing": '<circle class="app-reflection__fill" cx="8" cy="8" r="2.5"/>',
    "working on": '<path class="app-reflection__fill" d="M8 1.5a6.5 6.5 0 0 1 0 13z"/>',
    "sharing": '<circle class="app-reflection__fill" cx="8" cy="8" r="6.5"/>',
}


def bars(counts: Sequence[int], labels: Sequence[str], words: str = "Evidence by month") -> SafeString:
    """Draw one small bar for each count, oldest first; `labels` name them for a text alternative.

    >>> "Evidence by month: March 2" in bars([0, 2], ["February", "March"])
    True
    """
    return _bars(tuple(counts), tuple(labels), words)


@functools.lru_cache(maxsize=2048)
def _bars(counts: tuple[int, ...], labels: tuple[str, ...], words: str) -> SafeString:
    tallest = max((*counts, 1))
    drawn = "".join(_bar(at, _height(count, tallest)) for at, count in enumerate(counts))
    named = ", ".join(f"{label} {count}" for label, count in zip(labels, counts, strict=True) if count)
    width = len(counts) * STEP
    return mark_safe(  # noqa: S308  # numbers, and words escaped here
        f'<svg class="app-bars" viewBox="0 0 {width} 28" width="{width}" height="28" role="img" focusable="false">'
        f"<title>{escape(words)}: {escape(named) or 'none yet'}</title>{drawn}</svg>"
    )


def _height(count: int, tallest: int) -> int:
    return max(round(TALLEST * count / tallest), 3) if count else 0


@functools.cache
def _bar(at: int, height: int) -> str:
    name, shown = ("bar", height) if height else ("none", 1)
    return f'<rect class="app-bars__{name}" x="{at * STEP + 1}" y="{28 - shown}" width="{WIDTH}" height="{shown}"/>'


@functools.lru_cache(maxsize=2048)
def dot(  # noqa: PLR0913, PLR0917  # a picture's facts, each named where it is called
    value: float,
    low: float | None = None,
    high: float | None = None,
    reference: float | None = None,
    words: str = "",
    unit: str = "",
    least: float = 0,
    most: float = 100,
) -> SafeString:
    """Draw a value as a dot between `least` and `most`, its interval as a whisker, and say it in words beside.

    >>> "94.6%, between 93.9 and 95.3%; compared with 94.1%" in dot(94.6, 93.9, 95.3, 94.1, "about the same", "%")
    True
    """

    def across(number: float) -> float:
        return round(4 + 112 * min(max((number - least) / ((most - least) or 1), 0), 1), 1)

    parts = [_stroke("axis", 4, 116)]
    said = f"{value:g}{unit}"
    if low is not None and high is not None:
        parts.append(_stroke("whisker", across(low), across(high)))
        said += f", between {low:g} and {high:g}{unit}"
    if reference is not None:
        parts.append(_stroke("reference", across(reference), across(reference), 1, 15))
        said += f"; compared with {reference:g}{unit}"
    parts.append(f'<circle class="app-dot__dot" cx="{across(value)}" cy="8" r="4"/>')
    return mark_safe(  # noqa: S308  # numbers, and words escaped here
        '<span class="app-dot"><svg class="app-dot__picture" viewBox="0 0 120 16" width="120" height="16" role="img" '
        f'focusable="false"><title>{escape(said)}</title>{"".join(parts)}</svg> '
        f'<span class="app-dot__words">{escape(words)}</span></span>'
    )


def _stroke(name: str, x1: float, x2: float, y1: float = 8, y2: float = 8) -> str:
    return f'<line class="app-dot__{name}" x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}"/>'


@functools.lru_cache(maxsize=64)
def missing(words: str = "too few to show") -> SafeString:
    """Draw a value that is not shown: hatched, with the reason in words.

    >>> missing().endswith("too few to show</span>")
    True
    """
    return mark_safe(  # noqa: S308  # words escaped here
        '<span class="app-missing"><svg viewBox="0 0 24 12" width="24" height="12" aria-hidden="true" '
        'focusable="false">'
        f'<path class="app-missing__hatch" d="M0 12 12 0M6 12 18 0M12 12 24 0"/></svg> {escape(words)}</span>'
    )


@functools.lru_cache(maxsize=64)
def reflection(state: str) -> SafeString:
    """Draw a reflection state as shape and words. Errors: KeyError on a state there is not.

    >>> "Working on</span>" in reflection("working_on")
    True
    """
    name = state.replace("_", " ")
    return mark_safe(  # noqa: S308  # all of it is ours
        '<span class="app-reflection"><svg class="app-reflection__shape" viewBox="0 0 16 16" width="16" height="16" '
        'aria-hidden="true" focusable="false"><circle class="app-reflection__ring" cx="8" cy="8" r="6.5"/>'
        f"{SHAPES[name]}</svg> {name.capitalize()}</span>"
    )


@functools.lru_cache(maxsize=512)
def code(words: str) -> SafeString:
    """Show a characteristic's code in the tint of its domain (the first letter of the code says which).

    >>> code("3.6")
    '<span class="app-code app-domain-3">3.6</span>'
    """
    domain = words[:1].lower() if words[:1].isalnum() else ""
    return mark_safe(f'<span class="app-code app-domain-{domain}">{escape(words)}</span>')  # noqa: S308  # escaped here


def picture(name: str, width: int, height: int, words: str, parts: Sequence[str]) -> SafeString:
    """Return a picture of parts that are shapes and numbers alone; its words are for who cannot see it.

    >>> "<title>Five &amp; a half</title><path/></svg>" in picture("app-strip", 10, 5, "Five & a half", ["<path/>"])
    True
    """
    return mark_safe(  # noqa: S308  # numbers, and words escaped here
        f'<svg class="{name}" viewBox="0 0 {width} {height}" role="img" focusable="false">'
        f"<title>{escape(words)}</title>{''.join(parts)}</svg>"
    )
