"""The fixed lists of learning: where a goal stands, and the moves between."""

from collections.abc import Mapping
from enum import StrEnum


class Stands(StrEnum):
    """Where a goal stands. One that is let go is no failure: it was not the right one."""

    OPEN = "open"
    REACHED = "reached"
    LET_GO = "let_go"

    @property
    def words(self) -> str:
        """The state as it stands on pages."""
        return {"open": "Open", "reached": "Reached", "let_go": "Let go"}[self]


MOVES: Mapping[Stands, tuple[Stands, ...]] = {
    Stands.OPEN: (Stands.REACHED, Stands.LET_GO),
    Stands.REACHED: (),
    Stands.LET_GO: (),
}
