"""Import a table of key stage 2's shape, 16,000 schools and 318 columns: validated, previewed and committed.

`python -m bench.wide_import` writes bench/results/wide_import.json. The headings are those of the Department's own
table of 2018/19 (its meta file stands in the shared test data beside the checkout); what stands under them is drawn
by a fixed seed, a twentieth of it withheld. Each run is a process of its own, so that its peak memory is its own.
SQLite, and PostgreSQL where one answers at HEADSHIP_BENCH_POSTGRESQL (an address of an empty database).
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from bench import machine

META = Path(__file__).resolve().parents[2] / "shared" / "data" / "performance" / "ks2_meta_2018-19.csv"
SCHOOLS, AUTHORITIES, FIRST, TARGET_SECONDS = 16_000, 150, 100_000, 10


def headings() -> list[str]:
    """Return the table's own headings."""
    with META.open(encoding="utf-8-sig", newline="") as file:
        return [row["Field Name"] for row in csv.DictReader(file)]


def write(path: Path) -> None:
    """Write the table: schools, then local authorities, then the country twice."""
    draw, names = Random(24), headings()
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for number in range(SCHOOLS):
            writer.writerow(
                _row(draw, names, {"RECTYPE": "1", "URN": str(FIRST + number), "SCHNAME": f"School {number}"})
            )
        for number in range(AUTHORITIES):
            writer.writerow(_row(draw, names, {"RECTYPE": "3", "URN": "", "LEA": str(200 + number)}))
        for kind in ("4", "5"):
            writer.writerow(_row(draw, names, {"RECTYPE": kind, "URN": "", "LEA": ""}))


def _row(draw: Random, names: list[str], known: dict[str, str]) -> list[str]:
    """Return a row; limits lie about their figure, as they must."""
    progress = round(draw.gauss(0, 2), 1)
    return [known[name] if name in known else _cell(draw, name, progress) for name in names]


def _cell(draw: Random, name: str, progress: float) -> str:
    if name.startswith("T") and name[1].isupper():  # a number of pupils
        return str(draw.randrange(6, 90))
    if "LOWER" in name:
        return str(round(progress - 2, 1))
    if "UPPER" in name:
        return str(round(progress + 2, 1))
    if "PROG" in name:
        return "SUPP" if draw.random() < 0.05 else str(progress)
    if draw.random() < 0.05:
        return "SUPP"
    return str(draw.randrange(95, 112)) if "AVERAGE" in name else f"{draw.randrange(101)}%"


def once(path: str) -> None:
    """Import into the database of the environment and print the figures as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "headship.project.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from headship.core import imports
    from headship.core.scope import installation_scope
    from headship.schools import actions
    from headship.schools.imports import RegisterImporter
    from headship.schools.models import School
    from headship.schools.performance_layouts import KS2_2018

    call_command("migrate", verbosity=0)
    School.objects.bulk_create(
        (School(urn=FIRST + number, name=f"School {number}") for number in range(SCHOOLS)), batch_size=2_000
    )
    wall, spent = time.perf_counter(), time.process_time()
    preview = imports.preview(RegisterImporter(KS2_2018), Path(path))
    previewed = time.perf_counter() - wall
    at = timezone.now()
    by = installation_scope(at)
    kept = actions.preview_import(by=by, at=at, preview=preview)
    actions.commit_import(by=by, at=timezone.now(), batch_id=kept.pk)
    seconds = time.perf_counter() - wall
    reader = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "seconds": round(seconds, 2),
        "of_which_preview": round(previewed, 2),
        "processor_seconds": round(time.process_time() - spent, 2),
        "reader_processor_seconds": round(reader.ru_utime + reader.ru_stime, 2),
        "rows": preview.rows,
        "figures": preview.change_count,
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "reader_peak_memory_mb": round(reader.ru_maxrss / 1024),
    }
    print(json.dumps(told))


def measured(address: str, folder: str, table: Path) -> dict:
    """Run once in a process of its own."""
    environment = {**os.environ, "HEADSHIP_FOLDER": folder, "HEADSHIP_DATABASE": address}
    command = [sys.executable, "-m", "bench.wide_import", str(table)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    told = json.loads(done.stdout.splitlines()[-1])
    return told | {"held": told["seconds"] < TARGET_SECONDS}


def main() -> None:
    """Measure and write the result."""
    if len(sys.argv) > 1:
        once(sys.argv[1])
        return
    if not META.exists():
        machine.write("wide_import", {"not_measured": "the shared test data is not beside the checkout"})
        return
    postgresql = os.environ.get("HEADSHIP_BENCH_POSTGRESQL", "")
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "key-stage-2.csv"
        write(table)
        result = {
            "rows": SCHOOLS + AUTHORITIES + 2,
            "columns": len(headings()),
            "megabytes": round(table.stat().st_size / 1e6, 1),
            "target_seconds": TARGET_SECONDS,
            "load_before": os.getloadavg()[0],
        }
        for name, address in (("sqlite", ""), ("postgresql", postgresql)):
            if name == "sqlite" or address:
                result[name] = measured(address, str(Path(folder) / name), table)
    result["load_after"] = os.getloadavg()[0]
    machine.write("wide_import", result)


if __name__ == "__main__":
    main()
