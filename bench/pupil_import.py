"""Bring 16,000 pupils in a table of 300 columns: read and checked, previewed, taken in, brought again, undone.

`python -m bench.pupil_import` writes bench/results/pupil_import.json. 60 of the columns are subjects with scores, nine
tell of the pupil, the others are left out. Each database has a process of its own. PostgreSQL is used where one answers
at HEADSHIP_BENCH_POSTGRESQL (an address of an empty database).
"""

import csv
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from bench import machine, processes

PUPILS, COLUMNS, SEED = 16_000, 300, 24
IN_A_WORKBOOK = 1_500  # pupils of a large school; of 16,000 a workbook needs more time than any table may
TARGET_SECONDS = 10
FACTS = (
    "UPN", "Year Group", "Gender", "Ethnicity", "EAL", "SEN Status", "PP", "KS2 Average", "Sessions Possible",
    "Sessions Missed",
)  # fmt: skip


def _setup() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "headship.project.settings"
    import django

    django.setup()


def rows(changed: int = 0, pupils: int = PUPILS) -> Iterator[list[str]]:
    """Yield the headings and the pupils; every `changed`th has another grade in the first subject."""
    from headship.outcomes.pupil_cells import check_letter
    from headship.outcomes.subjects import SUBJECTS

    draw = Random(SEED)
    others = COLUMNS - len(FACTS) - len(SUBJECTS)
    yield [*FACTS, *(each.words for each in SUBJECTS.values()), *(f"Column {number}" for number in range(others))]
    for number in range(pupils):
        bare = f"{800 + number // 10_000}{number // 1000 % 10:04}26{number % 1000:03}"
        grades = draw.choices(("1", "2", "3", "4", "5", "6", "7", "8", "9", "U", "X", ""), k=len(SUBJECTS))
        if changed and number % changed == 0:
            grades[0] = "9" if grades[0] != "9" else "8"
        yield [
            check_letter(f"A{bare}") + bare, str(7 + number % 5), "MF"[number % 2],
            ("WBRI", "AIND", "BCRB")[number % 3],
            "NY"[number % 7 == 0], "NKE"[number % 11 % 3], "NY"[number % 4 == 0], str(80 + number % 41), "380",
            str(number % 90), *grades, *(str(draw.randrange(1000)) for _ in range(others)),
        ]  # fmt: skip


def write(path: Path, changed: int = 0, pupils: int = PUPILS) -> None:
    """Write the table as CSV, or as XLSX where the path says so."""
    if path.suffix == ".csv":
        with path.open("w", newline="") as out:
            csv.writer(out).writerows(rows(changed, pupils))
        return
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows(changed, pupils)):
            sheet.write_row(place, 0, row)


def once(folder: Path) -> None:
    """Do every step in the database of the environment and print the figures as JSON."""
    _setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    figures: dict[str, Any] = {}
    scope = _school()
    write(folder / "first.csv")
    write(folder / "changed.csv", changed=2)
    write(folder / "small.csv", pupils=IN_A_WORKBOOK)
    write(folder / "small.xlsx", pupils=IN_A_WORKBOOK)
    with _timed(figures, "read_and_checked"):
        told = _read(folder / "first.csv")
    first = _through(figures, "", scope, told)
    with _timed(figures, "workbook_read_and_checked"):
        workbook = _read(folder / "small.xlsx")
    figures["workbook_says_the_same"] = workbook == _read(folder / "small.csv")
    again = _previewed(figures, "again_", scope, told)
    figures["again_changes"] = _counts(scope, again)
    changed = _through(figures, "changed_", scope, _read(folder / "changed.csv"))
    for name, batch in (("changed_undone", changed), ("undone", first)):
        with _timed(figures, name):
            _undone(scope, batch)
    figures["rows_left"] = _left()
    figures["peak_memory_mb"] = processes.peak_memory_mb()
    print(json.dumps(figures))


