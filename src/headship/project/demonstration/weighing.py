"""How the demonstration's school came to its workload ledger and its directed time, by the product's own actions."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from headship.core.registry import nameable
from headship.core.scope import Scope
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event
from headship.schools.calendar_dates import bounds
from headship.workload import demand_actions, directed_actions, directed_queries, queries
from headship.workload.choices import Directed, Kind, Outcome, State
from headship.workload.demand_actions import Asks, Reviewed
from headship.workload.directed_actions import Placing, Works
from headship.workload.models import DirectedYear

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9935")


def events(today: date) -> list[Event]:
    """Return what was proposed, weighed, reviewed and placed before today, oldest first."""
    told: dict[int, Any] = yaml.safe_load((content.FOLDER / "workload.yaml").read_text(encoding="utf-8"))
    every = [event for urn, parts in told.items() for part in parts.values() for event in _of_school(urn, part, today)]
    return sorted((each for each in every if each.at.date() < today), key=lambda each: (each.at, each.urn))


def _of_school(urn: int, given: list[Mapping[str, Any]], today: date) -> Iterator[Event]:
    years = content.starts_of(today)
    for at, each in enumerate(given):
        name, when = each["when"].split(" ", 1)
        day = dates.day_of(years[name], when)
        hours = (8 + at % 12, 9 + at % 12)  # one after another, where they are of one day
        moment = content.moment(day, f"{urn} {at} {each['does']}", hours)
        yield Event(moment, urn, "weighing", each["by"], each, years[name])


@dataclass(slots=True)
class Weigher:
    """Does it, and remembers what came of it."""

    person: Callable[[str], int]
    today: date
    demands: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing."""
        getattr(self, f"_{event.told['does']}")(event, by, event.told)

    # --- the ledger

    def _rates(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        pounds = {role: Decimal(each) for role, each in told["pounds"].items()}
        demand_actions.set_rates(by=by, at=event.at, version=0, rates=pounds)

    def _propose(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        goes = self.demands[event.urn, told["goes"]][0] if "goes" in told else None
        asks = Asks(
            title=told["title"],
            kind=Kind(told["kind"]),
            reason=told["reason"],
            owner=self.person(told["owner"]),
            minutes=told["minutes"],
            times=told["times"],
            asked=told["asked"],
            review_on=self._day(told["review"]),
            directed=told.get("directed", False),
            goes=goes,
            nothing_because=told.get("nothing", ""),
        )
        key = demand_actions.propose_demand(by=by, at=event.at, once=_once(event, asks.title), asks=asks)
        self.demands[event.urn, asks.title] = (key, 1)

    def _weigh(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key, version = self._next(event, told)
        to, because = State(told["to"]), told.get("because", "")
        demand_actions.weigh_demand(by=by, at=event.at, demand=key, version=version, to=to, because=because)

    def _review(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key, version = self._next(event, told)
        reviewed = Reviewed(
            outcome=Outcome(told["outcome"]),
            because=told["because"],
            next_on=self._day(told["next"]) if "next" in told else None,
            minutes=told.get("minutes"),
            times=told.get("times"),
        )
        demand_actions.review_demand(by=by, at=event.at, demand=key, version=version, reviewed=reviewed)

    def _question(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key, version = self._next(event, told)
        habit = next(key for key, words in nameable(by, queries.HABIT).items() if words == told["habit"])
        demand_actions.question_demand(by=by, at=event.at, demand=key, version=version, habit=habit)

    def _next(self, event: Event, told: Mapping[str, Any]) -> tuple[int, int]:
        """Return a demand's key and its version before what is done next, which makes the one after."""
        key, version = self.demands[event.urn, told["of"]]
        self.demands[event.urn, told["of"]] = (key, version + 1)
        return key, version

    # --- directed time

    def _begin(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        directed_actions.begin_year(by=by, at=event.at, starts_in=event.starts_in)

    def _works(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        of = _year(event, by)
        starts_on = event.day(told["from"]) if "from" in told else bounds(event.starts_in)[0]
        works = Works(starts_on, part=told["part"], whole=told["whole"], weekdays=told["weekdays"])
        directed_actions.set_working(
            by=by, at=event.at, year=of.pk, version=of.version, person=self.person(told["who"]), works=works
        )

    def _weekly(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        for weekday in told["weekdays"]:
            self._place(event, by, told, weekday=weekday)

    def _dated(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        self._place(event, by, told, on=[event.day(each) for each in told["days"]])

    def _place(
        self,
        event: Event,
        by: Scope,
        told: Mapping[str, Any],
        *,
        weekday: int | None = None,
        on: list[date] | None = None,
    ) -> None:
        of = _year(event, by)
        placing = Placing(
            kind=Directed(told["kind"]),
            title=told["title"],
            minutes=told["minutes"],
            weekday=weekday,
            dates=on or (),
            everybody="roles" not in told and "people" not in told,
            roles=told.get("roles", ()),
            people=[self.person(each) for each in told.get("people", ())],
        )
        once = _once(event, f"{placing.title} {weekday} {told.get('roles')}")
        directed_actions.place_time(by=by, at=event.at, year=of.pk, version=of.version, once=once, placing=placing)

    def _publish(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        of = _year(event, by)
        directed_actions.publish_year(by=by, at=event.at, year=of.pk, version=of.version)

    def _read(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        of = _year(event, by)
        directed_actions.read_statement(by=by, at=event.at, year=of.pk, version=of.published_version)

    def _day(self, when: str) -> date:
        name, rest = when.split(" ", 1)
        return dates.day_of(content.starts_of(self.today)[name], rest)


def _year(event: Event, by: Scope) -> DirectedYear:
    found = directed_queries.year(by, event.starts_in)
    assert found is not None  # it was begun before
    return found


def _once(event: Event, words: str) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {event.starts_in} {event.told['does']} {words}")
