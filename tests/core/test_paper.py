"""Papers: what goes in comes out of PDF and Word, as words and never as markup."""

import io
import zipfile

import docx
import pytest
import typst

from headship.core import paper_pdf, paper_word
from headship.core.paper import Boxes, Copy, Heading, Lines, Paper, Picture, Points, Table, Words

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 9"><circle cx="9" cy="4" r="3"/></svg>'
SAID = '#import "x.typ" $x^2$ *bold* `code` <script>&amp; \\ "quoted" = heading'


def whole(said: str = "Reading rose") -> Paper:
    return Paper(
        title=said,
        about=("A school", said),
        blocks=(
            Heading(said),
            Words(said),
            Points((said, "another")),
            Picture(SVG, said),
            Table(said, ("Subject", "Pupils"), ((said, "30"), ("History", "29"))),
        ),
        foot=said,
    )


def test_words_are_never_markup():
    assert paper_pdf.pdf(whole(SAID)).startswith(b"%PDF-")
    document = docx.Document(io.BytesIO(paper_word.word(whole(SAID))))
    assert [each.text for each in document.paragraphs].count(SAID) == 6  # title, about, heading, words, point, caption
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [SAID, "30"]
    assert document.sections[0].footer.paragraphs[0].text == SAID


def test_a_paper_is_tagged_for_screen_readers_and_the_same_bytes_each_time():
    made = paper_pdf.pdf(whole())
    assert b"pdfuaid:part" in made
    assert b"/Lang" in made
    assert made == paper_pdf.pdf(whole())


def test_a_picture_without_words_is_refused_as_pdf():
    with pytest.raises(typst.TypstError, match="alt"):
        paper_pdf.pdf(Paper("Title", (), (Picture(SVG, ""),), ""))


def test_a_picture_says_its_words_in_word_too():
    made = zipfile.ZipFile(io.BytesIO(paper_word.word(whole())))
    assert b'descr="Reading rose"' in made.read("word/document.xml")


def test_a_table_of_no_rows_keeps_its_headings():
    empty = Paper("Title", (), (Table("", ("Subject", "Pupils"), ()),), "")
    assert paper_pdf.pdf(empty).startswith(b"%PDF-")
    table = docx.Document(io.BytesIO(paper_word.word(empty))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Subject", "Pupils"]]


ODD = "GCSE\x01\ufffe\U0001f389\u4e2d\u202e"  # a control, no character, no letter of our typeface, a turn of the line


def test_letters_that_no_typeface_or_file_can_hold_stop_no_document():
    assert paper_pdf.pdf(whole(ODD)).startswith(b"%PDF-")
    document = docx.Document(io.BytesIO(paper_word.word(whole(ODD))))
    said = "GCSE\ufffd\ufffd\U0001f389\u4e2d\u202e"
    assert [each.text for each in document.paragraphs].count(said) == 6
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [said, "30"]
    assert (document.core_properties.title, document.sections[0].footer.paragraphs[0].text) == (said, said)


def test_forms_hold_boxes_lines_and_a_foot_for_each_copy():
    one = (Copy(SAID), Heading(SAID), Boxes(SAID, (("1", SAID), ("0", "Cannot say"))), Lines(SAID, 3))
    small, large = (Paper("Form", (), one * 2, "the cover's", large=each) for each in (False, True))
    for each in (small, large):
        made = paper_pdf.pdf(each)
        assert b"pdfuaid:part" in made
        assert made == paper_pdf.pdf(each)
    assert paper_pdf.pdf(small) != paper_pdf.pdf(large)
    document = docx.Document(io.BytesIO(paper_word.word(large)))
    assert [each.footer.paragraphs[0].text for each in document.sections] == ["the cover's", SAID, SAID]
    assert round(document.styles["Normal"].font.size.pt) == 18
    assert [each.text for each in document.paragraphs].count(SAID) == 6  # heading, question, what is asked; twice
    assert sum(each.text.count("\N{BALLOT BOX}") for each in document.paragraphs) == 4


def test_word_knows_the_language_of_a_paper():
    """Otherwise it marks British spelling as wrong, and a screen reader reads it as American."""
    for language, leftward in (("en-GB", False), ("pl", False), ("ar", True)):
        made = paper_word.word(Paper("Results", (), (Words("Colour"),), "", language=language, leftward=leftward))
        with zipfile.ZipFile(io.BytesIO(made)) as held:
            styles = held.read("word/styles.xml").decode()
        where = "bidi" if leftward else "val"
        assert f'w:{where}="{language}"' in styles, language
