"""`headship verify`: whether the audit logs are as they were written; and exports of them to be checked elsewhere."""

import gzip
from argparse import ArgumentParser
from collections.abc import Iterable
from itertools import chain as joined
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from headship.core import audit_records, signing, verifier
from headship.schools.models import School


class Command(BaseCommand):
    """Check every chain, its checkpoints and its details; name the first bad record."""

    help = "Check the audit logs against themselves, and against checkpoints kept elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--checkpoints",
            type=Path,
            nargs="+",
            default=[],
            metavar="FILE",
            help="checkpoints kept elsewhere: downloads, or the daily mails as they are. Only these are trusted",
        )
        parser.add_argument("--school", type=int, metavar="URN", help="this school's log alone")
        parser.add_argument("--key", action="append", default=[], help="a public key that checkpoints had before")
        parser.add_argument("--export", type=Path, metavar="FILE", help="write an export (.jsonl or .jsonl.gz) as well")
        parser.add_argument("--with-details", action="store_true", help="put names and addresses into the export")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say what was found. Errors: CommandError, exit status 1, where anything is wrong."""
        del args
        names = {
            0: "this installation",
            **dict(School.objects.filter(joined_at__isnull=False).values_list("pk", "name")),
        }
        wanted = _wanted(options["school"])
        if options["export"]:
            self._export(options["export"], wanted, names, details=options["with_details"])
        held = [each for each in _held(options["checkpoints"]) if not options["school"] or each.chain in wanted]
        records = joined.from_iterable(audit_records.records(each, names.get(each, "")) for each in wanted)
        found = verifier.check(records, held, [*signing.trusted(), *options["key"]])
        wrong = False
        for right, line in verifier.told(found, held):
            self.stdout.write(verifier.shown(line))
            wrong |= not right
        if wrong:
            raise CommandError("Not everything is as it was written; what and where stands above.")

    def _export(self, path: Path, wanted: Iterable[int], names: dict[int, str], *, details: bool) -> None:
        path.touch(mode=0o600)
        path.chmod(0o600)  # it may hold names, and a folder for downloads may be open to others
        lines = audit_records.lines(wanted, lambda each: names.get(each, ""), timezone.now(), details=details)
        with (gzip.open if path.suffix == ".gz" else open)(path, "wt", encoding="ascii") as file:
            file.writelines(lines)
        self.stdout.write(f"Exported to {path}.")


def _wanted(urn: int | None) -> list[int]:
    if urn is None:
        return audit_records.chains()
    found = School.objects.filter(urn=urn).values_list("pk", flat=True).first()
    if found is None:
        raise CommandError(f"No school here has the URN {urn}. Leave --school out to check every log.")
    return [found]


def _held(files: Iterable[Path]) -> list[verifier.Checkpoint]:
    held = []
    for path in files:
        try:
            held += verifier.read_held(path)
        except (OSError, ValueError) as error:
            raise CommandError(f"{path} cannot be read: {error}. Download it again.") from error
    return held
