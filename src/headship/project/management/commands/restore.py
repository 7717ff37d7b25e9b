"""`headship restore FILE`: prove a backup in a place beside, then let it take the place of what stands."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from headship.core import audit_records
from headship.core.errors import Unusable
from headship.project.backups import archive, making, restoring
from headship.project.backups.archive import Manifest
from headship.project.management.commands.backup import told


class Command(BaseCommand):
    """Restore a backup."""

    help = "Put a backup back. Everything in it is proved first; what stands now is set aside, not removed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the key, and how far to go."""
        parser.add_argument("file", help="the backup")
        parser.add_argument("--key-file", default="", metavar="FILE", help="the key; otherwise HEADSHIP_BACKUP_KEY")
        parser.add_argument("--check", action="store_true", help="fill a database beside and prove it; replace nothing")
        parser.add_argument("--though-running", action="store_true", help="even while Headship runs (it must restart)")

    def handle(self, *args: Any, **given: Any) -> None:
        """Do it, and say what was done. Errors: CommandError; nothing was changed then."""
        del args
        path = Path(given["file"])
        try:
            key = making.key_from(given["key_file"])
            if given["check"]:
                found = restoring.check(path, key)
                self.stdout.write(f"{path} can be restored: {told(found)}. Nothing was changed.")
                self._warn_of_pupils(found)
                return
            done = restoring.restore(path, key, at=timezone.now(), though_running=given["though_running"])
        except (Unusable, OSError) as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{path} is restored: {told(done.manifest)}.")
        for place in done.aside:
            self.stdout.write(f"What stood here before is kept as {place}. Remove it when you are content.")
        self._warn_of_pupils(done.manifest)
        self._warn_of_checkpoints()
        self.stdout.write("Start Headship again. People sign in anew where the secret key is another than it was.")

    def _warn_of_checkpoints(self) -> None:
        strange = ",".join(sorted(audit_records.strange_keys()))
        if strange:
            self.stdout.write(
                "The key that signs checkpoints of the audit log is another here. Put the old one back "
                "(HEADSHIP_CHECKPOINT_KEY, or the file checkpoint-key). Where it is lost, say that it was yours, "
                f"or the audit log will be called changed: HEADSHIP_EARLIER_CHECKPOINT_KEYS={strange}"
            )

    def _warn_of_pupils(self, manifest: Manifest) -> None:
        if manifest.pupil_key != archive.pupil_key():
            self.stdout.write(
                "The key that pupils are found by is another here than where the backup was made. Put the old one back "
                "(HEADSHIP_PUPIL_KEY, or the file pupil-key) before anybody brings in a list of pupils."
            )
