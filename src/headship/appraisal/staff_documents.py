"""Somebody's objectives, their statement, and kept copies, as documents to hold."""

from collections.abc import Iterable, Iterator

from headship.appraisal import staff_copies
from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal.head_copies import HEADING, Line
from headship.appraisal.head_pages import CopyPage
from headship.appraisal.staff_choices import StaffState
from headship.appraisal.staff_models import StaffYear
from headship.appraisal.staff_pages import whose
from headship.core import papers
from headship.core.paper import Block, Heading, Paper
from headship.core.scope import Scope

SEEN_BY = ("The person whose year it is", "Whoever appraises them", "The headteacher")
STATED = frozenset({StaffState.REVIEWED, StaffState.GIVEN, StaffState.APPEALED, StaffState.COMPLETE})


def year(scope: Scope, now: StaffYear) -> Paper:
    """Return a year to hold: objectives, or once the reader may read it the statement, a draft until it is locked."""
    facts = queries.facts(scope, now)
    stated = facts.state in STATED and rules.told(scope, facts)
    draft = " (draft)" if stated and now.given_on is None else ""
    title = f"{'Appraisal statement' if stated else 'Appraisal objectives'}, {whose(now)}{draft}"
    lines = staff_copies.statement(now) if stated else staff_copies.objectives(now)
    told = ("An appeal is being heard.",) if now.state == StaffState.APPEALED else ()
    return papers.made(scope, title, told, [*_blocks(lines), papers.seen_by(SEEN_BY)])


def copy(scope: Scope, page: CopyPage) -> Paper:
    """Return a kept copy to hold."""
    return papers.made(
        scope, f"{page.title}: {page.whose}", (page.about,), [*_blocks(page.lines), papers.seen_by(SEEN_BY)]
    )


def _blocks(lines: Iterable[Line]) -> Iterator[Block]:
    for kind, words in lines:
        if kind == HEADING:
            yield Heading(words)
        else:
            yield from papers.prose(words)
