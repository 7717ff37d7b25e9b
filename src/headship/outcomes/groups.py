"""Pupils in groups, as they may be shown: small groups hidden, with as many others as protect them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from headship.analysis import suppression
from headship.analysis.figures import Figure, Flags
from headship.outcomes.choices import LANGUAGES, SEN, SEXES

type Measure = Callable[[Flags], Figure]
type Difference = Callable[[Flags, Flags], Figure]

FACTS: Mapping[str, str] = {
    "disadvantaged": "Disadvantage",
    "sex": "Sex",
    "sen": "Special educational needs",
    "language": "First language",
    "ethnicity": "Ethnicity",
    "year_group": "Year group",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "disadvantaged": {"yes": "Disadvantaged pupils", "no": "Other pupils"},
    "sex": SEXES,
    "sen": SEN,
    "language": LANGUAGES,
}
UNKNOWN = "Not known"
SMALLER = "Smaller groups together"


@dataclass(frozen=True, slots=True)
class Group:
    """A group: how many pupils count, their figure, and how it differs from all others'. All None: hidden."""

    words: str
    count: int | None = None
    figure: Figure | None = None
    difference: Figure | None = None


@dataclass(frozen=True, slots=True)
class Grouping:
    """The pupils parted by one fact."""

    fact: str
    groups: tuple[Group, ...]

    @property
    def words(self) -> str:
        """What they are parted by."""
        return FACTS[self.fact]

    @property
    def hides(self) -> bool:
        """Whether any group is hidden."""
        return any(each.count is None for each in self.groups)


def grouped(  # noqa: PLR0913  # what is parted, by what, and what is worked out of each part
    fact: str, values: Sequence[str], counted: Flags, *, measure: Measure, difference: Difference, fewest: int
) -> Grouping:
    """Part the pupils who count (N,) by a fact's values (N,) and work out each part that may be shown.

    While those not known are hidden, so is how many all others are: then nothing is held against them.
    """
    parts = _parts(fact, values, counted, fewest)
    shown = may_show([int(flags.sum()) for _, flags in parts], fewest=fewest)
    told = np.zeros(len(counted), dtype=bool)
    for words, flags in parts:
        told |= flags & (words != UNKNOWN)
    hides_unknown = any(words == UNKNOWN and not shows for (words, _), shows in zip(parts, shown, strict=True))

    def against(words: str, flags: Flags) -> Figure | None:
        return None if hides_unknown or words == UNKNOWN else difference(flags, told & ~flags)

    groups = [
        Group(words, int(flags.sum()), measure(flags), against(words, flags)) if shows else Group(words)
        for (words, flags), shows in zip(parts, shown, strict=True)
    ]
    return Grouping(fact, tuple(groups))


def shows(fact: str, values: Sequence[str], value: str, *, fewest: int) -> bool:
    """Return whether the pupils of one value may be shown, or are nobody, where these (N,) are all, parted by a fact.

    >>> shows("sex", ["female"] * 9 + ["male"] * 8 + [""] * 2, "female", fewest=6)
    False
    """
    if value not in values:
        return True
    everybody = np.ones(len(values), dtype=bool)
    parts = _parts(fact, values, everybody, fewest)
    shown = may_show([int(flags.sum()) for _, flags in parts], fewest=fewest)
    return any(words == WORDS[fact][value] and each for (words, _), each in zip(parts, shown, strict=True))


def _parts(fact: str, values: Sequence[str], counted: Flags, fewest: int) -> list[tuple[str, Flags]]:
    """Return each group that has anybody in it, in its order; a free word's small groups are put together."""
    here = np.array(values, dtype=str)
    counts = Counter(here[counted].tolist())
    known = WORDS.get(fact)
    names = list(known) if known else sorted((name for name in counts if name), key=_in_order)
    small = [] if known or fact == "year_group" else _small(names, counts, fewest)
    parts = [
        (known[name] if known else name, counted & (here == name))
        for name in names
        if counts[name] and name not in small
    ]
    if small:
        parts.append((SMALLER, counted & np.isin(here, small)))
    if counts[""]:
        parts.append((UNKNOWN, counted & (here == "")))
    return parts


def _in_order(name: str) -> tuple[int, str]:
    """Sort words by their letters, and year groups as people count them: Year 9 before Year 10."""
    figures = "".join(filter(str.isdigit, name))
    return (int(figures) if figures else 0, name)


def _small(names: Sequence[str], counts: Mapping[str, int], fewest: int) -> list[str]:
    """Return the groups to put together: those of fewer than `fewest`, and the next larger until they make as many."""
    rising = sorted(names, key=lambda name: (counts[name], name))
    small = [name for name in rising if counts[name] < fewest]
    while small and sum(counts[name] for name in small) < fewest and len(small) < len(rising):
        small.append(rising[len(small)])
    return small


def may_show(counts: Sequence[int], *, fewest: int) -> list[bool]:
    """Return which groups may be shown beside their total, so that no hidden one can be worked out from the rest.

    Nor may all hidden ones together be fewer than `fewest`: a reader could take the shown ones from the total.

    >>> may_show([20, 3, 9], fewest=6), may_show([20, 30], fewest=6), may_show([2, 3], fewest=6)
    ([False, False, True], [True, True], [False, False])
    """
    return list(_may_show(tuple(counts), fewest))


@lru_cache(maxsize=4096)
def _may_show(counts: tuple[int, ...], fewest: int) -> tuple[bool, ...]:
    if not counts:
        return ()
    total = sum(counts)
    released = suppression.release(
        [*counts, total], suppression.totals_of(len(counts)), largest=fewest - 1, hide_zeros=False
    )
    shown = [each is not None for each in released.shown[:-1]]
    while 0 < sum(count for count, shows in zip(counts, shown, strict=True) if not shows) < fewest and any(shown):
        smallest = min(count for count, shows in zip(counts, shown, strict=True) if shows)
        shown[next(at for at, count in enumerate(counts) if shown[at] and count == smallest)] = False
    return tuple(shown)
