"""Rights over the register and the calendar, each a refusal sentence or nothing."""

from headship.core.roles import Role
from headship.core.scope import Scope


def change_register(scope: Scope) -> str | None:
    """Only operators import into the register."""
    if scope.operator:
        return None
    return "Only those who keep this installation running can change the register. Ask the person who set Headship up."


def join(scope: Scope) -> str | None:
    """Only set-up and operators let a school join."""
    if scope.operator:
        return None
    return "Only those who keep this installation running can let a school join. Ask the person who set Headship up."


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


# --- the academic-year calendar

CALENDAR_KEEPERS = (Role.HEADTEACHER, Role.SENIOR_LEADER, Role.BUSINESS_MANAGER, Role.OFFICE, Role.CLERK)
CALENDAR_KEEPERS_ONLY = (
    "The calendar is kept by the headteacher, senior leaders, the school business manager, the office and the "
    "governance professional. Ask one of them to change it."
)


def change_calendar(scope: Scope) -> str | None:
    """Whether the reader may set terms, and put days on the calendar or take them off."""
    return None if scope.has(*CALENDAR_KEEPERS) else CALENDAR_KEEPERS_ONLY


def keep_feed(scope: Scope) -> str | None:
    """Whether the reader may have a calendar address: whoever holds a post at the place, for themselves."""
    if scope.place is not None and scope.roles:
        return None
    return "A calendar address is for those who hold a post at the school or trust. Ask whoever keeps its accounts."
