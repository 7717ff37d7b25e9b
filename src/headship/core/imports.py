"""The importer machine: validate everything, preview, commit in one transaction, undo.

An importer says which rows it wants to stand in which tables (`Wanted`) and what it found wrong (`Finding`). The
machine compares that with what stands there and keeps the difference, packed, in an `ImportBatch`. Committing applies
the difference, undoing applies it backwards. A second import of the same file finds no difference.
"""

import gc
import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from django.apps import apps
from pydantic_core import from_json, to_json

from headship.core import rows, tabular
from headship.core.errors import Unusable
from headship.core.rows import Row, Target, Value
from headship.core.tabular import Limits, Table

type Made = Sequence[Sequence[Value]]
type Changed = Sequence[tuple[Sequence[Value], Sequence[Value], Sequence[Value]]]  # key, before, after
Progress = Callable[[str, int, int], None]
EXAMPLES, FINDINGS, BATCH = 20, 200, 5_000
FORGOTTEN = (
    "What undoing this needs was forgotten: its time was over, or a person in it was erased. Nothing was changed."
)


def silent(stage: str, done: int, of: int) -> None:
    """Report no progress.

    >>> silent("Checking", 1, 2)
    """


class Wanted(NamedTuple):
    """Rows that ought to stand in target number `target`, each its key's parts and then its values.

    `row` is the one of the file that asks for them, 0 where many ask for the same.
    """

    target: int
    rows: Sequence[Row]
    row: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in a row. A fault stops the import; anything else is left out, counted under `group` and told."""

    words: str
    mend: str = ""
    row: int = 0
    column: str = ""
    fault: bool = False
    group: str = ""


class Importer(Protocol):
    """One kind of file: how it is recognised, and what it wants to stand where."""

    @property
    def name(self) -> str:
        """Return its name, as batches keep it."""
        ...

    @property
    def label(self) -> str:
        """Return what it reads, in words."""
        ...

    @property
    def limits(self) -> Limits:
        """Return how much it reads at most."""
        ...

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether these are the headings of this kind of file."""
        ...

    def targets(self, headings: Sequence[str]) -> tuple[Target, ...]:
        """Return the tables and the fields that a file with these headings sets."""
        ...

    def plan(self, table: Table) -> Iterator[Wanted | Finding]:
        """Walk the rows and say what is wanted and what was found."""
        ...


@dataclass(slots=True)
class Preview:
    """What an import would do. `blob` is the packed difference."""

    importer: str
    label: str
    file_name: str
    fingerprint: str
    written_in: str
    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    examples: list[dict[str, Any]] = field(default_factory=list)
    rows: int = 0
    blob: bytes = b""

    @property
    def change_count(self) -> int:
        """How many rows would be created or changed."""
        return sum(self.created.values()) + sum(self.changed.values())

    def summary(self) -> dict[str, Any]:
        """Return what pages show of it, as plain values."""
        return {
            "label": self.label,
            "written_in": self.written_in,
            "rows": self.rows,
            "created": dict(self.created),
            "changed": dict(self.changed),
            "unchanged": dict(self.unchanged),
            "left_out": dict(self.left_out),
            "findings": [
                {"words": each.words, "mend": each.mend, "row": each.row, "column": each.column}
                for each in self.findings
            ],
            "examples": self.examples,
            "change_count": self.change_count,
        }


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     fingerprint(Path(file.name))[:8]
    'e3b0c442'
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def preview(importer: Importer, path: Path, *, name: str = "", progress: Progress = silent) -> Preview:
    """Read a file whole, check every row, and return the difference it would make; nothing is written.

    Errors: Unusable, with the file, row, column and mend.
    """
    shown = name or path.name
    with tabular.opened(path, name=shown, limits=importer.limits) as table, _uncollected():
        if not importer.fits(table.headings):
            raise tabular.fault(
                shown,
                f"does not have the headings of {importer.label}",
                "Choose the kind of file it is, or say which of its columns is which.",
                row=table.heading_row,
            )
        result = Preview(importer.name, importer.label, shown, fingerprint(path), table.written_in)
        table.rows = _counted(table.rows, result)
        _Difference(importer, table, result, progress).find()
    if not result.rows:
        raise tabular.fault(shown, "has headings and no rows", "Check that it is the right file, and fetch it again.")
    return result


def _counted(found: Iterator[tuple[int, list[str]]], result: Preview) -> Iterator[tuple[int, list[str]]]:
    for each in found:
        result.rows += 1
        yield each


