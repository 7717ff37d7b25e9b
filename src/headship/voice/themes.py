"""What comments are often about: our own list, and under which of its themes a comment stands."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headship.analysis import comment_themes
from headship.voice.instruments import FOLDER, read_file

NONE = "none"


@dataclass(frozen=True, slots=True)
class About:
    """A theme of comments, and the characteristics it belongs to."""

    code: str
    name: str
    serves: tuple[str, ...]


@functools.cache
def themes() -> Mapping[str, About]:
    """Return every theme by its code.

    >>> themes()["food"].name
    'Food and breaks'
    """
    return {each["code"]: About(each["code"], each["name"], tuple(each["serves"])) for each in _listed()}


@functools.cache
def matched() -> tuple[comment_themes.Theme, ...]:
    """Return the themes as the suggester takes them."""
    return tuple(comment_themes.Theme(each["code"], tuple(each["words"])) for each in _listed())


@functools.cache
def _listed() -> tuple[Mapping[str, Any], ...]:
    return tuple(read_file(FOLDER / "themes.yaml")["themes"])


def stands_under(decided: str, words: str) -> str:
    """Return the theme of a comment: as somebody decided, else as its words suggest; NONE for none.

    >>> stands_under("", "Lunch is too short"), stands_under("home", "Lunch is too short"), stands_under("", "Fine.")
    ('food', 'home', 'none')
    """
    return decided if decided in themes() or decided == NONE else suggested(words)


@functools.lru_cache(maxsize=5_000)
def suggested(words: str) -> str:
    """Return the theme that a comment's words suggest, or NONE."""
    return comment_themes.suggest(words, matched()) or NONE
