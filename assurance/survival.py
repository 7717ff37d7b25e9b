"""Row f: kills the writer many times on each database (assurance/kill.py does one database)."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assurance.figures import Figure
from assurance.kill import Found, kill_again_and_again

SEED = 20261123
FULL, SHORT = {"SQLite": 500, "PostgreSQL": 30}, {"SQLite": 5, "PostgreSQL": 3}


def measure(*, short: bool) -> Figure:
    """Kill on SQLite, and on PostgreSQL where a server answers."""
    from scripts.run_tests import postgres_address

    started, kills = time.monotonic(), SHORT if short else FULL
    found: dict[str, Found] = {}
    with tempfile.TemporaryDirectory(prefix="headship-kill-") as folder:
        file = f"sqlite://{folder}/kill.sqlite3"
        found["SQLite"] = kill_again_and_again(file, Path(folder), kills=kills["SQLite"], seed=SEED)
        if server := postgres_address():
            with database_on(server) as address:
                one = kill_again_and_again(address, Path(folder), kills=kills["PostgreSQL"], seed=SEED)
            found["PostgreSQL"] = one
    told = "; ".join(
        f"{name}: {each.kills} kills, {each.acknowledged} acknowledged, {each.lost} lost, {len(each.faults)} faults"
        for name, each in found.items()
    )
    return Figure(
        row="f",
        figure=told,
        target="500 kills on SQLite and 30 on PostgreSQL: 0 acknowledged writes lost",
        held=False,  # the controls (a cluster with synchronous_commit=off; simulated power loss) are not built yet
        control="not built yet, so the figure does not count as held",
        seed=SEED,
        count=sum(each.kills for each in found.values()),
        seconds=round(time.monotonic() - started, 1),
    )


@contextmanager
def database_on(server: str) -> Iterator[str]:
    """Make a database of its own on a PostgreSQL server, give its address, and drop it at the end."""
    import psycopg

    name = f"headship_kill_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server.rsplit('/', 1)[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
