"""Writes of sharing sums with the trust: shared, made anew when results change, taken back. No pupil is in them."""

from datetime import datetime

from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.audit import one_at_a_time
from headship.core.errors import Refused, Stale, Unusable, require
from headship.core.pages import academic_year
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.outcomes import sum_offers, sum_queries
from headship.outcomes import sum_rules as rules
from headship.outcomes.models import SharedSums
from headship.outcomes.sum_choices import FEWEST_PUPILS

KIND = "outcomes.shared"
SERVES = ("4.1",)
GONE = "These results were brought again or undone meanwhile. Nothing was shared: look at the page again."


@action("outcomes.share_sums")
def share_sums(*, by: Scope, at: datetime, assessment: int, year_group: str) -> int:
    """Share the sums of an assessment's year group with the school's trust; sent twice, it is once."""
    require(rules.share_sums(by))
    one_at_a_time(by.school_id)
    trust = sum_queries.trust_of(by)
    if trust is None:
        raise Refused(rules.NO_TRUST)
    found = _offer(by, at, assessment, year_group)
    year, name, group = found.key
    row, made = SharedSums.objects.update_or_create(
        school_id=by.school_id,
        year=year,
        assessment=name,
        year_group=group,
        defaults={"trust": trust, "scale": found.assessment.scale, "by_subject": dict(found.by_subject),
                  "made_at": at, "shared_by_id": by.person_id, "shared_at": at},
    )  # fmt: skip
    if made:
        evidence.record(
            kind=KIND,
            words=f"Shared sums of {name}, {academic_year(year)}, with the trust, to learn how much schools differ",
            characteristics=SERVES,
            occurred_on=timezone.localdate(at),
            visibility=Visibility.GOVERNORS,
            source=_source(row),
        )
    actions.audit(_source(row), new=made, trust=trust.uid, subjects=len(found.by_subject))
    return row.pk


@action("outcomes.take_back_sums")
def take_back_sums(*, by: Scope, at: datetime, shared: int) -> None:
    """Take back what is shared: the sums are deleted at once and their evidence is withdrawn."""
    require(rules.share_sums(by))
    one_at_a_time(by.school_id)
    row = sum_queries.one_of_ours(by, shared)
    if row is None:
        raise Stale("It is taken back already, and deleted. Nothing was changed.")
    source = _source(row)
    evidence.withdraw(source=source)
    row.delete()
    actions.audit(source, taken_back=True)


def make_anew(*, by: Scope, at: datetime) -> None:
    """Make what the school shares anew of its results as they stand now; of results that are gone nothing stays."""
    rows = sum_queries.ours(by)
    if not rows:
        return
    standing = {each.key: each for each in sum_offers.offers(by, timezone.localdate(at))}
    for row in rows:
        found = standing.get((row.year, row.assessment, row.year_group))
        row.by_subject, row.made_at = dict(found.by_subject) if found else {}, at
        row.scale = found.assessment.scale if found else row.scale
        row.save(update_fields=["by_subject", "made_at", "scale"])


def _offer(by: Scope, at: datetime, assessment: int, year_group: str) -> sum_offers.Offer:
    """Return what is to be shared. Errors: Stale, Unusable."""
    wanted = (assessment, year_group)
    offered = sum_offers.offers(by, timezone.localdate(at))
    found = next((each for each in offered if (each.assessment.pk, each.year_group) == wanted), None)
    if found is None:
        raise Stale(GONE)
    if not found.by_subject:
        raise Unusable(
            f"No subject has {FEWEST_PUPILS} pupils with a result and known prior attainment. Nothing was shared."
        )
    return found


def _source(row: SharedSums) -> str:
    return f"outcomes.SharedSums:{row.pk}"
