"""Rights over policies and who reads them, each a refusal sentence or nothing."""

from datetime import date

from headship.core.pages import in_words
from headship.core.roles import BOARD, LEADERS, STAFF, Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.policies.choices import OPEN, VERSION_MOVES, Approver, Stage

READERS = STAFF | BOARD
KEEPERS = (Role.HEADTEACHER, Role.SENIOR_LEADER, Role.BUSINESS_MANAGER)
RECORDERS = (Role.CHAIR, Role.CLERK)
APPROVERS = (Role.HEADTEACHER, *RECORDERS)
NAMERS = (Role.HEADTEACHER, Role.OFFICE)
READERS_ONLY = "Policies are kept here for the school's staff and governors. Ask the office for a copy of one."
KEEPERS_ONLY = "Policies are kept by the headteacher, senior leaders and the school business manager. Ask one of them."
WRITERS_ONLY = "A policy is written by whoever answers for it, or by those who keep the policies. Ask one of them."
RECORDERS_ONLY = (
    "What the board or a committee approved is recorded by the chair of governors or the governance professional. "
    "Ask one of them."
)
HEAD_ONLY = "The headteacher approves this policy. Ask them."
APPROVERS_ONLY = "A policy is approved by the headteacher, or the board's approval is recorded by its chair or clerk."
STAFF_ONLY = "Staff are asked to read policies; governors are not asked here."
NOT_ASKED = "You are not asked to say that you have read this."
MOST_MONTHS = 120
FEW = 5  # below this, a count of who has read something tells of somebody


def see(scope: Scope) -> str | None:
    """Whether the reader may open the school's policies, and what changes ask of it."""
    return None if scope.has(*READERS) else READERS_ONLY


def is_staff(scope: Scope) -> str | None:
    """Whether the reader is of the staff, who are asked to read policies."""
    return None if scope.has(*STAFF) else STAFF_ONLY


def keep(scope: Scope) -> str | None:
    """Whether the reader may add a policy, say what it is, bring it into force and withdraw it."""
    return None if scope.has(*KEEPERS) else KEEPERS_ONLY


def write(scope: Scope, owner_id: int | None) -> str | None:
    """Whether the reader may write a policy's words, offer them for approval, and note a review."""
    own = owner_id is not None and scope.person_id == owner_id and scope.has(*STAFF)
    return None if own or scope.has(*KEEPERS) else WRITERS_ONLY


def review(scope: Scope, owner_id: int | None, stage: Stage | None, *, waits: bool) -> str | None:
    """Whether the reader may note that a review changed nothing: of the words of today that nothing follows yet.

    `stage` is theirs, None where no words are in force today; `waits` says that a review of them is to be approved.
    """
    if stage is None:
        return write(scope, owner_id) or "No words of this policy are in force, so there is nothing to review."
    if stage != Stage.IN_FORCE:
        return write(scope, owner_id) or "Newer words are in force from a day to come: review those."
    return write(scope, owner_id) or ("Somebody noted a review already, and it waits for approval." if waits else None)


def see_open(scope: Scope, owner_id: int | None) -> bool:
    """Whether the reader knows of words that are not in force: leaders, governors and whoever answers for it."""
    return Visibility.GOVERNORS in scope.opens or (owner_id is not None and scope.person_id == owner_id)


def change_words(scope: Scope, owner_id: int | None, stage: Stage) -> str | None:
    """Whether the reader may change words: until they are in force."""
    said = "These words were in force, so they stay as they are. Draft the next version instead."
    return write(scope, owner_id) or (None if stage in OPEN else said)


def offer(scope: Scope, owner_id: int | None, stage: Stage) -> str | None:
    """Whether the reader may offer words for approval."""
    said = "These words were offered already."
    return write(scope, owner_id) or (None if Stage.OFFERED in VERSION_MOVES[stage] else said)


def approves(scope: Scope, approver: Approver) -> str | None:
    """Whether the reader approves such a policy, or records that the board or a committee did."""
    if approver == Approver.HEAD:
        return None if scope.has(Role.HEADTEACHER) else HEAD_ONLY
    return None if scope.has(*RECORDERS) else RECORDERS_ONLY


def approve(scope: Scope, approver: Approver, stage: Stage) -> str | None:
    """Whether the reader may approve words, or record that they were."""
    if refusal := approves(scope, approver):
        return refusal
    return None if Stage.APPROVED in VERSION_MOVES[stage] else "These words were approved already."


def approved_as(scope: Scope, approver: Approver) -> str:
    """Return the post the reader approves or records in: the first of theirs that may."""
    may = (Role.HEADTEACHER,) if approver == Approver.HEAD else RECORDERS
    return next(role for role in may if scope.has(role))


def approved_on(on: date, *, worded_on: date, today: date) -> str | None:
    """Whether words last changed on one day can have been approved on another."""
    if on > today:
        return "The day of the meeting cannot be in the future"
    if on < worded_on:
        return f"This was last changed on {in_words(worded_on)}: the meeting must be on that day or later"
    return None


def bring(scope: Scope, stage: Stage) -> str | None:
    """Whether the reader may bring words into force."""
    if refusal := keep(scope):
        return refusal
    if Stage.IN_FORCE in VERSION_MOVES[stage]:
        return None
    return "These words are not approved yet." if stage in OPEN else "These words were in force already."


def still_approved(by: Approver, needed: Approver) -> str | None:
    """Whether words approved by one approver are approved, where a policy now needs another's."""
    if by == needed:
        return None
    return f"{needed.words} approves this policy now: change the words, and have them approved again"


def in_force_on(on: date, *, approved_on: date, before: date | None) -> str | None:
    """Whether words approved on a day can be in force from another, after those `before` them."""
    if on < approved_on:
        return f"The words were approved on {in_words(approved_on)}: they hold from that day or later"
    if before is not None and on <= before:
        return f"The version before holds from {in_words(before)}: choose a later day"
    return None


def read(scope: Scope, *, asked: bool) -> str | None:
    """Whether the reader may say that they have read something: those who are asked."""
    if not scope.has(*STAFF):
        return STAFF_ONLY
    return None if asked else NOT_ASKED


def see_names(scope: Scope, owner_id: int | None) -> bool:
    """Whether the reader is told who has not read something: the head, the office, and a leader who answers for it."""
    owns = owner_id is not None and scope.person_id == owner_id
    return scope.has(*NAMERS) or (owns and scope.has(*LEADERS))


def see_count(scope: Scope, owner_id: int | None, asked: int) -> bool:
    """Whether the reader is told how many have read something; others than those told names, of no handful."""
    if see_names(scope, owner_id):
        return True
    return asked >= FEW and see_open(scope, owner_id)
