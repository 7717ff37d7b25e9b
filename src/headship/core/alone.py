"""Doing something alone: a lock that all processes of the installation respect, and that a dead one lets go."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.db import connection

OURS = 0x48454144  # "HEAD": keeps our numbers apart from those of other programs on the same PostgreSQL


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Wait until nobody else does `what`, then hold others off until the block ends.

    PostgreSQL holds the lock for a connection of its own, so that no transaction inside the block touches it; with
    SQLite everything runs on one machine, where a locked file does.
    """
    if connection.vendor == "postgresql":
        held = connection.copy()
        try:
            with held.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s, %s)", [OURS, crc32(what.encode()) >> 1])
            yield
        finally:
            held.close()
        return
    if connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's own; nobody else can reach it
        yield
        return
    with Path(settings.FOLDER, f"{what}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
