"""Rights over a school's own results, each a refusal sentence or nothing."""

from headship.core.roles import ABOVE_SCHOOLS, BOARD, STAFF, Role
from headship.core.scope import Scope

READERS = STAFF | BOARD | ABOVE_SCHOOLS
KEEPERS = (Role.HEADTEACHER, Role.SENIOR_LEADER, Role.OFFICE)
SWITCHERS = (Role.HEADTEACHER,)
NAMERS = (Role.HEADTEACHER, Role.SENIOR_LEADER, Role.SAFEGUARDING_LEAD)
READERS_ONLY = (
    "The school's own results are for its staff, its governors and the leaders of its trust or authority. "
    "Ask the headteacher for what you need from them."
)
KEEPERS_ONLY = "Pupils' results are brought by the headteacher, a senior leader or the school office. Ask one of them."
NAMER_WORDS = ("the headteacher", "senior leaders", "the designated safeguarding lead")
NAMES_ON = (
    "Every figure here works without names: a pupil stands by a keyed hash of the UPN, which cannot be turned back.",
    "With names, those listed here can see who is meant, for instance where a meeting decides what changes for whom. "
    "Governors, other staff, the trust and the authority never see a name.",
    "From then on the names in files you bring are kept. They are personal data: whoever asks what is held about a "
    "child is given them too.",
)
NAMES_OFF = (
    "Switching off deletes all of them at once, also from what undoing a file would need. Results and figures stay. "
    "To have names again, switch on and bring the files again."
)
HEAD_ONLY = "Whether pupils' names are kept is the headteacher's to decide. Ask them."


def see_results(scope: Scope) -> str | None:
    """Whether the reader may open figures made of the school's own results. Small numbers are hidden from all."""
    return None if scope.has(*READERS) else READERS_ONLY


def bring_results(scope: Scope) -> str | None:
    """Whether the reader may bring files of pupils and results, see what was brought, and undo it."""
    return None if scope.has(*KEEPERS) else KEEPERS_ONLY


def switch_names(scope: Scope) -> str | None:
    """Whether the reader may decide that pupils' names are kept, or no longer."""
    return None if scope.has(*SWITCHERS) else HEAD_ONLY


def watch_names(scope: Scope) -> str | None:
    """Whether the reader looks after personal data: they see whether names are kept, and no name."""
    return None if scope.has(Role.DATA_PROTECTION_OFFICER) else HEAD_ONLY


def see_names(scope: Scope, *, kept: bool) -> str | None:
    """Whether the reader may see pupils' names: leaders of the school, where it keeps any."""
    if not kept:
        return "This school keeps no names of pupils here."
    return None if scope.has(*NAMERS) else "Pupils' names are for the headteacher and senior leaders. Ask one of them."
