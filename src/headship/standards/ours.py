"""The package of a framework that Headship itself publishes, made from the rows. Its identifiers never change.

What has no identifier of its own (a place in the tree, a kind of statement, the licence) gets one made from the
identifier it belongs to, so that it is the same on every installation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from headship.standards import case, shipped
from headship.standards.case import Package, Resource
from headship.standards.queries import FrameworkView, Statement

NOT_OFFICIAL = "{}, not an official crosswalk."


@dataclass(frozen=True, slots=True)
class Link:
    """A crosswalk link as it travels: from a statement of this framework to one of another."""

    uuid: UUID
    origin: Statement
    destination: Statement
    kind: str
    proposed_by: str


class _Package:
    """Builds one package."""

    def __init__(self, view: FrameworkView, links: Iterable[Link], base: str) -> None:
        self.view, self.links, self.address = view, tuple(links), f"{base}{case.PATH}{case.NEWEST}"
        self.changed = f"{view.changed_on.isoformat()}T00:00:00+00:00"
        self.document = self.link("CFDocuments", view.title, view.uuid)
        self.kinds = list(dict.fromkeys(each.kind for each in view.statements))

    def uri(self, collection: str, uuid: UUID) -> str:
        return f"{self.address}/{collection}/{uuid}"

    def link(self, collection: str, title: str, uuid: UUID) -> Resource:
        return case.link(title, str(uuid), self.uri(collection, uuid))

    def resource(self, kind: str, collection: str, uuid: UUID, **values: object) -> Resource:
        told = {"identifier": str(uuid), "uri": self.uri(collection, uuid), "lastChangeDateTime": self.changed}
        return case.resource(kind, **told, **values)

    @property
    def licence(self) -> UUID:
        return uuid5(self.view.uuid, "licence")

    def kind_of(self, name: str) -> UUID:
        return uuid5(self.view.uuid, f"kind:{name}")

    def whole(self) -> Package:
        """Return the package."""
        definitions = {
            "CFLicenses": [self.licence_itself()],
            "CFItemTypes": [self.item_type(name, number) for number, name in enumerate(self.kinds, 1)],
            "CFAssociationGroupings": self.groupings(),
        }
        return {
            "CFDocument": self.about(),
            "CFItems": [self.item(each) for each in self.view.statements],
            "CFAssociations": [
                *(self.place(each) for each in self.view.statements),
                *(self.crossing(each) for each in self.links),
            ],
            "CFDefinitions": {name: held for name, held in definitions.items() if held},
        }

    def about(self) -> Resource:
        view = self.view
        days = {"publishedOn": view.published_on, "checkedOn": view.checked_on}
        told = {name: day.isoformat() for name, day in days.items() if day}
        return self.resource(
            "CFDocument",
            "CFDocuments",
            view.uuid,
            caseVersion="1.1",
            creator=view.publisher,
            title=view.title,
            officialSourceURL=view.source_url,
            publisher=view.publisher,
            language="en-GB",
            version=view.version,
            adoptionStatus=view.status,
            licenseURI=self.link("CFLicenses", "Licence", self.licence),
            notes=view.notes,
            extensions={"headship": told} if told else {},
        )

    def item(self, each: Statement) -> Resource:
        return self.resource(
            "CFItem",
            "CFItems",
            each.uuid,
            fullStatement=each.statement,
            CFItemType=each.kind,
            humanCodingScheme=each.code,
            abbreviatedStatement=each.short_title,
            language="en-GB",
            CFItemTypeURI=self.link("CFItemTypes", each.kind, self.kind_of(each.kind)),
            licenseURI=self.link("CFLicenses", "Licence", self.licence),
            extensions={"headship": {"assessable": each.assessable}},
        )

    def place(self, each: Statement) -> Resource:
        parent = self.view.by_code.get(each.parent)
        siblings = self.view.under(each.parent)
        return self.resource(
            "CFAssociation",
            "CFAssociations",
            uuid5(each.uuid, "isChildOf"),
            associationType="isChildOf",
            sequenceNumber=siblings.index(each) + 1,
            originNodeURI=self.link("CFItems", each.code, each.uuid),
            destinationNodeURI=self.link("CFItems", parent.code, parent.uuid) if parent else self.document,
        )

    def crossing(self, each: Link) -> Resource:
        crosswalk = crosswalks().get(each.uuid)
        grouping = self.link("CFAssociationGroupings", _title(crosswalk), crosswalk.uuid) if crosswalk else None
        return self.resource(
            "CFAssociation",
            "CFAssociations",
            each.uuid,
            associationType=each.kind,
            originNodeURI=self.link("CFItems", each.origin.code, each.origin.uuid),
            destinationNodeURI=self.link("CFItems", each.destination.code, each.destination.uuid),
            CFAssociationGroupingURI=grouping,
            notes=NOT_OFFICIAL.format(each.proposed_by),
            extensions={"headship": {"proposedBy": each.proposed_by}},
        )

    def groupings(self) -> list[Resource]:
        """Return the crosswalks that these links belong to."""
        found = {each.uuid: each for link in self.links if (each := crosswalks().get(link.uuid))}
        return [
            self.resource(
                "CFAssociationGrouping",
                "CFAssociationGroupings",
                uuid,
                title=_title(each),
                description=NOT_OFFICIAL.format(each.proposed_by),
            )
            for uuid, each in found.items()
        ]

    def licence_itself(self) -> Resource:
        text = self.view.licence
        return self.resource("CFLicense", "CFLicenses", self.licence, title="Licence", licenseText=text)

    def item_type(self, name: str, number: int) -> Resource:
        return self.resource(
            "CFItemType",
            "CFItemTypes",
            self.kind_of(name),
            title=name,
            description=f"A {name} of “{self.view.title}”.",
            hierarchyCode=str(number),
            typeCode=name,
        )


def package(view: FrameworkView, links: Iterable[Link], base: str) -> Package:
    """Return a framework's package as it is at our address `base`, with the links that start in it."""
    return _Package(view, links, base).whole()


def crosswalks() -> Mapping[UUID, shipped.CrosswalkDocument]:
    """Return the crosswalk that each shipped link belongs to."""
    return {link.uuid: each for each in shipped.crosswalks() for link in each.links}


def _title(crosswalk: shipped.CrosswalkDocument) -> str:
    return f"Crosswalk from {crosswalk.origin} to {crosswalk.destination}"
