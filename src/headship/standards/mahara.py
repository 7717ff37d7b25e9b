"""Mahara's SmartEvidence file (`.matrix`, a JSON document), both ways.

Read are both of its forms: elements inside their standard (the older), and elements beside them (the newer, which is
written). What Mahara needs and CASE has no word for is kept in `extensions.mahara`.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from headship.core import strict_json
from headship.core.strict_json import fault
from headship.standards import case, trees
from headship.standards.case import Package, Resource

MOST = 5_000
LONGEST_SHORT, LONGEST_NAME = 100, 255  # Mahara refuses longer ones
# Mahara asks for four states of a piece of evidence; these are Headship's words, not marks.
STATUSES = (
    {"begun": "Noticing"}, {"incomplete": "Working on"}, {"partialcomplete": "Nearly there"}, {"completed": "Sharing"},
)  # fmt: skip
type Standard = dict[str, Any]


def fits(read: Any) -> bool:
    """Whether this is Mahara's kind of document."""
    return isinstance(read, dict) and isinstance(read.get("framework"), dict)


# ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def read(name: str, content: bytes, *, moment: str) -> Package:
    """Return the framework in a file as a package; `moment` is when it was read. Errors: Unusable."""
    return checked(name, strict_json.loads(name, content), moment=moment)


def checked(name: str, read_as: Any, *, moment: str) -> Package:
    """Return a document that was read as a package. Errors: Unusable."""
    if not fits(read_as):
        raise fault(name, "", "is not a SmartEvidence file: it has no framework", "Export it from Mahara anew.")
    return _Reading(name, read_as["framework"], moment).package()


