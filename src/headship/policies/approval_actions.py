"""Approvals of policies: the headteacher's own, or what the board or a committee approved, recorded for it."""

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
from headship.policies import actions as policies
from headship.policies import queries, rules
from headship.policies.choices import Approver, Stage
from headship.policies.models import PolicyApproval, PolicyReview, PolicyVersion

KIND = "policies.approval"
SERVES = ("1.5",)


@dataclass(frozen=True, slots=True)
class Approved:
    """When something was approved, and in which meeting; the headteacher's approval has no meeting."""

    on: date
    meeting: str = ""


@action("policies.approve_version")
def approve_version(  # noqa: PLR0913  # an approval's parts
    *, by: Scope, at: datetime, once: UUID, policy_version: int, version: int, approved: Approved
) -> int:
    """Approve words, or record that the board or a committee did; the same form sent again gives the first's key."""
    sought = get_object_or_404(queries.versions(by), pk=policy_version)
    approver = Approver(policies.locked(by, sought.policy_id).approver)
    require(rules.approves(by, approver))
    if found := PolicyApproval.objects.filter(policy_version=sought, once=once).first():
        actions.audit(f"policies.PolicyApproval:{found.pk}", repeated=True)
        return found.pk
    now = policies.locked_version(by, policy_version, version)
    require(rules.approve(by, approver, Stage(now.stage)))
    _check(approver, approved, now.worded_on, timezone.localdate(at))
    now.stage, now.version = Stage.APPROVED, version + 1
    now.save(update_fields=["stage", "version"])
    made = _record(by, at, now, approver, once, approved, None)
    words = f"{approver.words} approved “{now.policy.title}”, version {now.number}"
    _evidence(words, made, Visibility.GOVERNORS)  # staff know of it once it is in force
    actions.audit(f"policies.PolicyApproval:{made.pk}", of=now.pk, approver=approver)
    return made.pk


@action("policies.note_review")
def note_review(*, by: Scope, at: datetime, once: UUID, policy: int) -> int:
    """Note that a review found nothing to change; whoever must approves that, which sets the next review.

    The same form sent again gives the first one's key.
    """
    of = policies.locked(by, policy)
    require(rules.write(by, of.owner_id))
    today = timezone.localdate(at)
    now = queries.on_day(by, of, today)
    if found := PolicyReview.objects.filter(policy_version=now, once=once).first():
        actions.audit(f"policies.PolicyReview:{found.pk}", repeated=True)
        return found.pk
    stage = None if now is None else Stage(now.stage)
    waits = PolicyReview.objects.filter(policy_version=now, approved_on=None).exists()
    require(rules.review(by, of.owner_id, stage, waits=waits))
    assert now is not None  # the rule refused
    made = PolicyReview.objects.create(policy_version=now, once=once, on=today, by_id=by.person_id)
    actions.audit(f"policies.PolicyReview:{made.pk}", of=now.pk)
    return made.pk


@action("policies.approve_review")
def approve_review(*, by: Scope, at: datetime, once: UUID, review: int, approved: Approved) -> int:
    """Approve that a review changed nothing, or record that the board or a committee did: it sets the next review."""
    sought = get_object_or_404(queries.reviews(by), pk=review)
    of = policies.locked(by, sought.policy_version.policy_id)
    approver = Approver(of.approver)
    require(rules.approves(by, approver))
    if found := PolicyApproval.objects.filter(policy_version=sought.policy_version_id, once=once).first():
        actions.audit(f"policies.PolicyApproval:{found.pk}", repeated=True)
        return found.pk
    now = queries.reviews_waiting(by).filter(pk=review).first()
    if now is None:
        raise Stale("Somebody recorded this first, or newer words are in force. Nothing was changed.")
    _check(approver, approved, now.on, timezone.localdate(at))
    now.approved_on = approved.on
    now.save(update_fields=["approved_on"])
    policies.set_review(of, approved.on)
    made = _record(by, at, now.policy_version, approver, once, approved, now)
    _evidence(f"{approver.words} kept “{of.title}” after its review", made, Visibility.STAFF)
    actions.audit(f"policies.PolicyApproval:{made.pk}", review=now.pk, approver=approver)
    return made.pk


def _check(approver: Approver, approved: Approved, worded_on: date, today: date) -> None:
    """Refuse a day on which it cannot have been approved, or an approval of the board's without its meeting."""
    policies.refuse(rules.approved_on(approved.on, worded_on=worded_on, today=today))
    if approver != Approver.HEAD and not approved.meeting:
        raise Unusable("Say in which meeting it was approved. Nothing was saved.")


def _record(  # noqa: PLR0913, PLR0917  # an approval's parts
    by: Scope,
    at: datetime,
    now: PolicyVersion,
    approver: Approver,
    once: UUID,
    approved: Approved,
    review: PolicyReview | None,
) -> PolicyApproval:
    return PolicyApproval.objects.create(
        policy_version=now,
        review=review,
        once=once,
        approver=approver,
        meeting=approved.meeting,
        on=approved.on,
        recorded_by_id=by.person_id,
        recorded_as=rules.approved_as(by, approver),
        recorded_at=at,
    )


def _evidence(words: str, made: PolicyApproval, visibility: Visibility) -> None:
    """Record as evidence that a policy was approved."""
    evidence.record(
        kind=KIND,
        words=words,
        characteristics=SERVES,
        occurred_on=made.on,
        visibility=visibility,
        source=queries.approval_source(made.pk),
    )
