"""Documents that can be held: the same headings, words, pictures and tables as PDF and for Word.

A `Paper` says what stands in it; `paper_pdf.pdf` and `paper_word.word` print it. Its pictures are the SVG of our pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# The ink of our pictures' classes, as the stylesheet of the pages has it: a document has no stylesheet.
INK, TEAL, LINE, LINEN, PAPER = "#14213d", "#0b5563", "#d8d3c5", "#f4f1e9", "#fdfcf9"


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
    """A picture as SVG, and what it says in words to whoever does not see it."""

    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words: its caption, one heading a column, and rows whose first cell names them."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


type Block = Heading | Words | Points | Picture | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its title, the lines below it, what stands in it, and the foot of each page."""

    title: str
    about: Sequence[str]
    blocks: Sequence[Block]
    foot: str


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
    """Return how wide each column is beside the others, by its longest words within reason.

    >>> widths(Table("", ["Subject", "n"], [["Mathematics", "30"]]))
    [11, 6]
    """
    columns = zip(table.heads, *table.rows, strict=True)
    return [min(max(6, *(len(cell) for cell in column)), 40) for column in columns]
