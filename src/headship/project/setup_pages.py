"""Exactly what each screen of the first hour shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from headship.core.models import ImportBatch
from headship.project.choices import Step
from headship.schools.pages import UnderWayPage
from headship.schools.search import Found

MOST_FOUND = 20
NO_WORKER = "It waits: nothing works in the background. Whoever started Headship can start “headship work” beside it."
COUNTED = {"authority": "Local authorities", "trust": "Trusts", "school": "Schools", "figure": "Published figures"}


@dataclass(frozen=True, slots=True)
class StepPage:
    """A screen with one thing on it: words, perhaps a form, a button, and other ways on."""

    title: str
    step: str = ""
    words: Sequence[str] = ()
    form: Form | None = None
    button: str = ""
    files: bool = False
    others: Sequence[tuple[str, str]] = ()
    facts: Sequence[tuple[str, str]] = ()
    look_again: str = ""


@dataclass(frozen=True, slots=True)
class FindPage:
    """The search for one's school."""

    title: str
    step: str
    form: Form
    asked: bool
    found: Sequence[Found]
    more: bool
    by_hand: str
    register: str


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """A form of several groups, with a way to leave it for later, and a warning of what is to be checked."""

    title: str
    step: str
    words: Sequence[str]
    form: Form
    button: str
    skip: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class LettersPage:
    """The addresses that invitations carry, shown once."""

    title: str
    step: str
    letters: Sequence[Mapping[str, str]]


def begin_page(step: Step) -> StepPage:
    """Arrange the first screen, or the one that welcomes back."""
    return StepPage(
        title="Set Headship up",
        words=(
            "It takes about ten minutes: your school, your account, the term dates, three people to begin with. "
            "Then the Standards profile opens, with what is published about your school filled in.",
            "You can close the browser at any time and go on later where you stopped.",
        ),
        button="Start" if step is Step.REGISTER else "Go on",
    )


def under_way_page(page: UnderWayPage, again: str) -> StepPage:
    """Arrange how far the worker has come with the register. The form has no field: its button looks again."""
    if page.stopped:
        words: tuple[str, ...] = (f"It stopped. {page.stopped} Nothing was changed: choose the file again.",)
    else:
        idle = (NO_WORKER,) if page.is_waiting_for_worker else ()
        left = "You can leave this page or close the browser, and go on here later where you stopped."
        words = (page.words, page.so_far, *idle, left)
    return StepPage(
        title=f"{page.state}: {page.title}",
        step=Step.REGISTER.words,
        words=words,
        look_again="" if page.stopped else "Look again",
        others=(("Choose another file", again),) if page.stopped or page.can_choose_another else (),
    )


def refused_page(batch: ImportBatch, again: str) -> StepPage:
    """Arrange why the register's file could not be taken."""
    return StepPage(
        title="This file could not be taken",
        step=Step.REGISTER.words,
        words=(batch.summary["fault"], "Nothing was changed."),
        others=(("Choose another file", again),),
    )


def preview_page(summary: Mapping[str, Any], again: str) -> StepPage:
    """Arrange what a register's file would bring in."""
    counted = [
        (COUNTED.get(what, what.capitalize()), f"{summary['created'].get(what, 0) + summary['changed'].get(what, 0):,}")
        for what in summary["created"] | summary["changed"]
        if summary["created"].get(what) or summary["changed"].get(what)
    ]
    left_out = [("Left out", f"{count:,} {group}") for group, count in summary["left_out"].items()]
    return StepPage(
        title="Bring the register in",
        step=Step.REGISTER.words,
        words=(
            f"The file looks like {summary['label']}, with {summary['rows']:,} rows. Nothing has been changed yet.",
        ),
        facts=[*counted, *left_out],
        button="Bring it in",
        others=(("Choose another file", again),),
    )
