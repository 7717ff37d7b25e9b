"""The fixed lists of a member of staff's year of appraisal: how far it is, and the moves between."""

from collections.abc import Mapping
from enum import StrEnum


class StaffState(StrEnum):
    """How far somebody's year of appraisal is."""

    AIMING = "aiming"
    SET = "set"
    HALFWAY = "halfway"
    REVIEWED = "reviewed"
    GIVEN = "given"
    COMPLETE = "complete"
    APPEALED = "appealed"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "aiming": "Objectives being written",
            "set": "Objectives set",
            "halfway": "Mid-year review held",
            "reviewed": "Reviewed",
            "given": "Statement given",
            "complete": "Complete and locked",
            "appealed": "Under appeal",
            "closed": "Closed without a statement",
        }[self]


# Objectives are taken up again, a review is taken back, and a statement is written anew, with the reason; what stood
# before is kept. Objectives set anew after the mid-year review go on from there. From an appeal, those who hear it
# alone move a year: back where it was, or to be reviewed anew. A closed year, opened again, goes on where it was.
STAFF_MOVES: Mapping[StaffState, tuple[StaffState, ...]] = {
    StaffState.AIMING: (StaffState.SET, StaffState.HALFWAY, StaffState.CLOSED),
    StaffState.SET: (StaffState.HALFWAY, StaffState.REVIEWED, StaffState.AIMING, StaffState.CLOSED),
    StaffState.HALFWAY: (StaffState.REVIEWED, StaffState.AIMING, StaffState.CLOSED),
    StaffState.REVIEWED: (StaffState.GIVEN, StaffState.SET, StaffState.HALFWAY, StaffState.CLOSED),
    StaffState.GIVEN: (StaffState.COMPLETE, StaffState.REVIEWED, StaffState.APPEALED, StaffState.CLOSED),
    StaffState.COMPLETE: (StaffState.REVIEWED, StaffState.APPEALED),
    StaffState.APPEALED: (StaffState.COMPLETE, StaffState.GIVEN, StaffState.REVIEWED),
    StaffState.CLOSED: (
        StaffState.AIMING,
        StaffState.SET,
        StaffState.HALFWAY,
        StaffState.REVIEWED,
        StaffState.GIVEN,
    ),
}
# The year of somebody who left, or became headteacher, is closed from any state before.
OVER = frozenset({StaffState.COMPLETE, StaffState.CLOSED})


class Looked(StrEnum):
    """What of a group the headteacher looks at beside one another."""

    OBJECTIVES = "objectives"
    RATINGS = "ratings"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"objectives": "Objectives", "ratings": "Ratings"}[self]


class PracticeState(StrEnum):
    """What the person said to their excellent practice being told to all staff."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "asked": "Asked whether it may be shown",
            "agreed": "Shown to all staff",
            "declined": "Kept between you",
            "withdrawn": "No longer shown",
            "recalled": "Taken back by whoever recognised it",
        }[self]


# The person alone answers, and takes back what they said; nobody is asked twice about the same. What
# whoever recognised it took back is no longer theirs to say, so nobody shows it again.
PRACTICE_MOVES: Mapping[PracticeState, tuple[PracticeState, ...]] = {
    PracticeState.ASKED: (
        PracticeState.AGREED,
        PracticeState.DECLINED,
        PracticeState.WITHDRAWN,
        PracticeState.RECALLED,
    ),
    PracticeState.AGREED: (PracticeState.WITHDRAWN, PracticeState.RECALLED),
    PracticeState.DECLINED: (PracticeState.AGREED,),
    PracticeState.WITHDRAWN: (PracticeState.AGREED,),
    PracticeState.RECALLED: (),
}
