"""How long pages of a made school take to be made, asked for in turn through the whole product without a network."""

import gc
import logging
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bench import machine

SEED, ROUNDS, TARGET_MS = 20_261_129, 20, 100
Fill = Callable[[Any, random.Random], None]


def measure(
    name: str,
    sizes: Mapping[str, int],
    filled: Sequence[Fill],
    pages: Mapping[str, Mapping[str, str]],
    named: Callable[[Any], Mapping[str, int]],
) -> None:
    """Fill a database of its own, ask for each of `pages` (persona: name of page: address), and write the result.

    Addresses are the school's, and hold keys that `named` gives, as `{policy}`.
    """
    with tempfile.TemporaryDirectory(prefix="headship-lists-") as folder:
        os.environ.setdefault("HEADSHIP_FOLDER", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
        import django

        django.setup()
        logging.disable(logging.INFO)  # a line for each request would be measured too
        with _ready() as vendor:
            measured = _measured(filled, pages, named)
    slowest = max(each["p95_ms"] for each in measured.values())
    figures = {"rows": sizes, "rounds": ROUNDS, "target_ms": TARGET_MS, "load": os.getloadavg()[0]}
    machine.write(name, {**figures, vendor: measured, "held": slowest < TARGET_MS})


@contextmanager
def _ready() -> Iterator[str]:
    """Give a test database of the kind that is set; it is gone afterwards."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    settings.ALLOWED_HOSTS = ["testserver"]
    setup_test_environment()
    kept = connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)
        teardown_test_environment()


def _measured(
    filled: Sequence[Fill], pages: Mapping[str, Mapping[str, str]], named: Callable[[Any], Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from headship.core import belt
    from tests import cast as everybody

    with belt.whole_installation(because="the benchmark makes a school"):
        cast = everybody.build()
        for fill in filled:
            fill(cast, random.Random(SEED))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        keys = named(cast)
        asked = [(cast.client(who), *each) for who, theirs in pages.items() for each in theirs.items()]
    gc.collect()
    gc.freeze()  # the rows that were made are the benchmark's own; a server does not hold them
    measured: dict[str, dict[str, float]] = {}
    for client, name, page in asked:
        address = f"/schools/{everybody.OWN}/{page.format_map(keys)}"
        _asked(client, address)  # what is read once and kept is not measured
        taken, worked = zip(*(_asked(client, address) for _ in range(ROUNDS)), strict=True)
        with CaptureQueriesContext(connection) as captured:
            _asked(client, address)
        measured[name] = {
            "median_ms": round(statistics.median(taken), 1),
            "p95_ms": round(sorted(taken)[int(ROUNDS * 0.95) - 1], 1),
            "processor_ms": round(statistics.median(worked), 1),
            "queries": len(captured),
        }
    return measured


def _asked(client: Any, address: str) -> tuple[float, float]:
    """Return how long a page took, by the clock and by the processor, in milliseconds."""
    begun, spent = time.perf_counter(), time.process_time()
    answer = client.get(address)
    taken = (time.perf_counter() - begun) * 1000, (time.process_time() - spent) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}: {answer.headers.get('Location', '')}")
    return taken
