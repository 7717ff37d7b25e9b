"""Reads of interventions, with what came of each: a difference, its interval, and how it hangs on one pupil."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from django.db.models import Q, QuerySet
from django.utils import timezone

from headship.analysis import adjusted
from headship.analysis.adjusted import AdjustedDifference
from headship.core.scope import Scope
from headship.outcomes import disclosure
from headship.outcomes import intervention_rules as rules
from headship.outcomes.held import Held, held
from headship.outcomes.models import Assessment, Intervention, InterventionPupil


@dataclass(frozen=True, slots=True)
class Came:
    """An intervention and what came of it.

    `count` pupils take part, None where the reader may not know; `found` is None until both assessments are in.
    `each` is the cost of one pupil, None where it or the count is not known.
    """

    one: Intervention
    count: int | None
    found: AdjustedDifference | None
    each: Decimal | None
    fewest: int


def standing(scope: Scope) -> QuerySet[Intervention]:
    """Return the school's interventions that were not withdrawn, those begun last first."""
    found = Intervention.objects.filter(school_id=scope.school_id, withdrawn_at=None)
    return found.order_by("-starts_on", "-id")


def intervention(scope: Scope, key: int) -> Intervention | None:
    """Return one of the school's interventions, withdrawn ones too."""
    return Intervention.objects.filter(school_id=scope.school_id, id=key).first()


def taking_part(scope: Scope, keys: Sequence[int]) -> dict[int, set[int]]:
    """Return who takes part in interventions of the school."""
    rows = InterventionPupil.objects.filter(intervention__school_id=scope.school_id, intervention__in=keys)
    found: dict[int, set[int]] = {key: set() for key in keys}
    for key, pupil in rows.values_list("intervention_id", "pupil_id"):
        found[key].add(pupil)
    return found


def came_of(scope: Scope, found: Sequence[Intervention], results: Held | None = None) -> list[Came]:
    """Return interventions with what came of them; `results` where somebody read them already."""
    results = results or held(scope)
    pupils = taking_part(scope, [each.pk for each in found])
    fewest = disclosure.fewest_on(timezone.localdate(scope.at))
    return [_came(scope, each, pupils[each.pk], results, fewest) for each in found]


def _came(scope: Scope, one: Intervention, took: set[int], results: Held, fewest: int) -> Came:
    year = one.after_year or one.before_year or max(results.known, default=0)
    others = [each for each in results.pupils(year, one.year_group) if each not in took]
    seen = rules.see_count(scope, len(took), len(others), hidden_to=fewest - 1)
    count = len(took) if seen else None
    cost = (one.cost / count).quantize(Decimal("0.01")) if one.cost is not None and count else None
    before, after = sat(results, one.before, one.before_year), sat(results, one.after, one.after_year)
    if before is None or after is None:
        return Came(one, count, None, cost, fewest)
    pupils = [*sorted(took), *others]
    found = adjusted.adjusted_difference(
        results.column(before, pupils, one.subject),
        results.column(after, pupils, one.subject),
        np.array([each in took for each in pupils], dtype=bool),
        fewest=fewest,
    )
    return Came(one, count, found, cost, fewest)


def sat(results: Held, name: str, year: int | None) -> Assessment | None:
    """Return the assessment that an intervention names, where it is in."""
    return None if year is None else results.sat(name, year)


def to_review(scope: Scope, until: date) -> list[Intervention]:
    """Return the interventions the reader answers for that ended by a day and that nobody has looked at."""
    mine = standing(scope).filter(owner_id=scope.person_id, reviewed_at=None, ends_on__lte=until)
    return list(mine.order_by("ends_on", "id"))


def running(scope: Scope, today: date) -> list[Intervention]:
    """Return the interventions that run, or ended without anybody looking at what came of them."""
    open_ = Q(ends_on__isnull=True) | Q(ends_on__gte=today) | Q(reviewed_at=None)
    return list(standing(scope).filter(open_, starts_on__lte=today))


def facts(one: Intervention) -> rules.Facts:
    """Return what the rights over an intervention depend on."""
    return rules.Facts(one.owner_id, one.withdrawn_at)


def source(key: int) -> str:
    """Return how evidence names an intervention."""
    return f"outcomes.Intervention:{key}"
