"""Reads of schools: the register, imports, and the academic-year calendar."""

import hashlib
import hmac
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from headship.core import belt, imports, registry
from headship.core.background import sentence_for
from headship.core.models import ImportBatch
from headship.core.registry import CalendarEvent, NextAction
from headship.core.scope import Scope
from headship.schools import calendar_dates, rules
from headship.schools.calendar_dates import DayKind, TermDates
from headship.schools.models import AcademicYear, CalendarFeed, School, SchoolDay, Term
from headship.schools.school_days import SchoolDays


def newer_import(batch: ImportBatch) -> str:
    """Return the file name of a later import that still stands, or ""."""
    later = ImportBatch.objects.filter(chain=batch.chain, state="committed", pk__gt=batch.pk).order_by("-pk")
    return later.values_list("file_name", flat=True).first() or ""


def joined_since(batch: ImportBatch) -> str:
    """Return the name of a school the import touched that has joined since, or ""."""
    joined = dict(School.objects.filter(joined_at__gte=batch.committed_at).values_list("urn", "name"))
    if not joined:
        return ""
    for model in ("schools.School", "schools.PublishedFigure"):
        for urn in imports.touched(bytes(batch.staged), model):
            if urn in joined:
                return joined[int(str(urn))]
    return ""


def import_batches() -> list[ImportBatch]:
    """Return the imports into the register, newest first, without what is packed in them."""
    return list(ImportBatch.objects.filter(chain=0).defer("staged").order_by("-pk")[:100])


def import_batch(batch_id: int) -> ImportBatch | None:
    """Return one import into the register, or None."""
    return ImportBatch.objects.filter(chain=0, pk=batch_id).first()


@contextmanager
def on_disk(content: bytes) -> Iterator[Path]:
    """Write an upload where the limited process can read it, under a random name, for as long as it takes."""
    with tempfile.NamedTemporaryFile(dir=settings.FOLDER, prefix="upload-") as file:
        file.write(content)
        file.flush()
        yield Path(file.name)


def stopped(batch: ImportBatch) -> str:
    """Return why the worker gave up an import it was asked for, or nothing."""
    failed = DBTaskResult.objects.failed().filter(
        task_path__startswith="headship.schools.tasks.", args_kwargs__args__0=batch.pk
    )
    fault = failed.order_by("-finished_at").values_list("exception_class_path", flat=True).first()
    return sentence_for(fault) if fault else ""


def remembered_mapping(headings: Sequence[str]) -> dict[str, str]:
    """Return what was last said of a table with the same headings, or nothing."""
    earlier = ImportBatch.objects.filter(chain=0, importer="mapped", state="committed").order_by("-pk")
    for summary in earlier.values_list("summary", flat=True)[:50]:
        mapping: dict[str, str] = summary.get("mapping", {})
        if mapping and set(mapping) <= set(headings) and summary.get("headings") == list(headings):
            return mapping
    return {}


def school_of(school_id: int) -> School:
    """Return a school with its authority and trust."""
    return School.objects.select_related("authority", "trust").get(pk=school_id)


# --- the academic-year calendar

MINUTES_FOR_TERMS = 3
NEXT_YEAR_FROM_MONTH = 5  # from May on, the next year's terms are waited for too


@dataclass(frozen=True, slots=True)
class YearView:
    """A year's terms, in order; `version` counts how often they were set (0: never)."""

    starts_in: int
    version: int
    terms: tuple[TermDates, ...]


def year(school_id: int, starts_in: int) -> YearView:
    """Return a year's terms; none where nobody has set them."""
    rows = tuple(
        Term.objects.filter(year__school_id=school_id, year__starts_in=starts_in)
        .select_related("year")
        .order_by("starts_on")
    )
    return YearView(starts_in, rows[0].year.version if rows else 0, tuple(_term(row) for row in rows))


def proposed_terms(school_id: int, starts_in: int) -> tuple[tuple[TermDates, ...], int | None]:
    """Return terms to start a year from, and the year whose shape they have (None: a usual shape, nobody's own)."""
    before = year(school_id, starts_in - 1)
    if before.terms:
        return calendar_dates.shape_of(before.terms, starts_in), before.starts_in
    return calendar_dates.usual_shape(starts_in), None


def school_days(school_id: int, since: date, until: date) -> tuple[SchoolDay, ...]:
    """Return the days on a school's calendar that touch a stretch of time, in order."""
    found = SchoolDay.objects.filter(school_id=school_id, until__gte=since, on__lte=until)
    return tuple(found.order_by("on", "until", "pk"))


def days_counted(school_id: int, since: date, until: date) -> SchoolDays:
    """Return the school days of the academic years that touch a stretch of time, for counting in them."""
    years = range(calendar_dates.year_of(since), calendar_dates.year_of(until) + 1)
    terms: dict[int, list[TermDates]] = defaultdict(list)
    rows = Term.objects.filter(year__school_id=school_id, year__starts_in__in=years).select_related("year")
    for row in rows.order_by("starts_on"):
        terms[row.year.starts_in].append(_term(row))
    shut = school_days(school_id, calendar_dates.bounds(years[0])[0], calendar_dates.bounds(years[-1])[1])
    closed = {
        day
        for each in shut
        if each.kind in {DayKind.TRAINING, DayKind.CLOSURE}
        for day in calendar_dates.each_day(each.on, each.until)
    }
    return SchoolDays({year: tuple(held) for year, held in terms.items()}, closed)


