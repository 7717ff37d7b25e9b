"""The Standards profile under load: 20 users, a school of 20,000 entries among 22,000 schools and 1,000,000 entries.

    python -m bench profile_page                       # SQLite, and PostgreSQL where one answers
    HEADSHIP_BENCH_COUNTRY=postgresql://… (default: postgresql://postgres@127.0.0.1:5432/headship_bench)
    HEADSHIP_BENCH_FOLDER=… (default: var/bench), HEADSHIP_BENCH_SECONDS=20

Each database is built once and kept. On each, in one run, one after the other and twice in turn: the product's page as
it is served (kept while nothing is done at the school), the same made anew for every request, and the same page written
idiomatically (bench/idiomatic: Django's ORM with prefetching and select_related, and Django templates), with the same
middleware, access checks and visible text. All by the product's own server settings.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import load, machine

FOLDER = Path(os.environ.get("HEADSHIP_BENCH_FOLDER", "var/bench")).resolve()
POSTGRES = os.environ.get("HEADSHIP_BENCH_COUNTRY", "postgresql://postgres@127.0.0.1:5432/headship_bench")
SECONDS = float(os.environ.get("HEADSHIP_BENCH_SECONDS", "20"))
ROUNDS = 2
WORKERS = 2
# What is measured: the page's address, and how many pages each process may keep (headship.core.kept).
PAGES = {
    "product": ("standards/", "128"),
    "product_made_anew": ("standards/", "0"),
    "idiomatic": ("standards-idiomatic/", "0"),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A built database: the sessions of its twenty users, and how many queries each page takes."""

    cookies: list[str]
    urn: int
    queries: dict[str, int]


def main() -> None:
    """Measure on each database and write bench/results/profile_page.json."""
    measured = {"sqlite": measure("")}
    if _answers(POSTGRES):
        measured["postgresql"] = measure(POSTGRES)
    else:
        print("PostgreSQL does not answer; only SQLite was measured.")
    machine.write("profile_page", {"users": 20, "workers": WORKERS, "seconds_a_run": SECONDS, **measured})


def measure(address: str) -> dict[str, Any]:
    """Return the figures of both pages on one database, and their ratio."""
    environment = _environment(address)
    prepared = _prepare(environment)
    runs: dict[str, list[load.Figures]] = {name: [] for name in PAGES}
    memory = 0.0
    for name, (page, kept) in list(PAGES.items()) * ROUNDS:
        with_server = _Server({**environment, "HEADSHIP_KEPT_PAGES": kept})
        try:
            path = f"/schools/{prepared.urn}/{page}"
            runs[name].append(load.run(with_server.port, path, prepared.cookies, seconds=SECONDS))
            memory = max(memory, with_server.memory()) if name == "product" else memory
        finally:
            with_server.stop()
    rates = {name: median(run.requests_per_second for run in each) for name, each in runs.items()}
    return {
        "queries": prepared.queries,
        "server_memory_mb": round(memory, 1),
        "times_the_rate_of_idiomatic": round(rates["product"] / rates["idiomatic"], 2),
        "made_anew_times_the_rate_of_idiomatic": round(rates["product_made_anew"] / rates["idiomatic"], 2),
        **{name: [run.as_dict() for run in each] for name, each in runs.items()},
    }


def _environment(address: str) -> dict[str, str]:
    folder = FOLDER / ("postgresql" if address else "sqlite")
    folder.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "HEADSHIP_FOLDER": str(folder),
        "HEADSHIP_DATABASE": address,
        "DJANGO_SETTINGS_MODULE": "bench.idiomatic.settings",
    }


def _prepare(environment: dict[str, str]) -> Prepared:
    """Build the database where it is not built, in a process of its own."""
    command = [sys.executable, "-m", "bench.prepare"]
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return Prepared(**json.loads(answer.stdout.splitlines()[-1]))


def _answers(address: str) -> bool:
    """Make sure the benchmark's own database is there; False where no server answers."""
    import psycopg

    server, _, name = address.rpartition("/")
    try:
        with psycopg.connect(f"{server}/postgres", autocommit=True, connect_timeout=3) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(f'CREATE DATABASE "{name}"')
    except psycopg.OperationalError:
        return False
    return True


class _Server:
    """The product's server, with the idiomatic page beside the product's own."""

    def __init__(self, environment: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # Upkeep looks through 22,000 schools for some minutes a day; here nothing but pages is measured.
        serve = [sys.executable, "-m", "headship", "serve", "--no-worker"]
        command = [*serve, "--port", str(self.port), "--workers", str(WORKERS)]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"http://localhost:{self.port}/health", timeout=2)
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise SystemExit("The server did not start within a minute.")

    def memory(self) -> float:
        """Return the sum of the proportional set sizes of the server's processes, in MB."""
        group = os.getpgid(self.process.pid)
        kilobytes = 0
        for each in Path("/proc").glob("[0-9]*"):
            try:
                if os.getpgid(int(each.name)) == group:
                    lines = (each / "smaps_rollup").read_text().splitlines()
                    kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            except (OSError, StopIteration):
                continue
        return kilobytes / 1024

    def stop(self) -> None:
        """Stop every process of it."""
        os.killpg(os.getpgid(self.process.pid), signal.SIGTERM)
        self.process.wait(timeout=40)


if __name__ == "__main__":
    main()
