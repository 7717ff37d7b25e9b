"""Writing evidence: `record`, `withdraw` and `reclass` work only inside another action; the rest are actions."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import connection

from headship.core import actions, registry
from headship.core.actions import action
from headship.core.errors import Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import rules, tallies
from headship.evidence.choices import ALLOWED_MOVES, MONTHS, OWNED, SHAREABLE, State, month_of
from headship.evidence.models import Entry, EntryShare, Reading, Reflection, Serves
from headship.evidence.tallies import TallyKey
from headship.people.models import Person
from headship.schools.models import School

LONGEST = 300
SENT_AGAIN = timedelta(minutes=10)  # the very same words within this time are one form sent twice


def record(  # noqa: PLR0913  # an entry has this many parts, each named by its caller
    *,
    kind: str,
    words: str,
    characteristics: Sequence[str],
    occurred_on: date,
    visibility: Visibility,
    source: str,
    owner_id: int | None = None,
    shared_with: Sequence[int] = (),
) -> int:
    """Write one entry for what the running action did, count it, and return its key.

    `words` say what was done, without the name of a pupil. `characteristics` are codes of the school's framework.
    A private, shared or appraiser's entry belongs to `owner_id` (who acts, unless given); `shared_with` names people.
    Errors: RuntimeError outside an action; LookupError for an unknown kind or code; ValueError for words or codes
    missing, or words over 300 characters.
    """
    now = actions.running()
    school_id = now.by.school_id
    if kind not in registry.evidence_kinds():
        raise LookupError(f"No module registers the evidence kind {kind!r}.")
    if not words.strip() or len(words) > LONGEST or not characteristics:
        raise ValueError(f"{kind}: an entry needs words (up to {LONGEST} characters) and at least one characteristic.")
    own = tallies.pointed_at(characteristics)
    personal = visibility in OWNED
    entry = Entry.objects.create(
        school_id=school_id,
        kind=kind,
        words=words.strip(),
        occurred_on=occurred_on,
        recorded_at=now.at,
        visibility=visibility,
        owner_id=(owner_id or now.by.person_id) if personal else None,
        from_work=registry.evidence_kinds()[kind].from_work,
        source=source,
    )
    Serves.objects.bulk_create(
        Serves(entry=entry, characteristic_id=each, school_id=school_id, occurred_on=occurred_on) for each in own
    )
    _share(entry, shared_with)
    _count(tallies.tally_keys(entry, tallies.counted_as(own)), entry)
    return entry.pk


def withdraw(*, source: str, words: str = "") -> int:
    """Withdraw every entry recorded from a source at the running action's school; return how many.

    `words`: only those that say this, where one thing is the source of several. Errors: RuntimeError outside an action.
    """
    now = actions.running()
    entries = [each for each in _standing(now.by.school_id, source) if not words or each.words == words]
    keys = sorted({key for entry in entries for key in tallies.tally_keys(entry, tallies.counted_for(entry.pk))})
    uncount(entries, keys)
    return len(entries)


def uncount(entries: Sequence[Entry], keys: Sequence[TallyKey]) -> None:
    """Withdraw entries and count these tallies anew. Errors: RuntimeError outside an action."""
    now = actions.running()
    tallies.lock_tallies(keys)
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(withdrawn_at=now.at)
    Serves.objects.filter(entry__in=entries).delete()
    _recount(keys)


def reclass(
    *, source: str, visibility: Visibility, owner_id: int | None = None, shared_with: Sequence[int] = ()
) -> int:
    """Give every entry recorded from a source another visibility class; return how many.

    Errors: RuntimeError outside an action.
    """
    now = actions.running()
    entries = _standing(now.by.school_id, source)
    for entry in entries:
        counted = tallies.counted_for(entry.pk)
        before = tallies.tally_keys(entry, counted)
        entry.visibility = visibility
        entry.owner_id = (owner_id or now.by.person_id) if visibility in OWNED else None
        after = tallies.tally_keys(entry, counted)
        EntryShare.objects.filter(entry=entry).delete()
        _share(entry, shared_with)
        if before == after:
            continue
        tallies.lock_tallies(before)
        entry.save(update_fields=["visibility", "owner"])
        _recount(before)
        _count(after, entry)
    return len(entries)


@action("evidence.store_readings")
def store_readings(
    *,
    by: Scope,
    at: datetime,
    readings: Iterable[registry.Reading],
    school_id: int | None = None,
    instead_of: Sequence[str] = (),
) -> None:
    """Store dated values of measures for a school's profile; a newer reading of the same year replaces the older.

    `school_id` is needed where the scope has no school (set-up). Of the measures in `instead_of` nothing else stays:
    readings of years that are not among these go. Errors: LookupError for an unknown measure.
    """
    school_id = school_id or by.school_id
    rows = [_reading(each, school_id, at) for each in readings]
    _forget(school_id, instead_of, {(each.measure, each.year) for each in rows})
    Reading.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["school", "measure", "year"],
        update_fields=[
            "value",
            "low",
            "high",
            "reference",
            "reference_words",
            "count",
            "words",
            "source",
            "method",
            "read_at",
        ],
    )
    actions.audit(f"schools.School:{school_id}", chain=school_id, readings=len(rows))


@action("evidence.write_reflection")
def write_reflection(  # noqa: PLR0913  # a reflection has this many parts, each named by its caller
    *,
    by: Scope,
    at: datetime,
    characteristic_id: int,
    state: State,
    words: str = "",
    next_step: str = "",
    next_step_by: date | None = None,
    visibility: Visibility = Visibility.PRIVATE,
) -> Reflection:
    """Add to what a head says of where they stand; nothing said before is changed.

    Errors: Refused for anybody but a headteacher; Unusable for a class reflections are not given, or a move that is
    not allowed.
    """
    require(rules.reflect(by))
    Person.objects.select_for_update().get(pk=by.person_id)  # one at a time, so that a form sent twice is seen
    before = Reflection.objects.filter(person=by.person_id, characteristic=characteristic_id).order_by("-pk").first()
    said = (state, words, next_step, next_step_by, visibility)
    if before and _is_same(before, said) and abs(at - before.written_at) < SENT_AGAIN:
        actions.audit(f"evidence.Reflection:{before.pk}", repeated=True)
        return before
    if before and state not in ALLOWED_MOVES[State(before.state)]:
        raise Unusable(f"{state.words} cannot follow {State(before.state).words}.")
    _require_shareable(visibility)
    written = Reflection.objects.create(
        person_id=by.person_id,
        school_id=by.school_id,
        characteristic_id=characteristic_id,
        state=state,
        words=words,
        next_step=next_step,
        next_step_by=next_step_by,
        written_at=at,
        visibility=visibility,
        shown_at=None if visibility == Visibility.PRIVATE else at,
    )
    actions.audit(f"evidence.Reflection:{written.pk}", characteristic=characteristic_id, visibility=visibility.value)
    return written


@action("evidence.share_reflection")
def share_reflection(*, by: Scope, at: datetime, reflection_id: int, visibility: Visibility) -> None:
    """Open a reflection of one's own to others, or close it again. Errors: Refused, Unusable."""
    require(rules.reflect(by))
    _require_shareable(visibility)
    own = Reflection.objects.filter(pk=reflection_id, person=by.person_id, school=by.school_id)
    own.update(visibility=visibility, shown_at=None if visibility == Visibility.PRIVATE else at)
    actions.audit(f"evidence.Reflection:{reflection_id}", visibility=visibility.value)


