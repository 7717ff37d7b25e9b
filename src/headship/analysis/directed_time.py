"""Directed time: how much of a year's hours is placed in the calendar for each teacher, and what remains.

Minutes are whole. A set of days is a number whose bit `n` is day `n` of the year's days, so that whole staffs are
summed at once. Method: docs/methods/directed-time.md.
"""

import functools
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

type Parts = list[tuple[Fraction, int, int]]

METHOD = "directed-time 1"
HOUR = 60
WEEKDAYS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What a full-time teacher can be told to work in a year: minutes, days, and days with teaching."""

    minutes: int
    days: int
    teaching_days: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """How somebody works from a day on: their share of full time (0: not at all) and weekdays (0 is Monday)."""

    starts_on: date
    share: Fraction
    weekdays: frozenset[int] = frozenset(range(WEEKDAYS))


@dataclass(frozen=True, slots=True)
class Placed:
    """Something placed in the calendar: its kind, minutes on each of its days (a set), and whether it is teaching.

    `named` is what somebody was chosen for by name: it counts on every day while they work here.
    """

    kind: str
    minutes: int
    on: int
    teaching: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """One person's year: minutes they can be told to work, minutes placed by kind, and days with any or teaching."""

    entitled: int
    by_kind: Mapping[str, int]
    days: int
    teaching_days: int

    @property
    def placed(self) -> int:
        """Minutes placed."""
        return sum(self.by_kind.values())

    @property
    def left(self) -> int:
        """Minutes that remain; below 0 where too much is placed."""
        return self.entitled - self.placed

    def is_over(self, limits: Limits) -> bool:
        """Whether more is placed than the limits let."""
        return self.left < 0 or self.days > limits.days or self.teaching_days > limits.teaching_days


@dataclass(frozen=True)
class Days:
    """The days of a year on which directed time can lie, in order."""

    days: tuple[date, ...]

    @functools.cached_property
    def _places(self) -> Mapping[date, int]:
        return {day: at for at, day in enumerate(self.days)}

    @functools.cached_property
    def _by_weekday(self) -> tuple[int, ...]:
        return tuple(self.on(day for day in self.days if day.weekday() == each) for each in range(7))

    def on(self, chosen: Iterable[date]) -> int:
        """Return a set of the chosen days; those that are no days of the year are left out.

        >>> Days((date(2026, 9, 1), date(2026, 9, 2))).on([date(2026, 9, 2), date(2026, 12, 25)])
        2
        """
        held = 0
        for day in chosen:
            held |= 1 << self._places[day] if day in self._places else 0
        return held

    def span(self, first: date | None, last: date | None) -> int:
        """Return the set of the days from one to another; None is without end.

        >>> Days((date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3))).span(date(2026, 9, 2), None)
        6
        """
        since = bisect_left(self.days, first) if first else 0
        until = bisect_right(self.days, last) if last else len(self.days)
        return (1 << until) - (1 << since) if until > since else 0

    def weekly(self, weekday: int, first: date | None = None, last: date | None = None) -> int:
        """Return the set of a weekday's days (0 is Monday) between two days.

        >>> Days((date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 8))).weekly(1)
        5
        """
        return self._by_weekday[weekday] & self.span(first, last)

    def held(self, held: int) -> list[date]:
        """Return the days of a set, in order.

        >>> Days((date(2026, 9, 1), date(2026, 9, 2))).held(2)
        [datetime.date(2026, 9, 2)]
        """
        return [day for at, day in enumerate(self.days) if held >> at & 1]


def entitled(whole: int, days: Days, patterns: Sequence[Pattern]) -> int:
    """Return the minutes somebody can be told to work of the `whole` of a full-time year, by their share on each day.

    Days before the first pattern count nothing, and a year without days gives nothing. A part of a minute is left out.

    >>> year = Days(tuple(date(2026, 9, each) for each in (1, 2, 3, 4)))
    >>> half_way = [Pattern(date(2026, 9, 1), Fraction(1)), Pattern(date(2026, 9, 3), Fraction(1, 2))]
    >>> entitled(75_900, year, half_way[:1]), entitled(75_900, year, half_way), entitled(75_900, year, half_way[1:])
    (75900, 56925, 18975)
    """
    return _entitled(whole, len(days.days), _parts(days, patterns))


def summed(limits: Limits, days: Days, patterns: Sequence[Pattern], placed: Iterable[Placed]) -> Sum:
    """Return one person's year from what is placed for them.

    What is for all or for a group counts on the weekdays they work; what they are named for, on all days while they
    work here.

    >>> year = Days((date(2026, 9, 7), date(2026, 9, 8)))
    >>> mondays = [Pattern(date(2026, 9, 1), Fraction(1, 2), frozenset({0}))]
    >>> placed = [Placed("inset", 60, 3), Placed("duty", 15, 2, named=True)]
    >>> found = summed(Limits(600, 195, 190), year, mondays, placed)
    >>> found.by_kind, found.entitled, found.left, found.days
    ({'inset': 60, 'duty': 15}, 300, 225, 2)
    """
    parts = _parts(days, patterns)
    usual, present = _worked(parts)
    by_kind: Counter[str] = Counter()
    any_day = teaching = 0
    for each in placed:
        held = each.on & (present if each.named else usual)
        by_kind[each.kind] += each.minutes * held.bit_count()
        any_day |= held
        teaching |= held if each.teaching else 0
    whole = _entitled(limits.minutes, len(days.days), parts)
    return Sum(whole, dict(by_kind), any_day.bit_count(), teaching.bit_count())


def worked(days: Days, patterns: Sequence[Pattern]) -> tuple[int, int]:
    """Return two sets of days: those on weekdays that somebody works, and all days while they work here.

    >>> year = Days((date(2026, 9, 7), date(2026, 9, 8)))
    >>> worked(year, [Pattern(date(2026, 9, 1), Fraction(1, 2), frozenset({0}))])
    (1, 3)
    """
    return _worked(_parts(days, patterns))


def _worked(parts: Parts) -> tuple[int, int]:
    usual = present = 0
    for share, held, weekdays in parts:
        if share:
            usual |= held & weekdays
            present |= held
    return usual, present


def _entitled(whole: int, count: int, parts: Parts) -> int:
    if len(parts) == 1:  # most people: no fraction needs adding up
        ((share, held, _),) = parts
        return whole * share.numerator * held.bit_count() // (share.denominator * (count or 1))
    share_days = sum((share * held.bit_count() for share, held, _ in parts), Fraction(0))
    return int(whole * share_days / (count or 1))


def _parts(days: Days, patterns: Sequence[Pattern]) -> Parts:
    """Return the stretches of a year: the share in each, its days, and the days of the weekdays worked."""
    found: Parts = []
    ordered = sorted(patterns, key=lambda each: each.starts_on)
    for at, each in enumerate(ordered):
        held = days.span(each.starts_on, None)
        if at + 1 < len(ordered):
            held &= ~days.span(ordered[at + 1].starts_on, None)
        weekdays = functools.reduce(lambda known, day: known | days.weekly(day), each.weekdays, 0)
        found.append((each.share, held, weekdays))
    return found


def told(minutes: int) -> str:
    """Return minutes in hours and minutes, as they stand on pages.

    >>> told(75_900), told(76_290), told(45), told(-90)
    ('1,265 h', '1,271 h 30 min', '45 min', '-1 h 30 min')
    """
    hours, rest = divmod(abs(minutes), HOUR)
    said = " ".join(filter(None, (f"{hours:,} h" if hours or not rest else "", f"{rest} min" if rest else "")))
    return f"-{said}" if minutes < 0 else said
