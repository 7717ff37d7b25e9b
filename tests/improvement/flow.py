"""What tests of improvement do again and again, by the product's own actions."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from headship.improvement import bet_actions, habit_actions, horizon_actions
from headship.improvement.bet_actions import Decided, Measured, Proposed
from headship.improvement.choices import BetState, Means, Outcome, Rests, Whence
from headship.improvement.habit_actions import Kept, Questioned
from headship.improvement.horizon_actions import Seen
from headship.improvement.models import Bet, Habit
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
DAY = timedelta(days=1)


def proposed(cast: Cast, **changed: object) -> Proposed:
    """Return a bet that the teacher answers for, over thirty days."""
    told = Proposed(
        title="A quiet start",
        trying="five silent minutes",
        expected="calm the corridor",
        measure="Late pupils in a week",
        knows="Fewer than ten",
        kill_rule="lessons start later",
        owner=cast.people["teacher"].pk,
        starts_on=TODAY,
        stops_on=TODAY + 30 * DAY,
    )
    return replace(told, **changed)


def propose(cast: Cast, persona: str = "teacher", at: datetime = AT, **changed: object) -> int:
    """Propose a bet."""
    told = proposed(cast, **changed)
    return bet_actions.propose_bet(by=cast.scope(persona), at=at, once=uuid4(), proposed=told)


def start(cast: Cast, key: int, persona: str = "headteacher", at: datetime = AT, stops_on: date | None = None) -> None:
    """Let a bet run."""
    now = Bet.objects.get(pk=key)
    until = stops_on or now.stops_on
    bet_actions.start_bet(by=cast.scope(persona), at=at, bet=key, version=now.version, stops_on=until)


def run(cast: Cast, *, began: int = 40, stops: int = -3, **changed: object) -> int:
    """Propose a bet and let it run from some days ago to a day counted from today."""
    at, stops_on = AT - began * DAY, TODAY + stops * DAY
    key = propose(cast, at=at, starts_on=TODAY - began * DAY, stops_on=stops_on, **changed)
    start(cast, key, at=at)
    return key


def measure(
    cast: Cast, key: int, persona: str = "teacher", *, value: str = "8", on: date = TODAY, kills: bool = False
) -> int:
    """Note where a bet's measure stands."""
    by, measured = cast.scope(persona), Measured(on, value, "Counted twice", kills)
    return bet_actions.note_bet_reading(by=by, at=AT, once=uuid4(), bet=key, measured=measured)


def decided(to: str, **changed: object) -> Decided:
    """Return a decision with its evidence."""
    told = Decided(BetState(to), "It cost too much", "8 where it was 20", "Begin smaller")
    return replace(told, **changed)


def decide(cast: Cast, key: int, to: str, persona: str = "teacher", **changed: object) -> None:
    """Decide a bet."""
    version = Bet.objects.get(pk=key).version
    by = cast.scope(persona)
    bet_actions.decide_bet(by=by, at=AT, bet=key, version=version, decided=decided(to, **changed))


def seen(cast: Cast, **changed: object) -> Seen:
    """Return something on the horizon for the senior leader to read within five days."""
    reader = cast.people["senior_leader"].pk
    return replace(Seen("A new road", Whence.LOCAL, "The council", "next year", reader, TODAY + 5 * DAY), **changed)


def note_item(cast: Cast, persona: str = "chair", at: datetime = AT, **changed: object) -> int:
    """Put something on the horizon."""
    by = cast.scope(persona)
    return horizon_actions.note_item(by=by, at=at, once=uuid4(), seen=seen(cast, **changed))


def read(cast: Cast, key: int, means: str, persona: str = "senior_leader", words: str = "We wait") -> int:
    """Say what something means for the school."""
    by, told = cast.scope(persona), Means(means)
    return horizon_actions.read_item(by=by, at=AT, once=uuid4(), item=key, means=told, words=words)


def kept(cast: Cast, **changed: object) -> Kept:
    """Return a practice that the teacher answers for, questioned in ten days."""
    return replace(Kept("Reports of six pages", cast.people["teacher"].pk, TODAY + 10 * DAY), **changed)


def note_habit(cast: Cast, persona: str = "teacher", at: datetime = AT, **changed: object) -> int:
    """Put a practice to the question."""
    by = cast.scope(persona)
    return habit_actions.note_habit(by=by, at=at, once=uuid4(), kept=kept(cast, **changed))


def questioned(outcome: str, **changed: object) -> Questioned:
    """Return what came of questioning a habit, asked again in a hundred days unless it is dropped."""
    again = None if outcome == "drop" else TODAY + 100 * DAY
    return replace(Questioned(Outcome(outcome), "Nobody reads them", Rests.OURS, "We asked", again=again), **changed)


def question(cast: Cast, key: int, outcome: str, persona: str = "teacher", **changed: object) -> None:
    """Question a habit."""
    by, version = cast.scope(persona), Habit.objects.get(pk=key).version
    told = questioned(outcome, **changed)
    habit_actions.review_habit(by=by, at=AT, habit=key, version=version, questioned=told)
