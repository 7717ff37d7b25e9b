"""The write of the journal: how a decision turned out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.strategy import journal_queries, journal_rules, plan_actions, queries
from headship.strategy.models import Decision, DecisionChange, LookBack
from headship.strategy.rights_choices import Turned

KIND = "strategy.looked_back"
ALWAYS = ("3.6",)


@dataclass(frozen=True, slots=True)
class Looked:
    """How a decision turned out: what it was, as expected or not, what was learned, whether one would do so again."""

    was: str
    as_expected: Turned
    again: Turned
    learned: str = ""
    again_on: date | None = None


@action("strategy.look_back")
def look_back(*, by: Scope, at: datetime, once: UUID, decision: int, looked: Looked) -> int:
    """Say how a decision turned out; the same form sent again gives the first one's key."""
    mine = Decision.objects.select_for_update().filter(school_id=by.school_id, visibility__in=by.opens)
    now: Decision = get_object_or_404(mine, pk=decision)
    require(journal_rules.look_back(by, queries.facts(now)))
    if plan_actions.repeated(found := LookBack.objects.filter(decision=now, once=once).first()):
        return found.pk
    today = timezone.localdate(at)
    plan_actions.refuse(journal_rules.again_on(looked.again_on, today=today))
    made = LookBack.objects.create(
        decision=now,
        once=once,
        on=today,
        expected=now.expected,
        was=looked.was,
        learned=looked.learned,
        as_expected=looked.as_expected,
        again=looked.again,
        by_id=by.person_id,
    )
    now.review_on, now.version = looked.again_on, now.version + 1
    now.save(update_fields=["review_on", "version"])
    DecisionChange.objects.create(decision=now, at=at, by_id=by.person_id, words="Looked back at")
    _record(now, made)
    actions.audit(f"strategy.LookBack:{made.pk}", decision=now.pk)
    return made.pk


def record_anew(now: Decision) -> None:
    """Withdraw the evidence of each look at a decision, and record it as the decision now reads and who may see it."""
    for each in now.looks.order_by("pk"):
        evidence.withdraw(source=journal_queries.source(each.pk))
        _record(now, each)


def _record(now: Decision, made: LookBack) -> None:
    evidence.record(
        kind=KIND,
        words=f"Looked back at a decision: {now.what}",
        characteristics=ALWAYS,
        occurred_on=made.on,
        visibility=Visibility(now.visibility),
        source=journal_queries.source(made.pk),
    )
