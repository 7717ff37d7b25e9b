"""The screens of interventions as documents: what they show to this reader, no pupil named or listed."""

from collections.abc import Iterator

from headship.core import papers
from headship.core.paper import Block, Heading, Paper, Words
from headship.core.scope import Scope
from headship.outcomes.inks import drawn
from headship.outcomes.intervention_pages import InterventionPage, InterventionsPage

ABOUT = "What is done for some pupils beyond what all get, and what came of it: never in order of that."
NONE = "No intervention is planned."


def interventions(scope: Scope, page: InterventionsPage) -> Paper:
    """Return the list of interventions as a document."""
    blocks: list[Block] = []
    for row in page.rows:
        blocks += [Heading(row.name), Words(f"{row.finding}."), Words(row.facts)]
    return papers.made(scope, page.title, (ABOUT,), blocks or [Words(NONE)])


def intervention(scope: Scope, page: InterventionPage) -> Paper:
    """Return one intervention as a document."""
    return papers.made(scope, page.title, (f"{page.finding}.",), _blocks(page))


def _blocks(page: InterventionPage) -> Iterator[Block]:
    if page.picture:
        yield drawn(page.picture, 0.8)
        yield Words(page.drawn)
    yield from map(Words, page.under)
    if page.conclusion:
        yield Heading("What we make of it")
        yield from papers.prose(page.conclusion)
    yield Heading("What it is")
    yield from papers.facts(page.facts)
    if page.approach:
        yield Heading("What is done")
        yield from papers.prose(page.approach)
    yield papers.seen_by(page.seen_by)
