"""Pages of strategy at a school of 400 staff with fifteen years of work: how long each takes to be made.

    python -m bench strategy_lists                     # SQLite in a folder of its own; or HEADSHIP_DATABASE=…

Rows are made in a database of its own, seeded, and each page is asked for in turn, by the headteacher or a teacher,
through the whole product and without a network. Whoever builds another list adds what fills it to FILLED and its
address to PAGES, where `{policy}` is a key that `app_rows.named` gives. Writes bench/results/strategy_lists.json.
"""

import logging
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench import app_rows, machine, strategy_rows

SEED, ROUNDS, TARGET_MS = 20_261_129, 20, 100
PAGES = {
    "decisions": "decisions/",
    "decisions to look back at": "decisions/?state=open",
    "decisions overdue": "decisions/?state=overdue",
    "decisions of a value, six years ago": "decisions/?value=1&year=2020",
    "how decisions turned out": "decisions/looked-back",
    "plan": "plan/",
    "who decides what": "who-decides/",
    "who decided what on a day": "who-decides/on-a-day?on_day=1&on_month=3&on_year=2020",
    "teams": "teams/",
    "values": "values/",
    "policies": "policies/",
    "policies required": "policies/required",
    "policies past review": "policies/overdue",
    "to read": "to-read/",
    "one policy": "policies/{policy}",
    "a policy's words": "policies/texts/{text}",
    "changes in policy": "changes-in-policy/",
    "changes in policy, an old page": "changes-in-policy/?start=200",
    "workload": "workload/",
    "directed time of a year": "directed-time/{year}",
    "what is placed": "directed-time/{year}/placed",
    "one person's directed time": "directed-time/{year}/people/{person}",
    "bets": "bets/",
    "one bet": "bets/{bet}",
    "horizon": "horizon/",
    "habits": "habits/",
    "readiness": "readiness/",
    "readiness in an area": "readiness/leadership-and-governance",
    "equality objectives": "equality/objectives/",
    "equality information": "equality/information/",
    "equality checks": "equality/checks/",
    "one equality check": "equality/checks/{check}",
    "today": "",
}
OF_A_TEACHER = {"a teacher's today": "", "a teacher's directed time": "my-directed-time/"}
FILLED: tuple[Callable[[Any, random.Random], None], ...] = (
    strategy_rows.staff,
    strategy_rows.decisions,
    strategy_rows.rights,
    strategy_rows.plan,
    app_rows.policies,
    app_rows.changes,
    app_rows.demands,
    app_rows.directed,
    app_rows.improvement,
    app_rows.readiness,
    app_rows.equality,
)


def main() -> None:
    """Make the rows, ask for each page, and write the result."""
    with tempfile.TemporaryDirectory(prefix="headship-lists-") as folder:
        os.environ.setdefault("HEADSHIP_FOLDER", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
        import django

        django.setup()
        logging.disable(logging.INFO)  # a line for each request would be measured too
        with _ready() as vendor:
            measured = _measured()
    slowest = max(each["p95_ms"] for each in measured.values())
    figures = {
        "rows": strategy_rows.SIZES | app_rows.SIZES,
        "rounds": ROUNDS,
        "target_ms": TARGET_MS,
        "load": os.getloadavg()[0],
    }
    machine.write("strategy_lists", {**figures, vendor: measured, "held": slowest < TARGET_MS})


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


def _measured() -> dict[str, dict[str, float]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from headship.core import belt
    from tests import cast as everybody

    with belt.whole_installation(because="the benchmark makes a school"):
        cast = everybody.build()
        for fill in FILLED:
            fill(cast, random.Random(SEED))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        named = app_rows.named(cast)
        asked = [(cast.client("headteacher"), *each) for each in PAGES.items()]
        asked += [(cast.client("teacher"), *each) for each in OF_A_TEACHER.items()]
    measured: dict[str, dict[str, float]] = {}
    for client, name, page in asked:
        address = f"/schools/{everybody.OWN}/{page.format_map(named)}"
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


if __name__ == "__main__":
    main()
