"""How the demonstration's schools came to their policies, and what changes asked of them, by the product's actions."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import yaml

from headship.core.scope import Scope
from headship.policies import actions, approval_actions, change_actions
from headship.policies.actions import Put
from headship.policies.approval_actions import Approved
from headship.policies.change_actions import Asked, Doing, Told
from headship.policies.choices import Answer, Approver, Asks, Origin, Progress
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9933")


def events(today: date) -> list[Event]:
    """Return what was written, approved, read and done before today, oldest first."""
    told: dict[int, Any] = yaml.safe_load((content.FOLDER / "policies.yaml").read_text(encoding="utf-8"))
    every = [event for urn, given in told.items() for event in _of_school(urn, given, today)]
    return sorted((each for each in every if each.at.date() < today), key=lambda each: (each.at, each.urn))


def _of_school(urn: int, given: list[Mapping[str, Any]], today: date) -> Iterator[Event]:
    years = content.starts_of(today)
    for at, each in enumerate(given):
        name, when = each["when"].split(" ", 1)
        eight = datetime.combine(dates.day_of(years[name], when), time(8), content.HERE)
        moment = eight + timedelta(minutes=3 * at)  # one after another, where they are of one day
        for by in content.those(each.get("who", [each.get("by")])):  # some do the same
            yield Event(moment, urn, "translating", by, each, years[name])


@dataclass(slots=True)
class Translator:
    """Does it, and remembers what came of it, each with its version."""

    person: Callable[[str], int]
    today: date
    keys: dict[tuple[int, str, str], int] = field(default_factory=dict)
    versions: dict[tuple[str, int], int] = field(default_factory=dict)

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing."""
        key = getattr(self, f"_{event.told['does']}")(event, by, event.told)
        if key is not None:
            kind, name = key[0], key[1]
            self.keys[event.urn, kind, name] = key[2]

    def _add(self, event: Event, by: Scope, told: Mapping[str, Any]) -> tuple[str, str, int]:
        put = Put(
            title=told["title"],
            owner=self.person(told["owner"]),
            approver=Approver(told["approver"]),
            months=told["months"],
            required=told.get("required", ""),
            published=told.get("published", False),
            asks=Asks(told.get("asks", "nobody")),
            asked_posts=told.get("posts", ()),
            days_to_read=told.get("days", 14),
        )
        once = _once(event, put.title)
        return "policy", put.title, actions.add_policy(by=by, at=event.at, once=once, put=put)

    def _text(self, event: Event, by: Scope, told: Mapping[str, Any]) -> tuple[str, str, int]:
        policy = self.keys[event.urn, "policy", told["of"]]
        key = actions.draft_version(by=by, at=event.at, policy=policy, words=told["words"], why=told.get("why", ""))
        return "text", told["of"], key

    def _offer(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.keys[event.urn, "text", told["of"]]
        actions.offer_version(by=by, at=event.at, policy_version=key, version=self._version("text", key))

    def _approve(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.keys[event.urn, "text", told["of"]]
        approval_actions.approve_version(
            by=by,
            at=event.at,
            once=_once(event, told["of"]),
            policy_version=key,
            version=self._version("text", key),
            approved=Approved(event.at.date(), told.get("meeting", "")),
        )

    def _bring(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key, on = self.keys[event.urn, "text", told["of"]], event.at.date()
        version = self._version("text", key)
        actions.bring_into_force(by=by, at=event.at, policy_version=key, version=version, on=on)

    def _read(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.keys[event.urn, "text", told["of"]]
        actions.acknowledge(by=by, at=event.at, policy_version=key)

    def _review(self, event: Event, by: Scope, told: Mapping[str, Any]) -> tuple[str, str, int]:
        policy, once = self.keys[event.urn, "policy", told["of"]], _once(event, told["of"])
        return "review", told["of"], approval_actions.note_review(by=by, at=event.at, once=once, policy=policy)

    def _approve_review(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        review, once = self.keys[event.urn, "review", told["of"]], _once(event, told["of"])
        approved = Approved(event.at.date(), told["meeting"])
        approval_actions.approve_review(by=by, at=event.at, once=once, review=review, approved=approved)

    def _change(self, event: Event, by: Scope, told: Mapping[str, Any]) -> tuple[str, str, int]:
        change = Told(
            told["title"],
            Origin(told["origin"]),
            told["source"],
            published_on=self._day(told["published"]),
            in_force_on=self._day(told["holds"]),
            means=told["means"],
        )
        once = _once(event, change.title)
        return "change", change.title, change_actions.note_change(by=by, at=event.at, once=once, told=change)

    def _duty(self, event: Event, by: Scope, told: Mapping[str, Any]) -> tuple[str, str, int]:
        asked = Asked(
            told["words"],
            self._day(told["due"]) if "due" in told else None,
            Answer(told.get("answer", "open")),
            self.keys[event.urn, "policy", told["policy"]] if "policy" in told else None,
            told.get("because", ""),
            self.person(told["owner"]) if "owner" in told else None,
        )
        once, change = _once(event, asked.words), self.keys[event.urn, "change", told["of"]]
        return "duty", asked.words, change_actions.add_duty(by=by, at=event.at, once=once, change=change, asked=asked)

    def _act(self, event: Event, by: Scope, told: Mapping[str, Any]) -> tuple[str, str, int]:
        doing = Doing(told["what"], self.person(told["owner"]), self._day(told["due"]))
        once, duty = _once(event, doing.what), self.keys[event.urn, "duty", told["of"]]
        return "action", doing.what, change_actions.add_action(by=by, at=event.at, once=once, duty=duty, doing=doing)

    def _done(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.keys[event.urn, "action", told["what"]]
        version = self._version("action", key)
        change_actions.move_action(
            by=by, at=event.at, doing_key=key, version=version, to=Progress.DONE, said=told["said"]
        )

    def _version(self, kind: str, key: int) -> int:
        """Return the version of something before what is done next, which makes the one after."""
        now = self.versions.get((kind, key), 1)
        self.versions[kind, key] = now + 1
        return now

    def _day(self, when: str) -> date:
        name, rest = when.split(" ", 1)
        return dates.day_of(content.starts_of(self.today)[name], rest)


def _once(event: Event, words: str) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {event.at.isoformat()} {event.told['does']} {words}")
