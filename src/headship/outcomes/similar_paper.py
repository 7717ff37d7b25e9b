"""Schools like ours as a document: how we stand among them, where they are, and the list."""

from collections.abc import Iterator, Sequence

from headship.core import papers
from headship.core.paper import Block, Heading, Paper, Table, Words
from headship.core.scope import Scope
from headship.outcomes.inks import drawn
from headship.outcomes.pages import SimilarPage, Standing

ABOUT, FIGURES = 3, 4  # columns that tell of a school, and how many figures fit beside its name
CAN = (
    "These schools had pupils like ours. A figure beyond their middle half is worth a conversation with one of them. "
    "It does not say why, nor whether it would be so in another year: no interval is published with most of these "
    "figures."
)
PLACES = "The diamond is our school, the dark dots are similar schools, the pale ones some of all schools."
LIST = "This is no league table. A percentage says how much of the whole difference from ours lies there."


def paper(scope: Scope, page: SimilarPage) -> Paper:
    """Return the page as a document."""
    if page.unknown:
        return papers.made(scope, page.title, (page.unknown, page.mend), ())
    return papers.made(scope, page.title, (page.words,), _blocks(page))


def _blocks(page: SimilarPage) -> Iterator[Block]:
    if page.standings:
        yield Heading("How we stand among them")
    for each in page.standings:
        yield from _standing(each)
    yield Heading("What we can say, and what we cannot")
    yield Words(CAN)
    if page.places:
        yield Heading("Where they are")
        yield drawn(page.places, 0.4)
        yield Words(PLACES)
    yield Heading("The list, most alike first")
    yield Words(LIST)
    yield from _tables(page)


def _standing(each: Standing) -> Iterator[Block]:
    yield Heading(each.measure, 2)
    yield Words(each.finding)
    if each.picture:
        yield drawn(each.picture, 0.8)
    yield Words(each.definition)


def _tables(page: SimilarPage) -> Iterator[Block]:
    """Yield the list as tables that fit on a page: what tells of the schools, then their figures, a few at a time."""
    rows, heads = (*page.nearest, *page.others), page.heads
    contact = heads[-1:] == ("Contact",)
    figures = range(ABOUT, len(heads) - contact)
    yield _table("Who they are", heads, rows, [*range(ABOUT), *([len(heads) - 1] if contact else [])])
    for first in figures[::FIGURES]:
        yield _table("Their figures", heads, rows, [0, *figures[first - ABOUT : first - ABOUT + FIGURES]])


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], columns: Sequence[int]) -> Table:
    return Table(caption, [heads[each] for each in columns], [[row[each] for each in columns] for row in rows])
