"""Reads about frameworks. Loaded frameworks are locked, so a process reads them once and keeps them as frozen values.

`framework`, `statement`, `counterparts` and `characteristic_ids` ask the database nothing after the first time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Case, Count, Max, When

from headship.standards.models import Association, Characteristic, Framework, IncomingFramework

DEFAULT = "nse-2015"
NEAREST = "ext:nearest"  # a link to the nearest place for what the other text does not say


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a framework. `parent` is the code of the heading it stands under, or empty."""

    id: int
    uuid: UUID
    framework: str
    code: str
    parent: str
    kind: str
    short_title: str
    statement: str
    position: int
    assessable: bool


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """A framework with its statements in order."""

    id: int
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
    notes: str
    digest: str
    imported: bool
    statements: tuple[Statement, ...]
    by_code: Mapping[str, Statement]

    @property
    def assessable(self) -> tuple[Statement, ...]:
        """The statements that evidence may point at, in order."""
        return tuple(each for each in self.statements if each.assessable)

    def under(self, code: str) -> tuple[Statement, ...]:
        """Return the statements directly under a heading; under "" those under none."""
        return tuple(each for each in self.statements if each.parent == code)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A statement of another framework that a crosswalk links, and whose proposal the link is.

    `nearest` says that the newer words are not in the older text: the link only shows where such work comes nearest.
    Evidence is counted across a link that `carries` it: no nearest place, and no link that an import brought.
    """

    statement: Statement
    proposed_by: str
    nearest: bool
    carries: bool


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Every framework of one database, as a process keeps it. `mark` differs once another process brought one."""

    mark: tuple[int, int]
    frameworks: Mapping[str, FrameworkView]
    statements: Mapping[int, Statement]
    links: tuple[Association, ...]
    counterparts: Mapping[int, tuple[Counterpart, ...]]


_kept: dict[str, _Shelf] = {}


def frameworks() -> tuple[FrameworkView, ...]:
    """Return every framework, the default first, then by title and version.

    Asks one query each time: has another process brought a framework, or taken one out?
    """
    if _shelf().mark != _mark():
        forget()
    found = _shelf().frameworks.values()
    return tuple(sorted(found, key=lambda each: (each.code != DEFAULT, each.title, each.version)))


def framework(code: str = DEFAULT) -> FrameworkView:
    """Return a framework by its code. Errors: LookupError where it is not loaded."""
    if code not in _shelf().frameworks:
        forget()  # another process may have loaded it since
    try:
        return _shelf().frameworks[code]
    except KeyError:
        raise LookupError(f"The framework {code!r} is not loaded.") from None


def statement(characteristic_id: int) -> Statement:
    """Return a statement by its key. Errors: LookupError where there is none."""
    if characteristic_id not in _shelf().statements:
        forget()
    try:
        return _shelf().statements[characteristic_id]
    except KeyError:
        raise LookupError(f"No statement has the key {characteristic_id}.") from None


def counterparts(characteristic_id: int) -> tuple[Counterpart, ...]:
    """Return the linked statements of other frameworks, whichever way the links run, in their framework's order."""
    statement(characteristic_id)
    return _shelf().counterparts.get(characteristic_id, ())


def characteristic_ids(framework_code: str, codes: Iterable[str]) -> tuple[int, ...]:
    """Return the keys of a framework's statements by their codes, in the order asked.

    Errors: LookupError naming a code that the framework does not have.
    """
    by_code = framework(framework_code).by_code
    try:
        return tuple(by_code[code].id for code in codes)
    except KeyError as error:
        raise LookupError(f"{framework_code} has no statement {error.args[0]!r}.") from None


def links_from(framework_code: str) -> tuple[tuple[Association, Statement, Statement], ...]:
    """Return the links that start in a framework and end in another, each with both its statements."""
    shelf = _shelf()
    ends = ((link, shelf.statements[link.origin_id], shelf.statements[link.destination_id]) for link in shelf.links)
    return tuple(each for each in ends if each[1].framework == framework_code != each[2].framework)


def package_of(framework_code: str) -> str:
    """Return the text of the package a framework was imported as, or empty where it ships with Headship."""
    return str(Framework.objects.values_list("package", flat=True).get(code=framework_code))


