"""The page of published results as a document: the same findings, pictures and tables."""

from collections.abc import Iterator, Sequence

from headship.core import papers
from headship.core.paper import Block, Heading, Paper, Points, Table, Words
from headship.core.scope import Scope
from headship.outcomes.inks import drawn
from headship.outcomes.published_pages import Part, PublishedPage, Standing
from headship.outcomes.published_spread_pages import SpendView, SpreadView

BESIDE = ("Whose", "Drawn on one scale", "Figure")
NOTHING = "Nothing is brought in yet, or nothing is published of this school."
NO_CAN = "Of no figure that it stands apart from England's. That is the usual answer for a school with few pupils."
NO_LEAGUE = "No league table: no school is named, and most cannot be told from the average or from one another."
AXES = "Across: spending a pupil, more to the right. Up: the gap, smaller higher up."
READ = (
    "A dot is our figure, the line through it its 95% interval. Upright strokes are England's and the local "
    "authority's figure, a box is the middle half of similar schools. Over the years, strokes lying flat are "
    "England's; hatching says that nothing is shown or published, dotted hatching that there is no such measure; an "
    "upright dashed line that the measure means something else from then on."
)


def paper(scope: Scope, page: PublishedPage) -> Paper:
    """Return the page as a document."""
    about = NOTHING if page.is_empty else f"What the Department for Education publishes of {page.school}."
    return papers.made(scope, page.title, (about,), () if page.is_empty else _blocks(page))


def _blocks(page: PublishedPage) -> Iterator[Block]:
    yield Heading("What we can say")
    yield Points(page.can) if page.can else Words(NO_CAN)
    yield Heading("What we cannot say")
    yield Points(page.cannot)
    yield Words(READ)
    for part in page.parts:
        yield from _part(part)
    yield from _gaps(page)
    yield from _spreads(page)
    if page.spend:
        yield Heading("Spending beside the gap")
        yield from _spend(page.spend)


def _part(part: Part) -> Iterator[Block]:
    yield Heading(part.title)
    for each in part.standings:
        yield from _standing(each)
    if part.rows:
        yield Table(part.caption, part.heads, part.rows)


def _standing(each: Standing) -> Iterator[Block]:
    yield Heading(each.heading, 2)
    if each.missing:
        yield Words(f"{each.missing[:1].upper()}{each.missing[1:]}.")
    if each.rows:
        yield Table("", BESIDE, [(who, drawn(picture), figure) for who, picture, figure in each.rows])
    if each.notes:
        yield Words(each.notes)
    if each.years:
        yield Words(each.years.finding)
        yield drawn(each.years.picture, 0.5)
        yield Table("", each.years.heads, each.years.rows)
    yield Words(each.definition)


def _gaps(page: PublishedPage) -> Iterator[Block]:
    if page.gaps or page.gaps_hidden:
        yield Heading("Disadvantaged pupils and others")
    for each in page.gaps:
        yield from _standing(each)
    if page.gaps_hidden:
        yield Words(page.gaps_hidden)


def _spreads(page: PublishedPage) -> Iterator[Block]:
    if page.spreads or page.spread_lacking:
        yield Heading("How many schools can be told apart")
        yield Words(NO_LEAGUE)
    for each in page.spreads:
        yield from _spread(each)
    if page.spread_lacking:
        yield Words(page.spread_lacking)


def _spread(each: SpreadView) -> Sequence[Block]:
    said = Words(f"{each.ours} {each.words}")
    table = Table("", ("Interval", "Schools"), each.rows)
    return Heading(each.heading, 2), said, drawn(each.picture, 0.8), table, Words(each.definition)


def _spend(each: SpendView) -> Iterator[Block]:
    yield Heading(each.heading, 2)
    if each.words:
        yield Words(each.words)
    if each.picture:
        yield Words(AXES)
        yield drawn(each.picture, 0.5)
    yield Table("", each.heads, each.rows)
    yield Words(each.definition)
