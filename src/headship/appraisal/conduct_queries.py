"""Reads of expectations of conduct: which there are, the words in force, and who is still to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from headship.appraisal import conduct_rules as rules
from headship.appraisal.conduct_models import Expectation
from headship.core.scope import Scope
from headship.policies import queries as policies
from headship.policies import reading_queries as reading
from headship.policies.models import PolicyVersion
from headship.policies.queries import Listed


@dataclass(frozen=True, slots=True)
class Expected:
    """An expectation as it stands today; `missing` is None for whoever is not told, `read_on` for who has not read it.

    `asked`: the reader is asked to read the words in force, by `due_on`.
    """

    key: int
    listed: Listed
    asked: bool
    due_on: date | None
    read_on: date | None
    missing: frozenset[int] | None


def expectations(scope: Scope) -> QuerySet[Expectation]:
    """Return the school's expectations."""
    return Expectation.objects.filter(school_id=scope.school_id).order_by("pk")


def expected(scope: Scope) -> list[Expected]:
    """Return the expectations that stand, each as it is today, by title."""
    keys: Mapping[int, int] = dict(expectations(scope).values_list("policy_id", "pk"))
    stand = [each for each in policies.listed(scope) if each.policy.pk in keys]
    asked = {each.version.policy_id: each for each in reading.asked_of(scope)}
    missing = _missing(scope, [each.now for each in stand if each.now])
    return [
        Expected(
            key=keys[each.policy.pk],
            listed=each,
            asked=each.policy.pk in asked,
            due_on=asked[each.policy.pk].due_on if each.policy.pk in asked else None,
            read_on=asked[each.policy.pk].read_on if each.policy.pk in asked else None,
            missing=missing.get(each.now.pk) if each.now else None,
        )
        for each in stand
    ]


def _missing(scope: Scope, versions: Sequence[PolicyVersion]) -> Mapping[int, frozenset[int]]:
    if not rules.see_names(scope):
        return {}
    return {key: each.missing for key, each in reading.reads(scope, versions).items()}


def to_name(scope: Scope) -> dict[int, str]:
    """Return the policies that can be named as expectations and are not yet."""
    named = set(expectations(scope).values_list("policy_id", flat=True))
    found = [each for each in policies.listed(scope) if each.policy.pk not in named]
    return {
        each.policy.pk: each.policy.title
        for each in found
        if rules.fits(each.policy, in_force=each.now is not None) is None
    }


def source(key: int) -> str:
    """Return how evidence names an expectation."""
    return f"appraisal.Expectation:{key}"
