"""Writes of the yearly reviews: who looks at whose decisions, at which of them, and what they say."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.analysis import decision_shares
from headship.core import actions
from headship.core.actions import action
from headship.core.errors import existing, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.people.holders import holders
from headship.schools.models import School
from headship.strategy import plan_actions, rights_queries, team_queries, team_rules
from headship.strategy.models import Review, ReviewedDecision
from headship.strategy.rights_choices import How, Party

KIND = "strategy.review"
NONE_NOTED = "They noted no decision of that year that all staff may see"


@dataclass(frozen=True, slots=True)
class Arranged:
    """Who reviews whom (codes of teams or people), of which year, by when, how the decisions come together, how many.

    `key` is what a draw is made with.
    """

    by: str
    of: str
    starts_in: int
    due_on: date
    how: How
    count: int
    key: str = ""


@action("strategy.arrange_review")
def arrange_review(*, by: Scope, at: datetime, once: UUID, arranged: Arranged) -> int:
    """Ask a team or a person to look at others' decisions; the same form sent again gives the first one's key."""
    require(team_rules.edit(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if plan_actions.repeated(found := Review.objects.filter(school_id=by.school_id, once=once).first()):
        return found.pk
    who, whom = _party(by, arranged.by), _party(by, arranged.of)
    reviewing, reviewed = team_queries.people_of(by, who), team_queries.people_of(by, whom)
    plan_actions.refuse(team_rules.sides(reviewing, reviewed))
    plan_actions.refuse(team_rules.due(arranged.due_on, today=timezone.localdate(at)))
    pool = sorted(each.pk for each in team_queries.pool(by, reviewed, reviewing, arranged.starts_in))
    plan_actions.refuse(None if pool else NONE_NOTED)
    drawn = decision_shares.drawn(arranged.key, pool, arranged.count) if arranged.how == How.DRAWN else []
    made = Review.objects.create(
        school_id=by.school_id,
        once=once,
        starts_in=arranged.starts_in,
        by_team_id=who.team,
        by_person_id=who.person,
        of_team_id=whom.team,
        of_person_id=whom.person,
        arranged_on=timezone.localdate(at),
        due_on=arranged.due_on,
        how=arranged.how,
        count=arranged.count,
        key=arranged.key if drawn else "",
        pool=pool if drawn else [],
    )
    _take(made, drawn)
    actions.audit(f"strategy.Review:{made.pk}", how=arranged.how, drawn=len(drawn))
    return made.pk


@action("strategy.choose_decisions")
def choose_decisions(*, by: Scope, at: datetime, review: int, decisions: list[int]) -> None:
    """Choose the decisions to look at, where those who review choose."""
    now = _locked(by, review)
    reviewing = team_queries.reviewing(by, now)
    require(team_rules.review(by, reviewing))
    plan_actions.refuse(team_rules.choose(How(now.how), now.read.count(), len(set(decisions)), now.count))
    known = {each.pk for each in team_queries.pool(by, team_queries.reviewed(by, now), reviewing, now.starts_in)}
    plan_actions.refuse(None if set(decisions) <= known else "Choose decisions from the list")
    _take(now, sorted(set(decisions)))
    actions.audit(f"strategy.Review:{now.pk}", chosen=len(set(decisions)))


@action("strategy.write_reading")
def write_reading(*, by: Scope, at: datetime, reading: int, version: int, good: str, otherwise: str) -> None:  # noqa: PLR0913  # both sides of what is said, and of what
    """Say of somebody else's decision what was good and what one would do otherwise; the last one ends the review."""
    found: ReviewedDecision = get_object_or_404(
        ReviewedDecision.objects.select_related("decision"),
        pk=reading,
        review__school_id=by.school_id,
        decision__visibility__in=by.opens,
    )
    now = _locked(by, found.review_id)
    require(team_rules.write(by, team_queries.reviewing(by, now), found.decision.decided_by_id))
    found.refresh_from_db(fields=["version", "by"])
    plan_actions.refuse(team_rules.rewrite(by, now.done_on, found.by_id))
    plan_actions.fresh(found.version, version)
    found.good, found.otherwise, found.by_id = good, otherwise, by.person_id
    found.on, found.version = timezone.localdate(at), version + 1
    found.save()
    if not now.read.filter(on=None).exists():
        _finish(now, by, at)
    actions.audit(f"strategy.Review:{now.pk}", read=found.pk, done=now.done_on is not None)


def _finish(now: Review, by: Scope, at: datetime) -> None:
    now.done_on = timezone.localdate(at)
    now.save(update_fields=["done_on"])
    evidence.record(
        kind=KIND,
        words="Colleagues looked at each other's decisions of the year and said what they would do otherwise",
        characteristics=("3.6",),
        occurred_on=now.done_on,
        visibility=Visibility.STAFF,
        source=team_queries.source(now.pk),
    )


def _take(review: Review, decisions: list[int]) -> None:
    for each in decisions:
        ReviewedDecision.objects.create(review=review, decision_id=each)


def _locked(by: Scope, key: int) -> Review:
    existing(team_queries.review(by, key))  # whoever may not know of it finds none
    found: Review = Review.objects.select_for_update().get(pk=key, school_id=by.school_id)
    return found


def _party(by: Scope, code: str) -> Party:
    known = {f"team-{each.pk}" for each in rights_queries.standing_teams(by)}
    known |= {f"person-{key}" for key, _ in holders(by).offered}
    plan_actions.refuse(None if code in known else "Choose who reviews and who is reviewed from the lists")
    return Party.of(code)
