"""Exactly what the pages of lists of policies show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form
from django.utils import timezone

from headship.core.models import ImportBatch
from headship.core.pages import Link, in_words
from headship.core.scope import Scope
from headship.people.holders import Holders, holders
from headship.policies import list_queries
from headship.policies.choices import Approver
from headship.policies.list_queries import PREVIEWED, TAKEN, UNDONE
from headship.policies.list_reading import HEADINGS, Line, Listing
from headship.policies.pages import address

STATES = {PREVIEWED: "Waits for you", TAKEN: "Taken in", UNDONE: "Undone"}
SHOWN = 300


@dataclass(frozen=True, slots=True)
class ListsPage:
    """The form for a list, and those brought so far."""

    title: str
    form: Form
    headings: Sequence[str]
    rows: Sequence[tuple[Link, str, str]]
    back: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """One list: what it would add, or added."""

    title: str
    state: str
    waits: bool
    said: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    more: int
    stands: Sequence[str]
    adds: int
    take_url: str
    undo_url: str
    back: str


def lists_page(scope: Scope, form: Form) -> ListsPage:
    """Arrange the lists of policies."""
    found = list_queries.lists(scope).defer("staged")[:20]
    rows = [
        (Link(each.file_name, address(scope, "policy-list", batch=each.pk), False), STATES[each.state],
         in_words(timezone.localdate(each.created_at))) for each in found
    ]  # fmt: skip
    return ListsPage("Bring a list of policies", form, list(HEADINGS.values()), rows, address(scope, "policies"))


def list_page(scope: Scope, batch: ImportBatch) -> ListPage:
    """Arrange one list."""
    waits = batch.state == PREVIEWED and bool(batch.staged)
    found = list_queries.compared(scope, Listing.unpacked(bytes(batch.staged)) if waits else Listing(()))
    people = holders(scope)
    return ListPage(
        title=batch.file_name,
        state=STATES[batch.state],
        waits=waits,
        said=_said(batch, found)
        if waits or batch.state != PREVIEWED
        else "What it would add was forgotten. Bring it again.",
        heads=tuple(HEADINGS.values()),
        rows=[_row(each, people) for each in found.adds[:SHOWN]],
        more=max(len(found.adds) - SHOWN, 0),
        stands=[each.title for each in found.stands],
        adds=len(found.adds),
        take_url=address(scope, "policy-list-take", batch=batch.pk) if waits and found.adds else "",
        undo_url=address(scope, "policy-list-undo", batch=batch.pk) if batch.state == TAKEN else "",
        back=address(scope, "policy-lists"),
    )


def _said(batch: ImportBatch, found: list_queries.Compared) -> str:
    if batch.state == UNDONE:
        return "What it added was taken away again."
    if batch.state == TAKEN:
        return f"{_count(len(batch.summary['made']))} added, without words yet."
    none = "It would add nothing: every policy in it stands already."
    return f"It would add {_count(len(found.adds))}, without words yet." if found.adds else none


def _count(number: int) -> str:
    return f"{number} {'policy' if number == 1 else 'policies'}"


def _row(each: Line, people: Holders) -> tuple[str, ...]:
    return (
        each.title,
        people.told(each.owner) if each.owner else "Nobody yet",
        Approver(each.approver).words,
        str(each.months) if each.months else "No cycle",
        in_words(each.approved) if each.approved else "Not given",
        in_words(each.next_review) if each.next_review else "No day is set",
    )
