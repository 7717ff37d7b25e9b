"""What tests of workload do again and again, by the product's own actions."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import uuid4

from django.utils import timezone

from headship.schools import actions as schools
from headship.schools.calendar_dates import TermDates, year_of
from headship.workload import demand_actions, directed_actions, directed_queries
from headship.workload.choices import Directed, Kind, Outcome, State
from headship.workload.demand_actions import Asks, Reviewed
from headship.workload.directed_actions import Placing, Works
from headship.workload.directed_queries import Planned
from headship.workload.models import Demand, DirectedYear
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
DAY = timedelta(days=1)
YEAR = year_of(TODAY)


def asks(cast: Cast, **changed: object) -> Asks:
    """Return a demand of every teacher: half an hour, six times a year."""
    whole = Asks(
        "Data drop",
        Kind.DATA_DROP,
        "Leaders look at it each half-term",
        cast.people["middle_leader"].pk,
        30,
        6,
        {"teacher": None},
        TODAY + 200 * DAY,
        nothing_because="It is the first",
    )
    return replace(whole, **changed)


def propose(cast: Cast, persona: str = "teacher", **changed: object) -> int:
    """Propose a demand."""
    by = cast.scope(persona)
    return demand_actions.propose_demand(by=by, at=AT, once=uuid4(), asks=asks(cast, **changed))


def weigh(cast: Cast, key: int, to: State, persona: str = "headteacher", because: str = "") -> None:
    """Agree to a proposal, or refuse it."""
    version = Demand.objects.get(pk=key).version
    demand_actions.weigh_demand(by=cast.scope(persona), at=AT, demand=key, version=version, to=to, because=because)


def agreed(cast: Cast, **changed: object) -> int:
    """Propose a demand, and agree to it."""
    key = propose(cast, **changed)
    weigh(cast, key, State.AGREED)
    return key


def review(cast: Cast, key: int, persona: str = "middle_leader", **told: object) -> None:
    """Review a demand."""
    reviewed = replace(Reviewed(Outcome.KEEP, "Still read", TODAY + 300 * DAY), **told)
    version = Demand.objects.get(pk=key).version
    demand_actions.review_demand(by=cast.scope(persona), at=AT, demand=key, version=version, reviewed=reviewed)


def rates(cast: Cast, persona: str = "headteacher", **pounds: str) -> None:
    """Enter what an hour costs; `every` is that of every post."""
    entered = {"" if role == "every" else role: Decimal(each) for role, each in pounds.items()}
    demand_actions.set_rates(by=cast.scope(persona), at=AT, version=0, rates=entered)


def monday(week: int = 0) -> date:
    """Return a Monday in the first weeks of this year's terms."""
    first = date(YEAR, 9, 7)
    return first - timedelta(days=first.weekday()) + timedelta(weeks=week)


def terms(cast: Cast, weeks: int = 40) -> None:
    """Set three terms so many weeks long together, without a day between."""
    starts = [monday(at) for at in (0, weeks // 3, 2 * weeks // 3, weeks)]
    named = zip(("autumn", "spring", "summer"), pairwise(starts), strict=True)
    held = [TermDates(name, first, after - timedelta(days=3)) for name, (first, after) in named]
    schools.set_terms(by=cast.scope("headteacher"), at=AT, starts_in=YEAR, terms=held)


def begin(cast: Cast) -> DirectedYear:
    """Begin this year's plan, its terms set."""
    terms(cast)
    directed_actions.begin_year(by=cast.scope("headteacher"), at=AT, starts_in=YEAR)
    return newest()


def newest() -> DirectedYear:
    """Return this year's plan as it stands."""
    return DirectedYear.objects.get(starts_in=YEAR)


def placing(**changed: object) -> Placing:
    """Return an hour's meeting of everybody, every Tuesday."""
    return replace(Placing(Directed.MEETING, "Staff meeting", 60, weekday=1, everybody=True), **changed)


def place(cast: Cast, persona: str = "headteacher", **changed: object) -> int:
    """Place directed time."""
    of = newest()
    return directed_actions.place_time(
        by=cast.scope(persona), at=AT, year=of.pk, version=of.version, once=uuid4(), placing=placing(**changed)
    )


def works(cast: Cast, who: str, persona: str = "headteacher", **how: object) -> None:
    """Say how somebody works, from the first day of the year unless said."""
    of = newest()
    told = Works(**{"starts_on": date(YEAR, 9, 1), **how})
    directed_actions.set_working(
        by=cast.scope(persona), at=AT, year=of.pk, version=of.version, person=cast.people[who].pk, works=told
    )


def publish(cast: Cast, persona: str = "headteacher") -> None:
    """Publish this year's plan."""
    of = newest()
    directed_actions.publish_year(by=cast.scope(persona), at=AT, year=of.pk, version=of.version)


def planned(cast: Cast, persona: str = "headteacher") -> Planned:
    """Return this year's plan as it stands, summed."""
    return directed_queries.planned(cast.scope(persona), newest())
