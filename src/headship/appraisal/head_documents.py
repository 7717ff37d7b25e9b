"""A headteacher's objectives, their statement, and kept copies, as documents to hold."""

from collections.abc import Iterable, Iterator

from headship.appraisal import head_copies, head_pages, head_year_pages
from headship.appraisal.head_choices import Section
from headship.appraisal.head_pages import CopyPage
from headship.appraisal.head_queries import Whole
from headship.core import papers
from headship.core.paper import Block, Heading, Paper
from headship.core.scope import Scope


def year(scope: Scope, whole: Whole) -> Paper:
    """Return a year to hold: the objectives, or once it may be read the statement, marked as a draft until given."""
    told = Section.STATEMENT in whole.sections and whole.statement is not None
    lines = head_copies.statement(whole) if told else head_copies.objectives(whole)
    draft = " (draft)" if told and whole.year.given_on is None else ""
    title = f"Appraisal {'statement' if told else 'objectives'}, {head_pages.whose(whole.year)}{draft}"
    stands = head_copies.stands(whole.year) if told else ""
    blocks = [*_blocks(lines), papers.seen_by(head_year_pages.seen_by(whole))]
    return papers.made(scope, title, (stands,), blocks)


def copy(scope: Scope, page: CopyPage) -> Paper:
    """Return a kept copy to hold."""
    blocks = [*_blocks(page.lines), papers.seen_by(page.seen_by)]
    return papers.made(scope, f"{page.kind}, {page.whose}", (page.about,), blocks)


def _blocks(lines: Iterable[head_copies.Line]) -> Iterator[Block]:
    for kind, words in lines:
        if kind == head_copies.HEADING:
            yield Heading(words)
        else:
            yield from papers.prose(words)
