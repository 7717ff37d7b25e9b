"""What the screens of imports, search and published figures show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse

from headship.core import upkeep
from headship.core.models import ImportBatch
from headship.core.pages import in_words
from headship.schools import queries, search
from headship.schools.search import Found

STATES = {
    "previewed": "Waits for you",
    "unmapped": "Waits for its columns",
    "committed": "Imported",
    "undone": "Undone",
    "refused": "Could not be taken",
    "looking": "Being looked through",
    "importing": "Being imported",
    "undoing": "Being undone",
}
UNDER_WAY = {
    "looking": "Headship looks through the file. Nothing is changed by that: you then see what would change.",
    "importing": "Headship makes the changes. They all stand, or none does.",
    "undoing": "Headship puts back what stood before. All of it is put back, or nothing is.",
}


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """The list of imports, and the form for another."""

    title: str
    form: forms.Form
    rows: tuple[tuple[str, str, str, str], ...]


def imports_page(form: forms.Form) -> ImportsPage:
    """Arrange the list of imports."""
    rows = tuple(
        (each.file_name, STATES[each.state], in_words(each.created_at.date()), reverse("import", args=[each.pk]))
        for each in queries.import_batches()
    )
    return ImportsPage("Imports into the register", form, rows)


@dataclass(frozen=True, slots=True)
class UnderWayPage:
    """An import that the worker has in hand, or that waits for it."""

    batch: int
    title: str
    state: str
    words: str
    so_far: str
    stopped: str
    is_waiting_for_worker: bool
    can_choose_another: bool


def under_way_page(batch: ImportBatch, at: datetime) -> UnderWayPage:
    """Arrange how far the worker has come with an import."""
    told = batch.summary
    seconds = max(0, round((at - datetime.fromisoformat(told["asked_at"])).total_seconds()))
    since = f"{seconds} seconds" if seconds < 100 else f"{seconds // 60} minutes"
    rows = told["change_count"] if batch.state != "looking" else told.get("done", 0)
    so_far = f"{rows:,} rows so far" if rows else "It has not begun yet"
    what = so_far if batch.state == "looking" else f"{rows:,} changes"
    return UnderWayPage(
        batch=batch.pk,
        title=batch.file_name,
        state=STATES[batch.state],
        words=UNDER_WAY[batch.state],
        so_far=f"{what}. You asked for it {since} ago.",
        stopped=queries.stopped(batch),
        is_waiting_for_worker=not upkeep.living(at),
        can_choose_another=batch.state == "looking",
    )


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One import: what it would change or has changed. `fault` tells why the last thing asked for was refused."""

    title: str
    state: str
    fault: str
    words: str
    counts: tuple[tuple[str, str, str, str], ...]
    left_out: tuple[tuple[str, str], ...]
    examples: tuple[tuple[str, str, str, str], ...]
    findings: tuple[tuple[str, str, str], ...]
    can_commit: bool
    can_undo: bool
    commit_url: str
    undo_url: str


NOTHING_TOLD: dict[str, Any] = {
    **{counted: {} for counted in ("created", "changed", "unchanged", "left_out")},
    **dict.fromkeys(("examples", "findings"), ()),
    **dict.fromkeys(("label", "written_in", "fault"), ""),
    **dict.fromkeys(("change_count", "rows"), 0),
}


def import_page(batch: ImportBatch) -> ImportPage:
    """Arrange one import."""
    told: dict[str, Any] = {**NOTHING_TOLD, **batch.summary}
    names = [
        each for each in told["created"] if told["created"][each] + told["changed"][each] + told["unchanged"][each]
    ]
    changes = "" if told["change_count"] else " 0 changes: what it says already stands."
    return ImportPage(
        title=batch.file_name,
        state=STATES[batch.state],
        fault=told["fault"],
        words="Nothing was changed. Mend the file, then choose it again."
        if batch.state == "refused"
        else f"It looks like {told['label']}; written in {told['written_in']}; {told['rows']:,} rows.{changes}",
        counts=tuple(
            (each.capitalize(), *(f"{told[kind][each]:,}" for kind in ("created", "changed", "unchanged")))
            for each in names
        ),
        left_out=tuple((words.capitalize(), f"{count:,}") for words, count in told["left_out"].items()),
        examples=tuple(_example(each, change) for each in told["examples"] for change in each["changes"][:3])[:40],
        findings=tuple(
            (f"{each['row']:,}", each["column"], f"{each['words']}. {each['mend']}") for each in told["findings"][:20]
        ),
        can_commit=batch.state == "previewed" and told["change_count"] > 0,
        can_undo=batch.state == "committed",
        commit_url=reverse("import-commit", args=[batch.pk]),
        undo_url=reverse("import-undo", args=[batch.pk]),
    )


def _example(example: dict[str, Any], change: dict[str, Any]) -> tuple[str, str, str, str]:
    before = "new" if example["new"] else str(change["before"] or "blank")
    return example["what"].capitalize(), change["field"].replace("_", " "), before, str(change["after"])


@dataclass(frozen=True, slots=True)
class MappingPage:
    """The columns of a table, and what each may be."""

    title: str
    form: forms.Form
    rows: tuple[tuple[str, str], ...]


def mapping_page(batch: ImportBatch, form: forms.Form) -> MappingPage:
    """Arrange the columns of a table of an unknown kind."""
    rows = tuple((f"to{number}", f"year{number}") for number in range(len(batch.summary["headings"])))
    return MappingPage(f"Which column is which in {batch.file_name}?", form, rows)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was sought and found."""

    title: str
    form: forms.Form
    sought: str
    found: tuple[Found, ...]


def search_page(form: forms.Form, sought: str) -> SearchPage:
    """Search, and arrange what was found."""
    return SearchPage("Find a school", form, sought, tuple(search.find(sought)))
