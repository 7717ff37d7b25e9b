"""Framework and crosswalk documents: the YAML files in `data/`, read into frozen values. No database here."""

import functools
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from headship.core.errors import Unusable

FOLDER = Path(__file__).parent / "data"
CASE_VERSIONS = range(1, 6)  # CASE 1.1 takes UUIDs of version 1 to 5 and of the variant RFC 4122 names
RFC_4122 = "specified in RFC 4122"
# What evidence leans on. Everything else about a framework (its status, notes, when it was checked) may be told anew.
LOCKED = ("uuid", "code", "title", "publisher", "version", "statements")


@dataclass(frozen=True, slots=True)
class StatementDocument:
    """One statement as the document has it; `parent` is the code of the heading it stands under."""

    uuid: UUID
    code: str
    kind: str
    parent: str | None
    short_title: str
    statement: str
    assessable: bool


@dataclass(frozen=True, slots=True)
class FrameworkDocument:
    """A framework as its document has it; `replaces` is the code of the version it replaces.

    `changed_on` is the day on which anything in the document last changed, as those who fetch it by CASE are told.
    """

    uuid: UUID
    code: str
    title: str
    publisher: str
    version: str
    status: str
    published_on: date | None
    licence: str
    source_url: str
    checked_on: date | None
    changed_on: date
    replaces: str | None
    notes: str
    statements: tuple[StatementDocument, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of what is locked, however the file is laid out."""
        content = asdict(self)
        locked = {name: content[name] for name in LOCKED}
        return hashlib.sha256(json.dumps(locked, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LinkDocument:
    """One link of a crosswalk, from a code of the origin framework to a code of the destination."""

    uuid: UUID
    origin: str
    destination: str
    kind: str


@dataclass(frozen=True, slots=True)
class CrosswalkDocument:
    """A crosswalk between two frameworks; it lists what has no home in the origin's words, and what has no link."""

    uuid: UUID
    code: str
    origin: str
    destination: str
    proposed_by: str
    not_in_origin: tuple[str, ...]
    unmapped: tuple[str, ...]
    links: tuple[LinkDocument, ...]


@functools.cache  # the files are part of the release
def frameworks() -> tuple[FrameworkDocument, ...]:
    """Return the frameworks that ship with Headship, the default first."""
    return tuple(
        framework(path.read_text()) for path in sorted(FOLDER.glob("*.yaml"), key=_order) if not _crosses(path)
    )


@functools.cache
def crosswalks() -> tuple[CrosswalkDocument, ...]:
    """Return the crosswalks that ship with Headship."""
    return tuple(crosswalk(path.read_text()) for path in sorted(FOLDER.glob("*.yaml")) if _crosses(path))


def framework(text: str) -> FrameworkDocument:
    """Return the framework in a YAML document. Errors: Unusable, naming the statement at fault."""
    content = _mapping(text)
    rows = content.pop("statements", None)
    if not isinstance(rows, list) or not rows:
        raise Unusable("This framework has no statements.")
    content["statements"] = tuple(_built(StatementDocument, row, f"statement {n}") for n, row in enumerate(rows, 1))
    document = _built(FrameworkDocument, content, "the framework")
    for fault in _faults(document.statements):
        raise Unusable(fault)
    return document


def crosswalk(text: str) -> CrosswalkDocument:
    """Return the crosswalk in a YAML document. Errors: Unusable, naming the link at fault."""
    content = _mapping(text)
    links = tuple(_built(LinkDocument, row, f"link {n}") for n, row in enumerate(content.get("links") or (), 1))
    lists = {name: tuple(content.get(name) or ()) for name in ("not_in_origin", "unmapped")}
    return _built(CrosswalkDocument, content | lists | {"links": links}, "the crosswalk")


def _order(path: Path) -> tuple[bool, str]:
    return path.stem != "nse-2015", path.stem


def _crosses(path: Path) -> bool:
    return path.stem.startswith("crosswalk-")


def _mapping(text: str) -> dict[str, Any]:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Unusable(f"This is not YAML that can be read: {error}") from error
    if not isinstance(content, dict):
        raise Unusable("A framework document starts with its uuid, code and title.")
    return content


def _built[D](kind: type[D], row: Mapping[str, Any], where: str) -> D:
    """Build one value, with its UUID read. Errors: Unusable for a missing, unknown or ill-formed part."""
    names = {each.name for each in fields(kind)}  # type: ignore[arg-type]  # only dataclasses are passed
    if names != set(row):
        wrong = ", ".join(sorted(names.symmetric_difference(row)))
        raise Unusable(f"In {where}, these parts are missing or unknown: {wrong}.")
    return kind(**{**row, "uuid": _uuid(row["uuid"], where)})


def _uuid(text: object, where: str) -> UUID:
    try:
        found = UUID(str(text))
    except ValueError:
        found = None
    if found is None or found.version not in CASE_VERSIONS or found.variant != RFC_4122:
        raise Unusable(f"In {where}, {text!r} is not a UUID of version 1 to 5.")
    return found


def _faults(statements: tuple[StatementDocument, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for each in statements:
        if each.code in seen:
            yield f"The code {each.code} stands twice."
        if each.parent is not None and each.parent not in seen:
            yield f"Statement {each.code} stands under {each.parent}, which does not come before it."
        if not each.statement.strip():
            yield f"Statement {each.code} has no words."
        seen.add(each.code)
