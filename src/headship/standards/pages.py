"""What each page of the frameworks shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from headship.core.pages import Link, in_words
from headship.standards import queries
from headship.standards.exchange_pages import Download, downloads
from headship.standards.queries import FrameworkView, Statement

OF_TEACHERS = ("teachers-standards",)  # DfE's caution is about standards of headteachers


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """One framework on the list."""

    title: str
    url: str
    version: str
    status: str
    count: int


@dataclass(frozen=True, slots=True)
class FrameworkListPage:
    """Every framework held here."""

    title: str
    frameworks: tuple[FrameworkRow, ...]
    may_import: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (none for what stands alone) and the statements directly under it."""

    heading: Statement | None
    level: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class FrameworkPage:
    """A framework, heading by heading. `replaced_by` is the newer version, if there is one."""

    title: str
    framework: FrameworkView
    sections: tuple[Section, ...]
    replaced_by: Link | None
    checked: str
    cautioned: bool
    downloads: tuple[Download, ...]
    published_where: str


@dataclass(frozen=True, slots=True)
class LinkedStatement:
    """A counterpart in another framework. `nearest` marks a link to the nearest place only."""

    framework: str
    code: str
    title: str
    statement: str
    url_kwargs: dict[str, str]
    nearest: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One statement, what it stands under, what stands under it, and its counterparts, with whose proposal they are."""

    title: str
    statement: Statement
    paragraphs: tuple[str, ...]
    framework: FrameworkView
    heading: Statement | None
    under: tuple[Statement, ...]
    counterparts: tuple[LinkedStatement, ...]
    proposed_by: str
    checked: str
    cautioned: bool


def framework_list(
    frameworks: Iterable[FrameworkView], address: dict[str, str], *, may_import: bool
) -> FrameworkListPage:
    """Arrange the list; `address` gives each framework's page by its code."""
    rows = (
        FrameworkRow(each.title, address[each.code], each.version, each.status, len(each.assessable))
        for each in frameworks
    )
    return FrameworkListPage("Frameworks of standards", tuple(rows), may_import)


def framework_page(framework: FrameworkView, replaced_by: Link | None) -> FrameworkPage:
    """Arrange a framework: a section for each heading, in the framework's own order."""
    return FrameworkPage(
        f"{framework.title} ({framework.version})",
        framework,
        tuple(_sections(framework)),
        replaced_by,
        _checked(framework),
        _is_cautioned(framework),
        downloads(framework),
        "gov.uk" if ".gov.uk/" in framework.source_url else "its publisher's site",
    )


def statement_page(framework: FrameworkView, statement: Statement) -> StatementPage:
    """Arrange one statement with its counterparts both ways."""
    counterparts = queries.counterparts(statement.id)
    return StatementPage(
        title=f"{statement.code} {statement.short_title}",
        statement=statement,
        paragraphs=tuple(statement.statement.split("\n\n")),
        framework=framework,
        heading=framework.by_code.get(statement.parent),
        under=framework.under(statement.code),
        counterparts=tuple(_linked(each, framework) for each in counterparts),
        proposed_by=", ".join(sorted({each.proposed_by for each in counterparts})),
        checked=_checked(framework),
        cautioned=_is_cautioned(framework),
    )


def checked(day: date | None) -> str:
    """Say when a text was checked against its source.

    >>> checked(None)
    'Not yet checked word for word against its source.'
    """
    if day is None:
        return "Not yet checked word for word against its source."
    return f"Checked word for word against its source on {in_words(day)}."


def _checked(framework: FrameworkView) -> str:
    if framework.imported:
        return "Imported as its publisher gave it; its words are locked."
    return checked(framework.checked_on)


def _is_cautioned(framework: FrameworkView) -> bool:
    return not framework.imported and framework.code not in OF_TEACHERS


def _sections(framework: FrameworkView) -> Iterable[Section]:
    for each in framework.statements:
        under = framework.under(each.code)
        if under:
            leaves = tuple(leaf for leaf in under if not framework.under(leaf.code))
            yield Section(each, 3 if each.parent else 2, leaves)
        elif not each.parent:
            yield Section(None, 2, (each,))


def _linked(counterpart: queries.Counterpart, origin: FrameworkView) -> LinkedStatement:
    there = counterpart.statement
    framework = queries.framework(there.framework)
    older = min(framework.version, origin.version)
    return LinkedStatement(
        framework=f"{framework.title} ({framework.version})",
        code=there.code,
        title=there.short_title,
        statement=there.statement,
        url_kwargs={"framework": there.framework, "code": there.code},
        nearest=f"Not in the {older} text: this is the nearest place." if counterpart.nearest else "",
    )
