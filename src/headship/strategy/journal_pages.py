"""Exactly what the pages of looking back show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form

from headship.core.pages import academic_year, in_words
from headship.core.scope import Scope
from headship.strategy import journal_queries, pages
from headship.strategy.journal_looks import Look, look
from headship.strategy.models import Decision

COUNT_HEADS = ("Decided in", "Looked back at", "As expected", "Partly", "Not")


@dataclass(frozen=True, slots=True)
class LookBackPage:
    """The form of looking back, with what was expected above it."""

    title: str
    what: str
    facts: Sequence[tuple[str, str]]
    form: Form
    seen_by: str
    back: str


@dataclass(frozen=True, slots=True)
class LookedPage:
    """What was looked back at, and how often it was as expected."""

    title: str
    looks: Sequence[Look]
    heads: Sequence[str]
    counts: Sequence[Sequence[str]]
    more: str
    back: str


def look_back_page(scope: Scope, of: Decision, form: Form, seen_by: str) -> LookBackPage:
    """Arrange the form of looking back."""
    facts = [("Decided", in_words(of.decided_on)), ("Why", of.why), ("We expected", of.expected)]
    return LookBackPage(
        title="How did it turn out?",
        what=of.what,
        facts=[(words, told) for words, told in facts if told],
        form=form,
        seen_by=seen_by,
        back=pages.address(scope, "decision", decision=of.pk),
    )


def looked_page(scope: Scope, before: int | None) -> LookedPage:
    """Arrange what was looked back at."""
    rows, following = journal_queries.looked_at(scope, before)
    here = pages.address(scope, "decisions-looked-back")
    return LookedPage(
        title="How our decisions turned out",
        looks=[
            look(each, each.decision.what, pages.address(scope, "decision", decision=each.decision_id)) for each in rows
        ],
        heads=COUNT_HEADS,
        counts=[
            (academic_year(year), str(sum(found)), *(str(each) for each in found))
            for year, found in journal_queries.counts(scope)
        ],
        more=f"{here}?before={following}" if following else "",
        back=pages.address(scope, "decisions"),
    )
