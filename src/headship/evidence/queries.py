"""Reads of evidence. What a reader may see is decided here: classes their roles open, what they own or were named for.

The profile is the page that is opened first and most, so its three reads are written out in SQL that both databases
take; none of them grows with the number of entries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from headship.core.roles import Role
from headship.core.scope import Scope
from headship.evidence.choices import MONTHS
from headship.evidence.models import Entry, Reflection, Tally
from headship.evidence.models import Reading as StoredReading
from headship.people.models import Post

COUNTS = """
SELECT characteristic_key, kind, from_work, {months}
FROM evidence_tally
WHERE school_id = %s AND characteristic_key IN ({keys}) AND year = %s
  AND ((owner_key = 0 AND visibility IN ({classes})) OR owner_key = %s)
GROUP BY characteristic_key, kind, from_work
"""

CARDS = """
WITH head AS (
  SELECT person.id, person.name FROM people_post post JOIN people_person person ON person.id = post.person_id
  WHERE post.school_id = %s AND post.role = %s
    AND post.starts_on <= %s AND (post.ends_on IS NULL OR post.ends_on >= %s)
  ORDER BY CASE WHEN person.id = %s THEN 0 ELSE 1 END, post.starts_on DESC, post.id DESC LIMIT 1
)
SELECT characteristic.id, head.id, head.name, (
    SELECT MIN(year) FROM evidence_tally
    WHERE school_id = %s AND characteristic_key = 0
      AND ((owner_key = 0 AND visibility IN ({classes})) OR owner_key = %s)
  ), entry.words, entry.occurred_on,
  reflection.state, reflection.words, reflection.next_step, reflection.next_step_by, reflection.written_at,
  reflection.visibility
FROM standards_characteristic characteristic
LEFT JOIN head ON 1 = 1
LEFT JOIN evidence_entry entry ON entry.id = (
  SELECT latest_entry_id FROM evidence_tally
  WHERE school_id = %s AND characteristic_key = characteristic.id AND latest_on < %s
    AND ((owner_key = 0 AND visibility IN ({classes})) OR owner_key = %s)
  ORDER BY latest_on DESC, latest_entry_id DESC LIMIT 1
)
LEFT JOIN evidence_reflection reflection ON reflection.id = (
  SELECT id FROM evidence_reflection
  WHERE school_id = %s AND person_id = head.id AND characteristic_id = characteristic.id AND written_at < %s
    AND (person_id = %s OR visibility IN ({classes}))
  ORDER BY written_at DESC, id DESC LIMIT 1
)
WHERE characteristic.framework_id = %s AND characteristic.assessable
"""

READINGS = """
SELECT measure, year, value, low, high, reference, reference_words, count, words, source, method
FROM evidence_reading reading
WHERE school_id = %s AND year = (
  SELECT MAX(year) FROM evidence_reading WHERE school_id = %s AND measure = reading.measure AND year <= %s
)
"""

SHOWN = """
SELECT DISTINCT entry.id, entry.kind, entry.words, entry.occurred_on, entry.visibility, entry.from_work, entry.source,
  entry.owner_id
"""

TIMELINE = """
FROM evidence_serves serves JOIN evidence_entry entry ON entry.id = serves.entry_id
WHERE serves.school_id = %s AND serves.characteristic_id IN ({statements}) AND entry.withdrawn_at IS NULL
  AND (
    (entry.owner_id IS NULL AND entry.visibility IN ({classes})) OR entry.owner_id = %s
    OR EXISTS (SELECT 1 FROM evidence_entryshare share WHERE share.entry_id = entry.id AND share.person_id = %s)
  )
  {older} {kind}
"""

NEWEST_FIRST = "ORDER BY entry.occurred_on DESC, entry.id DESC LIMIT %s OFFSET %s"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One entry on a timeline."""

    id: int
    kind: str
    words: str
    occurred_on: date
    visibility: str
    from_work: bool
    source: str
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What the reader may count for one characteristic in a year: by month from September, by kind, from work."""

    months: tuple[int, ...]
    kinds: tuple[tuple[str, int], ...]
    total: int
    from_work: int


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the head says they stand, as far as the reader may know."""

    state: str
    words: str
    next_step: str
    next_step_by: date | None
    written_at: datetime
    visibility: str


@dataclass(frozen=True, slots=True)
class CardRow:
    """What the profile shows of one characteristic besides counts: the newest entry and where the head stands."""

    latest_words: str
    latest_on: date | None
    stand: Stand | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A stored reading of a measure."""

    measure: str
    year: int
    value: float | None
    low: float | None
    high: float | None
    reference: float | None
    reference_words: str
    count: int | None
    words: str
    source: str
    method: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the profile of a school shows one reader. `head_id` is None where nobody holds the post.

    `first_year` is the first year with evidence the reader may see.
    """

    head_id: int | None
    head_name: str
    first_year: int | None
    counts: Mapping[int, Counted]
    cards: Mapping[int, CardRow]
    readings: Mapping[str, Reading]


