"""Tables as they come (CSV, gzipped CSV, XLSX), read in a limited process and streamed as rows of text.

Nothing in a cell is ever evaluated: "=1+1" is three letters and a sign. What cannot be read is `Unusable`, with the
file, the row and column as a spreadsheet numbers them, and the mend.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from headship.core.errors import Unusable

WORKER = Path(__file__).with_name("tabular_worker.py")
ENCODING_WORDS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte-order mark",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (it is not UTF-8)",
    "xlsx": "an XLSX workbook",
}
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a table is read: rows, columns, and bytes after unpacking."""

    rows: int = 2_000_000
    columns: int = 2_000
    unpacked: int = 400 * 1024 * 1024


@dataclass(slots=True)
class Table:
    """An opened table: its file's name, headings, and rows to be walked once as (row number, cells)."""

    name: str
    headings: Sequence[str]
    encoding: str
    delimiter: str
    heading_row: int
    rows: Iterator[tuple[int, list[str]]] = field(repr=False)

    @property
    def written_in(self) -> str:
        """How the file is written, in words."""
        return ENCODING_WORDS.get(self.encoding, self.encoding)


def fault(name: str, words: str, mend: str, *, row: int | None = None, column: str = "") -> Unusable:
    """Return the sentence for something wrong in a file.

    >>> str(fault("a.csv", "is not a URN", "Give six digits.", row=5, column="URN"))
    '“a.csv”, row 5, column “URN”: is not a URN. Give six digits.'
    """
    place = f"“{name}”" + (f", row {row:,}" if row else "") + (f", column “{column}”" if column else "")
    return Unusable(f"{place}{':' if row or column else ''} {words}. {mend}")


def safe_cell(value: str) -> str:
    """Return a cell for a CSV export, quoted so that no spreadsheet takes it for a formula.

    >>> safe_cell("=cmd|' /C calc'!A0"), safe_cell("-0.3"), safe_cell("Ash")
    ("'=cmd|' /C calc'!A0", '-0.3', 'Ash')
    """
    if not value.startswith(FORMULA_SIGNS):
        return value
    try:
        float(value)
    except ValueError:
        return "'" + value
    return value


@contextmanager
def opened(path: Path, *, name: str = "", limits: Limits | None = None) -> Iterator[Table]:
    """Open a table for one walk through its rows.

    Errors: Unusable, on opening or while its rows are walked, so walk them all before writing anything.
    """
    bounds, shown = limits or Limits(), name or path.name
    if not path.is_file():
        raise fault(shown, "is not there", "Check the name and the folder.")
    arguments = [
        sys.executable,
        "-I",
        str(WORKER),
        str(path),
        str(bounds.rows),
        str(bounds.columns),
        str(bounds.unpacked),
    ]
    with subprocess.Popen(  # noqa: S603  # our own worker; the path is an argument, never a command
        arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env={}
    ) as worker:
        try:
            told = _told(worker, shown)
            head = next(told)
            headings: list[str] = head["headings"]
            told.send(headings)
            yield Table(shown, headings, head["about"][0], head["about"][1], head["heading_row"], _rows(told))
        finally:
            worker.kill()


def _rows(told: Iterator[dict[str, Any]]) -> Iterator[tuple[int, list[str]]]:
    for line in told:
        if "rows" in line:
            yield from zip(line["at"], line["rows"], strict=True)


def _told(worker: "subprocess.Popen[bytes]", name: str) -> Any:
    """Yield what the worker tells until its end; the first `send` gives the headings, to name columns in faults."""
    assert worker.stdout is not None  # for the type checker; it was asked for
    headings: list[str] = []
    for line in worker.stdout:
        told = from_json(line)
        if "fault" in told:
            raise _fault_told(told["fault"], name, headings)
        if "end" in told:
            return
        headings = (yield told) or headings
        if "headings" in told:
            yield {}
    died = -worker.wait()
    spent = "processor time" if died in {signal.SIGXCPU, signal.SIGKILL} else "memory"
    raise fault(name, f"needs more {spent} to read than a table may", "Split it into smaller files, or save it as CSV.")


def _fault_told(told: dict[str, Any], name: str, headings: Sequence[str]) -> Unusable:
    column = told["column"]
    shown = "" if column is None else headings[column - 1] if column <= len(headings) else str(column)
    return fault(name, told["words"], told["mend"], row=told["row"], column=shown or (str(column) if column else ""))
