"""How the demonstration's headteachers are appraised by their boards, each step by the product's own action."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from headship.appraisal import (
    head_course_actions,
    head_evidence,
    head_objective_actions,
    head_panel_actions,
    head_plan,
    head_queries,
    head_statement_actions,
    head_trust_queries,
)
from headship.appraisal.head_choices import Result, Said, Scheme
from headship.appraisal.head_objective_actions import Aimed
from headship.appraisal.head_panel_actions import Appointed, Minuted
from headship.appraisal.head_statement_actions import Judged
from headship.appraisal.head_writing import Whose
from headship.appraisal.models import HeadYear
from headship.core import belt
from headship.core.errors import existing
from headship.core.scope import Scope
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event
from headship.standards import queries as standards

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9943")


def events(today: date) -> list[Event]:
    """Return what was appointed, set, said and agreed before today, oldest first."""
    return content.dated("head_year", today)


@dataclass(slots=True)
class Appraised:
    """Does it, and remembers the years of each school, oldest first, and their objectives."""

    person: Callable[[str], int]
    today: date
    years: dict[int, list[int]] = field(default_factory=dict)
    objectives: dict[tuple[int, str], int] = field(default_factory=dict)

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing; a leader of the trust does it as the year's scheme lets them."""
        there = by
        if by.place is not None and by.place.kind == "trust":
            there = existing(head_trust_queries.at_school_of(by, self._year(event)))
        with belt.within(there):
            getattr(self, f"_{event.told['does']}")(event, there, event.told)

    def _year(self, event: Event) -> int:
        """Return the year that is meant: the newest, unless it is said that it is the one before."""
        return self.years[event.urn][-2 if event.told.get("which") == "before" else -1]

    def _now(self, event: Event, by: Scope) -> HeadYear:
        return head_queries.years(by).get(pk=self._year(event))

    def _sure(self, event: Event, by: Scope) -> dict[str, Any]:
        """Return what every step says: who, when, which year as it stands, and whose it is."""
        now = self._now(event, by)
        return {"by": by, "at": event.at, "year": now.pk, "version": now.version, "whose": _whose(now)}

    def _appoint(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        half = self._day(told["half"]) if "half" in told else None
        others = [self.person(told[part]) if part in told else None for part in ("adviser", "trust", "moderator")]
        key = head_panel_actions.appoint_panel(
            by=by,
            at=event.at,
            once=_once(event, told["meeting"]),
            head=self.person(told["head"]),
            starts_on=date(event.starts_in, 9, 1),
            ends_on=date(event.starts_in + 1, 8, 31),
            who=Appointed([self.person(each) for each in told["panel"]], *others),
            minuted=Minuted(
                told["meeting"],
                event.at.date(),
                Scheme(told.get("scheme", "panel")),
                moderated="moderator" in told,
                policy_held=True,
                appeal_days=told.get("appeal_days"),
                half_due_on=half,
            ),
        )
        self.years.setdefault(event.urn, []).append(key)

    def _objective(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        plan = {words: key for key, words in head_plan.choices(by)}
        tied = next((key for words, key in plan.items() if "tied" in told and words.endswith(told["tied"])), "")
        aimed = Aimed(told["words"], told["pupils"], told["measure"], tied, None, told["serves"])
        now = self._now(event, by)
        self.objectives[event.urn, aimed.words] = head_objective_actions.add_head_objective(
            by=by, at=event.at, once=_once(event, aimed.words), year=now.pk, whose=_whose(now), aimed=aimed
        )

    def _note(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        head_course_actions.note_said(
            by=by,
            at=event.at,
            once=_once(event, told["words"]),
            year=self._year(event),
            whose=_whose(self._now(event, by)),
            kind=Said(told["kind"]),
            on=event.at.date(),
            words=told["words"],
        )

    def _set(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        on = event.at.date()
        sure = self._sure(event, by)
        head_objective_actions.set_head_objectives(**sure, framework=standards.DEFAULT, told_on=on, set_on=on)

    def _own(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        now, key = self._now(event, by), self.objectives[event.urn, told["of"]]
        version = next(each.version for each in head_queries.objectives(by, now) if each.pk == key)
        head_objective_actions.write_own_words(
            by=by, at=event.at, year=now.pk, objective=key, version=version, words=told["words"]
        )

    def _evidence(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        year = self._year(event)
        shelf = head_evidence.shelf(by, existing(head_queries.year(by, year)), told["code"], 1, ())
        entries = {key: told["why"] for key, _ in shelf.rows[: told["most"]]}
        head_course_actions.show_evidence(by=by, at=event.at, year=year, entries=entries)

    def _reflect(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        head_course_actions.write_head_reflection(
            by=by, at=event.at, year=self._year(event), version=0, words=told["words"], shown=told["shown"]
        )

    def _again(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        now = self._now(event, by)
        head_objective_actions.take_up_objectives(
            by=by, at=event.at, year=now.pk, version=now.version, because=told["words"]
        )

    def _change(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        now, key = self._now(event, by), self.objectives[event.urn, told["of"]]
        one = next(each for each in head_queries.objectives(by, now) if each.pk == key)
        serves, tied = [each.code for each in one.characteristics.all()], f"o{one.objective_id}"
        aimed = Aimed(one.words, one.pupils, told["measure"], tied, None, serves)
        head_objective_actions.change_head_objective(
            by=by, at=event.at, year=now.pk, objective=key, version=one.version, whose=_whose(now), aimed=aimed
        )

    def _close(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        once = _once(event, told["words"])
        head_panel_actions.close_head_year(**self._sure(event, by), once=once, because=told["words"])

    def _resume(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        once = _once(event, told["words"])
        head_panel_actions.resume_head_year(**self._sure(event, by), once=once, because=told["words"])

    def _appeal(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        once = _once(event, told["words"])
        head_statement_actions.lodge_appeal(
            by=by, at=event.at, once=once, year=self._year(event), grounds=told["words"]
        )

    def _hearers(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        now, hearers = self._now(event, by), [self.person(each) for each in told["who"]]
        head_panel_actions.name_hearers(
            by=by, at=event.at, year=now.pk, version=now.version, hearers=hearers, meeting=told["meeting"]
        )

    def _heard(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        now, on, result = self._now(event, by), event.at.date(), Result(told["result"])
        head_statement_actions.hear_appeal(
            by=by, at=event.at, year=now.pk, version=now.version, on=on, result=result, words=told["words"]
        )

    def _draft(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        rated = {self.objectives[event.urn, words]: said for words, said in told["reached"].items()}
        judged = Judged(
            standards=told["standards"],
            needs=told["needs"],
            action=told["action"],
            reached={key: said[0] for key, said in rated.items()},
            assessments={key: said[1] for key, said in rated.items()},
        )
        sure = self._sure(event, by) | {"version": 0}
        head_statement_actions.draft_statement(**sure, judged=judged)

    def _give(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        head_statement_actions.give_statement(**self._sure(event, by))

    def _comment(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        now = self._now(event, by)
        statement = existing(head_queries.whole(by, now).statement)
        head_statement_actions.comment_on_statement(
            by=by, at=event.at, year=now.pk, version=statement.version, words=told["words"]
        )

    def _lock(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        head_statement_actions.lock_statement(**self._sure(event, by))

    def _lend(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        last = head_queries.years(by).get(pk=self.years[event.urn][-2])
        head_course_actions.lend_copies(by=by, at=event.at, year=last.pk, version=last.version, shown=True)

    def _day(self, when: str) -> date:
        name, rest = when.split(" ", 1)
        return dates.day_of(content.starts_of(self.today)[name], rest)


def _whose(now: HeadYear) -> Whose:
    return Whose(now.head_id, now.starts_in)


def _once(event: Event, words: str) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {event.starts_in} {event.told['does']} {words}")
