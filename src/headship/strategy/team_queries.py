"""Reads of teams, and of what they say of each other's decisions once a year."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from headship.core.roles import Role
from headship.core.scope import Scope
from headship.core.together import asked_once
from headship.core.visibility import Visibility
from headship.schools.calendar_dates import bounds, year_of
from headship.strategy import team_rules
from headship.strategy.models import Decision, Review, ReviewedDecision, Right, Team, TeamMember
from headship.strategy.rights_choices import Part, Party

FOR_ALL = (Visibility.STAFF, Visibility.PUBLIC)
MOST_POOL = 200
SHOWN = 20


def teams(scope: Scope) -> list[Team]:
    """Return the school's teams of today by name, with their members."""
    found = Team.objects.filter(school_id=scope.school_id, ended_on=None)
    return list(found.prefetch_related("members").order_by("name", "pk"))


def team(scope: Scope, key: int) -> Team | None:
    """Return one of the school's teams, ended ones too."""
    return Team.objects.filter(school_id=scope.school_id, pk=key).first()


def member(scope: Scope, key: int) -> TeamMember | None:
    """Return somebody who is in a team of the school."""
    found = TeamMember.objects.filter(team__school_id=scope.school_id, until=None)
    return found.select_related("team").filter(pk=key).first()


def areas_of(scope: Scope) -> dict[int, list[str]]:
    """Return which areas each team decides today, by its key."""
    rights = Right.objects.filter(
        version__area__school_id=scope.school_id, version__area__ended_on=None, part=Part.DECIDES, team__isnull=False
    ).select_related("version__area")
    found: dict[int, list[str]] = {}
    for each in rights.order_by("version__name"):
        if each.version.version == each.version.area.version and each.team_id is not None:
            found.setdefault(each.team_id, []).append(each.version.name)
    return found


def people_of(scope: Scope, party: Party, day: date | None = None) -> frozenset[int]:
    """Return the people behind a team (its members of a day, or of now) or a person."""
    if party.team is None:
        return frozenset({party.person} if party.person is not None else ())
    held = _held(day) if day else Q(until=None)
    members = TeamMember.objects.filter(held, team__school_id=scope.school_id, team_id=party.team)
    return frozenset(members.values_list("person_id", flat=True))


def reviewing(scope: Scope, of: Review) -> frozenset[int]:
    """Return who reviews: whoever was in the team when it was arranged; who joins later does not."""
    return people_of(scope, by_whom(of), day_of(of))


def reviewed(scope: Scope, of: Review) -> frozenset[int]:
    """Return whose decisions are reviewed, by the same day."""
    return people_of(scope, of_whom(of), day_of(of))


def day_of(of: Review) -> date:
    """Return the day whose members take part in a review: that on which it was arranged.

    Where that day was not kept, it is the day on which it is due, or was done before.
    """
    return of.arranged_on or min(of.due_on, of.done_on or of.due_on)


def by_whom(of: Review) -> Party:
    """Return the team or person who reviews."""
    return Party(person=of.by_person_id, team=of.by_team_id)


def of_whom(of: Review) -> Party:
    """Return the team or person whose decisions are reviewed."""
    return Party(person=of.of_person_id, team=of.of_team_id)


def pool(scope: Scope, of: frozenset[int], by: frozenset[int], starts_in: int) -> list[Decision]:
    """Return the decisions of a year that some people noted for all staff to see, those of their reviewers left out."""
    found = Decision.objects.filter(
        school_id=scope.school_id,
        withdrawn_at=None,
        visibility__in=FOR_ALL,
        decided_on__range=bounds(starts_in),
        decided_by_id__in=of - by,
    )
    return list(found.order_by("-decided_on", "-pk")[:MOST_POOL])


def arranged(scope: Scope) -> QuerySet[Review]:
    """Return the school's reviews, whoever may read what they say."""
    return Review.objects.filter(school_id=scope.school_id)


