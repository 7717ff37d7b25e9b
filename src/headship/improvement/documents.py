"""The register of bets, a term's digest of the horizon, and readiness, to hold: for governors above all."""

from collections.abc import Iterator, Sequence

from headship.core import papers
from headship.core.pages import in_words
from headship.core.paper import (
    INK,
    LINE,
    PAPER,
    TEAL,
    Block,
    Heading,
    Paper,
    Picture,
    Points,
    Table,
    Words,
    inked,
    titled,
)
from headship.core.scope import Scope
from headship.improvement.bet_pages import SEEN_BY, BetRow, BetsPage
from headship.improvement.horizon_pages import ItemRow
from headship.improvement.readiness_pages import AreaCard, ReadinessPage

# The ink of the picture's classes, as the stylesheet has it: a document has no stylesheet.
INKS = (
    f".app-answers__tick{{stroke:{LINE};stroke-width:2}}"
    f".app-answers__interval{{stroke:{TEAL};stroke-width:7;stroke-opacity:.45}}"
    f".app-course__ours{{fill:{TEAL};stroke:{PAPER};stroke-width:1.5}}"
    f".app-course__hidden{{fill:{PAPER};stroke:{INK};stroke-width:1.5}}"
    f".app-course__england{{stroke:{INK};stroke-width:3}}"
    f".app-years__label{{fill:{INK};font-size:13px}}"
)
HANDED = ("Leaders", "Governors")
NO_GRADE = (
    "This is what stands in Headship, in words. It is no grade and no forecast of one. Which characteristics an area "
    "is read with is Headship's own mapping. It holds only what leaders and governors both may see."
)


def bets(scope: Scope, page: BetsPage) -> Paper:
    """Return the register of bets."""
    return papers.made(scope, page.title, (page.said,), _bets(page))


def digest(scope: Scope, term: str, groups: Sequence[tuple[str, Sequence[ItemRow]]]) -> Paper:
    """Return what was on the horizon in a term."""
    return papers.made(scope, f"On the horizon, {term}", (), _digest(groups))


def readiness(scope: Scope, page: ReadinessPage) -> Paper:
    """Return what there is for an inspection."""
    about = (f"The areas {page.named} looks at. {page.source}.",)
    return papers.made(scope, "Readiness for inspection", about, _readiness(page))


def _bets(page: BetsPage) -> Iterator[Block]:
    parts = (("Due a decision", page.due), ("Running", page.running), ("Proposed", page.proposed))
    for heading, rows in parts:
        if rows:
            yield Heading(heading)
            yield from _rows(rows)
    if page.over:
        yield Heading("Over, and what we learned")
        yield from _rows(page.over)
    if page.picture:
        yield Heading("Over time")
        yield Picture(inked(str(page.picture), INKS), titled(str(page.picture)), 1)
        yield Table("Bets over time", page.time_heads, page.times)
    yield papers.seen_by(SEEN_BY)


def _rows(rows: Sequence[BetRow]) -> Iterator[Block]:
    for each in rows:
        yield Heading(f"{each.title} ({each.state.lower()})", 2)
        yield Words(each.believed)
        yield Words(f"{each.facts}.")
        if each.learned:
            yield Words(f"Learned: {each.learned}")


def _digest(groups: Sequence[tuple[str, Sequence[ItemRow]]]) -> Iterator[Block]:
    if not groups:
        yield Words("Nothing was noted in this term.")
    for where, rows in groups:
        yield Heading(where)
        for each in rows:
            yield Heading(each.title, 2)
            yield Words(f"{each.facts}.")
            yield Words(f"{each.means}. {each.words}".strip())
    yield papers.seen_by(SEEN_BY)


def _readiness(page: ReadinessPage) -> Iterator[Block]:
    yield Words(NO_GRADE)
    for card in page.cards:
        yield Heading(card.name)
        yield from _area(card)
    yield papers.seen_by(HANDED)


def _area(card: AreaCard) -> Iterator[Block]:
    if card.only_where:
        yield Words(f"Looked at {card.only_where}.")
    yield Words(f"Read with {card.read_with}. {card.counted}" if card.read_with else card.counted)
    if card.measures:
        yield Points(card.measures)
    if card.latest:
        yield Words("The latest:")
        yield Points([f"{each.words} ({in_words(each.on)})" for each in card.latest])
    if card.thin:
        yield Words(f"Thin: {' '.join(card.thin)}")
    for heading, words in (("What we would show", card.show), ("What we are doing about it", card.doing)):
        if words:
            yield Heading(heading, 2)
            yield from papers.prose(words)
