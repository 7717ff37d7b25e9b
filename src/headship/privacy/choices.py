"""Fixed lists of privacy: what may be asked, where a request or an erasure stands, what is decided of a passage."""

from enum import StrEnum


class Asked(StrEnum):
    """What somebody may ask about their personal data.

    >>> Asked.ACCESS.words
    'See what is held'
    """

    ACCESS = "access"
    ERASURE = "erasure"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"access": "See what is held", "erasure": "Have it erased"}[self]


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"open": "To be answered", "answered": "Answered", "refused": "Refused, with the reason"}[self]


class Verdict(StrEnum):
    """What the person who read a passage decided: give it out as it stands, as edited, or not at all."""

    GIVE = "give"
    EDIT = "edit"
    HOLD = "hold"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"give": "Give it out as it stands", "edit": "Give out the words below", "hold": "Hold it back"}[self]


class Drafts(StrEnum):
    """What the data protection officer decided of drafts that somebody was not given yet."""

    HOLD = "hold"
    INCLUDE = "include"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "hold": "They stay held back until they are given",
            "include": "They are in the file the person downloads, while this request is open",
        }[self]


class Stage(StrEnum):
    """Where an erasure stands. Nothing is deleted before it is approved."""

    PREPARED = "prepared"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"prepared": "Waits for approval", "done": "Done", "dropped": "Not done"}[self]
