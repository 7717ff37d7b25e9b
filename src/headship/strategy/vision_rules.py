"""Rights over the statement of vision and over what a board approves, each a refusal sentence or nothing."""

from datetime import date

from headship.core.pages import in_words
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.strategy import rules
from headship.strategy.choices import OPEN, VISION_MOVES, VisionState

RECORDERS = (Role.CHAIR, Role.CLERK)
PUBLISHERS = (Role.HEADTEACHER,)
DRAFTERS_ONLY = "The vision is drafted by the headteacher and the chair of governors. Ask one of them."
RECORDERS_ONLY = (
    "What the board approved is recorded by the chair of governors or the governance professional. Ask one of them."
)
PUBLISHERS_ONLY = "The headteacher publishes what the board agreed. Ask them."
NOT_AGREED = "The board has not agreed these words yet. The chair or the governance professional records when it has."
IN_FORCE = "These words were published. Draft the next statement instead."


def draft(scope: Scope) -> str | None:
    """Whether the reader may draft a statement, and change one that is being drafted."""
    return None if scope.has(*rules.VALUE_KEEPERS) else DRAFTERS_ONLY


def change(scope: Scope, state: VisionState) -> str | None:
    """Whether the reader may change a statement's words: until they are published."""
    return draft(scope) or (None if state in OPEN else IN_FORCE)


def see_drafts(scope: Scope) -> bool:
    """Whether the reader knows of a statement that is not published: leaders and governors."""
    return Visibility.GOVERNORS in scope.opens


def record(scope: Scope) -> str | None:
    """Whether the reader may record what the board approved."""
    return None if scope.has(*RECORDERS) else RECORDERS_ONLY


def agree(scope: Scope, state: VisionState) -> str | None:
    """Whether the reader may record that the board agreed a statement."""
    if refusal := record(scope):
        return refusal
    return None if VisionState.AGREED in VISION_MOVES[state] else "The board agreed these words already."


def recorded_as(scope: Scope) -> str:
    """Return the post the reader records approvals in: the first of theirs that may."""
    return next(role for role in RECORDERS if scope.has(role))


def publish(scope: Scope, state: VisionState) -> str | None:
    """Whether the reader may publish a statement."""
    if not scope.has(*PUBLISHERS):
        return PUBLISHERS_ONLY
    if state == VisionState.DRAFT:
        return NOT_AGREED
    return None if VisionState.PUBLISHED in VISION_MOVES[state] else IN_FORCE


def approved_on(on: date, *, worded_on: date, today: date) -> str | None:
    """Whether a board can have met on a day about words last changed on another."""
    if on > today:
        return "The day of the meeting cannot be in the future"
    if on < worded_on:
        return f"The words were last changed on {in_words(worded_on)}: the meeting must be on that day or later"
    return None
