"""The screens of a school's own results as documents: the same findings, pictures and tables."""

from collections.abc import Callable, Iterator, Mapping

from headship.core import paper_pdf, paper_word
from headship.core.pages import in_words
from headship.core.paper import INK, LINE, PAPER, TEAL, Block, Heading, Paper, Picture, Points, Table, Words, inked
from headship.core.scope import Scope
from headship.outcomes.own_frame import OwnPage, Row

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: Mapping[str, tuple[str, str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", "pdf", paper_pdf.pdf),
    "word": (WORD, "docx", paper_word.word),
}
INKS = (
    f".app-whisker__axis{{stroke:{LINE};stroke-width:2}}"
    f".app-whisker__against{{stroke:{INK};stroke-width:3;stroke-dasharray:5 3}}"
    f".app-whisker__interval{{stroke:{TEAL};stroke-width:7;stroke-opacity:.45}}"
    f".app-whisker__value,.app-years__value{{fill:{TEAL};stroke:{PAPER};stroke-width:2}}"
    f'.app-years__label{{fill:{INK};font-size:13px;font-family:"Atkinson Hyperlegible Next"}}'
    f".app-years__line{{fill:none;stroke:{TEAL};stroke-width:2}}"
    f".app-years__interval{{stroke:{TEAL};stroke-width:6;stroke-opacity:.35}}"
)


def paper(scope: Scope, page: OwnPage) -> Paper:
    """Return a page as a document."""
    assert scope.place is not None  # pages of a school
    made = f"made on {in_words(scope.at)} for {scope.name}"
    return Paper(page.title, (scope.place.name, page.words or page.empty), tuple(_blocks(page)), f"Headship · {made}")


def _blocks(page: OwnPage) -> Iterator[Block]:
    for row in page.rows:
        yield from _row(row)
    if page.empty:
        return
    yield Heading("What we can say, and what we cannot")
    if page.can:
        yield Points(page.can)
    yield Words("What these figures do not say:")
    yield Points(page.cannot)
    for table in page.tables:
        yield Table(table.caption, table.heads, table.rows)
        if table.note:
            yield Words(table.note)
    if page.sources:
        yield Heading("The rules behind these figures")
        yield Points(page.sources)
    yield Words("Groups so small that a pupil could be told from them are hidden from everybody.")


def _row(row: Row) -> Iterator[Block]:
    yield Heading(row.finding, 1)
    if row.picture:
        yield Picture(inked(row.picture, INKS), row.finding)
    yield Words(row.behind)