@contextmanager
def _timed(figures: dict[str, Any], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    figures[name] = round(time.perf_counter() - began, 2)


def _school() -> Any:
    """Return the scope of a headteacher of a school with nothing in it."""
    from django.utils import timezone

    from headship.core import belt
    from headship.core.scope import Place, Scope
    from headship.people.models import Person
    from headship.schools.models import School

    now = timezone.now()
    with belt.whole_installation(because="the benchmark makes its school"):
        school = School.objects.create(
            urn=990001, name="Benchmark Example", status="Open", phase="Secondary", search_text="", joined_at=now
        )
        person = Person.objects.create(name="Bench Example", email="", created_at=now)
    place = Place("school", school.pk, school.urn, school.name)
    return Scope(0, person.pk, person.name, now, place, frozenset({"headteacher"}))


def _read(path: Path) -> Any:
    from headship.outcomes import pupil_columns, pupil_files
    from headship.outcomes.pupil_files import Asked

    with pupil_files.opened(path, path.name) as table:
        mapping = pupil_columns.guess(table.headings, names=False, scale="gcse")
        asked = Asked(2026, "GCSE", "gcse", "2027-06-20")
        return pupil_files.read(table, mapping, asked, secret="secret")


def _previewed(figures: dict[str, Any], name: str, scope: Any, told: Any) -> Any:
    from headship.outcomes import pupil_actions

    fingerprint = hashlib.sha256(name.encode()).hexdigest()
    with _timed(figures, f"{name}previewed"):
        return pupil_actions.preview_pupils(by=scope, at=scope.at, name="a.csv", fingerprint=fingerprint, brought=told)


def _through(figures: dict[str, Any], name: str, scope: Any, told: Any) -> Any:
    from django.utils import timezone

    from headship.outcomes import pupil_actions

    batch = _previewed(figures, name, scope, told)
    with _timed(figures, f"{name}page_of_the_preview"):
        _counts(scope, batch)
    with _timed(figures, f"{name}taken_in"):
        return pupil_actions.take_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)


def _counts(scope: Any, batch: Any) -> dict[str, int]:
    from headship.core import belt
    from headship.outcomes import pupil_pages, pupil_plan
    from headship.outcomes.pupil_brought import Brought

    with belt.within(scope):
        told = Brought.unpacked(bytes(batch.staged))
        found = pupil_plan.plan(scope, told)
        pupil_pages.file_page(scope, batch, told, found)
    counts: dict[str, int] = found.counts()
    return counts


def _undone(scope: Any, batch: Any) -> None:
    from django.utils import timezone

    from headship.outcomes import pupil_actions

    pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)


def _left() -> int:
    from headship.core import belt
    from headship.outcomes.models import PupilYear, Scores
    from headship.people.models import Pupil

    with belt.whole_installation(because="the benchmark counts what is left"):
        return sum(model.objects.count() for model in (Pupil, PupilYear, Scores))


def measured(address: str) -> dict[str, Any]:
    """Run once in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.pupil_import", "--once", folder]
        os.environ.update({"HEADSHIP_FOLDER": folder, "HEADSHIP_DATABASE": address})
        figures = processes.told(command, seconds=600)
    steps = [value for value in figures.values() if isinstance(value, float)]
    return {**figures, "held": bool(steps) and max(steps) < TARGET_SECONDS}


def main() -> None:
    """Measure both databases and write the figures."""
    figures: dict[str, Any] = {
        "pupils": PUPILS, "columns": COLUMNS, "pupils_in_the_workbook": IN_A_WORKBOOK,
        "target_seconds_each_step": TARGET_SECONDS,
        "load_before": os.getloadavg()[0], "sqlite": measured(""),
    }  # fmt: skip
    address = os.environ.get("HEADSHIP_BENCH_POSTGRESQL")
    none = {"not_measured": "HEADSHIP_BENCH_POSTGRESQL names no database"}
    figures["postgresql"] = measured(address) if address else none
    figures["load_after"] = os.getloadavg()[0]
    machine.write("pupil_import", figures)


if __name__ == "__main__":
    once(Path(sys.argv[-1])) if "--once" in sys.argv else main()
