"""One person's directed time as a document to hold."""

from headship.core import papers
from headship.core.paper import Block, Heading, Paper, Table, Words
from headship.core.scope import Scope
from headship.workload.statement_pages import StatementPage


def statement(scope: Scope, page: StatementPage) -> Paper:
    """Return a statement."""
    blocks: list[Block] = [Words(page.answer), *papers.facts(page.facts)]
    if page.kinds:
        blocks += [Heading("By kind"), Table("", page.kind_heads, page.kinds)]
    if page.lines:
        blocks += [Heading("In the calendar"), Table("", page.line_heads, page.lines)]
    blocks += [Words(page.limit), papers.seen_by(page.seen_by)]
    return papers.made(scope, f"{page.title}: {page.name}", (page.note,), blocks)
