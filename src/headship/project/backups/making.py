"""Make a backup, prove it by reading it back, and let old ones go."""

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from headship.core.errors import Unusable
from headship.project.backups import archive, sealed, snapshot
from headship.project.backups.archive import Manifest

NAMED = re.compile(r"^headship-\d{8}T\d{6}Z(-\d+)?\.backup$")
NO_KEY = (
    "There is no backup key. Set HEADSHIP_BACKUP_KEY_FILE to a file that holds one "
    "(`headship backup --make-key FILE` makes it), or give --key-file."
)
NO_FOLDER = "Say where the backup goes: --to FOLDER, or set HEADSHIP_BACKUP_FOLDER."


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that lies whole on the disk and was read back."""

    path: Path
    size: int
    sha256: str
    manifest: Manifest


def make(folder: Path, key: str, *, at: datetime) -> Made:
    """Write a backup under a temporary name, prove it, and only then give it its own. Errors: Unusable, OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f".unfinished-{os.getpid()}.backup"
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with snapshot.reading() as database:
                archive.write(file, key, database, uploads=Path(settings.MEDIA_ROOT), at=at)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            manifest = archive.read(file, key)  # what cannot be read back is no backup
            file.seek(0)
            size, told = os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()
        path = _free(folder, at)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(folder)
    return Made(path, size, told, manifest)


def verify(path: Path, key: str) -> Manifest:
    """Read a backup whole and prove every part of it. Errors: Unusable."""
    with opened(path) as file:
        return archive.read(file, key)


def opened(path: Path) -> BinaryIO:
    """Open a backup. Errors: Unusable where there is none."""
    try:
        return path.open("rb")
    except OSError as fault:
        raise Unusable(f"{path} cannot be read: {fault.strerror}.") from fault


def let_go(folder: Path, *, keep: int) -> Sequence[Path]:
    """Remove all but the newest `keep` backups of a folder, and return what went. Other files stay."""
    made = sorted(each for each in folder.iterdir() if NAMED.match(each.name))
    gone = made[:-keep] if keep > 0 else []
    for each in gone:
        each.unlink()
    return gone


def key_from(file: str) -> str:
    """Return the key in a file, or the configured one. Errors: Unusable where there is none, or it is too short."""
    try:
        key = Path(file).read_text().strip() if file else settings.HEADSHIP_BACKUP_KEY
    except OSError as fault:
        raise Unusable(f"The key file {file} cannot be read: {fault.strerror}.") from fault
    if not key:
        raise Unusable(NO_KEY)
    if len(key) < sealed.SHORTEST_KEY:
        raise Unusable(sealed.TOO_SHORT)
    return str(key)


def sync_folder(folder: Path) -> None:
    """Let a new name in a folder reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _free(folder: Path, at: datetime) -> Path:
    """Return a name that tells the moment; a second backup of one second gets a number."""
    stem = f"headship-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = (folder / f"{stem}{f'-{again}' if again else ''}.backup" for again in range(1000))
    return next(each for each in names if not each.exists())
