"""Writes of values and decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.schools.models import School
from headship.standards import queries as standards
from headship.strategy import journal_actions, journal_queries, journal_rules, queries, rules
from headship.strategy.models import Area, Decision, DecisionChange, Value

KIND = "strategy.decision"


@dataclass(frozen=True, slots=True)
class Journal:
    """In which area it was decided, what is expected of it, and when it is looked back at."""

    area: int | None = None
    expected: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """What somebody writes down about a decision. Without a journal a change leaves what stands there."""

    what: str
    why: str
    decided_on: date
    visibility: Visibility
    values: Sequence[int] = ()
    characteristics: Sequence[str] = ()
    journal: Journal | None = None


@action("strategy.note_decision")
def note_decision(*, by: Scope, at: datetime, once: UUID, noted: Noted) -> int:
    """Note a decision and record it as evidence; the same form sent again (`once`) gives the first one's key."""
    require(rules.note_decision(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := Decision.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(f"strategy.Decision:{found.id}", repeated=True)
        return found.id
    _check(by, noted, at)
    journal = noted.journal or Journal()
    decision = Decision.objects.create(
        school_id=by.school_id,
        once=once,
        what=noted.what,
        why=noted.why,
        decided_on=noted.decided_on,
        decided_by_id=by.person_id,
        decided_as=rules.decided_as(by),
        visibility=noted.visibility,
        noted_at=at,
        area_id=journal.area,
        expected=journal.expected,
        review_on=journal.review_on,
    )
    _serve(decision, noted)
    _tell(decision, by, at, "Noted")
    actions.audit(f"strategy.Decision:{decision.id}", visibility=noted.visibility, on=noted.decided_on.isoformat())
    return decision.id


@action("strategy.change_decision")
def change_decision(*, by: Scope, at: datetime, decision: int, version: int, noted: Noted) -> None:
    """Change one's own decision; its evidence, and that of looks back, is recorded anew as it now reads."""
    now = _locked(by, decision, version)
    require(rules.change_decision(by, queries.facts(now), today=timezone.localdate(at)))
    _check(by, noted, at)
    words = _difference(now, noted)
    now.what, now.why, now.decided_on, now.visibility = noted.what, noted.why, noted.decided_on, noted.visibility
    if noted.journal:
        now.area_id, now.expected = noted.journal.area, noted.journal.expected
        now.review_on = noted.journal.review_on
    now.version += 1
    now.save()
    evidence.withdraw(source=queries.source(now.id))
    _serve(now, noted)
    journal_actions.record_anew(now)
    _tell(now, by, at, words)
    actions.audit(f"strategy.Decision:{now.id}", version=now.version, visibility=noted.visibility)


@action("strategy.withdraw_decision")
def withdraw_decision(*, by: Scope, at: datetime, decision: int, version: int, because: str) -> None:
    """Withdraw a decision with its evidence; both stay to be read in its history."""
    now = _locked(by, decision, version)
    require(rules.withdraw_decision(by, queries.facts(now)))
    now.withdrawn_at = at
    now.version += 1
    now.save(update_fields=["withdrawn_at", "version"])
    evidence.withdraw(source=queries.source(now.id))
    for look in journal_queries.looks(now):
        evidence.withdraw(source=journal_queries.source(look.pk))
    _tell(now, by, at, f"Withdrawn: {because}")
    actions.audit(f"strategy.Decision:{now.id}", version=now.version)


@action("strategy.add_value")
def add_value(*, by: Scope, at: datetime, name: str, meaning: str) -> int:
    """Add something the school stands for; a retired value of that name comes back."""
    require(rules.edit_values(by))
    School.objects.select_for_update().get(pk=by.school_id)
    kept = Value.objects.filter(school_id=by.school_id, name=name).first()
    if kept and not kept.retired_at:
        raise Unusable(f"“{name}” is among the school's values already. Change its meaning instead.")
    if kept:
        kept.meaning, kept.retired_at, kept.version = meaning, None, kept.version + 1
        kept.save()
    value = kept or Value.objects.create(school_id=by.school_id, name=name, meaning=meaning)
    actions.audit(f"strategy.Value:{value.id}", version=value.version)
    return value.id


@action("strategy.change_value")
def change_value(  # noqa: PLR0913  # a value's two words, which one, and how it was when they were typed
    *, by: Scope, at: datetime, value: int, version: int, name: str, meaning: str
) -> None:
    """Change a value's words."""
    require(rules.edit_values(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that no two take one name
    now = _locked_value(by, value, version)
    if Value.objects.filter(school_id=by.school_id, name=name).exclude(id=now.id).exists():
        raise Unusable(f"Another value has the name “{name}”. Choose a different one; nothing was changed.")
    now.name, now.meaning, now.version = name, meaning, now.version + 1
    now.save(update_fields=["name", "meaning", "version"])
    actions.audit(f"strategy.Value:{now.id}", version=now.version)


@action("strategy.retire_value")
def retire_value(*, by: Scope, at: datetime, value: int, version: int) -> None:
    """Take a value off the list; decisions that name it keep its name."""
    require(rules.edit_values(by))
    now = _locked_value(by, value, version)
    now.retired_at, now.version = at, now.version + 1
    now.save(update_fields=["retired_at", "version"])
    actions.audit(f"strategy.Value:{now.id}", version=now.version, retired=True)


def _locked(by: Scope, decision: int, version: int) -> Decision:
    now = get_object_or_404(
        Decision.objects.select_for_update(), id=decision, school_id=by.school_id, visibility__in=by.opens
    )
    if now.version != version:
        raise Stale(
            "Somebody changed this decision while you were writing. Theirs was kept and yours was not saved: "
            "go back, copy your words, open the decision again and make your change there."
        )
    return now


def _locked_value(by: Scope, value: int, version: int) -> Value:
    now = get_object_or_404(Value.objects.select_for_update(), id=value, school_id=by.school_id, retired_at=None)
    if now.version != version:
        raise Stale(
            "Somebody changed this value while you were writing. Theirs was kept and yours was not saved: "
            "go back, copy your words, open the values again and make your change there."
        )
    return now


def _check(by: Scope, noted: Noted, at: datetime) -> None:
    """Refuse what the form would not have offered. Errors: Unusable."""
    if noted.visibility not in rules.visibilities(by):
        raise Unusable("Choose who can see the decision from the list. Nothing was saved.")
    if wrong := rules.decided_on(noted.decided_on, today=timezone.localdate(at)):
        raise Unusable(f"{wrong}. Nothing was saved.")
    journal = noted.journal or Journal()
    if wrong := journal_rules.review_on(journal.review_on, decided_on=noted.decided_on):
        raise Unusable(f"{wrong}. Nothing was saved.")
    if journal.area and not Area.objects.filter(school_id=by.school_id, pk=journal.area).exists():
        raise Unusable("Choose the area from the list. Nothing was saved.")


def _serve(decision: Decision, noted: Noted) -> None:
    """Tie the decision to its values and characteristics, and record it as evidence where it serves any."""
    decision.values.set(Value.objects.filter(school_id=decision.school_id, id__in=noted.values))
    decision.characteristics.set(standards.characteristic_ids(standards.DEFAULT, noted.characteristics))
    if noted.characteristics:
        evidence.record(
            kind=KIND,
            words=f"Decided: {noted.what}",
            characteristics=tuple(noted.characteristics),
            occurred_on=noted.decided_on,
            visibility=noted.visibility,
            source=queries.source(decision.id),
        )


def _tell(decision: Decision, by: Scope, at: datetime, words: str) -> None:
    DecisionChange.objects.create(decision=decision, at=at, by_id=by.person_id, words=words[:400])


def _difference(now: Decision, noted: Noted) -> str:
    """Say in words what a change touches, not what it said before."""
    journal = noted.journal or Journal(now.area_id, now.expected, now.review_on)
    touched = [
        words
        for words, was, becomes in (
            ("the area", now.area_id, journal.area),
            ("what is expected", now.expected, journal.expected),
            ("when to look back", now.review_on, journal.review_on),
            ("what was decided", now.what, noted.what),
            ("why", now.why, noted.why),
            ("the day", now.decided_on, noted.decided_on),
            ("who can see it", now.visibility, noted.visibility),
        )
        if was != becomes
    ]
    return "Changed " + (", ".join(touched) if touched else "what it serves")
