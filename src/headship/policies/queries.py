"""Reads of policies: all of them, their versions, the words of any day, and what is required of the school."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from headship.core.scope import Scope
from headship.policies import rules
from headship.policies.choices import OPEN, SHOWN, Asks, Stage
from headship.policies.models import Policy, PolicyApproval, PolicyReview, PolicyVersion
from headship.policy.required import Required, required
from headship.schools import queries as schools
from headship.schools.calendar_dates import group_of

MOST = 300  # of policies on one page; no school keeps so many
HEAVY = "words"


@dataclass(frozen=True, slots=True)
class Listed:
    """A policy with the version of today, the one that is open, and the review that waits for approval."""

    policy: Policy
    now: PolicyVersion | None
    open: PolicyVersion | None
    review: PolicyReview | None


def policies(scope: Scope) -> QuerySet[Policy]:
    """Return the school's policies by title, those that were withdrawn last."""
    return Policy.objects.filter(school_id=scope.school_id).order_by("withdrawn_on", "title", "pk")


def policy(scope: Scope, key: int) -> Policy | None:
    """Return one of the school's policies the reader may know of."""
    found = policies(scope).filter(pk=key).first()
    return found if found and _known(scope, found) else None


def _known(scope: Scope, of: Policy) -> bool:
    """Whether the reader knows of a policy: whoever sees drafts always, others once it was in force."""
    return rules.see_open(scope, of.owner_id) or of.versions.filter(stage__in=SHOWN).exists()


def known(scope: Scope) -> frozenset[int]:
    """Return the keys of the school's policies that the reader may know of, as `policy` does for one."""
    found = policies(scope)
    if not rules.see_open(scope, None):
        held = PolicyVersion.objects.filter(policy=OuterRef("pk"), stage__in=SHOWN)
        found = found.filter(Q(owner_id=scope.person_id) | Exists(held))
    return frozenset(found.values_list("pk", flat=True))


def versions(scope: Scope) -> QuerySet[PolicyVersion]:
    """Return the versions of the school's policies, each with its policy."""
    return PolicyVersion.objects.filter(policy__school_id=scope.school_id).select_related("policy")


def version(scope: Scope, key: int) -> PolicyVersion | None:
    """Return a version the reader may know of."""
    found = versions(scope).filter(pk=key).first()
    seen = found and (found.stage in SHOWN or rules.see_open(scope, found.policy.owner_id))
    return found if seen else None


def versions_of(scope: Scope, of: Policy) -> list[PolicyVersion]:
    """Return the versions of a policy that the reader may know of, newest first, without their words."""
    found = versions(scope).filter(policy=of).order_by("-number").defer(HEAVY)
    return list(found if rules.see_open(scope, of.owner_id) else found.filter(stage__in=SHOWN))


def on_day(scope: Scope, of: Policy, day: date) -> PolicyVersion | None:
    """Return the version of a policy that was in force on a day."""
    over = Q(superseded_on__isnull=True) | Q(superseded_on__gt=day)
    found = versions(scope).filter(over, policy=of, stage__in=SHOWN, in_force_on__lte=day)
    return found.order_by("-in_force_on", "-number").first()


def to_be_read(scope: Scope) -> list[PolicyVersion]:
    """Return the versions in force today of the policies that ask anybody to read them, without their words."""
    today = timezone.localdate(scope.at)
    over = Q(superseded_on__isnull=True) | Q(superseded_on__gt=today)
    found = versions(scope).filter(over, stage__in=SHOWN, in_force_on__lte=today, policy__withdrawn_on=None)
    rows = found.exclude(policy__asks=Asks.NOBODY).order_by("number").defer(HEAVY)
    return list({each.policy_id: each for each in rows}.values())  # the newest of each stays


def is_in_force(each: PolicyVersion, day: date) -> bool:
    """Whether a version is in force on a day."""
    began = each.stage in SHOWN and each.in_force_on is not None and each.in_force_on <= day
    return began and (each.superseded_on is None or each.superseded_on > day)


def before(scope: Scope, of: PolicyVersion) -> PolicyVersion | None:
    """Return the version before one."""
    return versions(scope).filter(policy_id=of.policy_id, number__lt=of.number).order_by("-number").first()


def approvals(scope: Scope) -> QuerySet[PolicyApproval]:
    """Return what was approved of the school's policies."""
    return PolicyApproval.objects.filter(policy_version__policy__school_id=scope.school_id)


def approval_of(scope: Scope, of: PolicyVersion) -> PolicyApproval | None:
    """Return the newest approval of a version's words."""
    return approvals(scope).filter(policy_version=of, review=None).order_by("-on", "-pk").first()


def approval_source(key: int) -> str:
    """Return how evidence names an approval."""
    return f"policies.PolicyApproval:{key}"


def standing(scope: Scope, of: Policy) -> PolicyVersion | None:
    """Return the newest version of a policy that was brought into force, be it from a day to come."""
    return versions(scope).filter(policy=of, stage=Stage.IN_FORCE).first()


