"""Writes of schools: imports of the register, and the academic-year calendar."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from headship.core import belt, imports, registry
from headship.core.actions import action, audit
from headship.core.audit import one_at_a_time
from headship.core.errors import Stale, Unusable, require
from headship.core.imports import Preview, Progress, silent
from headship.core.models import ImportBatch
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.schools import calendar_dates, published, queries, rules
from headship.schools.calendar_dates import DayKind, TermDates
from headship.schools.models import AcademicYear, CalendarFeed, School, SchoolDay, Term, Trust

INSTALLATION = 0
WAITING = ("previewed", "unmapped", "looking", "refused")
ASKABLE = {"looking": "unmapped", "importing": "previewed", "undoing": "committed"}  # what may become what


@action("schools.preview_import", audited=False, because="a preview changes nothing; committing it is audited")
def preview_import(
    *, by: Scope, at: datetime, preview: Preview, told: Mapping[str, Any] | None = None, batch_id: int | None = None
) -> ImportBatch:
    """Keep a previewed import until somebody commits or forgets it; `told` is kept with its summary.

    `batch_id` names the upload it was made of, where the worker looked through it.
    """
    require(rules.change_register(by))
    if batch_id:
        batch = _batch(batch_id, "looking")
    else:
        _in_place_of_what_waits()
        batch = ImportBatch(chain=INSTALLATION, created_by=by.person_id or None)
    batch.importer, batch.fingerprint = preview.importer, preview.fingerprint
    batch.file_name, batch.state, batch.created_at = preview.file_name[-255:], "previewed", at
    batch.summary, batch.staged = {**preview.summary(), **(told or {})}, preview.blob
    batch.save()
    return batch


@action("schools.keep_upload", audited=False, because="a file that waits for its columns to be named changes nothing")
def keep_upload(*, by: Scope, at: datetime, name: str, content: bytes, headings: Sequence[str]) -> ImportBatch:
    """Keep an uploaded table of an unknown kind until somebody says which of its columns is which."""
    require(rules.change_register(by))
    _in_place_of_what_waits()
    return ImportBatch.objects.create(
        chain=INSTALLATION,
        importer="mapped",
        file_name=name[-255:],
        fingerprint="",
        state="unmapped",
        created_at=at,
        created_by=by.person_id or None,
        summary={"headings": list(headings)},
        staged=content,
    )


@action("schools.ask_for_import", audited=False, because="it only waits for the worker; what that does is audited")
def ask_for_import(*, by: Scope, at: datetime, batch_id: int, state: str, told: Mapping[str, Any]) -> ImportBatch:
    """Let an import wait for the worker: to be looked through, made or undone."""
    require(rules.change_register(by))
    batch = _batch(batch_id, ASKABLE[state])
    batch.state = state
    batch.summary = {**batch.summary, **told, "asked_at": at.isoformat()}
    batch.summary.pop("fault", None)
    batch.save(update_fields=["state", "summary"])
    return batch


@action("schools.note_progress", audited=False, because="how far the worker has come changes nothing")
def note_progress(*, by: Scope, at: datetime, batch_id: int, done: int) -> None:
    """Note how many rows of an upload were looked through."""
    require(rules.change_register(by))
    batch = ImportBatch.objects.select_for_update().defer("staged").filter(pk=batch_id, state="looking").first()
    if batch:
        batch.summary = {**batch.summary, "done": done}
        batch.save(update_fields=["summary"])


@action("schools.give_up_import", audited=False, because="nothing was changed: the import stands as it stood before")
def give_up_import(*, by: Scope, at: datetime, batch_id: int, state: str, why: str) -> None:
    """Put an import back where it stood before the worker was asked, with the sentence that tells why."""
    require(rules.change_register(by))
    batch = _batch(batch_id, state)
    batch.state = "refused" if state == "looking" else ASKABLE[state]
    batch.summary = {**batch.summary, "fault": why}
    if batch.state == "refused":
        batch.staged = b""
    batch.save(update_fields=["state", "summary", "staged"])


@action("schools.commit_import")
def commit_import(*, by: Scope, at: datetime, batch_id: int, progress: Progress = silent) -> ImportBatch:
    """Make a previewed import's changes."""
    require(rules.change_register(by))
    batch = _batch(batch_id, "previewed", "importing")
    if ImportBatch.objects.filter(chain=INSTALLATION, committed_at__gte=batch.created_at).exists():
        raise Stale("Another file was imported since this preview. Nothing was changed: choose the file again.")
    imports.apply(bytes(batch.staged), progress)
    _read_anew(by, at, batch)
    batch.state, batch.committed_at = "committed", at
    batch.save(update_fields=["state", "committed_at"])
    summary = batch.summary
    audit(
        f"core.ImportBatch:{batch.pk}",
        chain=INSTALLATION,
        importer=batch.importer,
        fingerprint=batch.fingerprint,
        created=sum(summary["created"].values()),
        changed=sum(summary["changed"].values()),
    )
    return batch


