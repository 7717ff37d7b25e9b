"""Import all 51,012 establishments, with their figures, into an empty database: on SQLite and on PostgreSQL.

`python -m bench.register_import` writes bench/results/register_import.json. Each run is a process of its own, so that
its peak memory is its own: reading, validation, comparison and the commit, and then the same file once more.
PostgreSQL is used where one answers at HEADSHIP_BENCH_POSTGRESQL (an address of an empty database).
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import machine

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "schools" / "schools_england.csv.gz"
TARGET_SECONDS = 20


def once() -> None:
    """Import into the database of the environment and print the figures as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "headship.project.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from headship.core import imports
    from headship.core.scope import installation_scope
    from headship.schools import actions
    from headship.schools.imports import RegisterImporter
    from headship.schools.layouts import ENGLAND

    call_command("migrate", verbosity=0)
    figures = {}
    for what in ("first", "again"):
        wall, spent, server = time.perf_counter(), time.process_time(), server_seconds(connection)
        preview = imports.preview(RegisterImporter(ENGLAND), SHARED)
        previewed = time.perf_counter() - wall
        if preview.change_count:
            at = timezone.now()
            by = installation_scope(at)
            kept = actions.preview_import(by=by, at=at, preview=preview)
            actions.commit_import(by=by, at=timezone.now(), batch_id=kept.pk)
        seconds = time.perf_counter() - wall
        figures[what] = {
            "seconds": round(seconds, 2),
            "of_which_preview": round(previewed, 2),
            "processor_seconds": round(time.process_time() - spent, 2),
            "server_processor_seconds": round(server_seconds(connection) - server, 2),
            "schools_per_second": round(preview.rows / seconds),
            "rows_changed": preview.change_count,
        }
    reader = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures["reader_processor_seconds_both"] = round(reader.ru_utime + reader.ru_stime, 2)
    figures["peak_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(figures))


def server_seconds(connection) -> float:
    """Return the processor time of PostgreSQL's process for this connection, where it runs on this machine; else 0."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return 0
    fields = stat.read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(address: str, folder: str) -> dict:
    """Run once in a process of its own."""
    environment = {**os.environ, "HEADSHIP_FOLDER": folder, "HEADSHIP_DATABASE": address}
    command = [sys.executable, "-m", "bench.register_import", "--once"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        return {"not_measured": run.stderr.strip().splitlines()[-1]}
    figures = json.loads(run.stdout.splitlines()[-1])
    return {**figures, "held": figures["first"]["seconds"] < TARGET_SECONDS}


def main() -> None:
    if not SHARED.exists():
        machine.write("register_import", {"not_measured": "the shared test data is not beside the checkout"})
        return
    figures = {"rows": 51_012, "target_seconds": TARGET_SECONDS, "load_before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder:
        figures["sqlite"] = measured("", folder)
        address = os.environ.get("HEADSHIP_BENCH_POSTGRESQL")
        figures["postgresql"] = (
            measured(address, folder) if address else {"not_measured": "HEADSHIP_BENCH_POSTGRESQL names no database"}
        )
    figures["load_after"] = os.getloadavg()[0]
    machine.write("register_import", figures)


if __name__ == "__main__":
    once() if "--once" in sys.argv else main()