def review(scope: Scope, key: int) -> Review | None:
    """Return a review, or None where the reader may not know what it says."""
    found = arranged(scope).filter(pk=key).first()
    if found is None:
        return None
    known = reviewing(scope, found) | reviewed(scope, found)
    return found if team_rules.see_review(scope, known) else None


def read(scope: Scope, of: Review) -> list[ReviewedDecision]:
    """Return the decisions of a review that the reader may see, in the order in which they were drawn or chosen."""
    seen = of.read.filter(decision__visibility__in=scope.opens)
    return list(seen.select_related("decision").order_by("pk"))


def reading(scope: Scope, key: int) -> ReviewedDecision | None:
    """Return one decision of a review, or None where the reader may not see it or know what is said of it."""
    found = ReviewedDecision.objects.filter(
        review__school_id=scope.school_id, decision__visibility__in=scope.opens, pk=key
    )
    one = found.select_related("review", "decision").first()
    return one if one and review(scope, one.review_id) else None


def reviews(scope: Scope) -> list[Review]:
    """Return the newest reviews that the reader may know of."""
    found = _dated(scope).order_by("-due_on", "-pk")
    if not scope.has(Role.HEADTEACHER):
        found = found.filter(_mine(scope, "by") | _mine(scope, "of"))
    return list(found[:SHOWN])


def to_write(scope: Scope, until: date) -> list[Review]:
    """Return the reviews due until a day that the reader answers for: as the person who reviews, or the team's lead."""
    return [
        each
        for each in _open(scope)
        if each.due_on <= until
        and (each.by_person_id == scope.person_id or (each.by_team and each.by_team.lead_id == scope.person_id))
    ]


def due_between(scope: Scope, first: date, last: date) -> list[Review]:
    """Return the reader's own reviews due between two days."""
    return [each for each in _open(scope) if first <= each.due_on <= last]


@asked_once
def _open(scope: Scope) -> list[Review]:
    """Return the reader's own reviews that are not done, the most urgent first."""
    found = _dated(scope).filter(_mine(scope, "by"), done_on=None).select_related("by_team")
    return list(found.order_by("due_on", "pk"))


def done_since(scope: Scope, moment: datetime) -> list[Review]:
    """Return the reviews that were finished since the day of a moment and that the reader may know of."""
    day = timezone.localdate(moment)
    if not arranged(scope).filter(done_on__gte=day).exists():
        return []
    return [each for each in reviews(scope) if each.done_on and each.done_on >= day]


def unreviewed(scope: Scope) -> list[Team]:
    """Return the teams whose decisions nobody was asked to look at this academic year."""
    year = year_of(timezone.localdate(scope.at))
    looked = Review.objects.filter(school_id=scope.school_id, starts_in=year, of_team__isnull=False)
    seen = set(looked.values_list("of_team_id", flat=True))
    return [each for each in teams(scope) if each.pk not in seen]


def latest_of(scope: Scope, keys: Sequence[int]) -> dict[int, Review]:
    """Return the newest review of each team."""
    found = Review.objects.filter(school_id=scope.school_id, of_team_id__in=keys).order_by("starts_in", "pk")
    return {each.of_team_id: each for each in found if each.of_team_id is not None}


def source(key: int) -> str:
    """Return how evidence names a review."""
    return f"strategy.Review:{key}"


def _held(day: date | OuterRef) -> Q:
    """Return what holds of whoever was in a team on a day."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def _dated(scope: Scope) -> QuerySet[Review]:
    """Return the school's reviews, each with the day whose members take part in it."""
    day = Coalesce("arranged_on", Least("due_on", Coalesce("done_on", "due_on")))
    return Review.objects.filter(school_id=scope.school_id).alias(day=day)


def _mine(scope: Scope, side: str) -> Q:
    """Return what holds of a dated review in which the reader is on a side."""
    members = TeamMember.objects.filter(
        _held(OuterRef("day")), team_id=OuterRef(f"{side}_team_id"), person_id=scope.person_id
    )
    return Q(**{f"{side}_person_id": scope.person_id}) | Q(Exists(members.filter(team__school_id=scope.school_id)))
