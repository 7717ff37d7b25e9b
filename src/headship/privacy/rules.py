"""Rights over requests, keeping times, holds and erasures, each a refusal sentence or nothing."""

from headship.core.roles import Role
from headship.core.scope import Scope

HANDLERS = (Role.HEADTEACHER, Role.DATA_PROTECTION_OFFICER)
KEEPERS = (*HANDLERS, Role.BUSINESS_MANAGER)
ONLY_HANDLERS = "The headteacher and the data protection officer answer requests about personal data. Ask one of them."
ONLY_KEEPERS = (
    "The headteacher, the school business manager and the data protection officer look after how long things are "
    "kept. Ask one of them."
)
DRAFTS_ARE_THE_OFFICERS = (
    "Whether drafts may be held back is decided by the school's data protection officer alone. Ask them; where nobody "
    "holds that post here, the headteacher invites one."
)
NOWHERE = "You hold no post at a school, and never held one here: there is none to ask."
YOUR_OWN = (
    "This is about you. Another of those who answer requests must do it. What is held about your own account you can "
    "download yourself."
)


def ask(*, held: bool) -> str | None:
    """Whether somebody may ask about their own data. `held`: whether they hold a post at a school, or ever held one."""
    return None if held else NOWHERE


def handle_requests(scope: Scope) -> str | None:
    """Whether this person answers requests about personal data here."""
    return None if scope.has(*HANDLERS) else ONLY_HANDLERS


def handle(scope: Scope, person_id: int, *, others: bool) -> str | None:
    """Whether this person may answer a request of somebody's. `others`: whether anybody else here could."""
    if others and person_id == scope.person_id:
        return YOUR_OWN
    return handle_requests(scope)


def decide_drafts(scope: Scope, person_id: int) -> str | None:
    """Whether this person decides of drafts that somebody was not given yet: the data protection officer, of others."""
    if not scope.has(Role.DATA_PROTECTION_OFFICER):
        return DRAFTS_ARE_THE_OFFICERS
    return YOUR_OWN if person_id == scope.person_id else None


def see_keeping(scope: Scope) -> str | None:
    """Whether this person sees, and sets, how long things are kept here."""
    return None if scope.has(*KEEPERS) else ONLY_KEEPERS


def place_hold(scope: Scope) -> str | None:
    """Whether this person may stop all deleting, or start it again."""
    if scope.has(*HANDLERS):
        return None
    return "The headteacher and the data protection officer decide what must not be deleted. Ask one of them."


def approve(scope: Scope, prepared_by: int | None, *, others: bool) -> str | None:
    """Whether this person may approve a deletion. `others`: whether anybody else here could."""
    if not scope.has(*HANDLERS):
        return "Deleting is approved by the headteacher or the data protection officer. Ask one of them."
    if others and prepared_by == scope.person_id:
        return (
            "You prepared this deletion, so somebody else approves it: the headteacher or the data protection officer."
        )
    return None


def erase(*, held: bool, works_here: bool) -> str | None:
    """Whether somebody's data may be erased at a school now."""
    if held:
        return "A legal hold stands: nothing of theirs may be deleted. Lift the hold first, if its reason is over."
    if works_here:
        return "They hold a post here. End it first: what their work needs cannot be erased while they do it."
    return None
