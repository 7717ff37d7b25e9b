"""The limited process that reads a table. Run by path with `python -I`; imports nothing of the house.

It lowers its own memory, processor time and file size first, then streams the table to its output as lines of JSON:
one line of headings, lines of rows, and at the end either the count or the fault. `headship.core.tabular` talks to it.
"""

import codecs
import csv
import gzip
import io
import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

MEMORY_BYTES = 480 * 1024 * 1024
PROCESSOR_SECONDS = 9
CHUNK = 1 << 20
ROWS_A_LINE = 500
RATIO = 150  # a table packs some tenfold; a bomb a thousandfold
RATIO_FROM = 8 * CHUNK  # small files may pack well by chance
ZIP_ENTRIES = 1_000
CELL = 32_767  # what a spreadsheet's cell can hold
DECLARED_CELLS = 20_000_000
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
DEEP = re.compile(rb"(?:<[A-Za-z](?:[^<>]*[^/<>])?>[^<]*){64}")  # 64 opened in a row, none closed
SAVE_AGAIN = "Open it in a spreadsheet, save it as CSV UTF-8, and send that."
KNOWN = (
    (b"\xd0\xcf\x11\xe0", "is an old Excel (XLS) or a locked workbook", "Save it as XLSX or CSV, without a password."),
    (b"%PDF", "is a PDF, not a table", "Ask for the table itself as XLSX or CSV."),
    (b"\x89PNG", "is a picture, not a table", "Ask for the table itself as XLSX or CSV."),
    (b"\xff\xfe\x00\x00", "is written in UTF-32, which is not read here", SAVE_AGAIN),
    (b"\x00\x00\xfe\xff", "is written in UTF-32, which is not read here", SAVE_AGAIN),
)  # fmt: skip


class FaultError(Exception):
    """What is wrong, where (row and column as a spreadsheet numbers them), and the mend."""

    def __init__(self, words: str, mend: str, row: int | None = None, column: int | None = None) -> None:
        super().__init__(words)
        self.told = {"words": words, "mend": mend, "row": row, "column": column}


