"""Writes of the grid of pupil premium spending: all lines of a year at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.pages import academic_year
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.outcomes import spend_rules as rules
from headship.outcomes.models import Intervention, SpendLine, SpendYear
from headship.outcomes.spend_choices import MOST_ROWS, Approach
from headship.people.holders import holders
from headship.schools.calendar_dates import year_of
from headship.schools.models import School

KIND = "outcomes.spending"
SERVES = ("2.1", "3.5")
NEAR = 5  # years either side of this one that a grid can be of


@dataclass(frozen=True, slots=True)
class Spent:
    """One line of the grid. `owner` and `intervention` are keys, or None."""

    what: str
    approach: Approach
    need: str
    amount: Decimal
    premium: Decimal
    owner: int | None = None
    intervention: int | None = None


@action("outcomes.keep_spending")
def keep_spending(*, by: Scope, at: datetime, year: int, version: int, spent: Sequence[Spent]) -> None:
    """Keep a year's grid as it now reads. `version` is what was seen, 0 where the year had none."""
    require(rules.keep_spending(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that a year has one grid
    kept = SpendYear.objects.filter(school_id=by.school_id, year=year).first()
    if (kept.version if kept else 0) != version:
        raise Stale(
            "Somebody changed this grid while you were writing. Theirs was kept and yours was not saved: "
            "go back, copy your rows, open the grid again and make your change there."
        )
    _check(by, year, spent, at)
    now = kept or SpendYear(school_id=by.school_id, year=year, version=0)
    now.version += 1
    now.save()
    now.lines.all().delete()
    SpendLine.objects.bulk_create(_line(now, each) for each in spent)
    evidence.withdraw(source=f"outcomes.SpendYear:{now.pk}")
    if spent:
        _record(now, at)
    actions.audit(f"outcomes.SpendYear:{now.pk}", version=now.version, year=year, lines=len(spent))


def _line(now: SpendYear, each: Spent) -> SpendLine:
    return SpendLine(
        spend=now,
        what=each.what,
        approach=each.approach,
        need=each.need,
        amount=each.amount,
        premium=each.premium,
        owner_id=each.owner,
        intervention_id=each.intervention,
    )


def _plain(*amounts: Decimal) -> bool:
    """Whether these are amounts that can be added up: no NaN, nothing without end, nothing below 0."""
    return all(each.is_finite() and each >= 0 for each in amounts)


def _check(by: Scope, year: int, spent: Sequence[Spent], at: datetime) -> None:
    """Refuse what the grid would not have offered, with the row. Errors: Unusable."""
    if abs(year - year_of(timezone.localdate(at))) > NEAR:
        raise Unusable("Choose an academic year within five years of this one. Nothing was saved.")
    if len(spent) > MOST_ROWS:
        raise Unusable(f"A grid has at most {MOST_ROWS} rows. Nothing was saved.")
    staff = holders(by).staff
    known = set(Intervention.objects.filter(school_id=by.school_id).values_list("pk", flat=True))
    for row, each in enumerate(spent, start=1):
        for wrong, words in (
            (not each.what.strip(), "say what it was spent on."),
            (not _plain(each.amount, each.premium), "amounts are 0 or more."),
            (
                _plain(each.amount, each.premium) and each.premium > each.amount,
                "no more can be pupil premium than was spent.",
            ),
            (each.owner is not None and each.owner not in staff, "choose somebody with a post here."),
            (each.intervention is not None and each.intervention not in known, "choose an intervention of the school."),
        ):
            if wrong:
                raise Unusable(f"Row {row}: {words} Nothing was saved.")


def _record(now: SpendYear, at: datetime) -> None:
    evidence.record(
        kind=KIND,
        words=f"Wrote down what the pupil premium of {academic_year(now.year)} is spent on",
        characteristics=SERVES,
        occurred_on=timezone.localdate(at),
        visibility=Visibility.STAFF,
        source=f"outcomes.SpendYear:{now.pk}",
    )
