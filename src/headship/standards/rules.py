"""Rights over frameworks, each a refusal sentence or nothing."""

from headship.core.scope import Scope


def load_frameworks(scope: Scope) -> str | None:
    """Frameworks belong to the installation, so only its operators load them."""
    if scope.operator:
        return None
    return "Only those who keep this installation running can load a framework. Ask the person who set Headship up."


def remove_framework(*, imported: bool) -> str | None:
    """Only what was imported is taken out again: what ships comes back at the next start."""
    return None if imported else "This framework ships with Headship, so it cannot be taken out."
