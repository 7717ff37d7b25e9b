"""What of their evidence a headteacher may show those who appraise them: this year's first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, Value, When

from headship.appraisal import head_queries
from headship.appraisal.models import HeadYear
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import queries as evidence
from headship.evidence.models import Entry, Serves
from headship.standards import queries as standards

A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of what may be shown: entries with their words, those that were ticked on another page among them."""

    rows: Sequence[tuple[int, str]]
    told: str
    newer: int
    older: int


def showable(scope: Scope) -> QuerySet[Entry]:
    """Return the entries the headteacher may show: the school's that they see, and their own; nobody else's."""
    theirs = Q(owner=scope.person_id) | Q(owner=None, visibility__in=evidence.opened(scope))
    found = Entry.objects.filter(theirs, school_id=scope.school_id, withdrawn_at=None)
    return found.exclude(kind__startswith="appraisal.")


def codes(year: HeadYear) -> list[tuple[str, str]]:
    """Return the characteristics of the standards that the headteacher is held to in a year."""
    view = standards.framework(head_queries.framework(year))
    return [(each.code, f"{each.code} {each.short_title}") for each in view.assessable]


def shelf(scope: Scope, year: HeadYear, code: str, page: int, ticked: Sequence[int]) -> Shelf:
    """Return a page of what is not shown yet; `code`: of one characteristic. What was `ticked` stands there anyway."""
    free = showable(scope).exclude(pk__in=year.evidence.values("entry_id"))
    found = _ordered(_serving(free, year, code), year)
    count = found.count()
    page = max(1, min(page, -(-count // A_PAGE)))
    first = (page - 1) * A_PAGE
    here = list(found[first : first + A_PAGE])
    kept = list(_ordered(free.filter(pk__in=ticked).exclude(pk__in=[each.pk for each in here]), year))
    return Shelf(
        rows=[(each.pk, _words(each, year)) for each in (*kept, *here)],
        told=f"{first + 1} to {first + len(here)} of {count}, this year's first." if count > len(here) else "",
        newer=page - 1,
        older=page + 1 if first + len(here) < count else 0,
    )


def _serving(found: QuerySet[Entry], year: HeadYear, code: str) -> QuerySet[Entry]:
    """Keep what serves a characteristic, also by its counterpart in the standards that the entry was written for."""
    if not code:
        return found
    (one,) = standards.characteristic_ids(head_queries.framework(year), [code])
    near = [each.statement.id for each in standards.counterparts(one) if each.carries]
    return found.filter(pk__in=Serves.objects.filter(characteristic_id__in=[one, *near]).values("entry_id"))


def _ordered(found: QuerySet[Entry], year: HeadYear) -> QuerySet[Entry]:
    within = When(occurred_on__range=(year.starts_on, year.ends_on), then=Value(0))
    return found.order_by(Case(within, default=Value(1)), "-occurred_on", "-pk")


def _words(each: Entry, year: HeadYear) -> str:
    mark = " · before this year" if each.occurred_on < year.starts_on else ""
    mark = " · after this year" if each.occurred_on > year.ends_on else mark
    return f"{in_words(each.occurred_on)}: {each.words} · {Visibility(each.visibility).words}{mark}"
