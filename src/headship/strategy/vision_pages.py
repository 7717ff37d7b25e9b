"""Exactly what the pages of vision and values show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.utils import timezone

from headship.core.components import TimelineItem
from headship.core.pages import academic_year, in_words
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.strategy import pages, queries, rules, vision_queries, vision_rules
from headship.strategy.choices import SHOWN, VisionState
from headship.strategy.models import Approval, Vision
from headship.strategy.pages import Choice, ValueRow

SHOWN_OF_VALUE = 3
NOBODY_YET = "No statement is published yet."


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: its words, its state, since when, and by which meeting."""

    words: Sequence[str]
    state: str
    facts: str
    url: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class MirrorRow:
    """A value, and the decisions of the year that name it."""

    value: str
    said: str
    decisions: Sequence[TimelineItem]
    all_url: str


@dataclass(frozen=True, slots=True)
class ValuesPage:
    """The statement in force, what the school stands for, and the year's mirror."""

    title: str
    statement: Statement | None
    waiting: Statement | None
    none_yet: str
    earlier: Sequence[tuple[str, str]]
    rows: Sequence[ValueRow]
    acted: Sequence[MirrorRow]
    unnamed: str
    year: str
    years: Sequence[Choice]
    cannot_edit: str | None
    cannot_draft: str | None
    draft_url: str
    add_url: str
    log_url: str
    document_url: str


@dataclass(frozen=True, slots=True)
class VisionPage:
    """One statement, its history, and what can be done with it."""

    title: str
    statement: Statement
    history: Sequence[TimelineItem]
    seen_by: str
    open: bool
    version: int
    cannot_change: str | None
    cannot_agree: str | None
    cannot_publish: str | None
    change_url: str
    agree_url: str
    publish_url: str
    back: str


@dataclass(frozen=True, slots=True)
class OnDayPage:
    """Which words were in force on a day."""

    title: str
    form: Form
    said: str
    statement: Statement | None
    back: str


def values_page(scope: Scope, year: int, years: Sequence[int], *, for_all: bool = False) -> ValuesPage:
    """Arrange vision and values with a year's mirror; `for_all` of what all staff may see."""
    now, waiting = vision_queries.in_force(scope), vision_queries.drafted(scope)
    acted = vision_queries.acted_on(scope, year, for_all=for_all)
    counted = {each.key: len(each.decisions) for each in acted}
    return ValuesPage(
        title="Vision and values",
        statement=statement(scope, now) if now else None,
        waiting=statement(scope, waiting) if waiting else None,
        none_yet="" if now else NOBODY_YET,
        earlier=_earlier(scope),
        rows=[pages.value_row(scope, each, counted[each.pk], year) for each in queries.values(scope)],
        acted=[_mirror_row(scope, each, year) for each in acted if each.decisions],
        unnamed=unnamed([each.value for each in acted if not each.decisions], year),
        year=academic_year(year),
        years=[Choice(str(each), academic_year(each), each == year) for each in years],
        cannot_edit=rules.edit_values(scope),
        cannot_draft=vision_rules.draft(scope),
        draft_url="" if waiting else pages.address(scope, "vision-draft"),
        add_url=pages.address(scope, "value-add"),
        log_url=pages.address(scope, "decisions"),
        document_url=f"{pages.address(scope, 'values-document')}?year={year}",
    )


def unnamed(values: Sequence[str], year: int) -> str:
    """Say which values no decision of a year names.

    >>> unnamed(["Craft"], 2026)
    'No decision of 2026/27 names Craft.'
    """
    if not values:
        return ""
    *most, last = values
    return f"No decision of {academic_year(year)} names {f'{", ".join(most)} or {last}' if most else last}."


def vision_page(scope: Scope, each: Vision) -> VisionPage:
    """Arrange one statement."""
    state = VisionState(each.state)
    return VisionPage(
        title="Our vision" if state in SHOWN else "The next statement of our vision",
        statement=statement(scope, each),
        history=[
            TimelineItem(timezone.localdate(change.at), change.words, by=change.by.name)
            for change in vision_queries.changes(each)
        ],
        seen_by=(Visibility.STAFF if state in SHOWN else Visibility.GOVERNORS).words,
        open=state not in SHOWN,
        version=each.version,
        cannot_change=vision_rules.change(scope, state),
        cannot_agree=vision_rules.agree(scope, state),
        cannot_publish=vision_rules.publish(scope, state),
        change_url=pages.address(scope, "vision-change", vision=each.pk),
        agree_url=pages.address(scope, "vision-agree", vision=each.pk),
        publish_url=pages.address(scope, "vision-publish", vision=each.pk),
        back=pages.address(scope, "values"),
    )


def on_day_page(scope: Scope, form: Form, on: date | None) -> OnDayPage:
    """Arrange the words that were in force on a day."""
    found = vision_queries.in_force(scope, on) if on else None
    said = f"No statement was in force on {in_words(on)}." if on and not found else ""
    return OnDayPage(
        title="The vision on any day",
        form=form,
        said=said,
        statement=statement(scope, found) if found else None,
        back=pages.address(scope, "values"),
    )


def statement(scope: Scope, each: Vision) -> Statement:
    """Arrange a statement."""
    facts = [approval_told(agreed)] if (agreed := vision_queries.agreed(each)) else []
    if each.published_on:
        facts.append(f"In force {_from_until(each)}")
    return Statement(
        words=[line.strip() for line in each.words.splitlines() if line.strip()],
        state=VisionState(each.state).words,
        facts=". ".join(facts),
        url=pages.address(scope, "vision", vision=each.pk),
        in_force=each.state == VisionState.PUBLISHED,
    )


def approval_told(each: Approval) -> str:
    """Say in which meeting the board approved something, and which post recorded it."""
    post = Role(each.recorded_as).words.lower()
    return f"Agreed by the board on {in_words(each.on)} ({each.meeting}; recorded by the {post})"


def _from_until(each: Vision) -> str:
    since = f"from {in_words(each.published_on)}"
    return f"{since} until {in_words(each.superseded_on)}" if each.superseded_on else f"{since} until today"


def _earlier(scope: Scope) -> list[tuple[str, str]]:
    return [
        (_from_until(each).capitalize(), pages.address(scope, "vision", vision=each.pk))
        for each in vision_queries.published(scope)
        if each.superseded_on
    ]


def _mirror_row(scope: Scope, each: vision_queries.Acted, year: int) -> MirrorRow:
    more = len(each.decisions) > SHOWN_OF_VALUE
    return MirrorRow(
        value=each.value,
        said=pages.mirrored(len(each.decisions), year),
        decisions=[
            TimelineItem(on=it.decided_on, words=it.what, url=pages.address(scope, "decision", decision=it.pk))
            for it in each.decisions[:SHOWN_OF_VALUE]
        ],
        all_url=f"{pages.address(scope, 'decisions')}?value={each.key}&year={year}" if more else "",
    )
