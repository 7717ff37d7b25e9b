"""Row e: hostile files before every importer: each a clear sentence, nothing imported, under 10 s and 512 MB.

The control is a reader that checks nothing, as a few lines of Python would be written: many of the files must pass it.
"""

import csv
import functools
import gzip
import itertools
import os
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assurance.figures import Figure

SECONDS, MEGABYTES = 10, 512
SHORT_EVERY = 12  # a shortened run takes every twelfth file
Reader = Callable[[Path], object]


@dataclass(slots=True)
class Tried:
    """How many files were set before importers, and what each fault was."""

    files: int = 0
    importers: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def readers(folder: Path) -> Iterator[tuple[str, list[str], Reader]]:
    """Yield each importer of tables: its name, the headings it knows, and how it reads a file up to its preview."""
    from headship.core import imports, tabular
    from headship.people import one_roster, rosters
    from headship.policies import list_reading
    from headship.voice import addresses, tongue, translating
    from headship.voice.languages import LANGUAGES
    from tests.schools.test_imports import ALL, HEADINGS

    for name, importer in ALL.items():
        yield name, HEADINGS[name], lambda path, importer=importer: imports.preview(importer, path)
    users = ["sourcedId", "enabledUser", "givenName", "familyName", "role", "orgSourcedIds", "email"]
    yield "OneRoster", users, lambda path: one_roster.read(_in_a_zip(path), path.name, folder, secret="secret")
    mapping = {"Code": "key", "Name": "name", "From": "starts_on", "E-mail": "email"}

    def staff(path: Path) -> object:
        with tabular.opened(path, limits=rosters.LIMITS) as table:
            if not set(mapping) <= set(table.headings):
                raise tabular.fault(path.name, "has other headings", "Say again which column is which.")
            return rosters.from_table(table, mapping, "A table", secret="secret")

    yield "staff list", list(mapping), staff
    texts = [tongue.Text("Agree", "Answer", own=True)]
    polish = LANGUAGES["pl"]
    yield "translations", ["English", "Polish"], lambda path: translating.of_table(path, path.name, texts, polish)
    yield "addresses", ["E-mail", "Group"], lambda path: addresses.of_table(path, path.name, "Parents")
    yield "list of policies", list(list_reading.HEADINGS.values()), _policies
    yield from _of_pupils(folder)


def _policies(path: Path) -> object:
    from headship.core import tabular
    from headship.policies import list_reading

    with tabular.opened(path, limits=list_reading.LIMITS) as table:
        return list_reading.from_table(table, {}, date(2026, 11, 29))


def _of_pupils(folder: Path) -> Iterator[tuple[str, list[str], Reader]]:
    """Yield the importers of pupils and results: one row a pupil, one row a result, and OneRoster's results."""
    from headship.core import tabular
    from headship.outcomes import pupil_files, pupil_one_roster
    from headship.outcomes.pupil_files import Asked

    asked = Asked(2026, "GCSE", "gcse", "2027-06-20")
    wide = {"UPN": "upn", "Year group": "year_group", "Sessions": "sessions_possible", "Maths": "subject:maths"}
    long = {"UPN": "upn", "Subject": "subject", "Grade": "score", "Date": "taken_on"}

    def read(path: Path, mapping: dict[str, str]) -> object:
        with pupil_files.opened(path, path.name) as table:
            if not set(mapping) <= set(table.headings):
                raise tabular.fault(path.name, "has other headings", "Say again which column is which.")
            return pupil_files.read(table, mapping, asked, secret="secret")

    def results(path: Path) -> object:
        with pupil_one_roster.opened(_in_a_zip(path), path.name, folder, 990001) as export:
            return pupil_one_roster.read(export, asked, secret="secret")

    yield "pupils", list(wide), lambda path: read(path, wide)
    yield "pupils' results", list(long), lambda path: read(path, long)
    yield "OneRoster's pupils", ["sourcedId", "orgSourcedIds", "role", "grades"], results


def _in_a_zip(path: Path) -> Path:
    """Put a file in the place of users.csv in a OneRoster zip, unless it is a zip itself."""
    if path.read_bytes()[:4] == b"PK\x03\x04":
        return path
    packed = path.with_name(f"{path.name}.zip")
    with zipfile.ZipFile(packed, "w") as out:
        out.write(path, "users.csv")
    return packed


