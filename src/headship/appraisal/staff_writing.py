"""What every write of somebody's year of appraisal does: find it for whoever writes, one at a time; tell it."""

from collections.abc import Callable
from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.appraisal import staff_queries as queries
from headship.appraisal.staff_choices import StaffState
from headship.appraisal.staff_models import StaffChange, StaffCycle, StaffYear
from headship.appraisal.staff_rules import Facts, organise
from headship.core import actions
from headship.core.audit import Fact
from headship.core.errors import Stale, Unusable, existing, require
from headship.core.pages import academic_year
from headship.core.scope import Scope
from headship.schools.models import School

CHANGED = "Somebody changed this while you were writing. Theirs was kept and yours was not saved: open it again."


def locked(by: Scope) -> None:
    """Let one writer at a time into a school's appraisal, so that a form sent twice is told."""
    School.objects.select_for_update().get(pk=by.school_id)


def writable(
    by: Scope, key: int, allowed: Callable[[Scope, Facts], str | None], version: int | None = None
) -> StaffYear:
    """Return a year the writer reads, locked, once the rule let them. Errors: Http404, Refused, Stale."""
    locked(by)
    now: StaffYear = get_object_or_404(queries.known(by).select_related("person", "cycle"), pk=key)
    require(allowed(by, queries.facts(by, now)))
    if version is not None:
        fresh(now.version, version)
    return now


def organised(by: Scope, key: int, version: int | None = None) -> StaffCycle:
    """Return a cycle, locked, for whoever organises it. Errors: Http404, Refused, Stale."""
    locked(by)
    now = existing(queries.cycle(by, key))
    require(organise(by, now.organiser_id))
    if version is not None:
        fresh(now.version, version)
    return now


def confirmed(now: StaffYear, person: int, starts_in: int) -> None:
    """Refuse what was written for somebody else, or for another year. Errors: Unusable."""
    if now.person_id != person or now.starts_in != starts_in:
        raise Unusable(
            f"These are {now.person.name}'s, {academic_year(now.starts_in)}: what you sent was meant for somebody else "
            "or another year. Nothing was saved. Open the right year and write there."
        )


def moved(now: StaffYear, to: StaffState | None = None, **values: date | int | None) -> None:
    """Put a year into a state, with the days that go with it; whoever read the old one is told."""
    now.state, now.version = to or now.state, now.version + 1
    for name, value in values.items():
        setattr(now, name, value)
    now.save(update_fields=["state", "version", *values])


def tell(now: StaffYear, by: Scope, at: datetime, words: str, because: str = "") -> None:
    """Add a line to a year's history, in the product's own words, with the reason in the writer's."""
    appraising = by.person_id == now.appraiser_id
    StaffChange.objects.create(
        year=now, at=at, by_id=by.person_id, words=words[:200], because=because, appraising=appraising
    )


def fresh(now: int, typed: int) -> None:
    """Refuse what was typed about an older version. Errors: Stale."""
    if now != typed:
        raise Stale(CHANGED)


def refuse(wrong: str | None) -> None:
    """Refuse what cannot be. Errors: Unusable."""
    if wrong:
        raise Unusable(f"{wrong}. Nothing was saved.")


def audit(now: StaffYear, **told: Fact) -> None:
    """Say to the audit what was done to somebody's year: keys, days and numbers alone."""
    actions.audit(queries.source(now.pk), chain=None, detail=None, **told)


def day(at: datetime) -> date:
    """Return the day of a moment, here."""
    return timezone.localdate(at)
