"""Schools for programs: the register, published figures and the academic-year calendar."""

from datetime import date
from typing import Annotated, Any, Self

from django.http import Http404
from django.utils import timezone
from pydantic import Field

from headship.core.errors import Unusable, existing
from headship.core.scope import Scope
from headship.core.shapes import Asked, Day, Given, Key, Line, OfSchool, Page, Personal, Public, Taken, Text, page
from headship.schools import actions, calendar_dates, calendar_pages, published, queries, search
from headship.schools.calendar_dates import DayKind, TermDates
from headship.schools.choices import PUBLISHED
from headship.schools.models import PublishedFigure, School

LONGEST_SPAN = 3 * 366


class SchoolFound(Given):
    """A school that fits what was sought; `successors` took a closed one's place."""

    urn: Public[int]
    name: Public[str]
    place: Public[str]
    phase: Public[str]
    status: Public[str]
    joined: OfSchool[bool]
    successors: Public[list[int]]

    @classmethod
    def of(cls, row: search.Found, **named: Any) -> Self:
        """Return a found school as programs get it."""
        return super().of(row, successors=[urn for urn, _ in row.successors], **named)


class SchoolGiven(Given):
    """A school as the national register tells it."""

    urn: Public[int]
    name: Public[str]
    status: Public[str]
    phase: Public[str]
    kind: Public[str]
    gender: Public[str]
    religion: Public[str]
    authority: Public[str]
    trust: Public[str]
    street: Public[str]
    town: Public[str]
    postcode: Public[str]
    age_from: Public[int | None]
    age_to: Public[int | None]
    pupil_count: Public[int | None]
    opened_on: Public[date | None]
    closed_on: Public[date | None]

    @classmethod
    def of(cls, row: School, **named: Any) -> Self:
        """Return a school as programs get it."""
        authority, trust = (each.name if each else "" for each in (row.authority, row.trust))
        return super().of(row, authority=authority, trust=trust, **named)


class FigureGiven(Given):
    """A published figure; `words` say it, or why there is none. `year` 2022 is 2022/23."""

    measure: Public[str]
    about: Public[str]
    group: Public[str]
    unit: Public[str]
    year: Public[int]
    value: Public[float | None]
    low: Public[float | None]
    high: Public[float | None]
    count: Public[int | None]
    words: Public[str]
    source: Public[str]

    @classmethod
    def of(cls, row: PublishedFigure, **named: Any) -> Self:
        """Return a figure as programs get it."""
        its = PUBLISHED[row.measure]
        told = {"about": its.words, "group": its.group, "unit": its.unit, "words": published.told(row, its)}
        return super().of(row, **told, **named)


class EventGiven(Given):
    """Something on the calendar; `statutory` events name their source."""

    on: OfSchool[date]
    until: OfSchool[date]
    words: Personal[str]
    source: OfSchool[str]
    statutory: OfSchool[bool]


class TermGiven(Given):
    """A term with its half-term, where it has one."""

    name: OfSchool[str]
    starts_on: OfSchool[date]
    break_starts_on: OfSchool[date | None]
    break_ends_on: OfSchool[date | None]
    ends_on: OfSchool[date]


class TermsGiven(Given):
    """An academic year's terms, none where nobody has set them; `version` counts how often they were set."""

    starts_in: OfSchool[int]
    version: OfSchool[int]
    terms: list[TermGiven]

    @classmethod
    def of(cls, row: queries.YearView, **named: Any) -> Self:
        """Return a year's terms as programs get them."""
        return super().of(row, terms=[TermGiven.of(each) for each in row.terms], **named)


class TermTaken(Taken):
    """A term; give both days of half-term or neither."""

    name: Annotated[str, Field(pattern="^(autumn|spring|summer)$")]
    starts_on: Day
    break_starts_on: Day | None = None
    break_ends_on: Day | None = None
    ends_on: Day


class TermsTaken(Taken):
    """A year's three terms, in order."""

    terms: Annotated[list[TermTaken], Field(min_length=3, max_length=3)]


class DayGiven(Given):
    """A day, or several together, that the school put on its calendar."""

    id: OfSchool[int]
    on: OfSchool[date]
    until: OfSchool[date]
    words: Personal[str]
    kind: OfSchool[DayKind]


class DayTaken(Taken):
    """A day for the calendar; without `until` it is one day. Everybody with a post reads it: name no pupil."""

    on: Day
    until: Day | None = None
    words: Annotated[Line, Field(min_length=1, max_length=actions.LONGEST_WORDS)]
    kind: DayKind


def schools(scope: Scope, sought: Annotated[Text, Field(max_length=120)], asked: Asked) -> Page[SchoolFound]:
    """Find schools by name, URN or postcode: the twenty that fit best."""
    return page(search.find(sought), asked, SchoolFound.of)


def school(scope: Scope) -> SchoolGiven:
    """Read what the national register tells of the school."""
    return SchoolGiven.of(queries.school_of(scope.school_id))


def figures(scope: Scope, asked: Asked) -> Page[FigureGiven]:
    """List the school's published figures, each measure's latest year first."""
    known = [each for each in published.figures_of(scope.school_id) if each.measure in PUBLISHED]
    return page(known, asked, FigureGiven.of)


def calendar(scope: Scope, since: Day, until: Day, asked: Asked) -> Page[EventGiven]:
    """List what is on between two days, three years apart at most: terms, days, and what the law sets."""
    if not 0 <= (until - since).days <= LONGEST_SPAN:
        raise Unusable("Ask from an earlier to a later day, three years apart at most.")
    _reachable(scope, calendar_dates.year_of(since))
    _reachable(scope, calendar_dates.year_of(until))
    return page(queries.all_events(scope, since, until), asked, EventGiven.of)


def terms(scope: Scope, starts_in: int) -> TermsGiven:
    """Read the terms of the academic year that starts in a calendar year."""
    return TermsGiven.of(queries.year(scope.school_id, _reachable(scope, starts_in)))


def set_terms(scope: Scope, starts_in: int, body: TermsTaken, version: int) -> TermsGiven:
    """Set the three terms of an academic year."""
    given = tuple(TermDates(**dict(term)) for term in body.terms)
    actions.set_terms(by=scope, at=timezone.now(), starts_in=_reachable(scope, starts_in), terms=given, version=version)
    return TermsGiven.of(queries.year(scope.school_id, starts_in))


def days(scope: Scope, starts_in: int, asked: Asked) -> Page[DayGiven]:
    """List the days the school put on the calendar of an academic year."""
    since, until = calendar_dates.bounds(_reachable(scope, starts_in))
    return page(queries.school_days(scope.school_id, since, until), asked, DayGiven.of)


def add_day(scope: Scope, body: DayTaken) -> DayGiven:
    """Put a day on the calendar; the same one twice stays one."""
    key = actions.add_day(
        by=scope, at=timezone.now(), on=body.on, until=body.until or body.on, words=body.words, kind=body.kind
    )
    return DayGiven.of(existing(queries.school_day(scope.school_id, key)))


def day(scope: Scope, day: Key) -> DayGiven:
    """Read one day of the calendar."""
    return DayGiven.of(existing(queries.school_day(scope.school_id, day)))


def remove_day(scope: Scope, day: Key) -> None:
    """Take a day off the calendar."""
    existing(queries.school_day(scope.school_id, day))
    actions.remove_day(by=scope, at=timezone.now(), day=day)


def _reachable(scope: Scope, starts_in: int) -> int:
    """Return an academic year that the calendar reaches. Errors: Http404."""
    if calendar_pages.year_asked(str(starts_in), timezone.localdate(scope.at)) != starts_in:
        raise Http404
    return starts_in
