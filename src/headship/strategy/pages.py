"""Exactly what each screen of values and decisions shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.urls import reverse
from django.utils import timezone

from headship.core import registry
from headship.core.components import TimelineItem
from headship.core.pages import Link, academic_year
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.strategy import journal_queries, journal_rules, queries, rights_queries, rules
from headship.strategy.journal_looks import Look, look, when
from headship.strategy.models import Decision, DecisionChange, Value


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """The decision log."""

    title: str
    rows: Sequence[TimelineItem]
    filtered: bool
    filters: Form
    more: str
    cannot_note: str | None
    note_url: str
    values_url: str
    looked_url: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One decision: what and state, who can see it, what it serves and feeds, its history."""

    title: str
    why: str
    on: date
    who: str
    withdrawn: bool
    seen_by: str
    values: Sequence[str]
    characteristics: Sequence[tuple[str, str]]
    history: Sequence[TimelineItem]
    area: tuple[str, str] | None
    expected: str
    when: str
    looks: Sequence[Look]
    actions: Sequence[Link]
    cannot_look: str | None
    look_url: str
    cannot_change: str | None
    cannot_withdraw: str | None
    change_url: str
    withdraw_url: str
    log_url: str
    beside: Sequence[registry.Beside]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form. `aside` explains; `fuller` leads to the form with the day."""

    title: str
    form: Form
    button: str
    back: str
    aside: str = ""
    fuller: str = ""
    hint: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class EmptyPlanPage:
    """Where no plan is yet: how to begin one."""

    title: str
    begin_url: str
    cannot_edit: str | None


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value with its mirror."""

    name: str
    meaning: str
    mirrored: str
    count: int
    change_url: str
    retire_url: str
    version: int


def decisions_page(scope: Scope, wanted: queries.Filter, filters: Form) -> DecisionsPage:
    """Arrange the decision log."""
    rows, following = queries.decisions(scope, wanted)
    asked = ("value", "year", "area", "state")
    kept = {name: getattr(wanted, name) or "" for name in asked}
    after = f"{following[0].isoformat()}.{following[1]}" if following else ""
    return DecisionsPage(
        title="Decisions",
        rows=[row(scope, each) for each in rows],
        filtered=wanted.narrowed,
        filters=filters,
        more=f"{address(scope, 'decisions')}?{urlencode({**kept, 'before': after})}" if after else "",
        cannot_note=rules.note_decision(scope),
        note_url=address(scope, "decision-note"),
        values_url=address(scope, "values"),
        looked_url=address(scope, "decisions-looked-back"),
    )


def row(scope: Scope, each: Decision) -> TimelineItem:
    """Arrange a decision for a list."""
    served = ", ".join(value.name for value in each.values.all())
    return TimelineItem(
        on=each.decided_on,
        words=each.what,
        url=address(scope, "decision", decision=each.id),
        by=_who(each),
        note=". ".join(filter(None, (f"Serves {served}" if served else "", when(each, timezone.localdate(scope.at))))),
    )


def decision_page(scope: Scope, each: Decision, changes: Sequence[DecisionChange], today: date) -> DecisionPage:
    """Arrange one decision."""
    facts = queries.facts(each)
    return DecisionPage(
        title=each.what,
        why=each.why,
        on=each.decided_on,
        who=_who(each),
        withdrawn=each.withdrawn_at is not None,
        seen_by=Visibility(each.visibility).words,
        values=[value.name for value in each.values.all()],
        characteristics=[
            (
                f"{it.code} {it.short_title}",
                address(scope, "characteristic", code=it.code),
            )
            for it in each.characteristics.all()
        ],
        history=[TimelineItem(timezone.localdate(change.at), change.words, by=change.by.name) for change in changes],
        area=_area(scope, each),
        expected=each.expected,
        when=when(each, today),
        looks=[look(it) for it in journal_queries.looks(each)],
        actions=[
            Link(it.what, address(scope, "planned-action", planned=it.pk), False) for it in each.actions.order_by("pk")
        ],
        cannot_look=journal_rules.look_back(scope, facts),
        look_url=address(scope, "decision-look-back", decision=each.id),
        cannot_change=rules.change_decision(scope, facts, today=today),
        cannot_withdraw=rules.withdraw_decision(scope, facts),
        change_url=address(scope, "decision-change", decision=each.id),
        withdraw_url=address(scope, "decision-withdraw", decision=each.id),
        log_url=address(scope, "decisions"),
        beside=registry.beside(scope, [source := queries.source(each.id)])[source],
    )


def _area(scope: Scope, each: Decision) -> tuple[str, str] | None:
    """Return the name and the page of the area it was decided in."""
    if each.area_id is None:
        return None
    return rights_queries.name_of(scope, each.area_id), address(scope, "area", responsibility=each.area_id)


def note_page(scope: Scope, form: Form, fuller: str, hint: tuple[str, str] | None = None) -> FormPage:
    """Arrange the form for a new decision."""
    post = Role(rules.decided_as(scope)).words.lower()
    return FormPage(
        title="Note a decision",
        form=form,
        button="Note it all the same" if hint else "Note the decision",
        back=address(scope, "decisions"),
        aside=f"It is noted as yours, as {post}{', decided today' if fuller else ''}.",
        fuller=fuller,
        hint=hint,
    )


def withdraw_page(scope: Scope, form: Form, each: Decision) -> FormPage:
    """Arrange the form for withdrawing a decision."""
    return FormPage(
        title="Withdraw a decision",
        form=form,
        button="Withdraw it",
        back=address(scope, "decision", decision=each.id),
        aside=f"“{each.what}” leaves the log and the Standards profile. Its page stays, with your reason.",
    )


def as_typed(each: Decision) -> dict[str, Any]:
    """Return a decision as its form holds it."""
    return {
        "what": each.what,
        "why": each.why,
        "serves": [f"v{it.id}" for it in each.values.all()] + [f"c{it.code}" for it in each.characteristics.all()],
        "visibility": each.visibility,
        "decided_on": each.decided_on,
        "area": each.area_id,
        "expected": each.expected,
        "review_on": each.review_on,
        "version": each.version,
    }


def mirrored(count: int, year: int) -> str:
    """Say in words how many of a year's decisions name a value."""
    of_year = f"of {academic_year(year)}"
    if count == 0:
        return f"No decision {of_year} names this value."
    return (
        f"One decision {of_year} names this value." if count == 1 else f"{count} decisions {of_year} name this value."
    )


def value_row(scope: Scope, each: Value, count: int, year: int) -> ValueRow:
    """Arrange one value with how often a year's decisions name it."""
    return ValueRow(
        name=each.name,
        meaning=each.meaning,
        mirrored=mirrored(count, year),
        count=count,
        change_url=address(scope, "value-change", value=each.id),
        retire_url=address(scope, "value-retire", value=each.id),
        version=each.version,
    )


def _who(each: Decision) -> str:
    return f"{each.decided_by.name}, {Role(each.decided_as).words.lower()}"


def address(scope: Scope, name: str, **rest: object) -> str:
    """Return the address of a page of the school the reader is in."""
    assert scope.place is not None
    return reverse(name, kwargs={"urn": scope.place.key, **rest})
