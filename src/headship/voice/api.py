"""Surveys for programs, by the rules of their pages: how far they have come, what was released, what was promised.

No answer, no invitation and nothing anybody wrote is ever given: words are for people to read.
"""

from datetime import date
from typing import Any, Self

from headship.core.errors import existing, require
from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, Key, OfSchool, Page, Personal, page
from headship.voice import instruments, queries, rules
from headship.voice.choices import State
from headship.voice.instruments import Question
from headship.voice.models import Figure, Promise, Survey


class SurveyListed(Given):
    """A survey the reader knows of; `about_me`: 360 feedback on the reader, which nobody else is given."""

    id: OfSchool[int]
    instrument: OfSchool[str]
    title: OfSchool[str]
    state: OfSchool[State]
    about_me: Personal[bool]
    run_by: Personal[str]
    made_on: OfSchool[date]
    closes_on: OfSchool[date]
    closed_on: OfSchool[date | None]

    @classmethod
    def of(cls, row: Survey, **named: Any) -> Self:
        """Return a survey as programs get it."""
        return super().of(row, about_me=row.about_id is not None, run_by=row.run_by.name, **named)


class ProgressGiven(Given):
    """How many of a group are asked, and at least how many had answered, in fives, when it was last counted.

    Null where that would tell too much; counted once a day.
    """

    group: OfSchool[str]
    asked: OfSchool[int]
    answered_at_least: OfSchool[int | None]


class SurveyGiven(SurveyListed):
    """A survey with its questions. `progress` is told to whoever runs it while it is open.

    `fewest` is how few answers are ever shown together; `answered` is told from as many, once the survey is closed.
    `results` says whether the reader may see them.
    """

    fewest: OfSchool[int]
    answered: OfSchool[int | None]
    results: OfSchool[bool]
    questions: OfSchool[list[str]]
    progress: list[ProgressGiven]


class FigureGiven(Given):
    """One released cell: a question for everybody (`group` empty), or for a group of a variable.

    `mean`, `low` and `high` are on the scale from 1; `counts` of each of its `steps`, where enough answered. Where
    nearly all chose one step, `nearly_all` names it, and that is all that is told.
    """

    question: OfSchool[str]
    words: OfSchool[str]
    theme: OfSchool[str]
    variable: OfSchool[str]
    group: OfSchool[str]
    count: OfSchool[int]
    mean: OfSchool[float | None]
    low: OfSchool[float | None]
    high: OfSchool[float | None]
    steps: OfSchool[list[str]]
    counts: OfSchool[list[int] | None]
    nearly_all: OfSchool[str | None]


class PromiseGiven(Given):
    """What the school does about something it was told: `owner` by name where the reader knows staff by name."""

    id: OfSchool[int]
    survey: OfSchool[int]
    said: OfSchool[str]
    doing: OfSchool[str]
    owner: Personal[str]
    due_on: OfSchool[date]
    kept_on: OfSchool[date | None]
    came_of_it: OfSchool[str]


def surveys(scope: Scope, asked: Asked) -> Page[SurveyListed]:
    """List the surveys the reader knows of, newest first."""
    return page(queries.surveys(scope), asked, SurveyListed.of)


def survey(scope: Scope, survey: Key) -> SurveyGiven:
    """Read one survey: what is asked, and how far it has come."""
    found = existing(queries.survey(scope, survey))
    return SurveyGiven.of(
        found,
        results=rules.see_results(scope, queries.facts(found)) is None,
        questions=[each.words for each in queries.questions(found)],
        progress=_progress(scope, found),
    )


def survey_figures(scope: Scope, survey: Key, asked: Asked) -> Page[FigureGiven]:
    """List what a closed survey released to this reader; of what is withheld nothing is given."""
    found = existing(queries.survey(scope, survey))
    require(rules.see_results(scope, queries.facts(found)))
    questions = {each.code: each for each in queries.questions(found)}
    released = [each for each in queries.figures(found) if each.count is not None]
    return page(released, asked, lambda each: _figure(each, questions[each.question]))


def promises(scope: Scope, asked: Asked) -> Page[PromiseGiven]:
    """List what the school promised about surveys, open ones first."""
    names = queries.owners(scope)
    return page(queries.promises(scope), asked, lambda each: _promise(scope, each, names))


def _progress(scope: Scope, found: Survey) -> list[ProgressGiven]:
    if found.state != State.OPEN or rules.remind(scope, queries.facts(found)) is not None:
        return []
    told = queries.progress(found)
    return [ProgressGiven(group=each.group, asked=each.count, answered_at_least=each.answered) for each in told]


def _figure(each: Figure, question: Question) -> FigureGiven:
    steps = list(instruments.scales()[question.scale].steps)
    return FigureGiven.of(
        each,
        words=question.words,
        theme=question.theme,
        steps=steps,
        counts=each.spread,
        nearly_all=None if each.nearly is None else steps[each.nearly],
    )


def _promise(scope: Scope, each: Promise, names: dict[int, str]) -> PromiseGiven:
    return PromiseGiven.of(each, survey=each.survey_id, owner=queries.owner_told(scope, each, names))
