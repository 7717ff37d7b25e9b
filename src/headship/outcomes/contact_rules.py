"""Rights over being visible to schools like ours, each a refusal sentence or nothing."""

from headship.core.roles import BOARD, STAFF, Role
from headship.core.scope import Scope

HEAD_ONLY = "Whether the school is visible to schools like it is the headteacher's to decide. Ask them."
READERS = STAFF | BOARD


def show_contact(scope: Scope) -> str | None:
    """Whether the reader may switch the school's visible contact on, change it, and switch it off."""
    return None if scope.has(Role.HEADTEACHER) else HEAD_ONLY


def see_contacts(scope: Scope) -> bool:
    """Whether the reader is shown contacts of other schools: staff and governors."""
    return scope.has(*READERS)
