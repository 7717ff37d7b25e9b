"""The database from one address: nothing for SQLite in the data folder, or postgresql://user:password@host:port/name."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# WAL can corrupt a database in SQLite before 3.51.3 (a race in checkpoints); newer than that it is safe and faster.
SAFE_WAL = (3, 51, 3)
SQLITE_NAME = "headship.sqlite3"
# SQLite's own numbers and defaults for two limits that pysqlite3 cannot tell.
LIMITS = {"SQLITE_LIMIT_COLUMN": (2, 2000), "SQLITE_LIMIT_VARIABLE_NUMBER": (9, 32766)}


def use_packaged_sqlite() -> None:
    """Let Django use the newer SQLite that pysqlite3 carries. Called before Django's backend is imported."""
    import pysqlite3.dbapi2  # noqa: PLC0415  # the swap must not happen when this module is merely imported

    for name, (number, _) in LIMITS.items():
        setattr(pysqlite3, name, number)
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def connection_class() -> type:
    """Return pysqlite3's connection with the `getlimit` that Django asks for and pysqlite3 leaves out."""
    from pysqlite3.dbapi2 import Connection  # noqa: PLC0415  # as above

    limits = dict(LIMITS.values())
    return type("Connection", (Connection,), {"getlimit": lambda connection, category: limits[category]})


def from_address(address: str, folder: Path) -> dict[str, Any]:
    """Return Django's settings of the default database."""
    if not address:
        return sqlite(folder / SQLITE_NAME)
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return sqlite(Path(parts.path))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "headship.core.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            # Plans are kept: planning the profile's queries anew takes the server longer than answering them.
            "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2},
        }
    raise ImproperlyConfigured("HEADSHIP_DATABASE must start with sqlite:// or postgresql://.")


def owner(address: str) -> dict[str, str]:
    """Return the user and password that own the tables, or nothing where the application's own role does."""
    if not address:
        return {}
    if urlsplit(address).scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("HEADSHIP_DATABASE_OWNER must start with postgresql://.")
    found = from_address(address, Path())
    return {name: found[name] for name in ("USER", "PASSWORD")}


def needs_its_key(address: str, folder: Path, *, secure: bool) -> str:
    """Say why no new secret key may be made for a database, or nothing: a new one opens nothing that stands there."""
    if not address and (folder / SQLITE_NAME).exists():
        return f"The secret key of {folder / SQLITE_NAME} is not there."
    if address.startswith("postgres") and secure:
        return "A server on PostgreSQL behind https is given its secret key, the same for all its processes."
    return ""


def sqlite(path: Path) -> dict[str, Any]:
    """Return settings that lose nothing acknowledged: WAL with FULL where that is safe, else a journal with EXTRA."""
    use_packaged_sqlite()
    from sqlite3 import sqlite_version_info  # noqa: PLC0415  # after the swap

    journal = "WAL" if sqlite_version_info >= SAFE_WAL else "DELETE"
    synchronous = "FULL" if journal == "WAL" else "EXTRA"
    return {
        "ENGINE": "headship.core.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": ":memory:"},  # said out loud: pytest-django takes it for granted of Django's own engine alone
        "OPTIONS": {
            "factory": connection_class(),
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                f"PRAGMA journal_mode={journal};PRAGMA synchronous={synchronous};PRAGMA foreign_keys=ON;"
                "PRAGMA trusted_schema=OFF;PRAGMA secure_delete=ON;PRAGMA cache_size=-16000;"
            ),
        },
    }