def measure(*, short: bool) -> Figure:
    """Set every file before every importer, then before the control."""
    from assurance.matrix import database

    started, tried, passed = time.monotonic(), Tried(), 0
    with database(), tempfile.TemporaryDirectory(prefix="headship-hostile-") as folder:
        for name, headings, read in readers(Path(folder)):
            tried.importers += 1
            _try_all(tried, name, headings, read, short=short)
        _try_frameworks(tried, short=short)
        passed = sum(_careless(path) for _, path in _files(["URN", "Name"], short=short))
    for fault in tried.faults:
        print(fault)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10  # the reading processes hold themselves to 480 MB
    held = not short and not tried.faults and passed > 0 and peak < MEGABYTES
    return Figure(
        row="e",
        figure=f"{tried.files} files before {tried.importers} importers: {len(tried.faults)} taken, or no clear "
        f"sentence; slowest {tried.slowest:.1f} s, at most {peak} MB",
        target="at least 150 files in at least 8 families of at least 10 for each importer: a clear error, nothing "
        f"imported, under {SECONDS} s and {MEGABYTES} MB",
        held=held,
        control=f"a reader that checks nothing takes {passed} of the files for tables",
        seed=0,
        count=tried.files,
        seconds=round(time.monotonic() - started, 1),
    )


def _files(headings: list[str], *, short: bool) -> Iterator[tuple[str, Path]]:
    from tests.core import hostile

    for family, number, make in hostile.CASES[:: SHORT_EVERY if short else 1]:
        with tempfile.TemporaryDirectory(prefix="headship-hostile-") as folder:
            yield f"{family} {number}", _made(make, Path(folder), headings)


def _made(make: Callable[[Path, list[str]], Path], folder: Path, headings: list[str]) -> Path:
    """Make a file in a process of its own: making one may take more memory than reading it is allowed."""
    if not (child := os.fork()):
        try:
            made = make(folder, headings)
            (folder / "which").write_text(made.name)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return folder / (folder / "which").read_text()


def _try_all(tried: Tried, name: str, headings: list[str], read: Reader, *, short: bool) -> None:
    for what, path in _files(headings, short=short):
        _try(tried, f"{name}, {what}", lambda path=path: read(path), path.name)


def _try_frameworks(tried: Tried, *, short: bool) -> None:
    """Set the files made for them before the importers of frameworks: CASE, Moodle's table and Mahara's matrix."""
    from django.utils import timezone

    from headship.standards import imports
    from tests.standards import hostile

    tried.importers += 3
    for family, name, content in itertools.islice(hostile.families(), 0, None, SHORT_EVERY if short else 1):
        read = functools.partial(imports.read, name, content, at=timezone.now())
        _try(tried, f"frameworks, {family}", read, name)


def _try(tried: Tried, what: str, read: Callable[[], object], name: str) -> None:
    """Set one file before one importer: it must say a sentence, in time, and leave nothing behind."""
    from headship.core.errors import Unusable

    tried.files += 1
    begun, before = time.monotonic(), _standing()
    try:
        read()
        tried.faults.append(f"{what}: was taken")
    except Unusable as told:
        if len(str(told)) < 20 or not str(told).rstrip().endswith((".", '"', "”")):
            tried.faults.append(f"{what}: “{told}” is no clear sentence")
    except Exception as fault:  # noqa: BLE001  # whatever else it raises is the fault sought
        tried.faults.append(f"{what}: {type(fault).__name__} ({name})")
    took = time.monotonic() - begun
    tried.slowest = max(tried.slowest, took)
    if took >= SECONDS:
        tried.faults.append(f"{what}: took {took:.1f} s")
    if _standing() != before:
        tried.faults.append(f"{what}: left something behind")


def _standing() -> list[int]:
    """Count what imports write."""
    from headship.core.models import ImportBatch
    from headship.people.models import Person, Pupil
    from headship.schools.models import PublishedFigure, School, SchoolLink
    from headship.standards.models import Framework

    models = (ImportBatch, Person, Pupil, PublishedFigure, School, SchoolLink, Framework)
    return [model.objects.count() for model in models]


def _careless(path: Path) -> bool:
    """Read a file as a table without checking anything; say whether it was taken for one."""
    try:
        content = path.read_bytes()[: 5 << 20]
        if content[:2] == b"\x1f\x8b":
            with gzip.open(path) as packed:
                content = packed.read(5 << 20)
        rows = list(csv.reader(content.decode("latin-1").splitlines()))
    except (OSError, EOFError, csv.Error):
        return False
    return len(rows) > 1
