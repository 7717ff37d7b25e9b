"""`headship backup`: make a sealed backup while Headship runs; --verify reads one whole."""

import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from headship.core.errors import Unusable
from headship.project.backups import keeping, making
from headship.project.backups.archive import Manifest


class Command(BaseCommand):
    """Make, or verify, a backup."""

    help = "Make an encrypted backup of everything, while Headship runs (--verify FILE: read one whole and prove it)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to, which key, and how many to keep."""
        parser.add_argument("--to", default="", metavar="FOLDER", help="where to; otherwise HEADSHIP_BACKUP_FOLDER")
        parser.add_argument("--key-file", default="", metavar="FILE", help="the key; otherwise HEADSHIP_BACKUP_KEY")
        parser.add_argument("--keep", type=int, metavar="N", help="afterwards keep the newest N in that folder alone")
        parser.add_argument("--verify", metavar="FILE", help="make none; read this backup whole and prove every part")
        parser.add_argument("--make-key", metavar="FILE", help="make none; write a new random key to this file")

    def handle(self, *args: Any, **given: Any) -> None:
        """Do what was asked, and say it in sentences. Errors: CommandError."""
        del args
        try:
            if given["make_key"]:
                self._make_key(Path(given["make_key"]))
            elif given["verify"]:
                path = Path(given["verify"])
                found = keeping.verify(path, making.key_from(given["key_file"]), at=timezone.now())
                self.stdout.write(f"{path} is whole: {told(found)}.")
            else:
                self._make(given)
        except (Unusable, OSError) as fault:
            raise CommandError(str(fault)) from fault

    def _make(self, given: dict[str, Any]) -> None:
        folder = given["to"] or settings.HEADSHIP_BACKUP_FOLDER
        if not folder:
            raise Unusable(making.NO_FOLDER)
        keep = settings.HEADSHIP_BACKUP_KEEP if given["keep"] is None and not given["to"] else given["keep"] or 0
        key = making.key_from(given["key_file"])
        made = keeping.back_up(Path(folder), key, keep=keep, at=timezone.now())
        self.stdout.write(f"{made.path} ({made.size / 1_000_000:.1f} MB) is made and was read back whole.")
        self.stdout.write(f"It holds {told(made.manifest)}. SHA-256: {made.sha256}")

    def _make_key(self, path: Path) -> None:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
        self.stdout.write(f"{path} holds a new key. Keep a copy away from this machine: without it no backup opens.")


def told(manifest: Manifest) -> str:
    """Say what a backup holds."""
    files = "no uploaded files" if not manifest.file_count else f"{manifest.file_count} uploaded files"
    return (
        f"{manifest.rows:,} rows in {len(manifest.parts) - manifest.file_count} tables and {files} of Headship "
        f"{manifest.version} on {manifest.database}, as they stood at {manifest.made_at}"
    )
