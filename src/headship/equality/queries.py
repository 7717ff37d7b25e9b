"""Reads of equality objectives, information and checks. Each gives only what its reader's posts open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils import timezone

from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.equality import rules
from headship.equality.choices import SHOWN, AimState, CheckState, StatementState, Subject
from headship.equality.models import Aim, AimReading, Check, Statement
from headship.policies import queries as policies
from headship.policies import rules as policy_rules
from headship.policies.choices import OPEN, Stage
from headship.policies.choices import SHOWN as POLICIES_SHOWN
from headship.policies.models import PolicyVersion
from headship.policy.loader import PolicyValue, value_on
from headship.strategy import plan_queries
from headship.strategy import queries as strategy
from headship.strategy.models import Decision, Priority

PAGE = 20
ABOUT = ("decision", "priority", "policy_version__policy")
NAMED = (
    *("decision__what", "decision__decided_on", "decision__visibility"),
    *("priority__title", "priority__starts_on"),
    *("policy_version__number", "policy_version__stage", "policy_version__worded_on", "policy_version__policy__title"),
)  # what `subject` tells of a check
STANDING = Q(policy_version=None) | Q(
    policy_version__stage__in=(*OPEN, Stage.IN_FORCE), policy_version__policy__withdrawn_on=None
)  # what was superseded or withdrawn asks nobody for a check
LOOKED_BACK = timedelta(days=365)  # older decisions are asked about no more


@dataclass(frozen=True, slots=True)
class About:
    """What an equality check is or could be about: its kind and key, its words, and who may see it."""

    kind: Subject
    key: int
    words: str
    on: date
    visibility: str

    @property
    def source(self) -> str:
        """How others name it."""
        return f"{self.kind.model}:{self.key}"


@dataclass(frozen=True, slots=True)
class Duty:
    """What is published at least every so often: when it last was, by when anew, and whose rule that is."""

    published_on: date | None
    due_on: date | None
    cited: str
    years: int


def aims(scope: Scope) -> QuerySet[Aim]:
    """Return the school's objectives this reader may know of."""
    found = Aim.objects.filter(school_id=scope.school_id)
    return found if rules.see_drafts(scope) else found.exclude(published_on=None)


def listed(scope: Scope, state: AimState) -> list[Aim]:
    """Return the objectives of a state with their readings, oldest first."""
    readings = Prefetch("readings", AimReading.objects.order_by("on", "pk"))
    return list(aims(scope).filter(state=state).prefetch_related(readings, "reviews").order_by("starts_on", "pk"))


def aim(scope: Scope, key: int) -> Aim | None:
    """Return one objective, or None where this reader may not know of it."""
    return aims(scope).filter(pk=key).first()


def aims_due(scope: Scope, until: date, here: Iterable[int] | None = None) -> list[Aim]:
    """Return the reader's own published objectives whose review is due until a day; also those of nobody here."""
    whose = Q(owner_id=scope.person_id)
    if here is not None:
        whose |= ~Q(owner_id__in=here)
    found = aims(scope).filter(whose, state=AimState.PUBLISHED, review_on__lte=until)
    return list(found.order_by("review_on", "pk"))


def aims_between(scope: Scope, first: date, last: date) -> list[Aim]:
    """Return published objectives to be looked at between two days."""
    found = aims(scope).filter(state=AimState.PUBLISHED, review_on__range=(first, last))
    return list(found.order_by("review_on", "pk"))


def statements(scope: Scope) -> QuerySet[Statement]:
    """Return the school's statements this reader may know of, newest first."""
    found = Statement.objects.filter(school_id=scope.school_id).order_by("-pk")
    return found if rules.see_drafts(scope) else found.filter(state__in=SHOWN)


def statement(scope: Scope, key: int) -> Statement | None:
    """Return one statement, or None where this reader may not know of it."""
    return statements(scope).filter(pk=key).first()


def in_force(scope: Scope, on: date | None = None) -> Statement | None:
    """Return the statement that was in force at the end of a day, today unless said."""
    day = on or timezone.localdate(scope.at)
    found = statements(scope).filter(Q(superseded_on=None) | Q(superseded_on__gt=day), published_on__lte=day)
    return found.first()


