"""What every write of a headteacher's year does: find it for whoever writes, one at a time, and tell its history."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeGuard

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.appraisal import head_queries, head_rules
from headship.appraisal.head_choices import HeadState
from headship.appraisal.head_rules import Facts
from headship.appraisal.models import HeadChange, HeadYear
from headship.core import actions
from headship.core.errors import Stale, Unusable, require
from headship.core.pages import academic_year
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence

CHANGED = "Somebody changed this while you were writing. Theirs was kept and yours was not saved: open it again."
KIND = "appraisal.head_year"
APPOINTED = "The board appointed the headteacher's appraisal panel"
SET = "The headteacher's objectives were set"
AGREED = "The headteacher's appraisal statement was agreed"
SERVES = ("3.4",)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose year something was written for, and which year: sent with every form that is about one."""

    head: int
    starts_in: int


def writable(
    by: Scope, key: int, allowed: Callable[[Facts], str | None], version: int | None = None
) -> tuple[HeadYear, Facts]:
    """Return a year the writer reads, locked, once the rule let them. Errors: Http404, Refused, Stale."""
    now: HeadYear = get_object_or_404(HeadYear.objects.select_for_update(), pk=key, school_id=by.school_id)
    facts = head_queries.facts(by, now)
    if not head_rules.sections(by, facts):
        raise Http404
    require(allowed(facts))
    if version is not None:
        fresh(now.version, version)
    return now, facts


def recordable(by: Scope, key: int, version: int) -> HeadYear:
    """Return a year, locked, for whoever records who takes part in it. Errors: Http404, Refused, Stale."""
    require(head_rules.record(by))
    now: HeadYear = get_object_or_404(HeadYear.objects.select_for_update(), pk=key, school_id=by.school_id)
    fresh(now.version, version)
    return now


def moved(year: HeadYear, to: HeadState, **dates: date | str | None) -> None:
    """Put a year into a state, with the days that go with it."""
    year.state, year.version = to, year.version + 1
    for name, value in dates.items():
        setattr(year, name, value)
    year.save(update_fields=["state", "version", *dates])


def tell(year: HeadYear, by: Scope, at: datetime, words: str) -> None:
    """Add a line to a year's history, in the product's own words."""
    HeadChange.objects.create(year=year, at=at, by_id=by.person_id, words=words)


def prove(year: HeadYear, step: str, on: date) -> None:
    """Record, as evidence for leaders and governors, that a step was done; nothing of what it says."""
    evidence.record(
        kind=KIND,
        words=_step(year, step),
        characteristics=SERVES,
        occurred_on=on,
        visibility=Visibility.GOVERNORS,
        source=head_queries.source(year.pk),
    )


def unprove(year: HeadYear, step: str) -> None:
    """Withdraw the evidence of a step that does not stand any more: done again, it is evidence once."""
    evidence.withdraw(source=head_queries.source(year.pk), words=_step(year, step))


def _step(year: HeadYear, step: str) -> str:
    return f"{step} for {academic_year(year.starts_in)}"


def confirmed(year: HeadYear, whose: Whose) -> None:
    """Refuse what was written for somebody else, or for another year. Errors: Unusable."""
    if (year.head_id, year.starts_in) != (whose.head, whose.starts_in):
        raise Unusable(
            f"These are {year.head.name}'s, {academic_year(year.starts_in)}: what you sent was meant for somebody else "
            "or another year. Nothing was saved. Open the right year and write there."
        )


def repeated[M: Model](found: M | None) -> TypeGuard[M]:
    """Say to the audit that a form came twice, where it did."""
    if found is not None:
        actions.audit(f"{found._meta.label}:{found.pk}", repeated=True)
    return found is not None


def fresh(now: int, typed: int) -> None:
    """Refuse what was typed about an older version. Errors: Stale."""
    if now != typed:
        raise Stale(CHANGED)


def refuse(wrong: str | None) -> None:
    """Refuse what the form would not have let through. Errors: Unusable."""
    if wrong:
        raise Unusable(f"{wrong}. Nothing was saved.")


def day(at: datetime) -> date:
    """Return the day of a moment, here."""
    return timezone.localdate(at)