@action("evidence.note_evidence")
def note_evidence(  # noqa: PLR0913  # a note has this many parts, each named by its caller
    *, by: Scope, at: datetime, code: str, words: str, occurred_on: date, visibility: Visibility
) -> int:
    """Note by hand something that shows a characteristic; it counts as typed. Errors: Refused, Unusable."""
    require(rules.note_evidence(by))
    if visibility != Visibility.PRIVATE and visibility not in by.opens:
        raise Unusable("Choose a group you belong to yourself.")
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that a form sent twice is seen
    if noted := _noted_just_now(by, at, code, words, occurred_on, visibility):
        actions.audit(f"evidence.Entry:{noted.pk}", repeated=True)
        return noted.pk
    source = f"evidence.Note:{uuid4().hex}"
    entry = record(
        kind="evidence.noted",
        words=words,
        characteristics=(code,),
        occurred_on=occurred_on,
        visibility=visibility,
        source=source,
    )
    actions.audit(f"evidence.Entry:{entry}", visibility=visibility.value)
    return entry


def _is_same(before: Reflection, said: tuple[State, str, str, date | None, Visibility]) -> bool:
    """Whether a reflection says just that."""
    return (before.state, before.words, before.next_step, before.next_step_by, before.visibility) == said


def _noted_just_now(  # noqa: PLR0913, PLR0917  # as many parts as a note has
    by: Scope, at: datetime, code: str, words: str, occurred_on: date, visibility: Visibility
) -> Entry | None:
    """Return the note that the same form left a moment ago."""
    return Entry.objects.filter(
        school=by.school_id,
        kind="evidence.noted",
        words=words.strip(),
        occurred_on=occurred_on,
        visibility=visibility,
        owner=by.person_id if visibility in OWNED else None,
        withdrawn_at=None,
        recorded_at__range=(at - SENT_AGAIN, at + SENT_AGAIN),
        serves__characteristic__code=code,
    ).first()