def drafted(scope: Scope) -> Statement | None:
    """Return the statement that is being written, for those who may know of it."""
    return statements(scope).filter(state=StatementState.DRAFT).first()


def objectives_duty(scope: Scope) -> Duty:
    """Return when objectives were last published, and by when they are to be anew."""
    newest = Aim.objects.filter(school_id=scope.school_id).aggregate(on=Max("published_on"))
    return _duty(newest["on"], rules.objectives_years(timezone.localdate(scope.at)))


def information_duty(scope: Scope) -> Duty:
    """Return when information was last published, and by when it is to be anew."""
    newest = Statement.objects.filter(school_id=scope.school_id).aggregate(on=Max("published_on"))
    return _duty(newest["on"], rules.information_years(timezone.localdate(scope.at)))


def begun(scope: Scope) -> bool:
    """Whether the school keeps its equality duty here at all."""
    of_school = {"school_id": scope.school_id}
    return Aim.objects.filter(**of_school).exists() or Statement.objects.filter(**of_school).exists()


def checks(scope: Scope) -> QuerySet[Check]:
    """Return the checks of what this reader may see, newest first."""
    found = Check.objects.filter(school_id=scope.school_id)
    seen = Q(decision__visibility__in=scope.opens, decision__withdrawn_at=None) | Q(
        priority__isnull=False, priority__withdrawn_on=None
    )
    shown = seen | Q(policy_version__in=policy_versions(scope))
    return found.filter(shown).select_related(*ABOUT).defer("policy_version__words").order_by("-pk")


def check(scope: Scope, key: int) -> Check | None:
    """Return one check, or None where this reader may not know of what it is about."""
    return checks(scope).filter(pk=key).first()


def checks_page(scope: Scope, before: int | None) -> tuple[list[Check], int | None]:
    """Return a page of the settled checks, newest first; and where the next page starts, if any."""
    found = checks(scope).exclude(state=CheckState.NEEDED)
    rows = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
    return (rows, None) if len(rows) <= PAGE else (rows[:PAGE], rows[PAGE - 1].pk)


def lacking(scope: Scope) -> tuple[list[Check], int]:
    """Return the checks that are needed and not done, the most urgent first, and how many more there are."""
    needed = checks(scope).filter(STANDING, state=CheckState.NEEDED)
    first = list(needed.order_by("due_on", "pk")[: 2 * PAGE])
    return first, needed.count() - len(first) if len(first) == 2 * PAGE else 0


def due(scope: Scope, until: date, here: Iterable[int] | None = None) -> list[Check]:
    """Return the reader's own checks to be made, or made again, until a day; also those of nobody who is here."""
    whose, most = Q(owner_id=scope.person_id), PAGE
    if here is not None:
        whose, most = whose | ~Q(owner_id__in=here), 2 * PAGE
    made = Q(state=CheckState.NEEDED, due_on__lte=until) | Q(state=CheckState.DONE, review_on__lte=until)
    found = checks(scope).filter(STANDING, made, whose).only("state", "due_on", "review_on", "owner", *NAMED)
    return list(found.order_by("due_on", "pk")[:most])


def unasked(scope: Scope) -> tuple[list[About], int]:
    """Return what usually needs a look and nobody has said of it whether it needs a check, and how many more there are.

    The policies in force and being written, the priorities of the plan in force, and the decisions of a year back.
    """
    asked = Check.objects.filter(school_id=scope.school_id)
    since = timezone.localdate(scope.at) - LOOKED_BACK
    found = strategy.visible(scope).filter(withdrawn_at=None, decided_on__gte=since)
    decisions = found.exclude(pk__in=asked.filter(decision__isnull=False).values("decision"))
    plan = plan_queries.in_force(scope)
    unsaid = plan_queries.priorities(scope).filter(plan=plan) if plan else Priority.objects.none()
    priorities = unsaid.exclude(pk__in=asked.filter(priority__isnull=False).values("priority")).order_by("pk")
    standing = policy_versions(scope).filter(stage__in=(*OPEN, Stage.IN_FORCE), policy__withdrawn_on=None)
    versions = standing.exclude(pk__in=asked.filter(policy_version__isnull=False).values("policy_version"))
    first = [
        *map(_of_policy, versions.order_by("policy__title", "-number")[:PAGE]),
        *map(_of_priority, priorities[:PAGE]),
        *map(_of_decision, decisions.order_by("-decided_on", "-pk")[:PAGE]),
    ]
    whole = len(first) < PAGE  # then none of the three was cut
    return first, 0 if whole else sum(each.count() for each in (versions, priorities, decisions)) - len(first)


