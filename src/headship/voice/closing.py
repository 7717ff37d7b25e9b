"""Closing a survey: what may be shown is decided once, and then no single answer exists any more."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from secrets import SystemRandom
from typing import Any

import numpy as np
from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions as told
from headship.core.actions import action
from headship.core.errors import Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.voice import actions, instruments, made_up, ordering, queries, releasing, rules, sheets
from headship.voice.choices import Known, State
from headship.voice.instruments import Question
from headship.voice.models import Comment, Figure, Survey
from headship.voice.releasing import Released

KIND, FEEDBACK = "voice.survey", "voice.feedback"
REMEMBERED = timedelta(days=400)  # how long an earlier survey counts when the next is released
FEEDBACK_REMEMBERED = timedelta(days=183)  # of feedback: what somebody does is seen otherwise after half a year


@action("voice.close_survey")
def close_survey(*, by: Scope, at: datetime, survey: int, version: int) -> None:
    """Close a survey: release what the audit allows, delete every sheet, and record that people were asked."""
    now = actions.locked(by, survey, version)
    require(rules.move(by, queries.facts(now), State.CLOSED))
    _close(now, at)


@action("voice.close_overdue")
def close_overdue(*, by: Scope, at: datetime, survey: int) -> None:
    """Close a survey whose last day is over, in nobody's name. Errors: Unusable where it is not, or is closed."""
    now: Survey = get_object_or_404(Survey.objects.select_for_update(), pk=survey, school_id=by.school_id)
    require(rules.close_overdue(by))
    if now.state != State.OPEN or now.closes_on >= timezone.localdate(at):
        raise Unusable("This survey is not one whose last day is over. Nothing was changed.")
    _close(now, at)


def _close(now: Survey, at: datetime) -> None:
    answers = [sheets.opened(each) for each in now.sheets.values_list("sealed", flat=True)]
    SystemRandom().shuffle(answers)
    _release(now, answers)
    now.sheets.all().delete()
    now.invitations.update(email="", sealed_token="")
    now.typist = None
    now.answered = releasing.told(answers, now.fewest, named=now.invitations.exclude(known=Known.NOBODY).exists())
    now.state, now.closed_on, now.version = State.CLOSED, timezone.localdate(at), now.version + 1
    now.save()
    _record(now, timezone.localdate(at))
    told.audit(queries.source(now.pk), version=now.version, state=str(now.state))


def _release(survey: Survey, answers: Sequence[sheets.Answers]) -> None:
    """Keep what may be shown: figures, and words in random order under random keys."""
    asked, told_of = queries.questions(survey), list(survey.invitations.values_list("groups", "known"))
    groups, named = [groups for groups, _ in told_of], [groups for groups, known in told_of if known != Known.NOBODY]
    allowed = _allowed_over_time(survey, releasing.variables_of(groups))
    found = list(releasing.cells(answers, asked, survey.fewest, asked=groups, named=named, also=allowed))
    if survey.about_id:
        survey.standing = _standing(answers, asked, found, survey.fewest)
    Figure.objects.bulk_create(
        Figure(survey=survey, **{name: getattr(each, name) for name in each.__slots__}) for each in found
    )
    words = list(releasing.written(answers, asked, survey.fewest))
    SystemRandom().shuffle(words)
    Comment.objects.bulk_create(
        Comment(survey=survey, question=each.question, words=each.words, named=each.named) for each in words
    )


def _standing(
    answers: Sequence[sheets.Answers], asked: Sequence[Question], found: Sequence[Released], fewest: int
) -> dict[str, Any]:
    """Return how the characteristics stand, from the statements that are shown for everybody."""
    shown = {each.question for each in found if not each.group and each.count is not None}
    told = ordering.standing(answers, [each for each in asked if each.code in shown], fewest=fewest)
    return asdict(told) if told else {}


def _allowed_over_time(survey: Survey, names: Sequence[str]) -> releasing.Shown:
    """Return which cells may be shown beside what earlier askings showed, where one of a few came or left since.

    Earlier ones are those that put a question in the same words: with whatever instrument, and of feedback on a person
    of them alone. Whoever is asked on paper counts as somebody new: nobody knows who they are.
    """
    before, again = _asked_before(survey)
    shown = [(earlier, group) for earlier in before for group in _shown_groups(earlier)]
    if not shown:
        return lambda group, question: True
    people = sorted({who for each in (survey, *before) for who, *_ in _answerers(each)})
    wanted = [(survey, group) for group in _groups(survey)]
    sets, sure, unsure = (
        np.array([_who(each, group, people, of) for each, group in (*shown, *wanted)], dtype=bool).reshape(
            -1, len(people)
        )
        for of in ((*Known,), (Known.SURE,), (Known.UNSURE,))
    )
    verdicts = made_up.shown_over_time(sets, sure, unsure, before=len(shown), least=survey.fewest)
    places = {name: place for place, name in enumerate(names)}
    allowed = {
        ((places[group[0]], group[1]),) if group else ()
        for (_, group), verdict in zip(wanted, verdicts, strict=True)
        if verdict
    }
    return lambda group, question: group in allowed or question.bare not in again


def _asked_before(survey: Survey) -> tuple[list[Survey], set[str]]:
    """Return the earlier surveys that put a question of this one, and the words of those questions."""
    asked = {each.bare for each in queries.questions(survey) if each.kind == instruments.CHOICE}
    since = survey.made_on - (FEEDBACK_REMEMBERED if survey.about_id else REMEMBERED)
    closed = Survey.objects.filter(school_id=survey.school_id, about_id=survey.about_id, state=State.CLOSED)
    put = [
        (each, asked & {question.bare for question in queries.questions(each)})
        for each in closed.filter(closed_on__gte=since).order_by("pk")
    ]
    return [each for each, same in put if same], {words for _, same in put for words in same}


def _groups(survey: Survey) -> list[tuple[str, str] | tuple[()]]:
    """Return everybody, then each group of each variable."""
    sizes = queries.group_sizes(survey)
    return [(), *((variable, group) for variable in sorted(sizes) for group in sorted(sizes[variable]))]


def _shown_groups(survey: Survey) -> list[tuple[str, str] | tuple[()]]:
    """Return the groups of which a closed survey showed anything."""
    rows = survey.figures.exclude(count=None).values_list("variable", "group").distinct()
    return [(variable, group) if variable else () for variable, group in rows]


def _who(survey: Survey, group: tuple[str, str] | tuple[()], people: Sequence[str], of: Sequence[Known]) -> list[bool]:
    """Return who of these people, known so, answered a survey in a group."""
    inside = {
        who
        for who, groups, known in _answerers(survey)
        if known in of and (not group or groups.get(group[0]) == group[1])
    }
    return [each in inside for each in people]


def _answerers(survey: Survey) -> list[tuple[str, dict[str, str], str]]:
    """Return whoever answered, their groups and how known they were; whoever was asked on paper is somebody new."""
    rows = survey.invitations.filter(used=True).values_list("person_id", "pk", "groups", "known")
    return [(str(person or code), groups, known) for person, code, groups, known in rows]


def _record(survey: Survey, day: date) -> None:
    """Record as evidence that people were asked: what they said is for the results' own page."""
    instrument = instruments.instruments()[survey.instrument]
    about = survey.about_id is not None
    evidence.record(
        kind=FEEDBACK if about else KIND,
        words=f"Asked for feedback: {survey.title}" if about else f"Asked and listened: {survey.title}",
        characteristics=instrument.serves,
        occurred_on=day,
        visibility=Visibility.PRIVATE if about else Visibility(survey.visibility),
        source=queries.source(survey.pk),
        owner_id=survey.about_id,
    )
