"""What a cycle of another year would begin with, from one that there was: worked out, shown, and taken only then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from headship.appraisal import staff_queries as queries
from headship.appraisal.staff_models import StaffCycle
from headship.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Again:
    """Somebody who would come along: their year before, who they are, and who appraises them, if anybody can."""

    year: int
    person: int
    appraiser: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A cycle as it would begin: its academic year and days, who comes along, and who does not, each with why."""

    starts_in: int
    days: tuple[date, date, date, date]
    coming: Sequence[Again]
    left_out: Sequence[str]


def begun(scope: Scope, past: StaffCycle) -> Begun:
    """Return what the year after a cycle, or this one where that is over, would begin with."""
    starts_in = max(past.starts_in + 1, queries.this_year(scope))
    later = starts_in - past.starts_in
    first, half, review, statement = (
        shifted(each, later) for each in (past.objectives_by, past.half_by, past.review_by, past.statement_by)
    )
    coming, left_out = _people(scope, past, starts_in)
    return Begun(starts_in, (first, half, review, statement), coming, left_out)


def shifted(day: date, years: int) -> date:
    """Return a day so many years later; the last of February stays that.

    >>> str(shifted(date(2024, 2, 29), 1)), str(shifted(date(2026, 10, 31), 1))
    ('2025-02-28', '2027-10-31')
    """
    leap = (day.month, day.day) == (2, 29)  # not every year has one
    return date(day.year + years, 2, 28) if leap else day.replace(year=day.year + years)


def _people(scope: Scope, past: StaffCycle, starts_in: int) -> tuple[list[Again], list[str]]:
    """Return who comes along, and in words who does not: who left, and who is in a group of that year already."""
    staff, free, heads = queries.staff(scope), queries.to_add(scope, starts_in), queries.heads(scope)
    coming, left_out = [], []
    for each in queries.members(scope, past):
        if each.person_id in free:
            who = each.appraiser_id if each.appraiser_id in staff else None
            coming.append(Again(each.pk, each.person_id, who, _words(each.person.name, each.appraiser, who)))
        elif each.person_id in heads:
            left_out.append(f"{each.person.name} is headteacher now: the board appraises them.")
        elif each.person_id in staff:
            left_out.append(f"{each.person.name} is in a group of that year already.")
        else:
            left_out.append(f"{each.person.name} no longer works here.")
    return coming, left_out


def _words(name: str, before: object, who: int | None) -> str:
    appraiser = getattr(before, "name", "")
    if who is not None:
        return f"{name}, appraised by {appraiser}"
    return f"{name}, by nobody yet: {appraiser} left" if appraiser else f"{name}, by nobody yet"
