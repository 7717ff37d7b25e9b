"""Reads a CASE package, 1.0 or 1.1, into one normal form that is checked, and writes that form to the byte.

The normal form is CASE 1.1 without what says nothing. What a publisher wrote beyond CASE is kept in `extensions`. So a
file written here, read, and written again is the same file.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from headship.core import strict_json
from headship.core.errors import Unusable
from headship.standards import case
from headship.standards.case import Package, Resource

MOST = {"CFItems": 10_000, "CFAssociations": 50_000, "CFRubrics": 1_000, **dict.fromkeys(case.DEFINITIONS, 2_000)}
SHOWN = 5
UUID_1_1 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
UUID_SHAPE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\^`{|}\x00-\x20]{1,2000}")
RUNS = ("javascript:", "data:", "vbscript:", "file:")  # a browser would run or open these
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?")
OWN_KIND = re.compile(r"ext:[A-Za-z0-9.\-_]{1,60}")
REPEATED = {"CFPackageURI", "CFDocumentURI"}  # say again inside a package which package it is
STRANGE_IDS = "Identifiers that are not UUIDs of version 1 to 5; they are kept as they are"
NO_ZONE = "Times without a time zone, taken as UTC"
BEYOND = "Fields that CASE does not know, kept as extensions"
FILLED = "Required fields that were missing, filled from the title"


class UnfitError(Exception):
    """A value that its field cannot hold, with the words that say why and how to mend it."""


def read(name: str, content: bytes) -> tuple[Package, Counter[str]]:
    """Return the package in a file, and what was noticed, counted. Errors: Unusable with every place at fault."""
    return checked(name, strict_json.loads(name, content))


def checked(name: str, read_as: Any) -> tuple[Package, Counter[str]]:
    """Return the normal form of a package, and what was noticed. Errors: Unusable."""
    if not isinstance(read_as, dict) or not isinstance(read_as.get("CFDocument"), dict):
        mend = "Ask the publisher for the whole CFPackage, which starts with its CFDocument."
        raise strict_json.fault(name, "", "is not a CASE package: it has no CFDocument", mend)
    check = _Check(name)
    package = check.package(read_as)
    check.identifiers(package)
    if check.faults:
        more = ["There are more like these."] if len(check.faults) > SHOWN else []
        raise Unusable(" ".join([*check.faults[:SHOWN], *more]))
    return package, check.noticed


def written(package: Package) -> bytes:
    """Return the bytes of a package: always the same for the same package."""
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


class _Check:
    """Walks a package, part by part, and notes what is at fault and what is worth telling."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[str] = []
        self.noticed: Counter[str] = Counter()

    def fault(self, place: str, words: str, mend: str) -> None:
        """Note something that stops the import."""
        self.faults.append(str(strict_json.fault(self.name, place, words, mend)))

    def package(self, raw: Mapping[str, Any]) -> Package:
        """Return the normal form of a whole package."""
        document = self.resource("CFDocument", raw["CFDocument"], "CFDocument")
        package: Package = {"CFDocument": document | {"caseVersion": "1.1"}}
        package["CFDocument"] = case.resource("CFDocument", **package["CFDocument"])
        for name in ("CFItems", "CFAssociations"):
            package[name] = self.list_of(case.LISTS[name], raw.get(name), name)
        package["CFDefinitions"] = self.definitions(raw.get("CFDefinitions"))
        package["CFRubrics"] = self.list_of("CFRubric", raw.get("CFRubrics"), "CFRubrics")
        known = {"CFDocument", *case.LISTS, "CFDefinitions", "extensions"}
        package["extensions"] = self.extensions(raw, known)
        if not package["CFItems"] and not self.faults:
            self.fault("", "has no CFItems", "A framework without statements cannot be used: ask for the whole of it.")
        return {name: held for name, held in package.items() if held}

    def definitions(self, raw: Any) -> Resource:
        """Return what the package defines: item types, licences, subjects, concepts, groupings."""
        if not raw:
            return {}
        if not isinstance(raw, dict):
            self.fault("CFDefinitions", "is not a set of named lists", "Export the package again.")
            return {}
        held: Resource = {name: self.list_of(kind, raw.get(name), name) for name, kind in case.DEFINITIONS.items()}
        held["extensions"] = self.extensions(raw, {*case.DEFINITIONS, "extensions"})
        return {name: each for name, each in held.items() if each}

    def list_of(self, kind: str, raw: Any, place: str) -> list[Resource]:
        """Return a list of resources of one kind."""
        if raw in (None, "", {}):
            return []
        if not isinstance(raw, list):
            self.fault(place, "is not a list", "Export the package again.")
            return []
        most = MOST.get(place, MOST["CFRubrics"])
        if len(raw) > most:
            self.fault(place, f"has {len(raw):,} entries, more than the {most:,} taken here", "Split the framework.")
            return []
        return [self.resource(kind, each, f"{place} {number}", number) for number, each in enumerate(raw, 1)]

    def resource(self, kind: str, raw: Any, place: str, number: int = 1) -> Resource:
        """Return one resource with its fields in order; what CASE does not know goes to its extensions."""
        if not isinstance(raw, dict):
            self.fault(place, f"is not a {kind}", "Export the package again.")
            return {}
        fields = case.fields(kind)
        values: Resource = {}
        for name, value in raw.items():
            if name in fields and name != "extensions" and value not in (None, "", [], {}):
                self.value(fields[name].shape, name, value, place, values)
        beyond = self.extensions(raw, {*fields, *REPEATED}, unfit=values.pop("", None))
        if beyond:
            values["extensions"] = [beyond] if fields["extensions"].shape == "maps" else beyond
        self.fill(kind, values, number)
        for name, field in fields.items():
            if field.required and name not in values and not self.at_fault(place, name):
                self.fault(f"{place}, {name}", "is missing", f"CASE asks for it in every {kind}.")
        return case.resource(kind, **values)

    def at_fault(self, place: str, name: str) -> bool:
        """Whether a field was found at fault already."""
        return any(f"{place}, {name}:" in each for each in self.faults)

    def value(self, shape: str, name: str, value: Any, place: str, values: Resource) -> None:
        """Put one value, in the shape its field asks for, where the others are."""
        if shape.startswith("*"):
            values[name] = self.list_of(shape[1:], value, f"{place}, {name}")
            return
        if shape == "link" and not isinstance(value, dict):
            values.setdefault("", {})[name] = value  # OpenSALT writes bare addresses, which name no identifier
            return
        try:
            values[name] = SHAPES[shape](value, self.noticed)
        except UnfitError as unfit:
            self.fault(f"{place}, {name}", *unfit.args)

    def fill(self, kind: str, values: Resource, number: int) -> None:
        """Fill what CASE requires of definitions and publishers leave out."""
        wanted = {"hierarchyCode": str(number), "description": values.get("title"), "licenseText": values.get("title")}
        if kind not in case.DEFINITIONS.values():
            return
        for name, value in wanted.items():
            field = case.fields(kind).get(name)
            if field and field.required and name not in values and value:
                values[name] = value
                self.noticed[FILLED] += 1

    def extensions(self, raw: Mapping[str, Any], known: set[str], unfit: Resource | None = None) -> Resource:
        """Return a resource's extensions with all that CASE has no field for."""
        told = raw.get("extensions") or {}
        if isinstance(told, list):
            told = {name: value for each in told if isinstance(each, dict) for name, value in each.items()}
        if not isinstance(told, dict):
            told = {"extensions": told}
        beyond = {name: value for name, value in raw.items() if name not in known and name != "extensions"}
        beyond |= unfit or {}
        self.noticed.update({BEYOND: sum(value is not None for value in beyond.values())} if beyond else {})
        kept = {name: _without_nulls(value) for name, value in (beyond | told).items() if value is not None}
        return {name: value for name, value in kept.items() if value not in ("", [], {})}

    def identifiers(self, package: Package) -> None:
        """See that no two resources of a kind have one identifier."""
        seen: set[tuple[str, str]] = set()
        for kind, each in case.parts(package):
            key = (kind if kind != "CFDocument" else "CFItem", str(each.get("identifier", "")))
            if key[1] and key in seen:
                self.fault(f"{kind} {key[1]}", "stands twice", "Give each its own identifier.")
            seen.add(key)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_without_nulls(each) for each in value if each is not None]
    return value


