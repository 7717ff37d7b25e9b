"""Reads of appeals: who took part and cannot hear them, who may, and what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from headship.appraisal import head_queries
from headship.appraisal import staff_appeal_rules as rules
from headship.appraisal import staff_queries as queries
from headship.appraisal.head_rules import GOVERNORS
from headship.appraisal.staff_appeal_models import StaffAppeal, StaffHearer
from headship.appraisal.staff_appeal_rules import Involved
from headship.appraisal.staff_models import StaffYear
from headship.core.roles import STAFF, Role
from headship.core.scope import Scope
from headship.people import queries as people
from headship.people.models import Post


@dataclass(frozen=True, slots=True)
class Open:
    """An appeal that is not heard yet, and what the reader has to do with it."""

    appeal: StaffAppeal
    names: bool
    hears: bool
    named: Sequence[str]


def involved(scope: Scope, year: StaffYear) -> Involved:
    """Return who took part in a year, and who is headteacher."""
    appraised = year.changes.filter(appraising=True).values_list("by_id", flat=True)
    moderated = year.moderations.values_list("by_id", flat=True)
    took_part = {year.person_id, year.appraiser_id, *appraised, *moderated} - {None}
    return Involved(frozenset(each for each in took_part if each is not None), frozenset(_heads(scope)))


def _heads(scope: Scope) -> QuerySet[Post, int]:
    return _posts(scope, {Role.HEADTEACHER}).values_list("person_id", flat=True)


def _posts(scope: Scope, roles: set[Role] | frozenset[Role]) -> QuerySet[Post]:
    """Return posts held at the school today."""
    today = timezone.localdate(scope.at)
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    return Post.objects.filter(running, school_id=scope.school_id, role__in=roles, starts_on__lte=today)


def offered(scope: Scope, of: Involved) -> dict[int, str]:
    """Return who can hear an appeal: governors where the board hears it, otherwise those who lead; nobody involved."""
    if of.by_board:
        return {key: name for key, name in head_queries.offered(scope).governors if key not in of.people}
    leading = [each for each in people.holders_here(scope) if each.role in rules.HEARING]
    return {each.person_id: each.name for each in leading if each.person_id not in of.people}


def _unheard(scope: Scope) -> QuerySet[StaffAppeal]:
    here = StaffAppeal.objects.filter(year__school_id=scope.school_id, heard_on=None)
    return here.select_related("year__person", "year__cycle").order_by("pk")


def _near(scope: Scope) -> QuerySet[StaffAppeal]:
    """Return the appeals the reader may have something to do with, to be asked of each."""
    if rules.find(scope):
        return StaffAppeal.objects.none()
    if scope.has(*rules.NAMERS):
        return _unheard(scope)
    return _unheard(scope).filter(hearers__person_id=scope.person_id, hearers__ended_on=None)


def opened(scope: Scope) -> list[Open]:
    """Return the appeals whose hearers the reader names, or which they hear."""
    return [each for each in near(scope) if each.names or each.hears]


def near(scope: Scope) -> list[Open]:
    """Return those and, for whoever names hearers, what others name for: only the headteacher may be told whose."""
    return [_open(scope, each) for each in _near(scope)]


def _open(scope: Scope, appeal: StaffAppeal) -> Open:
    who = running(appeal)
    of = involved(scope, appeal.year)
    here = _could_hear(scope) - of.people if who else set()
    fits = [each.person.name for each in who if each.person_id in here]
    return Open(
        appeal=appeal,
        names=rules.name(scope, of) is None,
        hears=rules.may_hear(scope, of, named=any(each.person_id == scope.person_id for each in who)),
        named=fits,
    )


def _could_hear(scope: Scope) -> set[int]:
    """Return everybody whose posts of today let them hear an appeal: those who lead, and governors not on the staff."""
    posts = list(_posts(scope, {*STAFF, *GOVERNORS}).values_list("person_id", "role"))
    staff = {person for person, role in posts if role in STAFF}
    return {person for person, role in posts if role in rules.HEARING or person not in staff}


def running(appeal: StaffAppeal) -> list[StaffHearer]:
    """Return who is named to hear an appeal."""
    return list(appeal.hearers.filter(ended_on=None).select_related("person").order_by("person__name", "pk"))


def unheard(scope: Scope, key: int) -> StaffAppeal | None:
    """Return an appeal at the reader's school that is not heard yet; what they may do with it is asked of it."""
    return _unheard(scope).filter(pk=key).first()


def heard_by(scope: Scope, key: int) -> StaffAppeal | None:
    """Return an appeal that the reader hears, or None as if there were none."""
    found = unheard(scope, key)
    return found if found and _open(scope, found).hears else None


def whole_year(appeal: StaffAppeal) -> StaffYear:
    """Return the year an appeal is about, whole, for those who hear it."""
    return queries.whole(StaffYear.objects.filter(pk=appeal.year_id)).get()


def heard_already(year: StaffYear) -> bool:
    """Whether an appeal against the statement that stands was heard."""
    return any(each.heard_on and not each.former for each in year.appeals.all())


def in_order(year: StaffYear) -> list[StaffAppeal]:
    """Return the appeals against a year's statements, oldest first."""
    return sorted(year.appeals.all(), key=lambda each: each.pk)


def unread(scope: Scope) -> list[StaffAppeal]:
    """Return the reader's own appeals that were heard, and that they did not say they read."""
    own = StaffAppeal.objects.filter(
        year__school_id=scope.school_id, year__person_id=scope.person_id, heard_on__isnull=False, read_on=None
    )
    return list(own.order_by("pk"))
