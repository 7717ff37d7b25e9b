"""Pages of ours kept as Markdown, in the small part of it that they use: headings, lists, tables, bold, code."""

import re
from dataclasses import dataclass

INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|`(?P<code>.+?)`|\[(?P<link>.+?)\]\((?P<to>.+?)\)")

Span = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph ("p"), heading ("h2"), list ("ul") or table ("table"): lines of cells of spans."""

    kind: str
    lines: tuple[tuple[tuple[Span, ...], ...], ...]


def blocks(text: str) -> tuple[Block, ...]:
    r"""Return the blocks of a page, parted by empty lines.

    >>> [each.kind for each in blocks("# A\n\nb\n\n- c")]
    ['h2', 'p', 'ul']
    """
    return tuple(block(each) for each in re.split(r"\n{2,}", text.strip()) if each.strip())


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
