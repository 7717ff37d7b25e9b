"""The database of the foundation: put back on either kind of server, and its rows read without any model of ours."""

import hashlib
import lzma
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
# SQLite's own bookkeeping, and the inner tables of its full-text index: read through schools_words itself.
INNER = ("sqlite_", "schools_words_")

type Tables = dict[str, tuple[str, ...]]


def restore(address):
    """Write the foundation's database to an empty one."""
    if address.startswith("sqlite://"):
        packed = (HERE / "foundation.sqlite3.xz").read_bytes()
        Path(address.removeprefix("sqlite://")).write_bytes(lzma.decompress(packed))
        return
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(lzma.decompress((HERE / "foundation.postgresql.sql.xz").read_bytes()))


def opened(address):
    """Open a database without Django."""
    if address.startswith("sqlite://"):
        from pysqlite3 import dbapi2

        return dbapi2.connect(address.removeprefix("sqlite://"))
    import psycopg

    return psycopg.connect(address)


def tables(address) -> Tables:
    """Return each table with its columns."""
    connection = opened(address)
    try:
        if address.startswith("sqlite://"):
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            names = [name for name in names if not name.startswith(INNER)]
            return {name: tuple(row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')) for name in names}
        found: Tables = {}
        asked = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        for table, column in connection.execute(asked).fetchall():
            found[table] = (*found.get(table, ()), column)
        return found
    finally:
        connection.close()


def digests(address, wanted: Tables) -> dict[str, Counter[str]]:
    """Return, for each table, how often each row stands there, told by a digest of these of its columns."""
    connection = opened(address)
    try:
        return {
            table: Counter(
                hashlib.sha256(repr(_plain(row)).encode()).hexdigest()
                for row in connection.execute(f'SELECT {", ".join(f'"{each}"' for each in columns)} FROM "{table}"')
            )
            for table, columns in wanted.items()
        }
    finally:
        connection.close()


def _plain(row):
    """Return a row as values whose repr is the same on every reading."""
    return [bytes(value) if isinstance(value, memoryview) else value for value in row]
