"""How a decision turned out, as pages and programs show it."""

from dataclasses import dataclass
from datetime import date

from headship.core.pages import in_words
from headship.strategy.models import Decision, LookBack
from headship.strategy.rights_choices import Turned


@dataclass(frozen=True, slots=True)
class Look:
    """How a decision turned out, both sides beside one another."""

    expected: str
    was: str
    learned: str
    as_expected: str
    again: str
    facts: str
    key: int
    what: str = ""
    url: str = ""


def look(each: LookBack, what: str = "", url: str = "") -> Look:
    """Arrange how a decision turned out; `what` and `url` lead to it where others stand beside it."""
    return Look(
        expected=each.expected or "Nothing was written down",
        was=each.was,
        learned=each.learned,
        as_expected=Turned(each.as_expected).words,
        again=Turned(each.again).words,
        facts=f"{each.by.name}, {in_words(each.on)}",
        key=each.pk,
        what=what,
        url=url,
    )


def when(of: Decision, today: date) -> str:
    """Say when a decision is to be looked back at, and that it is overdue."""
    if of.review_on is None or of.withdrawn_at:
        return ""
    late = of.review_on < today
    return f"{'Was to be' if late else 'To be'} looked back at on {in_words(of.review_on)}{', overdue' if late else ''}"
