"""The screens of targets as documents: what they show to this reader, and no more."""

from collections.abc import Iterator

from headship.core import papers
from headship.core.components import TimelineItem
from headship.core.pages import in_words
from headship.core.paper import Block, Heading, Paper, Points, Table, Words
from headship.core.scope import Scope
from headship.outcomes.inks import drawn
from headship.outcomes.target_pages import TargetPage, TargetRow, TargetsPage

ABOUT = "What we aim at for our pupils, who answers for it, and what to expect as things stand: never one number."
NONE = "No target is set."


def targets(scope: Scope, page: TargetsPage) -> Paper:
    """Return the list of targets as a document."""
    blocks = [block for row in page.rows for block in rows_of(row)]
    return papers.made(scope, page.title, (ABOUT,), blocks or [Words(NONE)])


def rows_of(row: TargetRow, level: int = 1) -> list[Block]:
    """Return a target of a list."""
    return [Heading(row.about, level), Words(row.finding), Words(row.facts)]


def target(scope: Scope, page: TargetPage) -> Paper:
    """Return one target as a document."""
    return papers.made(scope, page.title, (f"{page.finding}.",), _blocks(page))


def _blocks(page: TargetPage) -> Iterator[Block]:
    if page.withdrawn:
        yield Words("Withdrawn. It no longer counts; its history says why.")
    yield from papers.facts(page.facts)
    if page.why:
        yield Heading("Why this aim")
        yield from papers.prose(page.why)
    if page.unknown:
        yield Words(page.unknown)
    if page.picture:
        yield from _outlook(page)
    yield Heading("History")
    yield Points([_happened(each) for each in page.history])
    yield papers.seen_by(page.seen_by)


def _outlook(page: TargetPage) -> Iterator[Block]:
    yield Heading("What may come")
    yield drawn(page.picture or "", 0.8)
    yield Words(page.under)
    yield Table("", page.heads, page.rows)
    yield Words(f"{page.rests} {page.cannot_know}")


def _happened(each: TimelineItem) -> str:
    return f"{in_words(each.on)}: {each.words}" + (f" ({each.by})" if each.by else "")
