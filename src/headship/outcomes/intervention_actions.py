"""Writes of interventions. Of pupils nothing is taken but UPNs, which are hashed before anything is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.pages import listed
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.outcomes import intervention_queries as queries
from headship.outcomes import intervention_rules as rules
from headship.outcomes.models import Intervention, InterventionPupil
from headship.outcomes.subjects import SUBJECTS
from headship.people.holders import holders
from headship.people.models import Pupil
from headship.people.rosters import UPN, hash_of
from headship.schools.models import School

PLANNED, REVIEWED = "outcomes.intervention", "outcomes.intervention_reviewed"
SERVES, REVIEW_SERVES = ("2.1",), ("2.1", "4.3")
TOLD = 10  # rows named in one sentence
MOST_PUPILS = 2_000


@dataclass(frozen=True, slots=True)
class Planned:
    """What somebody writes down of an intervention; `owner` is the key of a person with a post here."""

    name: str
    approach: str
    subject: str
    year_group: str
    owner: int
    starts_on: date
    ends_on: date | None
    cost: Decimal | None
    hours: Decimal | None
    before: str = ""
    before_year: int | None = None
    after: str = ""
    after_year: int | None = None


@action("outcomes.plan_intervention")
def plan_intervention(
    *, by: Scope, at: datetime, once: UUID, planned: Planned, upns: Sequence[str] | None = None
) -> int:
    """Write down an intervention and record it as evidence; the same form sent again gives the first one's key."""
    require(rules.plan_interventions(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := Intervention.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(queries.source(found.pk), repeated=True)
        return found.pk
    _check(by, planned)
    pupils = _pupils(by, upns or ())
    made = Intervention(school_id=by.school_id, once=once, planned_by_id=by.person_id, planned_at=at)
    _fill(made, planned)
    made.save()
    _put(made, pupils)
    _record(made, PLANNED, f"Planned an intervention: {made.name}", SERVES, at)
    actions.audit(queries.source(made.pk), owner=planned.owner, pupils=len(pupils))
    return made.pk


@action("outcomes.change_intervention")
def change_intervention(  # noqa: PLR0913  # which one, as it was seen, and both things that may change
    *, by: Scope, at: datetime, intervention: int, version: int, planned: Planned, upns: Sequence[str] | None = None
) -> None:
    """Change an intervention; where UPNs are given, those pupils take part and no others."""
    now = _locked(by, intervention, version)
    require(rules.change_intervention(by, queries.facts(now)))
    _check(by, planned)
    pupils = None if upns is None else _pupils(by, upns)
    _fill(now, planned)
    if pupils is not None:
        now.pupils.all().delete()
        _put(now, pupils)
    _keep(now)


@action("outcomes.review_intervention")
def review_intervention(*, by: Scope, at: datetime, intervention: int, version: int, conclusion: str) -> None:
    """Note what came of an intervention, in words, and record it as evidence."""
    now = _locked(by, intervention, version)
    require(rules.review_intervention(by, queries.facts(now)))
    if now.reviewed_at is None:
        _record(now, REVIEWED, f"Looked at what came of {now.name}", REVIEW_SERVES, at)
    now.reviewed_at, now.conclusion = at, conclusion
    _keep(now)


@action("outcomes.withdraw_intervention")
def withdraw_intervention(*, by: Scope, at: datetime, intervention: int, version: int) -> None:
    """Withdraw an intervention with its evidence, and forget who was to take part."""
    now = _locked(by, intervention, version)
    require(rules.change_intervention(by, queries.facts(now)))
    now.withdrawn_at = at
    now.pupils.all().delete()
    evidence.withdraw(source=queries.source(now.pk))
    _keep(now)


def _locked(by: Scope, intervention: int, version: int) -> Intervention:
    now: Intervention = get_object_or_404(
        Intervention.objects.select_for_update(), id=intervention, school_id=by.school_id
    )
    if now.version != version:
        raise Stale(
            "Somebody changed this intervention while you were writing. Theirs was kept and yours was not saved: "
            "go back, copy your words, open it again and make your change there."
        )
    return now


def _keep(now: Intervention) -> None:
    now.version += 1
    now.save()
    actions.audit(queries.source(now.pk), version=now.version)


def _fill(now: Intervention, planned: Planned) -> None:
    for name, given in asdict(planned).items():
        setattr(now, "owner_id" if name == "owner" else name, given)


def _sum(given: Decimal | None) -> bool:
    """Whether a number is left out, or one that can be added up: no NaN, and nothing without end."""
    return given is None or (given.is_finite() and given >= 0)


def _check(by: Scope, planned: Planned) -> None:
    """Refuse what the form would not have offered. Errors: Unusable."""
    for wrong, words in (
        (not planned.name.strip(), "Give it a name."),
        (planned.subject not in SUBJECTS, "Choose the subject from the list."),
        (not planned.year_group.strip(), "Say which year group it is for."),
        (planned.owner not in holders(by).staff, "Choose somebody with a post here who answers for it."),
        (planned.ends_on and planned.ends_on < planned.starts_on, "It cannot end before it starts."),
        (not all(_sum(each) for each in (planned.cost, planned.hours)), "Cost and hours are 0 or more."),
        (bool(planned.before) != (planned.before_year is not None), "Say the year of the results before."),
        (bool(planned.after) != (planned.after_year is not None), "Say the year of the results after."),
    ):
        if wrong:
            raise Unusable(f"{words} Nothing was saved.")


def _pupils(by: Scope, upns: Sequence[str]) -> list[int]:
    """Return the pupils that UPNs stand for, in whatever order. Errors: Unusable, naming rows and no UPN."""
    written = [(row, each.strip().upper()) for row, each in enumerate(upns, start=1) if each.strip()]
    if len(written) > MOST_PUPILS:
        raise Unusable(f"That is more than {MOST_PUPILS:,} UPNs. Nothing was saved.")
    if wrong := [row for row, each in written if not UPN.fullmatch(each)]:
        raise Unusable(
            f"{_rows(wrong)} no UPN. A UPN is a letter and twelve figures, such as A123456789012. Nothing was saved."
        )
    hashes = {row: hash_of(each, settings.HEADSHIP_PUPIL_KEY) for row, each in written}
    known = dict(
        Pupil.objects.filter(school_id=by.school_id, key_hash__in=hashes.values()).values_list("key_hash", "pk")
    )
    if unknown := [row for row, each in hashes.items() if each not in known]:
        raise Unusable(
            f"{_rows(unknown)} a UPN that no pupil of this school has here. Correct it or take it out, or bring in the "
            "list of pupils first. Nothing was saved."
        )
    return sorted({known[each] for each in hashes.values()})


def _rows(rows: Iterable[int]) -> str:
    told = [f"{row:,}" for row in rows]
    if len(told) == 1:
        return f"Row {told[0]} holds"
    more = ["more"] if len(told) > TOLD else []
    return f"Rows {listed([*told[:TOLD], *more])} hold"


def _put(now: Intervention, pupils: Sequence[int]) -> None:
    InterventionPupil.objects.bulk_create(InterventionPupil(intervention=now, pupil_id=each) for each in pupils)


def _record(now: Intervention, kind: str, words: str, serves: tuple[str, ...], at: datetime) -> None:
    evidence.record(
        kind=kind,
        words=words,
        characteristics=serves,
        occurred_on=timezone.localdate(at),
        visibility=Visibility.STAFF,
        source=queries.source(now.pk),
    )
