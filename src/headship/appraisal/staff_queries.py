"""Reads of staff appraisal: never a year that its caller may not read, counts included."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from headship.appraisal import staff_rules as rules
from headship.appraisal.staff_choices import OVER, StaffState
from headship.appraisal.staff_models import (
    StaffChange,
    StaffCopy,
    StaffCycle,
    StaffObjective,
    StaffReflection,
    StaffStatement,
    StaffYear,
)
from headship.appraisal.staff_rules import Facts
from headship.core.roles import STAFF, Role
from headship.core.scope import Scope
from headship.people import queries as people
from headship.people.models import Post, Relationship
from headship.schools.calendar_dates import year_of

MOST, NEWEST = 500, 5
NAMED_BEFORE = "appraiser"  # the kind of relationship by which People named one in earlier versions
TERM = timedelta(days=120)  # about a term, by our own rule: how long whoever appraised reads a completed year


@dataclass(frozen=True, slots=True)
class Counted:
    """How many years a cycle holds, how many are complete, and in how many nobody appraises yet."""

    members: int
    completed: int
    unnamed: int


def source(year: int) -> str:
    """Return what evidence and the audit call somebody's year."""
    return f"appraisal.StaffYear:{year}"


def today_of(scope: Scope) -> date:
    """Return the reader's day."""
    return timezone.localdate(scope.at)


def this_year(scope: Scope) -> int:
    """Return the academic year of the reader's day."""
    return year_of(today_of(scope))


def known(scope: Scope) -> QuerySet[StaffYear]:
    """Return the years the reader reads: their own, those they appraise, and the headteacher all.

    Whoever appraises reads a year while its person works here, and once it is complete for about a term more, or for
    as long as they appraise the same person's next year; never once somebody else appraises a later one. Of somebody
    who became headteacher nobody else reads a year: neither whoever appraised them, nor another headteacher.
    """
    here = StaffYear.objects.filter(school_id=scope.school_id)
    if rules.open_list(scope):
        return here.none()
    if scope.has(Role.HEADTEACHER):
        return here.filter(Q(person_id=scope.person_id) | ~Q(person_id__in=heads_in_post(scope)))
    return here.filter(Q(person_id=scope.person_id) | Q(appraiser_id=scope.person_id) & _open_to_appraiser(scope))


def _open_to_appraiser(scope: Scope) -> Q:
    """Return what makes a year one that whoever appraises it reads, as long as they are on the staff."""
    theirs = StaffYear.objects.filter(school_id=scope.school_id, person_id=OuterRef("person_id"))
    others = theirs.filter(starts_in__gt=OuterRef("starts_in")).exclude(appraiser_id=OuterRef("appraiser_id"))
    coming = theirs.filter(starts_in=OuterRef("starts_in") + 1, appraiser_id=OuterRef("appraiser_id"))
    fresh = Q(completed_on__gte=today_of(scope) - TERM) | Exists(coming.exclude(state__in=OVER))
    lasts = ~Q(state__in=OVER) | (fresh & ~Exists(others))
    return Q(person_id__in=_in_post(scope)) & ~Q(person_id__in=heads_in_post(scope)) & lasts


def read_by_appraisers(scope: Scope) -> QuerySet[StaffYear]:
    """Return the school's years that whoever appraises them reads today: they hold a post on the staff, as its person.

    The one answer to who appraises whom here: what is shown to an appraiser opens by it too.
    """
    here = StaffYear.objects.filter(_open_to_appraiser(scope), school_id=scope.school_id)
    return here.filter(appraiser_id__in=_in_post(scope)).exclude(appraiser_id=F("person_id"))


def appraiser_reads(scope: Scope, of: StaffYear) -> bool:
    """Whether whoever appraises somebody reads that year today."""
    return read_by_appraisers(scope).filter(pk=of.pk).exists()