# ── shapes ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(value: Any, noticed: Counter[str]) -> str:
    del noticed
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise UnfitError("is not text", "Write it as text.")
    if len(str(value)) > strict_json.LONGEST:
        raise UnfitError(f"is longer than {strict_json.LONGEST:,} letters", "Shorten it.")
    return str(value)


def _texts(value: Any, noticed: Counter[str]) -> list[str]:
    return [_text(each, noticed) for each in (value if isinstance(value, list) else [value]) if each not in (None, "")]


def _uuid(value: Any, noticed: Counter[str]) -> str:
    if not isinstance(value, str) or not UUID_SHAPE.fullmatch(value):
        raise UnfitError(f"is no UUID: {str(value)[:60]!r}", "A UUID looks like 96279421-86e7-5f50-9e5f-1937d17f1690.")
    lower = value.lower()
    if not UUID_1_1.fullmatch(lower):
        noticed[STRANGE_IDS] += 1
    return lower


def _uri(value: Any, noticed: Counter[str]) -> str:
    del noticed
    if not isinstance(value, str) or not URI.fullmatch(value) or value.lower().startswith(RUNS):
        raise UnfitError(f"is no address that can be taken: {str(value)[:60]!r}", "Write an http or https address.")
    return value


def _moment(value: Any, noticed: Counter[str]) -> str:
    found = MOMENT.fullmatch(value) if isinstance(value, str) else None
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        found = None
    if found is None:
        raise UnfitError(f"is no date and time: {str(value)[:40]!r}", "Write it as 2026-11-23T00:00:00+00:00.")
    if not found[1]:
        noticed[NO_ZONE] += 1
        return f"{value}+00:00"
    return str(value)


