"""Frameworks for programs: public, as the standards are."""

from datetime import date
from typing import Any, Self
from uuid import UUID

from django.http import Http404

from headship.core.errors import Unusable, existing
from headship.core.shapes import Asked, Given, Page, Public, page
from headship.standards import queries
from headship.standards.queries import Counterpart, FrameworkView


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
    def of(cls, row: FrameworkView, **named: Any) -> Self:
        """Return a framework as programs get it."""
        return super().of(row, replaced_by=queries.replacement_of(row.code), **named)


class StatementGiven(Given):
    """A statement of a framework; `parent` is the code of the heading it stands under."""

    uuid: Public[UUID]
    code: Public[str]
    parent: Public[str]
    kind: Public[str]
    short_title: Public[str]
    statement: Public[str]
    assessable: Public[bool]


class CounterpartGiven(Given):
    """A statement of another framework; `nearest`: the other text says nothing of the kind, this is its nearest."""

    framework: Public[str]
    code: Public[str]
    proposed_by: Public[str]
    nearest: Public[bool]

    @classmethod
    def of(cls, row: Counterpart, **named: Any) -> Self:
        """Return a counterpart as programs get it."""
        return super().of(row, framework=row.statement.framework, code=row.statement.code, **named)


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
    named = framework_named(framework)
    return FrameworkWithStatements.of(named, statements=[StatementGiven.of(each) for each in named.statements])


def statement(framework: str, code: str) -> StatementWithCounterparts:
    """Read a statement with its counterparts in other frameworks."""
    said = existing(framework_named(framework).by_code.get(code))
    linked = [CounterpartGiven.of(each) for each in queries.counterparts(said.id)]
    return StatementWithCounterparts.of(said, counterparts=linked)


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