def whole(found: QuerySet[StaffYear]) -> QuerySet[StaffYear]:
    """Return years with all that stands in them."""
    standing = StaffObjective.objects.filter(dropped_on=None).order_by("pk")
    changes = StaffChange.objects.select_related("by").order_by("-at", "-pk")
    return found.select_related("person", "appraiser", "cycle", "reflection", "statement").prefetch_related(
        Prefetch("objectives", queryset=standing),
        Prefetch("changes", queryset=changes),
        "cycle__parts",
        "ratings",
        "moderations__by",
        "appeals",
    )


def year(scope: Scope, key: int) -> StaffYear | None:
    """Return one year whole, or None where this reader may not know of it."""
    return whole(known(scope)).filter(pk=key).first()


def facts(scope: Scope, of: StaffYear) -> Facts:
    """Return what the rights over a year the reader reads depend on."""
    past = of.starts_in < this_year(scope)
    headed = of.person_id == scope.person_id and scope.has(Role.HEADTEACHER)
    state, told = StaffState(of.state), was_told(of)
    return Facts(of.person_id, of.appraiser_id, of.starts_in, state, past=past, headed=headed, told=told)


def was_told(of: StaffYear) -> bool:
    """Whether its person was given what the appraiser says of them, or never will be.

    Never: the year was closed, and they left or became headteacher. Closed while they work here, it may go on.
    """
    if of.state != StaffState.CLOSED or of.given_on is not None:
        return of.given_on is not None
    held = Post.objects.filter(person_id=of.person_id, school_id=of.school_id, role__in=STAFF)
    roles = set(held.exclude(ends_on__lt=timezone.localdate()).values_list("role", flat=True))
    return not roles or Role.HEADTEACHER in roles


def mine(scope: Scope) -> list[StaffYear]:
    """Return the reader's own years, the newest first."""
    own = known(scope).filter(person_id=scope.person_id)
    return list(own.select_related("person", "appraiser", "cycle").order_by("-starts_in"))


def appraised(scope: Scope) -> list[StaffYear]:
    """Return the years of those the reader appraises, the newest first."""
    found = known(scope).filter(appraiser_id=scope.person_id).exclude(person_id=scope.person_id)
    return list(found.select_related("person", "appraiser", "cycle").order_by("-starts_in", "person__name")[:MOST])


def cycles(scope: Scope) -> list[StaffCycle]:
    """Return the cycles the reader organises, the newest first, with how many years they hold and how far those are."""
    found = _organised(scope).annotate(
        members=Count("years"),
        completed=Count("years", filter=Q(years__state=StaffState.COMPLETE)),
        unnamed=Count("years", filter=Q(years__appraiser=None) & ~Q(years__state__in=OVER)),
    )
    return list(found.order_by("-starts_in", "name"))


def counted(of: StaffCycle) -> Counted:
    """Return what `cycles` counted of one of its cycles."""
    counts: Any = of  # what the query added
    return Counted(counts.members, counts.completed, counts.unnamed)


def _organised(scope: Scope) -> QuerySet[StaffCycle]:
    here = StaffCycle.objects.filter(school_id=scope.school_id)
    if scope.has(Role.HEADTEACHER):
        return here
    return here.filter(organiser_id=scope.person_id) if scope.has(*rules.LEADING) else here.none()


def cycle(scope: Scope, key: int) -> StaffCycle | None:
    """Return a cycle with its parts, for whoever organises it."""
    found = _organised(scope).select_related("organiser").prefetch_related("parts")
    return found.filter(pk=key).first()


def members(scope: Scope, of: StaffCycle) -> list[StaffYear]:
    """Return who is in a cycle: whose year it is, who appraises them, how far it is; nothing of what is in it."""
    found = StaffYear.objects.filter(cycle=of, school_id=scope.school_id)
    return list(found.select_related("person", "appraiser").order_by("person__name", "pk"))


def goes_on(of: StaffCycle) -> bool:
    """Whether any year in a cycle is neither complete nor closed."""
    return of.years.exclude(state__in=OVER).exists()


