"""How the demonstration's schools came to who decides what, their teams, and what became of decisions."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from headship.core.scope import Scope
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event
from headship.strategy import (
    journal_actions,
    rights_actions,
    rights_queries,
    team_actions,
    team_queries,
    team_review_actions,
)
from headship.strategy.actions import Journal
from headship.strategy.rights_choices import How, Turned

OURS = uuid.UUID("2d0b8f7e-51c3-4f0e-9a58-8f7c0f1f6b1d")


def events(today: date) -> list[Event]:
    """Return what was agreed, formed, looked back at and reviewed before today, oldest first."""
    return content.dated("deciding", today)


@dataclass(slots=True)
class Decider:
    """Does it, and remembers what came of it. `decisions` are those that were noted, by their words."""

    person: Callable[[str], int]
    today: date
    decisions: Mapping[tuple[int, str], tuple[int, int]]
    teams: dict[tuple[int, str], int] = field(default_factory=dict)
    reviews: dict[tuple[int, str], int] = field(default_factory=dict)

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing."""
        getattr(self, f"_{event.told['does']}")(event, by, event.told)

    def journal(self, by: Scope, told: Mapping[str, Any]) -> Journal | None:
        """Return what a decision says for looking back, where it says anything."""
        if not told.keys() & {"area", "expected", "look_back"}:
            return None
        areas = {name: key for key, name in rights_queries.names(by)}
        review_on = self._day(told["look_back"]) if "look_back" in told else None
        return Journal(areas.get(told.get("area", "")), told.get("expected", ""), review_on)

    def _take(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        rights_actions.take_usual_areas(by=by, at=event.at)

    def _agree(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        (now,) = (each for each in rights_queries.today(by).areas if each.name == told["area"])
        agreed = rights_actions.Agreed(
            now.name,
            event.at.date(),
            now.words,
            [(self._party(event, who), limit) for who, limit in told["decides"]],
            [self._party(event, who) for who in told["consulted"]],
            [self._party(event, who) for who in told["told"]],
        )
        rights_actions.change_area(by=by, at=event.at, area=now.key, version=now.version, agreed=agreed)

    def _team(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        formed = team_actions.Formed(told["name"], told["remit"], self.person(told["lead"]), event.at.date())
        key = team_actions.make_team(by=by, at=event.at, once=_once(event, told["name"]), formed=formed)
        for each in told["members"]:
            team_actions.add_member(by=by, at=event.at, team=key, person=self.person(each))
        self.teams[event.urn, told["name"]] = key

    def _look(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        looked = journal_actions.Looked(
            told["was"], Turned(told["as_expected"]), Turned(told["again"]), told["learned"]
        )
        key, _ = self.decisions[event.urn, told["of"]]
        journal_actions.look_back(by=by, at=event.at, once=_once(event, told["of"]), decision=key, looked=looked)

    def _review(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        arranged = team_review_actions.Arranged(
            by=self._party(event, told["by_team"]),
            of=self._party(event, told["of_team"]),
            starts_in=content.starts_of(self.today)[told["year"]],
            due_on=self._day(told["due"]),
            how=How(told["how"]),
            count=told["count"],
            key=told.get("key", ""),
        )
        once = _once(event, told["name"])
        self.reviews[event.urn, told["name"]] = team_review_actions.arrange_review(
            by=by, at=event.at, once=once, arranged=arranged
        )

    def _choose(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        chosen = [self.decisions[event.urn, each][0] for each in told["decisions"]]
        review = self.reviews[event.urn, told["of"]]
        team_review_actions.choose_decisions(by=by, at=event.at, review=review, decisions=chosen)

    def _read(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        review = team_queries.review(by, self.reviews[event.urn, told["of"]])
        assert review is not None  # whoever writes is one of its sides
        (reading,) = (each for each in team_queries.read(by, review) if each.decision.what == told["decision"])
        good, otherwise = told["good"], told["otherwise"]
        team_review_actions.write_reading(
            by=by, at=event.at, reading=reading.pk, version=reading.version, good=good, otherwise=otherwise
        )

    def _party(self, event: Event, who: str) -> str:
        """Return the code of a post, a team by its name, or somebody of the cast."""
        if who.startswith("post-"):
            return who
        team = self.teams.get((event.urn, who))
        return f"team-{team}" if team else f"person-{self.person(who)}"

    def _day(self, when: str) -> date:
        name, rest = when.split(" ", 1)
        return dates.day_of(content.starts_of(self.today)[name], rest)


def _once(event: Event, words: str) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {event.starts_in} {event.told['does']} {words}")
