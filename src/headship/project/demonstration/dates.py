"""Believable term dates of any academic year, and the day that "autumn 3 tue" is."""

import functools
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class TermDates:
    """One term: first and last day, and the Monday and Friday of its half-term break."""

    name: str
    starts_on: date
    ends_on: date
    break_starts_on: date
    break_ends_on: date

    def monday(self, week: int) -> date:
        """Return the Monday of a school week, counted from 1; the break is not counted."""
        first = self.starts_on - timedelta(days=self.starts_on.weekday())
        before_break = (self.break_starts_on - first) // WEEK
        return first + WEEK * (week - 1 + (week > before_break))


def year_of(day: date) -> int:
    """Return the calendar year in which the academic year of a day starts.

    >>> year_of(date(2026, 8, 31)), year_of(date(2026, 9, 1))
    (2025, 2026)
    """
    return day.year if day.month >= 9 else day.year - 1


@functools.cache
def terms_of(starts_in: int) -> tuple[TermDates, TermDates, TermDates]:
    """Return the three terms as many schools in England keep them.

    >>> [str(term.starts_on) for term in terms_of(2026)]
    ['2026-09-01', '2027-01-04', '2027-04-12']
    """
    closed = holidays.country_holidays("GB", subdiv="ENG", years=(starts_in + 1,))
    autumn = _monday_near(date(starts_in, 9, 3))
    spring = date(starts_in + 1, 1, 4)  # the first weekday that no bank holiday can fall on
    easter = _last(4, date(starts_in + 1, 4, 1))
    while easter in closed:
        easter -= timedelta(days=1)
    summer = _monday_from(easter + timedelta(days=15))
    return (
        _term(
            "Autumn",
            max(autumn + timedelta(days=1), date(starts_in, 9, 1)),
            _last(4, date(starts_in, 12, 20)),
            _last(0, date(starts_in, 10, 31)),
        ),
        _term("Spring", max(spring, _monday_near(spring)), easter, _monday_from(date(starts_in + 1, 2, 12))),
        _term(
            "Summer",
            summer + timedelta(days=summer in closed),
            _last(2, date(starts_in + 1, 7, 22)),
            _last(0, date(starts_in + 1, 5, 31)),
        ),
    )


def day_of(starts_in: int, when: str) -> date:
    """Return the day that a term, a school week and a weekday name in an academic year.

    >>> day_of(2026, "autumn 3 tue")
    datetime.date(2026, 9, 15)
    """
    name, week, weekday = when.split()
    term = next(term for term in terms_of(starts_in) if term.name.lower() == name)
    return max(term.starts_on, term.monday(int(week)) + timedelta(days=WEEKDAYS.index(weekday)))


def _term(name: str, starts_on: date, ends_on: date, break_monday: date) -> TermDates:
    return TermDates(name, starts_on, ends_on, break_monday, break_monday + timedelta(days=4))


def _monday_near(day: date) -> date:
    """Return the Monday of a day's week, or the next one for a Saturday or Sunday."""
    return day - timedelta(days=day.weekday()) if day.weekday() < 5 else _monday_from(day)


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _last(weekday: int, day: date) -> date:
    """Return the last such weekday on or before a day."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)
