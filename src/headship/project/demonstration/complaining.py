"""What reached the demonstration's schools unasked, and what came of it, each by the product's own action."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from headship.core.scope import Scope
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event
from headship.voice import complaint_actions, compliment_actions, lesson_actions, procedure_actions
from headship.voice.complaint_actions import Handed, Moved, Sat, Told
from headship.voice.complaint_choices import Channel, From, Outcome, Part, Stage, Theme
from headship.voice.lesson_actions import Learned

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9907")


def events(today: date) -> list[Event]:
    """Return what was said to the schools, and done about it, before today, oldest first."""
    told: dict[int, Any] = yaml.safe_load((content.FOLDER / "complaints.yaml").read_text(encoding="utf-8"))
    years = content.starts_of(today)
    every = [
        event
        for urn, by_year in told.items()
        for name, given in by_year.items()
        for each in given
        for event in _of_one(urn, each, years[name])
    ]
    return sorted((each for each in every if each.at.date() < today), key=lambda each: (each.at, each.urn))


def _of_one(urn: int, told: Mapping[str, Any], starts_in: int) -> Iterator[Event]:
    """Yield the record, then each thing done about it, in the order in which the file tells them."""
    yield _event(urn, told["does"], told, told, starts_in, 0)
    for at, each in enumerate(told.get("then", ()), 1):
        yield _event(urn, each["does"], each, told, starts_in, at)


def _event(  # noqa: PLR0913, PLR0917  # what an event is made of
    urn: int, does: str, each: Mapping[str, Any], told: Mapping[str, Any], starts_in: int, at: int
) -> Event:
    day = dates.day_of(starts_in, each["when"])
    hours = (8 + at, 9 + at)  # one after another, where they are of one day
    moment = content.moment(day, f"{urn} {does} {told.get('said', '')}", hours)
    of = told.get("said", "")
    return Event(moment, urn, "complaining", each.get("by", told["by"]), {**each, "of": of}, starts_in)


@dataclass(slots=True)
class Complainer:
    """Does it, and remembers complaints, compliments and lessons by the words they came with."""

    person: Callable[[str], int]
    keys: dict[tuple[int, str], int] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    lessons: dict[tuple[int, str], int] = field(default_factory=dict)

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing."""
        getattr(self, f"_{event.told['does']}")(event, by, event.told)

    def _told(self, event: Event) -> Told:
        told = event.told
        return Told(
            received_on=event.at.date(),
            channel=Channel(told["came"]),
            from_role=From(told["from"]),
            theme=Theme(told["theme"]),
            said=told["said"],
            about=self.person(told["about"]) if "about" in told else None,
            from_name=told.get("name", ""),
        )

    def _complaint(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        owner = self.person(told["owner"]) if "owner" in told else None
        key = complaint_actions.record_complaint(
            by=by, at=event.at, once=_once(event, told["said"]), told=self._told(event), owner=owner
        )
        self.keys[event.urn, told["said"]], self.versions[key] = key, 1

    def _hand(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.keys[event.urn, told["of"]]
        named = {self.person(who): Part(part) for who, part in told.get("named", {}).items()}
        handed = Handed(self.person(told["owner"]) if "owner" in told else None, named)
        complaint_actions.hand_complaint(by=by, at=event.at, complaint=key, version=self.versions[key], handed=handed)
        self.versions[key] += 1

    def _move(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.keys[event.urn, told["of"]]
        moved = Moved(
            to=Stage(told["to"]),
            on=event.at.date(),
            found=told.get("found", ""),
            answered=told.get("answered", ""),
            outcome=Outcome(told["outcome"]) if "outcome" in told else None,
            panel=Sat(*told["panel"]) if "panel" in told else None,
        )
        complaint_actions.move_complaint(by=by, at=event.at, complaint=key, version=self.versions[key], moved=moved)
        self.versions[key] += 1

    def _learn(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        learned = Learned(
            told["learned"], told["doing"], self.person(told["owner"]), event.day(told["due"]), told.get("shown", False)
        )
        self.lessons[event.urn, told["of"]] = lesson_actions.learn(
            by=by,
            at=event.at,
            once=_once(event, told["doing"]),
            complaint=self.keys[event.urn, told["of"]],
            learned=learned,
        )

    def _done(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        lesson = self.lessons[event.urn, told["of"]]
        lesson_actions.finish_lesson(by=by, at=event.at, lesson=lesson, version=1, came_of_it=told["came_of_it"])

    def _compliment(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        self.keys[event.urn, told["said"]] = compliment_actions.record_compliment(
            by=by, at=event.at, once=_once(event, told["said"]), told=self._told(event)
        )

    def _pass_on(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.keys[event.urn, told["of"]]
        compliment_actions.pass_on_compliment(
            by=by, at=event.at, compliment=key, version=1, word=told.get("word", ""), thanked=told.get("thanked", True)
        )

    def _procedure(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        procedure_actions.set_procedure(
            by=by,
            at=event.at,
            version=0,
            periods=told["periods"],
            meets=told["meets"],
            reviewed_on=event.day(told["reviewed"]),
        )


def _once(event: Event, words: str) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {event.starts_in} {words}")
