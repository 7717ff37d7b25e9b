"""How the demonstration's schools came to their vision and their plan, each step by the product's own action."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from headship.core.scope import Scope
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event
from headship.strategy import approval_actions, plan_actions, plan_queries, queries, step_actions, vision_actions
from headship.strategy.approval_actions import Approved
from headship.strategy.choices import Audience, Matter, Status
from headship.strategy.plan_actions import Aimed, Put
from headship.strategy.step_actions import Costed, Doing, Minuted

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9932")


def events(today: date) -> list[Event]:
    """Return what was drafted, agreed, planned and done before today, oldest first."""
    return content.dated("planning", today)


@dataclass(slots=True)
class Planner:
    """Does it, and remembers what came of it."""

    person: Callable[[str], int]
    today: date
    versions: dict[tuple[str, int], int] = field(default_factory=dict)
    visions: dict[int, int] = field(default_factory=dict)
    plans: dict[int, tuple[int, date, date]] = field(default_factory=dict)
    keys: dict[tuple[int, str], int] = field(default_factory=dict)

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing."""
        does, told = getattr(self, f"_{event.told['does']}"), event.told
        does(event, by, told)

    def _version(self, matter: str, key: int) -> int:
        """Return the version of something before what is done next, which makes the one after."""
        now = self.versions.get((matter, key), 1)
        self.versions[matter, key] = now + 1
        return now

    def _draft(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        self.visions[event.urn] = vision_actions.draft_vision(by=by, at=event.at, words=told["words"])

    def _reword(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.visions[event.urn]
        version = self._version("vision", key)
        vision_actions.change_vision(by=by, at=event.at, vision=key, version=version, words=told["words"])

    def _agree(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.visions[event.urn]
        approved = Approved(Matter.VISION, key, self._version("vision", key), told["meeting"], event.at.date())
        approval_actions.record_approval(by=by, at=event.at, once=_once(event, told["meeting"]), approved=approved)

    def _publish(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        key = self.visions[event.urn]
        vision_actions.publish_vision(by=by, at=event.at, vision=key, version=self._version("vision", key))

    def _plan(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        starts_on, ends_on = date(event.starts_in, 9, 1), date(event.starts_in + told["years"], 8, 31)
        once, title = _once(event, told["title"]), told["title"]
        key = plan_actions.make_plan(by=by, at=event.at, once=once, title=title, starts_on=starts_on, ends_on=ends_on)
        self.plans[event.urn] = (key, starts_on, ends_on)

    def _agree_plan(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        found = plan_queries.plan(by, self.plans[event.urn][0])
        assert found is not None  # it was begun before
        approved = Approved(Matter.PLAN, found.pk, found.version, told["meeting"], event.at.date())
        approval_actions.record_approval(by=by, at=event.at, once=_once(event, told["meeting"]), approved=approved)

    def _priority(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        plan, starts_on, ends_on = self.plans[event.urn]
        values = [each.pk for each in queries.values(by) if each.name in told["values"]]
        put = Put(told["title"], told["why"], starts_on, ends_on, self.person(told["owner"]), values, told["serves"])
        self._keep(event, put.title, plan_actions.add_priority(
            by=by, at=event.at, once=_once(event, put.title), plan=plan, put=put
        ))  # fmt: skip

    def _objective(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        aimed = Aimed(told["words"], told.get("measure", ""), told.get("baseline", ""), told.get("target", ""))
        once, priority = _once(event, aimed.words), self.keys[event.urn, told["of"]]
        key = plan_actions.add_objective(by=by, at=event.at, once=once, priority=priority, aimed=aimed)
        self._keep(event, aimed.words, key)

    def _measured(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        once, objective, value = _once(event, told["value"]), self.keys[event.urn, told["of"]], told["value"]
        plan_actions.note_measured(by=by, at=event.at, once=once, objective=objective, on=event.at.date(), value=value)

    def _action(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        cost, hours, rate = (Decimal(told[name]) if name in told else None for name in ("cost", "hours", "rate"))
        doing = Doing(
            what=told["what"],
            owner=self.person(told["owner"]),
            starts_on=event.at.date(),
            due_on=self._day(told["due"]),
            objective=self.keys[event.urn, told["of"]] if "of" in told else None,
            costed=Costed(cost, hours, rate),
            decision=queries.visible(by).filter(what__startswith=told["from"]).latest("decided_on").pk
            if "from" in told
            else None,
        )
        once, plan = _once(event, doing.what), self.plans[event.urn][0]
        self._keep(event, doing.what, step_actions.add_action(by=by, at=event.at, once=once, plan=plan, doing=doing))

    def _move(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key, to, because = self.keys[event.urn, told["of"]], Status(told["to"]), told.get("because", "")
        version = self._version("action", key)
        step_actions.move_action(by=by, at=event.at, planned=key, version=version, to=to, because=because)

    def _milestone(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        once, planned, due_on = _once(event, told["words"]), self.keys[event.urn, told["of"]], self._day(told["due"])
        key = step_actions.add_milestone(
            by=by, at=event.at, once=once, planned=planned, words=told["words"], due_on=due_on
        )
        self._keep(event, told["words"], key)

    def _reach(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.keys[event.urn, told["of"]]
        step_actions.reach_milestone(by=by, at=event.at, milestone=key, version=self._version("milestone", key))

    def _minute(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        minuted = Minuted(told["meeting"], self._day(told["held"]), told["words"])
        once, planned = _once(event, told["words"]), self.keys[event.urn, told["of"]]
        step_actions.link_minute(by=by, at=event.at, once=once, planned=planned, minuted=minuted)

    def _tell(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        self._draft_tell(event, by, told)
        plan_actions.show_plan_words(
            by=by,
            at=event.at,
            plan=self.plans[event.urn][0],
            audience=Audience(told["to"]),
            starts_in=event.starts_in,
            version=1,
            shown=True,
        )

    def _draft_tell(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        plan_actions.write_plan_words(
            by=by,
            at=event.at,
            plan=self.plans[event.urn][0],
            audience=Audience(told["to"]),
            starts_in=event.starts_in,
            version=0,
            words=told["words"],
        )

    def _keep(self, event: Event, words: str, key: int) -> None:
        self.keys[event.urn, words] = key

    def _day(self, when: str) -> date:
        name, rest = when.split(" ", 1)
        return dates.day_of(content.starts_of(self.today)[name], rest)


def _once(event: Event, words: str) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {event.starts_in} {event.told['does']} {words}")
