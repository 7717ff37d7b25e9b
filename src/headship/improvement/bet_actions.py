"""Writes of bets: proposed, let run, read, decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.improvement import bet_queries, rules
from headship.improvement.choices import GOES_ON, BetState
from headship.improvement.models import Bet, BetDecision, BetReading, Habit, HorizonItem
from headship.schools.models import School
from headship.standards import queries as standards
from headship.strategy.models import Priority
from headship.strategy.plan_actions import fresh, owned, refuse, repeated

KIND = "improvement.bet"
ALWAYS = ("4.5",)
WAGERED = ("title", "trying", "expected", "measure", "knows", "baseline", "kill_rule")
FIELDS = (*WAGERED, "cost", "hours", "starts_on", "stops_on")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A bet: “We believe that `trying` will `expected`”, how we will know, what it costs, when and by what it stops."""

    title: str
    trying: str
    expected: str
    measure: str
    knows: str
    kill_rule: str
    owner: int
    starts_on: date
    stops_on: date
    baseline: str = ""
    cost: Decimal | None = None
    hours: Decimal | None = None
    priority: int | None = None
    habit: int | None = None
    item: int | None = None
    characteristics: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """Where the measure stood on a day, what there is to say about it, and whether the kill rule is met."""

    on: date
    value: str
    words: str = ""
    kills: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """Continue, stop or scale: why, what the evidence says, what was learned; or why nothing could be measured.

    `until` is the day it stops next, where it goes on for a time.
    """

    to: BetState
    because: str
    evidence: str
    learned: str
    unmeasured: str = ""
    until: date | None = None


