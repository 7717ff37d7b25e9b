"""Reads of moderation: a group beside one another for the headteacher, and what came of it in somebody's year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from headship.appraisal import staff_moderation_lines as lines
from headship.appraisal import staff_moderation_rules as rules
from headship.appraisal import staff_queries as queries
from headship.appraisal.staff_choices import OVER, Looked, StaffState
from headship.appraisal.staff_models import StaffCycle, StaffObjective, StaffYear
from headship.appraisal.staff_moderation_lines import Stood
from headship.appraisal.staff_moderation_models import StaffModeration
from headship.core.scope import Scope

LOOKED_AT = {
    Looked.OBJECTIVES: (StaffState.AIMING, StaffState.SET, StaffState.HALFWAY),
    Looked.RATINGS: (StaffState.REVIEWED,),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A group that is to be looked at: which, what of it, and how many years wait."""

    cycle: StaffCycle
    looked: Looked
    count: int


def group(scope: Scope, of: StaffCycle, looked: Looked) -> QuerySet[StaffYear]:
    """Return whose objectives or ratings there are in a group, by who appraises them; never the reader's own."""
    found = queries.whole(queries.known(scope)).filter(cycle=of).exclude(person_id=scope.person_id)
    there = Q(reviewed_on=None) if looked == Looked.OBJECTIVES else Q(reviewed_on__isnull=False)
    return found.filter(there).exclude(state=StaffState.CLOSED).order_by("appraiser__name", "person__name", "pk")


def to_look_at(scope: Scope, of: StaffCycle, keys: Sequence[int]) -> list[StaffYear]:
    """Return some years of a group, whole."""
    return list(queries.whole(queries.known(scope)).filter(cycle=of, pk__in=keys).order_by("pk"))


def reached_by_appraiser(of: StaffCycle) -> Mapping[str, Mapping[str, int]]:
    """Count how the objectives of a group were rated, by whoever appraises: of those that were reviewed."""
    found = StaffObjective.objects.filter(year__cycle=of, dropped_on=None, year__reviewed_on__isnull=False)
    rows = found.exclude(year__state=StaffState.CLOSED).order_by().values_list("year__appraiser__name", "reached")
    told: dict[str, dict[str, int]] = {}
    for name, reached, count in rows.annotate(Count("pk")):
        told.setdefault(name or "Nobody yet", {})[reached] = count
    return dict(sorted(told.items()))


def looks(year: StaffYear, looked: Looked | None = None) -> list[StaffModeration]:
    """Return what came of looking at a year, oldest first."""
    found = sorted(year.moderations.all(), key=lambda each: each.pk)
    return [each for each in found if looked in {None, each.looked}]


def open_one(year: StaffYear, looked: Looked | None = None) -> StaffModeration | None:
    """Return what was asked and is not answered yet."""
    return next((each for each in looks(year, looked) if each.settled_on is None), None)


def settled(year: StaffYear, looked: Looked) -> list[Stood] | None:
    """Return what stood when a year was last looked at and nothing was left to answer."""
    done = [each for each in looks(year, looked) if each.settled_on]
    return lines.read_back(done[-1].after) if done else None


def ratings_wait(year: StaffYear) -> str | None:
    """Return why moderation holds a statement up, or nothing."""
    if not year.cycle.moderated and not year.moderations.all():
        return None
    return rules.ratings_wait(
        wanted=year.cycle.moderated,
        open_one=open_one(year, Looked.RATINGS) is not None,
        settled=settled(year, Looked.RATINGS),
        now=lines.standing(year, Looked.RATINGS),
    )


def fresh(year: StaffYear, looked: Looked) -> bool:
    """Whether a year was looked at as it stands, or something was asked about it."""
    return open_one(year, looked) is not None or settled(year, looked) == lines.standing(year, looked)


def waiting(scope: Scope) -> list[Waiting]:
    """Return the groups the headteacher is to look at: those set up so, with what nobody looked at yet."""
    if rules.look(scope):
        return []
    here = StaffYear.objects.filter(school_id=scope.school_id, cycle__moderated=True).exclude(state__in=OVER)
    here = here.exclude(person_id__in=queries.heads_in_post(scope))
    reviewed = here.filter(state=StaffState.REVIEWED)
    seen = Exists(StaffModeration.objects.filter(year=OuterRef("pk"), looked=Looked.RATINGS))
    ratings = _counted(reviewed.filter(~seen))
    for each in _with_lines(reviewed.filter(seen)):
        if not fresh(each, Looked.RATINGS):
            ratings[each.cycle_id] = ratings.get(each.cycle_id, 0) + 1
    objectives = _counted(_objectives_wait(scope, here))
    cycles = StaffCycle.objects.in_bulk([*ratings, *objectives])
    rows = [(Looked.RATINGS, ratings), (Looked.OBJECTIVES, objectives)]
    return [Waiting(cycles[key], looked, count) for looked, its in rows for key, count in sorted(its.items())]


def asked(scope: Scope) -> Mapping[tuple[int, str], int]:
    """Count, by group and what was looked at, what the headteacher asked and nobody answered yet."""
    here = StaffModeration.objects.filter(year__school_id=scope.school_id, settled_on=None)
    rows = here.exclude(year__state__in=OVER).order_by().values_list("year__cycle_id", "looked")
    return {(cycle, looked): count for cycle, looked, count in rows.annotate(Count("pk"))}


def _counted(found: QuerySet[StaffYear]) -> dict[int, int]:
    """Return how many years there are of each cycle, by its key."""
    return dict(found.order_by().values_list("cycle_id").annotate(Count("pk", distinct=True)))


def _objectives_wait(scope: Scope, here: QuerySet[StaffYear]) -> QuerySet[StaffYear]:
    """Return the years whose group's objectives are all set, or should be by now, and that nobody looked at."""
    ours = here.filter(starts_in=queries.this_year(scope))
    unseen = ours.exclude(moderations__looked=Looked.OBJECTIVES)
    late = Q(cycle__objectives_by__lt=queries.today_of(scope))
    aiming = ours.filter(state=StaffState.AIMING).values("cycle_id")
    return unseen.filter(late | ~Q(cycle_id__in=aiming), state__in=(StaffState.SET, StaffState.HALFWAY))


def _with_lines(found: QuerySet[StaffYear]) -> list[StaffYear]:
    """Return years with what they are looked at by."""
    return list(found.select_related("cycle").prefetch_related("objectives", "ratings", "cycle__parts", "moderations"))