class _Difference:
    """Compares what is wanted with what stands, in the order of the file."""

    def __init__(self, importer: Importer, table: Table, result: Preview, progress: Progress) -> None:
        self.importer, self.table, self.result, self.progress = importer, table, result, progress
        self.targets = importer.targets(table.headings)
        self.writes = [each.writes for each in self.targets]
        self.columns = [each.columns for each in self.targets]
        self.blanks = [tuple(rows.blank(each.model, name) for name in each.columns) for each in self.targets]
        self.faults: list[Finding] = []
        self.seen: list[dict[Row, int]] = [{} for _ in self.targets]
        self.waiting: list[dict[Row, Row]] = [{} for _ in self.targets]
        self.packer = _Packer(self.targets, self.writes)

    def find(self) -> None:
        """Walk the file to its end, then refuse it if anything was at fault."""
        self.result.created.update(dict.fromkeys((each.words for each in self.targets), 0))
        for each in self.importer.plan(self.table):
            if isinstance(each, Finding):
                self._note(each)
            else:
                self._take(each)
        for number in range(len(self.targets)):
            self._compare(number)
        if self.faults:
            raise Unusable(_told(self.result.file_name, self.faults))
        self.result.blob = self.packer.close()

    def _note(self, finding: Finding) -> None:
        if finding.fault:
            self.faults.append(finding)
            if len(self.faults) >= EXAMPLES:
                raise Unusable(_told(self.result.file_name, self.faults))
            return
        self.result.left_out[finding.group] += 1
        if len(self.result.findings) < FINDINGS:
            self.result.findings.append(finding)

    def _take(self, wanted: Wanted) -> None:
        """Let rows wait until there are many to compare; note what was wanted before."""
        number, at = wanted.target, wanted.row
        seen, waiting, width = self.seen[number], self.waiting[number], len(self.targets[number].key)
        for row in wanted.rows:
            key = row[:width]
            if key in seen:
                self._note_twice(wanted, key)
            else:
                seen[key] = at
                waiting[key] = row
        if len(waiting) >= BATCH:
            self._compare(number)
            self.progress("Checking", at, 0)

    def _note_twice(self, wanted: Wanted, key: Row) -> None:
        if wanted.row:
            words, before = self.targets[wanted.target].words, self.seen[wanted.target][key]
            told = f"gives {words} {_in_words(key)}, as row {before:,} does"
            self._note(Finding(told, "Keep one of them.", wanted.row, fault=True))

    def _compare(self, number: int) -> None:
        """Compare the rows that wait with what stands, and pack the difference."""
        target, waiting, writes = self.targets[number], self.waiting[number], len(self.writes[number])
        self.waiting[number] = {}
        standing = rows.standing(target, waiting)
        made: list[Row] = []
        changed: list[tuple[Row, Row, Row]] = []
        if target.whole and not standing:  # the most of them, by far
            made.extend(waiting.values())
        else:
            for key, row in waiting.items():
                before = standing.get(key)
                after = row[len(key) :] if target.whole else self._after(number, before, row)
                if before is None:
                    made.append(key + after)
                elif before[:writes] != after:
                    changed.append((key, before[:writes], after))
        self.result.unchanged[target.words] += len(waiting) - len(made) - len(changed)
        self._tell(number, made, changed)
        self.packer.add(number, made, changed)

    def _after(self, number: int, before: Row | None, wanted: Row) -> Row:
        """Return what would stand of a row that need not be wanted whole."""
        target, width = self.targets[number], len(self.targets[number].key)
        row = dict(zip(self.columns[number], before or self.blanks[number], strict=True))
        for name, value in zip(target.sets, wanted[width:], strict=True):
            if value is not None and not (name in target.keeps and row[name] not in {None, ""}):
                row[name] = value
        if target.derive:
            row.update(zip(target.key, wanted[:width], strict=True))
            row.update(zip(target.derived, target.derive(row), strict=True))
        return tuple(row[name] for name in self.writes[number])

    def _tell(self, number: int, made: Sequence[Row], changed: Sequence[tuple[Row, Row, Row]]) -> None:
        """Count what would be created and changed, and give the first of it as examples."""
        target, result, width = self.targets[number], self.result, len(self.targets[number].key)
        result.created[target.words] += len(made)
        result.changed[target.words] += len(changed)
        room = EXAMPLES - len(result.examples)
        found = [(row[:width], None, row[width:]) for row in made[:room]] + [*changed[:room]]
        found.sort(key=lambda each: self.seen[number][each[0]])
        result.examples.extend(self._example(number, *each) for each in found[:room])

    def _example(self, number: int, key: Row, old: Row | None, new: Row) -> dict[str, Any]:
        target = self.targets[number]
        changes = [
            {"field": name, "before": None if old is None else old[place], "after": new[place]}
            for place, name in enumerate(self.writes[number])
            if name not in target.derived and (old is None or old[place] != new[place]) and new[place] not in {None, ""}
        ]
        what, row = f"{target.words} {_in_words(key)}", self.seen[number][key]
        return {"what": what, "row": row, "new": old is None, "changes": changes}


