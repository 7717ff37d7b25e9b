"""Reads of changes in policy: the chain from change to action, and what is missing in it."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from headship.core.scope import Scope
from headship.people.holders import Holders
from headship.policies.choices import ACTIVE, Answer, Progress, Stage
from headship.policies.models import Duty, DutyAction, PolicyChange, PolicyVersion

PAGE = 20
_STANDING = Prefetch("policy__versions", queryset=PolicyVersion.objects.filter(stage=Stage.IN_FORCE).defer("words"))


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing in a chain: what, and at which duty ("" where it is the change's)."""

    words: str
    duty: str = ""


def changes(scope: Scope) -> QuerySet[PolicyChange]:
    """Return the changes the school noted, newest first, each with its duties and what is done for them."""
    duties = Duty.objects.filter(withdrawn_on=None).select_related("policy").prefetch_related(_STANDING).order_by("pk")
    actions = DutyAction.objects.order_by("due_on", "pk")
    found = PolicyChange.objects.filter(school_id=scope.school_id).order_by("-noted_on", "-pk")
    return found.prefetch_related(Prefetch("duties", queryset=duties), Prefetch("duties__actions", queryset=actions))


def change(scope: Scope, key: int) -> PolicyChange | None:
    """Return one change."""
    return changes(scope).filter(pk=key).first()


def duties(scope: Scope) -> QuerySet[Duty]:
    """Return the duties of the school's changes, but for those that were withdrawn."""
    found = Duty.objects.filter(change__school_id=scope.school_id, withdrawn_on=None)
    return found.select_related("change", "policy")


def withdrawn(of: PolicyChange) -> list[Duty]:
    """Return the duties that were withdrawn from a change, the newest first."""
    return list(Duty.objects.filter(change=of, withdrawn_on__isnull=False).order_by("-withdrawn_on", "-pk"))


def actions(scope: Scope) -> QuerySet[DutyAction]:
    """Return the actions on the school's duties."""
    found = DutyAction.objects.filter(duty__change__school_id=scope.school_id, duty__withdrawn_on=None)
    return found.select_related("duty__change")


def settled(each: Duty) -> bool:
    """Whether nothing more is asked for a duty, since somebody said how we answer it.

    It does not touch us; or nothing is left to do, and our policy is in force or something was done.
    """
    if each.answer in {Answer.OPEN, Answer.NONE}:
        return each.answer == Answer.NONE
    every = list(each.actions.all())
    holds = any(it.stage == Stage.IN_FORCE for it in each.policy.versions.all()) if each.policy else False
    done = any(it.progress == Progress.DONE for it in every)
    return (holds or done) and all(it.progress not in ACTIVE for it in every)


def gaps(of: PolicyChange, people: Holders, known: Container[int], today: date) -> list[Gap]:
    """Return what is missing in a change's chain, in the order of its duties; only policies `known` are named."""
    its = list(of.duties.all())
    found = [] if its else [Gap("Nobody has said what it asks of us")]
    for each in its:
        found += [Gap(words, each.words) for words in _lacks(each, people, known, today)]
    return found


def _lacks(each: Duty, people: Holders, known: Container[int], today: date) -> Iterable[str]:
    if each.answer == Answer.NONE:
        return
    if each.answer == Answer.OPEN:
        yield "No policy answers it, and nobody said that none is needed"
    if each.owner_id is None or each.owner_id not in people.posts:
        yield "Nobody answers for it"
    if each.policy and (each.policy.owner_id is None or each.policy.owner_id not in people.posts):
        title = f"the policy “{each.policy.title}”" if each.policy_id in known else "a policy being written"
        yield f"Nobody answers for {title}"
    if each.answer == Answer.ACTION and not any(it.progress != Progress.DROPPED for it in each.actions.all()):
        yield "Nothing is being done for it"
    if late(each, today):
        yield "It is overdue"
    for action in each.actions.all():
        if action.progress in ACTIVE and action.due_on < today:
            yield f"Overdue: {action.what}"


