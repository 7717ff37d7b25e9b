"""The writer is killed with -9 at random moments: whatever it acknowledged is there, and the audit chain is whole.

The long run, many hundred kills on both databases, is row f of `make assurance`.
"""

import os

import pytest
from django.db import connection

from assurance.kill import kill_again_and_again
from assurance.survival import database_on

KILLS, SEED = 3, 7


@pytest.fixture
def database(tmp_path):
    """Give the address of an empty database of its own, on the kind of server this run uses."""
    if connection.vendor == "sqlite":
        yield f"sqlite://{tmp_path}/killed.sqlite3"
        return
    server = os.environ["HEADSHIP_DATABASE"].rsplit("/", 1)[0] + "/postgres"
    with database_on(server) as address:
        yield address


def test_nothing_acknowledged_is_lost(database, tmp_path):
    found = kill_again_and_again(database, tmp_path, kills=KILLS, seed=SEED)
    assert found.acknowledged >= KILLS, "The writer was killed before it acknowledged anything."
    assert (found.lost, found.faults) == (0, ())
