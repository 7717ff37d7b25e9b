"""The fixed lists of policies: who approves, whom a text asks to read it, states and the moves between them."""

from collections.abc import Mapping
from enum import StrEnum


class Approver(StrEnum):
    """Who must approve a policy."""

    HEAD = "head"
    COMMITTEE = "committee"
    BOARD = "board"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"head": "The headteacher", "committee": "A committee of the board", "board": "The governing board"}[
            self
        ]


class Asks(StrEnum):
    """Whom a policy asks to say that they have read it."""

    NOBODY = "nobody"
    ALL = "all"
    POSTS = "posts"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"nobody": "Nobody", "all": "All staff", "posts": "Certain posts"}[self]


class Stage(StrEnum):
    """Where a version of a policy stands."""

    DRAFT = "draft"
    OFFERED = "offered"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "draft": "Draft",
            "offered": "Waiting for approval",
            "approved": "Approved",
            "in_force": "In force",
            "superseded": "Superseded",
        }[self]


# Words changed after they were offered or approved are a draft again.
VERSION_MOVES: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.DRAFT: (Stage.OFFERED, Stage.APPROVED),
    Stage.OFFERED: (Stage.APPROVED, Stage.DRAFT),
    Stage.APPROVED: (Stage.IN_FORCE, Stage.DRAFT),
    Stage.IN_FORCE: (Stage.SUPERSEDED,),
    Stage.SUPERSEDED: (),
}
OPEN = (Stage.DRAFT, Stage.OFFERED, Stage.APPROVED)
SHOWN = (Stage.IN_FORCE, Stage.SUPERSEDED)


class Origin(StrEnum):
    """Where a change in policy comes from."""

    NATIONAL = "national"
    LOCAL = "local"
    TRUST = "trust"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"national": "National", "local": "Local", "trust": "The trust"}[self]


class Answer(StrEnum):
    """How the school answers a duty."""

    OPEN = "open"
    POLICY = "policy"
    ACTION = "action"
    NONE = "none"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "open": "Not settled yet",
            "policy": "By a policy of ours",
            "action": "By an action alone: no policy of ours",
            "none": "Not at all: it does not touch us",
        }[self]


class Progress(StrEnum):
    """How far an action on a duty is."""

    TO_DO = "to_do"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return self.value.replace("_", " ").capitalize()


# What is done can be taken up again where it was not; what is dropped can be planned anew.
ACTION_MOVES: Mapping[Progress, tuple[Progress, ...]] = {
    Progress.TO_DO: (Progress.UNDER_WAY, Progress.DONE, Progress.DROPPED),
    Progress.UNDER_WAY: (Progress.DONE, Progress.DROPPED),
    Progress.DONE: (Progress.UNDER_WAY,),
    Progress.DROPPED: (Progress.TO_DO,),
}
ACTIVE = (Progress.TO_DO, Progress.UNDER_WAY)
