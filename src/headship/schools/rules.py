"""Rights over the register, each a refusal sentence or nothing."""

from headship.core.scope import Scope


def change_register(scope: Scope) -> str | None:
    """Only operators import into the register."""
    if scope.operator:
        return None
    return "Only those who keep this installation running can change the register. Ask the person who set Headship up."


def undo_import(*, newer: str, joined: str) -> str | None:
    """Refuse while something rests on the import."""
    if newer:
        return f"“{newer}” was imported after it and may rest on it. Undo that one first."
    if joined:
        return (
            f"{joined} joined Headship after it, and its figures rest on it. It can no longer "
            "be undone; import a corrected file instead."
        )
    return None