def readable(scope: Scope, of: StaffCycle) -> set[int]:
    """Return which years of a cycle the reader reads."""
    return set(known(scope).filter(cycle=of).values_list("pk", flat=True))


def staff(scope: Scope) -> dict[int, str]:
    """Return everybody on the staff today, by key, with their post."""
    found: dict[int, str] = {}
    for post in people.holders_here(scope):
        if post.role in STAFF:
            found.setdefault(post.person_id, f"{post.name}, {post.title or Role(post.role).words.lower()}")
    return found


def heads(scope: Scope) -> set[int]:
    """Return who is headteacher today: the board appraises them."""
    return {each.person_id for each in people.holders_here(scope) if each.role == Role.HEADTEACHER}


def to_add(scope: Scope, starts_in: int) -> dict[int, str]:
    """Return who can be put into a cycle: staff in none of that year; the headteacher is the board's to appraise."""
    here = StaffYear.objects.filter(school_id=scope.school_id, starts_in=starts_in)
    taken = set(here.values_list("person_id", flat=True))
    left_out = taken | heads(scope)
    return {key: words for key, words in staff(scope).items() if key not in left_out}


def appraised_before(scope: Scope) -> Mapping[int, int]:
    """Return who appraised somebody last, by whom it was: in a year kept here, or named under People before 0007."""
    named = _named_before(scope).order_by("starts_on", "pk")
    years = StaffYear.objects.filter(school_id=scope.school_id, appraiser__isnull=False).order_by("starts_in")
    return dict(named.values_list("about_id", "holder_id")) | dict(years.values_list("person_id", "appraiser_id"))


def named_before(scope: Scope) -> bool:
    """Whether anybody was named an appraiser under People, in an earlier version."""
    return _named_before(scope).exists()


def _named_before(scope: Scope) -> QuerySet[Relationship]:
    return Relationship.objects.filter(school_id=scope.school_id, kind=NAMED_BEFORE)


def leaders(scope: Scope) -> dict[int, str]:
    """Return who can be named to organise a cycle beside the headteacher."""
    holders = [each for each in people.holders_here(scope) if each.role in rules.LEADING]
    left_out = heads(scope)
    return {each.person_id: each.name for each in holders if each.person_id not in left_out}


def written(of: StaffYear) -> bool:
    """Whether anything is written in somebody's year, also what was taken out again."""
    kept = (of.objectives, of.ratings, of.copies, StaffReflection.objects.filter(year=of))
    return any(each.exists() for each in kept) or StaffStatement.objects.filter(year=of).exists()


def aiming(years: Sequence[StaffYear]) -> list[StaffYear]:
    """Return those whose objectives can still be written."""
    return [each for each in years if each.state == StaffState.AIMING]


def dated(scope: Scope, since: date, until: date) -> list[StaffCycle]:
    """Return the cycles with a day between two that the reader takes part in or organises."""
    days = Q()
    for name in ("objectives_by", "half_by", "review_by", "statement_by"):
        days |= Q(**{f"{name}__range": (since, until)})
    here = StaffCycle.objects.filter(days, school_id=scope.school_id)
    taking_part = Q(
        pk__in=known(scope).filter(Q(person_id=scope.person_id) | Q(appraiser_id=scope.person_id)).values("cycle_id")
    )
    return list(here.filter(taking_part | Q(pk__in=_organised(scope).values("pk"))).order_by("starts_in", "name"))


def reflection_of(of: StaffYear) -> StaffReflection | None:
    """Return how somebody sees their year, written or not."""
    found: StaffReflection | None = getattr(of, "reflection", None)
    return found


def statement_of(of: StaffYear) -> StaffStatement | None:
    """Return what was said and stated in a year, if anything was."""
    found: StaffStatement | None = getattr(of, "statement", None)
    return found


def unfinished(of: StaffYear) -> str | None:
    """Return why somebody's statement cannot be given yet, of a year that was read whole, or None."""
    told = statement_of(of)
    rated = [(each.reached, each.assessment) for each in of.objectives.all()]
    return rules.finished(rated, told.overall if told else "", told.needs if told else "")


