"""Reads of directed time: a version of a year's plan, summed for everybody it counts."""

import dataclasses
import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from headship.analysis import directed_time
from headship.analysis.directed_time import Days, Limits, Pattern, Placed, Sum
from headship.core.errors import existing
from headship.core.scope import Scope
from headship.core.together import asked_once
from headship.people.models import Post
from headship.schools import queries as schools
from headship.schools.calendar_dates import DayKind, bounds, each_day, year_of
from headship.workload import limits
from headship.workload.choices import Directed, YearState
from headship.workload.models import DirectedYear, Slot, SlotDate, SlotFor, StatementRead, Working

FRIDAY = 4
NOBODY: frozenset[Any] = frozenset()
type Stretch = tuple[date, date]
KINDS = {each.value: each for each in Directed}
BACK, ON = 15, 3


@dataclass(frozen=True, slots=True)
class Line:
    """Something placed, as a version of the plan has it; `key` is its row's."""

    key: int
    kind: Directed
    title: str
    minutes: int
    everybody: bool
    weekday: int | None
    first_on: date | None
    last_on: date | None
    dates: tuple[date, ...]
    roles: frozenset[str]
    people: frozenset[int]
    on: int

    def placed(self, *, named: bool) -> Placed:
        """Return it as it is summed for somebody."""
        return Placed(self.kind, self.minutes, self.on, self.kind == Directed.TEACHING, named)


@dataclass(frozen=True)
class Planned:
    """A version of a year's plan: its days and limits, who works how, who is not counted, and what is placed.

    `taught` are the school days among its days: what every week repeats lies on them alone.
    """

    year: DirectedYear
    version: int
    days: Days
    taught: int
    limits: Limits
    patterns: Mapping[int, Sequence[Pattern]]
    working: Sequence[Working]
    uncounted: frozenset[int]
    roles: Mapping[int, frozenset[str]]
    lines: Sequence[Line]

    @functools.cached_property
    def sums(self) -> Mapping[int, Sum]:
        """What each person counted has: entitled, placed, left."""
        return {person: self.sum_of(person) for person in self.patterns}

    def sum_of(self, person: int) -> Sum:
        """Return one person's year."""
        placed = [*self._of_all(self.roles.get(person, frozenset())), *self._named.get(person, ())]
        return directed_time.summed(self.limits, self.days, self.patterns[person], placed)

    def concerning(self, person: int) -> list[tuple[Line, bool]]:
        """Return what is placed for somebody, and whether they were chosen for it by name."""
        roles = self.roles.get(person, frozenset())
        return [
            (each, person in each.people)
            for each in self.lines
            if person in each.people or each.everybody or each.roles & roles
        ]

    @functools.cached_property
    def over(self) -> list[int]:
        """Who has more placed than the limits let."""
        return [person for person, held in self.sums.items() if held.is_over(self.limits)]

    @functools.cached_property
    def _groups(self) -> dict[frozenset[str], list[Placed]]:
        return {}

    def _of_all(self, roles: frozenset[str]) -> list[Placed]:
        if roles not in self._groups:
            self._groups[roles] = [
                each.placed(named=False) for each in self.lines if each.everybody or each.roles & roles
            ]
        return self._groups[roles]

    @functools.cached_property
    def _named(self) -> Mapping[int, list[Placed]]:
        found: dict[int, list[Placed]] = defaultdict(list)
        for each in self.lines:
            for person in each.people:
                found[person].append(each.placed(named=True))
        return found


def years(scope: Scope) -> QuerySet[DirectedYear]:
    """Return the years planned, the newest first."""
    return DirectedYear.objects.filter(school_id=scope.school_id).order_by("-starts_in")


@asked_once
def year(scope: Scope, starts_in: int) -> DirectedYear | None:
    """Return a year's plan."""
    return years(scope).filter(starts_in=starts_in).first()


def in_reach(scope: Scope, starts_in: int) -> int:
    """Return an academic year that can be meant: this one, fifteen before it and three after. Errors: Http404."""
    this = year_of(timezone.localdate(scope.at))
    return existing(starts_in if this - BACK <= starts_in <= this + ON else None)