@action("schools.undo_import")
def undo_import(*, by: Scope, at: datetime, batch_id: int, progress: Progress = silent) -> ImportBatch:
    """Put back what stood before a committed import."""
    require(rules.change_register(by))
    batch = _batch(batch_id, "committed", "undoing")
    require(rules.undo_import(newer=queries.newer_import(batch), joined=queries.joined_since(batch)))
    imports.revert(bytes(batch.staged), progress)
    _read_anew(by, at, batch)
    batch.state, batch.undone_at = "undone", at
    batch.save(update_fields=["state", "undone_at"])
    audit(f"core.ImportBatch:{batch.pk}", chain=INSTALLATION, importer=batch.importer, fingerprint=batch.fingerprint)
    return batch


def _in_place_of_what_waits() -> None:
    one_at_a_time(INSTALLATION)
    ImportBatch.objects.filter(chain=INSTALLATION, state__in=WAITING).delete()


def _batch(batch_id: int, *states: str) -> ImportBatch:
    """Return a batch in one of these states, locked. Errors: Unusable."""
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id, chain=INSTALLATION).first()
    if batch is None:
        raise Unusable(f"There is no import {batch_id}. List them with: headship import --list")
    if batch.state not in states:
        raise Stale(f"Import {batch_id} is {batch.state}, not {states[0]}. Nothing was changed.")
    if batch.state == "committed" and not batch.staged:
        raise Unusable(imports.FORGOTTEN)
    return batch


# --- joining


@action("schools.join")
def join(*, by: Scope, at: datetime, school_id: int) -> School:
    """Let a school start to use Headship; its published figures become readings on its Standards profile."""
    require(rules.join(by))
    school = School.objects.select_for_update().get(pk=school_id)
    if school.joined_at:
        raise Stale(f"{school.name} has joined already. Sign in, or ask its headteacher for an invitation.")
    school.joined_at = at
    school.save(update_fields=["joined_at"])
    readings = tuple(published.readings_of(school))
    registry.store_readings(by=by, at=at, readings=readings, school_id=school.pk)
    audit(f"schools.School:{school.pk}", chain=school.pk, urn=school.urn, readings=len(readings))
    return school


def _read_anew(by: Scope, at: datetime, batch: ImportBatch) -> None:
    """Store the readings of joined schools anew whose figures an import touched."""
    joined = list(School.objects.exclude(joined_at=None).order_by("pk"))
    touched = set(imports.touched(bytes(batch.staged), "schools.PublishedFigure")) if joined else set()
    changed = [school for school in joined if school.urn in touched]
    with belt.at_schools((each.pk for each in changed), because="the register tells of every school that joined"):
        for school in changed:
            readings = tuple(published.readings_of(school))
            registry.store_readings(by=by, at=at, readings=readings, school_id=school.pk)


# --- the academic-year calendar

LONGEST_WORDS = 200
TERMS_CHANGED_MEANWHILE = (
    "Somebody else set these terms while you had them open. Nothing of theirs is lost: look at their dates below, "
    "then save again if yours should stand instead."
)


