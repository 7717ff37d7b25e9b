"""The fixed lists of the headteacher's year with the board: its states, who takes part, what was said."""

from collections.abc import Mapping
from enum import StrEnum


class HeadState(StrEnum):
    """How far a headteacher's year of appraisal is."""

    APPOINTED = "appointed"
    SET = "set"
    HALFWAY = "halfway"
    MET = "met"
    GIVEN = "given"
    AGREED = "agreed"
    APPEALED = "appealed"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "appointed": "Panel appointed",
            "set": "Objectives set",
            "halfway": "Mid-year review held",
            "met": "The panel has met",
            "given": "Statement with the headteacher",
            "agreed": "Agreed and locked",
            "appealed": "Under appeal",
            "closed": "Closed without a statement",
        }[self]


# Objectives are taken up again, a statement is written anew, and a year goes on after a meeting that was not the last,
# each with the reason; what stood before is kept. Objectives set anew after mid-year do not ask for a second one.
HEAD_MOVES: Mapping[HeadState, tuple[HeadState, ...]] = {
    HeadState.APPOINTED: (HeadState.SET, HeadState.HALFWAY, HeadState.CLOSED),
    HeadState.SET: (HeadState.HALFWAY, HeadState.MET, HeadState.APPOINTED, HeadState.CLOSED),
    HeadState.HALFWAY: (HeadState.MET, HeadState.APPOINTED, HeadState.CLOSED),
    HeadState.MET: (HeadState.GIVEN, HeadState.HALFWAY, HeadState.SET, HeadState.CLOSED),
    HeadState.GIVEN: (HeadState.AGREED, HeadState.MET, HeadState.CLOSED),
    HeadState.AGREED: (HeadState.MET, HeadState.APPEALED),
    HeadState.APPEALED: (HeadState.AGREED, HeadState.MET),
    HeadState.CLOSED: (HeadState.GIVEN, HeadState.MET, HeadState.HALFWAY, HeadState.SET, HeadState.APPOINTED),
}


OVER = frozenset({HeadState.AGREED, HeadState.CLOSED})


class Part(StrEnum):
    """What somebody does in a headteacher's year."""

    PANEL = "panel"
    ADVISER = "adviser"
    TRUST = "trust"
    MODERATOR = "moderator"
    APPEAL = "appeal"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "panel": "Panel",
            "adviser": "External adviser",
            "trust": "Trust leader",
            "moderator": "Moderates",
            "appeal": "Hears the appeal",
        }[self]


class Scheme(StrEnum):
    """Who appraises the headteacher, by the trust's scheme of delegation where there is one."""

    PANEL = "panel"
    TRUST = "trust"
    BOTH = "both"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "panel": "A panel of governors",
            "trust": "A leader of the trust",
            "both": "A panel of governors and a leader of the trust",
        }[self]


class Said(StrEnum):
    """What was noted in the course of a year."""

    ADVICE = "advice"
    HALFWAY = "halfway"
    MEETING = "meeting"
    MODERATION = "moderation"
    ONWARD = "onward"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "advice": "The adviser's advice",
            "halfway": "Mid-year review",
            "meeting": "Panel meeting",
            "moderation": "Moderation",
            "onward": "Why the year goes on",
            "closed": "Why the year was closed",
        }[self]


class Reached(StrEnum):
    """How far an objective was reached, in the panel's judgement."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"met": "Met", "partly": "Partly met", "not_met": "Not met"}[self]


class Result(StrEnum):
    """How an appeal ended."""

    DISMISSED = "dismissed"
    UPHELD = "upheld"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "dismissed": "Dismissed: the statement stands",
            "upheld": "Upheld: the statement is written anew",
        }[self]


class Section(StrEnum):
    """A part of a year that somebody may read or not."""

    OBJECTIVES = "objectives"
    NOTES = "notes"
    EVIDENCE = "evidence"
    REFLECTION = "reflection"
    STATEMENT = "statement"
    MODERATION = "moderation"
    COPIES = "copies"
    APPEAL = "appeal"
