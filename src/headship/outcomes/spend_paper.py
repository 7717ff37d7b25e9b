"""A year's pupil premium spending as a document, with the gap beside it."""

from collections.abc import Iterator

from headship.core import papers
from headship.core.paper import Block, Heading, Paper, Table, Words
from headship.core.scope import Scope
from headship.outcomes.spend_pages import SpendPage


def paper(scope: Scope, page: SpendPage) -> Paper:
    """Return a year's grid as a document."""
    return papers.made(scope, page.title, (page.year,), _blocks(page))


def _blocks(page: SpendPage) -> Iterator[Block]:
    yield from _grid(page) if page.rows else [Words(f"Nothing is written down for {page.year}.")]
    yield Heading("The gap beside it")
    if page.gaps:
        yield Words(f"Newest results: {page.finding}.")
        yield Table("", page.gap_heads, page.gaps)
        yield Words(page.no_cause)
    else:
        yield Words("No results are here yet, so there is no gap to show.")
    yield papers.seen_by(page.seen_by)


def _grid(page: SpendPage) -> list[Block]:
    return [Heading(f"What was spent in {page.year}"), *papers.facts(page.sums), Table("", page.heads, page.rows)]
