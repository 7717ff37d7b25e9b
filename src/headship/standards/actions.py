"""Loading and importing frameworks. What is here is locked: evidence points at it, so its words never change."""

import json
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, Q

from headship.core.actions import action, audit
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.standards import packages, queries, rules, shipped, trees
from headship.standards.case import Package, Resource
from headship.standards.incoming import Incoming
from headship.standards.models import Association, Characteristic, Framework, IncomingFramework
from headship.standards.shipped import CrosswalkDocument, FrameworkDocument

KIND, LINE = 40, 200
TOLD_ANEW = ("status", "published_on", "licence", "source_url", "checked_on", "changed_on", "notes")


def load_shipped(*, by: Scope, at: datetime) -> None:
    """Load what ships with Headship and is not here yet; all of it or nothing. Safe to call at every start."""
    with transaction.atomic():
        for document in shipped.frameworks():
            if not _held_whole(document):
                load_framework(by=by, at=at, document=document)
        for crosswalk in shipped.crosswalks():
            if not Association.objects.filter(uuid__in=[link.uuid for link in crosswalk.links]).exists():
                load_crosswalk(by=by, at=at, document=crosswalk)


@action("standards.load_framework")
def load_framework(*, by: Scope, at: datetime, document: FrameworkDocument) -> Framework:
    """Load a framework and lock it, or tell anew what may change about it. Errors: Unusable for changed words."""
    require(rules.load_frameworks(by))
    framework = Framework.objects.select_for_update().filter(code=document.code).first()
    fresh = framework is None
    if framework is None:
        framework = _loaded(document, at)
    elif framework.digest != document.digest:
        raise Unusable(
            f"{framework.title} ({framework.version}) is in use, so its words are locked. Load the changed text as a "
            f"new version: give it a code and version of its own, and say that it replaces {framework.code}."
        )
    else:
        Framework.objects.filter(pk=framework.pk).update(**{name: getattr(document, name) for name in TOLD_ANEW})
    audit(f"standards.Framework:{framework.pk}", code=document.code, digest=framework.digest, fresh=fresh)
    queries.forget()
    return framework


@action("standards.load_crosswalk")
def load_crosswalk(*, by: Scope, at: datetime, document: CrosswalkDocument) -> int:
    """Load the links between two frameworks; returns how many. Errors: Unusable where they are linked already."""
    require(rules.load_frameworks(by))
    ends = {code: _by_code(code) for code in (document.origin, document.destination)}
    if Association.objects.filter(
        origin__framework__code=document.origin, destination__framework__code=document.destination
    ).exists():
        raise Unusable(
            f"{document.origin} and {document.destination} are linked already, and evidence is counted by those links."
        )
    Association.objects.bulk_create(
        Association(
            uuid=link.uuid,
            origin=_end(ends, document.origin, link.origin),
            destination=_end(ends, document.destination, link.destination),
            kind=link.kind,
            proposed_by=document.proposed_by,
        )
        for link in document.links
    )
    audit(f"standards.Crosswalk:{document.code}", links=len(document.links))
    queries.forget()
    return len(document.links)


@action("standards.keep_incoming", audited=False, because="a file that waits to be imported changes nothing")
def keep_incoming(*, by: Scope, at: datetime, incoming: Incoming) -> IncomingFramework:
    """Keep a checked file until an operator imports it; those that waited before are forgotten."""
    require(rules.load_frameworks(by))
    _refuse_what_stands(incoming.document)
    IncomingFramework.objects.all().delete()
    return IncomingFramework.objects.create(
        file_name=incoming.file_name,
        format=incoming.format,
        fingerprint=incoming.fingerprint,
        package=incoming.text,
        noticed=dict(incoming.noticed),
        read_at=at,
    )


@action("standards.import_framework")
def import_framework(*, by: Scope, at: datetime, incoming: IncomingFramework) -> Framework:
    """Bring in a framework whole, with its own identifiers, and lock it; it waits no longer. Errors: Unusable."""
    require(rules.load_frameworks(by))
    if not IncomingFramework.objects.select_for_update().filter(pk=incoming.pk).exists():
        raise Stale("This file was imported meanwhile, or another took its place. Nothing was changed.")
    package = json.loads(incoming.package)
    document = trees.document(incoming.file_name, package)
    _refuse_what_stands(document)
    framework = _loaded(document, at, package=incoming.package)
    links = _write_links(package, by_publisher=document.publisher)
    IncomingFramework.objects.filter(pk=incoming.pk).delete()
    audit(
        f"standards.Framework:{framework.pk}",
        code=document.code,
        format=incoming.format,
        fingerprint=incoming.fingerprint,
        statements=len(document.statements),
        links=links,
    )
    queries.forget()
    return framework


