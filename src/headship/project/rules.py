"""Rights in the first hour and in keeping the installation running, each a refusal sentence or nothing."""

from headship.core.audience import OPERATORS
from headship.core.roles import Role
from headship.core.scope import Scope

FIRST_POSTS = (Role.HEADTEACHER, Role.ADMINISTRATOR)
FIRST_POSTS_ONLY = "Headship is set up by the headteacher, or by an administrator for them. Ask them."
ALREADY_SET_UP = (
    "Somebody set Headship up a moment ago, in another browser. Theirs was kept and yours was not saved. "
    "Sign in if it was you; otherwise ask them to invite you."
)


def before_anybody(scope: Scope) -> str | None:
    """Whether a step before the first account may be taken: only as the installation, for which no person acts."""
    if scope.operator and scope.person_id == 0:
        return None
    return "This step belongs to a new installation. Ask whoever keeps this one running."


def keep_working(scope: Scope) -> str | None:
    """Whether the reader may have a failed task tried again: whoever keeps the installation running."""
    return None if scope.operator else OPERATORS.refusal


def go_on(scope: Scope, setter_up: int | None) -> str | None:
    """Whether the reader may go on with set-up: whoever made the first account."""
    return None if scope.has(*FIRST_POSTS) and scope.person_id == setter_up else FIRST_POSTS_ONLY


def keep_running(scope: Scope) -> str | None:
    """Whether the reader may do what keeps the installation running, such as backups: operators."""
    return None if scope.operator else OPERATORS.refusal
