"""How long a school keeps things: what ships, what the school set instead, and which holds stand."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from headship.core import belt, registry
from headship.core.registry import Retention
from headship.people.models import Post
from headship.policy import loader as policy
from headship.privacy.models import KeepingTime, LegalHold


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of row, and how long this school keeps it. `own` is the school's own setting, None for what ships."""

    rule: Retention
    own: KeepingTime | None

    @property
    def months(self) -> int:
        """How many months after its start a row's time is over."""
        return self.own.months if self.own else self.rule.months

    @property
    def ends(self) -> bool:
        """Whether its time is ever over here."""
        return self.own.ends if self.own else self.rule.ends

    @property
    def words(self) -> str:
        """How long, in words."""
        if self.own is None:
            return self.rule.keep
        return f"{span(self.months)}, as the school set it" if self.own.ends else "For as long as the school says"


def kept_at(school_id: int) -> list[Kept]:
    """Return every kind of row with the time that holds at a school, in the modules' order."""
    own = {each.model: each for each in KeepingTime.objects.filter(school_id=school_id).order_by("version")}
    return [Kept(rule, own.get(model)) for model, rule in registry.retention().items()]


def holds_at(school_id: int, at: datetime) -> list[LegalHold]:
    """Return the holds that stand at a school."""
    running = Q(until__isnull=True) | Q(until__gte=timezone.localdate(at))
    held = LegalHold.objects.filter(running, school_id=school_id, lifted_at=None)
    return list(held.select_related("person", "placed_by").order_by("pk"))


def people_held(today: date) -> frozenset[int]:
    """Return whom a hold anywhere spares: name and account belong to no school, so any school's hold keeps them."""
    with belt.whole_installation(because="a hold at any school keeps what belongs to none: name and account"):
        running = Q(until__isnull=True) | Q(until__gte=today)
        held = LegalHold.objects.filter(running, lifted_at=None)
        named = held.exclude(person=None).values_list("person_id", flat=True)
        worked = Post.objects.filter(school_id__in=held.filter(person=None).values("school_id"))
        return frozenset(named) | frozenset(worked.values_list("person_id", flat=True))


def due_on(received_on: date) -> date:
    """Return by when a request must be answered."""
    return months_after(received_on, int(str(answer_within(received_on).value)))


def answer_within(day: date) -> policy.PolicyValue:
    """Return the policy value that says how many months there are to answer."""
    return policy.value_on("subject_request.answer_within", day)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later (or earlier), or the month's last where it has no such day.

    >>> months_after(date(2027, 1, 31), 1), months_after(date(2027, 3, 31), -1)
    (datetime.date(2027, 2, 28), datetime.date(2027, 2, 28))
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)  # every month has 28 days


def span(months: int) -> str:
    """Return a number of months as people say it.

    >>> span(72), span(18), span(12)
    ('6 years', '18 months', '1 year')
    """
    years, rest = divmod(months, 12)
    if rest or not years:
        return f"{months} month{'' if months == 1 else 's'}"
    return f"{years} year{'' if years == 1 else 's'}"
