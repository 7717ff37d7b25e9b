"""Exactly what the pages of staff and pupil lists show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.urls import reverse

from headship.core.models import ImportBatch
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.people import roster_presets
from headship.people.models import Post
from headship.people.roster_plan import Plan

STATES = {
    "unmapped": "Waits for its columns",
    "unchosen": "Waits for its posts",
    "previewed": "Waits for you",
    "committed": "Taken in",
    "undone": "Undone",
}
PAGES = {"unmapped": "roster-columns", "unchosen": "roster-posts"}
KINDS = {"join": "New", "change": "Changed", "replace": "Other post", "end": "Ends", "known": "Known"}
COUNTED = ("new", "changed", "ended", "unchanged")
SHOWN = 200
SEEN_BY = (
    "Those who may bring lists: the headteacher, senior leaders and the office",
    "Nobody sees pupils by name: their UPNs are turned into a hash as the file is read, and their names are not read",
)


def address(scope: Scope, name: str, **kwargs: Any) -> str:
    """Return the address of a page of lists at the reader's school."""
    assert scope.place is not None  # only pages of a school ask
    return reverse(name, kwargs={"urn": scope.place.key, **kwargs})


def address_of(scope: Scope, batch: ImportBatch) -> str:
    """Return where a list goes on."""
    return address(scope, PAGES.get(batch.state, "roster"), roster=batch.pk)


@dataclass(frozen=True, slots=True)
class RostersPage:
    """The lists brought so far, the form for another, and the pupils on roll."""

    title: str
    form: Form
    rows: tuple[tuple[str, str, str, str], ...]
    year_groups: tuple[tuple[str, str], ...]
    presets: tuple[str, ...]
    waiting: int
    seen_by: tuple[str, ...] = SEEN_BY


def rosters_page(
    scope: Scope, form: Form, lists: Sequence[ImportBatch], year_groups: Sequence[tuple[str, int]], waiting: int
) -> RostersPage:
    """Arrange the lists of a school."""
    rows = tuple(
        (each.file_name, STATES[each.state], in_words(each.created_at.date()), address_of(scope, each))
        for each in lists
    )
    groups = tuple((name or "No year group given", f"{count:,}") for name, count in year_groups)
    systems = tuple(dict.fromkeys(each.system for each in roster_presets.presets()))
    return RostersPage("Lists of staff and pupils", form, rows, groups, systems, waiting)


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """The columns of a table, and what each may be."""

    title: str
    form: Form
    preset: str
    checked: bool


def columns_page(batch: ImportBatch, form: Form) -> ColumnsPage:
    """Arrange the columns of a table, saying whose export it looks like."""
    preset = roster_presets.nearest(batch.summary["headings"])
    words = f"{preset.system}'s {preset.kind}" if preset else ""
    return ColumnsPage(f"Which column is which in {batch.file_name}?", form, words, bool(preset and preset.checked_on))


@dataclass(frozen=True, slots=True)
class RosterPage:
    """One list: what it would change, or has changed."""

    title: str
    state: str
    words: str
    counts: tuple[tuple[str, ...], ...]
    left_out: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, str, str], ...]
    more: int
    missing: int
    roster: int
    can_take: bool
    can_undo: bool
    posts_url: str


def roster_page(scope: Scope, batch: ImportBatch, found: Plan | None) -> RosterPage:
    """Arrange a list: by the plan before it is taken in, by what was kept afterwards."""
    told = batch.summary
    counts = found.counts() if found else told.get("counts", {})
    left_out = found.left_out if found else told.get("left_out", {})
    steps = found.steps if found else []
    nothing = found is not None and not found.change_count
    stands = any(any(kinds.values()) for kinds in counts.values())
    none = "everybody in it is left out." if left_out and not stands else "what it says already stands."
    says = f"{told['source']}: {told['staff']:,} staff, {told['pupils']:,} pupils."
    return RosterPage(
        title=batch.file_name,
        state=STATES[batch.state],
        words=f"{says} Nothing would change: {none}" if nothing else says,
        counts=tuple(
            (of.capitalize(), *(f"{kinds[kind]:,}" for kind in COUNTED))
            for of, kinds in counts.items()
            if any(kinds.values())
        ),
        left_out=tuple((words[0].upper() + words[1:], f"{count:,}") for words, count in left_out.items()),
        steps=tuple((each.name, KINDS[each.kind], each.words) for each in steps[:SHOWN]),
        more=max(len(steps) - SHOWN, 0),
        missing=found.missing if found else 0,
        roster=batch.pk,
        can_take=found is not None and bool(found.steps or found.pupils),
        can_undo=batch.state == "committed",
        posts_url=address(scope, "roster-posts", roster=batch.pk) if batch.state == "previewed" else "",
    )


@dataclass(frozen=True, slots=True)
class LettersPage:
    """Who cannot sign in yet."""

    title: str
    waiting: Sequence[Post]