def wanting(found: QuerySet[PolicyChange], people: Holders, today: date) -> QuerySet[PolicyChange]:
    """Narrow changes to those in whose chain something is missing: as `gaps` tells, asked of the database."""
    asked = Duty.objects.filter(change=OuterRef("pk"), withdrawn_on=None)
    return found.filter(~Exists(asked) | Exists(asked.exclude(answer=Answer.NONE).filter(_lacking(people, today))))


def _lacking(people: Holders, today: date) -> Q:
    here, owners = list(people.posts), "policy__owner"
    return (
        Q(answer=Answer.OPEN)
        | _held_by_nobody("owner", here)
        | (Q(policy__isnull=False) & _held_by_nobody(owners, here))
        | (Q(answer=Answer.ACTION) & ~_acted(~Q(progress=Progress.DROPPED)))
        | (Q(due_on__lt=today) & ~_settled())
        | _acted(Q(progress__in=ACTIVE, due_on__lt=today))
    )


def _held_by_nobody(owner: str, here: Sequence[int]) -> Q:
    return Q((f"{owner}__isnull", True)) | ~Q((f"{owner}__in", here))


def _acted(how: Q) -> Q:
    return Q(Exists(DutyAction.objects.filter(how, duty=OuterRef("pk"))))


def _settled() -> Q:
    """Return what holds of a duty that is `settled`."""
    holds = Q(Exists(PolicyVersion.objects.filter(policy=OuterRef("policy"), stage=Stage.IN_FORCE)))
    answered = ~Q(answer=Answer.OPEN) & (holds | _acted(Q(progress=Progress.DONE)))
    return Q(answer=Answer.NONE) | (answered & ~_acted(Q(progress__in=ACTIVE)))


def late(each: Duty, today: date) -> bool:
    """Whether a duty is past its day and not settled."""
    return each.due_on is not None and each.due_on < today and not settled(each)


def duties_late(scope: Scope, today: date) -> list[Duty]:
    """Return the duties past their day that are not settled, longest ago first."""
    return list(duties(scope).filter(~_settled(), due_on__lt=today).order_by("due_on", "pk"))


def actions_late(scope: Scope, today: date) -> list[DutyAction]:
    """Return the actions past their day, longest ago first."""
    return list(actions(scope).filter(due_on__lt=today, progress__in=ACTIVE).order_by("due_on", "pk"))


def mine(scope: Scope, until: date) -> list[DutyAction]:
    """Return the reader's own actions due until a day."""
    found = actions(scope).filter(owner_id=scope.person_id, progress__in=ACTIVE, due_on__lte=until)
    return list(found.order_by("due_on", "pk"))


def my_duties(scope: Scope, until: date) -> list[Duty]:
    """Return the duties the reader answers for, due until a day and not settled."""
    found = duties(scope).filter(~_settled(), owner_id=scope.person_id, due_on__lte=until)
    return list(found.order_by("due_on", "pk"))


def noted_since(scope: Scope, moment: datetime) -> list[PolicyChange]:
    """Return the changes others noted on or after the day of a moment."""
    found = PolicyChange.objects.filter(school_id=scope.school_id, noted_on__gte=timezone.localdate(moment))
    return list(found.exclude(noted_by_id=scope.person_id).order_by("-noted_on", "-pk")[:10])


def duties_between(scope: Scope, first: date, last: date) -> list[Duty]:
    """Return the duties due between two days that touch the school."""
    found = duties(scope).filter(due_on__range=(first, last)).exclude(answer=Answer.NONE)
    return list(found.order_by("due_on", "pk"))


def in_force_between(scope: Scope, first: date, last: date) -> list[PolicyChange]:
    """Return the changes that come into force between two days."""
    found = PolicyChange.objects.filter(school_id=scope.school_id, in_force_on__range=(first, last))
    return list(found.order_by("in_force_on", "pk"))


def source(key: int) -> str:
    """Return how evidence names an action."""
    return f"policies.DutyAction:{key}"
