"""How staff of the demonstration's schools are appraised, each step by the product's own action."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from headship.appraisal import (
    staff_again,
    staff_appeal_actions,
    staff_course_actions,
    staff_cycle_actions,
    staff_fairness_queries,
    staff_moderation_actions,
    staff_objective_actions,
    staff_practice_actions,
    staff_queries,
    staff_template_actions,
    staff_template_queries,
)
from headship.appraisal import staff_rules as rules
from headship.appraisal.head_choices import Result
from headship.appraisal.models import StaffAppeal, StaffTemplate, StaffYear
from headship.appraisal.staff_choices import Looked
from headship.appraisal.staff_course_actions import Rated, Reviewed, Stated
from headship.appraisal.staff_cycle_actions import Planned
from headship.appraisal.staff_objective_actions import Aimed, Whose
from headship.appraisal.staff_template_actions import Kept
from headship.core.errors import existing
from headship.core.scope import Scope
from headship.equality import apart_actions
from headship.policy.loader import YearDay
from headship.project.demonstration import content
from headship.project.demonstration.content import Event

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9947")


def events(today: date) -> list[Event]:
    """Return what was set up, aimed at, said and completed before today, oldest first."""
    return content.dated("appraising", today)


@dataclass(slots=True)
class Appraiser:
    """Does it, and remembers each cycle, and the year of each person that is written in."""

    person: Callable[[str], int]
    cycles: dict[tuple[int, str], int] = field(default_factory=dict)
    practices: dict[tuple[int, str], int] = field(default_factory=dict)
    appeals: dict[tuple[int, str], int] = field(default_factory=dict)
    templates: dict[tuple[int, str], StaffTemplate] = field(default_factory=dict)
    years: dict[tuple[int, str], list[int]] = field(default_factory=dict)

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing."""
        getattr(self, f"_{event.told['does']}")(event, by, event.told)

    def _cycle(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        organiser = self.person(told["organiser"]) if "organiser" in told else None
        parts = [(name, weight) for name, weight in told["parts"]]
        planned = Planned(
            told["name"],
            rules.usual(event.starts_in),
            parts,
            organiser,
            moderated=told.get("moderated", False),
            appeal_days=told.get("appeal_days"),
        )
        self.cycles[event.urn, told["name"]] = staff_cycle_actions.open_cycle(
            by=by, at=event.at, once=_once(event, told["name"]), starts_in=event.starts_in, planned=planned
        )

    def _template(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        first, half, review, statement = (YearDay(on.month, on.day) for on in rules.usual(event.starts_in))
        kept = Kept(told["name"], (first, half, review, statement), [(name, weight) for name, weight in told["parts"]])
        sure: dict[str, Any] = {"by": by, "at": event.at}
        key = staff_template_actions.keep_template(**sure, once=_once(event, told["name"]), kept=kept)
        for words, measure in told["objectives"]:
            staff_template_actions.add_template_objective(
                **sure, once=_once(event, words), template=key, aimed=Aimed(words, measure)
            )
        self.templates[event.urn, told["name"]] = StaffTemplate.objects.get(pk=key)

    def _begin(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        of = self.templates[event.urn, told["name"]]
        first, half, review, statement = staff_template_queries.in_year(of, event.starts_in)
        parts = list(of.parts.order_by("number").values_list("name", "weight"))
        planned = Planned(of.name, (first, half, review, statement), parts)
        self.cycles[event.urn, of.name] = staff_cycle_actions.open_cycle(
            by=by, at=event.at, once=_once(event, of.name), starts_in=event.starts_in, planned=planned
        )

    def _put(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        rows = self.templates[event.urn, told["name"]].objectives.all()
        staff_template_actions.put_to_many(
            by=by,
            at=event.at,
            once=_once(event, told["name"]),
            cycle=self.cycles[event.urn, told["name"]],
            objectives=[(each.pk, each.version) for each in rows],
            years=[self.years[event.urn, of][-1] for of in content.those(told["who"])],
        )

    def _people(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        cycle = self.cycles[event.urn, told.get("cycle", "Teachers")]
        who = told["who"] | {key: content.staff()[key]["by"] for key in content.those(told.get("listed", ()))}
        appraisers: dict[int, int | None] = {self.person(of): self.person(by) for of, by in who.items()}
        staff_cycle_actions.add_to_cycle(by=by, at=event.at, cycle=cycle, appraisers=appraisers)
        self._remember(event, cycle, who)

    def _again(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        past = existing(staff_queries.cycle(by, self.cycles[event.urn, told["cycle"]]))
        ahead, parts = staff_again.begun(by, past), [(each.name, each.weight) for each in past.parts.all()]
        cycle = staff_cycle_actions.repeat_cycle(
            by=by,
            at=event.at,
            once=_once(event, past.name),
            cycle=past.pk,
            planned=Planned(past.name, ahead.days, parts, past.organiser_id, past.moderated, past.appeal_days),
            years=[each.year for each in ahead.coming],
        )
        self.cycles[event.urn, told["cycle"]] = cycle
        self._remember(event, cycle, content.those(told["who"]))

    def _remember(self, event: Event, cycle: int, who: Iterable[str]) -> None:
        """Remember the year of each who was put into a cycle."""
        found = dict(StaffYear.objects.filter(cycle_id=cycle).values_list("person_id", "pk"))
        for of in who:
            self.years.setdefault((event.urn, of), []).append(found[self.person(of)])

    def _many(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        years = [self.years[event.urn, of][-1] for of in content.those(told["who"])]
        staff_cycle_actions.aim_for_many(
            by=by,
            at=event.at,
            once=_once(event, told["words"]),
            cycle=self.cycles[event.urn, told.get("cycle", "Teachers")],
            years=years,
            aimed=Aimed(told["words"], told["measure"]),
        )

    def _now(self, event: Event) -> StaffYear:
        """Return the year that is written in: the last one, or while that was not complete the one before."""
        keys = self.years[event.urn, event.told.get("of", event.by)]
        found = [existing(staff_queries.whole(StaffYear.objects.filter(pk=key)).first()) for key in keys]
        if event.told.get("which") == "last":
            return found[0]
        late = [each for each in found if event.told["does"] in LATE and each.completed_on is None]
        return late[0] if late else found[-1]

    def _sure(self, event: Event, by: Scope) -> dict[str, Any]:
        now = self._now(event)
        return {"by": by, "at": event.at, "year": now.pk, "version": now.version}

    def _whose(self, event: Event) -> Whose:
        now = self._now(event)
        return Whose(now.person_id, now.starts_in)

    def _objective(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        staff_objective_actions.add_staff_objective(
            by=by,
            at=event.at,
            once=_once(event, told["words"]),
            year=self._now(event).pk,
            whose=self._whose(event),
            aimed=Aimed(told["words"], told["measure"]),
        )

    def _set(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        staff_objective_actions.set_staff_objectives(**self._sure(event, by), whose=self._whose(event))

    def _halfway(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        sure, whose = self._sure(event, by), self._whose(event)
        staff_course_actions.note_staff_halfway(**sure, whose=whose, words=told["words"])

    def _reflect(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        sure = self._sure(event, by) | {"version": 0}
        staff_course_actions.write_staff_reflection(**sure, words=told["words"], shown=True)

    def _review(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        now = self._now(event)
        reached = told["reached"]
        whole = ["met" if set(reached) == {"met"} else "partly", "met"]  # the first part is the objectives
        aims = zip(now.objectives.all(), reached, strict=True)
        parts = zip(now.cycle.parts.all(), told.get("parts", whole), strict=False)
        reviewed = Reviewed(
            {each.pk: Rated(its) for each, its in aims},
            {each.pk: Rated(its, told.get("words", "") if each.number == 1 else "") for each, its in parts},
        )
        staff_course_actions.review_staff_year(**self._sure(event, by), whose=self._whose(event), reviewed=reviewed)

    def _state(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        stated = Stated(told["year"], told["next"], told.get("then", ""))
        staff_course_actions.draft_staff_statement(**self._sure(event, by), whose=self._whose(event), stated=stated)

    def _give(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        staff_course_actions.give_staff_statement(**self._sure(event, by), whose=self._whose(event))

    def _comment(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        staff_course_actions.comment_on_staff_statement(**self._sure(event, by), words=told["words"])

    def _complete(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        staff_course_actions.complete_staff_year(**self._sure(event, by), whose=self._whose(event))

    def _ask_again(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        sure, whose = self._sure(event, by), self._whose(event)
        once = _once(event, told["words"])
        staff_moderation_actions.ask_to_look_again(**sure, once=once, whose=whose, words=told["words"])

    def _answer(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        sure = self._sure(event, by) | {"version": 1}
        staff_moderation_actions.answer_look(**sure, words=told["words"])

    def _look(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        keys = [
            self.years[event.urn, of][0 if told.get("which") == "last" else -1] for of in content.those(told["who"])
        ]
        looked = Looked(told["looked"])
        years = list(staff_queries.whole(StaffYear.objects.filter(pk__in=keys)))
        staff_moderation_actions.note_looked_at(
            by=by,
            at=event.at,
            once=_once(event, str(event.at.date())),
            cycle=years[0].cycle_id,
            looked=looked,
            years=keys,
            seen=staff_moderation_actions.shown(years, looked),
        )

    def _appeal(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        self.appeals[event.urn, event.by] = staff_appeal_actions.lodge_staff_appeal(
            **self._sure(event, by), once=_once(event, told["words"]), grounds=told["words"]
        )

    def _hearers(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        people = [self.person(each) for each in told["who"]]
        sure = self._appealed(event, by)
        staff_appeal_actions.name_staff_hearers(**sure, people=people)

    def _heard(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        told = {"on": event.at.date(), "result": Result(told["result"]), "words": told["words"]}
        staff_appeal_actions.hear_staff_appeal(**self._appealed(event, by), **told)

    def _appealed(self, event: Event, by: Scope) -> dict[str, Any]:
        key = self.appeals[event.urn, event.told["of"]]
        version = StaffAppeal.objects.get(pk=key).version
        return {"by": by, "at": event.at, "appeal": key, "version": version}

    def _read(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        staff_appeal_actions.read_staff_outcome(by=by, at=event.at, year=self._now(event).pk)

    def _compare(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        starts_in = event.starts_in - 1  # the year that is over
        people, holds = staff_fairness_queries.looked_at(by, starts_in)
        apart_actions.release_fairness(by=by, at=event.at, starts_in=starts_in, people=people, holds=holds)

    def _recognise(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        self.practices[event.urn, told["of"]] = staff_practice_actions.recognise_practice(
            by=by,
            at=event.at,
            once=_once(event, told["words"]),
            person=self.person(told["of"]),
            words=told["words"],
        )

    def _agree(self, event: Event, by: Scope, _told: Mapping[str, Any]) -> None:
        practice = self.practices[event.urn, event.by]
        staff_practice_actions.answer_practice(by=by, at=event.at, practice=practice, version=1, shown=True)


LATE = frozenset({"review", "state", "give", "comment", "complete", "reflect"})


def _once(event: Event, words: str) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {event.starts_in} {event.told['does']} {event.told.get('of', '')} {words}")
