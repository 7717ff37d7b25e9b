"""Rights over evidence and reflections, each a refusal sentence or nothing."""

from headship.core.roles import BOARD, STAFF, Role
from headship.core.scope import Scope

PROFILE_REFUSAL = (
    "The Standards profile is for the staff and governors of this school. "
    "If you need something from it, ask the headteacher."
)
REFLECT_REFUSAL = "Only the headteacher says where they stand on a standard. Ask them to share it with you."
NOTE_REFUSAL = "Only staff of this school note evidence by hand. Tell the headteacher what you saw."


def see_profile(scope: Scope) -> str | None:
    """Staff and governors see the profile, each in the form their post opens."""
    return None if scope.has(*STAFF, *BOARD) else PROFILE_REFUSAL


def reflect(scope: Scope) -> str | None:
    """Only a headteacher says where they stand; nobody can say it for them."""
    return None if scope.has(Role.HEADTEACHER) else REFLECT_REFUSAL


def note_evidence(scope: Scope) -> str | None:
    """Staff may note evidence by hand; governors' evidence is their meetings and visits."""
    return None if scope.has(*STAFF) else NOTE_REFUSAL
