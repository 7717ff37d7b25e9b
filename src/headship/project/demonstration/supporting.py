"""Support before capability at the demonstration's schools, each step by the product's own action."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from headship.appraisal import support_actions, support_queries
from headship.appraisal.support_actions import Ended, Offered, Reviewed
from headship.appraisal.support_choices import Kind, Standing
from headship.appraisal.support_models import Support
from headship.core.scope import Scope
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9946")


def events(today: date) -> list[Event]:
    """Return what was offered, replied and given before today, oldest first."""
    told: dict[int, Any] = yaml.safe_load((content.FOLDER / "supporting.yaml").read_text(encoding="utf-8"))
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
    """Yield the offer, then each thing done about it, in the order in which the file tells them."""
    for at, each in enumerate([{**told, "does": "offer"}, *told["then"]]):
        day, hours = dates.day_of(starts_in, each["when"]), (8 + at, 9 + at)
        moment = content.moment(day, f"{urn} {at} {told['said']}", hours)
        yield Event(moment, urn, "supporting", each["by"], {**each, "of": told["said"]}, starts_in)


@dataclass(slots=True)
class Helper:
    """Does it, and remembers each support by the words of its offer."""

    person: Callable[[str], int]
    keys: dict[tuple[int, str], int] = field(default_factory=dict)

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing."""
        getattr(self, f"_{event.told['does']}")(event, by, event.told)

    def _offer(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        reviews = tuple(event.day(each) for each in told["reviews"])
        offered = Offered(
            self.person(told["person"]), self.person(told["supporter"]), told["said"], reviews, told.get("aims", "")
        )
        key = support_actions.offer_support(by=by, at=event.at, once=_once(event), offered=offered)
        self.keys[event.urn, told["said"]] = key

    def _reply(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        now = self._now(event, by)
        to = Standing(told["to"]) if "to" in told else None
        support_actions.reply_to_support(
            by=by, at=event.at, once=_once(event), support=now.pk, version=now.version, reply=told["words"], to=to
        )

    def _note(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        support_actions.note_support(
            by=by,
            at=event.at,
            once=_once(event),
            support=self._now(event, by).pk,
            kind=Kind(told["kind"]),
            on=event.at.date(),
            said=told["words"],
        )

    def _review(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        now, reviewed = self._now(event, by), Reviewed(event.at.date(), told["words"])
        support_actions.review_support(
            by=by, at=event.at, once=_once(event), support=now.pk, version=now.version, reviewed=reviewed
        )

    def _correct(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        own = [each for each in self._now(event, by).lines.all() if each.by_id == by.person_id]
        words = told["words"]
        support_actions.correct_support(by=by, at=event.at, once=_once(event), line=own[-1].pk, words=words)

    def _end(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        now, ended = self._now(event, by), Ended(Standing(told["to"]), told["words"])
        support_actions.end_support(
            by=by, at=event.at, once=_once(event), support=now.pk, version=now.version, ended=ended
        )

    def _now(self, event: Event, by: Scope) -> Support:
        found = support_queries.support(by, self.keys[event.urn, event.told["of"]])
        assert found is not None  # it was offered before
        return found


def _once(event: Event) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {event.at} {event.told['does']} {event.told['of']}")
