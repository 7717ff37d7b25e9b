"""Rights over expectations of conduct, each a refusal sentence or nothing. What a policy asks is asked here too."""

from headship.core.roles import STAFF
from headship.core.scope import Scope
from headship.policies import rules as policies
from headship.policies.choices import Asks
from headship.policies.models import Policy


def see(scope: Scope) -> str | None:
    """Whether the reader may open the school's expectations."""
    return policies.see(scope)


def name(scope: Scope) -> str | None:
    """Whether the reader may say which policies are expectations: who keeps the policies."""
    return policies.keep(scope)


def see_names(scope: Scope) -> bool:
    """Whether the reader is told who is still to come: the headteacher and the office."""
    return scope.has(*policies.NAMERS)


def is_staff(scope: Scope) -> bool:
    """Whether the reader is one of those who are asked."""
    return scope.has(*STAFF)


def fits(of: Policy, *, in_force: bool) -> str | None:
    """Whether a policy can be an expectation: in force, and asking all staff to read each version."""
    if of.withdrawn_on or not in_force:
        return "Its words are not in force yet. Bring them into force first"
    return None if of.asks == Asks.ALL else "It does not ask all staff to read it. Change whom it asks first"
