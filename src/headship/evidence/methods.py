"""The pages of docs/methods, which say how each figure comes about, read for showing.

`data/methods` leads to the folder in the checkout and is a copy of it in the wheel. `core.prose`
reads their Markdown.
"""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from headship.core import prose
from headship.core.prose import Block

FOLDER = Path(__file__).parent / "data" / "methods"


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
    return MethodPage(title, prose.blocks(text))
