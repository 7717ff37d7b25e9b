"""Writes of the workload ledger: a demand is proposed, weighed, reviewed and dropped; what an hour costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeGuard
from uuid import UUID

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.analysis.directed_time import told
from headship.core import actions, registry
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.people import holders
from headship.schools.models import School
from headship.workload import queries, rules
from headship.workload.choices import ASKED, Kind, Outcome, State
from headship.workload.models import Demand, DemandAsked, DemandChange, Rate, RateCard

KIND, SERVES = "workload.demand", ("P", "2.4")
CHANGED = (
    "Somebody changed this while you were writing. Theirs was kept and yours was not saved: look, then save again."
)


@dataclass(frozen=True, slots=True)
class Asks:
    """A demand: what, why, who answers for it, how long each time, how often a year, of whom, and what goes for it.

    `asked` says how many of a post are asked; None is all of them.
    """

    title: str
    kind: Kind
    reason: str
    owner: int
    minutes: int
    times: int
    asked: Mapping[str, int | None]
    review_on: date
    directed: bool = False
    goes: int | None = None
    nothing_because: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review came to: why, when again, and what it takes from now on where it was made smaller or rarer."""

    outcome: Outcome
    because: str
    next_on: date | None = None
    minutes: int | None = None
    times: int | None = None


