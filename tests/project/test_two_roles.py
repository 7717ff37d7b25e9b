"""Two roles on PostgreSQL: one owns the tables and migrates, the other works in them and is above nothing."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.db import connection

from assurance.survival import database_on
from tests.house.source import ROOT

OWNER, APPLICATION = "headship_tests_owner", "headship_tests_application"


@pytest.fixture
def database():
    """Give the address of an empty database that belongs to a role of its own."""
    server = os.environ["HEADSHIP_DATABASE"].rsplit("/", 1)[0] + "/postgres"
    with database_on(server) as address, psycopg.connect(address, autocommit=True) as made:
        for role in (OWNER, APPLICATION):
            there = made.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            _ = there or made.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'tests-only'")
        made.execute(f'ALTER DATABASE "{address.rsplit("/", 1)[1]}" OWNER TO {OWNER}')
        made.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")
        yield address


def address_of(database, role):
    """Return the address of a database for one role."""
    return database.replace("//postgres@", f"//{role}:tests-only@")


def migrated(database, folder, **more):
    """Run `headship migrate` and return what it said."""
    env = {**os.environ, "HEADSHIP_DATABASE": address_of(database, APPLICATION), "HEADSHIP_FOLDER": str(folder), **more}
    command = [sys.executable, "-m", "headship", "migrate"]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=300)
    return ended.stdout + ended.stderr


if connection.vendor == "postgresql":

    def test_the_owner_migrates_and_the_application_owns_nothing(database, tmp_path):
        said = migrated(database, tmp_path, HEADSHIP_DATABASE_OWNER=address_of(database, OWNER))
        assert "Row-level security is up to date" in said
        assert "(0 policies made)" in migrated(database, tmp_path)  # as the application, with nothing left to do
        with psycopg.connect(address_of(database, APPLICATION), autocommit=True) as application:
            owned = application.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user").fetchone()
            assert owned == (0,)
            application.execute("INSERT INTO schools_trust (uid, group_id, name, kind, status, postcode)"
                                " VALUES (1, '', 'A trust', '', '', '')")  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
                application.execute("INSERT INTO people_person (name, email, created_at) VALUES ('A', '', now())")