def limit() -> None:
    """Lower this process's own limits for good."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def tell(line: object) -> None:
    """Write one line of JSON."""
    sys.stdout.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")


# ── bytes, whether packed or not ────────────────────────────────────────────────────────────────────────────────────


class Unpacked(io.RawIOBase):
    """A file's bytes, unpacked when it is gzip, counted against the limit while they stream."""

    def __init__(self, path: Path, unpacked_limit: int) -> None:
        self.packed_size = max(path.stat().st_size, 1)
        self.limit = unpacked_limit
        self.seen = 0
        raw = path.open("rb")
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        self.inner: BinaryIO = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]  # it reads bytes

    def readable(self) -> bool:
        """Only for reading."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # the stub asks for a protocol it does not export
        """Fill the buffer, or raise a fault."""
        try:
            got = self.inner.read(min(len(buffer), CHUNK))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise FaultError(
                "is cut short or damaged: it cannot be unpacked to its end", "Fetch the file again."
            ) from None
        self.seen += len(got)
        check_size(self.seen, self.packed_size, self.limit)
        buffer[: len(got)] = got
        return len(got)


def check_size(unpacked: int, packed: int, limit: int) -> None:
    """Refuse what unpacks to too much, or to suspiciously much.

    >>> check_size(9 * CHUNK, 1000, 8 * CHUNK)
    Traceback (most recent call last):
    ...
    headship.core.tabular_worker.FaultError: unpacks to more than 8 MB
    """
    if unpacked > limit:
        raise FaultError(f"unpacks to more than {limit // CHUNK} MB", "Split the table into smaller files.")
    if unpacked > RATIO_FROM and unpacked > packed * RATIO:
        raise FaultError(
            f"unpacks to more than {RATIO} times its size, as only a file made to do harm does",
            "Unpack it yourself, look at it, and send the table as plain CSV.",
        )


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def encoding_of(path: Path, unpacked_limit: int) -> str:
    """Read the file once through and say how its letters are written."""
    with Unpacked(path, unpacked_limit) as source:
        head = source.read(1 << 16) or b""
        if not head.strip():
            raise FaultError("is empty", "Send the file with its headings and rows.")
        for magic, words, mend in KNOWN:
            if head.startswith(magic):
                raise FaultError(words, mend)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        marked = head.startswith(codecs.BOM_UTF8)
        return _eight_bit_encoding(source, head, marked=marked)


def _eight_bit_encoding(source: Unpacked, head: bytes, *, marked: bool) -> str:
    utf8 = codecs.getincrementaldecoder("utf-8")()
    cp1252 = codecs.getincrementaldecoder("cp1252")()
    fits, lines = {"utf-8": True, "cp1252": not marked}, 1
    chunk = head
    while True:
        last = not chunk
        for name, decoder in (("utf-8", utf8), ("cp1252", cp1252)):
            if fits[name]:
                try:
                    decoder.decode(chunk, last)
                except UnicodeDecodeError as fault:
                    fits[name] = False
                    lines_here = lines + chunk[: fault.start].count(b"\n")
        if not any(fits.values()):
            raise FaultError("holds bytes that are neither UTF-8 nor Windows-1252 letters", SAVE_AGAIN, row=lines_here)
        if last:
            return ("utf-8-sig" if marked else "utf-8") if fits["utf-8"] else "cp1252"
        lines += chunk.count(b"\n")
        chunk = source.read(CHUNK) or b""


def delimiter_of(line: str) -> str:
    """Guess what parts the cells from the heading row.

    >>> delimiter_of('URN;"Name, town";Phase')
    ';'
    """
    bare = re.sub(r'"[^"]*"', "", line)
    return max((",", ";", "\t"), key=bare.count)


def csv_rows(path: Path, unpacked_limit: int) -> Iterator[list[str]]:
    """Yield what the file says of itself, then every row."""
    encoding = encoding_of(path, unpacked_limit)
    csv.field_size_limit(CELL)
    raw = io.BufferedReader(Unpacked(path, unpacked_limit), CHUNK)  # type: ignore[type-var]  # it is raw
    with io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        try:
            first = text.readline(CELL * 4)
            if len(first) == CELL * 4:
                raise FaultError(f"has a heading row longer than {CELL * 4:,} letters", SAVE_AGAIN, row=1)
            delimiter = delimiter_of(first)
            yield [encoding, delimiter]
            yield from _parsed(first, text, delimiter)
        except UnicodeError:
            raise FaultError("says it is UTF-16 and is not", SAVE_AGAIN) from None


def _parsed(first: str, text: io.TextIOWrapper, delimiter: str) -> Iterator[list[str]]:
    def lines() -> Iterator[str]:
        yield first
        yield from text

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, 1):  # noqa: B007  # the handler below tells the row
            yield cells
    except csv.Error as fault:
        raise FaultError(*_csv_words(str(fault)), row=row + 1) from None


def _csv_words(said: str) -> tuple[str, str]:
    if "field larger" in said:
        return (
            f"has a cell longer than {CELL:,} letters",
            "Shorten it, or look for a quotation mark that is never closed.",
        )
    if "unexpected end" in said:
        return (
            "ends inside quotation marks: it is cut short, or one is never closed",
            "Fetch the file again, or close the quotation mark.",
        )
    return "has quotation marks that do not pair", 'Write a quotation mark inside a quoted cell twice: "".'


# ── XLSX ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def check_workbook(path: Path, unpacked_limit: int) -> None:
    """Refuse a workbook whose zip or XML could do harm, before any library reads it."""
    try:
        with zipfile.ZipFile(path) as book:
            entries = book.infolist()
            if len(entries) > ZIP_ENTRIES:
                raise FaultError(f"holds {len(entries):,} parts; a workbook has at most {ZIP_ENTRIES:,}", SAVE_AGAIN)
            check_size(sum(entry.file_size for entry in entries), max(path.stat().st_size, 1), unpacked_limit)
            if not any(entry.filename == "xl/workbook.xml" for entry in entries):
                raise FaultError(
                    "is a zip file, but not an XLSX workbook", "Take the table out of it, or save it as XLSX or CSV."
                )
            for entry in entries:
                _check_part(book, entry, max(path.stat().st_size, 1), unpacked_limit)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, OSError):
        raise FaultError(
            "is cut short, damaged or locked: it cannot be opened as a workbook", "Fetch it again, or save it as CSV."
        ) from None


def _check_part(book: zipfile.ZipFile, entry: zipfile.ZipInfo, packed: int, unpacked_limit: int) -> None:
    seen, before = 0, b""
    with book.open(entry) as part:
        while chunk := part.read(CHUNK):
            seen += len(chunk)
            check_size(seen, packed, unpacked_limit)
            if not entry.filename.endswith((".xml", ".rels", ".vml")):
                continue
            text = (before + chunk).replace(b"\0", b"")  # UTF-16 hides nothing
            if DTD.search(text):
                raise FaultError("declares XML entities, which no spreadsheet needs", SAVE_AGAIN)
            if DEEP.search(text):
                raise FaultError("nests its XML deeper than any spreadsheet", SAVE_AGAIN)
            before = chunk[-4096:]


def xlsx_rows(path: Path, unpacked_limit: int) -> Iterator[list[str]]:
    """Yield what the file says of itself, then every row of its first sheet."""
    check_workbook(path, unpacked_limit)
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  # only when it is needed

    try:
        book = CalamineWorkbook.from_path(str(path))
        if not book.sheet_names:
            raise FaultError("has no sheet", SAVE_AGAIN)
        sheet = book.get_sheet_by_index(0)
    except (CalamineError, OSError, ValueError):
        raise FaultError("is damaged: it cannot be read as a workbook", SAVE_AGAIN) from None
    if (sheet.total_height or 0) * (sheet.total_width or 0) > DECLARED_CELLS:
        raise FaultError(
            "has a cell far away from the others", "Delete what stands outside the table and save it again."
        )
    yield ["xlsx", sheet.name]
    start = sheet.start or (0, 0)
    for _ in range(start[0]):
        yield []
    for row in sheet.iter_rows():
        yield [cell_text(cell) for cell in row]


def cell_text(cell: object) -> str:
    """Write a cell's value as CSV would.

    >>> cell_text(5.0), cell_text(date(2027, 3, 3)), cell_text(None or "")
    ('5', '2027-03-03', '')
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)  # floats are whole below
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


# ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────────


def tell_table(path: Path, *, rows: int, columns: int, unpacked: int) -> None:
    """Read the file and tell it, line by line."""
    with path.open("rb") as file:
        is_zip = file.read(4) == b"PK\x03\x04"
    source = xlsx_rows(path, unpacked) if is_zip else csv_rows(path, unpacked)
    about = next(source)
    numbered = enumerate(source, 1)
    heading_row, headings = _headings(numbered, columns)
    tell({"about": about, "heading_row": heading_row, "headings": headings})
    count, at, batch = 0, [], []
    for row, cells in numbered:
        if not any(cells):
            continue
        count += 1
        if count > rows:
            raise FaultError(f"has more than {rows:,} rows", "Split the table into smaller files.", row=row)
        at.append(row)
        batch.append(_checked(cells, headings, row))
        if len(batch) == ROWS_A_LINE:
            tell({"at": at, "rows": batch})
            at, batch = [], []
    tell({"at": at, "rows": batch})
    tell({"end": count})


def _headings(numbered: "enumerate[list[str]]", columns: int) -> tuple[int, list[str]]:
    for row, cells in numbered:
        headings = [cell.strip() for cell in cells]
        while headings and not headings[-1]:
            headings.pop()
        if not headings:
            continue
        if len(headings) > columns:
            raise FaultError(
                f"has {len(headings):,} columns; at most {columns:,} are read",
                "Keep only the columns that are needed.",
                row,
            )
        _checked(headings, headings, row)
        seen: set[str] = set()
        for column, heading in enumerate(headings, 1):
            if heading and heading.casefold() in seen:
                raise FaultError(f"has two columns called “{heading}”", "Rename or delete one of them.", row, column)
            seen.add(heading.casefold())
        return row, headings
    raise FaultError("holds no headings", "Send the file with its headings and rows.")


def _checked(cells: list[str], headings: list[str], row: int) -> list[str]:
    """Return the row's cells, one a heading. Errors: Fault for ragged rows, control characters and huge cells."""
    width = len(headings)
    if len(cells) != width:
        if len(cells) < width or any(cells[width:]):
            raise FaultError(
                f"has {len(cells):,} cells where the headings have {width:,}",
                "Look for a missing or an extra comma, or a line break inside a cell that is not in quotation marks.",
                row,
            )
        del cells[width:]
    joined = "".join(cells)
    if len(joined) > CELL or not joined.isprintable():
        for column, cell in enumerate(cells, 1):
            if len(cell) > CELL:
                raise FaultError(f"is longer than {CELL:,} letters", "Shorten it.", row, column)
            if FORBIDDEN.search(cell):
                raise FaultError("holds a NUL or another control character that is no text", SAVE_AGAIN, row, column)
    return cells


def main() -> int:
    """Read the table that the arguments name: path, rows, columns, unpacked bytes."""
    limit()
    path, rows, columns, unpacked = sys.argv[1:]
    try:
        tell_table(Path(path), rows=int(rows), columns=int(columns), unpacked=int(unpacked))
    except FaultError as fault:
        tell({"fault": fault.told})
    except MemoryError:
        tell(
            {"fault": {"words": "needs more memory than a table may", "mend": "Split it.", "row": None, "column": None}}
        )
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
