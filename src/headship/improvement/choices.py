"""The fixed lists of improvement: where a bet stands and the moves between, places, meanings, what habits rest on."""

from collections.abc import Mapping
from enum import StrEnum


class BetState(StrEnum):
    """Where a bet stands."""

    PROPOSED = "proposed"
    RUNNING = "running"
    CONTINUED = "continued"
    STOPPED = "stopped"
    SCALED = "scaled"
    NOT_TRIED = "not_tried"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return self.value.replace("_", " ").capitalize()


# What was continued or scaled can run again, always to a new stop date. What was stopped is over: bet anew.
BET_MOVES: Mapping[BetState, tuple[BetState, ...]] = {
    BetState.PROPOSED: (BetState.RUNNING, BetState.NOT_TRIED),
    BetState.RUNNING: (BetState.CONTINUED, BetState.STOPPED, BetState.SCALED),
    BetState.CONTINUED: (BetState.RUNNING,),
    BetState.SCALED: (BetState.RUNNING,),
    BetState.STOPPED: (),
    BetState.NOT_TRIED: (),
}
DECIDED = BET_MOVES[BetState.RUNNING]
OVER = (*DECIDED, BetState.NOT_TRIED)
GOES_ON = (BetState.CONTINUED, BetState.SCALED)


class Whence(StrEnum):
    """Where something on the horizon comes from."""

    LOCAL = "local"
    NATIONAL = "national"
    ABROAD = "abroad"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"local": "Locally", "national": "Nationally", "abroad": "Abroad"}[self]


class Means(StrEnum):
    """What something on the horizon means for the school."""

    NOTHING = "nothing"
    WATCH = "watch"
    ACT = "act"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"nothing": "Nothing for us", "watch": "Watch it", "act": "Act on it"}[self]


class Rests(StrEnum):
    """What evidence a habit rests on."""

    NONE = "none"
    OURS = "ours"
    RESEARCH = "research"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"none": "None that we know of", "ours": "Our own", "research": "Research"}[self]


class Outcome(StrEnum):
    """What came of questioning a habit."""

    KEEP = "keep"
    TEST = "test"
    DROP = "drop"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"keep": "Keep it, with its evidence", "test": "Test it", "drop": "Drop it"}[self]

    @property
    def done(self) -> str:
        """As it stands on pages once it was said."""
        return {"keep": "Kept", "test": "Being tested", "drop": "Dropped"}[self]