def profile(scope: Scope, framework_id: int, characteristics: Sequence[int], year: int) -> Profile:
    """Return a school's profile in one framework and academic year, as this reader may see it, in three queries."""
    rows = _rows(*_cards_query(scope, framework_id, year))
    head_id, head_name, first_year = rows[0][1:4] if rows else (None, None, None)
    counts: dict[int, list[tuple[Any, ...]]] = {}
    for row in _rows(*_counts_query(scope, characteristics, year)):
        counts.setdefault(row[0], []).append(row)
    return Profile(
        head_id=head_id,
        head_name=head_name or "",
        first_year=first_year,
        counts={key: _counted(kinds) for key, kinds in counts.items()},
        cards={row[0]: _card(row) for row in rows},
        readings=readings(scope.school_id, year),
    )


def readings(school_id: int, year: int) -> dict[str, Reading]:
    """Return the newest reading of each measure up to a year."""
    return {row[0]: Reading(*row) for row in _rows(READINGS, [school_id, school_id, year])}


def timeline(  # noqa: PLR0913  # what, narrowed to what, and which part of it, each named by its caller
    scope: Scope,
    statements: Sequence[int],
    *,
    kind: str = "",
    older_than: tuple[date, int] | None = None,
    most: int,
    skipped: int = 0,
) -> list[TimelineRow]:
    """Return entries for these characteristics, newest first, as this reader may see them.

    Those they were named for are among them. `older_than` is the date and key of the last entry of the page before.
    """
    found, values = _timeline(scope, statements, kind, older_than)
    return [TimelineRow(*row) for row in _rows(SHOWN + found + NEWEST_FIRST, [*values, most, skipped])]


def timeline_length(scope: Scope, statements: Sequence[int], *, kind: str = "") -> int:
    """Return how many entries for these characteristics this reader may see."""
    found, values = _timeline(scope, statements, kind, None)
    count: int = _rows(f"SELECT COUNT(DISTINCT entry.id) {found}", values)[0][0]  # our own words
    return count


def entry(scope: Scope, key: int) -> Entry | None:
    """Return an entry of the school, or None where this reader may not know of it."""
    visible = Q(owner=None, visibility__in=opened(scope)) | Q(owner=scope.person_id) | Q(shares__person=scope.person_id)
    return Entry.objects.filter(visible, school=scope.school_id, withdrawn_at=None, pk=key).first()


def _timeline(
    scope: Scope, statements: Sequence[int], kind: str, older_than: tuple[date, int] | None
) -> tuple[str, list[Any]]:
    classes = opened(scope)
    found = TIMELINE.format(
        statements=_marks(statements),
        classes=_marks(classes),
        older="AND (serves.occurred_on, serves.entry_id) < (%s, %s)" if older_than else "",
        kind="AND entry.kind = %s" if kind else "",
    )
    values = [scope.school_id, *statements, *classes, scope.person_id, scope.person_id]
    return found, [*values, *(older_than or ()), *([kind] if kind else [])]


def kinds(scope: Scope, characteristic_id: int) -> list[str]:
    """Return the kinds of evidence a reader may count for a characteristic, in any year."""
    visible = Q(owner_key=0, visibility__in=opened(scope)) | Q(owner_key=scope.person_id)
    found = Tally.objects.filter(visible, school=scope.school_id, characteristic_key=characteristic_id)
    return sorted(set(found.values_list("kind", flat=True)))


def headteacher(scope: Scope) -> tuple[int, str] | None:
    """Return the key and name of the school's headteacher: the reader, where they hold the post, else the newest."""
    today = timezone.localdate(scope.at)
    posts = Post.objects.filter(school=scope.school_id, role=Role.HEADTEACHER, starts_on__lte=today).exclude(
        ends_on__lt=today
    )
    found = list(posts.order_by("-starts_on", "-pk").values_list("person_id", "person__name"))
    return next((each for each in found if each[0] == scope.person_id), found[0] if found else None)


def reflections(scope: Scope, person_id: int, characteristic_id: int) -> list[Reflection]:
    """Return a head's reflections on a characteristic at this school, newest first, as the reader may see them."""
    found = Reflection.objects.filter(school=scope.school_id, person=person_id, characteristic=characteristic_id)
    if person_id != scope.person_id:
        found = found.filter(visibility__in=opened(scope))
    return list(found.order_by("-written_at", "-pk"))


def own_reflections(person_id: int) -> list[Reflection]:
    """Return everything a person ever wrote about where they stand, at any school, oldest first."""
    found = Reflection.objects.filter(person=person_id).select_related("school", "characteristic__framework")
    return list(found.order_by("written_at", "pk"))


