"""Writes of changes in policy: what changed, the duties it brings, how we answer them, and what is done."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.policies import actions as policies
from headship.policies import change_queries, change_rules, queries
from headship.policies.choices import Answer, Origin, Progress
from headship.policies.models import Duty, DutyAction, PolicyChange
from headship.schools.models import School

KIND = "policies.action"
SERVES = ("1.5",)


@dataclass(frozen=True, slots=True)
class Told:
    """A change: what, where from, its source in words, a link, since when, and what it means for us."""

    title: str
    origin: Origin
    source: str
    link: str = ""
    published_on: date | None = None
    in_force_on: date | None = None
    means: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A duty: what is asked, by when, how we answer it, by which policy or why not, and who answers for it."""

    words: str
    due_on: date | None = None
    answer: Answer = Answer.OPEN
    policy: int | None = None
    because: str = ""
    owner: int | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """An action on a duty: what, who, by when."""

    what: str
    owner: int
    due_on: date


@action("policies.note_change")
def note_change(*, by: Scope, at: datetime, once: UUID, told: Told) -> int:
    """Note a change in policy; the same form sent again gives the first one's key."""
    require(change_rules.keep(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := PolicyChange.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(f"policies.PolicyChange:{found.pk}", repeated=True)
        return found.pk
    made = PolicyChange(school_id=by.school_id, once=once, noted_on=timezone.localdate(at), noted_by_id=by.person_id)
    _tell(made, told)
    made.save()
    actions.audit(f"policies.PolicyChange:{made.pk}", origin=told.origin)
    return made.pk


@action("policies.edit_change")
def edit_change(*, by: Scope, at: datetime, change: int, version: int, told: Told) -> None:
    """Change what is told of a change."""
    require(change_rules.keep(by))
    now = _locked(by, change)
    _fresh(now.version, version)
    _tell(now, told)
    now.version += 1
    now.save()
    actions.audit(f"policies.PolicyChange:{now.pk}", version=now.version, at=at.date().isoformat())


@action("policies.add_duty")
def add_duty(*, by: Scope, at: datetime, once: UUID, change: int, asked: Asked) -> int:
    """Say what a change asks; the same form sent again gives the first one's key."""
    require(change_rules.keep(by))
    of = _locked(by, change)
    if found := Duty.objects.filter(change=of, once=once).first():
        actions.audit(f"policies.Duty:{found.pk}", repeated=True)
        return found.pk
    made = Duty(change=of, once=once)
    _ask(by, made, asked)
    made.save()
    actions.audit(f"policies.Duty:{made.pk}", of=of.pk, at=at.date().isoformat())
    return made.pk


@action("policies.edit_duty")
def edit_duty(*, by: Scope, at: datetime, duty: int, version: int, asked: Asked) -> None:
    """Change a duty, or how we answer it."""
    now = _locked_duty(by, duty)
    require(change_rules.answer_for(by, now.owner_id))
    _fresh(now.version, version)
    _ask(by, now, asked)
    now.version += 1
    now.save()
    actions.audit(f"policies.Duty:{now.pk}", version=now.version, at=at.date().isoformat())


@action("policies.withdraw_duty")
def withdraw_duty(*, by: Scope, at: datetime, duty: int, version: int, because: str) -> None:
    """Withdraw a duty that should not be there, with what is planned for it: it stays told, and counts no more."""
    now = _locked_duty(by, duty)
    done = now.actions.filter(progress=Progress.DONE).exists()
    require(change_rules.withdraw(by, now.owner_id, done=done))
    _fresh(now.version, version)
    policies.refuse(None if because else "Say why it is withdrawn")
    now.withdrawn_on, now.withdrawn_because, now.version = timezone.localdate(at), because, version + 1
    now.save(update_fields=["withdrawn_on", "withdrawn_because", "version"])
    actions.audit(f"policies.Duty:{now.pk}", withdrawn=True, version=now.version)


@action("policies.add_action")
def add_action(*, by: Scope, at: datetime, once: UUID, duty: int, doing: Doing) -> int:
    """Plan what is done for a duty; the same form sent again gives the first one's key."""
    of = _locked_duty(by, duty)
    require(change_rules.answer_for(by, of.owner_id))
    if found := DutyAction.objects.filter(duty=of, once=once).first():
        actions.audit(f"policies.DutyAction:{found.pk}", repeated=True)
        return found.pk
    policies.owned(by, doing.owner)
    made = DutyAction.objects.create(duty=of, once=once, what=doing.what, owner_id=doing.owner, due_on=doing.due_on)
    actions.audit(f"policies.DutyAction:{made.pk}", of=of.pk, at=at.date().isoformat())
    return made.pk


@action("policies.edit_action")
def edit_action(*, by: Scope, at: datetime, doing_key: int, version: int, doing: Doing) -> None:
    """Change what is done for a duty, who does it, or by when."""
    require(change_rules.keep(by))
    now = _locked_action(by, doing_key, version)
    if now.owner_id != doing.owner:
        policies.owned(by, doing.owner)
    now.what, now.owner_id, now.due_on, now.version = doing.what, doing.owner, doing.due_on, version + 1
    now.save(update_fields=["what", "owner", "due_on", "version"])
    if now.progress == Progress.DONE:
        evidence.withdraw(source=change_queries.source(now.pk))
        _record(now)
    actions.audit(f"policies.DutyAction:{now.pk}", version=now.version, at=at.date().isoformat())


@action("policies.move_action")
def move_action(*, by: Scope, at: datetime, doing_key: int, version: int, to: Progress, said: str) -> None:  # noqa: PLR0913  # a move's parts
    """Say how far an action is, and what was done; one that is done is evidence, until it is taken up again."""
    sought = get_object_or_404(change_queries.actions(by), pk=doing_key)
    require(change_rules.progress(by, sought.owner_id))
    now = _locked_action(by, doing_key, version)
    require(change_rules.progress(by, now.owner_id))  # another may do it since
    policies.refuse(change_rules.move(Progress(now.progress), to, said))
    if now.progress == Progress.DONE:
        evidence.withdraw(source=change_queries.source(now.pk))
    now.progress, now.said, now.version = to, said, version + 1
    now.done_on = timezone.localdate(at) if to == Progress.DONE else None
    now.save(update_fields=["progress", "said", "done_on", "version"])
    if to == Progress.DONE:
        _record(now)
    actions.audit(f"policies.DutyAction:{now.pk}", to=to, version=now.version)


def _locked(by: Scope, key: int) -> PolicyChange:
    here = PolicyChange.objects.filter(school_id=by.school_id).select_for_update()
    found: PolicyChange = get_object_or_404(here, pk=key)
    return found


def _locked_duty(by: Scope, key: int) -> Duty:
    sought: Duty = get_object_or_404(change_queries.duties(by), pk=key)
    _locked(by, sought.change_id)
    found: Duty = change_queries.duties(by).get(pk=key)
    return found


def _locked_action(by: Scope, key: int, version: int) -> DutyAction:
    sought: DutyAction = get_object_or_404(change_queries.actions(by), pk=key)
    _locked(by, sought.duty.change_id)
    found: DutyAction = change_queries.actions(by).get(pk=key)
    _fresh(found.version, version)
    return found


def _fresh(now: int, typed: int) -> None:
    """Refuse what was typed about an older version. Errors: Stale."""
    if now != typed:
        raise Stale(policies.CHANGED)


def _tell(now: PolicyChange, told: Told) -> None:
    now.title, now.origin, now.source, now.link = told.title, told.origin, told.source, told.link
    now.published_on, now.in_force_on, now.means = told.published_on, told.in_force_on, told.means


def _ask(by: Scope, now: Duty, asked: Asked) -> None:
    """Write what is asked, and how we answer it. Errors: Http404 for another school's policy, Unusable."""
    policies.refuse(change_rules.answer(asked.answer, asked.policy, asked.because))
    if asked.policy is not None:
        get_object_or_404(queries.policies(by), pk=asked.policy)
    if now.owner_id != asked.owner:
        policies.owned(by, asked.owner)
    now.words, now.due_on, now.answer = asked.words, asked.due_on, asked.answer
    now.policy_id, now.because, now.owner_id = asked.policy, asked.because, asked.owner


def _record(now: DutyAction) -> None:
    """Record as evidence that a change was acted on."""
    assert now.done_on is not None  # it is done
    evidence.record(
        kind=KIND,
        words=f"Done, since policy changed: {now.what}",
        characteristics=SERVES,
        occurred_on=now.done_on,
        visibility=Visibility.STAFF,
        source=change_queries.source(now.pk),
    )
