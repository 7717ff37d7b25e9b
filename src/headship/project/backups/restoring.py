"""Put a backup back: everything is proved in a place beside, and only then does it take the place of what stands.

What stood is set aside under another name and stays there; whoever restored removes it when content. The keys of the
installation (secret key, signing key) are in no backup and are not touched.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

from headship.core.errors import Unusable
from headship.project.backups import archive, filling, making, places, snapshot
from headship.project.backups.archive import Manifest

RUNNING = (
    "Headship is running here. Stop it first (`systemctl stop headship`), or its people would go on writing into "
    "what is being replaced. If you know better: --though-running. Nothing was changed."
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where that which stood before lies now (empty where nothing stood)."""

    manifest: Manifest
    aside: tuple[str, ...]


def check(path: Path, key: str) -> Manifest:
    """Do all that restoring does but replace. Errors: Unusable."""
    with _proved(path, key) as (manifest, _, _):
        return manifest


def restore(path: Path, key: str, *, at: datetime, though_running: bool = False) -> Restored:
    """Prove a backup beside, then let it take the place of what stands. Errors: Unusable; nothing was changed then."""
    connections.close_all()
    if not though_running and places.is_running():
        raise Unusable(RUNNING)
    with _proved(path, key) as (manifest, folder, side):
        if not though_running and places.is_running():
            raise Unusable(RUNNING)
        if though_running:
            places.end_others()
        stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        aside = side.take_its_place(stamp)
        try:
            files = _replace_files(folder / archive.FILES, stamp)
        except OSError:
            side.go_back(stamp)
            raise
    return Restored(manifest, tuple(each for each in (aside, files) if each))


@contextmanager
def _proved(path: Path, key: str) -> Iterator[tuple[Manifest, Path, places.Side]]:
    """Lay a backup down beside, fill a new database from it and prove all; leave nothing of that at the end."""
    folder = Path(tempfile.mkdtemp(prefix="restoring-", dir=settings.FOLDER))
    try:
        with making.opened(path) as file:
            manifest = archive.read(file, key, folder)
        if manifest.database != snapshot.kind():
            raise Unusable(
                f"The backup is of a {manifest.database} database and this Headship uses {snapshot.kind()}. "
                "Restore it where the same kind is used."
            )
        with places.side(folder) as side:
            _fill(folder, manifest, side)
            yield manifest, folder, side
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(folder: Path, manifest: Manifest, side: places.Side) -> None:
    """Run the filling in a process whose only database is the new one. Errors: Unusable with its sentence."""
    (folder / filling.LAID).write_text(json.dumps(asdict(manifest)))
    command = [sys.executable, "-m", "headship.project.backups.filling", str(folder)]
    env = {**os.environ, "HEADSHIP_DATABASE": side.address}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    if done.returncode == filling.FAULT:
        raise Unusable(done.stdout.strip())
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise Unusable(f"The backup could not be put into a database: {last}")


def _replace_files(laid: Path, stamp: str) -> str:
    """Put uploaded files in place; return where those that stood lie now."""
    stands = Path(settings.MEDIA_ROOT)
    aside = stands.with_name(f"{stands.name}.replaced-{stamp}")
    laid.mkdir(mode=0o700, exist_ok=True)
    stands.rename(aside)
    try:
        laid.rename(stands)
    except OSError:
        aside.rename(stands)
        raise
    making.sync_folder(stands.parent)
    if any(aside.iterdir()):
        return str(aside)
    aside.rmdir()
    return ""
