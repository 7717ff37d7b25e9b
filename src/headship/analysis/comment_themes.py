"""Which of a list of themes a comment may be about: by words that stand in it, without any network or model."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WORD = re.compile(r"[a-z]+")
MARKS = re.compile("[\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}]")
APOSTROPHES = str.maketrans("", "", "'\N{RIGHT SINGLE QUOTATION MARK}-\N{NON-BREAKING HYPHEN}")
SHORTEST = 3  # letters that a stem keeps


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its code, and the words or short phrases that speak for it."""

    code: str
    phrases: tuple[str, ...]


def stem(word: str) -> str:
    """Return a word in small letters without the endings that grammar gives it.

    `word` letters of the English alphabet. Returns a stem, which need not be a word.
    Reference: a few of the endings of M. F. Porter, "An algorithm for suffix stripping", Program 14, 1980.

    >>> [stem(each) for each in ("Meetings", "meeting", "planned", "planning", "tries", "classes", "use")]
    ['meet', 'meet', 'plan', 'plan', 'try', 'class', 'use']
    """
    return _shortened(_undone(_singular(word.casefold())))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > SHORTEST else word


def _undone(word: str) -> str:
    for ending in ("ing", "ed"):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= SHORTEST and re.search("[aeiouy]", bare):
            doubled = len(bare) > SHORTEST and bare[-1] == bare[-2] and bare[-1] not in "lsz"
            return bare[:-1] if doubled else bare
    return word


def _shortened(word: str) -> str:
    for ending in ("ly", "e"):
        if word.endswith(ending) and len(word) - len(ending) > SHORTEST:
            word = word.removesuffix(ending)
    return word


def stems(words: str) -> list[str]:
    """Return the stems of some words, in their order, accents and signs gone.

    `words` as somebody wrote them. Returns a stem for each word.
    Reference: `stem`.

    >>> stems("E-mails, please: the café's closed!")
    ['email', 'pleas', 'the', 'cafe', 'clos']
    """
    bare = MARKS.sub("", unicodedata.normalize("NFKD", words.casefold().translate(APOSTROPHES)))
    return [stem(each) for each in WORD.findall(bare)]


def suggest(words: str, themes: Sequence[Theme]) -> str:
    """Return the code of the theme that most words of a comment speak for, or nothing.

    `words` one comment; `themes` in the order that decides where all else is equal. A phrase counts as many as it has
    words, once; between equals the one that is spoken of first.
    Reference: matching of keywords, by this project; its quality is in docs/methods/comment-themes.md.

    >>> themes = [Theme("food", ("lunch", "canteen")), Theme("time", ("free time", "hour"))]
    >>> suggest("An hour for lunch, not in the canteen.", themes), suggest("All good.", themes)
    ('food', '')
    """
    written = stems(words)
    found = [(_weight(written, each), each.code) for each in themes]
    best = max((weight for weight, _ in found), default=(0, 0))
    return next((code for weight, code in found if weight == best), "") if best[0] else ""


def _weight(written: Sequence[str], theme: Theme) -> tuple[int, int]:
    """Return how many words speak for a theme, and how early the first of them stands (later is less)."""
    phrases = {tuple(stems(each)) for each in theme.phrases}
    places = {phrase: at for phrase in phrases if (at := _place(written, phrase)) is not None}
    return (sum(map(len, places)), -min(places.values(), default=0))


def _place(written: Sequence[str], phrase: Sequence[str]) -> int | None:
    size = len(phrase)
    return next((at for at in range(len(written) - size + 1) if tuple(written[at : at + size]) == phrase), None)