@action("schools.set_terms")
def set_terms(*, by: Scope, at: datetime, starts_in: int, terms: Sequence[TermDates], version: int = 0) -> int:
    """Set a year's three terms and return the year's key. `version` is the one the reader had before them.

    The first time is evidence of an organised school (3.1). Errors: Refused; Unusable with what cannot be right;
    Stale where somebody else set them since.
    """
    require(rules.change_calendar(by))
    if tuple(term.name for term in terms) != calendar_dates.TERMS:
        raise Unusable("A year has an autumn, a spring and a summer term, in this order.")
    for fault in calendar_dates.faults(terms, starts_in):
        raise Unusable(fault.sentence)
    year = _locked_year(by.school_id, starts_in)
    if year.version != version:
        raise Stale(TERMS_CHANGED_MEANWHILE)
    _write_terms(year, terms)
    audit(f"schools.AcademicYear:{year.pk}", starts_in=starts_in, version=year.version)
    if year.version == 1:
        registry.record_evidence(
            kind="schools.calendar",
            words=f"Term dates for {year.words} set",
            characteristics=("3.1",),
            occurred_on=timezone.localdate(at),
            visibility=Visibility.STAFF,
            source=f"schools.AcademicYear:{year.pk}",
        )
    return year.pk


@action("schools.add_day")
def add_day(  # noqa: PLR0913  # a day has this many parts, each named by its caller
    *, by: Scope, at: datetime, on: date, until: date, words: str, kind: str
) -> int:
    """Put a day, or several together, on the calendar; the same one twice stays one. Errors: Refused, Unusable."""
    require(rules.change_calendar(by))
    words = " ".join(words.split())
    if not words or len(words) > LONGEST_WORDS or kind not in list(DayKind):
        raise Unusable(f"Say what the day is, in up to {LONGEST_WORDS} letters, and which kind. Nothing was added.")
    if until < on:
        raise Unusable("The last day must not be before the first. Nothing was added.")
    day, fresh = SchoolDay.objects.get_or_create(
        school_id=by.school_id, on=on, until=until, words=words, kind=DayKind(kind).value
    )
    audit(f"schools.SchoolDay:{day.pk}", on=on.isoformat(), until=until.isoformat(), kind=day.kind, fresh=fresh)
    return day.pk


@action("schools.remove_day")
def remove_day(*, by: Scope, at: datetime, day: int) -> None:
    """Take a day off the calendar. Errors: Refused; Stale where it is gone already."""
    require(rules.change_calendar(by))
    held = SchoolDay.objects.filter(school_id=by.school_id, pk=day).select_for_update().first()
    if held is None:
        raise Stale("That day is no longer on the calendar. Nothing else was changed.")
    audit(f"schools.SchoolDay:{day}", on=held.on.isoformat(), until=held.until.isoformat(), kind=held.kind)
    held.delete()


@action("schools.make_feed")
def make_feed(*, by: Scope, at: datetime) -> str:
    """Make the reader a calendar address here, ending any they had; returns its token, which nobody can read again."""
    require(rules.keep_feed(by))
    place, held = _held_by(by)
    _end_feeds(by, at)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        **{f"{place}_id": held.pk},
        person_id=by.person_id,
        account_id=by.account_id,
        token_hash=queries.token_hash(token),
        created_at=at,
    )
    audit(f"schools.CalendarFeed:{feed.pk}")
    return token


@action("schools.end_feed")
def end_feed(*, by: Scope, at: datetime) -> int:
    """End the reader's calendar address here; returns how many there were."""
    require(rules.keep_feed(by))
    _, held = _held_by(by)
    ended = _end_feeds(by, at)
    audit(f"{held._meta.label}:{held.pk}", ended=ended)
    return ended


def _end_feeds(by: Scope, at: datetime) -> int:
    return queries.feeds(by).update(revoked_at=at)


def _held_by(by: Scope) -> tuple[str, School | Trust]:
    """Return what the writer is at, a school or a trust, locked: so that no two addresses of a person work."""
    assert by.place is not None  # the rule said so
    kind: type[School | Trust] = Trust if by.place.kind == "trust" else School
    return by.place.kind, kind.objects.select_for_update().get(pk=by.place.id)


def _locked_year(school_id: int, starts_in: int) -> AcademicYear:
    AcademicYear.objects.bulk_create([AcademicYear(school_id=school_id, starts_in=starts_in)], ignore_conflicts=True)
    return AcademicYear.objects.select_for_update().get(school_id=school_id, starts_in=starts_in)


def _write_terms(year: AcademicYear, terms: Sequence[TermDates]) -> None:
    Term.objects.filter(year=year).delete()
    Term.objects.bulk_create(
        Term(
            year=year,
            name=term.name,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            break_starts_on=term.break_starts_on,
            break_ends_on=term.break_ends_on,
        )
        for term in terms
    )
    year.version += 1
    year.save(update_fields=["version"])