def school_day(school_id: int, key: int) -> SchoolDay | None:
    """Return one day on a school's calendar, or None where the school has no such day."""
    return SchoolDay.objects.filter(school_id=school_id, pk=key).first()


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Yield what a school's own calendar holds: terms, days, statutory dates and bank holidays."""
    if scope.place is None or scope.place.kind != "school":
        return
    page = reverse("calendar", kwargs={"urn": scope.place.key})
    for term in Term.objects.filter(year__school_id=scope.school_id, ends_on__gte=since, starts_on__lte=until):
        yield from _term_events(_term(term), page)
    for day in school_days(scope.school_id, since, until):
        yield CalendarEvent(day.on, day.until, day.words, source=DayKind(day.kind).words, url=page)
    kind = School.objects.values_list("kind", flat=True).get(pk=scope.school_id)
    yield from calendar_dates.statutory(since, until, kind)
    yield from calendar_dates.bank_holidays(since, until)


def all_events(scope: Scope, since: date, until: date) -> list[CalendarEvent]:
    """Return every module's events between two days, fit for the reader's eyes, in order: of a school, or a trust."""
    of_trust = scope.place is not None and scope.place.kind == "trust"
    asked = [module.trust_calendar if of_trust else module.calendar for module in registry.modules()]
    found = (event for ask in asked for event in ask(scope, since, until))
    return sorted(
        (event for event in found if event.on <= until and event.until >= since),
        key=lambda event: (event.on, event.until, event.words),
    )


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield imports that were looked through, for whoever makes them, and the years whose terms wait to be set."""
    if scope.operator:
        with belt.at_chain(0):  # imports into the register are the installation's, wherever its operator stands
            waiting = list(ImportBatch.objects.filter(chain=0, state="previewed").values_list("pk", "file_name"))
        for key, name in waiting:
            yield NextAction(f"Look at what {name} would change, then import it", reverse("import", args=[key]), 2)
    if scope.place is None or scope.place.kind != "school" or rules.change_calendar(scope):
        return
    today = timezone.localdate(scope.at)
    this = calendar_dates.year_of(today)
    wanted = [this, this + 1] if NEXT_YEAR_FROM_MONTH <= today.month <= calendar_dates.bounds(this)[1].month else [this]
    held = AcademicYear.objects.filter(school_id=scope.school_id, version__gt=0)
    there = set(held.values_list("starts_in", flat=True))
    for starts_in in wanted:
        if starts_in not in there:
            yield NextAction(
                f"Set the term dates for {AcademicYear(starts_in=starts_in).words}",
                f"{reverse('calendar-terms', kwargs={'urn': scope.place.key})}?year={starts_in}",
                MINUTES_FOR_TERMS,
                due_on=calendar_dates.bounds(starts_in)[0] if starts_in > this else None,
                weight=80 if starts_in == this else 40,
            )


def feed_since(scope: Scope) -> datetime | None:
    """Return when the reader's calendar address here was made, or None where they have none."""
    return feeds(scope).values_list("created_at", flat=True).first()


def feeds(scope: Scope) -> QuerySet[CalendarFeed]:
    """Return the reader's calendar address at this school or trust that works."""
    assert scope.place is not None  # whoever keeps one holds a post there
    here = {f"{scope.place.kind}_id": scope.place.id}
    return CalendarFeed.objects.filter(**here, person_id=scope.person_id, revoked_at=None)


def feed_reader(token: str, *, at: datetime) -> Scope | None:
    """Return the scope of whoever a calendar address was given to, or None once it or their post has ended.

    The database is asked for the token's hash only, so how long it takes tells nothing about any token.
    """
    wanted = token_hash(token)
    with belt.whole_installation(because="a calendar address says by itself whose it is, at which place"):
        feed = CalendarFeed.objects.select_related("school", "trust").filter(token_hash=wanted, revoked_at=None).first()
        if feed is None or not hmac.compare_digest(feed.token_hash, wanted):
            return None
        account = get_user_model().objects.filter(pk=feed.account_id, is_active=True).first()
        if account is None:
            return None
        place, key = ("school", feed.school.urn) if feed.school else ("trust", feed.trust.uid if feed.trust else None)
        scope: Scope | None = import_string(settings.HEADSHIP_SCOPE_FOR)(account, place, key, at=at)
    return scope


def token_hash(token: str) -> str:
    """Return what is kept of a calendar address's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _term(row: Term) -> TermDates:
    return TermDates(row.name, row.starts_on, row.ends_on, row.break_starts_on, row.break_ends_on)


def _term_events(term: TermDates, page: str) -> Iterable[CalendarEvent]:
    yield CalendarEvent(term.starts_on, term.starts_on, f"{term.words} starts", url=page)
    if term.break_starts_on is not None and term.break_ends_on is not None:
        yield CalendarEvent(term.break_starts_on, term.break_ends_on, f"{term.name.title()} half-term", url=page)
    yield CalendarEvent(term.ends_on, term.ends_on, f"{term.words} ends", url=page)
