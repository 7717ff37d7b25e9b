"""What the audit chain costs: the same action with and without it, in turn, on SQLite and PostgreSQL.

    python -m bench.audit_cost            # writes bench/results/audit_cost.json
    HEADSHIP_BENCH_SECONDS=2 (of one slice), HEADSHIP_BENCH_ROUNDS=15 (slices with, and as many without)
    HEADSHIP_BENCH_WRITERS=one,four_in_four_schools,four_in_one_school (which of them)
    HEADSHIP_BENCH_POSTGRESQL=postgresql://… (a server; a database is made there and dropped)

Writers are processes of their own and stay; in each slice of time all of them write with the chain, or all without, and
the order is turned round from one pair to the next, so that a busy neighbour spoils both alike. "Without" leaves out
`core.audit.append` alone; the action, its evidence and its commit are the same. The cost is one less the median, over
the pairs of neighbouring slices, of the rate with it divided by the rate without it. Beside it stands the processor
time of the writers for each action, which a busy neighbour spoils less (on PostgreSQL the server's own is not in it).
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from uuid import uuid4

from bench import machine

SECONDS = float(os.environ.get("HEADSHIP_BENCH_SECONDS", "2"))
ROUNDS = int(os.environ.get("HEADSHIP_BENCH_ROUNDS", "15"))
POSTGRES = os.environ.get("HEADSHIP_BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
TARGET = 0.15
FIRST_URN, SCHOOLS = 100_001, 4
# Who writes where: the schools of the writers, counted from 0.
WRITERS = {"one": (0,), "four_in_four_schools": (0, 1, 2, 3), "four_in_one_school": (0, 0, 0, 0)}
WANTED = os.environ.get("HEADSHIP_BENCH_WRITERS", ",".join(WRITERS)).split(",")
ACTIONS = ("note_decision", "change_value")  # a usual one, with its evidence; and the smallest there is


def main() -> None:
    """Measure on each database and write bench/results/audit_cost.json."""
    from assurance.survival import database_on
    from scripts.run_tests import postgres_address

    measured = {}
    with tempfile.TemporaryDirectory(prefix="headship-audit-cost-") as folder:
        measured["sqlite"] = measure(f"sqlite://{folder}/cost.sqlite3", folder)
        if postgres_address():
            with database_on(POSTGRES) as address:
                measured["postgresql"] = measure(address, folder)
    machine.write("audit_cost", {"target": TARGET, "seconds_a_slice": SECONDS, "pairs": ROUNDS, **measured})


def measure(address: str, folder: str) -> dict[str, dict[str, dict[str, float]]]:
    """Return the rates and the cost of each action by each set of writers on one database."""
    env = {**os.environ, "HEADSHIP_DATABASE": address, "HEADSHIP_FOLDER": folder}
    subprocess.run([sys.executable, "-m", "bench.audit_cost", "prepare"], env=env, check=True)
    return {
        action: {name: _cost(env, action, schools) for name, schools in WRITERS.items() if name in WANTED}
        for action in ACTIONS
    }


def _cost(env: dict[str, str], action: str, schools: tuple[int, ...]) -> dict[str, float]:
    writers = [_Writer(env, action, school) for school in schools]
    try:
        _slice(writers, "with")
        _slice(writers, "without")  # both are warm now
        pairs = []
        for place in range(ROUNDS):
            order = ("with", "without") if place % 2 else ("without", "with")
            found = {mode: _slice(writers, mode) for mode in order}
            pairs.append((found["with"], found["without"]))
    finally:
        for writer in writers:
            writer.stop()
    return {
        "with_a_second": round(median(a.rate for a, _ in pairs), 1),
        "without_a_second": round(median(b.rate for _, b in pairs), 1),
        "cost": round(1 - median(a.rate / b.rate for a, b in pairs), 3),
        "processor_ms_with": round(median(a.processor_ms for a, _ in pairs), 3),
        "processor_ms_without": round(median(b.processor_ms for _, b in pairs), 3),
        "processor_cost": round(1 - median(b.processor_ms / a.processor_ms for a, b in pairs), 3),
    }


@dataclass(frozen=True, slots=True)
class _Slice:
    """Actions a second of all writers together, and their processor time for one."""

    rate: float
    processor_ms: float


def _slice(writers: list["_Writer"], mode: str) -> _Slice:
    """Let all write for a while."""
    end = time.time() + 0.05 + SECONDS
    for writer in writers:
        writer.ask(mode, end)
    answers = [writer.answer() for writer in writers]
    done = max(sum(count for count, _ in answers), 1)
    return _Slice(done / SECONDS, sum(seconds for _, seconds in answers) / done * 1000)


class _Writer:
    """A process that writes when asked, in its school."""

    def __init__(self, env: dict[str, str], action: str, school: int) -> None:
        command = [sys.executable, "-m", "bench.audit_cost", "write", action, str(school)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True, bufsize=1)
        self.process.stdout.readline()

    def ask(self, mode: str, end: float) -> None:
        self.process.stdin.write(f"{mode} {end}\n")

    def answer(self) -> tuple[int, float]:
        count, seconds = self.process.stdout.readline().split()
        return int(count), float(seconds)

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=30)


def prepare() -> None:
    """Make the tables, the frameworks, and schools with a headteacher and a value each."""
    from django.core.management import call_command
    from django.utils import timezone

    from headship.core.roles import Role
    from headship.core.scope import installation_scope
    from headship.people.models import Account, Person, Post
    from headship.schools.models import School
    from headship.standards import actions as standards
    from headship.strategy.models import Value

    call_command("migrate", verbosity=0)
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    for place in range(SCHOOLS):
        school = School.objects.create(urn=FIRST_URN + place, name=f"School {place}", joined_at=now)
        person = Person.objects.create(name=f"Head {place} Example", created_at=now)
        Account.objects.create(person=person, email=f"head.{place}@people.example")
        Post.objects.create(person=person, school=school, role=Role.HEADTEACHER, starts_on=now.date())
        Value.objects.create(school=school, name=f"Value {place}")


def write(action: str, place: str) -> None:
    """Do the action whenever asked, until the moment asked for, and say how often it was done."""
    from django.utils import timezone

    from headship.core import audit
    from headship.people import queries as people
    from headship.people.models import Account

    account = Account.objects.get(email=f"head.{place}@people.example")
    by = people.scope_for(account, "school", FIRST_URN + int(place), at=timezone.now())
    do = {"note_decision": _decision, "change_value": _value}[action](by)
    chained = audit.append
    print("ready", flush=True)
    for line in sys.stdin:
        mode, end = line.split()
        audit.append = chained if mode == "with" else lambda draft: 0
        done, began = 0, time.process_time()
        while time.time() < float(end):
            do(timezone.now())
            done += 1
        print(done, time.process_time() - began, flush=True)


def _decision(by):
    from django.utils import timezone

    from headship.core.visibility import Visibility
    from headship.strategy import actions

    yesterday = timezone.localdate() - timedelta(days=1)
    noted = actions.Noted("A decision", "Because", yesterday, Visibility.STAFF, (), ("1.1", "3.6"))
    return lambda at: actions.note_decision(by=by, at=at, once=uuid4(), noted=noted)


def _value(by):
    from headship.core.errors import Stale
    from headship.strategy import actions
    from headship.strategy.models import Value

    value = Value.objects.get(school_id=by.school_id)

    def change(at):
        with_version = Value.objects.only("version").get(pk=value.pk).version
        try:
            actions.change_value(
                by=by, at=at, value=value.pk, version=with_version, name=value.name, meaning=f"{at:%S.%f}"
            )
        except Stale:  # another writer of the same school was faster
            return

    return change


if __name__ == "__main__":
    if len(sys.argv) < 2:
        main()
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
        import django

        django.setup()
        from headship.core import belt

        with belt.whole_installation(because="the benchmark makes its schools, and finds who writes"):
            {"prepare": prepare, "write": write}[sys.argv[1]](*sys.argv[2:])
