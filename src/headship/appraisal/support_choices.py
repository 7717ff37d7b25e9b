"""The fixed lists of support before capability: where it stands, the moves between, the kinds of line it holds."""

from collections.abc import Mapping
from enum import StrEnum


class Standing(StrEnum):
    """Where support for somebody stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RUNNING = "running"
    EXTENDED = "extended"
    ENDED_WELL = "ended_well"
    FORMAL = "formal"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return _STANDINGS[self]


_STANDINGS = {
    Standing.OFFERED: "Offered",
    Standing.ACCEPTED: "Accepted",
    Standing.DECLINED: "Declined",
    Standing.RUNNING: "Running",
    Standing.EXTENDED: "Extended",
    Standing.ENDED_WELL: "Ended well",
    Standing.FORMAL: "A formal step followed",
    Standing.CLOSED: "Closed",
}
# The person accepts or declines; the first help begins it; whoever leads it says what came of a review.
MOVES: Mapping[Standing, tuple[Standing, ...]] = {
    Standing.OFFERED: (Standing.ACCEPTED, Standing.DECLINED, Standing.FORMAL, Standing.CLOSED),
    Standing.ACCEPTED: (Standing.RUNNING, Standing.DECLINED, Standing.CLOSED),
    Standing.DECLINED: (Standing.ACCEPTED, Standing.FORMAL, Standing.CLOSED),
    Standing.RUNNING: (Standing.ENDED_WELL, Standing.EXTENDED, Standing.FORMAL, Standing.CLOSED),
    Standing.EXTENDED: (Standing.ENDED_WELL, Standing.EXTENDED, Standing.FORMAL, Standing.CLOSED),
    Standing.ENDED_WELL: (),
    Standing.FORMAL: (),
    Standing.CLOSED: (),
}
NOT_TAKEN = frozenset({Standing.OFFERED, Standing.DECLINED})
OVER = frozenset(standing for standing, after in MOVES.items() if not after)
ANSWERS = (Standing.ACCEPTED, Standing.DECLINED)
OUTCOMES = (Standing.ENDED_WELL, Standing.EXTENDED, Standing.FORMAL, Standing.CLOSED)


class Kind(StrEnum):
    """What a line of the timeline is."""

    OFFER = "offer"
    AIMS = "aims"
    REPLY = "reply"
    HELP = "help"
    REVIEW = "review"
    ASKED = "asked"
    OUTCOME = "outcome"
    HANDED = "handed"
    CORRECTION = "correction"
    BASIS = "basis"

    @property
    def words(self) -> str:
        """As it stands on the timeline."""
        return _KINDS[self][0]

    @property
    def doing(self) -> str:
        """What its form is called."""
        return _KINDS[self][1]


_KINDS = {
    Kind.OFFER: ("Support was offered", "Offer support"),
    Kind.AIMS: ("What we aim for", "Say what you aim for"),
    Kind.REPLY: ("The reply", "Reply in your own words"),
    Kind.HELP: ("Help that was given", "Note help that was given"),
    Kind.REVIEW: ("A review was held", "Note a review that was held"),
    Kind.ASKED: ("A reply was asked for", "Ask for a reply"),
    Kind.OUTCOME: ("What came of it", "Say what came of it"),
    Kind.HANDED: ("Somebody else supports", "Name somebody else to support"),
    Kind.CORRECTION: ("A correction", "Correct what you wrote"),
    Kind.BASIS: ("What came before this step, as Headship holds it", ""),
}
NOTED = (Kind.AIMS, Kind.HELP, Kind.ASKED)
