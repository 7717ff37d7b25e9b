"""The importer machine: validate everything, preview, commit in one transaction, undo.

An importer says which rows it wants to stand in which tables (`Wanted`) and what it found wrong (`Finding`). The
machine compares that with what stands there and keeps the difference, packed, in an `ImportBatch`. Committing applies
the difference, undoing applies it backwards. A second import of the same file finds no difference.
"""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from django.apps import apps
from django.db import models

from headship.core import rows, tabular
from headship.core.errors import Unusable
from headship.core.tabular import Limits, Table

type Value = str | int | float | None
type Key = tuple[Value, ...]
type Made = list[list[Value]]
type Changed = list[list[list[Value]]]
Progress = Callable[[str, int, int], None]
EXAMPLES, FINDINGS, BATCH = 20, 200, 2_000
FORGOTTEN = (
    "What undoing this needs was forgotten: its time was over, or a person in it was erased. Nothing was changed."
)


def silent(stage: str, done: int, of: int) -> None:
    """Report no progress.

    >>> silent("Checking", 1, 2)
    """


@dataclass(frozen=True, slots=True)
class Target:
    """A table that an importer writes: its natural key, the fields set, and where a field's value is found elsewhere.

    `references` maps a foreign key's field to the natural field of the table it points to: ("school" to "urn").
    A field in `keeps` is set only where nothing stands yet. `derive` fills `derived` from the whole row afterwards,
    which then needs the fields in `reads` too. None leaves what stands there, unless the row is a `whole`.
    """

    model: type[models.Model]
    key: tuple[str, ...]
    sets: tuple[str, ...]
    references: Mapping[str, str] = field(default_factory=dict)
    keeps: frozenset[str] = frozenset()
    reads: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    derive: Callable[[Mapping[str, Value]], tuple[Value, ...]] | None = None
    whole: bool = False
    words: str = ""


class Wanted(NamedTuple):
    """A row that ought to stand in target number `target`; `row` is 0 where many rows of the file ask for the same."""

    target: int
    key: Key
    values: tuple[Value, ...]
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
    with tabular.opened(path, name=shown, limits=importer.limits) as table:
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
        self.columns = [tuple(dict.fromkeys((*each.sets, *each.reads, *each.derived))) for each in self.targets]
        self.writes = [tuple(dict.fromkeys((*each.sets, *each.derived))) for each in self.targets]
        self.blanks = [
            {name: rows.blank(each.model, name) for name in columns}
            for each, columns in zip(self.targets, self.columns, strict=True)
        ]
        self.faults: list[Finding] = []
        self.seen: list[dict[Key, int]] = [{} for _ in self.targets]
        self.waiting: list[list[Wanted]] = [[] for _ in self.targets]
        self.packer = _Packer(self.targets, self.writes)

    def find(self) -> None:
        """Walk the file to its end, then refuse it if anything was at fault."""
        self.result.created.update(dict.fromkeys((each.words for each in self.targets), 0))
        for each in self.importer.plan(self.table):
            if isinstance(each, Finding):
                self._note(each)
                continue
            seen = self.seen[each.target]
            size = len(seen)
            before = seen.setdefault(each.key, each.row)
            if len(seen) == size:
                self._note_twice(each, before)
            else:
                waiting = self.waiting[each.target]
                waiting.append(each)
                if len(waiting) >= BATCH:
                    self._compare(each.target)
                    self.progress("Checking", each.row, 0)
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

    def _note_twice(self, wanted: Wanted, before: int) -> None:
        if wanted.row:
            words = self.targets[wanted.target].words
            key = " ".join(str(part) for part in wanted.key)
            told = f"gives {words} {key}, as row {before:,} does"
            self._note(Finding(told, "Keep one of them.", wanted.row, fault=True))

    def _compare(self, number: int) -> None:
        """Compare one batch of wanted rows with what stands, and pack the difference."""
        target, batch, writes = self.targets[number], self.waiting[number], self.writes[number]
        self.waiting[number] = []
        result = self.result
        standing = rows.standing(target, self.columns[number], [each.key for each in batch])
        made: list[list[Value]] = []
        changed: list[list[list[Value]]] = []
        for wanted in batch:
            before = standing.get(wanted.key)
            if before is None and target.whole and len(result.examples) >= EXAMPLES:  # the most of them, by far
                made.append([*wanted.key, *wanted.values])
                continue
            after = self._after(target, number, before, wanted)
            if before is None:
                made.append([*wanted.key, *after])
                if len(result.examples) < EXAMPLES:
                    self._example(target, wanted, None, after, number)
                continue
            old = [before[name] for name in writes]
            if old != after:
                changed.append([list(wanted.key), old, after])
                if len(result.examples) < EXAMPLES:
                    self._example(target, wanted, old, after, number)
        words = target.words
        result.created[words] += len(made)
        result.changed[words] += len(changed)
        result.unchanged[words] += len(batch) - len(made) - len(changed)
        self.packer.add(number, made, changed)

    def _after(self, target: Target, number: int, before: Mapping[str, Value] | None, wanted: Wanted) -> list[Value]:
        if target.whole:
            return list(wanted.values)
        row = dict(before or self.blanks[number])
        for name, value in zip(target.sets, wanted.values, strict=True):
            if value is not None and not (name in target.keeps and row[name] not in {None, ""}):
                row[name] = value
        if target.derive:
            row.update(zip(target.key, wanted.key, strict=True))
            row.update(zip(target.derived, target.derive(row), strict=True))
        return [row[name] for name in self.writes[number]]

    def _example(self, target: Target, wanted: Wanted, old: list[Value] | None, new: list[Value], number: int) -> None:
        changes = [
            {"field": name, "before": None if old is None else old[place], "after": new[place]}
            for place, name in enumerate(self.writes[number])
            if name not in target.derived and (old is None or old[place] != new[place]) and new[place] not in {None, ""}
        ]
        key = " ".join(str(part) for part in wanted.key)
        self.result.examples.append(
            {"what": f"{target.words} {key}", "row": wanted.row, "new": old is None, "changes": changes}
        )


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

    def add(self, number: int, made: list[list[Value]], changed: list[list[list[Value]]]) -> None:
        """Pack one batch, if it changes anything."""
        if made or changed:
            self._line(number + 1, {"target": number, "made": made, "changed": changed})

    def _line(self, stream: int, line: object) -> None:
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
        self.parts[stream].append(self.streams[stream].compress(text.encode()))

    def close(self) -> bytes:
        """Return everything that was packed."""
        return b"".join(
            part for parts, packed in zip(self.parts, self.streams, strict=True) for part in (*parts, packed.flush())
        )


