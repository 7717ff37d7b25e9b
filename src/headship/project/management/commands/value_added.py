"""`headship value_added FILE`: value added of many schools from a file of their pupils; nothing is stored."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from headship.core import paper_pdf, paper_word
from headship.core.errors import Unusable
from headship.core.pages import in_words
from headship.outcomes import value_added_report as report
from headship.outcomes.value_added_report import Asked


class Command(BaseCommand):
    """Work out value added, and write it as JSON, PDF and for Word."""

    help = "Value added of many schools: a multilevel model of a file of pupils. Nothing is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file, its columns and where to write."""
        parser.add_argument("file", type=Path, help="CSV, gzipped CSV or parquet, one row a pupil")
        parser.add_argument("--outcome", required=True, metavar="COLUMN", help="the score that is explained")
        parser.add_argument("--school", required=True, metavar="COLUMN", help="whose pupil: whole numbers")
        parser.add_argument("--after", action="append", default=[], metavar="COLUMN", help="prior attainment, and more")
        parser.add_argument("--slope", action="append", default=[], metavar="COLUMN", help="differs between schools")
        parser.add_argument("--ml", action="store_true", help="full maximum likelihood instead of restricted")
        parser.add_argument("--mark", type=int, metavar="SCHOOL", help="the school to mark; none is named")
        parser.add_argument("--folder", type=Path, default=Path(), help="where the three files go")

    def handle(self, *args: Any, **told: Any) -> None:
        """Work it out. Errors: CommandError with a sentence."""
        del args
        asked = Asked(
            told["outcome"], tuple(told["after"]), told["school"], tuple(told["slope"]), not told["ml"], told["mark"]
        )
        if unknown := set(asked.slopes) - set(asked.covariates):
            raise CommandError(f"--slope {min(unknown)} needs --after {min(unknown)} as well.")
        try:
            found = report.of_file(told["file"], asked)
        except Unusable as fault:
            raise CommandError(str(fault)) from None
        folder = told["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        made = report.paper(found, f"Headship · made on {in_words(timezone.localdate())}")
        (folder / "value-added.json").write_text(json.dumps(report.told(found), indent=1) + "\n", encoding="utf-8")
        (folder / "value-added.pdf").write_bytes(paper_pdf.pdf(made))
        (folder / "value-added.docx").write_bytes(paper_word.word(made))
        self.stdout.write("\n".join((made.about[0] + ".", found.words, f"Written into {folder.resolve()}.")))
