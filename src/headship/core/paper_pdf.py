"""Papers as PDF that screen readers can read (PDF/UA), by typst. It refuses a picture without words."""

import functools
import json
from pathlib import Path
from typing import Any

import typst

from headship.core.paper import Block, Boxes, Copy, Heading, Lines, Paper, Picture, Points, Table, ToFill, Words, widths

DATA = Path(__file__).parent / "data"
MADE_AT = 0  # no moment is written into the file: the same paper is the same bytes
NO_GLYPH = "could not be displayed"  # what typst says of a letter that no typeface has: PDF/UA allows none
PIXELS = 220.0  # an inch, for pictures in Word


@functools.cache
def _template() -> bytes:
    return (DATA / "paper.typ").read_bytes()


def pdf(paper: Paper) -> bytes:
    """Return a paper as PDF/UA-1; where a letter is in no typeface here, as PDF with an empty box in its place.

    >>> pdf(Paper("Our results", ["Autumn"], [Words("Nothing yet.")], "Headship"))[:5]
    b'%PDF-'
    """
    files = _files(paper)
    try:
        return _printed(files, "pdf", pdf_standards=["ua-1"], timestamp=MADE_AT)
    except typst.TypstError as fault:
        if NO_GLYPH not in str(fault):
            raise
        return _printed(files, "pdf", timestamp=MADE_AT)


def _files(paper: Paper) -> dict[str, Any]:
    """Return what typst reads: the template, what it says, and the pictures."""
    files: dict[str, Any] = {"main.typ": _template()}
    blocks = [_told(block, files) for block in paper.blocks]
    told: dict[str, Any] = {"title": paper.title, "about": list(paper.about), "blocks": blocks, "foot": paper.foot}
    told |= {
        "language": paper.language,
        "leftward": paper.leftward,
        "large": paper.large,
        "wide": paper.wide,
        "copies": sum(isinstance(each, Copy) for each in paper.blocks),
    }
    files["told.json"] = json.dumps(told).encode()
    return files


def has_letters(words: str) -> bool:
    """Whether the typefaces here have every letter of some words, so that they can be printed.

    >>> has_letters("Zażółć"), has_letters("\N{HIRAGANA LETTER A}")
    (True, False)
    """
    paper = Paper("Letters", (), (Words(words),), "")
    try:
        _printed(_files(paper), "pdf", pdf_standards=["ua-1"], timestamp=MADE_AT)
    except typst.TypstError as fault:
        if NO_GLYPH not in str(fault):
            raise
        return False
    return True


def png(picture: Picture) -> bytes:
    """Return a picture as PNG, for programs that take no SVG.

    >>> png(Picture('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>', "nothing"))[1:4]
    b'PNG'
    """
    source = b'#set page(width: 120mm, height: auto, margin: 0pt)\n#image("picture.svg", width: 100%)'
    return _printed({"main.typ": source, "picture.svg": picture.svg.encode()}, "png", ppi=PIXELS)


def _printed(files: dict[str, Any], kind: str, **more: Any) -> bytes:
    fonts = [str(DATA / "fonts")]
    compiled: Any = typst.compile  # its own types know no files in memory
    printed = compiled(files, format=kind, font_paths=fonts, ignore_system_fonts=True, **more)
    assert isinstance(printed, bytes)  # one page, or one file of all of them
    return printed


def _told(block: Block, files: dict[str, Any]) -> dict[str, Any]:
    """Return a block as the template reads it, its picture put among the files."""
    match block:
        case Heading():
            return {"kind": "heading", "words": block.words, "level": block.level}
        case Words():
            return {"kind": "words", "words": block.words}
        case Points():
            return {"kind": "points", "points": list(block.points)}
        case Picture():
            return {"kind": "picture", "share": block.share, **_kept(block, files)}
        case Table():
            rows = [[_cell(cell, files) for cell in row] for row in block.rows]
            return {
                "kind": "table",
                "caption": block.caption,
                "heads": list(block.heads),
                "rows": rows,
                "widths": widths(block),
            }
        case _:
            return _to_fill(block)


def _to_fill(block: ToFill) -> dict[str, Any]:
    match block:
        case Boxes():
            return {"kind": "boxes", "words": block.words, "boxes": [list(each) for each in block.boxes]}
        case Lines():
            return {"kind": "lines", "words": block.words, "count": block.count}
        case Copy():
            return {"kind": "copy", "foot": block.foot}


def _cell(cell: str | Picture, files: dict[str, Any]) -> str | dict[str, str]:
    return _kept(cell, files) if isinstance(cell, Picture) else cell


def _kept(picture: Picture, files: dict[str, Any]) -> dict[str, str]:
    name = f"picture-{len(files)}.svg"
    files[name] = picture.svg.encode()
    return {"words": picture.words, "file": name}