class _Packer:
    """Writes the difference as packed lines of JSON: one stream naming the tables, then one stream a table."""

    def __init__(self, targets: Sequence[Target], writes: Sequence[tuple[str, ...]]) -> None:
        head = [
            {"model": each.model._meta.label, "key": each.key, "writes": fields, "references": dict(each.references)}
            for each, fields in zip(targets, writes, strict=True)
        ]
        self.streams = [zlib.compressobj(1) for _ in range(len(targets) + 1)]
        self.parts: list[list[bytes]] = [[] for _ in self.streams]
        self._line(0, head)

    def add(self, number: int, made: Made, changed: Changed) -> None:
        """Pack one batch, if it changes anything."""
        if made or changed:
            self._line(number + 1, {"target": number, "made": made, "changed": changed})

    def _line(self, stream: int, line: object) -> None:
        self.parts[stream].append(self.streams[stream].compress(to_json(line) + b"\n"))

    def close(self) -> bytes:
        """Return everything that was packed."""
        return b"".join(
            part for parts, packed in zip(self.parts, self.streams, strict=True) for part in (*parts, packed.flush())
        )


def unpacked(blob: bytes) -> Iterator[bytes]:
    """Yield the lines of a packed difference: the tables first, then their batches in the tables' order."""
    rest = b""
    while blob:
        loose = zlib.decompressobj()
        while blob and not loose.eof:
            piece, blob = blob[: 1 << 18], blob[1 << 18 :]
            *lines, rest = (rest + loose.decompress(piece)).split(b"\n")
            yield from lines
        blob = loose.unused_data + blob


def _targets(blob: bytes) -> list[Target]:
    return [
        Target(apps.get_model(each["model"]), tuple(each["key"]), tuple(each["writes"]), each["references"])
        for each in from_json(next(unpacked(blob)))
    ]


def _batches(blob: bytes, number: int | None = None) -> Iterator[tuple[int, Made, Changed]]:
    """Yield what is made and changed, batch by batch; in one table alone, reading nothing of the others."""
    begins = b'{"target":' if number is None else b'{"target":%d,' % number
    for line in unpacked(blob):
        if line.startswith(begins):
            told = from_json(line)
            yield told["target"], told["made"], told["changed"]


def apply(blob: bytes, progress: Progress = silent) -> None:
    """Make the difference, inside the caller's transaction: tables in their order, created rows before changed ones."""
    done, targets = 0, _targets(blob)
    with _uncollected():
        for number, made, changed in _batches(blob):
            rows.insert(targets[number], made)
            rows.update(targets[number], [(key, after) for key, _, after in changed])
            done += len(made) + len(changed)
            progress("Writing", done, 0)
    rows.note_sizes(each.model for each in targets)


def revert(blob: bytes, progress: Progress = silent) -> None:
    """Undo the difference, inside the caller's transaction, last table first."""
    done = 0
    with _uncollected():
        for number, target in reversed([*enumerate(_targets(blob))]):
            for _, made, changed in _batches(blob, number):
                rows.update(target, [(key, before) for key, before, _ in changed])
                rows.delete(target, [row[: len(target.key)] for row in made])
                done += len(made) + len(changed)
                progress("Undoing", done, 0)


def touched(blob: bytes, model: str, position: int = 0) -> Iterator[Value]:
    """Yield one part of the key of every row of `model` ("schools.School") that a difference creates or changes."""
    for number, target in enumerate(_targets(blob)):
        if target.model._meta.label == model:
            for _, made, changed in _batches(blob, number):
                yield from (row[position] for row in made)
                yield from (key[position] for key, _, _ in changed)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python look for no rings of objects meanwhile: rows make none, and looking through them took a third."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _in_words(key: Row) -> str:
    return " ".join(map(str, key))


def _told(name: str, faults: Iterable[Finding]) -> str:
    """Return one sentence a fault, each with its place and mend."""
    sentences = [str(tabular.fault(name, each.words, each.mend, row=each.row, column=each.column)) for each in faults]
    return " ".join((*sentences[:5], *(["There are more like these."] if len(sentences) > 5 else [])))
