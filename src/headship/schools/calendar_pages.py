"""What the calendar's pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from headship.core.pages import Link, academic_year, in_words
from headship.core.registry import CalendarEvent
from headship.core.scope import Scope
from headship.policy import loader
from headship.schools import calendar_dates, rules
from headship.schools.calendar_dates import DayKind, TermDates
from headship.schools.calendar_forms import DayForm, TermsForm
from headship.schools.models import SchoolDay
from headship.schools.queries import YearView

MONTHS = 12
YEARS_BACK, YEARS_ON = 5, 2


@dataclass(frozen=True, slots=True)
class Line:
    """One event in its month: its day or days, what it is, and what there is to know about it."""

    days: str
    words: str
    note: str
    url: str
    statutory: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month and its events; `id` is where a link can jump to."""

    id: str
    words: str
    lines: tuple[Line, ...]
    now: bool


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A year, month by month. `refusal` tells whoever may not change it who can."""

    title: str
    year: str
    days: str
    months: tuple[Month, ...]
    earlier: Link
    later: Link
    terms_missing: bool
    terms_url: str
    days_url: str
    feed_url: str
    refusal: str | None
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TermsPage:
    """The form of a year's terms, what its dates start from, and what somebody else set meanwhile."""

    title: str
    form: TermsForm
    starts_from: str
    theirs: tuple[str, ...]
    years: tuple[Link, ...]
    cancel: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day that can be taken off the calendar."""

    days: str
    words: str
    kind: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class DaysPage:
    """The form of a day, and the days of the year already there."""

    title: str
    form: DayForm
    rows: tuple[DayRow, ...]
    back: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """The reader's calendar address: whether they have one, and once, when it is made, the address itself."""

    title: str
    made: str
    address: str
    back: str
    back_to: str = "Calendar"
    shows: str = "this school's year"


def year_asked(text: str, today: date) -> int:
    """Return the academic year somebody asked for, within reach; this one otherwise."""
    this = calendar_dates.year_of(today)
    reachable = range(this - YEARS_BACK, this + YEARS_ON + 1)
    return next((each for each in reachable if str(each) == text), this)


def calendar_page(
    scope: Scope, view: YearView, events: Sequence[CalendarEvent], days: Iterable[SchoolDay], today: date
) -> CalendarPage:
    """Arrange a year."""
    words = academic_year(view.starts_in)
    at = {"urn": urn(scope)}
    here = reverse("calendar", kwargs=at)
    return CalendarPage(
        title=f"Calendar {words}",
        year=words,
        days=_days_words(view.terms, days),
        months=tuple(_months(view.starts_in, events, today, here)),
        earlier=Link(academic_year(view.starts_in - 1), f"{here}?year={view.starts_in - 1}"),
        later=Link(academic_year(view.starts_in + 1), f"{here}?year={view.starts_in + 1}"),
        terms_missing=not view.terms,
        terms_url=f"{reverse('calendar-terms', kwargs=at)}?year={view.starts_in}",
        days_url=f"{reverse('calendar-days', kwargs=at)}?year={view.starts_in}",
        feed_url=reverse("calendar-feed", kwargs=at),
        refusal=rules.change_calendar(scope),
        sources=tuple({each.words: each.source for each in events if _cited(each)}.items()),
    )


def terms_page(
    scope: Scope, form: TermsForm, starts_in: int, proposed_from: str, theirs: Iterable[TermDates]
) -> TermsPage:
    """Arrange the form of a year's terms."""
    at = {"urn": urn(scope)}
    terms = reverse("calendar-terms", kwargs=at)
    this = calendar_dates.year_of(timezone.localdate(scope.at))
    return TermsPage(
        title=f"Terms of {academic_year(starts_in)}",
        form=form,
        starts_from=proposed_from,
        theirs=tuple(_term_words(term) for term in theirs),
        years=tuple(
            Link(academic_year(each), f"{terms}?year={each}", each == starts_in)
            for each in range(this - 1, this + YEARS_ON)
        ),
        cancel=f"{reverse('calendar', kwargs=at)}?year={starts_in}",
    )


