"""What is late in groups of staff appraisal, and who is in none: names and how far each is, no content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal.staff_choices import StaffState
from headship.appraisal.staff_models import StaffCycle, StaffYear
from headship.core.scope import Scope

NAMED = 8  # names that are told before the rest is a number
NOT_GIVEN = frozenset({StaffState.AIMING, StaffState.SET, StaffState.HALFWAY, StaffState.REVIEWED})


@dataclass(frozen=True, slots=True)
class Late:
    """What is late in a cycle: which step, since when, of whom, of how many who have that step before them at all."""

    what: str
    due_on: date
    names: Sequence[str]
    of: int

    @property
    def words(self) -> str:
        """How many of how many, in a line.

        >>> Late("statements", date(2026, 10, 31), ["Ada"], 30).words
        '1 of 30 statements late'
        """
        return f"{len(self.names)} of {self.of} {self.what} late"


def late(cycle: StaffCycle, states: Sequence[tuple[str, str]], of: int, today: date) -> Late | None:
    """Return what is late of `states` (name and how far), by the last day that has passed; None where nothing is.

    `of`: how many years there are. One closed because somebody left counts neither way. Whoever was given a statement
    has it, so states after that need not be told.
    """
    steps = (
        ("statements", cycle.statement_by, NOT_GIVEN),
        ("reviews", cycle.review_by, NOT_GIVEN - {StaffState.REVIEWED}),
        ("mid-year reviews", cycle.half_by, frozenset({StaffState.AIMING, StaffState.SET})),
        ("objectives", cycle.objectives_by, frozenset({StaffState.AIMING})),
    )
    passed = next(((what, by, before) for what, by, before in steps if by < today), None)
    if passed is None:
        return None
    what, by, before = passed
    names = [name for name, state in states if state in before]
    return Late(what, by, names, of) if names else None


def of_cycles(scope: Scope, cycles: Sequence[StaffCycle]) -> Mapping[int, Late]:
    """Return what is late in each of the cycles that the reader organises, by key."""
    states: dict[int, list[tuple[str, str]]] = {each.pk: [] for each in cycles}
    if not states:
        return {}
    years = StaffYear.objects.filter(school_id=scope.school_id, cycle__in=states)
    behind = years.filter(state__in=NOT_GIVEN).order_by("person__name", "pk")
    for cycle, name, state in behind.values_list("cycle_id", "person__name", "state"):
        states[cycle].append((name, state))
    going = years.exclude(state=StaffState.CLOSED).order_by().values_list("cycle_id").annotate(Count("pk"))
    today, of = queries.today_of(scope), dict(going)
    found = ((each.pk, late(each, states[each.pk], of.get(each.pk, 0), today)) for each in cycles)
    return {key: its for key, its in found if its}


def in_none(scope: Scope) -> list[str]:
    """Return who on the staff is in no group of this academic year, once there is one; for the headteacher alone."""
    if rules.set_up(scope):
        return []
    this = queries.this_year(scope)
    if not StaffCycle.objects.filter(school_id=scope.school_id, starts_in=this).exists():
        return []
    return sorted(queries.to_add(scope, this).values())


def some(names: Sequence[str]) -> str:
    """Return names in a line, the rest as a number.

    >>> some(["Ada", "Bo"])
    'Ada; Bo'
    >>> some([str(each) for each in range(10)])
    '0; 1; 2; 3; 4; 5; 6; 7 and 2 more'
    """
    rest = len(names) - NAMED
    told = "; ".join(names[:NAMED])
    return f"{told} and {rest} more" if rest > 0 else told
