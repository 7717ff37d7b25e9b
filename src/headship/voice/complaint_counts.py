"""Complaints and compliments counted for the board: small numbers are told together, so that none follows.

Complaints about the headteacher are in none of it, whoever asks: the head reads what the board reads.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from headship.core.scope import Scope
from headship.schools import calendar_dates
from headship.schools.school_days import SchoolDays
from headship.voice import complaint_queries as queries
from headship.voice.choices import FEWEST
from headship.voice.complaint_choices import Outcome, Stage, Theme
from headship.voice.models import Complaint, ComplaintStep

IN_TIME, LATE, NOT_YET, OPEN = "in_time", "late", "not_yet", "open"
TIMES = (IN_TIME, LATE, NOT_YET)
INFORMAL, FORMAL, PANEL = "informal", "formal", "panel"
GROUPS: Mapping[str, tuple[str, ...]] = {
    "theme": tuple(Theme),
    "outcome": (*Outcome, OPEN),
    "reached": (INFORMAL, FORMAL, PANEL),
    "acknowledged": TIMES,
    "answered": TIMES,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A count as it is told: of one thing, or of several together. No names: too few to say of what.

    `count` None: fewer than five.
    """

    names: tuple[str, ...]
    count: int | None


@dataclass(frozen=True, slots=True)
class Taken:
    """How long something took, in school days: the median of `count` complaints; None where that is not shown."""

    days: float | None
    count: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """A stretch of a year in counts. `total` None: fewer than five."""

    since: date
    until: date
    total: int | None
    groups: Mapping[str, Sequence[Told]]
    to_acknowledge: Taken
    to_answer: Taken
    compliments: int | None
    compliment_themes: Sequence[Told]


@dataclass(frozen=True, slots=True)
class One:
    """One complaint as it is counted: its value in each group, and the days it took."""

    values: Mapping[str, str]
    to_acknowledge: int | None
    to_answer: int | None


def stretch(starts_in: int, today: date) -> tuple[date, date]:
    """Return the days of an academic year that are counted: whole months only, so that no single day's is told.

    >>> stretch(2026, date(2026, 11, 29))
    (datetime.date(2026, 9, 1), datetime.date(2026, 10, 31))
    """
    first, last = calendar_dates.bounds(starts_in)
    return first, min(last, today.replace(day=1) - timedelta(days=1))


def counts(scope: Scope, starts_in: int) -> Counts:
    """Count a year of the scope's school, up to the end of the last month."""
    since, until = stretch(starts_in, queries.today_of(scope))
    rows = queries.counted(scope, since, until)
    days = queries.days_of(scope.school_id, since, until + timedelta(days=366))
    ones = [one_of(each, days) for each in rows]
    kind = Counter(queries.compliments_counted(scope, since, until))
    groups = {group: told(_counted(ones, group)) for group in GROUPS}
    return Counts(
        since,
        until,
        whole(len(ones)),
        groups,
        _taken([each.to_acknowledge for each in ones]),
        _taken([each.to_answer for each in ones]),
        whole(kind.total()),
        told({each.value: kind[each] for each in Theme}),
    )


def one_of(complaint: Complaint, days: SchoolDays) -> One:
    """Return one complaint as it is counted."""
    steps = sorted(complaint.steps.all(), key=lambda each: each.pk)
    stages = {each.stage for each in steps}
    first = next((each for each in steps if each.stage == Stage.ACKNOWLEDGED), None)
    answer = next((each for each in steps if each.stage in {Stage.ANSWERED, Stage.DECIDED}), None)
    reached = PANEL if Stage.PANEL in stages else FORMAL if Stage.FORMAL in stages else INFORMAL
    return One(
        {
            "theme": complaint.theme,
            "outcome": complaint.outcome or OPEN,
            "reached": reached,
            "acknowledged": _when(first),
            "answered": _when(answer),
        },
        days.between(complaint.received_on, first.on) if first else None,
        days.between(complaint.received_on, answer.on) if answer else None,
    )


def _when(step: ComplaintStep | None) -> str:
    if step is None:
        return NOT_YET
    return LATE if step.was_due_on and step.on > step.was_due_on else IN_TIME


def _counted(ones: Sequence[One], group: str) -> dict[str, int]:
    found = Counter(each.values[group] for each in ones)
    return {name: found[name] for name in GROUPS[group]}


def whole(count: int) -> int | None:
    """Return a total as it may be told.

    >>> whole(0), whole(4), whole(5)
    (0, None, 5)
    """
    return None if 0 < count < FEWEST else count


def told(counted: Mapping[str, int]) -> list[Told]:
    """Return counts as they may be told beside their total, largest first; of what there was none, nothing.

    Counts under five are told together, with the next larger ones until nobody can work out one of them.

    >>> told({"a": 9, "b": 6, "c": 3, "d": 2})
    [Told(names=('a',), count=9), Told(names=('b',), count=6), Told(names=('c', 'd'), count=5)]
    >>> told({"a": 9, "b": 1}), told({"a": 2, "b": 1})
    ([Told(names=('a', 'b'), count=10)], [Told(names=('a', 'b'), count=None)])
    """
    alone = [name for name, count in counted.items() if count >= FEWEST]
    together = [name for name, count in counted.items() if 0 < count < FEWEST]
    while together and alone and _follows([counted[name] for name in together]):
        together.append(
            alone.pop(0)
        )  # the first of the list: were it the smallest, its choice would tell of the others
    found = [Told((name,), counted[name]) for name in sorted(alone, key=lambda name: -counted[name])]
    return [*found, _together(counted, together)] if together else found


def _follows(together: Sequence[int]) -> bool:
    """Whether counts told together are few, or could be worked out: one alone, one of each, four of each."""
    total, many = sum(together), len(together)
    return many == 1 or total < FEWEST or total in {many, many * (FEWEST - 1)}


def _together(counted: Mapping[str, int], together: Sequence[str]) -> Told:
    """Tell counts together, named in the order of their list, which says nothing of their size."""
    total, many = sum(counted[name] for name in together), len(together)
    of_each = total >= FEWEST and total in {many, many * (FEWEST - 1)} and many > 2  # two: five and three
    names_tell = of_each or (total < FEWEST and many == FEWEST - 1)
    return Told(() if names_tell else tuple(name for name in counted if name in together), whole(total))


def _taken(days: Sequence[int | None]) -> Taken:
    """Return the median of what was done, where that is enough and what is left is none, or enough."""
    held = [each for each in days if each is not None]
    if len(held) < FEWEST or whole(len(days) - len(held)) is None:
        return Taken(None, None)
    return Taken(float(median(held)), len(held))
