"""Writes of expectations of conduct: which policies they are. Their words are written where policies are."""

from datetime import datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.appraisal import conduct_queries as queries
from headship.appraisal import conduct_rules as rules
from headship.appraisal.conduct_models import Expectation
from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.policies import actions as policies
from headship.policies import queries as policy_queries

KIND = "appraisal.conduct"
SERVES = ("2.6",)


@action("appraisal.name_expectation")
def name_expectation(*, by: Scope, at: datetime, policy: int) -> int:
    """Say that a policy is an expectation of conduct; said twice, the first stands."""
    require(rules.name(by))
    of = policies.locked(by, policy)  # one at a time
    if found := queries.expectations(by).filter(policy=of).first():
        actions.audit(queries.source(found.pk), repeated=True)
        return found.pk
    today = timezone.localdate(at)
    if wrong := rules.fits(of, in_force=policy_queries.on_day(by, of, today) is not None):
        raise Unusable(f"{wrong}. Nothing was saved.")
    made = Expectation.objects.create(school_id=by.school_id, policy=of, since=today, named_by_id=by.person_id)
    evidence.record(
        kind=KIND,
        words=f"What we expect of one another, read by all staff in each version: {of.title}",
        characteristics=SERVES,
        occurred_on=today,
        visibility=Visibility.STAFF,
        source=queries.source(made.pk),
    )
    actions.audit(queries.source(made.pk), policy=of.pk)
    return made.pk


@action("appraisal.drop_expectation")
def drop_expectation(*, by: Scope, at: datetime, expectation: int) -> None:
    """Say that a policy is no longer an expectation of conduct; it stays a policy, and what was read stays read."""
    require(rules.name(by))
    found: Expectation = get_object_or_404(queries.expectations(by), pk=expectation)
    evidence.withdraw(source=queries.source(found.pk))
    actions.audit(queries.source(found.pk), dropped=True, at=at.date().isoformat())
    found.delete()
