"""Every row of a database as it stood at one moment, while others go on writing; and the way back into empty tables.

A table is lines: the names of its columns as JSON, then a row a line in the order of its key. Rows are what the
database itself holds (JSON of SQLite's own values, or PostgreSQL's COPY text), so that a table read again after it was
filled gives the same bytes. The lines carry no table's shape: that comes from this version's own migrations.
"""

import base64
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any, Protocol, cast

import psycopg
from django.conf import settings
from psycopg import sql

from headship.core.errors import Unusable

type Sequences = Mapping[str, Sequence[int | bool]]
COLUMNS = """
    SELECT a.attname, a.attcollation <> 0, coalesce(array_position(i.indkey::int2[], a.attnum), -1)
    FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
    WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY a.attnum"""
# What the text of a value depends on, so that every server writes the same.
WRITTEN_ALIKE = (
    "SET client_encoding = 'UTF8'", "SET DateStyle = 'ISO'", "SET TimeZone = 'UTC'", "SET IntervalStyle = 'iso_8601'",
    "SET bytea_output = 'hex'", "SET extra_float_digits = 1",
    "SELECT set_config('headship.whole', 'yes', false)",  # the policies let the installation itself see every row
)  # fmt: skip

# The tables whose rows this role sees only in part: row-level security holds, and no policy opens the whole.
HELD_BACK = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND row_security_active(pg_class.oid) AND (
        EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid AND NOT polpermissive) OR NOT EXISTS (
            SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid AND polcmd IN ('*', 'r') AND polroles = '{0}'
            AND pg_get_expr(polqual, polrelid) LIKE '%headship.whole%'))
    ORDER BY relname"""
HIDDEN = (
    "Row-level security hides rows of {tables} from the database role {user}, so a backup would not be whole. "
    "Run `headship migrate`, which makes the policies anew; policies made by hand must go. No backup was made."
)


class Database(Protocol):
    """A database at one moment."""

    def tables(self) -> list[str]:
        """Return its tables' names."""

    def lines(self, table: str) -> Iterator[bytes]:
        """Yield a table's columns and rows."""

    def values(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Return some columns of a small table."""

    def sequences(self) -> dict[str, Sequence[int | bool]]:
        """Return where each counter of keys stands, and whether that number was given out."""

    def empty(self, tables: Iterable[str]) -> None:
        """Take out what migrations put in."""

    def fill(self, table: str, lines: Iterator[bytes]) -> None:
        """Put a table's rows in."""

    def resume(self, sequences: Sequences) -> None:
        """Let each counter of keys go on from where it stood."""


@contextmanager
def reading() -> Iterator[Database]:
    """Give the configured database as it stands at this moment, for as long as the block lasts."""
    opened = _sqlite if _is_sqlite() else _postgres
    with opened(writing=False) as database:
        yield database


@contextmanager
def writing() -> Iterator[Database]:
    """Give the configured database to be filled, in one transaction."""
    opened = _sqlite if _is_sqlite() else _postgres
    with opened(writing=True) as database:
        yield database


def kind() -> str:
    """Return which kind of database is configured, as manifests say it."""
    return "SQLite" if _is_sqlite() else "PostgreSQL"


def _is_sqlite() -> bool:
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"))


@contextmanager
def _sqlite(*, writing: bool) -> Iterator[Database]:
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=60, isolation_level=None)) as opened:
        opened.execute("PRAGMA foreign_keys = OFF")  # rows come table by table; all keys are checked at the end
        opened.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
        opened.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the moment is that of the first read
        yield _SQLite(opened)
        opened.execute("COMMIT")


@contextmanager
def _postgres(*, writing: bool) -> Iterator[Database]:
    held = settings.DATABASES["default"]
    told = {"dbname": held["NAME"], "user": held["USER"], "password": held["PASSWORD"], "host": held["HOST"]}
    with psycopg.connect(**{key: value for key, value in told.items() if value}, port=held["PORT"] or None) as opened:
        for setting in WRITTEN_ALIKE:
            opened.execute(cast("Any", setting))
        opened.commit()
        opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        opened.read_only = not writing
        if writing:
            opened.execute("SET CONSTRAINTS ALL DEFERRED")
        else:
            _refuse_to_see_a_part(opened, held["USER"])
        yield _Postgres(opened)


def _refuse_to_see_a_part(opened: "psycopg.Connection[Any]", user: str) -> None:
    """Look whether row-level security hides anything. `row_security = off` cannot tell: it refuses every policy."""
    if held_back := [name for (name,) in opened.execute(HELD_BACK)]:
        raise Unusable(HIDDEN.format(tables=", ".join(held_back[:5]), user=user or "that is configured"))


