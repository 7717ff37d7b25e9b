"""Vision and values on one page to hold."""

from collections.abc import Iterator

from headship.core import papers
from headship.core.pages import in_words
from headship.core.paper import Block, Heading, Paper, Points, Words
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.strategy.vision_pages import ValuesPage

FEW = 2  # decisions of a value: the page stays one


def values(scope: Scope, page: ValuesPage) -> Paper:
    """Return vision, values and the year's mirror as a document."""
    return papers.made(scope, page.title, (), _blocks(page))


def _blocks(page: ValuesPage) -> Iterator[Block]:
    yield Heading("Our vision")
    if page.statement:
        yield from (Words(line) for line in page.statement.words)
        yield Words(f"{page.statement.facts}.")
    else:
        yield Words(page.none_yet)
    if page.rows:
        yield Heading("Our values")
        yield Points([f"{row.name}. {row.meaning}".removesuffix(". ") for row in page.rows])
        yield Heading(f"What we decided by them in {page.year}")
    for each in page.acted:
        told = [f"{it.words} ({in_words(it.on)})" for it in each.decisions[:FEW]]
        yield Heading(each.value, 2)
        yield Points([*told, each.said] if len(each.decisions) > FEW else told)
    if page.unnamed:
        yield Words(page.unnamed)
    yield Words("Decisions that not all staff may see are left out, whoever printed this.")
    yield papers.seen_by([Visibility.STAFF.words])
