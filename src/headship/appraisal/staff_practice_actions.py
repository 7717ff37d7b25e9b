"""Writes of excellent practice: recognised, agreed or declined by the person, taken back at any time."""

from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404

from headship.appraisal import staff_practice_queries as queries
from headship.appraisal import staff_practice_rules as rules
from headship.appraisal import staff_queries
from headship.appraisal.staff_choices import PracticeState
from headship.appraisal.staff_practice_models import ExcellentPractice
from headship.appraisal.staff_writing import day, fresh, locked, refuse
from headship.core import actions
from headship.core.actions import action
from headship.core.errors import require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence

KIND = "appraisal.practice"
SHOWN = "Excellent practice of a colleague was recognised, and they agreed to show it"  # governors read this too
SERVES = ("3.3", "1.2")


@action("appraisal.recognise_practice", apart=True)
def recognise_practice(*, by: Scope, at: datetime, once: UUID, person: int, words: str) -> int:
    """Recognise somebody's practice, and ask them whether all staff may read it; the same form again is one."""
    require(rules.recognise(by))
    locked(by)
    if found := ExcellentPractice.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(queries.source(found.pk), repeated=True)
        return found.pk
    others = {key for key in staff_queries.staff(by) if key != by.person_id}
    refuse(None if person in others else "Choose from the list: somebody else on the staff")
    made = ExcellentPractice.objects.create(
        school_id=by.school_id, once=once, person_id=person, seen_by_id=by.person_id, words=words, asked_on=day(at)
    )
    actions.audit(queries.source(made.pk), state=made.state)
    return made.pk


@action("appraisal.answer_practice", apart=True)
def answer_practice(*, by: Scope, at: datetime, practice: int, version: int, shown: bool) -> None:
    """Say, as the person it is about, whether all staff may read it; a no can become a yes."""
    now = _now(by, practice)
    to = PracticeState.AGREED if shown else PracticeState.DECLINED
    require(rules.answer(by, now.person_id, PracticeState(now.state), to))
    fresh(now.version, version)
    if shown:
        evidence.record(
            kind=KIND,
            words=SHOWN,
            characteristics=SERVES,
            occurred_on=day(at),
            visibility=Visibility.STAFF,
            source=queries.source(now.pk),
        )
    _moved(now, to, at)


@action("appraisal.take_back_practice", apart=True)
def take_back_practice(*, by: Scope, at: datetime, practice: int) -> None:
    """Stop it from being shown: it is gone from every page at once, and from evidence."""
    now = _now(by, practice)
    to = PracticeState.RECALLED if by.person_id == now.seen_by_id else PracticeState.WITHDRAWN
    require(rules.take_back(by, now.person_id, now.seen_by_id, PracticeState(now.state)))
    if now.state == PracticeState.AGREED:
        evidence.withdraw(source=queries.source(now.pk))
    _moved(now, to, at)


def _now(by: Scope, key: int) -> ExcellentPractice:
    locked(by)
    found: ExcellentPractice = get_object_or_404(queries.known(by).select_related("person", "seen_by"), pk=key)
    return found


def _moved(now: ExcellentPractice, to: PracticeState, at: datetime) -> None:
    now.state, now.answered_on, now.version = to, day(at), now.version + 1
    now.save(update_fields=["state", "answered_on", "version"])
    actions.audit(queries.source(now.pk), state=str(to))
