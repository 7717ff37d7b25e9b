"""How often a thing may be done, and that every worker and the next start of the server know it."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headship.core import audience, limits, remembered
from headship.core.errors import TooMany
from headship.core.limits import Limit
from headship.core.models import Remembered
from headship.core.registry import modules
from tests import cast as everybody

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
TWICE = Limit("twice", "Doing it", 2, 300)


@pytest.mark.django_db
def test_so_many_times_and_then_again_when_the_window_has_passed():
    limits.spend(TWICE, "7", at=NOON)
    limits.spend(TWICE, "7", at=NOON + timedelta(seconds=299))
    with pytest.raises(TooMany, match=r"Wait a minute, then try again\.") as refused:
        limits.spend(TWICE, "7", at=NOON + timedelta(seconds=299))
    assert refused.value.seconds == 2
    limits.spend(TWICE, "8", at=NOON + timedelta(seconds=299))
    limits.spend(TWICE, "7", at=NOON + timedelta(seconds=300))


@pytest.mark.django_db
def test_the_table_names_nobody():
    limits.spend(TWICE, "192.0.2.7", at=NOON)
    cache.set("tries:192.0.2.7", [1.5], 60)
    assert {len(key) for key in Remembered.objects.values_list("key", flat=True)} == {64}
    assert "192.0.2.7" not in str(list(Remembered.objects.values_list("key", "value")))


@pytest.mark.django_db
def test_the_cache_keeps_a_value_once_and_for_its_time():
    assert (cache.add("code", "y", 30), cache.add("code", "y", 30)) == (True, False)
    cache.set("tries", [1.5, 2.5], 60)
    assert (cache.get("tries"), cache.get("other", "none")) == ([1.5, 2.5], "none")
    assert (cache.touch("tries", 90), cache.touch("other", 90)) == (True, False)
    Remembered.objects.update(until=NOON - timedelta(days=300))
    assert (cache.get("tries"), cache.add("code", "z", None), cache.get("code")) == (None, True, "z")
    assert (cache.delete("code"), cache.delete("code")) == (True, False)
    assert cache.incr("n", 1) if cache.add("n", 1) else False


@pytest.mark.django_db
def test_upkeep_forgets_what_is_over():
    limits.spend(TWICE, "7", at=NOON)
    limits.spend(TWICE, "8", at=NOON + timedelta(minutes=4))
    upkeep = next(each for module in modules() for each in module.upkeep if each.name == "forget-what-is-over")
    assert upkeep.run(NOON + timedelta(minutes=5)) == "1 forgotten."
    assert Remembered.objects.count() == 1


WORKER = """
import sys, django; django.setup()
from django.core.cache import cache
from headship.core import limits
from headship.core.errors import TooMany
sys.stdin.readline()
for _ in range(4):
    try:
        limits.spend(limits.Limit("four", "Doing it", 4, 300), "7")
        print("through")
    except TooMany:
        print("stopped")
print("kept" if cache.add("code", "y", 60) else "known")
"""


@pytest.fixture
def database_of_workers(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Return the address of a database that several processes share: PostgreSQL's of this test, or a file's."""
    if connection.vendor == "postgresql":
        request.getfixturevalue("transactional_db")
        told = connection.settings_dict
        host, port = told["HOST"] or "127.0.0.1", told["PORT"] or "5432"
        return f"postgresql://{told['USER']}:{told['PASSWORD']}@{host}:{port}/{told['NAME']}"
    address = f"sqlite://{tmp_path / 'shared.sqlite3'}"
    command = [sys.executable, "-m", "headship", "migrate", "core", "--verbosity", "0"]
    subprocess.run(command, env=os.environ | {"HEADSHIP_DATABASE": address}, check=True)
    return address


def test_two_workers_count_together_and_a_code_works_at_one_of_them(database_of_workers: str):
    """A code that was used at one worker must not sign anybody in at another."""
    environment = os.environ | {
        "HEADSHIP_DATABASE": database_of_workers,
        "DJANGO_SETTINGS_MODULE": "headship.project.settings",
    }
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    workers = [subprocess.Popen([sys.executable, "-c", WORKER], env=environment, **pipes) for _ in range(2)]
    told = [word for each in workers for word in each.communicate("go\n", timeout=60)[0].split()]
    assert Counter(told) == {"through": 4, "stopped": 4, "kept": 1, "known": 1}


def nearly_spend(limit: Limit, who: object) -> None:
    """Leave somebody one try."""
    until = timezone.now() + timedelta(seconds=limit.seconds)
    key = remembered.hashed(f"limit:{limit.name}:{who}")
    Remembered.objects.create(key=key, value=limit.amount - 1, until=until)


@pytest.mark.django_db
def test_a_page_says_how_long_to_wait():
    cast = everybody.build()
    client = cast.client("teacher")
    nearly_spend(limits.EXPORTS, cast.accounts["teacher"].pk)
    assert client.get(reverse("my-standards-json")).status_code == 200
    stopped = client.get(reverse("my-standards-json"))
    assert (stopped.status_code, int(stopped.headers["Retry-After"]) > 3500) == (429, True)
    assert "Nothing was changed. Wait 60 minutes, then try again." in stopped.text
    assert cast.client("office").get(reverse("my-standards-json")).status_code == 200


@pytest.mark.django_db
def test_sending_counts_and_looking_does_not():
    cast = everybody.build()
    client = cast.client("headteacher")
    address = reverse("people-invite", kwargs={"urn": everybody.OWN})
    nearly_spend(limits.INVITATIONS, cast.accounts["headteacher"].pk)
    answers = [client.get(address), client.get(address), client.post(address, {}), client.post(address, {})]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]


@pytest.mark.django_db
def test_strangers_are_counted_by_their_address():
    letter = reverse("invitation", kwargs={"token": "no-such"})
    nearly_spend(limits.LETTERS, "127.0.0.1")
    assert [Client().get(letter).status_code for _ in range(2)] == [404, 429]
    assert Client(REMOTE_ADDR="192.0.2.9").get(letter).status_code == 404


def test_every_limit_is_used():
    from headship.core.checks import every_pattern

    used = {pattern.callback.limit for _, pattern in every_pattern() if pattern.callback.limit}
    assert set(limits.LIMITS) == used


def test_hashes_differ_by_secret(settings):
    before = remembered.hashed("a")
    settings.SECRET_KEY = "another"
    assert remembered.hashed("a") != before


def test_a_route_carries_its_limit():
    view = audience.declared(lambda request: None, audience.ANYONE, limit=TWICE)
    assert view.limit == TWICE