@action("workload.propose_demand")
def propose_demand(*, by: Scope, at: datetime, once: UUID, asks: Asks) -> int:
    """Propose that staff be asked for something; the same form sent again gives the first one's key."""
    require(rules.propose(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if repeated(found := Demand.objects.filter(school_id=by.school_id, once=once).first()):
        return found.pk
    refuse(rules.more(queries.waiting_of(by)))
    today = timezone.localdate(at)
    made = Demand(school_id=by.school_id, once=once, proposed_by_id=by.person_id, proposed_on=today)
    _take(by, made, asks, today)
    made.save()
    _ask(made, asks)
    _tell(made, by, at, "Proposed")
    actions.audit(f"workload.Demand:{made.pk}", minutes=asks.minutes, times=asks.times)
    return made.pk


@action("workload.change_demand")
def change_demand(*, by: Scope, at: datetime, demand: int, version: int, asks: Asks) -> None:
    """Change a proposal."""
    now = _locked(by, demand)
    require(rules.change(by, now.proposed_by_id, State(now.state)))
    fresh(now.version, version)
    _take(by, now, asks, timezone.localdate(at))
    now.version += 1
    now.save()
    now.asked.all().delete()
    _ask(now, asks)
    _tell(now, by, at, f"Changed: {_size(now)}")
    actions.audit(f"workload.Demand:{now.pk}", version=now.version)


@action("workload.weigh_demand")
def weigh_demand(*, by: Scope, at: datetime, demand: int, version: int, to: State, because: str) -> None:  # noqa: PLR0913  # a move's parts
    """Agree to a demand, which drops what goes for it, or refuse it."""
    now = _locked(by, demand)
    require(rules.weigh(by, State(now.state)))
    fresh(now.version, version)
    refuse(rules.move(State(now.state), to, because))
    if to == State.AGREED:
        now.agreed_on = timezone.localdate(at)
        _let_go(now, by, at)
    else:
        now.ended_on = timezone.localdate(at)
    now.state, now.because, now.version = to, because, version + 1
    now.save()
    _tell(now, by, at, f"{to.words}{f': {because}' if because else ''}")
    _record(now, at, f"Weighed what staff are asked, and {to.words.lower()} it: {now.title}")
    actions.audit(f"workload.Demand:{now.pk}", to=to, goes=now.goes_id)


@action("workload.review_demand")
def review_demand(*, by: Scope, at: datetime, demand: int, version: int, reviewed: Reviewed) -> None:
    """Review a demand: keep it, make it smaller or rarer, or drop it."""
    now = _locked(by, demand)
    require(rules.review(by, now.owner_id, State(now.state)))
    fresh(now.version, version)
    today = timezone.localdate(at)
    refuse(rules.reviewed(reviewed.outcome, reviewed.because, reviewed.next_on, today=today))
    if reviewed.outcome == Outcome.DROP:
        _drop(now, by, at, reviewed.because)
    else:
        said = _kept(now, reviewed)
        now.version += 1
        now.save()
        _tell(now, by, at, f"Reviewed, {said}: {reviewed.because}")
        _record(now, at, f"Reviewed what staff are asked: {now.title}, {said}")
    actions.audit(f"workload.Demand:{now.pk}", outcome=reviewed.outcome, version=now.version)


@action("workload.question_demand")
def question_demand(*, by: Scope, at: datetime, demand: int, version: int, habit: int | None) -> None:
    """Name the habit by which a demand is questioned, or none."""
    now = _locked(by, demand)
    require(rules.question(by, now.owner_id, now.proposed_by_id))
    fresh(now.version, version)
    offered = registry.nameable(by, queries.HABIT)
    if habit is not None and habit not in offered:
        raise Unusable("Choose a habit from the list. Nothing was saved.")
    now.habit, now.version = habit, version + 1
    now.save(update_fields=["habit", "version"])
    _tell(now, by, at, f"Questioned as a habit: {offered[habit]}" if habit else "Questioned as no habit")
    actions.audit(f"workload.Demand:{now.pk}", habit=habit, version=now.version)


@action("workload.set_rates")
def set_rates(*, by: Scope, at: datetime, version: int, rates: Mapping[str, Decimal]) -> None:
    """Enter what an hour of each post costs, or of every post without its own (under no post)."""
    require(rules.rate(by))
    School.objects.select_for_update().get(pk=by.school_id)
    card = RateCard.objects.filter(school_id=by.school_id).first()
    fresh(card.version if card else 0, version)
    if set(rates) - {"", *ASKED} or any(each < 0 for each in rates.values()):
        raise Unusable("Enter pounds an hour, none below nothing. Nothing was saved.")
    if card is None:
        card = RateCard.objects.create(school_id=by.school_id)
    else:
        card.version += 1
        card.save(update_fields=["version"])
    card.rates.all().delete()
    Rate.objects.bulk_create(Rate(card=card, role=role, pounds=pounds) for role, pounds in rates.items())
    actions.audit(f"workload.RateCard:{card.pk}", version=card.version, on=at.date().isoformat())


def repeated[M: Model](found: M | None) -> TypeGuard[M]:
    """Say to the audit that a form came twice, where it did."""
    if found is not None:
        actions.audit(f"{found._meta.label}:{found.pk}", repeated=True)
    return found is not None


def fresh(now: int, typed: int) -> None:
    """Refuse what was typed about an older version. Errors: Stale."""
    if now != typed:
        raise Stale(CHANGED)


def refuse(wrong: str | None) -> None:
    """Refuse what the form would not have let through. Errors: Unusable."""
    if wrong:
        raise Unusable(f"{wrong}. Nothing was saved.")


def _locked(by: Scope, key: int) -> Demand:
    found: Demand = get_object_or_404(Demand.objects.select_for_update(), pk=key, school_id=by.school_id)
    return found


def _take(by: Scope, now: Demand, asks: Asks, today: date) -> None:
    """Write what a demand is into it. Errors: Unusable."""
    refuse(rules.takes(asks.minutes, asks.times))
    refuse(rules.people(asks.asked.values()))
    refuse(rules.within_a_year(asks.review_on, today=today))
    refuse(rules.what_goes(goes=asks.goes is not None, nothing_because=asks.nothing_because))
    if not asks.asked or set(asks.asked) - set(ASKED):
        raise Unusable("Choose who is asked. Nothing was saved.")
    if now.owner_id != asks.owner and asks.owner not in dict(holders.holders(by).offered):
        raise Unusable("Choose who answers for it from the list. Nothing was saved.")
    if asks.goes is not None and asks.goes not in {each.pk for each in queries.agreed(by)} - {now.pk}:
        raise Unusable("What goes must be something that staff are asked today. Nothing was saved.")
    now.title, now.kind, now.reason, now.owner_id = asks.title, asks.kind, asks.reason, asks.owner
    now.minutes, now.times, now.directed, now.review_on = asks.minutes, asks.times, asks.directed, asks.review_on
    now.goes_id, now.nothing_because = asks.goes, asks.nothing_because


def _ask(of: Demand, asks: Asks) -> None:
    DemandAsked.objects.bulk_create(
        DemandAsked(demand=of, role=role, people=people) for role, people in asks.asked.items()
    )


def _let_go(now: Demand, by: Scope, at: datetime) -> None:
    """Drop what goes for a demand. Errors: Stale where it went meanwhile."""
    if now.goes_id is None:
        return
    other = _locked(by, now.goes_id)
    if other.state != State.AGREED:
        raise Stale(
            "What was to go for it is gone already. Choose something else to go, then agree. Nothing was saved."
        )
    _drop(other, by, at, f"In exchange for: {now.title}")


def _drop(now: Demand, by: Scope, at: datetime, because: str) -> None:
    refuse(rules.move(State(now.state), State.DROPPED, because))
    now.state, now.because, now.ended_on = State.DROPPED, because[:300], timezone.localdate(at)
    now.version += 1
    now.save()
    _tell(now, by, at, f"Dropped: {because}")
    saved = told(queries.weighed(by).minutes(now).total())
    _record(now, at, f"Dropped from what staff are asked: {now.title}, {saved} a year")


def _kept(now: Demand, reviewed: Reviewed) -> str:
    """Set when a demand is reviewed again, and what it takes; return what the review came to, in words."""
    assert reviewed.next_on is not None  # the rule asked for it
    now.review_on = reviewed.next_on
    if reviewed.outcome == Outcome.KEEP:
        return "kept"
    minutes, times = reviewed.minutes or 0, reviewed.times or 0
    refuse(rules.takes(minutes, times))
    if minutes * times >= now.minutes * now.times:
        raise Unusable("A review makes it smaller or rarer. To ask for more, propose it anew. Nothing was saved.")
    now.minutes, now.times = minutes, times
    return f"now {_size(now)}"


def _size(of: Demand) -> str:
    return f"{of.minutes} minutes, {'once' if of.times == 1 else f'{of.times} times'} a year"


def _tell(of: Demand, by: Scope, at: datetime, words: str) -> None:
    DemandChange.objects.create(demand=of, on=timezone.localdate(at), by_id=by.person_id, words=words[:400])


def _record(of: Demand, at: datetime, words: str) -> None:
    evidence.record(
        kind=KIND,
        words=words,
        characteristics=SERVES,
        occurred_on=timezone.localdate(at),
        visibility=Visibility.STAFF,
        source=queries.source(of.pk),
    )
