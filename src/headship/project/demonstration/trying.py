"""What the demonstration's schools tried, questioned, saw coming and wrote towards an inspection, by its own actions.

Days are named as elsewhere, or counted from today: what is due now is due now on every day it is built.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import yaml

from headship.core.scope import Scope
from headship.improvement import bet_actions, habit_actions, horizon_actions, readiness_actions
from headship.improvement.bet_actions import Decided, Measured, Proposed
from headship.improvement.choices import BetState, Means, Outcome, Rests, Whence
from headship.improvement.habit_actions import Kept, Questioned
from headship.improvement.horizon_actions import Seen
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event
from headship.strategy import plan_queries

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9947")


def events(today: date) -> list[Event]:
    """Return what was tried, questioned and seen before today, oldest first."""
    told: dict[int, Any] = yaml.safe_load((content.FOLDER / "trying.yaml").read_text(encoding="utf-8"))
    every = [event for urn, given in told.items() for event in _of_school(urn, given, today)]
    return sorted((each for each in every if each.at.date() < today), key=lambda each: (each.at, each.urn))


def day_of(when: str, today: date) -> date:
    """Return the day that “last autumn 3 tue” names, or “today -5”.

    >>> day_of("today -5", date(2026, 11, 29))
    datetime.date(2026, 11, 24)
    """
    name, rest = when.split(" ", 1)
    return today + timedelta(int(rest)) if name == "today" else dates.day_of(content.starts_of(today)[name], rest)


def _of_school(urn: int, given: list[Mapping[str, Any]], today: date) -> Iterator[Event]:
    for at, each in enumerate(given):
        day = day_of(each["when"], today)
        hours = (8 + at % 12, 9 + at % 12)  # one after another, where they are of one day
        moment = content.moment(day, f"{urn} {at} {each['does']}", hours)
        yield Event(moment, urn, "trying", each["by"], each, dates.year_of(day))


@dataclass(slots=True)
class Trier:
    """Does it, and remembers what came of it."""

    person: Callable[[str], int]
    today: date
    keys: dict[tuple[int, str], int] = field(default_factory=dict)
    versions: dict[tuple[int, str], int] = field(default_factory=dict)

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing."""
        does = getattr(self, f"_{event.told['does']}")
        does(event, by, event.told)

    def _bet(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        names = ("title", "trying", "expected", "measure", "knows", "kill_rule")
        cost, hours = (Decimal(told[name]) if name in told else None for name in ("cost", "hours"))
        proposed = Proposed(
            **{name: told[name] for name in names},
            baseline=told.get("baseline", ""),
            cost=cost,
            hours=hours,
            owner=self.person(told["owner"]),
            starts_on=event.at.date(),
            stops_on=self._day(told["stops"]),
            habit=self.keys[event.urn, told["habit"]] if "habit" in told else None,
            item=self.keys[event.urn, told["item"]] if "item" in told else None,
            priority=plan_queries.priorities(by).get(title=told["priority"]).pk if "priority" in told else None,
            characteristics=told.get("serves", ()),
        )
        key = bet_actions.propose_bet(by=by, at=event.at, once=_once(event, told["title"]), proposed=proposed)
        self._keep(event, told["title"], key)

    def _run(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key, version = self._next(event, told["of"])
        stops_on = self._day(told["stops"])
        bet_actions.start_bet(by=by, at=event.at, bet=key, version=version, stops_on=stops_on)

    def _measure(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key, once = self.keys[event.urn, told["of"]], _once(event, f"{told['of']} {told['value']}")
        measured = Measured(event.at.date(), told["value"], told.get("words", ""), told.get("kills", False))
        bet_actions.note_bet_reading(by=by, at=event.at, once=once, bet=key, measured=measured)
        if measured.kills:
            self.versions[event.urn, told["of"]] += 1

    def _decide(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key, version = self._next(event, told["of"])
        until = self._day(told["until"]) if "until" in told else None
        words = {name: told[name] for name in ("because", "evidence", "learned")}
        decided = Decided(to=BetState(told["to"]), **words, until=until)
        bet_actions.decide_bet(by=by, at=event.at, bet=key, version=version, decided=decided)

    def _item(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        seen = Seen(
            title=told["title"],
            whence=Whence(told["whence"]),
            source=told["source"],
            expected=told["expected"],
            reader=self.person(told["reader"]),
            read_by=self._day(told["read_by"]),
            expected_on=self._day(told["on"]) if "on" in told else None,
        )
        key = horizon_actions.note_item(by=by, at=event.at, once=_once(event, told["title"]), seen=seen)
        self._keep(event, told["title"], key)

    def _read(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        once, key, means = _once(event, told["of"]), self.keys[event.urn, told["of"]], Means(told["means"])
        horizon_actions.read_item(by=by, at=event.at, once=once, item=key, means=means, words=told["words"])

    def _habit(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        kept = Kept(
            practice=told["practice"],
            owner=self.person(told["owner"]),
            review_on=self._day(told["review"]),
            since=told.get("since", ""),
            hours=Decimal(told["hours"]) if "hours" in told else None,
            rests=Rests(told.get("rests", "none")),
            evidence=told.get("evidence", ""),
        )
        key = habit_actions.note_habit(by=by, at=event.at, once=_once(event, told["practice"]), kept=kept)
        self._keep(event, told["practice"], key)

    def _question(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key, version = self._next(event, told["of"])
        questioned = Questioned(
            outcome=Outcome(told["outcome"]),
            because=told["because"],
            rests=Rests(told["rests"]),
            evidence=told.get("evidence", ""),
            again=self._day(told["again"]) if "again" in told else None,
        )
        habit_actions.review_habit(by=by, at=event.at, habit=key, version=version, questioned=questioned)

    def _ready(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        version = self.versions.get((event.urn, told["area"]), 0)
        show, doing = told.get("show", ""), told.get("doing", "")
        readiness_actions.write_readiness(
            by=by, at=event.at, area=told["area"], version=version, show=show, doing=doing
        )
        self.versions[event.urn, told["area"]] = version + 1

    def _day(self, when: str) -> date:
        return day_of(when, self.today)

    def _keep(self, event: Event, words: str, key: int) -> None:
        self.keys[event.urn, words], self.versions[event.urn, words] = key, 1

    def _next(self, event: Event, words: str) -> tuple[int, int]:
        """Return the key of something and its version before what is done next, which makes the one after."""
        version = self.versions[event.urn, words]
        self.versions[event.urn, words] = version + 1
        return self.keys[event.urn, words], version


def _once(event: Event, words: str) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {event.at.date()} {event.told['does']} {words}")