def days_page(scope: Scope, form: DayForm, days: Iterable[SchoolDay], starts_in: int) -> DaysPage:
    """Arrange the form of a day above the days already there."""
    at = {"urn": urn(scope)}
    rows = (
        DayRow(
            span(each.on, each.until, year=True),
            each.words,
            DayKind(each.kind).words,
            reverse("calendar-day-remove", kwargs={**at, "day": each.pk}),
        )
        for each in days
    )
    back = f"{reverse('calendar', kwargs=at)}?year={starts_in}"
    return DaysPage(f"Days in {academic_year(starts_in)}", form, tuple(rows), back)


def proposed_words(shape_of: int | None, starts_in: int) -> str:
    """Say what the form's dates are when nobody has set them yet."""
    if shape_of is None:
        return (
            "These dates are only a usual shape to start from, not your school's or your local authority's. "
            "Change each that is different, then save."
        )
    return (
        f"These dates have the shape of {academic_year(shape_of)}, moved to {academic_year(starts_in)}. "
        "Change each that is different, then save."
    )


def span(on: date, until: date, *, year: bool = False) -> str:
    """Return a day, or a first and last day, in few letters.

    >>> span(date(2026, 10, 26), date(2026, 10, 30)), span(date(2026, 9, 3), date(2026, 9, 3), year=True)
    ('Mon 26 to Fri 30', 'Thu 3 September 2026')
    """
    if on == until:
        return f"{on:%a} {in_words(on)}" if year else f"{on:%a} {on.day}"
    if year:
        return f"{on:%a} {in_words(on)} to {until:%a} {in_words(until)}"
    end = f"{until:%a} {until.day}" + ("" if (on.year, on.month) == (until.year, until.month) else f" {until:%b}")
    return f"{on:%a} {on.day} to {end}"


def urn(scope: Scope) -> int:
    """Return the URN that addresses of the reader's school carry."""
    if scope.place is None:
        raise LookupError("This page belongs to no school.")
    return scope.place.key


def _days_words(terms: Sequence[TermDates], days: Iterable[SchoolDay]) -> str:
    """Say how many days the year has for pupils, once its terms are set."""
    if not terms:
        return ""
    training = _weekdays(each for each in days if each.kind == DayKind.TRAINING)
    closed = _weekdays(each for each in days if each.kind == DayKind.CLOSURE)
    count = calendar_dates.school_days(terms, [*training, *closed])
    plural = "" if len(training) == 1 else "s"
    return f"{count} days for pupils and {len(training)} training day{plural}"


def _weekdays(days: Iterable[SchoolDay]) -> set[date]:
    return {day for each in days for day in calendar_dates.each_day(each.on, each.until) if day.weekday() < 5}


def _months(starts_in: int, events: Sequence[CalendarEvent], today: date, here: str) -> Iterable[Month]:
    first, _ = calendar_dates.bounds(starts_in)
    for number in range(MONTHS):
        month = date(first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1, 1)
        inside = [each for each in events if max(each.on, first).replace(day=1) == month]
        yield Month(
            id=f"m{month:%Y-%m}",
            words=f"{month:%B %Y}",
            lines=tuple(_line(each, today, here) for each in inside),
            now=today.replace(day=1) == month,
        )


def _line(event: CalendarEvent, today: date, here: str) -> Line:
    """Arrange an event; what would only lead back to this page is not a link."""
    return Line(
        days=span(event.on, event.until),
        words=event.words,
        note=_note(event),
        url="" if event.url == here else event.url,
        statutory=event.statutory,
        now=event.on <= today <= event.until,
    )


def _note(event: CalendarEvent) -> str:
    if not _cited(event):
        return event.source
    return "Not yet checked: see below." if loader.UNCHECKED in event.source else ""


def _cited(event: CalendarEvent) -> bool:
    """Whether an event's source is a long citation, which stands once below the months."""
    return event.statutory or loader.UNCHECKED in event.source


def _term_words(term: TermDates) -> str:
    begins, ends = term.break_starts_on, term.break_ends_on
    half = f", half-term {in_words(begins)} to {in_words(ends)}" if begins and ends else ""
    return f"{term.words}: {in_words(term.starts_on)} to {in_words(term.ends_on)}{half}"
