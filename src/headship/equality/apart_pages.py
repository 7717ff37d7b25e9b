"""Exactly what the page "About you, for equality" shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from headship.core.scope import Scope
from headship.equality import apart_queries as queries
from headship.equality.apart_actions import LEAST
from headship.equality.apart_forms import AboutYouForm
from headship.strategy.pages import address

NOT_ASKED = (
    "Gender reassignment, pregnancy and maternity, and marriage are protected too. They are not asked: in one school "
    "so few would answer that no count could ever be shown."
)


@dataclass(frozen=True, slots=True)
class AboutYouPage:
    """Why it is asked, who reads it, and the form; `answered` in how many questions the reader said something."""

    title: str
    form: AboutYouForm
    answered: str
    least: int
    not_asked: str
    cited: Sequence[tuple[str, str]]
    back: str


def about_you_page(scope: Scope, form: AboutYouForm, answered: int) -> AboutYouPage:
    """Arrange it."""
    asked = queries.asked(timezone.localdate(scope.at))
    return AboutYouPage(
        title="About you, for equality",
        form=form,
        answered=f"You have answered {answered} of {len(asked)}." if answered else "You have answered nothing.",
        least=LEAST,
        not_asked=NOT_ASKED,
        cited=[(each.words, each.cited) for each in asked.values()],
        back=address(scope, "equality-objectives"),
    )
