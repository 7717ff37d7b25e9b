"""Reads of targets: the school's own, with what may come of them."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from headship.core.scope import Scope
from headship.outcomes import disclosure, target_rules
from headship.outcomes.held import Held, held
from headship.outcomes.models import Assessment, Target, TargetChange
from headship.outcomes.scales import marks_on
from headship.outcomes.target_outlook import Standing, stands

UNKNOWN_ENDS = (float("-inf"), float("inf"))


def standing(scope: Scope) -> QuerySet[Target]:
    """Return the school's targets that were not withdrawn, the newest year first."""
    found = Target.objects.filter(school_id=scope.school_id, withdrawn_at=None)
    return found.order_by("-year", "year_group", "subject", "id")


def target(scope: Scope, key: int) -> Target | None:
    """Return one of the school's targets, withdrawn ones too."""
    return Target.objects.filter(school_id=scope.school_id, id=key).first()


def changes(one: Target) -> Sequence[TargetChange]:
    """Return a target's history, oldest first."""
    return list(one.changes.order_by("id"))


def stand(scope: Scope, found: Sequence[Target], results: Held | None = None) -> list[Standing]:
    """Return targets with what may come of them and what came; `results` where somebody read them already."""
    results = results or held(scope)
    hidden_to = disclosure.fewest_on(timezone.localdate(scope.at)) - 1
    return [stands(results, each, hidden_to=hidden_to, ends=_ends(results, each)) for each in found]


def _ends(results: Held, one: Target) -> tuple[float, float]:
    """Return the ends of the scale of a target's results, where any were brought."""
    scale = results.names.get(one.assessment)
    if scale is None:
        return UNKNOWN_ENDS
    marks = marks_on(scale, one.due_on)
    return marks.lowest, marks.highest


def to_review(scope: Scope, until: date) -> list[Target]:
    """Return the targets the reader answers for whose review is due by a day."""
    return list(standing(scope).filter(owner_id=scope.person_id, review_on__lte=until).order_by("review_on", "id"))


def results_are_in(scope: Scope, wanted: Sequence[tuple[str, int | None]]) -> bool:
    """Whether any of these assessments, each a name and a year, was brought in at the scope's school."""
    held = Assessment.objects.filter(school_id=scope.school_id, name__in=[name for name, _ in wanted])
    return bool(set(held.values_list("name", "year")) & set(wanted))


def facts(one: Target) -> target_rules.Facts:
    """Return what the rights over a target depend on."""
    return target_rules.Facts(one.owner_id, one.withdrawn_at)


def source(key: int) -> str:
    """Return how evidence names a target."""
    return f"outcomes.Target:{key}"


SOON = timedelta(days=14)
