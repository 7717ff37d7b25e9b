"""The academic year as plain dates: its bounds, what cannot be right, a shape to start from, what the law adds."""

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import holidays

from headship.core.pages import in_words
from headship.core.registry import CalendarEvent
from headship.policy import loader
from headship.policy.loader import PolicyValue, YearDay

TERMS = ("autumn", "spring", "summer")
DATES = ("starts_on", "break_starts_on", "break_ends_on", "ends_on")
STATUTORY = (
    "appraisal.teachers_by",
    "appraisal.headteacher_by",
    "pupil_premium.statement_by",
    "finance.sfvs_by",
)
WHOLE_WEEKS = timedelta(weeks=52)
MAINTAINED = ("community", "voluntary", "foundation", "local authority nursery", "pupil referral")
ACADEMY = ("academy", "free school", "studio school", "university technical", "city technology")


class DayKind(StrEnum):
    """What a day on the calendar is."""

    TRAINING = "training_day"
    EVENT = "event"
    MEETING = "meeting"
    CLOSURE = "closure"

    @property
    def words(self) -> str:
        """The kind as it stands on pages."""
        return _KINDS[self]


_KINDS = {
    DayKind.TRAINING: "Training day (no pupils)",
    DayKind.EVENT: "Event",
    DayKind.MEETING: "Meeting",
    DayKind.CLOSURE: "School closed",
}


@dataclass(frozen=True, slots=True)
class TermDates:
    """A term: its first and last day, and the first and last day of its half-term break, if it has one."""

    name: str
    starts_on: date
    ends_on: date
    break_starts_on: date | None = None
    break_ends_on: date | None = None

    @property
    def words(self) -> str:
        """The term as it stands on pages."""
        return f"{self.name.title()} term"

    @property
    def dates(self) -> tuple[date, ...]:
        """Its dates in the order in which they must come."""
        given = (self.starts_on, self.break_starts_on, self.break_ends_on, self.ends_on)
        return tuple(each for each in given if each is not None)


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be right about terms, and the date it is about."""

    term: str
    field: str
    sentence: str


def bounds(starts_in: int) -> tuple[date, date]:
    """Return the first and last day of an academic year, as the rules of that year say."""
    first = loader.value_on("school_year.starts", date(starts_in, 9, 1)).value
    last = loader.value_on("school_year.ends", date(starts_in, 9, 1)).value
    assert isinstance(first, YearDay)
    assert isinstance(last, YearDay)
    return first.in_academic_year(starts_in), last.in_academic_year(starts_in)


def year_of(day: date) -> int:
    """Return the academic year a day lies in, by the calendar year it starts in."""
    return day.year if day >= bounds(day.year)[0] else day.year - 1


def faults(terms: Sequence[TermDates], starts_in: int) -> Iterator[Fault]:
    """Yield what cannot be right about a year's terms, each with a sentence for whoever typed it."""
    first, last = bounds(starts_in)
    for term in terms:
        for field in DATES:
            day = getattr(term, field)
            if day is not None and not first <= day <= last:
                yield Fault(
                    term.name,
                    field,
                    f"{term.words}: {in_words(day)} is not in this academic year, which runs from {in_words(first)} to "
                    f"{in_words(last)}.",
                )
        yield from _disorder(term)
    for earlier, later in itertools.pairwise(terms):
        if later.starts_on <= earlier.ends_on:
            yield Fault(
                later.name,
                "starts_on",
                f"{later.words} starts on {in_words(later.starts_on)}, before the {earlier.words.lower()} has ended "
                f"({in_words(earlier.ends_on)}).",
            )


def _disorder(term: TermDates) -> Iterator[Fault]:
    """Yield what is wrong within one term."""
    if term.ends_on <= term.starts_on:
        yield Fault(term.name, "ends_on", f"{term.words} must end after it starts.")
        return
    begins, ends = term.break_starts_on, term.break_ends_on
    if begins is None and ends is None:
        return
    if begins is None or ends is None:
        missing = "break_starts_on" if begins is None else "break_ends_on"
        yield Fault(term.name, missing, f"{term.words}: give both days of half-term, or neither.")
    elif ends < begins:
        yield Fault(term.name, "break_ends_on", f"{term.words}: half-term must end after it begins.")
    elif not term.starts_on < begins <= ends < term.ends_on:
        yield Fault(term.name, "break_starts_on", f"{term.words}: half-term must lie inside the term.")


def shape_of(terms: Iterable[TermDates], starts_in: int) -> tuple[TermDates, ...]:
    """Return last year's terms moved on by whole weeks into the year given, so that weekdays stay as they were."""
    moved = []
    for term in terms:
        by = WHOLE_WEEKS * (starts_in - year_of(term.starts_on))
        if term.starts_on + by < bounds(starts_in)[0]:
            by += timedelta(weeks=1)
        moved.append(_moved(term, by))
    return tuple(moved)


