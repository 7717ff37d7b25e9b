"""Days of every year, such as 31 October, and where they fall in one."""

import calendar
from collections.abc import Sequence
from datetime import date

from headship.policy.loader import YearDay
from headship.schools.calendar_dates import bounds

LEAP = 2000  # a year that has every day
MONTHS = tuple(f"{date(LEAP, at, 1):%B}".lower() for at in range(1, 13))
SHORTEST = 3  # letters of a month


def falling(days: Sequence[YearDay], starts_in: int) -> tuple[date, ...]:
    """Return days one after another from the start of an academic year on; the last of February stays that.

    >>> [str(each) for each in falling([YearDay(10, 31), YearDay(2, 29), YearDay(10, 31)], 2026)]
    ['2026-10-31', '2027-02-28', '2027-10-31']
    """
    since, found = bounds(starts_in)[0], []
    for each in days:
        this = falling_in(each, since.year)
        since = this if this >= since else falling_in(each, since.year + 1)
        found.append(since)
    return tuple(found)


def falling_in(day: YearDay, year: int) -> date:
    """Return a day in a calendar year.

    >>> str(falling_in(YearDay(2, 29), 2027))
    '2027-02-28'
    """
    leap = (day.month, day.day) == (2, 29) and not calendar.isleap(year)  # not every year has one
    return date(year, 2, 28) if leap else date(year, day.month, day.day)


def typed(text: str) -> YearDay | None:
    """Return the day and month that somebody wrote, or None.

    >>> typed("31 October"), typed("28 feb"), typed("15/7"), typed("31 June")
    (YearDay(month=10, day=31), YearDay(month=2, day=28), YearDay(month=7, day=15), None)
    """
    parts = text.replace("/", " ").replace(".", " ").split()
    if len(parts) != 2 or not parts[0].isdecimal() or len(parts[0]) > 2:
        return None
    month = _month(parts[1].lower())
    try:
        day = date(LEAP, month, int(parts[0]))
    except ValueError:
        return None
    return YearDay(day.month, day.day)


def _month(word: str) -> int:
    if word.isdecimal() and len(word) <= 2:
        return int(word)
    fits = (at for at, name in enumerate(MONTHS, 1) if len(word) >= SHORTEST and name.startswith(word))
    return next(fits, 0)


def written(day: YearDay) -> str:
    """Return a day as a template keeps it.

    >>> written(YearDay(7, 5)), read(written(YearDay(7, 5)))
    ('07-05', YearDay(month=7, day=5))
    """
    return f"{day.month:02}-{day.day:02}"


def read(kept: str) -> YearDay:
    """Return a day that a template keeps."""
    month, _, day = kept.partition("-")
    return YearDay(int(month), int(day))


def in_words(day: YearDay) -> str:
    """Say a day.

    >>> in_words(YearDay(10, 31))
    '31 October'
    """
    return f"{day.day} {date(LEAP, day.month, day.day):%B}"
