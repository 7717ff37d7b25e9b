"""Reads of the workload ledger: what is asked, what it takes in hours and money, and what a proposal would change."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from headship.core.scope import Scope
from headship.people.models import Post
from headship.schools.calendar_dates import bounds, year_of
from headship.voice import queries as voice
from headship.workload import rules
from headship.workload.choices import ASKED, State
from headship.workload.models import Demand, RateCard

HOUR = 60
MOST = 300
PULSE = "workload_pulse"

type Minutes = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """What weighs a demand today: how many hold each post, and what an hour of each costs.

    `rates` are empty where the school said none, and None for a reader who may not know of them.
    """

    heads: Mapping[str, int]
    rates: Mapping[str, Decimal] | None

    def minutes(self, each: Demand) -> Counter[str]:
        """Return the minutes a year that a demand takes of each post, of all together."""
        asked = each.asked.all()
        return Counter({it.role: self.people(it.role, it.people) * each.minutes * each.times for it in asked})

    def people(self, role: str, people: int | None) -> int:
        """Return how many of a post are asked: all who hold it where nobody said how many."""
        return self.heads.get(role, 0) if people is None else people

    def total(self, demands: Iterable[Demand]) -> Counter[str]:
        """Return the minutes a year that demands take of each post."""
        found: Counter[str] = Counter()
        for each in demands:
            found.update(self.minutes(each))
        return found

    def cost(self, minutes: Minutes) -> Decimal | None:
        """Return what minutes of posts cost; None where the rate of one is not known, or none may be."""
        if not self.rates:
            return None
        whole = Decimal(0)
        for role, held in minutes.items():
            rate = self.rates.get(role, self.rates.get(""))
            if held and rate is None:
                return None
            whole += held * (rate or 0)
        return whole / HOUR


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole ledger, each part in the order it is read in, with what weighs it."""

    weights: Weights
    proposed: Sequence[Demand]
    agreed: Sequence[Demand]
    ended: Sequence[Demand]
    added: Sequence[Demand]
    dropped: Sequence[Demand]

    def heaviest(self, each: Demand) -> tuple[int, str]:
        """Return what puts the heaviest demands first."""
        return -self.weights.minutes(each).total(), each.title


def demands(scope: Scope) -> QuerySet[Demand]:
    """Return what is, was or may be asked of the school's staff."""
    return Demand.objects.filter(school_id=scope.school_id).prefetch_related("asked")


def demand(scope: Scope, key: int) -> Demand | None:
    """Return one demand."""
    return demands(scope).select_related("goes").filter(pk=key).first()


def ledger(scope: Scope) -> Ledger:
    """Return the ledger; what ended longest ago is left out where there is very much."""
    weights = weighed(scope)
    rows = list(demands(scope).exclude(state__in=ENDED))
    ended = list(demands(scope).filter(state__in=ENDED).order_by("-ended_on", "-pk")[:MOST])
    first, last = bounds(year_of(timezone.localdate(scope.at)))
    agreed = [each for each in rows if each.state == State.AGREED]
    return Ledger(
        weights=weights,
        proposed=sorted((each for each in rows if each.state == State.PROPOSED), key=lambda each: each.pk),
        agreed=sorted(agreed, key=lambda each: (-weights.minutes(each).total(), each.title)),
        ended=ended,
        added=[each for each in (*agreed, *ended) if each.agreed_on and first <= each.agreed_on <= last],
        dropped=[
            each
            for each in ended
            if each.state == State.DROPPED and each.ended_on is not None and first <= each.ended_on <= last
        ],
    )


HABIT = "improvement.Habit"  # as the registry names it
ENDED = (State.REFUSED, State.DROPPED)


def weighed(scope: Scope) -> Weights:
    """Return how many hold each post of the staff today, and what an hour of each costs where the reader may know."""
    today = timezone.localdate(scope.at)
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    held = Post.objects.filter(running, school_id=scope.school_id, starts_on__lte=today, role__in=ASKED)
    heads = dict(held.order_by().values_list("role").annotate(Count("person", distinct=True)))
    return Weights(heads, None if rules.rate(scope) else rates(scope)[1])


def rates(scope: Scope) -> tuple[int, Mapping[str, Decimal]]:
    """Return how often it was entered what an hour of each post costs, and what it is."""
    card = RateCard.objects.filter(school_id=scope.school_id).prefetch_related("rates").first()
    return (card.version, {each.role: each.pounds for each in card.rates.all()}) if card else (0, {})


def each(demands: Iterable[Demand], role: str) -> int:
    """Return the minutes a year that demands take of one who holds a post and is asked for all of them."""
    asked = (it for it in demands if any(post.role == role for post in it.asked.all()))
    return sum(it.minutes * it.times for it in asked)


def agreed(scope: Scope) -> list[Demand]:
    """Return what is agreed to be asked, by title."""
    return list(demands(scope).filter(state=State.AGREED).order_by("title", "pk"))


def waiting_of(scope: Scope) -> int:
    """Return how many of the reader's own proposals wait to be weighed."""
    return Demand.objects.filter(
        school_id=scope.school_id, proposed_by_id=scope.person_id, state=State.PROPOSED
    ).count()


def to_review(scope: Scope, until: date, here: Iterable[int] | None = None) -> list[Demand]:
    """Return what the reader answers for and reviews until a day; also whose owner is not among those who are here."""
    whose = Q(owner_id=scope.person_id)
    if here is not None:
        whose |= ~Q(owner_id__in=here)
    found = Demand.objects.filter(whose, school_id=scope.school_id, state=State.AGREED)
    return list(found.filter(review_on__lte=until).order_by("review_on", "pk"))


def to_weigh(scope: Scope) -> list[Demand]:
    """Return what is proposed, the oldest first."""
    found = Demand.objects.filter(school_id=scope.school_id, state=State.PROPOSED)
    return list(found.order_by("proposed_on", "pk")[:10])


def over(school_id: int, day: date) -> Iterable[int]:
    """Return the demands of a school that ended on or before a day."""
    found = Demand.objects.filter(school_id=school_id, state__in=ENDED, ended_on__lte=day)
    return found.values_list("pk", flat=True)


def pulse(scope: Scope) -> tuple[str, int] | None:
    """Return the newest workload pulse that closed, its title and key, where the reader knows of it."""
    return voice.newest_released(scope, PULSE)


def questioned(scope: Scope, habits: Collection[int]) -> list[Demand]:
    """Return the demands that name one of these habits, the oldest first."""
    return list(Demand.objects.filter(school_id=scope.school_id, habit__in=habits).order_by("pk"))


def source(key: int) -> str:
    """Return how evidence names a demand."""
    return f"workload.Demand:{key}"
