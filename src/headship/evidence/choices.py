"""The words a head may choose from when saying where they stand, and what may follow what."""

from datetime import date
from enum import StrEnum

from headship.core.visibility import Visibility

# The months of an academic year in order, as the tally names its columns.
MONTHS = (
    "september",
    "october",
    "november",
    "december",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
)

# Frameworks in which the profile can be read: the school's own, and the one a crosswalk ties to it.
PROFILE_FRAMEWORKS = ("nse-2015", "headteachers-2020")

# Classes in which an entry is a person's own rather than the school's.
OWNED = (Visibility.PRIVATE, Visibility.SHARED, Visibility.LINE)

# Classes a head may give a reflection.
SHAREABLE = (Visibility.PRIVATE, Visibility.LEADERS, Visibility.GOVERNORS, Visibility.STAFF)


class State(StrEnum):
    """Where somebody says they stand on a characteristic: a conversation with oneself, not a grade.

    >>> State.WORKING_ON.words
    'Working on it'
    """

    NOT_STARTED = "not_started"
    NOTICING = "noticing"
    WORKING_ON = "working_on"
    SHARING = "sharing"

    @property
    def words(self) -> str:
        """The state as it stands on pages."""
        return _WORDS[self][0]

    @property
    def meaning(self) -> str:
        """One sentence that helps to choose."""
        return _WORDS[self][1]


_WORDS = {
    State.NOT_STARTED: ("Not started", "I have not looked at this yet."),
    State.NOTICING: ("Noticing", "I am watching what happens here, in my own practice and in the school."),
    State.WORKING_ON: ("Working on it", "I am changing something, and I know what."),
    State.SHARING: ("Sharing", "Others learn from what we do here."),
}
STATES = [(each.value, each.words) for each in State]

# Any state may follow any other, itself included: growth is not a staircase, and honesty sometimes goes back.
ALLOWED_MOVES: dict[State, frozenset[State]] = {state: frozenset(State) for state in State}


def year_of(day: date) -> int:
    """Return the academic year a day lies in, by its first calendar year.

    >>> year_of(date(2027, 8, 31)), year_of(date(2027, 9, 1))
    (2026, 2027)
    """
    return day.year if day.month > 8 else day.year - 1


def month_of(day: date) -> int:
    """Return a day's place in the academic year: 0 for September, 11 for August.

    >>> month_of(date(2027, 8, 31)), month_of(date(2027, 9, 1))
    (11, 0)
    """
    return (day.month - 9) % 12
