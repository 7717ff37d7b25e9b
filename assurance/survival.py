"""Row f: kills the writer many times on each database (assurance/kill.py does one database), with two controls.

A bare kill -9 loses nothing even where nothing is synced, so the controls take the machine away: the power on SQLite
(assurance/power.py), the whole server on PostgreSQL (assurance/cluster.py). A careless setting must lose something
there and ours nothing. Where a control cannot run, the figure is not held and says why.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assurance import cluster, power
from assurance.figures import Figure
from assurance.kill import Found, kill_again_and_again

SEED = 20261123
FULL, SHORT = {"SQLite": 500, "PostgreSQL": 30}, {"SQLite": 5, "PostgreSQL": 3}


@dataclass(frozen=True, slots=True)
class Control:
    """What a control came to: whether it shows what it should, and in words."""

    shows: bool
    words: str


def measure(*, short: bool) -> Figure:
    """Kill on SQLite, and on PostgreSQL where a server answers; then the controls."""
    started, kills = time.monotonic(), SHORT if short else FULL
    found = _killed(kills)
    controls = [_tried(each, short=short) for each in (_power, _cluster)]
    whole = found.keys() == kills.keys() and not any(each.lost or each.faults for each in found.values())
    return Figure(
        row="f",
        figure="; ".join(
            f"{name}: {each.kills} kills, {each.acknowledged} acknowledged, {each.lost} lost, {len(each.faults)} faults"
            for name, each in found.items()
        ),
        target="500 kills on SQLite and 30 on PostgreSQL: 0 acknowledged writes lost",
        held=not short and whole and all(each.shows for each in controls),
        control="; ".join(each.words for each in controls),
        seed=SEED,
        count=sum(each.kills for each in found.values()),
        seconds=round(time.monotonic() - started, 1),
    )


def _killed(kills: Mapping[str, int]) -> dict[str, Found]:
    """Kill the writer on each database that is here."""
    from scripts.run_tests import postgres_address

    with tempfile.TemporaryDirectory(prefix="headship-kill-") as folder:
        file = f"sqlite://{folder}/kill.sqlite3"
        found = {"SQLite": kill_again_and_again(file, Path(folder), kills=kills["SQLite"], seed=SEED)}
        if server := postgres_address():
            with database_on(server) as address:
                one = kill_again_and_again(address, Path(folder), kills=kills["PostgreSQL"], seed=SEED)
            found["PostgreSQL"] = one
    return found


def _tried(control: Callable[..., Control], *, short: bool) -> Control:
    with tempfile.TemporaryDirectory(prefix="headship-control-") as folder:
        return control(Path(folder), short=short)


def _power(folder: Path, *, short: bool) -> Control:
    """Fail the power under our own setting and under synchronous=OFF."""
    if not power.can_be_shown():
        return Control(
            shows=False, words="SQLite under power loss: not run, strace is not installed or not allowed here"
        )
    found = {}
    for name, setting in (("ours", ""), ("careless", "OFF")):
        (folder / name).mkdir()
        found[name] = power.fail_again_and_again(
            folder / name, failures=10 if short else 100, seed=SEED, synchronous=setting
        )
    ours, careless = found["ours"], found["careless"]
    return Control(
        shows=not ours.lost and not ours.broken and careless.lost > 0,
        words=(
            f"SQLite, power lost {ours.failures} times: our setting lost {ours.lost} acknowledged writes and broke "
            f"{ours.broken} files, synchronous=OFF lost {careless.lost} and broke {careless.broken}"
        ),
    )


def _cluster(folder: Path, *, short: bool) -> Control:
    """Kill a whole server under our own setting and under synchronous_commit=off."""
    if cluster.programs() is None:
        return Control(shows=False, words="PostgreSQL killed whole: not run, no server is installed here")
    ours, careless = (
        cluster.kill_the_whole(folder, kills=2 if short else 10, seed=SEED, synchronous_commit=each)
        for each in ("on", "off")
    )
    return Control(
        shows=not ours.lost and not ours.faults and careless.lost > 0,
        words=(
            f"PostgreSQL, whole server killed {ours.kills} times: our setting lost {ours.lost} of {ours.acknowledged}, "
            f"synchronous_commit=off lost {careless.lost} of {careless.acknowledged}"
        ),
    )


@contextmanager
def database_on(server: str, more: str = "") -> Iterator[str]:
    """Make a database of its own on a PostgreSQL server, give its address, and drop it at the end."""
    import psycopg

    name = f"headship_kill_{os.getpid()}{more}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server.rsplit('/', 1)[0]}/{name}"
        finally:
            asked = "SELECT datname FROM pg_database WHERE datname ~ %s"  # a restore sets the one it replaces aside
            for (made,) in connection.execute(asked, [f"^{name}(_|$)"]).fetchall():
                connection.execute(f'DROP DATABASE "{made}" WITH (FORCE)')
