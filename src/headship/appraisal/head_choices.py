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


class Act(StrEnum):
    """Something that brings a year from one state to another."""

    SET = "set"
    TAKE_UP = "take_up"
    HALFWAY = "halfway"
    MEET = "meet"
    ONWARD = "onward"
    GIVE = "give"
    TAKE_BACK = "take_back"
    LOCK = "lock"
    REOPEN = "reopen"
    APPEAL = "appeal"
    HEAR = "hear"
    CLOSE = "close"
    RESUME = "resume"

    @property
    def when(self) -> str:
        """When it can be done, as a refusal says it."""
        return {
            "set": "Objectives are set once, and anew after they were taken up again",
            "take_up": "Objectives are taken up again while they are set and the panel has not met",
            "halfway": "A mid-year review is noted between objectives and the panel's meeting",
            "meet": "The panel's meeting is noted once objectives are set, until the statement is given",
            "onward": "A year goes on after the panel's meeting, until the statement is given",
            "give": "A statement is given once the panel has met",
            "take_back": "A statement is taken back while the headteacher has it",
            "lock": "A statement is locked once the headteacher has it",
            "reopen": "Only an agreed and locked year is opened again",
            "appeal": "An appeal is made against an agreed statement",
            "hear": "Only an appeal that was made is heard",
            "close": "A year is closed until its statement is agreed",
            "resume": "Only a closed year is opened again",
        }[self]


# Objectives are taken up again, a statement is written anew, and a year goes on after a meeting that was not the last,
# each with the reason; what stood before is kept. Objectives set anew after mid-year do not ask for a second one.
_UNTIL_AGREED = (HeadState.APPOINTED, HeadState.SET, HeadState.HALFWAY, HeadState.MET, HeadState.GIVEN)
_ACTS: Mapping[Act, tuple[tuple[HeadState, ...], tuple[HeadState, ...]]] = {
    Act.SET: ((HeadState.APPOINTED,), (HeadState.SET, HeadState.HALFWAY)),
    Act.HALFWAY: ((HeadState.SET, HeadState.HALFWAY), (HeadState.HALFWAY,)),
    Act.MEET: ((HeadState.SET, HeadState.HALFWAY, HeadState.MET), (HeadState.MET,)),
    Act.GIVE: ((HeadState.MET,), (HeadState.GIVEN,)),
    Act.LOCK: ((HeadState.GIVEN,), (HeadState.AGREED,)),
    Act.TAKE_UP: ((HeadState.SET, HeadState.HALFWAY), (HeadState.APPOINTED,)),
    Act.ONWARD: ((HeadState.MET,), (HeadState.HALFWAY, HeadState.SET)),
    Act.TAKE_BACK: ((HeadState.GIVEN,), (HeadState.MET,)),
    Act.REOPEN: ((HeadState.AGREED,), (HeadState.MET,)),
    Act.APPEAL: ((HeadState.AGREED,), (HeadState.APPEALED,)),
    Act.HEAR: ((HeadState.APPEALED,), (HeadState.AGREED, HeadState.MET)),
    Act.CLOSE: (_UNTIL_AGREED, (HeadState.CLOSED,)),
    Act.RESUME: ((HeadState.CLOSED,), _UNTIL_AGREED[::-1]),
}
STARTS: Mapping[Act, frozenset[HeadState]] = {act: frozenset(since) for act, (since, _) in _ACTS.items()}
HEAD_MOVES: Mapping[HeadState, tuple[HeadState, ...]] = {
    state: tuple(dict.fromkeys(to for since, after in _ACTS.values() if state in since for to in after if to != state))
    for state in HeadState
}


FRAMEWORKS = (
    ("headteachers-2020", "Headteachers' standards 2020"),
    ("nse-2015", "National Standards of Excellence for Headteachers 2015"),
)
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
