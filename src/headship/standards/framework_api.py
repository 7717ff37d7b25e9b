"""Frameworks for programs: public, as the standards are."""

from datetime import date
from uuid import UUID

from django.http import Http404

from headship.core.errors import Unusable
from headship.core.shapes import Asked, Given, Page, Public, page
from headship.standards import queries
from headship.standards.queries import Counterpart, FrameworkView, Statement


class FrameworkGiven(Given):
    """A framework of standards."""

    code: Public[str]
    uuid: Public[UUID]
    title: Public[str]
    publisher: Public[str]
    version: Public[str]
    status: Public[str]
    published_on: Public[date | None]
    licence: Public[str]
    source_url: Public[str]
    checked_on: Public[date | None]
    replaced_by: Public[str]

    @classmethod
    def of(cls, found: FrameworkView) -> "FrameworkGiven":
        """Return a framework as programs get it."""
        names = cls.model_fields.keys() - {"replaced_by"}
        return cls(**{name: getattr(found, name) for name in names}, replaced_by=queries.replacement_of(found.code))


class StatementGiven(Given):
    """A statement of a framework; `parent` is the code of the heading it stands under."""

    uuid: Public[UUID]
    code: Public[str]
    parent: Public[str]
    kind: Public[str]
    short_title: Public[str]
    statement: Public[str]
    assessable: Public[bool]

    @classmethod
    def of(cls, found: Statement) -> "StatementGiven":
        """Return a statement as programs get it."""
        return cls(**{name: getattr(found, name) for name in StatementGiven.model_fields})


class CounterpartGiven(Given):
    """A statement of another framework; `nearest`: the other text says nothing of the kind, this is its nearest."""

    framework: Public[str]
    code: Public[str]
    proposed_by: Public[str]
    nearest: Public[bool]

    @classmethod
    def of(cls, found: Counterpart) -> "CounterpartGiven":
        """Return a counterpart as programs get it."""
        there = found.statement
        return cls(framework=there.framework, code=there.code, proposed_by=found.proposed_by, nearest=found.nearest)


class StatementWithCounterparts(StatementGiven):
    """A statement, and what other frameworks say of the kind."""

    counterparts: list[CounterpartGiven]


class FrameworkWithStatements(FrameworkGiven):
    """A framework with every statement, in its own order."""

    statements: list[StatementGiven]


def frameworks(asked: Asked) -> Page[FrameworkGiven]:
    """List the frameworks held here."""
    return page(queries.frameworks(), asked, FrameworkGiven.of)


def framework(framework: str) -> FrameworkWithStatements:
    """Read a framework with its statements."""
    found = framework_named(framework)
    statements = [StatementGiven.of(each) for each in found.statements]
    return FrameworkWithStatements(**dict(FrameworkGiven.of(found)), statements=statements)


def statement(framework: str, code: str) -> StatementWithCounterparts:
    """Read a statement with its counterparts in other frameworks."""
    found = framework_named(framework).by_code.get(code)
    if found is None:
        raise Http404
    linked = [CounterpartGiven.of(each) for each in queries.counterparts(found.id)]
    return StatementWithCounterparts(**dict(StatementGiven.of(found)), counterparts=linked)


def framework_named(code: str) -> FrameworkView:
    """Return a framework. Errors: Http404."""
    try:
        return queries.framework(code)
    except LookupError as missing:
        raise Http404 from missing


def assessable(codes: list[str]) -> list[str]:
    """Return codes that evidence may point at, each once. Errors: Unusable naming those it may not."""
    known = {each.code for each in queries.framework().assessable}
    if unknown := sorted(set(codes) - known):
        raise Unusable(f"{queries.DEFAULT} has no characteristic {unknown[0]!r}. Nothing was saved.")
    return list(dict.fromkeys(codes))
