"""The fixed lists of surveys: their states and the moves between them, and the groups people answer in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlencode

from headship.core.roles import BOARD, Role


class State(StrEnum):
    """Where a survey stands. A closed one holds what was released and no answer any more."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state as it stands on pages."""
        return {"draft": "Being prepared", "open": "Open", "closed": "Closed"}[self]


MOVES: Mapping[State, tuple[State, ...]] = {State.DRAFT: (State.OPEN,), State.OPEN: (State.CLOSED,), State.CLOSED: ()}

TYPISTS = (Role.OFFICE, Role.SUPPORT_STAFF)  # who may type in what comes on paper: nobody who leads

POST, TEAM = "Post", "Team"  # the variables by which groups are told apart

GROUP_OF: Mapping[str, str] = {
    Role.HEADTEACHER: "Leaders",
    Role.SENIOR_LEADER: "Leaders",
    Role.SAFEGUARDING_LEAD: "Leaders",
    Role.BUSINESS_MANAGER: "Leaders",
    Role.MIDDLE_LEADER: "Teachers",
    Role.TEACHER: "Teachers",
    Role.SUPPORT_STAFF: "Support staff",
    Role.OFFICE: "Support staff",
    **dict.fromkeys(BOARD, "Governors"),
}

RELATION_OF: Mapping[str, str] = {  # how feedback on a leader is asked of somebody, unless its runner says otherwise
    "Leaders": "peer",
    "Teachers": "staff",
    "Support staff": "staff",
    "Governors": "governor",
    "Heads of other schools": "peer",
    "Trust leaders": "trust_leader",
}
OTHER_HEADS, TRUST_LEADERS = "Heads of other schools", "Trust leaders"  # asked for feedback on a headteacher alone

# In what relation people stand to whoever asks for feedback, with its words.
RELATIONS: Mapping[str, str] = {
    "staff": "Staff I lead",
    "peer": "Colleagues who lead",
    "governor": "Governors",
    "trust_leader": "Trust leaders",
    "line": "My line manager",
}

# How few answers are ever shown together: at the least, and at most by choice; distributions; comments.
# Kept here and not in `policy`: these are this product's own promises, not rules of England.
FEWEST, FEWEST_CHOSEN, SPREAD, COMMENTS = 5, 10, 10, 5
MOST_ASKED = 5_000

STANDS = timedelta(days=7)  # how long an address must have stood here before whoever has it counts as somebody


class Known(StrEnum):
    """Whether whoever is asked can be somebody whom the survey's runner made up; decision 52."""

    SURE = "sure"  # known by name, and by an address of their own that has stood here for a week
    UNSURE = "unsure"  # known by name, but by no address, a new one, or one that is another's too
    NOBODY = "nobody"  # a code, or an address that was typed in: whoever holds it answers


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are asked: by a name and an address that stands, by name without, and by a code or a typed address."""

    sure: int
    unsure: int
    nobody: int

    @property
    def named(self) -> int:
        """All who are asked by name."""
        return self.sure + self.unsure

    @property
    def counting(self) -> int:
        """How many count toward how few are shown: of people asked by name, only the sure."""
        return self.sure if self.named else self.nobody


LONGEST_SHOWN = 366  # days for which feedback may be shown to somebody, at most


class Why(StrEnum):
    """What somebody is shown another's feedback for."""

    COACH = "coach"
    PANEL = "panel"

    @property
    def words(self) -> str:
        """The purpose as it stands on pages."""
        return {"coach": "Coaching", "panel": "Appraisal"}[self]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of what was released a reader wants to see: a theme, groups of one variable; empty means all."""

    theme: str = ""
    by: str = ""

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        named = {name: value for name, value in (("theme", self.theme), ("by", self.by)) if value}
        return f"?{urlencode(named)}" if named else ""