def copies(scope: Scope, of: StaffYear) -> list[StaffCopy]:
    """Return the copies kept of a year the reader reads, oldest first.

    Where a closed year goes on, its person reads what was drafted in it only with the statement, as before.
    """
    found = of.copies.order_by("number")
    return list(found if rules.told(scope, facts(scope, of)) else found.exclude(closed=True))


def copy(scope: Scope, of: StaffYear, number: int) -> StaffCopy | None:
    """Return one of them."""
    return next((each for each in copies(scope, of) if each.number == number), None)


def under_way(scope: Scope) -> list[StaffYear]:
    """Return the reader's own years and those of whom they appraise that go on: not of people without a post.

    Each with what says its next step (`staff_steps`): objectives while they are written, all once it is reviewed.
    """
    mine_or_theirs = Q(person_id=scope.person_id) | Q(appraiser_id=scope.person_id)
    found = known(scope).filter(mine_or_theirs, person_id__in=_in_post(scope)).exclude(state__in=OVER)
    found = found.exclude(person_id__in=heads_in_post(scope))
    its = found.select_related("person", "cycle", "reflection", "statement").order_by("starts_in", "pk")
    rows = list(its.prefetch_related("moderations")[:MOST])
    aims = Prefetch("objectives", queryset=StaffObjective.objects.filter(dropped_on=None).order_by("pk"))
    prefetch_related_objects([each for each in rows if each.state == StaffState.AIMING], aims)
    reviewed = [each for each in rows if each.state == StaffState.REVIEWED]
    prefetch_related_objects(reviewed, aims, "ratings", "cycle__parts")
    return rows


def changed(scope: Scope, since: datetime) -> list[StaffChange]:
    """Return what others did since a moment in the reader's own years, and in those of whom they appraise."""
    theirs = Q(person_id=scope.person_id) | Q(appraiser_id=scope.person_id)
    found = StaffChange.objects.filter(at__gt=since, year__in=known(scope).filter(theirs).values("pk"))
    return list(found.exclude(by_id=scope.person_id).select_related("year__person").order_by("-at", "-pk")[:NEWEST])


def ended_by_post(scope: Scope) -> list[StaffYear]:
    """Return the reader's own years as a member of staff that nobody closed since they became headteacher."""
    if not scope.has(Role.HEADTEACHER):
        return []
    own = StaffYear.objects.filter(school_id=scope.school_id, person_id=scope.person_id)
    return list(own.exclude(state__in={*OVER, StaffState.APPEALED}).order_by("starts_in"))


def _in_post(scope: Scope) -> QuerySet[Post, Any]:
    """Return the keys of everybody on the staff today, to be asked within another query."""
    return _holders(scope, STAFF)


def heads_in_post(scope: Scope) -> QuerySet[Post, Any]:
    """Return the keys of whoever is headteacher today, to be asked within another query."""
    return _holders(scope, {Role.HEADTEACHER})


def _holders(scope: Scope, roles: AbstractSet[Role]) -> QuerySet[Post, Any]:
    today = today_of(scope)
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    held = Post.objects.filter(running, school_id=scope.school_id, role__in=roles, starts_on__lte=today)
    return held.values("person_id")


def to_hand_on(scope: Scope) -> list[tuple[StaffCycle, int]]:
    """Return the cycles the reader organises in which whoever appraises has left, with how many years wait so."""
    organised = _organised(scope)
    waits = StaffYear.objects.filter(cycle__in=organised.values("pk"), appraiser__isnull=False)
    left = waits.exclude(state__in=OVER).exclude(appraiser_id__in=_in_post(scope))
    left = left.exclude(person_id__in=heads_in_post(scope))
    counts = dict(left.order_by().values_list("cycle_id").annotate(Count("pk")))
    found = organised.filter(pk__in=counts) if counts else organised.none()
    return [(each, counts[each.pk]) for each in found.order_by("-starts_in", "name")]
