"""A version of a policy to hold, as PDF or for Word."""

from collections.abc import Iterator

from headship.analysis.wording import Part
from headship.core import papers
from headship.core.paper import Block, Heading, Paper, Points, Words
from headship.core.scope import Scope
from headship.policies.policy_pages import VersionPage


def version(scope: Scope, page: VersionPage) -> Paper:
    """Return one version on paper: what it is, then its words."""
    about = [f"Version {page.number}. {page.state}", *(f"{what}: {told}" for what, told in page.facts)]
    return papers.made(scope, page.title, about, _blocks(page))


def _blocks(page: VersionPage) -> Iterator[Block]:
    for part in page.parts:
        yield _block(part)
    yield papers.seen_by(page.seen_by)


def _block(part: Part) -> Block:
    if part.kind == "heading":
        return Heading(part.words)
    return Points(part.lines) if part.kind == "points" else Words(part.words)
