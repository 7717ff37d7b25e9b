"""Loading frameworks. What was loaded is locked: evidence points at it, so its words never change under anybody."""

from datetime import datetime

from django.db import transaction

from headship.core.actions import action, audit
from headship.core.errors import Unusable, require
from headship.core.scope import Scope
from headship.standards import queries, rules, shipped
from headship.standards.models import Association, Characteristic, Framework
from headship.standards.shipped import CrosswalkDocument, FrameworkDocument

TOLD_ANEW = ("status", "published_on", "licence", "source_url", "checked_on", "notes")


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
    audit(f"standards.Framework:{framework.pk}", code=document.code, version=document.version, fresh=fresh)
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


def _held_whole(document: FrameworkDocument) -> bool:
    """Whether this very document is here, with all that may be told anew."""
    told = {name: getattr(document, name) for name in TOLD_ANEW}
    return Framework.objects.filter(code=document.code, digest=document.digest, **told).exists()


def _loaded(document: FrameworkDocument, at: datetime) -> Framework:
    """Write a framework and its statements, and let it replace the one it names."""
    framework = Framework.objects.create(
        uuid=document.uuid,
        code=document.code,
        title=document.title,
        publisher=document.publisher,
        version=document.version,
        digest=document.digest,
        locked_at=at,
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