@asked_once
def concerns(scope: Scope, of: DirectedYear) -> bool:
    """Whether what is published of a year counts the reader."""
    if not of.published_version:
        return False
    held = held_working(of, of.published_version).filter(person_id=scope.person_id)
    counted = list(held.values_list("counted", flat=True))
    return bool(counted) and all(counted)


def unread(scope: Scope, starts_in: int) -> DirectedYear | None:
    """Return a year's plan where the reader has not read their statement of what is published."""
    found = year(scope, starts_in)
    return found if found and concerns(scope, found) and not has_read(scope, found) else None


def state(of: DirectedYear) -> YearState:
    """Return where a year's plan stands."""
    if not of.published_version:
        return YearState.DRAFT
    return YearState.PUBLISHED if of.published_version == of.version else YearState.CHANGED


def days_of(school_id: int, starts_in: int, within: Stretch | None = None) -> tuple[Days, int]:
    """Return the days of a school's year on which directed time can lie, and which of them are school days.

    The others are training days. There are none while the terms are not set. `within` says of which days it is asked.
    """
    first, last = bounds(starts_in)
    if within:
        first, last = max(first, within[0]), min(last, within[1])
    counted = schools.days_counted(school_id, first, last)
    if not counted.terms.get(starts_in):
        return Days(()), 0
    training = {
        day
        for each in schools.school_days(school_id, first, last)
        if each.kind == DayKind.TRAINING
        for day in each_day(each.on, each.until)
        if day.weekday() <= FRIDAY
    }
    taught = [day for day in each_day(first, last) if counted.counts(day)]
    days = Days(tuple(sorted(training.union(taught))))
    return days, days.on(taught)


def planned(
    scope: Scope,
    of: DirectedYear,
    version: int | None = None,
    *,
    person: int | None = None,
    meets_within: Stretch | None = None,
) -> Planned:
    """Return a version of a plan, the newest unless said; of one person's year no more than concerns them.

    `meets_within` narrows it to those days, and to dates and meetings: what else every week repeats is left out.
    """
    version = of.version if version is None else version
    days, taught = days_of(scope.school_id, of.starts_in, meets_within)
    rows, slots, roles = held_working(of, version), held_slots(of, version), _roles(scope, of.starts_in, person)
    if person is not None:
        whom = SlotFor.objects.filter(Q(person_id=person) | Q(role__in=roles.get(person, NOBODY)), slot=OuterRef("pk"))
        rows, slots = rows.filter(person_id=person), slots.filter(Q(everybody=True) | Exists(whom))
    if meets_within:
        slots = slots.filter(Q(weekday=None) | Q(kind=Directed.MEETING))
    working = list(rows.order_by("person_id", "starts_on"))
    uncounted = frozenset(each.person_id for each in working if not each.counted)
    patterns: dict[int, list[Pattern]] = defaultdict(list)
    for each in working:
        if each.person_id not in uncounted:
            patterns[each.person_id].append(pattern(each))
    return Planned(
        year=of,
        version=version,
        days=days,
        taught=taught,
        limits=limits.of_year(of.starts_in),
        patterns=dict(patterns),
        working=working,
        uncounted=uncounted,
        roles=roles,
        lines=_lines(slots, days, taught),
    )


def with_line(before: Planned, of: DirectedYear, made: Slot, replaced: Slot | None) -> Planned:
    """Return a plan with one slot more, and one replaced."""
    kept = [each for each in before.lines if replaced is None or each.key != replaced.pk]
    (added,) = _lines(Slot.objects.filter(pk=made.pk), before.days, before.taught)
    return dataclasses.replace(before, year=of, version=of.version, lines=[*kept, added])


def held_slots(of: DirectedYear, version: int) -> QuerySet[Slot]:
    """Return what a version of a plan has placed."""
    return _held(Slot.objects.filter(year=of), version)


def held_working(of: DirectedYear, version: int) -> QuerySet[Working]:
    """Return how people work as a version of a plan has it."""
    return _held(Working.objects.filter(year=of), version)


