"""Rights over frameworks, each a refusal sentence or nothing."""

from headship.core.scope import Scope


def load_frameworks(scope: Scope) -> str | None:
    """Frameworks belong to the installation, so only its operators load them."""
    if scope.operator:
        return None
    return "Only those who keep this installation running can load a framework. Ask the person who set Headship up."
