"""The pages of docs/methods, which say how each figure comes about, read for showing.

`data/methods` leads to the folder in the checkout and is a copy of it in the wheel. The pages are ours, in the small
part of Markdown that they use: headings, paragraphs, lists, tables, bold, code.
"""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "methods"
INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|`(?P<code>.+?)`|\[(?P<link>.+?)\]\((?P<to>.+?)\)")

Span = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph ("p"), heading ("h2"), list ("ul") or table ("table"): lines of cells of spans."""

    kind: str
    lines: tuple[tuple[tuple[Span, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class MethodPage:
    """One method: its title and its blocks."""

    title: str
    blocks: tuple[Block, ...]


@functools.cache
def names() -> frozenset[str]:
    """Return the names of the methods that have a page."""
    return frozenset(path.stem for path in FOLDER.glob("*.md") if path.stem != "README")


@functools.cache
def page(name: str) -> MethodPage:
    """Return the page of a method. Errors: LookupError where it has none."""
    if name not in names():
        raise LookupError(f"No method is called {name!r}.")
    title, _, text = (FOLDER / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    title = re.sub(r"\s*\(`.*`\)\s*$", "", title.lstrip("# "))
    return MethodPage(title, tuple(block(each) for each in re.split(r"\n{2,}", text.strip()) if each.strip()))


def block(text: str) -> Block:
    r"""Return one block of a page.

    >>> block("- a **b**\n- c").lines
    (((('text', 'a '), ('bold', 'b')),), ((('text', 'c'),),))
    """
    if text.startswith("#"):
        return Block("h2", ((spans(text.lstrip("# ")),),))
    if text.startswith("- "):
        return Block(
            "ul",
            tuple((spans(" ".join(each.split())),) for each in re.split(r"\n?^- ", text, flags=re.MULTILINE) if each),
        )
    if text.startswith("|"):
        rows = [row.strip().strip("|").split("|") for row in text.splitlines() if not re.fullmatch(r"[|\s:-]+", row)]
        return Block("table", tuple(tuple(spans(cell.strip()) for cell in row) for row in rows))
    return Block("p", ((spans(" ".join(text.split())),),))


def spans(text: str) -> tuple[Span, ...]:
    """Return a line as plain, bold and code parts; of a link its words stay.

    >>> spans("See `x` and [here](y.md)")
    (('text', 'See '), ('code', 'x'), ('text', ' and '), ('text', 'here'))
    """
    found: list[Span] = []
    start = 0
    for match in INLINE.finditer(text):
        found.append(("text", text[start : match.start()]))
        kind = "text" if match["link"] else str(match.lastgroup)
        found.append((kind, match["link"] or match[kind]))
        start = match.end()
    found.append(("text", text[start:]))
    return tuple(span for span in found if span[1])
