"""The fixed lists of strategy: states and the moves between them, and what a board approves."""

from collections.abc import Mapping
from enum import StrEnum


class VisionState(StrEnum):
    """Where a statement of vision stands."""

    DRAFT = "draft"
    AGREED = "agreed"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "draft": "Draft",
            "agreed": "Agreed by the board",
            "published": "In force",
            "superseded": "Superseded",
        }[self]


# Words changed after the board agreed them are a draft again. The next one published supersedes the one in force.
VISION_MOVES: Mapping[VisionState, tuple[VisionState, ...]] = {
    VisionState.DRAFT: (VisionState.AGREED,),
    VisionState.AGREED: (VisionState.PUBLISHED, VisionState.DRAFT),
    VisionState.PUBLISHED: (VisionState.SUPERSEDED,),
    VisionState.SUPERSEDED: (),
}
OPEN = (VisionState.DRAFT, VisionState.AGREED)
SHOWN = (VisionState.PUBLISHED, VisionState.SUPERSEDED)


class Matter(StrEnum):
    """What a board approves."""

    VISION = "vision"
    PLAN = "plan"


class Status(StrEnum):
    """Where an action of the plan stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    STUCK = "stuck"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return self.value.replace("_", " ").capitalize()


# What is done can be taken up again where it was not; what is dropped can be planned anew.
ACTION_MOVES: Mapping[Status, tuple[Status, ...]] = {
    Status.PLANNED: (Status.UNDER_WAY, Status.DONE, Status.STUCK, Status.DROPPED),
    Status.UNDER_WAY: (Status.DONE, Status.STUCK, Status.DROPPED),
    Status.STUCK: (Status.UNDER_WAY, Status.DONE, Status.DROPPED),
    Status.DONE: (Status.UNDER_WAY,),
    Status.DROPPED: (Status.PLANNED,),
}
ACTIVE = (Status.PLANNED, Status.UNDER_WAY, Status.STUCK)
SAYS_WHY = (Status.STUCK, Status.DROPPED)


class Audience(StrEnum):
    """Whom the plan is told to in their own words."""

    PUPILS = "pupils"
    PARENTS = "parents"
    STAFF = "staff"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"pupils": "For pupils", "parents": "For parents and carers", "staff": "For staff"}[self]