def _require_shareable(visibility: Visibility) -> None:
    if visibility not in SHAREABLE:
        raise Unusable("A reflection is for you, leaders, leaders and governors, or all staff and governors.")


def _forget(school_id: int, measures: Sequence[str], kept: AbstractSet[tuple[str, int]]) -> None:
    """Delete a school's readings of measures but for those of these years."""
    for each in Reading.objects.filter(school=school_id, measure__in=measures) if measures else ():
        if (each.measure, each.year) not in kept:
            each.delete()


def _reading(taken: registry.Reading, school_id: int, at: datetime) -> Reading:
    if taken.measure not in registry.measures():
        raise LookupError(f"No module registers the measure {taken.measure!r}.")
    return Reading(
        school_id=school_id,
        measure=taken.measure,
        year=taken.year,
        value=taken.value,
        low=taken.low,
        high=taken.high,
        reference=taken.reference,
        reference_words=taken.reference_words,
        count=taken.count,
        words=taken.words,
        source=taken.source,
        method=registry.measures()[taken.measure].method,
        read_at=at,
    )


def _standing(school_id: int, source: str) -> list[Entry]:
    """Return what stands from a source, in the order in which rows are locked everywhere."""
    return list(Entry.objects.filter(school=school_id, source=source, withdrawn_at=None).order_by("pk"))


def _share(entry: Entry, people: Sequence[int]) -> None:
    if entry.visibility == Visibility.SHARED:
        EntryShare.objects.bulk_create(EntryShare(entry=entry, person_id=each) for each in sorted(set(people)))


def _count(keys: Sequence[TallyKey], entry: Entry) -> None:
    """Add one entry to its tallies, in one statement that never loses a count to another writer."""
    month = MONTHS[month_of(entry.occurred_on)]
    counts = ", ".join("1" if each == month else "0" for each in MONTHS)
    row = f"({', '.join(['%s'] * len(TallyKey._fields))}, {counts}, %s, %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO evidence_tally (school_id, characteristic_key, year, visibility, owner_key, kind, from_work,"  # noqa: S608  # placeholders and our own month names only
            f" {', '.join(MONTHS)}, latest_on, latest_entry_id) VALUES {', '.join([row] * len(keys))}"
            " ON CONFLICT (school_id, characteristic_key, year, visibility, owner_key, kind, from_work) DO UPDATE SET"
            f" {month} = evidence_tally.{month} + 1,"
            " latest_entry_id = CASE WHEN (excluded.latest_on, excluded.latest_entry_id)"
            " > (evidence_tally.latest_on, evidence_tally.latest_entry_id)"
            " THEN excluded.latest_entry_id ELSE evidence_tally.latest_entry_id END,"
            " latest_on = CASE WHEN excluded.latest_on > evidence_tally.latest_on"
            " THEN excluded.latest_on ELSE evidence_tally.latest_on END",
            [value for key in keys for value in (*key, entry.occurred_on, entry.pk)],
        )


def _recount(keys: Sequence[TallyKey]) -> None:
    """Write these tallies anew from the entries. Their rows are there, and locked by the caller."""
    for key in keys:
        counts, newest = tallies.counted_under(key)
        if newest is None:
            tallies.tally(key).delete()
        else:
            by_month = dict(zip(MONTHS, counts, strict=True))
            tallies.tally(key).update(**by_month, latest_on=newest.occurred_on, latest_entry=newest)