def pattern(each: Working) -> Pattern:
    """Return how somebody works as it is reckoned with."""
    return Pattern(each.starts_on, Fraction(each.part, each.whole), frozenset(int(day) for day in each.weekdays))


def has_read(scope: Scope, of: DirectedYear) -> bool:
    """Whether the reader has said that they read their statement of what is published."""
    version = of.published_version
    return StatementRead.objects.filter(year=of, person_id=scope.person_id, version=version).exists()


def read_count(of: DirectedYear) -> int:
    """Return how many read their statement of what is published."""
    return StatementRead.objects.filter(year=of, version=of.published_version).count()


def published(scope: Scope, starts_in: int, meets_within: Stretch | None = None) -> Planned | None:
    """Return what is published of a year's plan to the reader and concerns them, narrowed as `planned` says."""
    found = year(scope, starts_in)
    if found is None:
        return None
    if not concerns(scope, found):
        return None
    version, person = found.published_version, scope.person_id
    return planned(scope, found, version, person=person, meets_within=meets_within)


def working_on(of: DirectedYear, day: date) -> list[Working]:
    """Return how everybody counted works on a day, or as they begin to after it."""
    found: dict[int, Working] = {}
    for each in held_working(of, of.version).filter(counted=True).order_by("starts_on", "pk"):
        if each.starts_on <= day or each.person_id not in found:
            found[each.person_id] = each
    return list(found.values())


def _held[M: (Slot, Working)](rows: QuerySet[M], version: int) -> QuerySet[M]:
    """Narrow rows to those a version of the plan holds."""
    return rows.filter(Q(until=None) | Q(until__gt=version), since__lte=version)


def _roles(scope: Scope, starts_in: int, person: int | None) -> dict[int, frozenset[str]]:
    """Return the posts that everybody held at the school at any time of a year, or one person."""
    first, last = bounds(starts_in)
    held = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=first), school_id=scope.school_id, starts_on__lte=last)
    if person is not None:
        held = held.filter(person_id=person)
    found: dict[int, set[str]] = defaultdict(set)
    for key, role in held.values_list("person_id", "role"):
        found[key].add(role)
    return {key: frozenset(roles) for key, roles in found.items()}


def _lines(slots: QuerySet[Slot], days: Days, taught: int) -> list[Line]:
    dates: dict[int, list[date]] = defaultdict(list)
    for slot, day in SlotDate.objects.filter(slot__in=slots).order_by("on").values_list("slot_id", "on"):
        dates[slot].append(day)
    roles, people = _whom(slots)
    weekly: dict[tuple[int, date | None, date | None], int] = {}

    def lies(key: int, weekday: int | None, first_on: date | None, last_on: date | None) -> int:
        if weekday is None:
            return days.on(dates[key])
        place = (weekday, first_on, last_on)
        if place not in weekly:
            weekly[place] = days.weekly(weekday, first_on, last_on) & taught
        return weekly[place]

    columns = ("pk", "kind", "title", "minutes", "everybody", "weekday", "first_on", "last_on")
    return [
        Line(
            key=row[0],
            kind=KINDS[row[1]],
            title=row[2],
            minutes=row[3],
            everybody=row[4],
            weekday=row[5],
            first_on=row[6],
            last_on=row[7],
            dates=tuple(dates.get(row[0], ())),
            roles=roles.get(row[0], NOBODY),
            people=people.get(row[0], NOBODY),
            on=lies(row[0], row[5], row[6], row[7]),
        )
        for row in slots.order_by("pk").values_list(*columns)
    ]


def _whom(slots: QuerySet[Slot]) -> tuple[dict[int, frozenset[Any]], dict[int, frozenset[Any]]]:
    """Return whom slots are for: posts, and people."""
    roles: dict[int, frozenset[Any]] = {}
    people: dict[int, frozenset[Any]] = {}
    for slot, role, person in SlotFor.objects.filter(slot__in=slots).values_list("slot_id", "role", "person_id"):
        held, whom = (people, person) if person else (roles, role)
        held[slot] = held.get(slot, NOBODY) | {whom}
    return roles, people
