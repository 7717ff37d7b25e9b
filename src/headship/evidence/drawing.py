"""Small pictures and sentences that the pages of evidence share: bars by month, dots of measures, counts by kind."""

import functools
from dataclasses import dataclass

from headship.core import registry
from headship.core.pages import academic_year
from headship.evidence import queries

MONTH_NAMES = ("Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug")
TALLEST, NARROWEST = 24, 3
DOT_LEFT, DOT_WIDTH = 4, 112


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """One measure: a dot with its whisker between `least` and `most`, and the finding in words."""

    name: str
    words: str
    year: str
    picture: str
    at: float | None
    low: float | None
    high: float | None
    reference: float | None


@functools.lru_cache(maxsize=4096)
def bars(months: tuple[int, ...], most: int) -> str:
    """Return the twelve bars as one path in a box of 120 by 28, on the scale all cards share; no month is left out.

    >>> bars((0, 4), 4)
    'M1 27h7v1h-7zM11 4h7v24h-7z'
    """
    heights = [max(round(TALLEST * count / most), NARROWEST) if count else 1 for count in months]
    return "".join(f"M{10 * place + 1} {28 - height}h7v{height}h-7z" for place, height in enumerate(heights))


EMPTY_BARS = bars((0,) * 12, 1)


@functools.lru_cache(maxsize=4096)
def bars_words(months: tuple[int, ...]) -> str:
    """Say the bars in words, for those who do not see them.

    >>> bars_words((0, 2, 1))
    'Evidence by month: Oct 2, Nov 1'
    """
    told = [f"{name} {count}" for name, count in zip(MONTH_NAMES, months, strict=False) if count]
    return f"Evidence by month: {', '.join(told) or 'none yet'}"


@functools.lru_cache(maxsize=4096)
def kinds_words(kinds: tuple[tuple[str, int], ...], most: int = 3) -> str:
    """Say how much evidence of each kind there is, the commonest first."""
    known = registry.evidence_kinds()
    told = []
    for code, count in kinds[:most]:
        kind = known.get(code)
        words = (kind.words if count == 1 else kind.plural) if kind else "of a kind no longer kept"
        told.append(f"{count:,} {words[0].lower()}{words[1:]}")
    if len(kinds) > most:
        told.append(f"{sum(count for _, count in kinds[most:]):,} more")
    return ", ".join(told)


def shortened(words: str, longest: int = 160) -> str:
    """Return the beginning of what somebody wrote, cut between words.

    >>> shortened("We changed how we plan", 14)
    'We changed…'
    """
    if len(words) <= longest:
        return words
    return words[:longest].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def measure_shown(measure: registry.Measure, reading: queries.Reading) -> MeasureShown:
    """Return a reading as a dot with its whisker, on a scale that holds all of it."""
    least, most = _scale_of(reading)

    def at(value: float | None) -> float | None:
        return None if value is None else round(DOT_LEFT + DOT_WIDTH * (value - least) / (most - least), 1)

    return MeasureShown(
        name=measure.words,
        words=reading.words,
        year=academic_year(reading.year),
        picture=picture_words(measure, reading),
        at=at(reading.value),
        low=at(reading.low),
        high=at(reading.high),
        reference=at(reading.reference),
    )


def _scale_of(reading: queries.Reading) -> tuple[float, float]:
    """Return the ends of the scale: somewhat more than what is drawn, so that a whisker can be told from a dot."""
    drawn = [each for each in (reading.value, reading.low, reading.high, reading.reference) if each is not None]
    if not drawn:
        return 0, 1
    room = (max(drawn) - min(drawn)) * 0.5 or abs(drawn[0]) * 0.5 or 1
    return min(drawn) - room, max(drawn) + room


def picture_words(measure: registry.Measure, reading: queries.Reading) -> str:
    """Say the dot in words.

    >>> measure = registry.Measure("m", "Attendance", ("2.1",), "%", "attendance")
    >>> picture_words(measure, queries.Reading("m", 2025, 94.2, None, None, 94, "all schools", 60, "", "", ""))
    '94.2%; all schools 94%; from 60 pupils or people'
    """
    if reading.value is None:
        return "No figure"
    unit = measure.unit if measure.unit == "%" else f" {measure.unit}".rstrip()
    parts = [f"{reading.value:g}{unit}"]
    if reading.low is not None and reading.high is not None:
        parts[0] += f", between {reading.low:g} and {reading.high:g}"
    if reading.reference is not None:
        parts.append(f"{reading.reference_words or 'compared with'} {reading.reference:g}{unit}")
    if reading.count is not None:
        parts.append(f"from {reading.count:,} pupils or people")
    return "; ".join(parts)
