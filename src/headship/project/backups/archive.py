"""What lies inside a sealed file: a packed tar of every table and every uploaded file, and last a manifest.

The manifest says which Headship made it, which migrations the tables follow, and of every part its size, its SHA-256
and, of a table, its rows; also where each audit chain ended. A reader takes nothing that the manifest does not name.
"""

import hashlib
import json
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from django.conf import settings

from headship.core.errors import Unusable
from headship.project.backups import snapshot
from headship.project.backups.sealed import Opening, Sealing
from headship.project.backups.snapshot import Database

FORMAT = 1
MANIFEST, TABLES, FILES = "manifest.json", "tables/", "files/"
NOT_WHOLE = "The backup is not whole: "
BLOCK = 1024 * 1024
LARGEST_MANIFEST = 64 * BLOCK


@dataclass(frozen=True, slots=True)
class Part:
    """A table or a file in the archive. `rows` is None for a file."""

    size: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `chains` maps an audit chain to its length and newest hash.

    `pupil_key` is a fingerprint of the key that pupils are found by: rows restored under another find nobody again.
    """

    version: str
    made_at: str
    database: str
    migrations: Sequence[Sequence[str]]
    chains: Mapping[str, Sequence[Any]]
    sequences: snapshot.Sequences
    pupil_key: str
    parts: dict[str, Part] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """How many rows all its tables have."""
        return sum(each.rows or 0 for each in self.parts.values())

    @property
    def file_count(self) -> int:
        """How many uploaded files it holds."""
        return sum(each.rows is None for each in self.parts.values())


def write(file: BinaryIO, key: str, database: Database, *, uploads: Path, at: datetime) -> Manifest:
    """Write everything, sealed. A table rests in a temporary file beside the database until its size is known."""
    sealing = Sealing(file, key)
    parts: dict[str, Part] = {}
    with tarfile.open(mode="w|gz", fileobj=sealing, format=tarfile.PAX_FORMAT) as tar:
        for table in database.tables():
            parts[TABLES + table] = _add_table(tar, database, table, uploads.parent)
        for path in sorted(each for each in uploads.rglob("*") if each.is_file() and not each.is_symlink()):
            name = FILES + path.relative_to(uploads).as_posix()
            parts[name] = _add_file(tar, name, path)
        manifest = Manifest(
            version=current_version(),
            made_at=at.isoformat(),
            database=snapshot.kind(),
            migrations=_migrations(database),
            chains=_chains(database),
            sequences=database.sequences(),
            pupil_key=pupil_key(),
            parts=parts,
        )
        _add(tar, MANIFEST, json.dumps(asdict(manifest)).encode())
    sealing.seal()
    return manifest


def pupil_key() -> str:
    """Return the fingerprint of the key that this installation finds pupils by."""
    return hashlib.sha256(b"Headship, pupil key: " + settings.HEADSHIP_PUPIL_KEY.encode()).hexdigest()


def current_version() -> str:
    """Return this Headship's version."""
    try:
        return version("headship")
    except PackageNotFoundError:
        return "development"


def read(file: BinaryIO, key: str, into: Path | None = None) -> Manifest:
    """Read the whole and prove every part; with `into`, lay tables and files there. Errors: Unusable."""
    found: dict[str, tuple[int, str]] = {}
    manifest = None
    opening = Opening(file, key)
    try:
        with tarfile.open(mode="r|gz", fileobj=opening) as tar:
            for member in tar:
                if manifest or not member.isreg():
                    raise Unusable(f"{NOT_WHOLE}it holds something that has no place in one.")
                stream = cast("BinaryIO", tar.extractfile(member))
                if member.name == MANIFEST:
                    manifest = manifest_of(stream.read(LARGEST_MANIFEST))
                else:
                    found[member.name] = _laid(stream, into / _safe(member.name) if into else None)
        while opening.read(BLOCK):
            pass  # the end must be proved too
    except (tarfile.TarError, zlib.error, EOFError, OSError) as fault:
        raise Unusable(f"{NOT_WHOLE}what is inside cannot be unpacked ({type(fault).__name__}).") from fault
    if manifest is None:
        raise Unusable(f"{NOT_WHOLE}it does not say what it holds.")
    _compare(manifest, found)
    return manifest


def lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a table that was laid down."""
    with path.open("rb") as file:
        yield from file


def part_of(lines: Iterator[bytes], into: BinaryIO | None = None) -> Part:
    """Measure a table's lines, and write them where asked."""
    told, size, count = hashlib.sha256(), 0, 0
    for line in lines:
        told.update(line)
        size += len(line)
        count += 1
        if into:
            into.write(line)
    return Part(size, told.hexdigest(), count - 1)


def _add_table(tar: tarfile.TarFile, database: Database, table: str, beside: Path) -> Part:
    with tempfile.TemporaryFile(dir=beside) as resting:
        part = part_of(database.lines(table), cast("BinaryIO", resting))
        resting.seek(0)
        tar.addfile(_member(TABLES + table, part.size), cast("BinaryIO", resting))
    return part


def _add_file(tar: tarfile.TarFile, name: str, path: Path) -> Part:
    with path.open("rb") as file:
        told = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        file.seek(0)
        tar.addfile(_member(name, size), file)
    return Part(size, told)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    with tempfile.SpooledTemporaryFile(max_size=LARGEST_MANIFEST) as file:
        file.write(content)
        file.seek(0)
        tar.addfile(_member(name, len(content)), cast("BinaryIO", file))


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _laid(stream: BinaryIO, into: Path | None) -> tuple[int, str]:
    """Read a part to its end, writing it where asked; return its size and SHA-256."""
    told, size = hashlib.sha256(), 0
    if into:
        into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with into.open("xb") if into else tempfile.TemporaryFile() as file:
        while block := stream.read(BLOCK):
            told.update(block)
            size += len(block)
            if into:
                file.write(block)
    return size, told.hexdigest()


def _safe(name: str) -> PurePosixPath:
    """Return a part's name as a path below where it is laid. Errors: Unusable."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not name.startswith((TABLES, FILES)):
        raise Unusable(f"{NOT_WHOLE}one of its parts has a name that leads elsewhere.")
    return path


def manifest_of(content: bytes) -> Manifest:
    """Return a manifest from its JSON. Errors: Unusable where its form is unknown."""
    told = json.loads(content)
    if told.get("format") != FORMAT:
        raise Unusable("The backup was made by a newer Headship, in a form this one does not know. Update first.")
    parts = {name: Part(**part) for name, part in told.pop("parts").items()}
    return Manifest(**told, parts=parts)


def _compare(manifest: Manifest, found: Mapping[str, tuple[int, str]]) -> None:
    """Hold the parts against the manifest. Errors: Unusable."""
    told = {name: (part.size, part.sha256) for name, part in manifest.parts.items()}
    if wrong := sorted(name for name in told.keys() | found.keys() if told.get(name) != found.get(name)):
        raise Unusable(f"{NOT_WHOLE}{', '.join(wrong[:5])} is not what the backup says it is.")


def _migrations(database: Database) -> list[list[str]]:
    """Return the migrations that the tables follow, as application and name."""
    return sorted([str(app), str(name)] for app, name in database.values("django_migrations", "app", "name"))


def _chains(database: Database) -> dict[str, list[Any]]:
    rows = database.values("core_chainhead", "chain", "length", "newest_hash")
    return {str(chain): [length, bytes(newest).hex()] for chain, length, newest in rows}