class _Reading:
    """Makes a package of a SmartEvidence framework."""

    def __init__(self, name: str, framework: Mapping[str, Any], moment: str) -> None:
        self.name, self.framework, self.moment = name, framework, moment
        self.title = self.text(framework, "name", "framework")
        self.uuid = uuid5(NAMESPACE_URL, f"mahara:{self.title}")
        self.items: list[Resource] = []
        self.places: list[Resource] = []
        self.elements: dict[tuple[str, str], UUID] = {}

    def text(self, held: Mapping[str, Any], field: str, place: str, longest: int = LONGEST_NAME) -> str:
        value = held.get(field)
        if not isinstance(value, str) or not value.strip():
            raise fault(self.name, f"{place}, {field}", "is missing or is no text", "Mahara needs it: write it.")
        if len(value) > longest:
            words = f"has {len(value):,} letters; Mahara takes {longest}"
            raise fault(self.name, f"{place}, {field}", words, "Shorten it.")
        return value

    def list_of(self, held: Mapping[str, Any], field: str, place: str) -> list[Standard]:
        value = held.get(field, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise fault(self.name, f"{place}, {field}", "is not a list of entries", "Export it from Mahara anew.")
        if len(value) > MOST:
            words = f"has {len(value):,} entries, more than the {MOST:,} taken here"
            raise fault(self.name, f"{place}, {field}", words, "Split the framework.")
        return value

    def package(self) -> Package:
        """Return the package."""
        standards = self.list_of(self.framework, "standards", "framework")
        beside = self.list_of(self.framework, "standardelements", "framework")
        if not standards:
            raise fault(self.name, "framework, standards", "is empty", "Mahara needs at least one standard.")
        numbers: set[str] = set()
        for place, each in enumerate(standards, 1):
            number = str(each.get("standardid", place))
            if number in numbers:
                words = f"gives the standardid {number[:20]} again"
                raise fault(self.name, f"standards {place}", words, "Number every standard differently.")
            numbers.add(number)
            self._standard(each, place, number, [one for one in beside if str(one.get("standardid")) == number])
        for place, each in enumerate(beside, 1):
            if str(each.get("standardid")) not in numbers:
                words = "names a standardid that no standard has"
                raise fault(self.name, f"standardelements {place}", words, "Give it that of its standard.")
        about = {name: value for name, value in self.framework.items() if name not in {"standards", "standardelements"}}
        document = case.resource(
            "CFDocument",
            identifier=str(self.uuid),
            uri=self.uuid.urn,
            caseVersion="1.1",
            creator="Not said in the file",
            title=self.title,
            lastChangeDateTime=self.moment,
            description=_said(self.framework, "description"),
            extensions={"mahara": about},
        )
        return {"CFDocument": document, "CFItems": self.items, "CFAssociations": self.places}

    def _standard(self, each: Standard, place: int, number: str, beside: list[Standard]) -> None:
        where = f"standards {place}"
        uuid = uuid5(self.uuid, f"standard:{number}")
        inside = self.list_of(each, "standardelement", where)
        own = {name: value for name, value in each.items() if name != "standardelement"}
        self._item(own, uuid, None, (place, where))
        before: str | None = None
        for position, element in enumerate([*_flattened(inside, number), *beside], 1):
            where = f"standards {place}, element {position}"
            key = str(element.get("elementid", f"#{position}"))
            if (number, key) in self.elements:
                raise fault(self.name, where, f"gives the elementid {key[:20]} again", "Number them differently.")
            above = element.get("parentelementid") or (before if element.get("parent") is True else None)
            parent = self.elements.get((number, str(above))) if above else uuid
            if parent is None:
                words = f"stands under {str(above)[:20]}, which does not come before it"
                raise fault(self.name, where, words, "Put the element it stands under before it.")
            before = before if element.get("parent") is True else key
            self.elements[number, key] = found = uuid5(uuid, f"element:{key}")
            self._item(element, found, parent, (position, where))

    def _item(self, each: Standard, uuid: UUID, parent: UUID | None, at: tuple[int, str]) -> None:
        place, where = at
        short = self.text(each, "shortname", where, LONGEST_SHORT)
        name = self.text(each, "name", where, LONGEST_NAME)
        told = _said(each, "description")
        self.items.append(
            case.resource(
                "CFItem",
                identifier=str(uuid),
                uri=uuid.urn,
                fullStatement=f"{name}\n\n{told}" if told and told != name else name,
                humanCodingScheme=short,
                abbreviatedStatement=trees.short(name, trees.SHORT),
                CFItemType="element" if parent else "standard",
                lastChangeDateTime=self.moment,
                extensions={"mahara": each},
            )
        )
        under = uuid5(uuid, "isChildOf")
        above = case.link(self.title, str(self.uuid), self.uuid.urn)
        self.places.append(
            case.resource(
                "CFAssociation",
                identifier=str(under),
                uri=under.urn,
                associationType="isChildOf",
                sequenceNumber=place,
                originNodeURI=case.link(short, str(uuid), uuid.urn),
                destinationNodeURI=case.link("parent", str(parent), parent.urn) if parent else above,
                lastChangeDateTime=self.moment,
            )
        )


def _flattened(inside: list[Standard], number: str) -> list[Standard]:
    """Return elements of the older form with the identifiers that the newer has."""
    return [{"elementid": f"{number}.{place}"} | each for place, each in enumerate(inside, 1)]


def _said(held: Mapping[str, Any], field: str) -> str:
    value = held.get(field)
    return value if isinstance(value, str) else ""


# ── out ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def written(package: Package) -> bytes:
    """Return the framework as Mahara reads it."""
    branches = trees.in_order("the package", package)
    came_from_mahara = all(_kept(each) for each, _ in branches)
    writing = _Writing(trees.codes(branches, LONGEST_SHORT), kept=came_from_mahara)
    headings = {parent for _, parent in branches}
    for each, parent in branches:
        if parent is None:
            writing.standard(each)
        # In Mahara evidence hangs on elements: a standard without any is followed by itself as its one element.
        if parent is not None or (each["identifier"] not in headings and not came_from_mahara):
            writing.element(each, parent)
    about = (_kept(package["CFDocument"]) if came_from_mahara else {}) or _about(package["CFDocument"])
    framework = about | {"standards": writing.standards, "standardelements": writing.elements}
    return (json.dumps({"framework": framework}, ensure_ascii=False, indent=2) + "\n").encode()


class _Writing:
    """Writes standards and their elements, one after another, as the tree is walked."""

    def __init__(self, codes: Mapping[str, str], *, kept: bool) -> None:
        self.codes, self.kept = codes, kept
        self.standards: list[Standard] = []
        self.elements: list[Standard] = []
        self.numbers: dict[str, Any] = {}
        self.count = 0

    def standard(self, each: Resource) -> None:
        """Write a standard."""
        self.count = 0
        told = {"standardid": len(self.standards) + 1} | self._told(each)
        self.standards.append(told)

    def element(self, each: Resource, parent: str | None) -> None:
        """Write an element under the standard written last, or under another element."""
        self.count += 1
        number = self.standards[-1]["standardid"]
        place = {"standardid": number, "elementid": f"{number}.{self.count}"}
        if parent in self.numbers:
            place["parentelementid"] = self.numbers[parent]
        told = place | self._told(each)
        if parent is not None:
            self.numbers[each["identifier"]] = told["elementid"]
        self.elements.append(told)

    def _told(self, each: Resource) -> Standard:
        return _kept(each) if self.kept else _texts(each, self.codes[each["identifier"]])


def _kept(each: Resource) -> Standard:
    held = each.get("extensions", {}).get("mahara")
    return dict(held) if isinstance(held, dict) and isinstance(held.get("name"), str) else {}


def _texts(each: Resource, code: str) -> Standard:
    name = trees.short(each.get("abbreviatedStatement") or each["fullStatement"], LONGEST_NAME)
    return {"shortname": code, "name": name, "description": each["fullStatement"]}


def _about(document: Resource) -> Standard:
    return {
        "institution": "all",
        "name": trees.short(document["title"], LONGEST_NAME),
        "description": document.get("description", document.get("notes", "")),
        "selfassess": True,
        "evidencestatuses": [dict(each) for each in STATUSES],
    }