def approvals_of(scope: Scope, of: Policy) -> list[PolicyApproval]:
    """Return what was approved of the versions that the reader may know of, newest first."""
    found = approvals(scope).filter(policy_version__policy=of)
    if not rules.see_open(scope, of.owner_id):
        found = found.filter(policy_version__stage__in=SHOWN)
    return list(found.select_related("policy_version", "review").order_by("-on", "-pk"))


def reviews(scope: Scope) -> QuerySet[PolicyReview]:
    """Return the reviews of the school's policies, each with what was reviewed."""
    found = PolicyReview.objects.filter(policy_version__policy__school_id=scope.school_id)
    return found.select_related("policy_version__policy").order_by("on", "pk")


def reviews_waiting(scope: Scope) -> QuerySet[PolicyReview]:
    """Return the reviews that nobody approved yet, of versions that still stand."""
    return reviews(scope).filter(
        approved_on=None, policy_version__stage=Stage.IN_FORCE, policy_version__policy__withdrawn_on=None
    )


def listed(scope: Scope, *, withdrawn: bool = False) -> list[Listed]:
    """Return the policies the reader knows of, each as it stands today."""
    today = timezone.localdate(scope.at)
    kept = PolicyVersion.objects.filter(stage__in=(*OPEN, *SHOWN)).defer(HEAVY).order_by("number")
    found = policies(scope) if withdrawn else policies(scope).filter(withdrawn_on=None)
    reviewed = reviews_waiting(scope).defer(f"policy_version__{HEAVY}")
    waiting = {each.policy_version.policy_id: each for each in reviewed}
    rows = found.prefetch_related(Prefetch("versions", queryset=kept))[:MOST]
    every = [_listed(each, today, waiting) for each in rows]
    return [each for each in every if _shown(scope, each)]


def _shown(scope: Scope, each: Listed) -> bool:
    was_in_force = any(it.stage in SHOWN for it in each.policy.versions.all())
    return was_in_force or rules.see_open(scope, each.policy.owner_id)


def _listed(each: Policy, today: date, waiting: Mapping[int, PolicyReview]) -> Listed:
    its = list(each.versions.all())
    now = next((it for it in reversed(its) if is_in_force(it, today)), None)
    drafted = next((it for it in its if it.stage in OPEN), None)
    return Listed(each, now, drafted, waiting.get(each.pk))


def kind_of(school_id: int) -> str:
    """Return "maintained", "academy" or "" for a school."""
    return group_of(schools.school_of(school_id).kind)


def asked_of(scope: Scope) -> tuple[Required, ...]:
    """Return what the school is asked to have."""
    return required(kind_of(scope.school_id), timezone.localdate(scope.at))


def lacking(asked: Iterable[Required], had: Sequence[Listed]) -> list[Required]:
    """Return what is asked of the school and answered by no policy in force."""
    answered = {each.policy.required for each in had if each.now}
    return [each for each in asked if each.code not in answered]


def past_review(rows: Iterable[Listed], day: date) -> list[Listed]:
    """Return the policies whose review was due before a day, longest ago first."""
    found = [each for each in rows if each.policy.review_on and each.policy.review_on < day]
    return sorted(found, key=lambda each: (each.policy.review_on, each.policy.pk))


def reviews_between(scope: Scope, first: date, last: date) -> list[Policy]:
    """Return the policies whose review falls between two days."""
    found = policies(scope).filter(withdrawn_on=None, review_on__range=(first, last))
    return list(found.order_by("review_on", "pk"))


def owned_reviews(scope: Scope, until: date) -> list[Policy]:
    """Return the policies the reader answers for whose review is due until a day, unless one waits for approval."""
    found = policies(scope).filter(withdrawn_on=None, owner_id=scope.person_id, review_on__lte=until)
    rows = list(found.order_by("review_on", "pk"))
    if not rows:
        return []
    waiting = set(reviews_waiting(scope).values_list("policy_version__policy", flat=True))
    return [each for each in rows if each.pk not in waiting]


def brought_since(scope: Scope, moment: datetime) -> list[PolicyVersion]:
    """Return the versions that came into force on or after the day of a moment, until today, newest first."""
    today = timezone.localdate(scope.at)
    days = (timezone.localdate(moment), today)
    found = versions(scope).filter(stage__in=SHOWN, in_force_on__range=days).defer(HEAVY)
    return list(found.order_by("-in_force_on", "-pk")[:10])


def open_versions(scope: Scope, *stages: Stage) -> list[PolicyVersion]:
    """Return the versions in certain stages of policies that stand, oldest words first."""
    found = versions(scope).filter(stage__in=stages, policy__withdrawn_on=None).defer(HEAVY)
    return list(found.order_by("worded_on", "pk"))


def next_review(months: int | None, since: date) -> date | None:
    """Return the day a policy is reviewed next; None where it has no cycle."""
    if months is None:
        return None
    years, month = divmod(since.month - 1 + months, 12)
    first = date(since.year + years, month + 1, 1)
    following = date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    return min(first + timedelta(days=since.day - 1), following - timedelta(days=1))