@action("improvement.propose_bet")
def propose_bet(*, by: Scope, at: datetime, once: UUID, proposed: Proposed) -> int:
    """Propose a bet; the same form sent again gives the first one's key."""
    require(rules.propose(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if repeated(found := Bet.objects.filter(school_id=by.school_id, once=once).first()):
        return found.pk
    made = Bet(school_id=by.school_id, once=once)
    _take(by, made, proposed)
    made.habit_id = _ours(Habit, by, proposed.habit)
    made.item_id = _ours(HorizonItem, by, proposed.item)
    made.save()
    made.characteristics.set(standards.characteristic_ids(standards.DEFAULT, proposed.characteristics))
    actions.audit(f"improvement.Bet:{made.pk}", at=at.date().isoformat())
    return made.pk


@action("improvement.change_bet")
def change_bet(*, by: Scope, at: datetime, bet: int, version: int, proposed: Proposed) -> None:
    """Change a bet before it runs. What was wagered is not changed afterwards."""
    now = _locked(by, bet, version)
    require(rules.answer(by, now.owner_id))
    if now.state != BetState.PROPOSED:
        refuse("What was wagered is not changed once a bet runs")
    _take(by, now, proposed)
    now.save()
    now.characteristics.set(standards.characteristic_ids(standards.DEFAULT, proposed.characteristics))
    actions.audit(f"improvement.Bet:{now.pk}", version=now.version, at=at.date().isoformat())


@action("improvement.hand_bet")
def hand_bet(*, by: Scope, at: datetime, bet: int, version: int, owner: int) -> None:
    """Let somebody else answer for a bet."""
    now = _locked(by, bet, version)
    require(rules.answer(by, now.owner_id))
    if now.owner_id != owner:
        owned(by, owner)
    now.owner_id = owner
    now.save(update_fields=["owner", "version"])
    actions.audit(f"improvement.Bet:{now.pk}", owner=owner, at=at.date().isoformat())


@action("improvement.start_bet")
def start_bet(*, by: Scope, at: datetime, bet: int, version: int, stops_on: date) -> None:
    """Let a bet run from today, or again, to a stop date."""
    require(rules.keep(by))
    now, today = _locked(by, bet, version), timezone.localdate(at)
    refuse(rules.move(BetState(now.state), BetState.RUNNING))
    refuse(rules.run(today, stops_on))
    if now.state == BetState.PROPOSED:
        now.starts_on = today
    _run(now, today, stops_on)
    actions.audit(f"improvement.Bet:{now.pk}", to=now.state, until=stops_on.isoformat())


@action("improvement.decline_bet")
def decline_bet(*, by: Scope, at: datetime, bet: int, version: int, because: str) -> None:
    """Say that a proposed bet is not tried, and why."""
    require(rules.keep(by))
    now, today = _locked(by, bet, version), timezone.localdate(at)
    refuse(rules.move(BetState(now.state), BetState.NOT_TRIED))
    BetDecision.objects.create(bet=now, on=today, to=BetState.NOT_TRIED, because=because, by_id=by.person_id)
    _end(now, BetState.NOT_TRIED, today)
    actions.audit(f"improvement.Bet:{now.pk}", to=now.state)


@action("improvement.note_bet_reading")
def note_bet_reading(*, by: Scope, at: datetime, once: UUID, bet: int, measured: Measured) -> int:
    """Note where a bet's measure stood; a kill rule that is met asks for a decision at once."""
    now = get_object_or_404(bet_queries.bets(by).select_for_update(), pk=bet)
    require(rules.answer(by, now.owner_id))
    if repeated(found := BetReading.objects.filter(bet=now, once=once).first()):
        return found.pk
    if now.state != BetState.RUNNING:
        refuse("Only a bet that runs is measured")
    today = timezone.localdate(at)
    refuse(rules.reading(measured.on, since=now.runs_since or now.starts_on, today=today))
    made = BetReading.objects.create(
        bet=now,
        once=once,
        on=measured.on,
        value=measured.value,
        words=measured.words,
        kills=measured.kills,
        by_id=by.person_id,
    )
    if measured.kills and not now.killed_on:
        now.killed_on, now.version = today, now.version + 1
        now.save(update_fields=["killed_on", "version"])
    actions.audit(f"improvement.BetReading:{made.pk}", bet=now.pk, kills=measured.kills)
    return made.pk


@action("improvement.decide_bet")
def decide_bet(*, by: Scope, at: datetime, bet: int, version: int, decided: Decided) -> None:
    """Continue, stop or scale a bet, with the evidence; with a new stop date it runs on to that day."""
    now, today = _locked(by, bet, version), timezone.localdate(at)
    require(rules.answer(by, now.owner_id))
    refuse(rules.move(BetState(now.state), decided.to))
    measured = bet_queries.measured(now)
    refuse(rules.decided(decided.to, decided.until, measured=measured, unmeasured=decided.unmeasured, today=today))
    BetDecision.objects.create(
        bet=now,
        on=today,
        to=decided.to,
        because=decided.because,
        evidence=decided.evidence,
        learned=decided.learned,
        unmeasured=decided.unmeasured,
        until=decided.until,
        by_id=by.person_id,
    )
    _end(now, decided.to, today)
    if decided.until and decided.to in GOES_ON:
        _run(now, today, decided.until)
    _record(now, decided.to, today)
    actions.audit(f"improvement.Bet:{now.pk}", to=decided.to, measured=measured)


def _locked(by: Scope, key: int, version: int) -> Bet:
    """Return a bet to write to, in its next version. Errors: Http404, Stale."""
    now: Bet = get_object_or_404(bet_queries.bets(by).select_for_update(), pk=key)
    fresh(now.version, version)
    now.version = version + 1
    return now


def _take(by: Scope, now: Bet, proposed: Proposed) -> None:
    """Write what was proposed into a bet. Errors: Http404 for a priority of another school, Unusable."""
    refuse(rules.run(proposed.starts_on, proposed.stops_on))
    if now.owner_id != proposed.owner:
        owned(by, proposed.owner)
    for name in FIELDS:
        setattr(now, name, getattr(proposed, name))
    now.owner_id = proposed.owner
    now.priority_id = None
    if proposed.priority is not None:
        now.priority = get_object_or_404(Priority, pk=proposed.priority, plan__school_id=by.school_id)


def _ours(model: type[Habit] | type[HorizonItem], by: Scope, key: int | None) -> int | None:
    """Return a key of the school's own. Errors: Http404 for another's."""
    return None if key is None else get_object_or_404(model, pk=key, school_id=by.school_id).pk


def _run(now: Bet, today: date, stops_on: date) -> None:
    now.state, now.runs_since, now.stops_on = BetState.RUNNING, today, stops_on
    now.killed_on, now.ended_on = None, None
    now.save()


def _end(now: Bet, to: BetState, today: date) -> None:
    now.state, now.ended_on, now.killed_on = to, today, None
    now.save()


def _record(now: Bet, to: BetState, today: date) -> None:
    """Record as evidence that a bet was decided, for what it serves."""
    codes = now.characteristics.values_list("code", flat=True)
    evidence.record(
        kind=KIND,
        words=f"{to.words} with the evidence: {now.title}",
        characteristics=tuple(dict.fromkeys((*ALWAYS, *codes))),
        occurred_on=today,
        visibility=Visibility.STAFF,
        source=bet_queries.source(now.pk),
    )
