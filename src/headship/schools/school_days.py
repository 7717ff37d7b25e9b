"""Counting in school days: weekdays in term, without half-terms, bank holidays, training days and closures."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from headship.schools.calendar_dates import TermDates, bank_holidays, year_of

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """A school's days: its terms by academic year, and the days it is closed to pupils.

    In a year whose terms nobody set, every weekday that is no bank holiday counts.
    """

    terms: Mapping[int, tuple[TermDates, ...]]
    closed: AbstractSet[date]

    def counts(self, day: date) -> bool:
        """Whether a day is a school day.

        >>> SchoolDays({}, frozenset()).counts(date(2026, 11, 28))
        False
        """
        if day.weekday() >= SATURDAY or day in self.closed or any(bank_holidays(day, day)):
            return False
        terms = self.terms.get(year_of(day), ())
        return not terms or any(_in(term, day) for term in terms)

    def after(self, day: date, count: int) -> date:
        """Return the school day so many after a day, which itself is not counted.

        >>> SchoolDays({}, frozenset()).after(date(2026, 11, 27), 3)
        datetime.date(2026, 12, 2)
        """
        while count > 0:
            day += ONE_DAY
            count -= self.counts(day)
        return day

    def between(self, since: date, until: date) -> int:
        """Return how many school days lie after one day, up to and with another.

        >>> SchoolDays({}, frozenset()).between(date(2026, 11, 27), date(2026, 12, 2))
        3
        """
        days = (since + timedelta(days=at + 1) for at in range((until - since).days))
        return sum(self.counts(day) for day in days)


def _in(term: TermDates, day: date) -> bool:
    begins, ends = term.break_starts_on, term.break_ends_on
    on_break = begins is not None and ends is not None and begins <= day <= ends
    return term.starts_on <= day <= term.ends_on and not on_break
