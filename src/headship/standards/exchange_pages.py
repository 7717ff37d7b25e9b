"""What the pages of exchange show."""

import json
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from headship.standards import case, incoming, queries, trees
from headship.standards.catalogue import Catalogue
from headship.standards.models import IncomingFramework
from headship.standards.queries import FrameworkView

DOWNLOADS = (
    ("case", "CASE 1.1 package", "for systems that hold competency frameworks"),
    ("case-1.0", "CASE 1.0 package", "for older ones"),
    ("moodle", "Moodle competency framework", "CSV, for Moodle's “Import competency framework”"),
    ("mahara", "Mahara SmartEvidence", ".matrix, for Mahara's SmartEvidence import"),
)
FIRST = 12


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be fetched."""

    words: str
    what_for: str
    url: str


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """What can be fetched here, and how."""

    title: str
    rows: tuple[tuple[str, str], ...]
    frameworks: tuple[tuple[str, str, str], ...]
    example: str
    older: str
    may_import: bool


@dataclass(frozen=True, slots=True)
class ImportPage:
    """The form that takes a file, and the frameworks imported before."""

    title: str
    form: Any
    imported: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What a file would bring in."""

    title: str
    summary: tuple[tuple[str, str], ...]
    first: tuple[tuple[str, str, str], ...]
    more: int
    noticed: tuple[tuple[str, int], ...]
    url: str


def downloads(framework: FrameworkView) -> tuple[Download, ...]:
    """Return the files of a framework."""
    return tuple(
        Download(words, what_for, reverse("framework-download", args=[framework.code, form]))
        for form, words, what_for in DOWNLOADS
    )


def exchange_page(base: str, held: Catalogue, *, may_import: bool) -> ExchangePage:
    """Arrange the addresses; `base` is our own."""
    newest = f"{base}{case.PATH}{case.NEWEST}/"
    rows = (
        ("Every framework", f"{newest}CFDocuments"),
        ("A framework with all that is in it", f"{newest}CFPackages/{{identifier}}"),
        ("One statement", f"{newest}CFItems/{{identifier}}"),
        ("How a statement is linked", f"{newest}CFItemAssociations/{{identifier}}"),
    )
    frameworks = tuple(
        (f"{each.title} ({each.version})", str(each.uuid), f"{newest}CFPackages/{each.uuid}")
        for each in held.frameworks
    )
    example = f"{newest}CFDocuments?filter=title~'headteachers'&sort=title&fields=identifier,title"
    return ExchangePage("Exchange of frameworks", rows, frameworks, example, f"{base}{case.PATH}v1p0/", may_import)


def import_page(form: Any) -> ImportPage:
    """Arrange the form and what was imported before."""
    imported = tuple(
        (each.title, reverse("framework", args=[each.code]), reverse("framework-remove", args=[each.code]))
        for each in queries.frameworks()
        if each.imported
    )
    return ImportPage("Import a framework", form, imported)


def check_page(kept: IncomingFramework) -> CheckPage:
    """Arrange what a kept file would bring in."""
    package = json.loads(kept.package)
    document = trees.document(kept.file_name, package)
    links = [each for each in package.get("CFAssociations", ()) if each["associationType"] != "isChildOf"]
    definitions = sum(len(each) for name, each in package.get("CFDefinitions", {}).items() if name != "extensions")
    summary = (
        ("File", f"{kept.file_name}, {incoming.FORMATS[kept.format]}"),
        ("Publisher", document.publisher),
        ("Version", document.version or "Not said"),
        ("Status", document.status or "Not said"),
        ("Licence", document.licence),
        ("Identifier", str(document.uuid)),
        ("Statements", f"{len(document.statements):,}, {sum(each.assessable for each in document.statements):,} of "
         "them without others under them"),
        ("Links to other statements", f"{len(links):,}"),
        ("Definitions and rubrics kept", f"{definitions + len(package.get('CFRubrics', ())):,}"),
    )  # fmt: skip
    first = tuple((each.code, each.parent or "", each.statement) for each in document.statements[:FIRST])
    return CheckPage(
        title=document.title,
        summary=summary,
        first=first,
        more=len(document.statements) - len(first),
        noticed=tuple(sorted(kept.noticed.items())),
        url=reverse("framework-import-check", args=[kept.pk]),
    )