def about(scope: Scope, kind: Subject, key: int) -> About | None:
    """Return what a check could be about, or None where this reader may not know of it."""
    if kind == Subject.DECISION:
        found = strategy.visible(scope).filter(withdrawn_at=None, pk=key).first()
        return _of_decision(found) if found else None
    if kind == Subject.POLICY:
        version = policy_versions(scope).filter(pk=key).first()
        return _of_policy(version) if version else None
    priority = plan_queries.priorities(scope).filter(pk=key).first()
    return _of_priority(priority) if priority else None


def policy_versions(scope: Scope) -> QuerySet[PolicyVersion]:
    """Return the versions of policies this reader may know of, without their words."""
    found = policies.versions(scope).defer("words")
    if policy_rules.see_open(scope, None):
        return found
    return found.filter(Q(stage__in=POLICIES_SHOWN) | Q(policy__owner_id=scope.person_id))


def subject(of: Check) -> About:
    """Return what a check is about."""
    if of.decision is not None:
        return _of_decision(of.decision)
    if of.policy_version is not None:
        return _of_policy(of.policy_version)
    assert of.priority is not None  # exactly one
    return _of_priority(of.priority)


def checks_of(scope: Scope, sources: Sequence[str]) -> Mapping[str, Check]:
    """Return the checks of things, by how others name them."""
    keys: dict[str, list[int]] = {each.model: [] for each in Subject}
    for source in sources:
        model, _, key = source.partition(":")
        if model in keys:
            keys[model].append(int(key))
    if not any(keys.values()):
        return {}
    wanted = Q()
    for each in Subject:
        wanted |= Q(**{f"{each.key}__in": keys[each.model]})
    return {subject(each).source: each for each in checks(scope).filter(wanted)}


def published_since(scope: Scope, moment: datetime) -> tuple[list[Aim], Statement | None]:
    """Return the objectives and the statement in force that were published on or after the day of a moment."""
    day = timezone.localdate(moment)
    found = aims(scope).filter(state=AimState.PUBLISHED, published_on__gte=day).order_by("-published_on", "-pk")
    told = statements(scope).filter(state=StatementState.PUBLISHED, published_on__gte=day).first()
    return list(found[:5]), told


def small_to(on: date) -> int:
    """Return up to how many people are too few to be told of."""
    most = value_on("disclosure.pupils_hidden_to", on).value
    assert isinstance(most, int)  # pupils
    return most


def aim_source(key: int) -> str:
    """Return how evidence names an objective."""
    return f"equality.Aim:{key}"


def statement_source(key: int) -> str:
    """Return how evidence names a statement."""
    return f"equality.Statement:{key}"


def check_source(key: int) -> str:
    """Return how evidence names a check."""
    return f"equality.Check:{key}"


def _duty(published_on: date | None, every: PolicyValue) -> Duty:
    assert isinstance(every.value, int)  # years
    due_on = rules.due_after(published_on, every) if published_on else None
    return Duty(published_on, due_on, every.cited, every.value)


def _of_decision(found: Decision) -> About:
    return About(Subject.DECISION, found.pk, found.what, found.decided_on, found.visibility)


def _of_policy(found: PolicyVersion) -> About:
    words = f"{found.policy.title}, version {found.number}"
    visibility = Visibility.STAFF if found.stage in POLICIES_SHOWN else Visibility.GOVERNORS
    return About(Subject.POLICY, found.pk, words, found.worded_on, visibility)


def _of_priority(found: Priority) -> About:
    return About(Subject.PRIORITY, found.pk, found.title, found.starts_on, Visibility.STAFF)
