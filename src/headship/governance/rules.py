"""Rights over the audit log's proof, each a refusal sentence or nothing."""

from headship.core.roles import BOARD, Role
from headship.core.scope import Scope

READERS = (Role.HEADTEACHER, Role.CHAIR, Role.DATA_PROTECTION_OFFICER)
READERS_ONLY = (
    "The headteacher, the chair of governors and the data protection officer hold the proof that the log was not "
    "changed. Ask one of them."
)
CHOOSERS = (Role.HEADTEACHER, Role.CHAIR)
CHOOSERS_ONLY = "The headteacher and the chair of governors choose who gets the daily checkpoint. Ask one of them."
RECEIVERS = BOARD | {Role.HEADTEACHER, Role.BUSINESS_MANAGER, Role.DATA_PROTECTION_OFFICER}


def see_log(scope: Scope) -> str | None:
    """Whether this person may see the state of the audit log, and take its checkpoints and exports."""
    return None if scope.has(*READERS) else READERS_ONLY


def choose_readers(scope: Scope) -> str | None:
    """Whether this person may choose who gets the daily checkpoint."""
    return None if scope.has(*CHOOSERS) else CHOOSERS_ONLY
