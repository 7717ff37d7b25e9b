"""The screens of a school's own results as documents: the same findings, pictures and tables."""

from collections.abc import Iterator

from headship.core import papers
from headship.core.paper import Block, Heading, Paper, Picture, Points, Table, Words, inked
from headship.core.scope import Scope
from headship.outcomes.inks import INKS
from headship.outcomes.own_frame import OwnPage, Row


def paper(scope: Scope, page: OwnPage) -> Paper:
    """Return a page as a document."""
    return papers.made(scope, page.title, tuple(filter(None, (page.lead, page.words or page.empty))), _blocks(page))


def _blocks(page: OwnPage) -> Iterator[Block]:
    if page.shown:
        yield Heading("The figures")
    for row in page.shown:
        yield from _row(row)
    if page.hidden:
        yield Words(page.hidden)
    if page.empty:
        yield from [Words(page.refusal)] if page.refusal else []
        return
    yield from _said(page)
    for table in page.drawn_up:
        yield Table(table.caption, table.heads, table.shown)
        if below := " ".join(filter(None, ("" if page.hidden else table.hidden, table.note))):
            yield Words(below)
    if page.untold:
        yield Words(page.untold)
    if page.sources:
        yield Heading("The rules behind these figures")
        yield Points(page.sources)
    yield Words("Groups so small that a pupil could be told from them are hidden from everybody.")


def _said(page: OwnPage) -> Iterator[Block]:
    if page.to_do:
        yield Heading("What to do")
        yield Points(page.to_do)
    yield Heading("What we can say, and what we cannot")
    if page.can:
        yield Points(page.can)
    yield Words("What these figures do not say:")
    yield Points(page.cannot)


def _row(row: Row) -> Iterator[Block]:
    yield Heading(row.finding, 2)
    if row.picture:
        yield Picture(inked(row.picture, INKS), row.finding)
    yield Words(row.behind)
