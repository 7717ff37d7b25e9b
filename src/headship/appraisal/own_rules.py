"""What holds for a year of appraisal: the regulations, or where a school's board may vary them, the board's own rule.

The regulations bind maintained schools. An academy's board may hold its own date, panel and adviser; where its rule
says nothing, the year is held against what the regulations say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from headship.appraisal import year_days
from headship.appraisal.own_rule_models import OwnRule
from headship.core.pages import in_words
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.policy import loader
from headship.policy.loader import PolicyValue, YearDay

FEWEST, MOST, ADVISER = "head_appraisal.panel_least", "head_appraisal.panel_most", "head_appraisal.adviser"
HEAD_BY, STAFF_BY = "appraisal.headteacher_by", "appraisal.teachers_by"
RECORDERS = (Role.CHAIR, Role.CLERK)
RECORDERS_ONLY = (
    "The board's own rule is recorded by the chair of governors or the governance professional. Ask one of them."
)
BOUND = "The regulations bind maintained schools like this one, so its board has no rule of its own to record."
UNKNOWN = (
    "The register does not say whether this is a maintained school or an academy. The regulations bind maintained "
    "schools, so no rule of the board's own can be recorded until its kind is known."
)
FREE = (
    "The regulations bind maintained schools. The board of an academy can hold its own rule. Where it says nothing, "
    "appraisal here is held against what the regulations say."
)
MOST_GOVERNORS = 12  # on a panel: more is a slip of the hand
FIRST_MONTH = 6  # of a day for staff statements, in the calendar year in which their academic year ends


@dataclass(frozen=True, slots=True)
class Held[T]:
    """One value that holds, with where it stands; `own` where it is the board's."""

    value: T
    cited: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """What holds for a year: the panel, whether an adviser is asked, and the days for statements."""

    least: Held[int]
    most: Held[int]
    adviser: Held[bool]
    head_by: Held[YearDay]
    staff_by: Held[YearDay]
    own: str = ""  # which rule of the board's, in words

    @property
    def values(self) -> tuple[object, ...]:
        """Each value alone, without where it stands."""
        return tuple(each.value for each in (self.least, self.most, self.adviser, self.head_by, self.staff_by))

    @property
    def panel(self) -> str:
        """How many governors sit on a panel, in words."""
        return span(self.least.value, self.most.value)


def record(scope: Scope, kind: str) -> str | None:
    """Whether the reader records a rule of the board's own, at a kind of school ("maintained", "academy", "")."""
    if not scope.has(*RECORDERS):
        return RECORDERS_ONLY
    return {"maintained": BOUND, "academy": None}.get(kind, UNKNOWN)


def stands(kind: str) -> str:
    """Say what binds a kind of school."""
    return {"maintained": BOUND, "academy": FREE}.get(kind, UNKNOWN)


def ruled(kept: Sequence[OwnRule], day: date) -> Ruled:
    """Return what holds for a year that ends on a day, given the rules of a board that may have its own."""
    found = max((each for each in kept if each.holds_from <= day), key=lambda each: each.adopted_on, default=None)
    if found is None:
        return _regulated(day)
    base, cited = _regulated(day), f"Your board's own rule of {in_words(found.adopted_on)} ({found.meeting})."
    return Ruled(
        least=_number(found.panel_least, cited, base.least),
        most=_number(found.panel_most, cited, base.most),
        adviser=base.adviser if found.adviser_asked else Held(value=False, cited=cited, own=True),
        head_by=_day(found.head_by, cited, base.head_by),
        staff_by=_day(found.staff_by, cited, base.staff_by),
        own=cited,
    )


def _regulated(day: date) -> Ruled:
    asked = loader.value_on(ADVISER, day)
    return Ruled(
        least=_from_policy(FEWEST, day, int),
        most=_from_policy(MOST, day, int),
        adviser=Held(value=True, cited=asked.cited),
        head_by=_from_policy(HEAD_BY, day, YearDay),
        staff_by=_from_policy(STAFF_BY, day, YearDay),
    )


def _from_policy[T](code: str, day: date, kind: type[T]) -> Held[T]:
    rule: PolicyValue = loader.value_on(code, day)
    assert isinstance(rule.value, kind)  # as the parameter's unit says
    return Held(rule.value, rule.cited)


def _number(own: int | None, cited: str, base: Held[int]) -> Held[int]:
    return base if own is None else Held(own, cited, own=True)


def _day(own: str, cited: str, base: Held[YearDay]) -> Held[YearDay]:
    return Held(year_days.read(own), cited, own=True) if own else base


def span(least: int, most: int) -> str:
    """Say from how many to how many.

    >>> span(2, 3), span(3, 3), span(3, 6)
    ('2 or 3', '3', '3 to 6')
    """
    if least == most:
        return str(least)
    return f"{least} or {most}" if most == least + 1 else f"{least} to {most}"


def panel(least: int | None, most: int | None) -> str | None:
    """Whether two numbers can be the fewest and most of a panel: both or neither, in order."""
    if least is None and most is None:
        return None
    if least is None or most is None:
        return "Give both numbers of governors, fewest and most, or neither"
    return "The fewest governors cannot be more than the most" if least > most else None


def adopted(on: date, today: date) -> str | None:
    """Whether a day can be that on which a rule was adopted."""
    return "The day of adoption cannot be in the future" if on > today else None


def staff_day(day: YearDay | None) -> str | None:
    """Whether a day can be that of staff statements: at the end of an academic year, or in the autumn after it."""
    if day is None or day.month >= FIRST_MONTH:
        return None
    return "Statements of staff are due between 1 June and 31 December, at the end of an academic year or after it"
