"""Writes of targets."""

from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.outcomes import target_queries as queries
from headship.outcomes import target_rules as rules
from headship.outcomes.models import Target, TargetChange
from headship.outcomes.subjects import SUBJECTS
from headship.outcomes.target_choices import GROUPS, Kind
from headship.people.holders import holders
from headship.schools.calendar_dates import bounds
from headship.schools.models import School

KIND = "outcomes.target"
SERVES = ("2.1",)
WHOLE = 10_000  # more pupils than any year group has


@dataclass(frozen=True, slots=True)
class Aimed:
    """What somebody writes down as a target; `owner` is the key of a person with a post here."""

    year: int
    year_group: str
    subject: str
    group: str
    assessment: str
    kind: Kind
    standard: float | None
    aim: float
    due_on: date
    review_on: date | None
    owner: int
    why: str = ""


@action("outcomes.set_target")
def set_target(*, by: Scope, at: datetime, once: UUID, aimed: Aimed) -> int:
    """Set a target and record it as evidence; the same form sent again (`once`) gives the first one's key."""
    require(rules.set_targets(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := Target.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(f"outcomes.Target:{found.pk}", repeated=True)
        return found.pk
    _check(by, aimed)
    _before_results(by, Target(school_id=by.school_id), aimed)
    made = Target(school_id=by.school_id, once=once, set_by_id=by.person_id, set_at=at)
    _fill(made, aimed)
    made.save()
    _record(made, by, at)
    _tell(made, by, at, "Set")
    actions.audit(f"outcomes.Target:{made.pk}", owner=aimed.owner, due=aimed.due_on.isoformat())
    return made.pk


@action("outcomes.change_target")
def change_target(*, by: Scope, at: datetime, target: int, version: int, aimed: Aimed) -> None:
    """Change a target; its evidence is withdrawn and recorded anew as it now reads."""
    now = _locked(by, target, version)
    require(rules.change_target(by, queries.facts(now)))
    _check(by, aimed)
    _before_results(by, now, aimed)
    touched = _fill(now, aimed)
    _keep(now, by, at, f"Changed {', '.join(touched)}" if touched else "Saved again, as it was")
    evidence.withdraw(source=queries.source(now.pk))
    _record(now, by, at)


@action("outcomes.review_target")
def review_target(  # noqa: PLR0913  # which target, as it was seen, what was found, and when next
    *, by: Scope, at: datetime, target: int, version: int, words: str, review_on: date | None
) -> None:
    """Note how a target goes, and when it is looked at next (None: not again)."""
    now = _locked(by, target, version)
    require(rules.review_target(by, queries.facts(now)))
    now.review_on = review_on
    _keep(now, by, at, f"Looked at: {words}")


@action("outcomes.withdraw_target")
def withdraw_target(*, by: Scope, at: datetime, target: int, version: int, because: str) -> None:
    """Withdraw a target with its evidence; its page stays with the reason."""
    now = _locked(by, target, version)
    require(rules.change_target(by, queries.facts(now)))
    now.withdrawn_at = at
    _keep(now, by, at, f"Withdrawn: {because}")
    evidence.withdraw(source=queries.source(now.pk))


def _locked(by: Scope, target: int, version: int) -> Target:
    now: Target = get_object_or_404(Target.objects.select_for_update(), id=target, school_id=by.school_id)
    if now.version != version:
        raise Stale(
            "Somebody changed this target while you were writing. Theirs was kept and yours was not saved: "
            "go back, copy your words, open the target again and make your change there."
        )
    return now


def _keep(now: Target, by: Scope, at: datetime, words: str) -> None:
    now.version += 1
    now.save()
    _tell(now, by, at, words)
    actions.audit(f"outcomes.Target:{now.pk}", version=now.version)


def _check(by: Scope, aimed: Aimed) -> None:
    """Refuse what the form would not have offered. Errors: Unusable."""
    if not all(isfinite(each) for each in (aimed.aim, aimed.standard) if each is not None):
        raise Unusable("An aim and a score are plain numbers. Nothing was saved.")
    for wrong, words in (
        (aimed.subject not in SUBJECTS, "Choose the subject from the list."),
        (aimed.group not in {"", *GROUPS}, "Choose the group of pupils from the list."),
        (not aimed.year_group.strip(), "Say which year group it is about."),
        (aimed.owner not in holders(by).staff, "Choose somebody with a post here who answers for it."),
        (aimed.kind == Kind.STANDARD and aimed.standard is None, "Say which score counts as reaching it."),
        (aimed.kind == Kind.STANDARD and not _whole(aimed.aim), "Aim at a whole number of pupils, 1 or more."),
    ):
        if wrong:
            raise Unusable(f"{words} Nothing was saved.")
    if late := rules.due_on(aimed.due_on, year=bounds(aimed.year)):
        raise Unusable(f"{late}. Nothing was saved.")


def _before_results(by: Scope, now: Target, aimed: Aimed) -> None:
    """Refuse to aim anew at results that are here: aims tried one after the other tell of single pupils."""
    changes = any(getattr(now, name) != getattr(aimed, name) for name in rules.DECIDES if name != "standard")
    changes |= aimed.kind == Kind.STANDARD and now.standard != aimed.standard
    if changes and queries.results_are_in(by, ((now.assessment, now.year), (aimed.assessment, aimed.year))):
        raise Unusable(f"{rules.RESULTS_IN} Nothing was saved.")


def _whole(aim: float) -> bool:
    return aim == int(aim) and 1 <= aim <= WHOLE


def _fill(now: Target, aimed: Aimed) -> list[str]:
    """Write what was aimed at onto a target, and say in words what that touches, not what it said before."""
    touched = []
    for name, words in (
        ("year", "the year"), ("year_group", "the year group"), ("subject", "the subject"), ("group", "the group"),
        ("assessment", "the results that decide it"), ("kind", "what is counted"), ("standard", "the score to reach"),
        ("aim", "the aim"), ("due_on", "the day results are due"), ("review_on", "the day of the next review"),
        ("owner_id", "who answers for it"), ("why", "why"),
    ):  # fmt: skip
        given = getattr(aimed, name.removesuffix("_id"))
        if name == "standard" and aimed.kind == Kind.MEAN:
            given = None
        if getattr(now, name) != given:
            touched.append(words)
        setattr(now, name, given)
    return touched


def _record(now: Target, by: Scope, at: datetime) -> None:
    """Record a target as evidence, without its aim: it may be about few pupils."""
    evidence.record(
        kind=KIND,
        words=f"Set a target for {now.year_group}: {SUBJECTS[now.subject].words}",
        characteristics=SERVES,
        occurred_on=timezone.localdate(now.set_at),
        visibility=Visibility.STAFF,
        source=queries.source(now.pk),
    )


def _tell(now: Target, by: Scope, at: datetime, words: str) -> None:
    TargetChange.objects.create(target=now, at=at, by_id=by.person_id, words=words[:400])
