"""Rights over sums that schools share with their trust, each a refusal sentence or nothing."""

from headship.core.roles import Role
from headship.core.scope import Scope

HEAD_ONLY = "Whether sums are shared with the trust is the headteacher's to decide. Ask them."
NO_TRUST = "The register names no trust for this school, so there is nobody to share with."
LEADERS_ONLY = "This page is for leaders of the trust."


def share_sums(scope: Scope) -> str | None:
    """Whether the reader may share the school's sums with its trust, see what is shared, and take it back."""
    return None if scope.has(Role.HEADTEACHER) else HEAD_ONLY


def see_together(scope: Scope) -> str | None:
    """Whether the reader may see what a model makes of the sums that a trust's schools share."""
    return None if scope.has(Role.TRUST_LEADER) else LEADERS_ONLY