@action("standards.remove_framework")
def remove_framework(*, by: Scope, at: datetime, code: str) -> None:
    """Take an imported framework out again, while nothing at any school points at it. Errors: Refused, Unusable."""
    require(rules.load_frameworks(by))
    framework = Framework.objects.select_for_update().filter(code=code).first()
    require(rules.remove_framework(imported=framework is not None and bool(framework.package)))
    own = Characteristic.objects.filter(framework=framework)
    Association.objects.filter(Q(origin__in=own) | Q(destination__in=own)).delete()
    try:
        own.update(parent=None)
        own.delete()
        Framework.objects.filter(code=code).delete()
    except ProtectedError:
        raise Unusable("Evidence points at this framework, so it stays. Nothing was changed.") from None
    audit(f"standards.Framework:{code}", code=code)
    queries.forget()


def _refuse_what_stands(document: FrameworkDocument) -> None:
    """Refuse a framework that is here already, and one that holds statements of another. Errors: Unusable."""
    here = Framework.objects.filter(uuid=document.uuid).first()
    if here and here.digest == document.digest:
        raise Unusable(f"{here.title} is here already, word for word. There is nothing to import.")
    if here:
        raise Unusable(
            f"{here.title} is here already with other words, and its words are locked. Ask its publisher for the new "
            "text as a version with an identifier of its own."
        )
    if held := queries.standing(each.uuid for each in document.statements):
        raise Unusable(
            f"Some of its statements stand in {held.title} already. An identifier belongs to one framework: ask the "
            "publisher for a version with identifiers of its own."
        )


def _write_links(package: Package, *, by_publisher: str) -> int:
    """Write the links between this package's statements and those of other frameworks here; returns how many."""
    crossing = {
        (UUID(ends[0]), UUID(ends[1])): each
        for held in (package, *_other_packages(package))
        for each in held.get("CFAssociations", ())
        if each["associationType"] != "isChildOf" and all(map(_is_uuid, ends := _ends(each)))
    }
    named = [end for ends in crossing for end in ends]
    here = {
        row.uuid: row
        for start in range(0, len(named), 500)
        for row in Characteristic.objects.filter(uuid__in=named[start : start + 500])
    }
    standing = set(Association.objects.values_list("origin__uuid", "destination__uuid"))
    taken = set(Association.objects.values_list("uuid", flat=True))
    fresh = [
        Association(
            uuid=each["identifier"],
            origin=here[ends[0]],
            destination=here[ends[1]],
            kind=each["associationType"][:KIND],
            proposed_by=trees.extension(each).get("proposedBy") or f"proposed by {by_publisher}"[:LINE],
        )
        for ends, each in crossing.items()
        if all(end in here for end in ends) and ends not in standing and UUID(each["identifier"]) not in taken
        if here[ends[0]].framework_id != here[ends[1]].framework_id
    ]
    Association.objects.bulk_create(fresh)
    return len(fresh)


def _other_packages(package: Package) -> Iterator[Package]:
    """Yield the packages imported before that may name statements of this one."""
    own = package["CFDocument"]["identifier"]
    for text in Framework.objects.exclude(package="").exclude(uuid=own).values_list("package", flat=True):
        yield json.loads(text)


def _ends(association: Resource) -> tuple[str, str]:
    return association["originNodeURI"]["identifier"], association["destinationNodeURI"]["identifier"]


def _is_uuid(text: str) -> bool:
    return bool(packages.UUID_SHAPE.fullmatch(text))


def _held_whole(document: FrameworkDocument) -> bool:
    """Whether this very document is here, with all that may be told anew."""
    told = {name: getattr(document, name) for name in TOLD_ANEW}
    return Framework.objects.filter(code=document.code, digest=document.digest, **told).exists()


def _loaded(document: FrameworkDocument, at: datetime, package: str = "") -> Framework:
    """Write a framework and its statements, and let it replace the one it names."""
    framework = Framework.objects.create(
        uuid=document.uuid,
        code=document.code,
        title=document.title,
        publisher=document.publisher,
        version=document.version,
        digest=document.digest,
        locked_at=at,
        package=package,
        **{name: getattr(document, name) for name in TOLD_ANEW},
    )
    _write_statements(framework, document)
    if document.replaces and not Framework.objects.filter(code=document.replaces).update(replaced_by=framework):
        raise Unusable(f"{document.code} replaces {document.replaces}, which is not here. Load that one first.")
    return framework


def _write_statements(framework: Framework, document: FrameworkDocument) -> None:
    written: dict[str | None, Characteristic | None] = {None: None}
    for position, each in enumerate(document.statements, 1):
        written[each.code] = Characteristic.objects.create(
            uuid=each.uuid,
            framework=framework,
            parent=written[each.parent],
            code=each.code,
            kind=each.kind,
            short_title=each.short_title,
            statement=each.statement,
            position=position,
            assessable=each.assessable,
        )


def _by_code(framework_code: str) -> dict[str, Characteristic]:
    found = {each.code: each for each in Characteristic.objects.filter(framework__code=framework_code)}
    if not found:
        raise Unusable(f"The framework {framework_code} is not here. Load it before its crosswalk.")
    return found


def _end(ends: dict[str, dict[str, Characteristic]], framework_code: str, code: str) -> Characteristic:
    found = ends[framework_code].get(code)
    if found is None:
        raise Unusable(f"The crosswalk names {code}, which {framework_code} does not have.")
    return found
