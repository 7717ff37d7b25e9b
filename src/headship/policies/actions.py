"""Writes of policies: what they are, their words, when these are in force, and who has read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.roles import STAFF
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.people import holders
from headship.policies import queries, reading_queries, rules
from headship.policies.choices import OPEN, Approver, Asks, Stage
from headship.policies.models import Acknowledgement, Policy, PolicyVersion
from headship.policy.required import entry
from headship.schools.models import School

WITHDRAWN = "This policy was withdrawn. Add a new one instead. Nothing was saved."
CHANGED = "Somebody changed this while you were writing. Theirs was kept and yours was not saved: open it again."


@dataclass(frozen=True, slots=True)
class Put:
    """What a policy is: its title, who answers for and who approves it, its cycle, and whom it asks to read it."""

    title: str
    owner: int | None
    approver: Approver
    months: int | None = None
    required: str = ""
    published: bool = False
    asks: Asks = Asks.NOBODY
    asked_posts: Sequence[str] = ()
    days_to_read: int = 14


@action("policies.add_policy")
def add_policy(*, by: Scope, at: datetime, once: UUID, put: Put) -> int:
    """Add a policy, whose words are drafted next; the same form sent again gives the first one's key."""
    require(rules.keep(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := Policy.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(f"policies.Policy:{found.pk}", repeated=True)
        return found.pk
    made = Policy(school_id=by.school_id, once=once)
    _take(by, made, put)
    made.save()
    actions.audit(f"policies.Policy:{made.pk}", at=at.date().isoformat(), approver=put.approver)
    return made.pk


@action("policies.change_policy")
def change_policy(*, by: Scope, at: datetime, policy: int, version: int, put: Put) -> None:
    """Change what a policy is; its words stay. Those offered to or approved by another approver are a draft again."""
    require(rules.keep(by))
    now = locked(by, policy, version)
    cycle, approver = now.months, now.approver
    _take(by, now, put)
    if now.months != cycle:
        now.review_on = _review_on(now)
    now.version += 1
    now.save()
    if now.approver != approver:
        for each in now.versions.filter(stage__in=(Stage.OFFERED, Stage.APPROVED)):
            _redraft(each)
            each.save(update_fields=["stage", "version"])
    actions.audit(f"policies.Policy:{now.pk}", version=now.version, at=at.date().isoformat())


@action("policies.withdraw_policy")
def withdraw_policy(*, by: Scope, at: datetime, policy: int, version: int) -> None:
    """Withdraw a policy from today: its words are no longer in force, and stay to be read."""
    require(rules.keep(by))
    now = locked(by, policy, version)
    if now.withdrawn_on:
        raise Stale("Somebody withdrew it first. Nothing was changed.")
    today = timezone.localdate(at)
    now.versions.filter(stage=Stage.SUPERSEDED, superseded_on__gt=today).update(superseded_on=today)
    now.versions.filter(stage=Stage.IN_FORCE).update(stage=Stage.SUPERSEDED, superseded_on=today)
    now.withdrawn_on, now.review_on, now.version = today, None, version + 1
    now.save(update_fields=["withdrawn_on", "review_on", "version"])
    actions.audit(f"policies.Policy:{now.pk}", version=now.version, withdrawn=True)


@action("policies.draft_version")
def draft_version(*, by: Scope, at: datetime, policy: int, words: str, why: str) -> int:
    """Draft the next words of a policy. Errors: Stale where somebody drafted first."""
    of = locked(by, policy)
    require(rules.write(by, of.owner_id))
    if of.withdrawn_on:
        raise Unusable(WITHDRAWN)
    if waits := of.versions.filter(stage__in=OPEN).first():
        if (waits.words, waits.why) == (words, why):  # the same form twice
            actions.audit(f"policies.PolicyVersion:{waits.pk}", repeated=True)
            return waits.pk
        raise Stale("Somebody drafted the next version first. Yours was not saved: open theirs and change it.")
    newest = of.versions.order_by("-number").values_list("number", flat=True).first() or 0
    made = PolicyVersion.objects.create(
        policy=of, number=newest + 1, words=words, why=why, worded_on=timezone.localdate(at)
    )
    actions.audit(f"policies.PolicyVersion:{made.pk}", policy=of.pk, number=made.number)
    return made.pk


@action("policies.change_words")
def change_words(*, by: Scope, at: datetime, policy_version: int, version: int, words: str, why: str) -> None:  # noqa: PLR0913  # a draft's parts
    """Change words that are not in force; those that were offered or approved are a draft again."""
    now = locked_version(by, policy_version, version)
    require(rules.change_words(by, now.policy.owner_id, Stage(now.stage)))
    _redraft(now)
    now.words, now.why, now.worded_on = words, why, timezone.localdate(at)
    now.save(update_fields=["words", "why", "stage", "version", "worded_on"])
    actions.audit(f"policies.PolicyVersion:{now.pk}", version=now.version)


@action("policies.offer_version")
def offer_version(*, by: Scope, at: datetime, policy_version: int, version: int) -> None:
    """Offer words to whoever approves them."""
    now = locked_version(by, policy_version, version)
    require(rules.offer(by, now.policy.owner_id, Stage(now.stage)))
    now.stage, now.version = Stage.OFFERED, version + 1
    now.save(update_fields=["stage", "version"])
    actions.audit(f"policies.PolicyVersion:{now.pk}", to=now.stage, at=at.date().isoformat())


@action("policies.bring_into_force")
def bring_into_force(*, by: Scope, at: datetime, policy_version: int, version: int, on: date) -> None:
    """Bring approved words into force from a day; they supersede those before, and set the next review."""
    now = locked_version(by, policy_version, version)
    require(rules.bring(by, Stage(now.stage)))
    approval = queries.approval_of(by, now)
    assert approval is not None  # it is approved
    refuse(rules.still_approved(Approver(approval.approver), Approver(now.policy.approver)))
    earlier = queries.standing(by, now.policy)
    refuse(rules.in_force_on(on, approved_on=approval.on, before=earlier.in_force_on if earlier else None))
    if earlier:
        earlier.stage, earlier.superseded_on = Stage.SUPERSEDED, on
        earlier.save(update_fields=["stage", "superseded_on"])
    now.stage, now.in_force_on, now.version = Stage.IN_FORCE, on, version + 1
    now.save(update_fields=["stage", "in_force_on", "version"])
    set_review(now.policy, on)
    evidence.reclass(source=queries.approval_source(approval.pk), visibility=Visibility.STAFF)
    actions.audit(f"policies.PolicyVersion:{now.pk}", on=on.isoformat(), at=at.date().isoformat())


@action("policies.acknowledge")
def acknowledge(*, by: Scope, at: datetime, policy_version: int) -> None:
    """Say that one has read a version; said twice, the first day stands."""
    found = _locked_words(by, policy_version)
    if not queries.is_in_force(found, timezone.localdate(at)):
        raise Unusable("These words are not in force. Read those that are. Nothing was saved.")
    require(rules.read(by, asked=reading_queries.is_asked(by, found)))
    Acknowledgement.objects.get_or_create(
        policy_version=found, person_id=by.person_id, defaults={"on": timezone.localdate(at)}
    )
    actions.audit(f"policies.PolicyVersion:{found.pk}", read=True)


def locked(by: Scope, key: int, version: int | None = None) -> Policy:
    """Return a policy of the school to write to, as it was when it was looked at. Errors: Http404, Stale."""
    found: Policy = get_object_or_404(queries.policies(by).select_for_update(), pk=key)
    if version is not None and found.version != version:
        raise Stale(CHANGED)
    return found


def locked_version(by: Scope, key: int, version: int) -> PolicyVersion:
    """Return a version to write to, as it was when it was looked at. Errors: Http404, Unusable, Stale."""
    found = _locked_words(by, key)
    if found.policy.withdrawn_on:
        raise Unusable(WITHDRAWN)
    if found.version != version:
        raise Stale(CHANGED)
    return found


def _locked_words(by: Scope, key: int) -> PolicyVersion:
    """Return a version as it is once nobody else writes to its policy. Errors: Http404."""
    sought = get_object_or_404(queries.versions(by), pk=key)
    locked(by, sought.policy_id)  # one writer of a policy at a time
    found: PolicyVersion = queries.versions(by).get(pk=key)
    return found


def _redraft(now: PolicyVersion) -> None:
    """Make words a draft again, unsaved; that they were approved is evidence no more."""
    if now.stage == Stage.APPROVED:
        for key in now.approvals.filter(review=None).values_list("pk", flat=True):
            evidence.withdraw(source=queries.approval_source(key))
    now.stage, now.version = Stage.DRAFT, now.version + 1


def set_review(of: Policy, since: date) -> None:
    """Set the next review of a policy from a day."""
    of.review_on = queries.next_review(of.months, since)
    of.save(update_fields=["review_on"])


def refuse(wrong: str | None) -> None:
    """Refuse what the form would not have let through. Errors: Unusable."""
    if wrong:
        raise Unusable(f"{wrong}. Nothing was saved.")


def owned(by: Scope, person: int | None) -> None:
    """Refuse an owner who works nowhere here. Errors: Unusable."""
    if person is not None and person not in dict(holders.holders(by).offered):
        raise Unusable("Choose who answers for it from the list. Nothing was saved.")


def _take(by: Scope, now: Policy, put: Put) -> None:
    """Write what a policy is into it. Errors: Unusable."""
    if now.owner_id != put.owner:
        owned(by, put.owner)
    if put.required and not entry(put.required):
        raise Unusable("Choose from the register what it answers. Nothing was saved.")
    if put.months is not None and not 0 < put.months <= rules.MOST_MONTHS:
        raise Unusable(f"Review it every 1 to {rules.MOST_MONTHS} months, or leave it empty. Nothing was saved.")
    posts = [each for each in put.asked_posts if each in STAFF] if put.asks == Asks.POSTS else []
    if put.asks == Asks.POSTS and not posts:
        raise Unusable("Choose which posts read it. Nothing was saved.")
    now.title, now.owner_id, now.approver, now.months = put.title, put.owner, put.approver, put.months
    now.required, now.published = put.required, put.published
    now.asks, now.asked_posts, now.days_to_read = put.asks, posts, put.days_to_read


def _review_on(of: Policy) -> date | None:
    """Return the next review after the cycle changed: from the newest day the words held or were found to hold.

    Of a policy without words here, from the approval a list told of; else the day that stands.
    """
    if of.pk is None or of.withdrawn_on:
        return None
    held = of.versions.filter(stage=Stage.IN_FORCE).first()
    if held is None:
        return queries.next_review(of.months, of.approved_before) if of.approved_before else of.review_on
    reviewed = held.reviews.exclude(approved_on=None).order_by("-approved_on").first()
    since = reviewed.approved_on if reviewed else held.in_force_on
    assert since is not None  # words in force have a day
    return queries.next_review(of.months, since)
