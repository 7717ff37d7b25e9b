"""What the demonstration's schools did about equality, each step by the product's own action."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import yaml

from headship.core.scope import Scope
from headship.equality import aim_actions, apart_actions, check_actions, queries, statement_actions
from headship.equality.aim_actions import Aimed
from headship.equality.check_actions import Found, Settled
from headship.equality.choices import PROTECTED, Effect, Subject
from headship.policies.choices import Stage
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event
from headship.strategy import plan_queries
from headship.strategy import queries as strategy

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9942")
CODES = {code.removeprefix("equality.").partition("_")[0]: code for code in PROTECTED}


def events(today: date) -> list[Event]:
    """Return what was drafted, published, reviewed and checked before today, oldest first."""
    told: dict[int, Any] = yaml.safe_load((content.FOLDER / "equality.yaml").read_text(encoding="utf-8"))
    every = [event for urn, given in told.items() for event in _of_school(urn, given, today)]
    every += _of_themselves(content.starts_of(today)["last"])
    return sorted((each for each in every if each.at.date() < today), key=lambda each: (each.at, each.urn))


def _of_themselves(starts_in: int) -> Iterator[Event]:
    """Yield what some of the staff say of themselves, for equality, each on a day of their own."""
    first = dates.day_of(starts_in, "spring 2 mon")
    for at, (key, person) in enumerate(content.staff().items()):
        if "says" in person:
            moment = content.moment(first + timedelta(days=at), f"about {key}", content.EVENING)
            told = {"does": "say", "said": {f"about_you.{asked}": said for asked, said in person["says"].items()}}
            yield Event(moment, content.LISTED_AT, "equality", key, told, starts_in)


def _of_school(urn: int, given: list[Mapping[str, Any]], today: date) -> Iterator[Event]:
    for at, each in enumerate(given):
        yield _event(urn, at, each, each["when"], today)
        if "publish" in each:
            head = "rowan" if urn == 990002 else "ada"
            does = "publish" if each["does"] == "aim" else "tell"
            yield _event(urn, at, {**each, "does": does, "by": head}, each["publish"], today)


def _event(urn: int, at: int, told: Mapping[str, Any], when: str, today: date) -> Event:
    name, rest = when.split(" ", 1)
    starts_in = content.starts_of(today)[name]
    hours = (8 + at % 12, 9 + at % 12)  # one after another, where they are of one day
    moment = content.moment(dates.day_of(starts_in, rest), f"{urn} {at} {told['does']}", hours)
    return Event(moment, urn, "equality", told["by"], told, starts_in)


@dataclass(slots=True)
class Equaliser:
    """Does it, and remembers what came of it."""

    person: Callable[[str], int]
    today: date
    keys: dict[tuple[int, str], int] = field(default_factory=dict)

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing."""
        getattr(self, f"_{event.told['does']}")(event, by, event.told)

    def _aim(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        aimed = Aimed(
            words=told["words"],
            why=told["why"],
            concerns=[CODES[each] for each in told["concerns"]],
            measure=told["measure"],
            baseline=told.get("baseline", ""),
            target=told.get("target", ""),
            starts_on=event.at.date(),
            ends_on=date(event.starts_in + 3, 8, 31),
            review_on=self._day(told["review"]),
            owner=self.person(told["owner"]),
        )
        once = _once(event, aimed.words)
        self.keys[event.urn, aimed.words] = aim_actions.draft_objective(by=by, at=event.at, once=once, aimed=aimed)

    def _publish(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        aim_actions.publish_objective(by=by, at=event.at, aim=self.keys[event.urn, told["words"]], version=1)

    def _reading(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        once, aim = _once(event, told["value"]), self.keys[event.urn, told["of"]]
        aim_actions.note_reading(by=by, at=event.at, once=once, aim=aim, on=event.at.date(), value=told["value"])

    def _review(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        once, aim, next_on = _once(event, told["came"]), self.keys[event.urn, told["of"]], self._day(told["next"])
        aim_actions.review_objective(by=by, at=event.at, once=once, aim=aim, came_of_it=told["came"], next_on=next_on)

    def _write(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        self.keys[event.urn, "information"] = statement_actions.draft_statement(by=by, at=event.at, parts=told["parts"])

    def _tell(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        key = self.keys[event.urn, "information"]
        statement_actions.publish_statement(by=by, at=event.at, statement=key, version=1)

    def _settle(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        kind = Subject(told.get("kind", "decision"))
        if told["needed"]:
            settled = Settled(True, "", self.person(told["owner"]), self._day(told["due"]))
        else:
            settled = Settled(False, told["because"])
        once, of = _once(event, told["of"]), _about(by, kind, told["of"])
        self.keys[event.urn, told["of"]] = check_actions.settle_check(
            by=by, at=event.at, once=once, kind=kind, of=of, settled=settled
        )

    def _find(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        said = {CODES[each]: (Effect(effect), words) for each, (effect, words) in told["effects"].items()}
        effects = {code: said.get(code, (Effect.NOT_KNOWN, "")) for code in PROTECTED}
        found = Found(effects, told["evidence"], told["changed"], self._day(told["review"]))
        key = self.keys[event.urn, told["of"]]
        check_actions.write_check(by=by, at=event.at, check=key, version=1, found=found, done=True)

    def _say(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        apart_actions.say_of_self(by=by, at=event.at, said=told["said"])

    def _day(self, when: str) -> date:
        name, rest = when.split(" ", 1)
        return dates.day_of(content.starts_of(self.today)[name], rest)


def _about(by: Scope, kind: Subject, words: str) -> int:
    """Return the key of the decision that begins with some words, of the policy's words in force, or of a priority."""
    if kind == Subject.POLICY:
        return queries.policy_versions(by).get(policy__title=words, stage=Stage.IN_FORCE).pk
    if kind == Subject.DECISION:
        return strategy.visible(by).get(what__startswith=words).pk
    return plan_queries.priorities(by).get(title=words).pk


def _once(event: Event, words: str) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {event.starts_in} {event.told['does']} {words}")
