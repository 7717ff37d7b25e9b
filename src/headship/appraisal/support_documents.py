"""The timeline of support as a document to hold."""

from collections.abc import Iterator

from headship.appraisal.support_pages import SupportPage
from headship.core import papers
from headship.core.pages import in_words
from headship.core.paper import Block, Heading, Paper, Words
from headship.core.scope import Scope

STAYS = "Each line stands in its writer's own words, in the order in which it was written. Corrections are lines too."


def timeline(scope: Scope, page: SupportPage) -> Paper:
    """Return all that is held about one support, with everybody's name: paper comes into other hands."""
    return papers.made(scope, page.title, (f"{page.state}. {page.next}",), _blocks(page))


def _blocks(page: SupportPage) -> Iterator[Block]:
    yield from papers.facts(page.facts)
    yield Heading("Timeline")
    yield Words(STAYS)
    for line in page.lines:
        yield Heading(f"{line.what}, {in_words(line.on)}", 2)
        yield Words(f"Written by {line.by} on {line.written}.")
        if line.corrects:
            yield Words(f"{line.corrects}.")
        yield from (Words(each) for each in line.paragraphs)
    yield papers.seen_by([*page.seen_by, page.seen_note.rstrip(".")])
