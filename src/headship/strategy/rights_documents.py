"""The map of who decides what, to hold."""

from collections.abc import Iterator
from dataclasses import replace

from headship.core import papers
from headship.core.paper import Block, Heading, Paper, Points, Table, Words
from headship.core.scope import Scope
from headship.strategy.rights_pages import LIST_HEADS, LOAD_HEADS, RightsPage

SEEN_BY = ("All staff", "Governors, who print their own: it tells posts where they know no names")


def rights(scope: Scope, page: RightsPage) -> Paper:
    """Return the map on A4, landscape."""
    return replace(papers.made(scope, page.title, (page.said,), _blocks(page)), wide=True)


def _blocks(page: RightsPage) -> Iterator[Block]:
    if page.rows:
        yield Heading("Areas")
        yield Table("", LIST_HEADS, page.rows)
    for heading, found in (("Nobody decides", page.gaps), ("More than one decides", page.overlaps)):
        if found:
            yield Heading(heading)
            yield Points([f"{name}: {words}" for name, words, _ in found])
    if page.loads:
        yield Heading("How much each carries")
        yield Table("", LOAD_HEADS, page.loads)
        yield from (Words(each) for each in page.flagged)
    yield papers.seen_by(SEEN_BY)