def unpacked(blob: bytes) -> Iterator[Any]:
    """Yield the lines of a packed difference: the tables first, then their batches in the tables' order."""
    rest = b""
    while blob:
        loose = zlib.decompressobj()
        while blob and not loose.eof:
            piece, blob = blob[: 1 << 18], blob[1 << 18 :]
            *lines, rest = (rest + loose.decompress(piece)).split(b"\n")
            yield from map(json.loads, lines)
        blob = loose.unused_data + blob


def _batches(blob: bytes, only: int | None = None) -> Iterator[tuple[Target, Made, Changed]]:
    lines = unpacked(blob)
    targets = [
        Target(apps.get_model(each["model"]), tuple(each["key"]), tuple(each["writes"]), each["references"])
        for each in next(lines)
    ]
    for line in lines:
        if only is None or line["target"] == only:
            yield targets[line["target"]], line["made"], line["changed"]


def apply(blob: bytes, progress: Progress = silent) -> None:
    """Make the difference, inside the caller's transaction: tables in their order, created rows before changed ones."""
    done = 0
    for target, made, changed in _batches(blob):
        rows.insert(target, made)
        rows.update(target, [(key, after) for key, _, after in changed])
        done += len(made) + len(changed)
        progress("Writing", done, 0)
    rows.note_sizes([apps.get_model(each["model"]) for each in next(unpacked(blob))])


def revert(blob: bytes, progress: Progress = silent) -> None:
    """Undo the difference, inside the caller's transaction, last table first."""
    done = 0
    for number in reversed(range(len(next(unpacked(blob))))):
        for target, made, changed in _batches(blob, number):
            rows.update(target, [(key, before) for key, before, _ in changed])
            rows.delete(target, [row[: len(target.key)] for row in made])
            done += len(made) + len(changed)
            progress("Undoing", done, 0)


def touched(blob: bytes, model: str, position: int = 0) -> Iterator[Value]:
    """Yield one part of the key of every row of `model` ("schools.School") that a difference creates or changes."""
    for target, made, changed in _batches(blob):
        if target.model._meta.label == model:
            yield from (row[position] for row in made)
            yield from (key[position] for key, _, _ in changed)


def _told(name: str, faults: Iterable[Finding]) -> str:
    """Return one sentence a fault, each with its place and mend."""
    sentences = [str(tabular.fault(name, each.words, each.mend, row=each.row, column=each.column)) for each in faults]
    return " ".join((*sentences[:5], *(["There are more like these."] if len(sentences) > 5 else [])))
