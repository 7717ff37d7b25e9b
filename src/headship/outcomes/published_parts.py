"""The parts of published results, one a page: which there are, and what each shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from headship.core.pages import Link
from headship.core.scope import Scope
from headship.outcomes.published_pages import Part, PublishedPage

NAMES: Mapping[str, str] = {
    "results": "Results",
    "progress": "Progress",
    "destinations": "Where pupils went",
    "absence": "Absence",
    "gap": "Disadvantaged pupils",
    "schools": "All schools",
    "spending": "Spending",
}


@dataclass(frozen=True, slots=True)
class PartPage:
    """One part of what is published, whether anything is, and links to the others; the first says what can be said."""

    title: str
    here: str
    links: tuple[Link, ...]
    sections: tuple[Part, ...]
    is_first: bool
    is_held: bool
    whole: PublishedPage


def named(part: str) -> str | None:
    """Return the name of a part, or None where there is none; "" is the first."""
    return NAMES.get(part) if part else next(iter(NAMES.values()))


def of(scope: Scope, whole: PublishedPage, part: str) -> PartPage:
    """Return one part of what is published: the one asked for, or the first that the school has."""
    held = tuple(name for name in NAMES if _holds(whole, name))
    first = held[0] if held else "results"
    here = part or first
    links = tuple(Link(NAMES[each], _address(scope, each, first), each == here) for each in held)
    sections = tuple(each for each in whole.parts if each.anchor == here)
    is_first = here == first
    title = whole.title if is_first or whole.is_empty else f"Published results: {_inside(NAMES[here])}"
    return PartPage(title, here, links, sections, is_first, here in held, whole)


def _inside(words: str) -> str:
    return words[:1].lower() + words[1:]


def _holds(whole: PublishedPage, part: str) -> bool:
    """Whether anything is published of a part."""
    if whole.is_empty:
        return False
    held = {
        "gap": whole.gaps or whole.gaps_hidden,
        "schools": whole.spreads or whole.spread_lacking,
        "spending": True,
    }
    return bool(held.get(part)) or any(each.anchor == part for each in whole.parts)


def _address(scope: Scope, part: str, first: str) -> str:
    assert scope.place is not None  # pages of a school
    if part == first:
        return reverse("published", kwargs={"urn": scope.place.key})
    return reverse("published-part", kwargs={"urn": scope.place.key, "part": part})
