"""`headship import`: the national register, the census and other tables, from files."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from headship.core import imports, tabular
from headship.core.errors import Refused, Stale, Unusable
from headship.core.imports import Importer, Preview
from headship.core.models import ImportBatch
from headship.core.scope import installation_scope
from headship.schools import actions
from headship.schools import imports as importers


class Command(BaseCommand):
    """Import files, preview them, undo an import, or list what was imported."""

    help = "Import the register, the census and other tables: validate, preview, commit; or undo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="CSV, gzipped CSV or XLSX")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="THEIR COLUMN=OURS",
            help="read another table, such as --map 'School no=urn' --map 'Title=name' --map 'Abs=absence_pct@2022'",
        )
        parser.add_argument("--undo", type=int, metavar="IMPORT", help="undo the import of this number")
        parser.add_argument("--list", action="store_true", help="list the imports")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; a fault is one sentence and exit status 1."""
        del args
        try:
            self._do(options)
        except (Unusable, Refused, Stale) as fault:
            self._progress("", 0, 0)
            raise CommandError(str(fault)) from None

    def _do(self, options: dict[str, Any]) -> None:
        if options["undo"]:
            batch = actions.undo_import(
                by=installation_scope(timezone.now()),
                at=timezone.now(),
                batch_id=options["undo"],
                progress=self._progress,
            )
            self._say(f"Undone: import {batch.pk}, “{batch.file_name}”. What stood before it stands again.")
        elif options["list"]:
            for batch in ImportBatch.objects.filter(chain=0).defer("staged").order_by("pk"):
                self._say(f"{batch.pk:>5}  {batch.state:<10} {batch.created_at:%d %B %Y %H:%M}  {batch.file_name}")
        elif not options["files"]:
            raise CommandError("Name at least one file: headship import FILE...")
        else:
            mapping = _mapping(options["map"])
            chosen = [(path, _importer(path, mapping)) for path in options["files"]]
            for path, importer in sorted(chosen, key=lambda each: importers.ORDER.get(each[1].name, 99)):
                self._import(path, importer, mapping, dry_run=options["dry_run"])

    def _import(self, path: Path, importer: Importer, mapping: dict[str, str], *, dry_run: bool) -> None:
        preview = imports.preview(importer, path, progress=self._progress)
        self._told(preview)
        if dry_run:
            self._say("Nothing was changed (--dry-run).")
        elif not preview.change_count:
            self._say("0 changes: what it says already stands.")
        else:
            at = timezone.now()
            by = installation_scope(at)
            kept = actions.preview_import(by=by, at=at, preview=preview, told={"mapping": mapping})
            batch = actions.commit_import(by=by, at=timezone.now(), batch_id=kept.pk, progress=self._progress)
            self._say(f"Imported as number {batch.pk}. To take it back: headship import --undo {batch.pk}")

    def _told(self, preview: Preview) -> None:
        self._say(f"“{preview.file_name}” looks like {preview.label}; written in {preview.written_in}.")
        for what in (
            each for each in preview.created if preview.created[each] + preview.changed[each] + preview.unchanged[each]
        ):
            self._say(
                f"  {what + ':':<11}{preview.created[what]:>9,} new, {preview.changed[what]:,} changed, "
                f"{preview.unchanged[what]:,} unchanged"
            )
        for group, count in preview.left_out.items():
            self._say(f"  left out:  {count:>9,} {group}")
        for finding in preview.findings[:5]:
            self._say(f"    row {finding.row:,}, column “{finding.column}”: {finding.words}. {finding.mend}".rstrip())

    def _say(self, line: str) -> None:
        self._progress("", 0, 0)
        self.stdout.write(line)

    def _progress(self, stage: str, done: int, of: int) -> None:
        """Show how far it is, on a terminal only; "" wipes the line."""
        if sys.stderr.isatty():
            words = f"{stage} {done:,}" + (f" of {of:,}" if of else "") if stage else ""
            sys.stderr.write(f"\r{words:<40}" + ("" if stage else "\r"))
            sys.stderr.flush()


def _mapping(given: list[str]) -> dict[str, str]:
    mapping = {}
    for each in given:
        heading, equals, to = each.rpartition("=")
        if not equals or not heading:
            raise Unusable(f'--map {each!r} lacks the equals sign. Write --map "Their column=name".')
        mapping[heading] = to.strip()
    return mapping


def _importer(path: Path, mapping: dict[str, str]) -> Importer:
    if mapping:
        return importers.mapped(mapping)
    with tabular.opened(path) as table:
        found = importers.recognised(table.headings)
        if found:
            return found
        guesses = " ".join(f'--map "{heading}={to}"' for heading, to in importers.suggested(table.headings).items())
        raise tabular.fault(
            table.name,
            "is none of the files known here",
            f"Say which column is which: {guesses or '--map "Their column=urn" --map "Another=name"'}",
            row=table.heading_row,
        )
