"""Rights over an appeal against somebody's statement: who appeals, who names who hears it, and who hears it."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from headship.appraisal import staff_rules
from headship.appraisal.head_rules import GOVERNORS
from headship.appraisal.staff_choices import StaffState
from headship.appraisal.staff_rules import Facts
from headship.core.pages import in_words
from headship.core.roles import STAFF, Role
from headship.core.scope import Scope

NAMERS = (Role.HEADTEACHER, Role.CHAIR)
HEARING = staff_rules.LEADING
FINDERS = (*HEARING, *GOVERNORS)
FINDERS_ONLY = (
    "An appeal against an appraisal is read by those who were named to hear it, while they do. Nobody else reads it, "
    "whatever their post."
)
CHAIR_NAMES = (
    "The headteacher appraised or moderated this year, or none is in post: the chair of governors names who hears the "
    "appeal. Ask the chair."
)
HEAD_NAMES = "The headteacher names who hears this appeal. Ask them."
NOT_FREE = "Nobody hears an appeal against what they appraised or moderated, or about themselves: choose from the list"
HEARERS_ONLY = "Only those who were named to hear this appeal can do this."
NO_DAYS = "Your school has not said within how many days somebody can appeal. The headteacher sets that: ask them."
AGAIN = "You appealed against this statement already, and it was heard. What was decided stands."


@dataclass(frozen=True, slots=True)
class Involved:
    """Who takes no part in hearing an appeal: the person, whoever appraised or moderated; and who is headteacher."""

    people: frozenset[int]
    heads: frozenset[int]

    @property
    def by_board(self) -> bool:
        """Whether the board hears it: the headteacher appraised or moderated, or there is none."""
        return not self.heads or bool(self.heads & self.people)


def appeal(scope: Scope, facts: Facts, *, until: date | None, today: date, heard: bool) -> str | None:  # noqa: PLR0911  # one sentence a reason
    """Whether the reader may appeal: against their own statement, once, within the days their school set."""
    if wrong := staff_rules.own_now(scope, facts):
        return wrong
    if facts.state == StaffState.APPEALED:
        return "You appealed already, and it is being heard. What you wrote stands in your year."
    if facts.state not in {StaffState.GIVEN, StaffState.COMPLETE}:
        return "Appeal once you were given your statement."
    if heard:
        return AGAIN
    if until is None:
        return NO_DAYS
    if today > until:
        return f"You could appeal until {in_words(until)}: that is what your school set. Talk with the headteacher."
    return None


def find(scope: Scope) -> str | None:
    """Whether the reader may open the list of appeals; what it shows is a matter of each."""
    return None if scope.has(*FINDERS) else FINDERS_ONLY


def find_as_board(scope: Scope) -> str | None:
    """Whether the reader finds the list as one of the board."""
    return None if scope.has(*GOVERNORS) and not scope.has(*STAFF) else FINDERS_ONLY


def name(scope: Scope, involved: Involved) -> str | None:
    """Whether the reader names who hears an appeal: the headteacher, unless they took part; then the chair."""
    if involved.by_board:
        return None if scope.has(Role.CHAIR) else CHAIR_NAMES
    return None if scope.has(Role.HEADTEACHER) else HEAD_NAMES


def fits(people: AbstractSet[int], offered: AbstractSet[int], involved: Involved) -> str | None:
    """Whether these can hear an appeal: of those offered, and none who took part in what it is against."""
    if not people:
        return "Choose at least one person"
    if people & involved.people:
        return NOT_FREE
    return None if people <= offered else "Choose who hears it from the list"


def may_hear(scope: Scope, involved: Involved, *, named: bool) -> bool:
    """Whether the reader hears an appeal: named for it, free of it, and in a post that fits today."""
    if not named or scope.person_id in involved.people:
        return False
    if scope.has(*STAFF):
        return scope.has(*HEARING)
    return scope.has(*GOVERNORS)
