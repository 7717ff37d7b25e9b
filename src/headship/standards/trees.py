"""A package as a tree, and as the framework document that Headship loads: what stands under what, with its code."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from headship.core.strict_json import fault
from headship.standards import shipped
from headship.standards.case import Package, Resource
from headship.standards.shipped import FrameworkDocument, StatementDocument

DEEPEST = 20
LAST = 2**31  # stands behind every sequenceNumber
CODE, KIND, SHORT, LINE = 60, 40, 120, 200
type Branch = tuple[Resource, str | None]


def in_order(name: str, package: Package) -> list[Branch]:
    """Return every item after the one it stands under, with that one's identifier. Errors: Unusable for a circle."""
    items = {each["identifier"]: each for each in package["CFItems"]}
    children: dict[str | None, list[tuple[int, int, str]]] = {}
    parents = dict(_parents(package, items))
    for place, identifier in enumerate(items):
        parent, sequence = parents.get(identifier, (None, LAST))
        children.setdefault(parent, []).append((sequence, place, identifier))
    found = list(_walked(name, items, children))
    if len(found) < len(items):
        lost = items.keys() - {each["identifier"] for each, _ in found}
        circle = next(identifier for identifier in items if identifier in lost)
        raise fault(name, f"CFItems, {circle}", "stands under itself by way of others", "Mend its isChildOf.")
    return found


def _parents(package: Package, items: Mapping[str, Resource]) -> Iterator[tuple[str, tuple[str | None, int]]]:
    """Yield what each item stands under; where a package gives an item several parents, the first counts."""
    root = package["CFDocument"]["identifier"]
    seen: set[str] = set()
    for each in package.get("CFAssociations", ()):
        child, parent = each["originNodeURI"]["identifier"], each["destinationNodeURI"]["identifier"]
        here = child in items and (parent in items or parent == root)
        if each["associationType"] == "isChildOf" and here and child not in seen:
            seen.add(child)
            yield child, (parent if parent in items else None, each.get("sequenceNumber", LAST))


def _walked(
    name: str, items: Mapping[str, Resource], children: Mapping[str | None, list[tuple[int, int, str]]]
) -> Iterator[Branch]:
    waiting: list[tuple[str, str | None, int]] = [(each[2], None, 1) for each in sorted(children.get(None, ()))[::-1]]
    while waiting:
        identifier, parent, depth = waiting.pop()
        if depth > DEEPEST:
            words = f"stands more than {DEEPEST} levels deep"
            raise fault(name, f"CFItems, {identifier}", words, "No page could show that: bring it nearer to the top.")
        yield items[identifier], parent
        under = sorted(children.get(identifier, ()))[::-1]
        waiting.extend((each[2], identifier, depth + 1) for each in under)


def document(name: str, package: Package) -> FrameworkDocument:
    """Return the framework document of a package. Its words are whole; its codes are made to fit addresses here."""
    about = package["CFDocument"]
    own = extension(about)
    return FrameworkDocument(
        uuid=UUID(about["identifier"]),
        code=_framework_code(about),
        title=short(about["title"], LINE),
        publisher=short(about.get("publisher") or about["creator"], LINE),
        version=short(about.get("version", ""), KIND),
        status=short(about.get("adoptionStatus", ""), LINE),
        published_on=_day(own.get("publishedOn")),
        licence=short(_licence(package), LINE),
        source_url=_shown_address(about.get("officialSourceURL", "")),
        checked_on=_day(own.get("checkedOn")),
        changed_on=datetime.fromisoformat(about["lastChangeDateTime"]).date(),
        replaces=None,
        notes=about.get("notes", ""),
        statements=tuple(_statements(name, package)),
    )


def extension(each: Resource) -> Mapping[str, Any]:
    """Return what Headship itself wrote into a resource's extensions."""
    own = each.get("extensions", {}).get("headship", {})
    return own if isinstance(own, dict) else {}


def _statements(name: str, package: Package) -> Iterator[StatementDocument]:
    branches = in_order(name, package)
    headings = {parent for _, parent in branches}
    coded = codes(branches)
    for each, parent in branches:
        yield StatementDocument(
            uuid=UUID(each["identifier"]),
            code=coded[each["identifier"]],
            kind=short(each.get("CFItemType", "item"), KIND),
            parent=coded[parent] if parent else None,
            short_title=short(each.get("abbreviatedStatement") or _one_line(each["fullStatement"]), SHORT),
            statement=each["fullStatement"],
            assessable=bool(extension(each).get("assessable", each["identifier"] not in headings)),
        )


def codes(branches: list[Branch], longest: int = CODE) -> dict[str, str]:
    """Return a code for each item: its own where it fits an address and is alone, otherwise its place in the tree."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for (each, _), number in zip(branches, _numbers(branches, longest), strict=True):
        own = re.sub(r"[^\w.\-]+", "-", each.get("humanCodingScheme", "")).strip("-.")[:longest] or number
        endings = ("", f"_{number}", *(f"_{number}_{more}" for more in range(2, 9)), f"_{each['identifier']}")
        code = next(code for end in endings if (code := own[: longest - len(end)] + end) not in taken)
        taken.add(code)
        found[each["identifier"]] = code
    return found


def _numbers(branches: list[Branch], longest: int) -> Iterator[str]:
    """Yield the place of each in the tree, such as 1.2.3; where that is too long, its place in the list."""
    places: dict[str | None, int] = {}
    numbers: dict[str | None, str] = {None: ""}
    for place, (each, parent) in enumerate(branches, 1):
        places[parent] = places.get(parent, 0) + 1
        numbers[each["identifier"]] = number = f"{numbers[parent]}.{places[parent]}".lstrip(".")
        yield number if len(number) < longest // 3 else str(place)


def _framework_code(about: Resource) -> str:
    """Return the code that ships with Headship where this is what ships; otherwise one nothing shipped can have."""
    ours = {str(each.uuid): each.code for each in shipped.frameworks()}
    made = f"{slugify(about['title'])[:40].strip('-') or 'framework'}-{about['identifier'][:8]}"
    return ours.get(about["identifier"], made)


def _licence(package: Package) -> str:
    held = package.get("CFDefinitions", {}).get("CFLicenses", [])
    asked = package["CFDocument"].get("licenseURI", {}).get("identifier", "")
    texts = {each["identifier"]: each["licenseText"] for each in held}
    return texts.get(asked) or package["CFDocument"].get("licenseURI", {}).get("title", "") or "Not said in the file."


def _shown_address(address: str) -> str:
    return address if address.startswith(("https://", "http://")) and len(address) <= LINE else ""


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def short(text: str, longest: int) -> str:
    """Return the text as a heading can show it."""
    line = _one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