def own_reflection(scope: Scope, reflection_id: int) -> Reflection | None:
    """Return one of the reader's own reflections written at this school."""
    return Reflection.objects.filter(pk=reflection_id, person=scope.person_id, school=scope.school_id).first()


def history_of(school_id: int, measures: Sequence[str]) -> list[Reading]:
    """Return every reading of these measures at a school, newest year first."""
    found = StoredReading.objects.filter(school=school_id, measure__in=measures).order_by("measure", "-year")
    return [Reading(*row) for row in found.values_list(*Reading.__slots__)]


def waiting(scope: Scope, characteristics: Sequence[int], before: datetime) -> int | None:
    """Return the first characteristic the reader has not said anything about since a moment, or None."""
    said = Reflection.objects.filter(school=scope.school_id, person=scope.person_id, written_at__gte=before)
    told = set(said.values_list("characteristic_id", flat=True))
    return next((each for each in characteristics if each not in told), None)


def steps_due(scope: Scope, since: date, until: date) -> list[Reflection]:
    """Return the reader's latest reflections here whose next step falls between two days, the earliest first."""
    mine = Reflection.objects.filter(school=scope.school_id, person=scope.person_id)
    later = mine.filter(characteristic=OuterRef("characteristic"), written_at__gt=OuterRef("written_at"))
    due = mine.filter(next_step_by__range=(since, until)).exclude(next_step="").exclude(Exists(later))
    return list(due.select_related("characteristic__framework").order_by("next_step_by", "pk"))


def shown_since(scope: Scope, since: datetime) -> list[Reflection]:
    """Return what others opened to the reader since a moment."""
    found = Reflection.objects.filter(school=scope.school_id, shown_at__gt=since, visibility__in=opened(scope))
    return list(found.exclude(person=scope.person_id).select_related("person", "characteristic").order_by("-shown_at"))


def read_since(scope: Scope, since: datetime) -> tuple[int, datetime | None]:
    """Return how many readings of measures were stored since a moment, and when the last was."""
    found = StoredReading.objects.filter(school=scope.school_id, read_at__gt=since).aggregate(
        count=Count("pk"), last=Max("read_at")
    )
    return found["count"], found["last"]


def _counts_query(scope: Scope, characteristics: Sequence[int], year: int) -> tuple[str, list[Any]]:
    classes = opened(scope)
    months = ", ".join(f"SUM({month})" for month in MONTHS)
    statement = COUNTS.format(months=months, keys=_marks(characteristics, 1), classes=_marks(classes))
    return statement, [scope.school_id, 0, *characteristics, year, *classes, scope.person_id]


def _cards_query(scope: Scope, framework_id: int, year: int) -> tuple[str, list[Any]]:
    classes = opened(scope)
    today, school, reader, end = timezone.localdate(scope.at), scope.school_id, scope.person_id, _end(year)
    values = [school, Role.HEADTEACHER.value, today, today, reader]
    values += [school, *classes, reader]
    values += [school, end, *classes, reader]
    values += [school, connection.ops.adapt_datetimefield_value(datetime(end.year, 9, 1, tzinfo=UTC)), reader, *classes]
    return CARDS.format(classes=_marks(classes)), [*values, framework_id]


def opened(scope: Scope) -> list[str]:
    """Return the classes a reader's roles open, in one order, for SQL."""
    return sorted(each.value for each in scope.opens)


def _end(year: int) -> date:
    return date(year + 1, 9, 1)


def _marks(values: Sequence[object], more: int = 0) -> str:
    return ", ".join(["%s"] * (len(values) + more))


def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _counted(rows: list[tuple[Any, ...]]) -> Counted:
    """Add up the rows of one characteristic: its key, a kind, whether that is work, and twelve months."""
    months = tuple(map(sum, zip(*(row[3:] for row in rows), strict=True)))
    kinds: dict[str, int] = {}
    from_work = 0
    for row in rows:
        count = sum(row[3:])
        kinds[row[1]] = kinds.get(row[1], 0) + count
        from_work += count if row[2] else 0
    commonest = tuple(sorted(kinds.items(), key=_commonest))
    return Counted(months, commonest, sum(months), from_work)


def _commonest(kind: tuple[str, int]) -> tuple[int, str]:
    return -kind[1], kind[0]


def _card(row: tuple[Any, ...]) -> CardRow:
    words, on, state, *told = row[4:]
    stand = None
    if state:
        said, next_step, by, written_at, visibility = told
        stand = Stand(state, said, next_step, by, _moment(written_at), visibility)
    return CardRow(words or "", on, stand)


def _moment(value: datetime) -> datetime:
    """Return a moment as the database gave it, with its zone: SQLite keeps UTC without saying so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
