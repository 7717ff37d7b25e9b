"""The words a head may choose from when saying where they stand, and what may follow what."""

from enum import StrEnum

from headship.core.visibility import Visibility

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
