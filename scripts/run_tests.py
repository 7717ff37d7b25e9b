"""Run all tests on SQLite, then those that ask a database, but for the browser's, on PostgreSQL where one answers.

`make test` calls it. Says what was skipped and why, prints the 20 slowest tests, and ends with one plain line of
totals. Words after `--` go to pytest. With --no-skips-but-shared-data any other skip is a failure; so CI calls it.
A few tests that fail while others share the machine run once more, alone; what passes then is told by name.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET  # reads only the reports that pytest wrote a moment ago
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = ("postgresql://postgres@127.0.0.1:5432/postgres", "postgresql:///postgres")
MOST_TRIED_ALONE = 10  # more failures than these are no matter of a busy machine
SHARED_DATA = "the shared test data is not beside the checkout"


@dataclass
class Outcome:
    """What the runs said so far."""

    counts: Counter = field(default_factory=Counter)
    skipped: Counter = field(default_factory=Counter)
    slowest: list = field(default_factory=list)
    broken: list = field(default_factory=list)
    unsteady: list = field(default_factory=list)

    def read(self, label, report):
        """Add one pytest report."""
        for case, name in cases(label, report):
            self.slowest.append((float(case.get("time", 0)), name))
            self.counts[self.result(case)] += 1

    def read_again(self, label, report):
        """Take what failed beside others and passed alone for passed, and keep its name."""
        alone = [name for case, name in cases(label, report) if self.result(case) == "passed"]
        self.unsteady += alone
        self.counts.update(passed=len(alone), failed=-len(alone))

    def result(self, case):
        """Name one case's result, keeping the reason of a skip."""
        if case.find("failure") is not None or case.find("error") is not None:
            return "failed"
        skip = case.find("skipped")
        if skip is None:
            return "passed"
        self.skipped[skip.get("message", "no reason given")] += 1
        return "skipped"


def cases(label, report):
    """Return each case of a pytest report with its name; none where it was never written."""
    if not report.exists():
        return []
    found = ET.parse(report).iter("testcase")  # noqa: S314  # pytest wrote it a moment ago
    return [(case, f"{case.get('classname', '').replace('.', '/')}::{case.get('name')} ({label})") for case in found]


def postgres_address():
    """Return the first address where a PostgreSQL server lets us make databases, or None."""
    import psycopg  # noqa: PLC0415  # not needed to print --help

    named = os.environ.get("HEADSHIP_TEST_POSTGRES")
    for address in [named] if named else POSTGRES:
        try:
            with psycopg.connect(address, connect_timeout=3) as connection:
                question = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                if connection.execute(question).fetchone() == (True,):
                    return address
        except psycopg.OperationalError:
            continue
    return None


def run(outcome, label, arguments, extra, folder):
    """Run pytest once and add its report. A run that ends in any way but passed or failed is told as broken."""
    print(f"\n== {label}", flush=True)
    ended, report = pytest(label, arguments, extra, folder)
    before = outcome.counts["failed"]
    outcome.read(label, report)
    failed = outcome.counts["failed"] - before
    if ended not in (0, 1, 5):
        outcome.broken.append(f"{label}: pytest ended with {ended}")
    if ended == 1 and not failed:
        outcome.broken.append(f"{label}: pytest found a fault outside any test")
    if 0 < failed <= MOST_TRIED_ALONE:
        print(f"\n== {label}: the {failed} that failed, once more, alone", flush=True)
        _, report = pytest(
            label,
            [*arguments, "-n", "0", "--dist", "no", "--last-failed", "--last-failed-no-failures=none"],
            extra,
            folder,
        )
        outcome.read_again(label, report)


def pytest(label, arguments, extra, folder):
    """Run pytest; return what it ended with and where its report lies. What failed is remembered under the label."""
    name = label.replace(" ", "-")
    report = Path(folder, f"{name}.xml")
    report.unlink(missing_ok=True)
    memory = f"cache_dir={Path(folder, name)}"
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", "-o", memory, *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **extra}, check=False).returncode, report


def run_all(outcome, options, folder):
    """Run everything on SQLite, the check that nothing went unvisited, and PostgreSQL."""
    parallel = ["-n", str(options.workers), "--dist", "worksteal"]
    visited = {"HEADSHIP_TEST_VISITED": folder}
    run(outcome, "SQLite", [*parallel, *options.pytest], {**visited, "HEADSHIP_DATABASE": ""}, folder)
    if not options.pytest:
        run(outcome, "nothing unvisited", ["tests/house/unvisited.py"], {**visited, "HEADSHIP_DATABASE": ""}, folder)
    postgres = None if options.sqlite_only else postgres_address()
    if postgres is None:
        why = (
            "you asked for SQLite only"
            if options.sqlite_only
            else "no server answers; HEADSHIP_TEST_POSTGRES names one"
        )
        outcome.skipped[f"PostgreSQL, all of it: {why}"] += 1
        return
    own = postgres.rsplit("/", 1)[0] + f"/headship_{os.getpid()}"
    wanted = ["-m", "not browser and not spark", *options.pytest]
    run(outcome, "PostgreSQL", [*parallel, *wanted], {"HEADSHIP_DATABASE": own}, folder)


def unwanted_skips(outcome):
    """Return the reasons for which nothing may be skipped where skips count as failures."""
    return [reason for reason in outcome.skipped if SHARED_DATA not in reason]


def tell(outcome):
    """Print what was skipped, the slowest tests and the totals."""
    print("\n== The 20 slowest tests")
    for seconds, name in sorted(outcome.slowest, reverse=True)[:20]:
        print(f"{seconds:7.2f} s  {name}")
    print("\n== Skipped" if outcome.skipped else "\n== Nothing was skipped")
    for reason, count in outcome.skipped.most_common():
        print(f"{count:5} x  {reason}")
    if outcome.unsteady:
        print("\n== Failed beside other tests and passed alone: mend these, or what they found")
        print("\n".join(outcome.unsteady))
    for sentence in outcome.broken:
        print(f"\n{sentence}")
    counts = outcome.counts
    print(f"\n{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped", flush=True)


def main():
    """Run, tell, and end with 0 only when all is well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-skips-but-shared-data", action="store_true", dest="strict")
    parser.add_argument("--sqlite-only", action="store_true")
    parser.add_argument("--workers", default=2)
    parser.add_argument("pytest", nargs="*", help="words for pytest, such as a folder")
    options = parser.parse_args()
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="headship-runner-") as folder:
        run_all(outcome, options, folder)
    if options.strict:
        outcome.broken += [f"Only missing shared data may be skipped: {reason}" for reason in unwanted_skips(outcome)]
    if not outcome.counts["passed"]:
        outcome.broken.append("No test passed at all.")
    tell(outcome)
    sys.exit(bool(outcome.broken or outcome.counts["failed"]))


if __name__ == "__main__":
    main()
