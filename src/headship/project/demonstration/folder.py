"""The folder a demonstration lives in: when it may be used again, and how to empty it without touching real data."""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
MARK = "demonstration"
DATABASE = ("headship.sqlite3", "headship.sqlite3-wal", "headship.sqlite3-shm", "headship.sqlite3-journal")
TOLD_BY = {".py", ".yaml", ".html", ".css", ".js", ".svg"}


class NotADemonstration(Exception):
    """The folder holds a database that no demonstration made; it is left alone."""


def prepare_environment(arguments: list[str]) -> None:
    """Point the settings at the demonstration's own folder and database, before they are read."""
    folder = Path.cwd() / "var" / "demo"
    for place, each in enumerate(arguments):
        if each == "--folder":
            folder = Path(arguments[place + 1]) if place + 1 < len(arguments) else folder
        elif each.startswith("--folder="):
            folder = Path(each.partition("=")[2])
    os.environ |= environment(folder.absolute())


def environment(folder: Path) -> dict[str, str]:
    """Return the environment in which a demonstration of that folder runs."""
    return {
        "HEADSHIP_FOLDER": str(folder),
        "HEADSHIP_STATIC": str(folder / "static"),
        "HEADSHIP_DATABASE": "",
        "HEADSHIP_DEMONSTRATION": "1",
        "HEADSHIP_HOSTS": "localhost,127.0.0.1",
    }


def fingerprint(today: date) -> str:
    """Return what a demonstration is made of: every file of the product, and the day."""
    whole = hashlib.sha256(today.isoformat().encode())
    for path in sorted(each for each in SOURCE.rglob("*") if each.suffix in TOLD_BY):
        whole.update(f"\n{path.relative_to(SOURCE)}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def is_current(folder: Path, made_of: str) -> bool:
    """Whether a whole demonstration of just this stands there."""
    mark = folder / MARK
    return mark.exists() and mark.read_text() == made_of and (folder / DATABASE[0]).exists()


def empty(folder: Path) -> None:
    """Remove the last demonstration. Errors: NotADemonstration where a database stands that is none."""
    mark = folder / MARK
    if not mark.exists() and _holds_tables(folder / DATABASE[0]):
        raise NotADemonstration(
            f"{folder} holds a database that is not a demonstration. It was left as it is: name another --folder."
        )
    mark.write_text("being made")
    for name in DATABASE:
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "static", ignore_errors=True)


def _holds_tables(database: Path) -> bool:
    """Whether a database holds anything; opening one that is not there makes an empty file."""
    if not database.exists():
        return False
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def keep(folder: Path, made_of: str) -> None:
    """Say that the demonstration is whole."""
    (folder / MARK).write_text(made_of)
