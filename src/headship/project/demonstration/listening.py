"""What the demonstration's schools asked and what came of it, each by the product's own action."""

import random
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import yaml

from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event
from headship.talent import goal_actions
from headship.voice import (
    actions,
    answer_actions,
    asking_queries,
    closing,
    instruments,
    mail_actions,
    own_actions,
    paper_actions,
    promise_actions,
    queries,
    share_actions,
    upkeep,
)
from headship.voice.choices import POST, Why
from headship.voice.instruments import CHOICE, SELF
from headship.voice.models import Invitation, Survey
from headship.voice.sheets import UNSURE, Answers

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9903")
UNSURE_SHARE, SPREAD = 0.04, 0.22


def events(today: date) -> list[Event]:
    """Return what was asked, closed and promised before today, oldest first."""
    told: dict[int, Any] = yaml.safe_load((content.FOLDER / "listening.yaml").read_text(encoding="utf-8"))
    years = content.starts_of(today)
    every = [
        event
        for urn, by_year in told.items()
        for name, asked in by_year.items()
        for each in asked
        for event in _of_survey(urn, each, years[name])
    ]
    return sorted((each for each in every if each.at.date() < today), key=lambda each: (each.at, each.urn))


def _of_survey(urn: int, told: Mapping[str, Any], starts_in: int) -> Iterator[Event]:
    yield _event(urn, "ask", told, told["when"], told["by"], starts_in)
    if "closes" in told:
        yield _event(urn, "close", told, told["closes"], told["by"], starts_in, later=1)
    for each in told.get("shows", ()):
        yield _event(urn, "show", {**each, "survey": told["title"]}, each["when"], told["by"], starts_in)
    for each in told.get("goals", ()):
        yield _event(urn, "goal", each, each["when"], told["by"], starts_in)
    for each in told.get("promises", ()):
        promised = {**each, "survey": told["title"]}
        yield _event(urn, "promise", promised, each["when"], each["by"], starts_in)
        if "kept" in each:
            yield _event(urn, "keep", promised, each["kept"], each["owner"], starts_in)


def _event(  # noqa: PLR0913, PLR0917  # what an event is made of
    urn: int, does: str, told: Mapping[str, Any], when: str, by: str, starts_in: int, later: int = 0
) -> Event:
    day = dates.day_of(starts_in, when) + timedelta(days=later)
    at = content.moment(day, f"{urn} {does} {told.get('title', told.get('doing', ''))}")
    return Event(at, urn, "listening", by, {**told, "does": does}, starts_in)