def incoming(key: int) -> IncomingFramework | None:
    """Return a file that waits to be imported, or nothing."""
    return IncomingFramework.objects.filter(pk=key).first()


def standing(uuids: Iterable[UUID]) -> Framework | None:
    """Return a framework that holds one of these statements already, or nothing."""
    wanted = list(uuids)
    found = next(
        (
            row.framework_id
            for start in range(0, len(wanted), 500)
            for row in Characteristic.objects.filter(uuid__in=wanted[start : start + 500])[:1]
        ),
        None,
    )
    return Framework.objects.filter(pk=found).first() if found else None


def replacement_of(framework_code: str) -> str:
    """Return the code of the version that replaced a framework, or empty. Always asked anew: it may change."""
    found = Framework.objects.filter(code=framework_code, replaced_by__isnull=False).values_list("replaced_by__code")
    return found[0][0] if found else ""


def forget() -> None:
    """Let this process read the frameworks again; loading does this."""
    _kept.clear()


def _shelf() -> _Shelf:
    """Return what this process keeps of the connected database (a test's is another), read in three queries."""
    name = str(connection.settings_dict["NAME"])
    shelf = _kept.get(name)
    if shelf is None or not shelf.frameworks:
        shelf = _kept[name] = _read()
    return shelf


def _read() -> _Shelf:
    brought = Case(When(package="", then=False), default=True, output_field=BooleanField())
    held = tuple(Framework.objects.defer("package").annotate(is_imported=brought))
    codes = {each.pk: each.code for each in held}
    rows = tuple(Characteristic.objects.order_by("framework_id", "position"))
    code_of = {row.pk: row.code for row in rows}
    statements = {row.pk: _statement(row, codes[row.framework_id], code_of.get(row.parent_id or 0, "")) for row in rows}
    views = {each.code: _view(each, statements) for each in held}
    links = tuple(Association.objects.order_by("pk"))
    mark = (len(held), max((each.pk for each in held), default=0))
    return _Shelf(mark, views, statements, links, _counterparts(links, statements, views))


def _mark() -> tuple[int, int]:
    found = Framework.objects.aggregate(count=Count("pk"), newest=Max("pk"))
    return found["count"], found["newest"] or 0


def _statement(row: Characteristic, framework_code: str, parent: str) -> Statement:
    return Statement(
        id=row.pk,
        uuid=row.uuid,
        framework=framework_code,
        code=row.code,
        parent=parent,
        kind=row.kind,
        short_title=row.short_title,
        statement=row.statement,
        position=row.position,
        assessable=row.assessable,
    )


def _view(row: Any, statements: Mapping[int, Statement]) -> FrameworkView:
    own = tuple(each for each in statements.values() if each.framework == row.code)
    return FrameworkView(
        id=row.pk,
        uuid=row.uuid,
        code=row.code,
        title=row.title,
        publisher=row.publisher,
        version=row.version,
        status=row.status,
        published_on=row.published_on,
        licence=row.licence,
        source_url=row.source_url,
        checked_on=row.checked_on,
        changed_on=row.changed_on or (row.locked_at.date() if row.locked_at else date.min),
        notes=row.notes,
        digest=row.digest,
        imported=bool(row.is_imported),
        statements=own,
        by_code={each.code: each for each in own},
    )


def _counterparts(
    links: Iterable[Association], statements: Mapping[int, Statement], views: Mapping[str, FrameworkView]
) -> dict[int, tuple[Counterpart, ...]]:
    linked: dict[int, list[Counterpart]] = {}
    for link in links:
        ends = (statements[link.origin_id], statements[link.destination_id])
        nearest = link.kind == NEAREST
        carries = not nearest and not any(views[each.framework].imported for each in ends)
        for here, there in (ends, ends[::-1]):
            linked.setdefault(here.id, []).append(Counterpart(there, link.proposed_by, nearest, carries))
    return {key: tuple(sorted(found, key=_place)) for key, found in linked.items()}


def _place(counterpart: Counterpart) -> tuple[str, int]:
    return counterpart.statement.framework, counterpart.statement.position
