"""The words of 1EdTech's CASE 1.0 and 1.1: which resource has which fields, and how each version spells them.

One table says it all. The reader checks by it, the writer orders by it, and 1.0 is what is left without the fields
marked "+", which 1.1 added. Nothing here knows a database.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

type Resource = dict[str, Any]
type Package = dict[str, Any]

VERSIONS = {"v1p0": "1.0", "v1p1": "1.1"}
NEWEST = "v1p1"
PATH = "/ims/case/"

# name:shape, "!" where it must be there, "+" where CASE 1.1 brought it. "*Kind" is a list of another resource.
_WRITTEN = {
    "CFDocument": "identifier:uuid! uri:uri! frameworkType:text+ caseVersion:text+ creator:text! title:text!"
    " lastChangeDateTime:moment! officialSourceURL:uri publisher:text description:text subject:texts subjectURI:links"
    " language:text version:text adoptionStatus:text statusStartDate:day statusEndDate:day licenseURI:link notes:text"
    " extensions:map+",
    "CFItem": "identifier:uuid! fullStatement:text! alternativeLabel:text CFItemType:text uri:uri!"
    " humanCodingScheme:text listEnumeration:text abbreviatedStatement:text conceptKeywords:texts"
    " conceptKeywordsURI:link notes:text subject:texts+ subjectURI:links+ language:text educationLevel:texts"
    " CFItemTypeURI:link licenseURI:link statusStartDate:day statusEndDate:day lastChangeDateTime:moment!"
    " extensions:map+",
    "CFAssociation": "identifier:uuid! associationType:association! sequenceNumber:whole uri:uri! originNodeURI:node!"
    " destinationNodeURI:node! CFAssociationGroupingURI:link lastChangeDateTime:moment! notes:text+ extensions:map+",
    "CFConcept": "identifier:uuid! uri:uri! title:text! keywords:text hierarchyCode:text! description:text"
    " lastChangeDateTime:moment! extensions:map+",
    "CFSubject": "identifier:uuid! uri:uri! title:text! hierarchyCode:text! description:text"
    " lastChangeDateTime:moment! extensions:map+",
    "CFLicense": "identifier:uuid! uri:uri! title:text! description:text licenseText:text!"
    " lastChangeDateTime:moment! extensions:map+",
    "CFItemType": "identifier:uuid! uri:uri! title:text! description:text! hierarchyCode:text! typeCode:text"
    " lastChangeDateTime:moment! extensions:map+",
    "CFAssociationGrouping": "identifier:uuid! uri:uri! title:text! description:text lastChangeDateTime:moment!"
    " extensions:map+",
    "CFRubric": "identifier:uuid! uri:uri! title:text description:text lastChangeDateTime:moment!"
    " CFRubricCriteria:*CFRubricCriterion extensions:map+",
    "CFRubricCriterion": "identifier:uuid! uri:uri! category:text description:text CFItemURI:link weight:number"
    " position:whole rubricId:uuid lastChangeDateTime:moment! CFRubricCriterionLevels:*CFRubricCriterionLevel"
    " extensions:map+",
    "CFRubricCriterionLevel": "identifier:uuid! uri:uri! description:text quality:text score:number feedback:text"
    " position:whole rubricCriterionId:uuid lastChangeDateTime:moment! extensions:maps+",
}
DEFINITIONS = {
    "CFConcepts": "CFConcept",
    "CFSubjects": "CFSubject",
    "CFLicenses": "CFLicense",
    "CFItemTypes": "CFItemType",
    "CFAssociationGroupings": "CFAssociationGrouping",
}
LISTS = {"CFItems": "CFItem", "CFAssociations": "CFAssociation", "CFRubrics": "CFRubric"}
ASSOCIATIONS = (
    "isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy", "exemplar",
    "hasSkillLevel",
)  # fmt: skip
ASSOCIATIONS_NOW = (*ASSOCIATIONS, "isTranslationOf")  # and "ext:…"


class Field(NamedTuple):
    """One field of a resource: its shape, whether it must be there, and whether 1.0 has it."""

    shape: str
    required: bool
    in_1_0: bool


@functools.cache
def fields(kind: str) -> Mapping[str, Field]:
    """Return the fields of a kind of resource, in the order they are written."""
    return dict(_parted(kind))


def _parted(kind: str) -> Iterator[tuple[str, Field]]:
    for written in _WRITTEN[kind].split():
        name, shape = written.split(":")
        yield name, Field(shape.rstrip("!+"), "!" in shape, "+" not in shape)


def resource(kind: str, **values: Any) -> Resource:
    """Return a resource with its fields in order, without those that say nothing: no nulls, no empty sets."""
    return {name: values[name] for name in fields(kind) if values.get(name) not in (None, "", [], {})}


def parts(package: Package) -> Iterator[tuple[str, Resource]]:
    """Yield every resource of a package with its kind."""
    yield "CFDocument", package["CFDocument"]
    for held, kinds in ((package, LISTS), (package.get("CFDefinitions", {}), DEFINITIONS)):
        for name, kind in kinds.items():
            for each in held.get(name, ()):
                yield kind, each


def link(title: str, identifier: str, uri: str) -> Resource:
    """Return a link to a resource."""
    return {"title": title, "identifier": identifier, "uri": uri}


def named(each: Resource) -> str:
    """Return what a resource is called in a link to it."""
    return str(each.get("title") or each.get("humanCodingScheme") or each.get("fullStatement", "")[:120])


def spelled(kind: str, each: Resource, version: str, base: str) -> Resource:
    """Return a resource as a version of CASE has it. `base` is our address, without the version."""
    return each if version == NEWEST else _older(kind, each, base)


def spelled_package(package: Package, version: str, base: str) -> Package:
    """Return a package as a version of CASE has it."""
    if version == NEWEST:
        return package
    older: Package = {"CFDocument": _older("CFDocument", package["CFDocument"], base)}
    lists = {name: [_older(LISTS[name], each, base) for each in package.get(name, ())] for name in LISTS}
    held = package.get("CFDefinitions", {})
    definitions = {
        name: [_older(kind, each, base) for each in held[name]] for name, kind in DEFINITIONS.items() if held.get(name)
    }
    older |= {name: lists[name] for name in ("CFItems", "CFAssociations") if lists[name]}
    older |= {"CFDefinitions": definitions} if definitions else {}
    return older | ({"CFRubrics": lists["CFRubrics"]} if lists["CFRubrics"] else {})


def _older(kind: str, each: Resource, base: str) -> Resource:
    """Return a resource as CASE 1.0 has it: without newer fields and kinds of association, at the 1.0 address."""
    kept: Resource = {}
    for name, field in fields(kind).items():
        if field.in_1_0 and name in each:
            kept[name] = _older_value(field.shape, each[name], base)
    for name in ("fullStatement", "description"):  # one line in 1.0, any text in 1.1
        if name in kept:
            kept[name] = re.sub(r"[\r\n\t]+", " ", kept[name])
    return kept


def _older_value(shape: str, value: Any, base: str) -> Any:
    if shape.startswith("*"):
        return [_older(shape[1:], each, base) for each in value]
    if shape == "association":
        return value if value in ASSOCIATIONS else "isRelatedTo"
    if shape in {"link", "node"}:
        return {name: _at_1_0(value[name], base) for name in ("title", "identifier", "uri")}
    if shape == "links":
        return [_older_value("link", each, base) for each in value]
    return _at_1_0(value, base) if shape == "uri" else value


def _at_1_0(text: str, base: str) -> str:
    newest = f"{base}{PATH}{NEWEST}/"
    return f"{base}{PATH}v1p0/{text.removeprefix(newest)}" if text.startswith(newest) else text
