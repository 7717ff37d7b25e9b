"""Plain words as headings, paragraphs and points; and two texts compared, paragraph by paragraph and word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

LONGEST_HEADING = 80
ENDS_A_SENTENCE = tuple(".,;:?!")
ALIKE = 0.5  # from here on, two paragraphs are the same one reworded
REACH = 6  # how many paragraphs on a reworded one is looked for
MOST_WORDS = 300  # of a longer paragraph, words are not compared one by one
MOST_PAIRS = 250_000  # of more paragraphs between a common beginning and end, none is looked for in the other text
SAME, GONE, NEW, REWORDED = "same", "gone", "new", "reworded"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: a "heading", a "paragraph" or "points", with its words line by line."""

    kind: str
    lines: tuple[str, ...]

    @property
    def words(self) -> str:
        """All of it on one line."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Compared:
    """A paragraph that is "same", "gone", "new" or "reworded"; `pieces` are its words, each with a kind of its own."""

    kind: str
    pieces: tuple[tuple[str, str], ...]


def parts(words: str) -> list[Part]:
    r"""Return a text in parts. A short line of its own that ends no sentence is a heading; lines after "- " are points.

    >>> [each.kind for each in parts("Who\n\nAll of us.\n\n- One\n- Two")]
    ['heading', 'paragraph', 'points']
    """
    return [_part(block) for block in _blocks(words)]


def compared(before: str, after: str) -> list[Compared]:
    r"""Return what became of each paragraph between two texts, in the order of reading.

    >>> [(each.kind, each.pieces) for each in compared("Knock first.", "Knock first.\n\nThen wait.")]
    [('same', (('same', 'Knock first.'),)), ('new', (('new', 'Then wait.'),))]
    """
    old, new = ([each.words for each in parts(text)] for text in (before, after))
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    ends, until = len(old) - tail, len(new) - tail
    return [*_all(SAME, old[:head]), *_between(old[head:ends], new[head:until]), *_all(SAME, old[ends:])]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the paragraphs with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _all(kind: str, paragraphs: Sequence[str]) -> Iterator[Compared]:
    return (Compared(kind, ((kind, each),)) for each in paragraphs)


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Compared]:
    """Yield what became of the paragraphs between a common beginning and end; of too many, all are gone and new."""
    if len(old) * len(new) > MOST_PAIRS:
        yield from _all(GONE, old)
        yield from _all(NEW, new)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from _all(SAME, old[i1:i2]) if tag == "equal" else _replaced(old[i1:i2], new[j1:j2])


def told(found: Sequence[Compared]) -> str:
    """Say in words how much two texts differ.

    >>> told(compared("One.", "One.")), told(compared("One.", "Two words."))
    ('Nothing changed.', '1 paragraph is new, 1 is gone.')
    """
    counts = [(kind, sum(each.kind == kind for each in found)) for kind in (REWORDED, NEW, GONE)]
    said = [(count, kind) for kind, count in counts if count]
    if not said:
        return "Nothing changed."
    first, *rest = said
    begins = f"{first[0]} paragraph{'' if first[0] == 1 else 's'} {_is(first[0])} {first[1]}"
    return ", ".join([begins, *(f"{count} {_is(count)} {kind}" for count, kind in rest)]) + "."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _blocks(words: str) -> Iterator[list[str]]:
    """Yield runs of lines that are parted by empty ones, or where points begin or end."""
    block: list[str] = []
    for line in [*(each.strip() for each in words.splitlines()), ""]:
        turns = bool(block) and line != "" and _is_point(line) != _is_point(block[-1])
        if block and (not line or turns):
            yield block
            block = []
        if line:
            block.append(line)


def _part(block: Sequence[str]) -> Part:
    if all(map(_is_point, block)):
        return Part("points", tuple(re.sub(r"^[-•*]\s+", "", line) for line in block))
    heading = len(block) == 1 and len(block[0]) <= LONGEST_HEADING and not block[0].endswith(ENDS_A_SENTENCE)
    return Part("heading" if heading else "paragraph", tuple(block))


def _is_point(line: str) -> bool:
    return re.match(r"[-•*]\s", line) is not None


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Compared]:
    """Pair what was reworded in order; the rest is gone or new."""
    at = 0
    for each in old:
        ahead = range(at, min(at + REACH, len(new)))
        like = next((place for place in ahead if _alike(each, new[place])), None)
        if like is None:
            yield Compared(GONE, ((GONE, each),))
            continue
        yield from (Compared(NEW, ((NEW, words),)) for words in new[at:like])
        yield Compared(REWORDED, tuple(_pieces(each, new[like])))
        at = like + 1
    yield from (Compared(NEW, ((NEW, words),)) for words in new[at:])


def _alike(one: str, other: str) -> bool:
    first, second = one.split(), other.split()
    if max(len(first), len(second)) > MOST_WORDS:
        return False
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _pieces(one: str, other: str) -> Iterator[tuple[str, str]]:
    old, new = one.split(), other.split()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield SAME, " ".join(old[i1:i2])
        else:
            if i1 < i2:
                yield GONE, " ".join(old[i1:i2])
            if j1 < j2:
                yield NEW, " ".join(new[j1:j2])
