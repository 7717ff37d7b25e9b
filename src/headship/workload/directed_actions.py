"""Writes of directed time: a year is begun, people and hours are put into it, and it is published to staff."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.people import holders
from headship.people.models import Post
from headship.schools.calendar_dates import bounds
from headship.schools.models import School
from headship.workload import directed_queries, directed_rules, directed_sums
from headship.workload.choices import LEADING, TEACHING, Directed
from headship.workload.demand_actions import fresh, refuse, repeated
from headship.workload.directed_queries import Planned
from headship.workload.models import (
    DirectedYear,
    Slot,
    SlotDate,
    SlotFor,
    StatementRead,
    Working,
    YearChange,
)

KIND, SERVES = "workload.directed_time", ("P", "2.4")


@dataclass(frozen=True, slots=True)
class Placing:
    """Directed time with its place: a weekday between two days (None: the whole year), or dates; and whom it is for."""

    kind: Directed
    title: str
    minutes: int
    weekday: int | None = None
    first_on: date | None = None
    last_on: date | None = None
    dates: Sequence[date] = ()
    everybody: bool = False
    roles: Collection[str] = ()
    people: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Works:
    """How somebody works from a day on: their share of full time as two numbers, and the weekdays; or not counted."""

    starts_on: date
    counted: bool = True
    part: int = 1
    whole: int = 1
    weekdays: Sequence[int] = (0, 1, 2, 3, 4)


@action("workload.begin_year")
def begin_year(*, by: Scope, at: datetime, starts_in: int) -> int:
    """Begin a year's plan with its teachers, full time until said otherwise, and its leaders, not counted."""
    require(directed_rules.plan(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that a year is begun once
    if repeated(found := directed_queries.year(by, starts_in)):
        return found.pk
    if not directed_queries.days_of(by.school_id, starts_in)[0].days:
        raise Unusable("Set the year's term dates first: every hour has its place in them. Nothing was saved.")
    made = DirectedYear.objects.create(school_id=by.school_id, starts_in=starts_in)
    Working.objects.bulk_create(_teachers(by, made))
    _told(made, by, at, "Begun")
    actions.audit(f"workload.DirectedYear:{made.pk}", year=starts_in)
    return made.pk


@action("workload.set_working")
def set_working(*, by: Scope, at: datetime, year: int, version: int, person: int, works: Works) -> None:  # noqa: PLR0913  # whose, of which version
    """Say how somebody works from a day on; what is placed stays, and whoever has too much is shown."""
    require(directed_rules.plan(by))
    now = locked(by, year, version)
    _can_work(now, works)
    held = directed_queries.held_working(now, now.version).filter(person_id=person)
    if not held.exists() and person not in dict(holders.holders(by).offered):
        raise Unusable("Choose somebody who works here. Nothing was saved.")
    _changed(now, by, at, "How somebody works")
    _work(now, held, person, works)
    actions.audit(f"workload.DirectedYear:{now.pk}", version=now.version, person=person)


@action("workload.set_shares")
def set_shares(*, by: Scope, at: datetime, year: int, version: int, shares: Mapping[int, Works]) -> None:
    """Say at once how several people who are counted work from a day on."""
    require(directed_rules.plan(by))
    now = locked(by, year, version)
    counted = directed_queries.held_working(now, now.version).filter(counted=True)
    if not shares or set(shares) - set(counted.values_list("person_id", flat=True)):
        raise Unusable("Change the share of somebody who is counted. Nothing was saved.")
    for works in shares.values():
        _can_work(now, works)
    _changed(now, by, at, "How somebody works" if len(shares) == 1 else f"How {len(shares)} people work")
    for person, works in shares.items():
        held = directed_queries.held_working(now, version).filter(person_id=person)
        _work(now, held, person, works)
    actions.audit(f"workload.DirectedYear:{now.pk}", version=now.version, people=len(shares))


@action("workload.remove_working")
def remove_working(*, by: Scope, at: datetime, year: int, version: int, working: int) -> None:
    """Take back that somebody works so from a day on."""
    require(directed_rules.plan(by))
    now = locked(by, year, version)
    held: Working = get_object_or_404(directed_queries.held_working(now, now.version), pk=working)
    _changed(now, by, at, "How somebody works was taken back")
    held.until = now.version
    held.save(update_fields=["until"])
    actions.audit(f"workload.DirectedYear:{now.pk}", version=now.version, person=held.person_id)


@action("workload.place_time")
def place_time(*, by: Scope, at: datetime, year: int, version: int, once: UUID, placing: Placing) -> int:  # noqa: PLR0913  # a form's parts
    """Place directed time in the calendar; the same form sent again gives the first one's key."""
    require(directed_rules.plan(by))
    of: DirectedYear = get_object_or_404(directed_queries.years(by).select_for_update(), pk=year)
    if repeated(found := Slot.objects.filter(year=of, line=once).order_by("since").first()):
        return found.pk
    fresh(of.version, version)
    return _place(by, at, of, once, placing, f"Placed: {placing.kind.words.lower()}")


@action("workload.move_time")
def move_time(*, by: Scope, at: datetime, year: int, version: int, slot: int, placing: Placing) -> int:  # noqa: PLR0913  # a form's parts
    """Change what is placed, where or for whom."""
    require(directed_rules.plan(by))
    now = locked(by, year, version)
    held: Slot = get_object_or_404(directed_queries.held_slots(now, now.version), pk=slot)
    return _place(by, at, now, held.line, placing, f"Changed: {placing.kind.words.lower()}", replaced=held)


@action("workload.remove_time")
def remove_time(*, by: Scope, at: datetime, year: int, version: int, slot: int) -> None:
    """Take what is placed off the calendar."""
    require(directed_rules.plan(by))
    now = locked(by, year, version)
    held: Slot = get_object_or_404(directed_queries.held_slots(now, now.version), pk=slot)
    _changed(now, by, at, f"Taken off: {Directed(held.kind).words.lower()}")
    held.until = now.version
    held.save(update_fields=["until"])
    actions.audit(f"workload.Slot:{held.pk}", version=now.version)


@action("workload.publish_year")
def publish_year(*, by: Scope, at: datetime, year: int, version: int) -> None:
    """Publish a year's plan as it stands: each of the staff is shown their own."""
    require(directed_rules.plan(by))
    now = locked(by, year, version)
    planned = directed_queries.planned(by, now)
    if not planned.lines:
        raise Unusable("Nothing is placed yet, so there is nothing to publish.")
    if planned.over:
        raise Unusable(directed_sums.over_told(planned, planned.over, holders.holders(by)) + " Nothing was published.")
    now.published_version, now.published_on = now.version, timezone.localdate(at)
    now.save(update_fields=["published_version", "published_on"])
    YearChange.objects.create(
        year=now, version=now.version, on=now.published_on, by_id=by.person_id, words="Published to staff"
    )
    evidence.record(
        kind=KIND,
        words=f"Directed time was planned hour by hour and shown to {len(planned.patterns)} teachers",
        characteristics=SERVES,
        occurred_on=now.published_on,
        visibility=Visibility.STAFF,
        source=f"workload.DirectedYear:{now.pk}",
    )
    actions.audit(f"workload.DirectedYear:{now.pk}", published=now.version)


@action("workload.read_statement")
def read_statement(*, by: Scope, at: datetime, year: int, version: int) -> None:
    """Say that one read one's statement of what is published."""
    require(directed_rules.own(by))
    of: DirectedYear = get_object_or_404(directed_queries.years(by), pk=year)
    if not directed_queries.concerns(by, of):
        raise Http404  # nothing was published, or nothing of it counts whoever asks
    fresh(of.published_version, version)
    StatementRead.objects.get_or_create(
        year=of, person_id=by.person_id, version=version, defaults={"on": timezone.localdate(at)}
    )
    actions.audit(f"workload.DirectedYear:{of.pk}", read=version)


def locked(by: Scope, key: int, version: int) -> DirectedYear:
    """Return a year's plan to write to, one writer at a time, as it was typed about. Errors: Http404, Stale."""
    found: DirectedYear = get_object_or_404(directed_queries.years(by).select_for_update(), pk=key)
    fresh(found.version, version)
    return found


def _can_work(now: DirectedYear, works: Works) -> None:
    """Refuse a share, a day or weekdays that cannot be. Errors: Unusable."""
    first, last = bounds(now.starts_in)
    refuse(directed_rules.share(works.part, works.whole))
    if not first <= works.starts_on <= last:
        raise Unusable("Choose a day of this academic year. Nothing was saved.")
    if set(works.weekdays) - set(range(5)):
        raise Unusable("Choose weekdays. Nothing was saved.")


def _work(now: DirectedYear, held: QuerySet[Working], person: int, works: Works) -> None:
    """Let somebody work so from a day on, in place of what was said of that day."""
    # Whoever is not counted is not counted the whole year.
    ended = held if not works.counted else held.filter(starts_on=works.starts_on) | held.filter(counted=False)
    ended.update(until=now.version)
    Working.objects.create(
        year=now,
        person_id=person,
        starts_on=works.starts_on if works.counted else bounds(now.starts_in)[0],
        counted=works.counted,
        part=works.part,
        whole=works.whole,
        weekdays="".join(str(each) for each in sorted(set(works.weekdays))),
        since=now.version,
    )


def _place(  # noqa: PLR0913, PLR0917  # the parts of one change
    by: Scope, at: datetime, now: DirectedYear, line: UUID, placing: Placing, words: str, replaced: Slot | None = None
) -> int:
    before = directed_queries.planned(by, now)
    _check(before, placing)
    _changed(now, by, at, words)
    if replaced:
        replaced.until = now.version
        replaced.save(update_fields=["until"])
    made = _put(now, line, placing)
    after = directed_queries.with_line(before, now, made, replaced)
    worse = directed_sums.worse(before, after)
    if worse:
        raise Unusable(
            f"This would make {directed_sums.over_told(after, worse, holders.holders(by), lead='')} Nothing was saved."
        )
    actions.audit(f"workload.Slot:{made.pk}", version=now.version, minutes=placing.minutes)
    return made.pk


def _put(now: DirectedYear, line: UUID, placing: Placing) -> Slot:
    made = Slot.objects.create(
        year=now,
        line=line,
        kind=placing.kind,
        title=placing.title,
        minutes=placing.minutes,
        everybody=placing.everybody,
        weekday=placing.weekday,
        first_on=placing.first_on,
        last_on=placing.last_on,
        since=now.version,
    )
    SlotDate.objects.bulk_create(SlotDate(slot=made, on=day) for day in sorted(set(placing.dates)))
    SlotFor.objects.bulk_create(
        [
            *(SlotFor(slot=made, role=role) for role in sorted(set(placing.roles))),
            *(SlotFor(slot=made, person_id=person) for person in sorted(set(placing.people))),
        ]
    )
    return made


def _check(before: Planned, placing: Placing) -> None:
    """Refuse what has no place, or nobody it is for. Errors: Unusable."""
    refuse(directed_rules.placed(weekday=placing.weekday, dates=len(placing.dates)))
    outside = [day for day in placing.dates if not before.days.on([day])]
    refuse(directed_rules.inside(outside))
    weekly = placing.weekday is not None
    if weekly and not before.taught & before.days.weekly(placing.weekday or 0, placing.first_on, placing.last_on):
        raise Unusable("Between these days there is no such weekday in the school year. Nothing was saved.")
    if not 0 < placing.minutes <= directed_rules.LONGEST:
        raise Unusable("Enter how many minutes it takes, within a day. Nothing was saved.")
    if not placing.everybody and not placing.roles and not placing.people:
        raise Unusable("Choose whom it is for. Nothing was saved.")
    if set(placing.people) - set(before.patterns):
        raise Unusable("Choose people whose directed time is counted. Nothing was saved.")


def _changed(now: DirectedYear, by: Scope, at: datetime, words: str) -> None:
    now.version += 1
    now.save(update_fields=["version"])
    _told(now, by, at, words)


def _told(now: DirectedYear, by: Scope, at: datetime, words: str) -> None:
    YearChange.objects.create(year=now, version=now.version, on=timezone.localdate(at), by_id=by.person_id, words=words)


def _teachers(by: Scope, year: DirectedYear) -> list[Working]:
    """Return everybody who teaches or leads here in a year, as its plan begins with them."""
    first, last = bounds(year.starts_in)
    found: dict[int, Working] = {}
    held = Post.objects.filter(school_id=by.school_id, starts_on__lte=last, role__in=(*TEACHING, *LEADING))
    for post in held.exclude(ends_on__lt=first).order_by("starts_on", "pk"):
        known = found.setdefault(
            post.person_id,
            Working(year=year, person_id=post.person_id, starts_on=max(post.starts_on, first), since=1),
        )
        if post.role in LEADING:
            known.counted, known.starts_on = False, first
    return list(found.values())
