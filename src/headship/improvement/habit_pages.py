"""Exactly what the pages of habits show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from headship.core import registry
from headship.core.components import TimelineItem
from headship.core.pages import Link, in_words
from headship.core.scope import Scope
from headship.improvement import habit_queries, rules
from headship.improvement.choices import Outcome, Rests
from headship.improvement.models import Habit
from headship.people.holders import Holders, holders
from headship.strategy.pages import address


@dataclass(frozen=True, slots=True)
class HabitRow:
    """One practice of the register."""

    practice: str
    url: str
    rests: str
    facts: str
    state: str
    asks: bool


@dataclass(frozen=True, slots=True)
class HabitsPage:
    """The register of what is done out of habit; those dropped on a page of their own."""

    title: str
    rows: Sequence[HabitRow]
    shows_dropped: bool
    other_url: str
    newer_url: str
    older_url: str
    cannot_note: str | None
    note_url: str


@dataclass(frozen=True, slots=True)
class HabitPage:
    """One practice: what it rests on, and what came of questioning it."""

    title: str
    state: str
    asks: bool
    facts: Sequence[tuple[str, str]]
    evidence: str
    link: str
    reviews: Sequence[TimelineItem]
    bets: Sequence[Link]
    beside: Sequence[registry.Beside]
    is_dropped: bool
    is_tested: bool
    cannot_answer: str | None
    cannot_propose: str | None
    review_url: str
    change_url: str
    bet_url: str
    back: str


def habits_page(scope: Scope, number: int = 1, *, dropped: bool = False) -> HabitsPage:
    """Arrange the register."""
    rows, more = habit_queries.page(scope, number, dropped=dropped)
    people, today = holders(scope), timezone.localdate(scope.at)
    here = address(scope, "habits")
    of = "dropped=yes&" if dropped else ""
    return HabitsPage(
        title="Out of habit",
        rows=[_row(scope, each, people, today) for each in rows],
        shows_dropped=dropped,
        other_url=here if dropped else f"{here}?dropped=yes",
        newer_url=f"{here}?{of}page={number - 1}" if number > 1 else "",
        older_url=f"{here}?{of}page={number + 1}" if more else "",
        cannot_note=rules.propose(scope),
        note_url=address(scope, "habit-note"),
    )


def habit_page(scope: Scope, each: Habit) -> HabitPage:
    """Arrange one practice."""
    people, today = holders(scope), timezone.localdate(scope.at)
    reviews = each.reviews.order_by("on", "pk")
    return HabitPage(
        title=each.practice,
        state=_state(each, today),
        asks=_asks(each, today),
        facts=[
            ("Since when", each.since or "Nobody knows"),
            ("Hours of staff a year", hours_told(each)),
            ("Evidence it rests on", Rests(each.rests).words),
            ("Who answers for it", people.told(each.owner_id)),
            ("Questioned next", in_words(each.review_on) if each.review_on else "No more: it was dropped"),
        ],
        evidence=each.evidence,
        link=each.link,
        reviews=[
            TimelineItem(it.on, Outcome(it.outcome).done, by=people.told(it.by_id), note=it.because) for it in reviews
        ],
        bets=[Link(it.title, address(scope, "bet", bet=it.pk), False) for it in each.bets.order_by("pk")],
        beside=registry.beside(scope, [source := habit_queries.source(each.pk)])[source],
        is_dropped=each.outcome == Outcome.DROP,
        is_tested=each.outcome == Outcome.TEST and not each.bets.exists(),
        cannot_answer=rules.answer(scope, each.owner_id),
        cannot_propose=rules.propose(scope),
        review_url=address(scope, "habit-review", habit=each.pk),
        change_url=address(scope, "habit-change", habit=each.pk),
        bet_url=f"{address(scope, 'bet-propose')}?habit={each.pk}",
        back=address(scope, "habits"),
    )


def hours_told(each: Habit) -> str:
    """Say what a practice costs a year."""
    return "Not known" if each.hours is None else f"{each.hours.normalize():f}"


def _row(scope: Scope, each: Habit, people: Holders, today: date) -> HabitRow:
    asked = f"questioned next on {in_words(each.review_on)}" if each.review_on else ""
    hours = f"{hours_told(each)} hours a year" if each.hours is not None else "hours not known"
    parts = (people.told(each.owner_id), each.since and f"since {each.since}", hours, asked)
    return HabitRow(
        practice=each.practice,
        url=address(scope, "habit", habit=each.pk),
        rests=f"Evidence: {Rests(each.rests).words.lower()}",
        facts=" · ".join(part for part in parts if part),
        state=_state(each, today),
        asks=_asks(each, today),
    )


def _asks(each: Habit, today: date) -> bool:
    return each.review_on is not None and each.review_on <= today


def _state(each: Habit, today: date) -> str:
    if _asks(each, today):
        return "To be questioned now"
    return Outcome(each.outcome).done if each.outcome else "Not questioned yet"
