"""Build the database that the profile is measured on: 22,000 schools, 1,000,000 entries, one school with 20,000.

Rows are inserted directly, since the question is how fast they are read; that the tally equals the entries is checked
afterwards with the product's own `tally_faults`. Deterministic: the same seed gives the same rows.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Field

from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence import tallies
from headship.evidence.choices import MONTHS
from headship.standards import actions as standards_actions
from headship.standards.models import Characteristic

SEED = 20_260_901
SCHOOLS, ENTRIES, BIG_SCHOOL_ENTRIES, USERS = 22_000, 1_000_000, 20_000, 20
BIG_SCHOOL_URN = 100_000
FIRST_DAY, DAYS = date(2024, 9, 1), 3 * 365
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLASSES = [*[Visibility.STAFF] * 10, *[Visibility.GOVERNORS] * 4, *[Visibility.LEADERS] * 4, Visibility.PUBLIC]
KINDS = ("strategy.decision", "schools.calendar", "people.appointment", "people.coaching", "talent.learning_note")
ROLES = ("headteacher", "senior_leader", "chair", "governor", "teacher")


def build() -> None:
    """Fill an empty, migrated database; about two minutes."""
    standards_actions.load_shipped(by=installation_scope(NOW), at=NOW)
    with transaction.atomic():
        _schools()
        _people()
        _entries()
        _tally()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert many rows the fastest way the database has: COPY on PostgreSQL, prepared statements on SQLite."""
    more, blanks = _with_blanks(table, columns)
    columns = (*columns, *more)
    rows = ((*row, *blanks) for row in rows)
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
            return
        marks = ", ".join(["%s"] * len(columns))
        iterator = iter(rows)
        while chunk := list(islice(iterator, 50_000)):
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", chunk)


def _with_blanks(table: str, columns: Sequence[str]) -> tuple[tuple[str, ...], tuple[object, ...]]:
    """Return the columns a table insists on besides these, and each one's empty value, so that rows stay short."""
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    blank = [each for each in model._meta.concrete_fields if not each.null and each.column not in {*columns, "id"}]
    return tuple(each.column for each in blank), tuple(_blank(each) for each in blank)


def _blank(field: Field) -> object:
    default = field.get_default()
    return 0 if default is None else default


def _schools() -> None:
    insert(
        "schools_school",
        ("id", "urn", "name", "status", "joined_at"),
        (
            (number, BIG_SCHOOL_URN + number - 1, f"Benchmark Example School {number:05}", "Open", NOW)
            for number in range(1, SCHOOLS + 1)
        ),
    )


def _people() -> None:
    everybody = range(1, USERS + 1)
    insert(
        "people_person",
        ("id", "name", "created_at"),
        ((n, f"Example Person {n}", NOW) for n in everybody),
    )
    insert(
        "people_account",
        ("id", "password", "person_id", "email", "is_active", "is_operator"),
        ((n, "!", n, f"person{n}@benchmark.example", True, False) for n in everybody),
    )
    insert(
        "people_post",
        ("id", "person_id", "school_id", "role", "starts_on"),
        ((n, n, 1, ROLES[(n - 1) % len(ROLES)], FIRST_DAY) for n in everybody),
    )


def _entries() -> None:
    insert(
        "evidence_entry",
        (
            "id", "school_id", "kind", "words", "occurred_on", "recorded_at", "visibility", "from_work", "source",
        ),
        (
            (n, school, kind, f"Example evidence {n}", on, NOW, visibility, kind != KINDS[4], f"{kind}:{n}")
            for n, school, kind, on, visibility, _ in _drawn(())
        ),
    )  # fmt: skip
    codes = list(
        Characteristic.objects.filter(framework__code="nse-2015", assessable=True).values_list("id", flat=True)
    )
    insert(
        "evidence_serves",
        ("entry_id", "characteristic_id", "school_id", "occurred_on"),
        ((n, characteristic, school, on) for n, school, _, on, _, served in _drawn(codes) for characteristic in served),
    )


def _drawn(characteristics: Sequence[int]) -> Iterator[tuple[int, int, str, date, str, list[int]]]:
    """Draw every entry: number, school, kind, day, class, and one or two characteristics (when given)."""
    draw, draw_served = random.Random(SEED), random.Random(SEED + 1)
    for number in range(1, ENTRIES + 1):
        school = 1 if number <= BIG_SCHOOL_ENTRIES else draw.randint(2, SCHOOLS)
        on = FIRST_DAY + timedelta(days=draw.randrange(DAYS))
        served = draw_served.sample(characteristics, draw_served.randint(1, 2)) if characteristics else []
        yield number, school, draw.choice(KINDS), on, str(draw.choice(CLASSES)), served


def _tally() -> None:
    """Count the entries as `record` would have: for each characteristic, its counterparts and the whole school."""
    assessable = Characteristic.objects.filter(assessable=True).values_list("id", flat=True)
    ways = {(each, counted) for each in assessable for counted in tallies.counted_as([each])}
    postgresql = connection.vendor == "postgresql"
    part = "EXTRACT({1} FROM {0})::int" if postgresql else "CAST(strftime('{2}', {0}) AS INTEGER)"
    month = part.format("e.occurred_on", "MONTH", "%%m")
    year = part.format("e.occurred_on", "YEAR", "%%Y")
    day = "to_char({0}, 'YYYYMMDD')::bigint" if postgresql else "CAST(strftime('%%Y%%m%%d', {0}) AS INTEGER)"
    day = day.format("e.occurred_on")
    months = ", ".join(
        f"sum(CASE WHEN {month} = {(place + 8) % 12 + 1} THEN 1 ELSE 0 END)" for place in range(len(MONTHS))
    )
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE way (origin bigint, counted bigint, PRIMARY KEY (origin, counted))")
        cursor.executemany("INSERT INTO way VALUES (%s, %s)", sorted(ways))
        cursor.execute(
            f"""
            INSERT INTO evidence_tally (school_id, characteristic_key, year, visibility, owner_key, kind, from_work,
                                        latest_on, latest_entry_id, {", ".join(MONTHS)})
            SELECT e.school_id, c.counted, {year} - CASE WHEN {month} < 9 THEN 1 ELSE 0 END, e.visibility, 0, e.kind,
                   e.from_work, max(e.occurred_on), max({day} * 100000000 + e.id) %% 100000000, {months}
            FROM (SELECT DISTINCT s.entry_id, w.counted FROM evidence_serves s
                  JOIN way w ON w.origin = s.characteristic_id) c
            JOIN evidence_entry e ON e.id = c.entry_id
            GROUP BY 1, 2, 3, 4, 6, 7
            """,
            [],
        )
        cursor.execute("DROP TABLE way")
