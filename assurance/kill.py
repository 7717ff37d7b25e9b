"""Row f: the writer is killed with -9 at random moments; whatever it acknowledged must be there, its chain whole.

The writer is a process of its own (`python -m assurance.kill write`). It notes decisions through the product's own
action and prints each one's key only after its transaction was committed. Another process (`… check`) then reads.
"""

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Found:
    """What was left after all kills."""

    kills: int
    acknowledged: int
    lost: int
    faults: tuple[str, ...]


def kill_again_and_again(database: str, folder: Path, *, kills: int, seed: int) -> Found:
    """Migrate an empty database, write and kill, and say what was lost. `database` is as in HEADSHIP_DATABASE."""
    chance = random.Random(seed)
    env = {**os.environ, "HEADSHIP_DATABASE": database, "HEADSHIP_FOLDER": str(folder)}
    run("prepare", env)
    acknowledged: set[int] = set()
    for _ in range(kills):
        acknowledged |= _write_until_killed(env, after=chance.uniform(0.02, 0.4))
    left = json.loads(run("check", env))
    return Found(kills, len(acknowledged), len(acknowledged - set(left["decisions"])), tuple(left["faults"]))


def _write_until_killed(env: dict[str, str], *, after: float) -> set[int]:
    """Start the writer, let it write for a while once it has begun, kill it, and return what it acknowledged."""
    command = [sys.executable, "-m", "assurance.kill", "write"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as writer:
        first = writer.stdout.readline()
        time.sleep(after)
        writer.kill()
        lines = [first, *writer.stdout.read().splitlines(keepends=True)]
    if not first:
        raise RuntimeError("The writer ended before it acknowledged anything.")
    return {int(line) for line in lines if line.endswith("\n")}


def run(part: str, env: dict[str, str]) -> str:
    """Run one part in a process of its own and return what it printed."""
    command = [sys.executable, "-m", "assurance.kill", part]
    return subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout


def prepare() -> None:
    """Make the tables; load the frameworks and the cast."""
    from django.core.management import call_command
    from django.utils import timezone

    from headship.core.scope import installation_scope
    from headship.standards import actions as standards
    from tests import cast

    call_command("migrate", verbosity=0)
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    cast.build()


def write(synchronous: str = "") -> None:
    """Note decisions as the headteacher until killed, saying each one's key once it is committed.

    `synchronous` replaces SQLite's setting: a control writes carelessly.
    """
    from django.db import connection
    from django.utils import timezone

    from headship.core.visibility import Visibility
    from headship.people import queries as people
    from headship.people.models import Account
    from headship.strategy import actions as strategy
    from tests.cast import OWN

    account = Account.objects.get(email="headteacher@people.example")
    if synchronous:
        connection.cursor().execute(f"PRAGMA synchronous={synchronous}")
    while True:
        at = timezone.now()
        yesterday = timezone.localdate(at) - timedelta(days=1)
        noted = strategy.Noted("A decision", "Because", yesterday, Visibility.STAFF, (), ("1.1", "3.6"))
        by = people.scope_for(account, "school", OWN, at=at)
        print(strategy.note_decision(by=by, at=at, once=uuid4(), noted=noted), flush=True)


def check() -> None:
    """Print the keys of all decisions, and every fault: of the audit chain, and of decisions without their evidence."""
    from headship.core import audit
    from headship.core.models import AuditEvent, ChainHead
    from headship.evidence.models import Entry
    from headship.strategy.models import Decision

    faults = [fault for head in ChainHead.objects.all() for fault in audit.faults(head.chain)]
    decisions = list(Decision.objects.values_list("id", flat=True))
    sources = {f"strategy.Decision:{key}" for key in decisions}
    for what, found in (
        ("evidence entry", Entry.objects.values_list("source", flat=True)),
        ("audit event", AuditEvent.objects.filter(action="strategy.note_decision").values_list("subject", flat=True)),
    ):
        if sorted(found) != sorted(sources):
            faults.append(f"Not every decision has exactly one {what}.")
    print(json.dumps({"decisions": decisions, "faults": faults}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    import django

    django.setup()
    from headship.core import belt

    with belt.whole_installation(because="the proof writes and reads as the installation itself"):
        {"prepare": prepare, "write": write, "check": check}[sys.argv[1]](*sys.argv[2:])
