"""Row g's state: a database that can be brought back to one moment again and again, and taken away in the middle."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from headship.project.backups import archive, snapshot


class State(Protocol):
    """The configured database."""

    def keep(self) -> None:
        """Remember how it stands."""

    def again(self) -> None:
        """Bring it back to that."""

    def back(self) -> None:
        """Let it be there again after it went."""

    def going_at(self, at: int) -> Callable:
        """Return a wrapper that takes the database away before the at-th statement that writes."""

    def rows(self) -> dict[str, int]:
        """Return how many rows each table has."""

    def digests(self) -> dict[str, str]:
        """Return each table's digest over all rows."""


class _Looking:
    """What both kinds share."""

    def parts(self) -> dict[str, archive.Part]:
        """Measure every table."""
        with snapshot.reading() as database:
            return {table: archive.part_of(database.lines(table)) for table in database.tables()}

    def rows(self) -> dict[str, int]:
        """Count every table's rows."""
        return {table: part.rows or 0 for table, part in self.parts().items()}

    def digests(self) -> dict[str, str]:
        """Return every table's digest."""
        return {table: part.sha256 for table, part in self.parts().items()}

    def back(self) -> None:
        """Connect anew."""
        from django.db import connection

        connection.close()

    def going_at(self, at: int) -> Callable:
        """Count the statements that write, and go at one."""
        from assurance.collisions import writes

        count = 0

        def going(execute, asked, params, many, context):
            nonlocal count
            count += writes(asked)
            if count == at and writes(asked):
                self.go()
            return execute(asked, params, many, context)

        return going


class _File(_Looking):
    """SQLite: a copy of the file."""

    def __init__(self, path: Path) -> None:
        self._path, self._kept = path, path.with_name("kept.sqlite3")

    def keep(self) -> None:
        """Pack the file, so that a full disk is felt at once, and copy it."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(self._path, self._kept)

    def again(self) -> None:
        """Copy it back."""
        from django.db import connections

        connections.close_all()
        for ending in ("-wal", "-shm", "-journal"):
            Path(f"{self._path}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self._kept, self._path)

    def go(self) -> None:
        """Close the file under whoever writes."""
        from django.db import connection

        connection.connection.close()


class _Server(_Looking):
    """PostgreSQL: a template database."""

    def __init__(self, address: str) -> None:
        self._admin, _, self._name = address.rpartition("/")

    def keep(self) -> None:
        """Make the template."""
        self._close()
        self._do(f'CREATE DATABASE "{self._name}_kept" TEMPLATE "{self._name}"')

    def again(self) -> None:
        """Make the database anew from it."""
        self._close()
        self._do(f'DROP DATABASE "{self._name}" WITH (FORCE)')
        self._do(f'CREATE DATABASE "{self._name}" TEMPLATE "{self._name}_kept"')

    def go(self) -> None:
        """End the connection of whoever writes."""
        from django.db import connection

        self._do(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid}, 5000)")

    def _close(self) -> None:
        from django.db import connections

        connections.close_all()

    def _do(self, asked: str) -> None:
        import psycopg

        with psycopg.connect(f"{self._admin}/postgres", autocommit=True) as connection:
            connection.execute(asked)


@contextmanager
def state() -> Iterator[State]:
    """Give the configured database."""
    from django.conf import settings

    if snapshot.kind() == "SQLite":
        yield _File(Path(settings.DATABASES["default"]["NAME"]))
        return
    yield _Server(os.environ["HEADSHIP_DATABASE"])
