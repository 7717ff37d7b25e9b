"""What the demonstration's schools do about their results, each by the product's own action."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import yaml

from headship.core.scope import Scope
from headship.outcomes import (
    contact_actions,
    intervention_actions,
    meeting_actions,
    spend_actions,
    sum_actions,
    target_actions,
)
from headship.outcomes.models import Assessment
from headship.outcomes.spend_choices import Approach
from headship.outcomes.target_choices import Kind
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9902")
MANY = ("targets", "interventions", "meetings")
ONE = ("spending", "contact", "sharing")


def events(today: date) -> list[Event]:
    """Return what was done before today, oldest first."""
    told: dict[int, Any] = yaml.safe_load((content.FOLDER / "acting.yaml").read_text(encoding="utf-8"))
    every = [event for urn, does in told.items() for event in _of_school(urn, does, content.starts_of(today))]
    return sorted((each for each in every if each.at.date() < today), key=lambda each: (each.at, each.urn))


def _of_school(urn: int, does: Mapping[str, Any], years: Mapping[str, int]) -> Iterator[Event]:
    for kind in MANY:
        for each in does.get(kind, ()):
            yield _event(urn, kind, each, years[each.get("year", "this")])
            if "reviewed" in each:
                yield _event(urn, "reviews", {**each, **each["reviewed"]}, years["this"])
    for kind in ONE:
        if kind in does:
            yield _event(urn, kind, does[kind], years["this"])


def _event(urn: int, kind: str, told: Mapping[str, Any], starts_in: int) -> Event:
    at = content.moment(dates.day_of(starts_in, told["when"]), f"{urn} {kind} {told.get('subject', '')}")
    if kind == "spending":
        at += timedelta(days=1)  # after the intervention it names
    return Event(at, urn, "acting", told["by"], {**told, "does": kind}, starts_in)


@dataclass(slots=True)
class Doer:
    """Does it, and remembers the interventions that spending names."""

    person: Callable[[str], int]
    made: dict[tuple[int, str], int]

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing."""
        getattr(self, f"_{event.told['does']}")(event, by, event.told)

    def _targets(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        aimed = target_actions.Aimed(
            year=event.starts_in,
            year_group=told["year_group"],
            subject=told["subject"],
            group=told.get("group", ""),
            assessment=told["assessment"],
            kind=Kind(told["kind"]),
            standard=told.get("standard"),
            aim=told["aim"],
            due_on=date(event.starts_in + 1, 8, 25),
            review_on=event.day(told["review"]),
            owner=self.person(told["owner"]),
            why=told["why"],
        )
        target_actions.set_target(by=by, at=event.at, once=_once(event, told["subject"]), aimed=aimed)

    def _interventions(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        entered = event.starts_in - told["entered"]
        planned = intervention_actions.Planned(
            name=told["name"],
            approach=told["approach"],
            subject=told["subject"],
            year_group=told["year_group"],
            owner=self.person(told["owner"]),
            starts_on=event.day(told["starts"]),
            ends_on=event.day(told["ends"]),
            cost=Decimal(told["cost"]),
            hours=Decimal(told["hours"]),
            before=told["before"],
            before_year=event.starts_in,
            after=told.get("after", ""),
            after_year=event.starts_in if "after" in told else None,
        )
        first = told.get("first", 0)
        upns = [f"Z{event.urn}{entered % 100:02}{first + number:03}9" for number in range(told["pupils"])]
        self.made[event.urn, told["name"]] = intervention_actions.plan_intervention(
            by=by, at=event.at, once=_once(event, told["name"]), planned=planned, upns=upns
        )

    def _reviews(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.made[event.urn, told["name"]]
        intervention_actions.review_intervention(
            by=by, at=event.at, intervention=key, version=1, conclusion=told["conclusion"]
        )

    def _meetings(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        present = [self.person(each) for each in told["present"]]
        held = meeting_actions.Held(event.at.date(), told["term"], "", "", present, told["notes"])
        meeting = meeting_actions.hold_meeting(by=by, at=event.at, once=_once(event, "meeting"), held=held)
        for each in told["lines"]:
            owner, due = self.person(each["owner"]), event.day(each["due"])
            agreed = meeting_actions.Agreed(each["what"], each["for_whom"], owner, due)
            once = _once(event, each["what"])
            line = meeting_actions.agree_change(by=by, at=event.at, meeting=meeting, once=once, agreed=agreed)
            if "came" in each:
                meeting_actions.close_agreed(by=by, at=event.at, line=line, version=1, came_of_it=each["came"])

    def _spending(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        spent = [
            spend_actions.Spent(
                each["what"],
                Approach(each["approach"]),
                each["need"],
                Decimal(each["amount"]),
                Decimal(each["premium"]),
                self.person(each["owner"]),
                self.made.get((event.urn, each.get("intervention", ""))),
            )
            for each in told["lines"]
        ]
        spend_actions.keep_spending(by=by, at=event.at, year=event.starts_in, version=0, spent=spent)

    def _contact(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        email = content.email_of(told["name"].split()[0].lower())
        contact_actions.show_contact(
            by=by, at=event.at, version=0, name=told["name"], role=told["role"], email=email, offer=told["offer"]
        )

    def _sharing(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        newest = Assessment.objects.filter(school_id=by.school_id, name=told["assessment"]).latest("year")
        sum_actions.share_sums(by=by, at=event.at, assessment=newest.pk, year_group=told["year_group"])


def _once(event: Event, what: str) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {what}")
