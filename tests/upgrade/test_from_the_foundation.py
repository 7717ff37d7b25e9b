"""A school that ran the foundation upgrades to today's code: nothing is lost, everything goes on.

Engineers who write migrations need not touch this test. Where a migration changes what an old column says on purpose,
it is declared here with its reason; everything else must read as it did.
"""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from assurance.survival import database_on
from tests.upgrade import foundation, look

ROOT = foundation.HERE.parents[1]

# Tables that Django itself adds rows to when it migrates; the old rows stand among them.
GROWING = {"django_migrations", "django_content_type", "auth_permission"}
# "table.column" whose old values a migration changes on purpose, each with its reason.
CHANGED: dict[str, str] = {"people_relationship.ends_on": "who appraises is known to appraisal alone (decision 56)"}
# Tables that a migration removes on purpose, each with where their rows went.
REMOVED: dict[str, str] = {}


@pytest.fixture
def address(tmp_path):
    """Give the address of the foundation's database, put back on the kind of server this run uses."""
    if connection.vendor == "sqlite":
        file = f"sqlite://{tmp_path}/old.sqlite3"
        foundation.restore(file)
        yield file
        return
    with database_on(os.environ["HEADSHIP_DATABASE"].rsplit("/", 1)[0] + "/postgres") as made:
        foundation.restore(made)
        yield made


def run(address, folder, *command):
    """Run a program of ours on that database, as the demonstration, and return what it printed."""
    env = {**os.environ, "HEADSHIP_DATABASE": address, "HEADSHIP_FOLDER": str(folder), "HEADSHIP_DEMONSTRATION": "1"}
    ended = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert ended.returncode == 0, ended.stderr[-4000:]
    return ended.stdout


def kept_columns(old):
    """Return the old tables and columns whose values must stand as they were."""
    return {
        table: tuple(column for column in columns if f"{table}.{column}" not in CHANGED)
        for table, columns in old.items()
        if table not in REMOVED
    }


def test_nothing_is_lost_and_everything_goes_on(address, tmp_path):
    kept = kept_columns(foundation.tables(address))
    before = foundation.digests(address, kept)
    assert len(before) >= 38
    assert sum(before["strategy_decision"].values()) == 123

    run(address, tmp_path, "headship", "migrate", "--no-input")
    after = foundation.digests(address, kept)
    lost = {table: sum((rows - after[table]).values()) for table, rows in before.items() if rows - after[table]}
    assert lost == {}, f"Rows that no longer stand as they were, by table: {lost}."
    grown = {table for table, rows in after.items() if rows - before[table]} - GROWING
    assert grown == set(), f"Migrations wrote rows into {grown} that nobody asked for."

    run(address, tmp_path, "headship", "collectstatic", "--no-input", "--verbosity=0")
    found = json.loads(run(address, tmp_path, "tests.upgrade.look"))
    assert (found["events"], found["faults"]) == (384, [])
    assert set(found["statuses"].values()) == {200}, found["statuses"]
    assert len(found["statuses"]) == len(look.WHO) * len(look.PAGES)
    assert found["noted"]
    assert found["events_more"] >= 1


def test_a_lost_row_would_be_seen(address, tmp_path):
    kept = kept_columns(foundation.tables(address))
    before = foundation.digests(address, kept)
    opened = foundation.opened(address)
    opened.execute("UPDATE talent_learningnote SET what = 'Something else' WHERE id = 1")
    opened.execute("DELETE FROM people_relationship WHERE id = 1")
    opened.commit()
    opened.close()
    after = foundation.digests(address, kept)
    assert {table for table, rows in before.items() if rows - after[table]} == {
        "talent_learningnote",
        "people_relationship",
    }


def test_the_fixture_holds_no_secret(address):
    opened = foundation.opened(address)
    try:
        asked = {
            "a password": "SELECT count(*) FROM people_account WHERE password NOT LIKE '!%'",
            "a session": "SELECT count(*) FROM django_session",
            "a second factor": "SELECT count(*) FROM mfa_authenticator",
            "a token of another provider": "SELECT count(*) FROM socialaccount_socialtoken",
            "a calendar address": "SELECT count(*) FROM schools_calendarfeed",
        }
        held = {what: opened.execute(question).fetchone()[0] for what, question in asked.items()}
    finally:
        opened.close()
    assert set(held.values()) == {0}, held
