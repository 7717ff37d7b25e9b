"""Row-level security of PostgreSQL, made from what models declare (`core.belonging`) and brought up to date by migrate.

Each confined table is forced under two policies at most: `headship_open` lets rows be read and written that are open to
the transaction, `headship_own` lets a person read their own rows of other places. A policy carries the digest of its
words as its comment, so that only those are made anew that read differently.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from headship.core import belonging
from headship.core.belonging import Sql

SCHEMA = "public"
OPEN, OWN = "headship_open", "headship_own"
WHOLE = "(SELECT current_setting('headship.whole', true)) = 'yes'"
MAY = "SELECT, INSERT, UPDATE, DELETE"


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy of one table; `using` says which rows."""

    table: str
    name: str
    command: str
    using: str

    @property
    def digest(self) -> str:
        """Return what tells it from one that reads differently."""
        return hashlib.sha256(f"{self.command} {self.using}".encode()).hexdigest()


def speak(column: str, kind: str) -> Sql:
    """Say that a column holds one of the keys the transaction was told are open.

    >>> speak("school_id", "schools")[0]
    "school_id = ANY ((SELECT string_to_array(current_setting('headship.schools', true), ',')::bigint[])::bigint[])"
    """
    told = f"SELECT string_to_array(current_setting('headship.{kind}', true), ',')::bigint[]"
    return f"{column} = ANY (({told})::bigint[])", []


def declared() -> tuple[Policy, ...]:
    """Return every policy there ought to be.

    >>> [each.name for each in declared() if each.table == "core_auditevent"]
    ['headship_open']
    """
    found: list[Policy] = []
    for table, model in sorted(belonging.confined().items()):
        written, _ = belonging.condition(model, table, speak, reading=False)
        read, _ = belonging.condition(model, table, speak, reading=True)
        found.append(Policy(table, OPEN, "ALL", f"{WHOLE} OR {written}"))
        if read != written:
            found.append(Policy(table, OWN, "SELECT", read))
    return tuple(found)


def install(connection: BaseDatabaseWrapper, *, role: str = "", anew: bool = False) -> int:
    """Bring the policies up to date and return how many were made; `role` may then use the tables.

    The connection is the owner's, of a database whose migrations are complete. `anew`: whether they read
    differently or not.
    """
    wanted = {(each.table, each.name): each for each in declared()}
    with connection.cursor() as cursor:
        standing = _standing(cursor)
        right = {key for key, each in wanted.items() if standing.get(key) == each.digest and not anew}
        for table, name in standing.keys() - right:
            cursor.execute(f'DROP POLICY "{name}" ON "{table}"')
        missing = [each for key, each in wanted.items() if key not in right]
        for policy in missing:
            _make(cursor, policy)
        _force(cursor, {each.table for each in wanted.values()})
        if role:
            _grant(cursor, role)
    return len(missing)


def weakness(connection: BaseDatabaseWrapper) -> str:
    """Return why row-level security holds nothing on this connection, in a sentence, or nothing.

    On SQLite there is none, and nothing to say. Example:

    >>> from django.db import connection
    >>> weakness(connection) if connection.vendor == "sqlite" else ""
    ''
    """
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        user, above, past = cursor.fetchone()
    if not (above or past):
        return ""
    return (
        f"The database role {user} is above row-level security, so PostgreSQL does not keep schools apart here; "
        "Headship itself still does. Let HEADSHIP_DATABASE name a role that is no superuser and has no BYPASSRLS, "
        "and HEADSHIP_DATABASE_OWNER the one that owns the tables (docs/how-to/run-it-for-real.md)."
    )


def _standing(cursor: Any) -> dict[tuple[str, str], str]:
    """Return the digests of our policies that stand, by table and name, as their comments say."""
    cursor.execute(
        "SELECT relname, polname, coalesce(obj_description(pg_policy.oid, 'pg_policy'), '') FROM pg_policy "
        "JOIN pg_class ON pg_class.oid = polrelid WHERE polname IN (%s, %s) AND relnamespace = %s::regnamespace",
        [OPEN, OWN, SCHEMA],
    )
    return {(table, name): digest for table, name, digest in cursor.fetchall()}


def _make(cursor: Any, policy: Policy) -> None:
    named = f'"{policy.name}" ON "{policy.table}"'
    cursor.execute(f"CREATE POLICY {named} FOR {policy.command} USING ({policy.using})")
    cursor.execute(f"COMMENT ON POLICY {named} IS '{policy.digest}'")


def _force(cursor: Any, tables: set[str]) -> None:
    """Put exactly these tables under row-level security, their owner included."""
    cursor.execute(
        "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = %s::regnamespace AND (relrowsecurity OR relname = ANY (%s))",
        [SCHEMA, sorted(tables)],
    )
    for table, forced in cursor.fetchall():
        if table not in tables:
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY')
        elif not forced:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY')


def _grant(cursor: Any, role: str) -> None:
    """Let a role use every table, and own none."""
    quoted = role.replace('"', '""')
    cursor.execute(f'GRANT USAGE ON SCHEMA {SCHEMA} TO "{quoted}"')
    cursor.execute(f'GRANT {MAY} ON ALL TABLES IN SCHEMA {SCHEMA} TO "{quoted}"')
    cursor.execute(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {SCHEMA} TO "{quoted}"')