def _moved(term: TermDates, by: timedelta) -> TermDates:
    def later(day: date | None) -> date | None:
        return None if day is None else day + by

    begins, ends = later(term.break_starts_on), later(term.break_ends_on)
    return TermDates(term.name, term.starts_on + by, term.ends_on + by, begins, ends)


def usual_shape(starts_in: int) -> tuple[TermDates, ...]:
    """Return a shape to start from where no year is known: nobody's real dates, but near most schools'.

    Half-terms are a week at the end of October, the third week of February and the spring bank holiday's week.
    """
    easter = next(day for day, words in _named(starts_in + 1) if words == "Good Friday")
    spring_ends = min(easter - timedelta(days=1), _monday(date(starts_in + 1, 4, 1)) + timedelta(days=4))
    may = _monday(date(starts_in + 1, 5, 31))
    october, february = _monday(date(starts_in, 10, 29)), _monday(date(starts_in + 1, 2, 18))
    begins = _school_day(date(starts_in, 9, 3))
    summer_ends = min(date(starts_in + 1, 7, 21), _friday(_monday(date(starts_in + 1, 7, 21))))
    return (
        TermDates("autumn", begins, _friday_by(date(starts_in, 12, 22)), october, _friday(october)),
        TermDates("spring", _school_day(date(starts_in + 1, 1, 4)), spring_ends, february, _friday(february)),
        TermDates("summer", _school_day(spring_ends + timedelta(days=18)), summer_ends, may, _friday(may)),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _friday(monday: date) -> date:
    return monday + timedelta(days=4)


def _friday_by(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 4) % 7)


def _school_day(day: date) -> date:
    """Return the day, or the first weekday after it that is no bank holiday."""
    while day.weekday() >= 5 or day in dict(_named(day.year)):
        day += timedelta(days=1)
    return day


def bank_holidays(since: date, until: date) -> Iterator[CalendarEvent]:
    """Yield the bank holidays of England between two days."""
    for year in range(since.year, until.year + 1):
        for day, words in _named(year):
            if since <= day <= until:
                yield CalendarEvent(day, day, f"Bank holiday: {words}")


@functools.lru_cache(maxsize=64)
def _named(year: int) -> tuple[tuple[date, str], ...]:
    return tuple(sorted(holidays.country_holidays("GB", subdiv="ENG", years=year).items()))


def statutory(since: date, until: date, school_kind: str) -> Iterator[CalendarEvent]:
    """Yield the dates the rules set a school of this kind (the register's words), each with its source."""
    for starts_in in range(year_of(since), year_of(until) + 1):
        for code in STATUTORY:
            rule = loader.value_on(code, bounds(starts_in)[1])
            assert isinstance(rule.value, YearDay)
            day = rule.value.in_academic_year(starts_in)
            standing = _standing(rule, school_kind)
            if standing is not None and since <= day <= until:
                yield CalendarEvent(day, day, rule.words + standing, source=rule.cited, statutory=not standing)


def _standing(rule: PolicyValue, school_kind: str) -> str | None:
    """Return what to add to a date's words: nothing where it binds, None where it does not concern the school."""
    group = group_of(school_kind)
    if group in rule.binds:
        return ""
    if group in rule.advises:
        return " (advice for academies)"
    return None if group or school_kind else f" (for {' and '.join(rule.binds)} schools)"


def group_of(school_kind: str) -> str:
    """Return "maintained", "academy" or "" for a kind of establishment as the register words it.

    >>> group_of("Voluntary aided school"), group_of("Academy sponsor led"), group_of("Other independent school")
    ('maintained', 'academy', '')
    """
    words = school_kind.lower()
    if any(part in words for part in ACADEMY):
        return "academy"
    return "maintained" if any(part in words for part in MAINTAINED) else ""


def school_days(terms: Iterable[TermDates], closed: Iterable[date]) -> int:
    """Return how many weekdays the terms hold, without half-terms, bank holidays and the days given as closed."""
    shut = set(closed)
    return sum(
        day.weekday() < 5 and day not in shut and day not in dict(_named(day.year)) and not _in_break(term, day)
        for term in terms
        for day in each_day(term.starts_on, term.ends_on)
    )


def _in_break(term: TermDates, day: date) -> bool:
    begins, ends = term.break_starts_on, term.break_ends_on
    return begins is not None and ends is not None and begins <= day <= ends


def each_day(since: date, until: date) -> Iterator[date]:
    """Yield each day from one to another."""
    return (since + timedelta(days=n) for n in range((until - since).days + 1))
