"""Documents that can be held: the same headings, words, pictures and tables as PDF and for Word.

A `Paper` says what stands in it; `paper_pdf.pdf` and `paper_word.word` print it. Its pictures are the SVG of our pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

# The ink of our pictures' classes, as the stylesheet of the pages has it: a document has no stylesheet.
INK, TEAL, LINE, LINEN, PAPER = "#14213d", "#0b5563", "#d8d3c5", "#f4f1e9", "#fdfcf9"
DRAWN = 26  # letters: how wide a column of pictures is beside columns of words
LINE_HOLDS = 88  # letters of a table's row


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 for a part, 2 for what is inside it."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    words: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    points: Sequence[str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG, what it says to whoever does not see it, and how much of the line it takes (0 to 1)."""

    svg: str
    words: str
    share: float = 0.62


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, one heading a column, and rows of words or pictures whose first cell names them."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str | Picture]]


@dataclass(frozen=True, slots=True)
class Boxes:
    """A question to be answered with a pen: its words, and boxes as (what stands in it, what it means)."""

    words: str
    boxes: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Lines:
    """Room to write: what is asked, and how many empty lines."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Where a copy for somebody else begins, on a page of its own; `foot` stands on each of its pages."""

    foot: str


type ToFill = Boxes | Lines | Copy
type Block = Heading | Words | Points | Picture | Table | ToFill


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its title, the lines below it, what stands in it, and the foot of each page.

    `large` prints it for readers who need large letters. `language` is a BCP 47 tag, `leftward` of one that runs left.
    `wide` prints it on its side, in smaller letters, for much on one page.
    """

    title: str
    about: Sequence[str]
    blocks: Sequence[Block]
    foot: str
    large: bool = False
    wide: bool = False
    language: str = "en-GB"
    leftward: bool = False


def inked(svg: str, inks: str) -> str:
    """Return a picture with its classes' ink written inside, as a document needs it.

    `svg` a picture of our pages; `inks` the rules of a style sheet for its classes.

    >>> inked('<svg viewBox="0 0 1 1"></svg>', ".a{fill:red}")
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><style>.a{fill:red}</style></svg>'
    """
    head, bracket, rest = svg.partition(">")
    named = head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f"{named}{bracket}<style>{inks}</style>{rest}"


def widths(table: Table) -> list[int]:
    """Return how wide each column is beside the others: by its longest cell within reason, never less than a word.

    >>> widths(Table("", ["Subject", "n"], [["Mathematics", "30"]]))
    [11, 6]
    >>> widths(Table("", ["Why", "Intervention"], [["a word " * 30, "none"], ["", "a word " * 20]]))
    [40, 40]
    """
    columns = list(zip(table.heads, *table.rows, strict=True))
    wished = [min(max(6, *(_wide(cell) for cell in column)), 40) for column in columns]
    least = [
        min(wish, max(6, *(_longest(cell) + 2 for cell in column)))
        for wish, column in zip(wished, columns, strict=True)
    ]
    over = sum(wished) - LINE_HOLDS
    if over <= 0 or sum(wished) == sum(least):
        return wished
    kept = max(0.0, 1 - over / (sum(wished) - sum(least)))
    return [low + round(kept * (wish - low)) for wish, low in zip(wished, least, strict=True)]


def _wide(cell: str | Picture) -> int:
    return DRAWN if isinstance(cell, Picture) else len(cell)


def _longest(cell: str | Picture) -> int:
    return DRAWN if isinstance(cell, Picture) else max(map(len, cell.split()), default=0)


def titled(svg: str) -> str:
    """Return the words a picture of our pages has for whoever does not see it.

    >>> titled('<svg viewBox="0 0 1 1"><title>Five &amp; a half</title></svg>')
    'Five & a half'
    """
    return unescape(svg.partition("<title>")[2].partition("</title>")[0])
