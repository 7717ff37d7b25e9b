"""Row c: every mutant of the rules and of the scoped queries (assurance/mutations.py), hunted by tests that meet it.

The hunt (assurance/hunt.py) runs in a process of its own, on SQLite in memory. Survivors are printed by name; the
figure is held only when there is none but the equivalents below.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assurance.figures import Figure
from assurance.mutations import ROOT

SEED = 20261124
CONTROLS = 60  # killed mutants that are met once more by the test that killed them, emptied

# Mutants that change nothing anybody could see, by file, function and change, each with its reason.
EQUIVALENT: Mapping[str, str] = {
    "src/headship/strategy/queries.py mirror: values__isnull=False left out": (
        "decisions without a value are then counted under none, which no value asks for"
    ),
    "src/headship/people/queries.py schools_of_trust: school__in=schools left out": (
        "the posts of other schools are then counted as well, and nobody asks for their counts"
    ),
    "src/headship/people/roster_queries.py without_account: person__posts__school_id=scope.school_id left out": (
        "accounts of people without a post here are then left out as well, of whom none is looked at"
    ),
    "src/headship/evidence/queries.py entry: owner=None left out": (
        "the database refuses an entry that has an owner and a class that roles open"
    ),
}


def hunted(*, apps: list[str], tests: list[str], most: int | None, controls: int = CONTROLS) -> dict[str, Any]:
    """Hunt mutants of some applications (all, where none is named) and return what was found."""
    asked = {"apps": apps, "tests": tests, "most": most, "seed": SEED, "controls": controls}
    with tempfile.TemporaryDirectory(prefix="headship-mutants-") as folder:
        told = Path(folder, "found.json")
        subprocess.run(
            [sys.executable, "-m", "assurance.hunt", json.dumps(asked), str(told)],
            cwd=ROOT,
            env={**os.environ, "HEADSHIP_DATABASE": ""},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        found: dict[str, Any] = json.loads(told.read_text())
    return found


def without_line(survivor: str) -> str:
    """Return how EQUIVALENT names a survivor: lines move.

    >>> without_line("src/a/rules.py:7 see: a == b turned round (3 tests meet it)")
    'src/a/rules.py see: a == b turned round'
    """
    return re.sub(r"\.py:\d+", ".py", re.sub(r" \(\d+ tests meet it\)$", "", survivor))


def measure(*, short: bool) -> Figure:
    """Hunt every mutant with every test; shortened, a few of one application with its own tests."""
    started = time.monotonic()
    where = {"apps": ["talent"], "tests": ["tests/talent"], "most": 40} if short else {}
    found = hunted(**{"apps": [], "tests": [], "most": None, **where})
    equivalent = [each for each in found["survivors"] if without_line(each) in EQUIVALENT]
    survivors = [each for each in found["survivors"] if each not in equivalent]
    _print(found, equivalent, survivors)
    killed = found["killed"]
    each_kind = ", ".join(f"{count} of {found['kinds'][kind]} {kind}s" for kind, count in killed.items())
    return Figure(
        row="c",
        figure=(
            f"{found['mutants']} mutants, {sum(killed.values())} killed ({each_kind}) by {found['tests']} tests, "
            f"{len(equivalent)} equivalent, {len(survivors)} survive"
        ),
        target="all killed but those named as equivalent, with the belt of queries off",
        held=not short and not survivors and 0 < found["emptied_survive"] == found["emptied"],
        control=f"{found['emptied_survive']} of {found['emptied']} killed mutants live when their test is emptied",
        seed=SEED,
        count=found["mutants"],
        seconds=round(time.monotonic() - started, 1),
    )


def _print(found: dict[str, Any], equivalent: list[str], survivors: list[str]) -> None:
    print(f"Tests set aside, for they need the belt or fail alone: {', '.join(found['set_aside']) or 'none'}")
    for each in equivalent:
        print(f"equivalent: {each}: {EQUIVALENT[without_line(each)]}")
    for each in survivors:
        print(f"survives: {each}")