def _day(value: Any, noticed: Counter[str]) -> str:
    del noticed
    try:
        return datetime.fromisoformat(str(value)).date().isoformat()
    except ValueError:
        raise UnfitError(f"is no date: {str(value)[:40]!r}", "Write it as 2026-11-23.") from None


def _link(value: Any, noticed: Counter[str]) -> Resource:
    return _linked(value, noticed, _uuid)


def _links(value: Any, noticed: Counter[str]) -> list[Resource]:
    return [_link(each, noticed) for each in (value if isinstance(value, list) else [value])]


def _node(value: Any, noticed: Counter[str]) -> Resource:
    node = _linked(value, noticed, _text)
    if isinstance(value.get("targetType"), str) and value["targetType"]:
        node["targetType"] = value["targetType"]
    return node


def _linked(value: Any, noticed: Counter[str], identifier: Callable[[Any, Counter[str]], str]) -> Resource:
    if not isinstance(value, dict) or not value.get("identifier"):
        raise UnfitError("is not a link", "A link has a title, an identifier and a uri.")
    named = identifier(value["identifier"], noticed)
    known = {"title", "identifier", "uri", "targetType"}
    noticed.update({BEYOND: 1} if set(value) - known else {})
    return case.link(str(value.get("title") or named), named, _uri(value.get("uri"), noticed))


def _association(value: Any, noticed: Counter[str]) -> str:
    del noticed
    if isinstance(value, str) and (value in case.ASSOCIATIONS_NOW or OWN_KIND.fullmatch(value)):
        return value
    raise UnfitError(
        f"is no kind of association: {str(value)[:40]!r}",
        "Use one of CASE's, such as isChildOf or isRelatedTo, or one that begins with “ext:”.",
    )


def _whole(value: Any, noticed: Counter[str]) -> int:
    del noticed
    text = str(value)
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,10}", text) or abs(int(text)) >= 2**31:
        raise UnfitError(f"is no whole number: {text[:40]!r}", "Write a whole number.")
    return int(text)


def _number(value: Any, noticed: Counter[str]) -> float:
    del noticed
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UnfitError(f"is no number: {str(value)[:40]!r}", "Write a number.")
    return value


SHAPES: Mapping[str, Callable[[Any, Counter[str]], Any]] = {
    "text": _text,
    "texts": _texts,
    "uuid": _uuid,
    "uri": _uri,
    "moment": _moment,
    "day": _day,
    "link": _link,
    "links": _links,
    "node": _node,
    "association": _association,
    "whole": _whole,
    "number": _number,
}
