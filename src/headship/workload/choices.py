"""The fixed lists of workload: kinds of demands on staff, their states and moves, and kinds of directed time."""

from collections.abc import Mapping
from enum import StrEnum

from headship.core.roles import Role


class Kind(StrEnum):
    """What staff are asked for, again and again."""

    DATA_DROP = "data_drop"
    REPORT = "report"
    MEETING = "meeting"
    DUTY = "duty"
    PLANNING = "planning"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"data_drop": "Data drop", "planning": "Planning or marking"}.get(self, self.value.capitalize())


class State(StrEnum):
    """Where a demand stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return self.value.capitalize()


# What was refused or dropped is proposed anew, so that it is weighed anew.
MOVES: Mapping[State, tuple[State, ...]] = {
    State.PROPOSED: (State.AGREED, State.REFUSED),
    State.AGREED: (State.DROPPED,),
    State.REFUSED: (),
    State.DROPPED: (),
}


class Outcome(StrEnum):
    """What a review of a demand comes to."""

    KEEP = "keep"
    CHANGE = "change"
    DROP = "drop"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"keep": "Keep it as it is", "change": "Keep it, but smaller or rarer", "drop": "Drop it"}[self]


class Directed(StrEnum):
    """A kind of directed time."""

    TEACHING = "teaching"
    REGISTRATION = "registration"
    PPA = "ppa"
    MEETING = "meeting"
    PARENTS = "parents"
    INSET = "inset"
    DUTY = "duty"
    CONTINGENCY = "contingency"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "teaching": "Teaching timetable",
            "ppa": "PPA inside the timetable",
            "meeting": "Meetings",
            "parents": "Parents' evenings",
            "inset": "INSET",
            "duty": "Duties",
        }.get(self, self.value.capitalize())


class YearState(StrEnum):
    """Where a year's plan of directed time stands for those it is about."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CHANGED = "changed"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"draft": "Draft", "published": "Published", "changed": "Published, changed since"}[self]


YEAR_MOVES: Mapping[YearState, tuple[YearState, ...]] = {
    YearState.DRAFT: (YearState.PUBLISHED,),
    YearState.PUBLISHED: (YearState.CHANGED,),
    YearState.CHANGED: (YearState.PUBLISHED,),
}

# The posts of staff, as they are offered where somebody says who is asked.
ASKED = (
    Role.TEACHER,
    Role.MIDDLE_LEADER,
    Role.SENIOR_LEADER,
    Role.SUPPORT_STAFF,
    Role.OFFICE,
    Role.SAFEGUARDING_LEAD,
    Role.BUSINESS_MANAGER,
    Role.HEADTEACHER,
)
# Whose time is directed: teachers without a leadership post.
TEACHING = (Role.TEACHER, Role.MIDDLE_LEADER)
# The posts that directed time is placed for: a leader may be counted where a school chooses to.
PLACED_FOR = (*TEACHING, Role.SENIOR_LEADER, Role.SAFEGUARDING_LEAD)
LEADING = (Role.HEADTEACHER, Role.SENIOR_LEADER)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
