"""The writer is killed with -9 at random moments: whatever it acknowledged is there, and the audit chain is whole.

The long run, many hundred kills on both databases, is row f of `make assurance`.
"""

import os

import pytest
from django.db import connection

from assurance import cluster, power
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


@pytest.mark.parametrize(("synchronous", "loses"), [("", False), ("OFF", True)])
def test_power_loss_takes_nothing_acknowledged_but_from_the_careless(tmp_path, synchronous, loses):
    if connection.vendor != "sqlite" or not power.can_be_shown():
        return  # strace is no part of what a fresh machine has; the full proof says so and is not held then
    found = power.fail_again_and_again(tmp_path, failures=8, seed=SEED, synchronous=synchronous)
    assert found.failures == 8
    assert (found.lost > 0, found.broken > 0 and not loses) == (loses, False)


def test_a_server_killed_whole_keeps_what_it_acknowledged(tmp_path):
    if connection.vendor == "sqlite" or cluster.programs() is None:
        return  # nothing to kill: SQLite has no server, and a server may run elsewhere
    found = cluster.kill_the_whole(tmp_path, kills=1, seed=SEED, synchronous_commit="on")
    assert found.acknowledged > 0
    assert (found.lost, found.faults) == (0, ())
