"""Every CASE resource held here, by its kind and identifier: what the exchange addresses and downloads are made of."""

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from headship.standards import case, ours, queries
from headship.standards.case import Package, Resource
from headship.standards.queries import FrameworkView

BASES = 4  # addresses under which one installation is reached; a few are kept, the longest unread leaving first


@dataclass(frozen=True, slots=True)
class Held:
    """A resource, its kind, and the package it belongs to."""

    kind: str
    resource: Resource
    package: Package


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every package at one address of ours (`base`, such as "https://headship.example"), and their resources."""

    base: str
    frameworks: tuple[FrameworkView, ...]
    packages: Mapping[str, Package]
    held: Mapping[tuple[str, str], Held]

    def documents(self, version: str) -> list[Resource]:
        """Return every CFDocument, as it stands alone."""
        return [self._alone(Held("CFDocument", each["CFDocument"], each), version) for each in self.packages.values()]

    def answer(self, kind: str, identifier: str, version: str) -> Resource | None:
        """Return what a version of CASE answers when asked for one resource, or None where it is not here."""
        if kind == "CFPackage":
            found = self.held.get(("CFDocument", identifier))
            return case.spelled_package(found.package, version, self.base) if found else None
        if kind == "CFItemAssociations":
            return self._associations(identifier, version)
        found = self.held.get((kind, identifier))
        if found is None:
            return None
        if kind in IN_SETS:
            return {IN_SETS[kind]: [case.spelled(kind, each, version, self.base) for each in _with_children(found)]}
        return self._alone(found, version)

    def _associations(self, identifier: str, version: str) -> Resource | None:
        """Return an item with every association that starts or ends in it, also those of other frameworks."""
        found = self.held.get(("CFItem", identifier))
        touching = [
            case.spelled("CFAssociation", each, version, self.base)
            for package in self.packages.values()
            for each in package.get("CFAssociations", ())
            if identifier in (each["originNodeURI"]["identifier"], each["destinationNodeURI"]["identifier"])
        ]
        if found is None or not touching:
            return None
        return {"CFItem": self._alone(found, version), "CFAssociations": touching}

    def _alone(self, found: Held, version: str) -> Resource:
        """Return a resource as it stands outside its package, with the link to its package or document."""
        resource = case.spelled(found.kind, found.resource, version, self.base)
        document = case.spelled("CFDocument", found.package["CFDocument"], version, self.base)
        title, identifier = document["title"], document["identifier"]
        if found.kind == "CFDocument":
            uri = f"{self.base}{case.PATH}{version}/CFPackages/{identifier}"
            return resource | {"CFPackageURI": case.link(title, identifier, uri)}
        if found.kind in {"CFItem", "CFAssociation"}:
            return resource | {"CFDocumentURI": case.link(title, identifier, document["uri"])}
        return resource


IN_SETS = {"CFConcept": "CFConcepts", "CFSubject": "CFSubjects", "CFItemType": "CFItemTypes"}
_kept: OrderedDict[tuple[str, tuple[tuple[UUID, str, date, str], ...]], Catalogue] = OrderedDict()


def at(base: str) -> Catalogue:
    """Return the catalogue at an address of ours. One query when nothing came since the last time."""
    frameworks = queries.frameworks()
    key = (base, tuple((each.uuid, each.digest, each.changed_on, each.status) for each in frameworks))
    if key not in _kept:
        _kept[key] = _made(base, frameworks)
        while len(_kept) > BASES:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def package(view: FrameworkView, base: str) -> Package:
    """Return a framework's package: as it was imported, or made from its rows where it ships with Headship."""
    if view.imported:
        brought: Package = json.loads(queries.package_of(view.code))
        return brought
    links = (
        ours.Link(link.uuid, origin, destination, link.kind, link.proposed_by)
        for link, origin, destination in queries.links_from(view.code)
        if link.uuid in ours.crosswalks()
    )
    return ours.package(view, links, base)


def _made(base: str, frameworks: tuple[FrameworkView, ...]) -> Catalogue:
    packages = {each.code: package(each, base) for each in frameworks}
    held: dict[tuple[str, str], Held] = {}
    for whole in packages.values():
        for kind, each in case.parts(whole):
            held.setdefault((kind, each["identifier"]), Held(kind, each, whole))
    return Catalogue(base, frameworks, packages, held)


def _with_children(found: Held) -> Iterator[Resource]:
    """Yield a definition and then those under it, by its hierarchyCode."""
    yield found.resource
    under = f"{found.resource['hierarchyCode']}."
    for each in found.package["CFDefinitions"][IN_SETS[found.kind]]:
        if each["hierarchyCode"].startswith(under):
            yield each
