"""Where a restored database is made, and how it takes the place of the one that stands, on SQLite and PostgreSQL."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, LiteralString, Protocol
from urllib.parse import quote

import psycopg
from django.conf import settings
from psycopg import sql

from headship.core.errors import Unusable
from headship.project.backups import making, snapshot

OTHERS = "FROM pg_stat_activity WHERE datname = %s"
ENDINGS = ("", "-wal", "-shm", "-journal")
MAY_NOT_MAKE = (
    "Restoring makes a new database beside the one that stands, and {user} may not. "
    "Let it, as the server's administrator: ALTER ROLE {user} CREATEDB. Nothing was changed."
)
NOT_ITS_OWNER = (
    "The database {name} belongs to {owner}, so {user} may not put another in its place. "
    "Let HEADSHIP_DATABASE_OWNER be the address of {owner}, as for `headship migrate`. Nothing was changed."
)
IN_USE = "Somebody is still using the database {name} (psql shows who: table pg_stat_activity). Nothing was changed."


class Side(Protocol):
    """A new database beside the one that stands. `address` is as in HEADSHIP_DATABASE."""

    address: str

    def take_its_place(self, stamp: str) -> str:
        """Set aside what stands and stand there instead; return where it lies now, or nothing."""

    def go_back(self, stamp: str) -> None:
        """Undo that."""


def note_running() -> None:
    """Let others see that Headship runs in this folder, until this process and those it starts have ended."""
    # Handed down to every worker, and let go by the system alone: a killed server leaves no stale mark.
    descriptor = os.open(_mark(), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)


def is_running() -> bool:
    """Whether a server runs in this folder, or anybody else uses the database on PostgreSQL."""
    descriptor = os.open(_mark(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return snapshot.kind() == "PostgreSQL" and _others_connected()


@contextmanager
def side(folder: Path) -> Iterator[Side]:
    """Make an empty database beside; it is gone at the end unless it took its place."""
    if snapshot.kind() == "SQLite":
        yield _File(folder)
        return
    with _Server.beside() as made:
        yield made


class _File:
    """A SQLite file."""

    def __init__(self, folder: Path) -> None:
        self._made = folder / "restored.sqlite3"
        self._stands = Path(settings.DATABASES["default"]["NAME"])
        self.address = f"sqlite://{self._made}"

    def take_its_place(self, stamp: str) -> str:
        """Rename both; the files of a log go along with theirs."""
        with closing(sqlite3.connect(self._made)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        stood = self._stands.exists()
        self._move(self._stands, self._aside(stamp))
        try:
            self._move(self._made, self._stands)
        except OSError:
            self._move(self._aside(stamp), self._stands)
            raise
        making.sync_folder(self._stands.parent)
        return str(self._aside(stamp)) if stood else ""

    def go_back(self, stamp: str) -> None:
        """Rename both back."""
        self._move(self._stands, self._made)
        self._move(self._aside(stamp), self._stands)

    def _aside(self, stamp: str) -> Path:
        return self._stands.with_name(f"{self._stands.name}.replaced-{stamp}")

    @staticmethod
    def _move(one: Path, there: Path) -> None:
        for ending in ENDINGS:
            source = Path(f"{one}{ending}")
            if source.exists():
                source.rename(f"{there}{ending}")


class _Server:
    """A database on a PostgreSQL server, made and renamed from the server's own database `postgres`.

    Its owner does that, where there is one beside the application's role, so that the new one is theirs too.
    """

    def __init__(self, connection: "psycopg.Connection[Any]", name: str) -> None:
        self._connection, self._name, self._made = connection, name, f"{name}_restoring_{os.getpid()}"
        self.address = _address(self._made, _application())

    @classmethod
    @contextmanager
    def beside(cls) -> Iterator["_Server"]:
        """Make the database, and drop it at the end where it still has its first name."""
        name = str(settings.DATABASES["default"]["NAME"])
        with psycopg.connect(_address("postgres", _owner()), autocommit=True) as connection:
            made = cls(connection, name)
            made._look_whose_it_is()
            made._create()
            try:
                yield made
            finally:
                made._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", made._made)

    def take_its_place(self, stamp: str) -> str:
        """Rename both."""
        aside = self._aside(stamp)
        try:
            self._do("ALTER DATABASE {} RENAME TO {}", self._name, aside)
        except psycopg.errors.ObjectInUse:
            raise Unusable(IN_USE.format(name=self._name)) from None
        try:
            self._do("ALTER DATABASE {} RENAME TO {}", self._made, self._name)
        except psycopg.Error:
            self._do("ALTER DATABASE {} RENAME TO {}", aside, self._name)
            raise
        return f"the database {aside}"

    def go_back(self, stamp: str) -> None:
        """Rename both back."""
        self._do("ALTER DATABASE {} RENAME TO {}", self._name, self._made)
        self._do("ALTER DATABASE {} RENAME TO {}", self._aside(stamp), self._name)

    def _look_whose_it_is(self) -> None:
        """Errors: Unusable where whoever replaces the database could not do so at the end."""
        asked = (
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s AND NOT pg_has_role(datdba, 'USAGE')"
        )
        if found := self._connection.execute(asked, [self._name]).fetchone():
            raise Unusable(NOT_ITS_OWNER.format(name=self._name, owner=found[0], user=_owner()["USER"]))

    def _create(self) -> None:
        """Make it with the letters and order of the one that stands. Errors: Unusable where that is not allowed."""
        asked = "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = %s"
        alike = self._connection.execute(asked, [self._name]).fetchone() or ("UTF8", "C", "C")
        made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}")
        try:
            self._connection.execute(made.format(sql.Identifier(self._made), *map(sql.Literal, alike)))
        except psycopg.errors.InsufficientPrivilege:
            raise Unusable(MAY_NOT_MAKE.format(user=_owner()["USER"])) from None

    def _aside(self, stamp: str) -> str:
        return f"{self._name}_replaced_{stamp.lower()}"[:63]

    def _do(self, words: LiteralString, *names: str) -> None:
        self._connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))


def end_others() -> None:
    """End everybody else's connections to the database, on PostgreSQL; a file has none that could be ended."""
    if snapshot.kind() == "PostgreSQL":
        for held in (_application(), _owner()):  # each may end its own
            _ask_of_others(f"SELECT count(pg_terminate_backend(pid)) {OTHERS} AND pg_has_role(usename, 'USAGE')", held)


def _others_connected() -> bool:
    return bool(_ask_of_others(f"SELECT count(*) {OTHERS}", _application()))


def _ask_of_others(asked: LiteralString, held: Mapping[str, Any]) -> int:
    with psycopg.connect(_address("postgres", held), autocommit=True) as connection:
        found = connection.execute(asked, [held["NAME"]]).fetchone()
    return int(found[0]) if found else 0


def _application() -> Mapping[str, Any]:
    """Return how the application connects."""
    held: Mapping[str, Any] = settings.DATABASES["default"]
    return held


def _owner() -> Mapping[str, Any]:
    """Return how the owner of the database and its tables connects, who is the application where no other is named."""
    return {**_application(), **settings.DATABASE_OWNER}


def _address(name: str, held: Mapping[str, Any]) -> str:
    """Return the address of another database on the configured server, as HEADSHIP_DATABASE says it."""
    user, password = quote(held["USER"], safe=""), quote(held["PASSWORD"], safe="")
    who = f"{user}:{password}@" if password else f"{user}@" if user else ""
    port = f":{held['PORT']}" if held["PORT"] else ""
    return f"postgresql://{who}{held['HOST']}{port}/{quote(name, safe='')}"


def _mark() -> Path:
    return Path(settings.FOLDER, "running")