class _SQLite:
    """SQLite: a read transaction sees one moment; with write-ahead logging it keeps no writer waiting."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def tables(self) -> list[str]:
        listed = self._connection.execute("PRAGMA main.table_list").fetchall()
        # An index of words ("virtual", with its "shadow" tables) is written by triggers as its rows come in.
        return sorted(name for _, name, kind, *_ in listed if kind == "table" and not name.startswith("sqlite_"))

    def lines(self, table: str) -> Iterator[bytes]:
        columns = self._connection.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
        names = [name for _, name, *_ in columns]
        yield _line(names)
        keys = [name for _, name, *_, place in sorted(columns, key=lambda each: each[-1]) if place] or ["rowid"]
        asked = f"SELECT {_list(names)} FROM {_quoted(table)} ORDER BY {_list(keys)}"  # noqa: S608  # names from the database itself, quoted
        yield from map(_line, self._connection.execute(asked))

    def values(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        asked = f"SELECT {_list(columns)} FROM {_quoted(table)}"  # noqa: S608  # as above
        return self._connection.execute(asked).fetchall()

    def sequences(self) -> dict[str, Sequence[int | bool]]:
        return {name: (last, True) for name, last in self._connection.execute("SELECT name, seq FROM sqlite_sequence")}

    def empty(self, tables: Iterable[str]) -> None:
        for table in tables:  # a table that is empty is left alone: some refuse any removal
            if self._connection.execute(f"SELECT EXISTS (SELECT 1 FROM {_quoted(table)})").fetchone()[0]:  # noqa: S608  # as above
                self._connection.execute(f"DELETE FROM {_quoted(table)}")  # noqa: S608  # as above

    def fill(self, table: str, lines: Iterator[bytes]) -> None:
        names = json.loads(next(lines))
        asked = f"INSERT INTO {_quoted(table)} ({_list(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608  # as above
        self._connection.executemany(asked, map(_row, lines))

    def resume(self, sequences: Sequences) -> None:
        self._connection.execute("DELETE FROM sqlite_sequence")
        rows = [(name, last) for name, (last, _) in sequences.items()]
        self._connection.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", rows)


class _Postgres:
    """PostgreSQL: a repeatable-read transaction sees one moment; COPY writes and reads its rows."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def tables(self) -> list[str]:
        asked = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        return sorted(name for (name,) in self._connection.execute(asked))

    def lines(self, table: str) -> Iterator[bytes]:
        columns = self._connection.execute(COLUMNS, [sql.Identifier(table).as_string(self._connection)]).fetchall()
        yield _line([name for name, _, _ in columns])
        keys = sorted((place, name, in_words) for name, in_words, place in columns if place >= 0)
        # Words are put in the order of their bytes: servers differ over any other.
        order = [
            sql.SQL('{} COLLATE "C"' if in_words else "{}").format(sql.Identifier(name)) for _, name, in_words in keys
        ]
        asked = sql.SQL("COPY (SELECT {} FROM {} {}) TO STDOUT").format(
            _names(name for name, _, _ in columns),
            sql.Identifier(table),
            sql.SQL("ORDER BY {}").format(sql.SQL(", ").join(order)) if order else sql.SQL(""),
        )
        with self._connection.cursor().copy(asked) as copied:
            yield from _whole_lines(bytes(each) for each in copied)

    def values(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        asked = sql.SQL("SELECT {} FROM {}").format(_names(columns), sql.Identifier(table))
        return self._connection.execute(asked).fetchall()

    def sequences(self) -> dict[str, Sequence[int | bool]]:
        asked = "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace"
        names = [name for (name,) in self._connection.execute(asked).fetchall()]
        where = sql.SQL("SELECT last_value, is_called FROM {}")
        return {name: self._one(where.format(sql.Identifier(name))) for name in sorted(names)}

    def empty(self, tables: Iterable[str]) -> None:
        for name in map(sql.Identifier, tables):  # as above
            if self._one(sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(name))[0]:
                self._connection.execute(sql.SQL("DELETE FROM {}").format(name))

    def fill(self, table: str, lines: Iterator[bytes]) -> None:
        names = _names(json.loads(next(lines)))
        asked = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        with self._connection.cursor().copy(asked) as copied:
            for line in lines:
                copied.write(line)

    def resume(self, sequences: Sequences) -> None:
        for name, (last, given) in sequences.items():
            self._connection.execute("SELECT setval(%s::regclass, %s, %s)", [f'"{name}"', last, given])

    def _one(self, asked: sql.Composed) -> Sequence[int | bool]:
        return cast("Sequence[int | bool]", self._connection.execute(asked).fetchone())


def _line(values: Iterable[Any]) -> bytes:
    """Return values as one line of JSON; bytes as {"bytes": base64}."""
    return json.dumps(list(values), default=_told, separators=(",", ":")).encode() + b"\n"


def _told(value: bytes) -> dict[str, str]:
    return {"bytes": base64.b64encode(value).decode()}


def _row(line: bytes) -> list[Any]:
    return [base64.b64decode(each["bytes"]) if isinstance(each, dict) else each for each in json.loads(line)]


def _whole_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a server's pieces, of which each is some whole rows, as lines. In COPY's text a row is always a line."""
    for piece in pieces:
        yield from piece.splitlines(keepends=True)


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _names(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
