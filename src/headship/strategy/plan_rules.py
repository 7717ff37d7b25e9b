"""Rights over the strategic plan, each a refusal sentence or nothing."""

from datetime import date
from decimal import Decimal

from headship.core.pages import in_words
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.strategy.choices import ACTION_MOVES, SAYS_WHY, Status

EDITORS = (Role.HEADTEACHER, Role.SENIOR_LEADER)
MINUTERS = (Role.CHAIR, Role.CLERK, Role.HEADTEACHER)
WRITERS = (Role.HEADTEACHER,)
EDITORS_ONLY = "The plan is kept by the headteacher and senior leaders. Ask one of them."
MINUTERS_ONLY = (
    "Minutes are tied to actions by the chair of governors, the governance professional or the headteacher. "
    "Ask one of them."
)
WRITERS_ONLY = "The headteacher writes the plan for pupils, parents and staff. Ask them."
OWNER_ONLY = "Whoever does it says how far it is, or the headteacher or a senior leader. Ask one of them."
YEARS = 6


def edit(scope: Scope) -> str | None:
    """Whether the reader may change the plan."""
    return None if scope.has(*EDITORS) else EDITORS_ONLY


def withdraw(scope: Scope, *, served: bool) -> str | None:
    """Whether the reader may withdraw a priority or an objective: those who change it, while nobody acts on it."""
    said = "Actions serve it. Give them another objective, or drop them, first."
    return edit(scope) or (said if served else None)


def minute(scope: Scope) -> str | None:
    """Whether the reader may tie a minute to an action."""
    return None if scope.has(*MINUTERS) else MINUTERS_ONLY


def write(scope: Scope) -> str | None:
    """Whether the reader may write the plan in somebody's words, and show it."""
    return None if scope.has(*WRITERS) else WRITERS_ONLY


def see_words(scope: Scope, *, shown: bool) -> bool:
    """Whether the reader knows of the plan in somebody's words: all who read the plan, once it is shown."""
    return shown or scope.has(*WRITERS)


def progress(scope: Scope, owner: int) -> str | None:
    """Whether the reader may say how far an action is: whoever does it, and those who keep the plan."""
    return None if scope.person_id == owner or scope.has(*EDITORS) else OWNER_ONLY


def add_milestone(status: Status) -> str | None:
    """Whether an action takes new milestones: not once it was dropped."""
    return "This action was dropped, so it takes no new milestones." if status == Status.DROPPED else None


def change_milestone(reached_on: date | None) -> str | None:
    """Whether a milestone can still be changed: until it is reached."""
    return "This milestone was reached, so it stays as it was. Add another instead." if reached_on else None


def move(status: Status, to: Status, because: str) -> str | None:
    """Whether an action may go from one status to another, with what is said about it."""
    if to not in ACTION_MOVES[status]:
        return f"An action that is {status.words.lower()} cannot become {to.words.lower()}"
    if to in SAYS_WHY and not because:
        return f"Say why it is {to.words.lower()}"
    return None


def span(starts_on: date, ends_on: date) -> str | None:
    """Whether two days can be the first and the last of a plan or a priority."""
    if ends_on <= starts_on:
        return "The last day must be after the first"
    if ends_on.year - starts_on.year > YEARS:
        return f"Plan for at most {YEARS} years"
    return None


def inside(starts_on: date, ends_on: date, *, of: tuple[date, date]) -> str | None:
    """Whether days lie inside a plan's."""
    if starts_on < of[0] or ends_on > of[1]:
        return f"The plan runs from {in_words(of[0])} to {in_words(of[1])}: choose days inside it"
    return None


def holds(starts_on: date, ends_on: date, *, of: tuple[date, date] | None) -> str | None:
    """Whether a plan's days hold the first and the last day of what is in it."""
    if of and (starts_on > of[0] or ends_on < of[1]):
        return f"What is in the plan runs from {in_words(of[0])} to {in_words(of[1])}: choose years that hold it"
    return None


def happened_on(on: date, *, today: date) -> str | None:
    """Whether a day can be that of something that happened."""
    return "The day cannot be in the future" if on > today else None


def costed(amount: Decimal | None, hours: Decimal | None, rate: Decimal | None) -> str | None:
    """Whether a cost can be told: an amount, or hours with their rate, or nothing; none below nothing."""
    if amount is not None and (hours is not None or rate is not None):
        return "Give the cost as an amount, or as hours at a rate, not both"
    if (hours is None) != (rate is None):
        return "Hours need their rate, and a rate its hours"
    if any(each is not None and each < 0 for each in (amount, hours, rate)):
        return "A cost cannot be below nothing"
    return None
