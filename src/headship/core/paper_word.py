"""Papers for Word, with the same headings, words, pictures and tables as the PDF."""

import io
import re
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from headship.core import paper_pdf
from headship.core.paper import Block, Boxes, Copy, Heading, Lines, Paper, Picture, Points, Table, ToFill, Words, widths

TYPEFACE = "Atkinson Hyperlegible Next"
ROOM = 170  # millimetres between the margins
EDGES = 4  # millimetres of a cell that a picture leaves free
SIZES = {"Normal": 10.5, "Title": 20, "Heading 1": 14, "Heading 2": 11.5}  # points
LARGE = 18 / 10.5  # as in the PDF
WIDE = 0.84  # the same
BOX = "\N{BALLOT BOX}"
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)  # no moment is written into the file: the same paper is the same words
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no XML, and so no .docx, can hold


def word(paper: Paper) -> bytes:
    """Return a paper as a Word document (.docx).

    >>> word(Paper("Our results", ["Autumn"], [Words("Nothing yet.")], "Headship"))[:2]
    b'PK'
    """
    document = docx.Document()
    _set_up(document, paper)
    document.add_heading(_plain(paper.title), 0)
    for line in paper.about:
        document.add_paragraph(_plain(line))
    for block in paper.blocks:
        _add(document, block)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_up(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    if paper.wide:
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(12)
    section.footer.paragraphs[0].text = _plain(paper.foot)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        font = document.styles[name].font
        font.name = TYPEFACE
        document.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), TYPEFACE)
    for name, size in SIZES.items():
        if paper.large or paper.wide or name == "Normal":
            document.styles[name].font.size = Pt(size * (LARGE if paper.large else WIDE if paper.wide else 1))
    if paper.leftward:
        document.styles["Normal"].element.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:bidi" if paper.leftward else "w:val"), paper.language)
    told = document.core_properties
    told.title, told.author, told.language = _plain(paper.title), "Headship", paper.language
    told.created = told.modified = MADE_AT


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading():
            document.add_heading(_plain(block.words), block.level)
        case Words():
            document.add_paragraph(_plain(block.words))
        case Points():
            for point in block.points:
                document.add_paragraph(_plain(point), style="List Bullet")
        case Picture():
            _draw(document.add_paragraph(), block, Mm(ROOM * block.share))
        case Table():
            _add_table(document, block)
        case _:
            _add_to_fill(document, block)


def _add_to_fill(document: Any, block: ToFill) -> None:
    match block:
        case Boxes():
            _ask(document, block.words)
            words = (f"{BOX}\N{NO-BREAK SPACE}{key}\N{NO-BREAK SPACE}{_unbroken(each)}" for key, each in block.boxes)
            document.add_paragraph("   ".join(words))
        case Lines():
            _ask(document, block.words)
            for _ in range(block.count):
                _rule(document.add_paragraph())
        case Copy():
            section = document.add_section(WD_SECTION.ODD_PAGE)
            section.footer.is_linked_to_previous = False
            section.footer.paragraphs[0].text = _plain(block.foot)


def _add_table(document: Any, block: Table) -> None:
    if block.caption:
        document.add_heading(_plain(block.caption), 2)
    table = document.add_table(rows=1, cols=len(block.heads), style="Light List")
    _repeat(table.rows[0])
    wide, room = widths(block), _room(document)
    for cells, row in ((table.rows[0].cells, block.heads), *((table.add_row().cells, row) for row in block.rows)):
        for cell, words, width in zip(cells, row, wide, strict=True):
            cell.width = Mm(room * width / sum(wide))
            if isinstance(words, Picture):
                _draw(cell.paragraphs[0], words, Mm(room * width / sum(wide) - EDGES))
            else:
                cell.text = _plain(words)


def _room(document: Any) -> float:
    """Return the millimetres between the margins."""
    section = document.sections[0]
    return float(section.page_width.mm - section.left_margin.mm - section.right_margin.mm)


def _ask(document: Any, words: str) -> None:
    """Write a question that stays with what follows it."""
    asked = document.add_paragraph()
    asked.add_run(_plain(words)).bold = True
    asked.paragraph_format.keep_with_next = True


def _unbroken(words: str) -> str:
    return _plain(words).replace(" ", "\N{NO-BREAK SPACE}")


def _rule(paragraph: Any) -> None:
    """Draw a line to write on below a paragraph, whose height leaves room for a hand."""
    paragraph.paragraph_format.space_before = Pt(14)
    below = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "14213D")):
        below.set(qn(f"w:{name}"), value)
    edges = OxmlElement("w:pBdr")
    edges.append(below)
    paragraph._p.get_or_add_pPr().append(edges)  # noqa: SLF001  # python-docx has no other way to an edge


def _draw(paragraph: Any, picture: Picture, width: Any) -> None:
    drawn = paragraph.add_run().add_picture(io.BytesIO(paper_pdf.png(picture)), width=width)
    drawn._inline.docPr.set("descr", _plain(picture.words))  # noqa: SLF001  # python-docx has no other way to its text alternative


def _plain(words: str) -> str:
    """Return words without what a .docx cannot hold: a name out of a file may have it in it."""
    return NO_XML.sub("\ufffd", words)


def _repeat(row: Any) -> None:
    """Mark a row as the table's headings, which stand again on each page."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)  # noqa: SLF001  # nor to a row that repeats
