"""Two roles on PostgreSQL: one owns the tables and migrates, the other works in them and is above nothing.

Backing up needs the second alone; restoring makes for both what migrating made.
"""

import os
import subprocess
import sys

import psycopg
import pytest
from django.db import connection

from assurance.drill import KEY, Installation
from assurance.survival import database_on
from headship.project.backups import making
from tests.house.source import ROOT

OWNER, APPLICATION = "headship_tests_owner", "headship_tests_application"


@pytest.fixture
def database():
    """Give the address of an empty database that belongs to a role of its own."""
    server = os.environ["HEADSHIP_DATABASE"].rsplit("/", 1)[0] + "/postgres"
    with database_on(server) as address:
        give_roles(address)
        yield address


def give_roles(address):
    """Let a database belong to a role of its own; restoring asks that nobody stays connected."""
    with psycopg.connect(address, autocommit=True) as made:
        for role in (OWNER, APPLICATION):
            there = made.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            _ = there or made.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'tests-only'")
        made.execute(f"ALTER ROLE {OWNER} CREATEDB")
        made.execute(f'ALTER DATABASE "{address.rsplit("/", 1)[1]}" OWNER TO {OWNER}')
        made.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")


def address_of(database, role):
    """Return the address of a database for one role."""
    return database.replace("//postgres@", f"//{role}:tests-only@")


def migrated(database, folder, **more):
    """Run `headship migrate` and return what it said."""
    env = {**os.environ, "HEADSHIP_DATABASE": address_of(database, APPLICATION), "HEADSHIP_FOLDER": str(folder), **more}
    command = [sys.executable, "-m", "headship", "migrate"]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=300)
    return ended.stdout + ended.stderr


def rights(database):
    """Return whose each table is, what each role may do there, and what row-level security says."""
    with psycopg.connect(database) as looking:
        asked = (
            "SELECT relname, relkind, pg_get_userbyid(relowner), relacl::text, relforcerowsecurity FROM pg_class "
            "WHERE relkind IN ('r', 'S') AND relnamespace = 'public'::regnamespace ORDER BY 1",
            "SELECT tablename, policyname, cmd, qual, with_check, obj_description(pg_policy.oid, 'pg_policy') "
            "FROM pg_policies JOIN pg_policy ON polname = policyname AND polrelid = tablename::regclass ORDER BY 1, 2",
        )
        return [looking.execute(each).fetchall() for each in asked]


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

    @pytest.mark.parametrize("role", [APPLICATION, OWNER])  # the second owns everything, and is held all the same
    def test_a_backup_is_whole_and_restoring_makes_what_migrating_made(database, tmp_path, monkeypatch, role):
        monkeypatch.setenv("HEADSHIP_DATABASE_OWNER", address_of(database, OWNER) if role == APPLICATION else "")
        installation = Installation(tmp_path, address_of(database, role))
        installation.prepare()
        before = rights(database)
        monkeypatch.setenv("HEADSHIP_DATABASE_OWNER", "")
        path = installation.back_up(tmp_path / "backups")
        told = making.verify(path, KEY).parts
        if role == APPLICATION:
            done = installation.headship("restore", str(path))
            assert f"belongs to {OWNER}" in done.stderr
            monkeypatch.setenv("HEADSHIP_DATABASE_OWNER", address_of(database, OWNER))
        done = installation.headship("restore", str(path))
        assert "is restored" in done.stdout, done.stderr
        assert rights(database) == before
        assert {owner for _, _, owner, _, _ in before[0]} == {OWNER}
        monkeypatch.setenv("HEADSHIP_DATABASE_OWNER", "")
        now = {f"tables/{name}": rows for name, rows in installation.digests().items()}
        assert now == {name: (part.rows, part.sha256) for name, part in told.items()}
        assert told["tables/people_person"].rows > 10
        assert installation.found()["faults"] == []

    @pytest.mark.parametrize(
        "hiding",
        [
            "CREATE POLICY extra ON people_person AS RESTRICTIVE USING (id = 1)",
            "DROP POLICY headship_open ON people_person; CREATE POLICY extra ON people_person USING (id = 1)",
        ],
    )
    def test_a_backup_that_would_not_be_whole_is_refused(database, tmp_path, monkeypatch, hiding):
        migrated(database, tmp_path, HEADSHIP_DATABASE_OWNER=address_of(database, OWNER))
        with psycopg.connect(database, autocommit=True) as made:
            made.execute(hiding)
        monkeypatch.setenv("HEADSHIP_DATABASE_OWNER", "")
        done = Installation(tmp_path, address_of(database, APPLICATION)).headship("backup", "--to", str(tmp_path / "b"))
        assert f"hides rows of people_person from the database role {APPLICATION}" in done.stderr
        assert list((tmp_path / "b").iterdir()) == []
