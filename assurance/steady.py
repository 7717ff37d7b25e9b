"""Row g: assurance/collisions.py on a database of its own of each kind, in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assurance.figures import Figure
from assurance.kill import ROOT, run
from assurance.survival import database_on

EVERY = 9  # a shortened run tries every ninth form


def tried(database: str, folder: Path, *, every: int) -> dict:
    """Prepare a school on an empty database, try its forms, and return what was found."""
    env = {**os.environ, "HEADSHIP_DATABASE": database, "HEADSHIP_FOLDER": str(folder)}
    run("prepare", env)
    command = [sys.executable, "-m", "assurance.collisions", str(every)]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def measure(*, short: bool) -> Figure:
    """Try all forms on SQLite, and on PostgreSQL where a server answers."""
    from scripts.run_tests import postgres_address

    started, every = time.monotonic(), EVERY if short else 1
    found = {}
    with tempfile.TemporaryDirectory(prefix="headship-steady-") as folder:
        found["SQLite"] = tried(f"sqlite://{folder}/steady.sqlite3", Path(folder), every=every)
        if server := postgres_address():
            with database_on(server) as address:
                found["PostgreSQL"] = tried(address, Path(folder), every=every)
    for name, each in found.items():
        print(f"{name}: left out, for no trial was taken: {', '.join(each['left_out']) or 'none'}")
        print("\n".join(each["faults"]))
    whole = len(found) == 2 and all(each["accepted"] and not each["faults"] for each in found.values())
    return Figure(
        row="g",
        figure="; ".join(f"{name}: {words(each)}" for name, each in found.items()),
        target="0 duplicates, 0 silent overwrites, 0 partial writes, over every form",
        held=not short and whole and all(each["control"] and not each["left_out"] for each in found.values()),
        control="; ".join(
            f"{name}, a guard taken away: {each['control']} tables hold a duplicate" for name, each in found.items()
        ),
        seed=0,
        count=sum(sum(each["trials"].values()) for each in found.values()),
        seconds=round(time.monotonic() - started, 1),
    )


def words(each: dict) -> str:
    """Say what was tried on one database."""
    trials = ", ".join(f"{count} {name}" for name, count in each["trials"].items())
    return f"{each['accepted']} of {each['forms']} forms tried ({trials}), {len(each['faults'])} faults"