@dataclass(slots=True)
class Listener:
    """Does it, and remembers the surveys and promises by their words."""

    person: Callable[[str], int]
    today: date
    surveys: dict[tuple[int, str], int] = field(default_factory=dict)
    promises: dict[tuple[int, str], int] = field(default_factory=dict)

    def do(self, event: Event, by: Scope) -> None:
        """Do one thing."""
        getattr(self, f"_{event.told['does']}")(event, by, event.told)

    def _ask(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        last = event.day(told["closes"]) if "closes" in told else self.today + timedelta(days=told["stays"])
        seen = Visibility(told["seen"])
        opening = instruments.instruments()[told["instrument"]].opening
        prepared = actions.Prepared(told["instrument"], told["title"], opening, last, seen)
        key = actions.prepare_survey(by=by, at=event.at, once=_once(event, told["title"]), prepared=prepared)
        self.surveys[event.urn, told["title"]] = key
        self._choose(event, by, Survey.objects.get(pk=key))
        version = Survey.objects.get(pk=key).version
        actions.open_survey(by=by, at=event.at, survey=key, version=version)
        self._answer(event, Survey.objects.get(pk=key))
        upkeep.count_progress(event.at + timedelta(days=1))
        if "typist" in told:
            self._on_paper(event, by, Survey.objects.get(pk=key))
        if "own" in told:
            draw = random.Random(told["title"])  # noqa: S311  # invented answers, the same each time
            steps = _steps(draw, Survey.objects.get(pk=key), SELF, told["own"], {})
            own_actions.see_myself(by=by, at=event.at, survey=key, steps=steps)

    def _on_paper(self, event: Event, by: Scope, survey: Survey) -> None:
        typist, place = self.person(event.told["typist"]), event.told["paper_to"]
        paper_actions.name_typist(
            by=by, at=event.at, survey=survey.pk, version=survey.version, typist=typist, paper_to=place
        )

    def _choose(self, event: Event, by: Scope, survey: Survey) -> None:
        told, version = event.told, survey.version
        for group, count in told.get("codes", {}).items():
            actions.ask_by_code(by=by, at=event.at, survey=survey.pk, version=version, group=group, count=count)
            version += 1
        if "mails" in told:
            groups = [group for group, count in told["mails"].items() for _ in range(count)]
            mailed = [(f"home-{at}@{event.urn}.example", group) for at, group in enumerate(groups)]
            mail_actions.ask_by_mail(by=by, at=event.at, survey=survey.pk, version=version, addresses=mailed)
            version += 1
        people = {self.person(key): {POST: group} for group, keys in told.get("relations", {}).items() for key in keys}
        if told.get("ask") == "staff":
            offered = asking_queries.people_to_ask(by, survey)
            people = {each.person: {POST: each.group} for each in offered if each.group != "Governors"}
        if people:
            actions.ask_people(by=by, at=event.at, survey=survey.pk, version=version, people=people)

    def _answer(self, event: Event, survey: Survey) -> None:
        told = event.told
        draw = random.Random(f"{event.urn} {told['title']}")  # noqa: S311  # invented answers, the same each time
        words = {code: list(said) for code, said in told["said"].items()}
        asked = Invitation.objects.filter(survey=survey).select_related("survey__school").order_by("groups", "person")
        for each in asked:
            if draw.random() > told.get("share", 1.0):
                continue
            group = queries.asked_as(each)
            steps = _steps(draw, survey, group, told["lean"], told.get("leans", {}))
            said = {code: left.pop() for code, left in words.items() if left}
            answers = Answers(each.groups, steps, said)
            scope = queries.scope_of(each, at=event.at)
            answer_actions.answer(by=scope, at=event.at, invitation=each, answers=answers)

    def _close(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        survey = Survey.objects.get(pk=self.surveys[event.urn, told["title"]])
        closing.close_survey(by=by, at=event.at, survey=survey.pk, version=survey.version)

    def _show(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        shown = share_actions.Shown(
            tuple(told["parts"]), event.day(told["until"]), comments=told["comments"], own=told["own"]
        )
        share_actions.show_feedback(
            by=by,
            at=event.at,
            survey=self.surveys[event.urn, told["survey"]],
            why=Why(told["why"]),
            readers=[self.person(told["to"])],
            shown=shown,
        )

    def _goal(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        aim = goal_actions.Aim(
            told["what"], told["step"], event.day(told["due"]), Visibility(told["seen"]), tuple(told["serves"])
        )
        goal_actions.set_goal(by=by, at=event.at, once=_once(event, told["what"]), aim=aim)

    def _promise(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        promised = promise_actions.Promised(
            told["said"], told["doing"], self.person(told["owner"]), event.day(told["due"]), told["question"]
        )
        survey = self.surveys[event.urn, told["survey"]]
        once = _once(event, told["doing"])
        self.promises[event.urn, told["doing"]] = promise_actions.make_promise(
            by=by, at=event.at, once=once, survey=survey, promised=promised
        )

    def _keep(self, event: Event, by: Scope, told: Mapping[str, Any]) -> None:
        key = self.promises[event.urn, told["doing"]]
        promise_actions.keep_promise(by=by, at=event.at, promise=key, version=1, came_of_it=told["came"])


def _steps(draw: random.Random, survey: Survey, group: str, lean: float, leans: Mapping[str, float]) -> dict[str, int]:
    """Draw somebody's answers: around how far answers lean, with a few who cannot say."""
    person = draw.gauss(0, 0.1)
    found = {}
    for each in queries.questions(survey):
        if each.kind == CHOICE and each.is_for(group):
            steps = len(instruments.scales()[each.scale].steps)
            at = leans.get(each.code, lean) + person + draw.gauss(0, SPREAD)
            unsure = draw.random() < UNSURE_SHARE
            found[each.code] = UNSURE if unsure else min(max(round(at * (steps - 1)), 0), steps - 1)
    return found


def _once(event: Event, words: str) -> uuid.UUID:
    return uuid.uuid5(OURS, f"{event.urn} {event.starts_in} {words}")
