"""The role that tests and proofs on PostgreSQL work as: it owns nothing and is no superuser, so that policies hold."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from headship.core import belt, policies

TESTER = "headship_tests"


@contextmanager
def worked_as() -> Iterator[None]:
    """Work as the application's role in a database just made; on SQLite there are no roles."""
    if connection.vendor != "postgresql":
        yield
        return
    with belt.whole_installation(because="the tests' own database is made ready"), connection.cursor() as cursor:
        make = f"CREATE ROLE {TESTER}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;"
        cursor.execute(f"DO $$ BEGIN {make} END $$")
        policies.install(connection, role=TESTER)
    connection.close()
    connection.settings_dict["OPTIONS"]["assume_role"] = TESTER
    try:
        yield
    finally:
        connection.close()
        del connection.settings_dict["OPTIONS"]["assume_role"]


@contextmanager
def above_policies() -> Iterator[None]:
    """Work as the owner for a while: row-level security holds nothing then. On SQLite there is none."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {TESTER}")
