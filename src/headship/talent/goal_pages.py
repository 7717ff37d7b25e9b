"""Exactly what the pages of goals show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.talent import pages, queries, rules
from headship.talent.choices import Stands
from headship.talent.models import Goal


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal in a list."""

    what: str
    url: str
    facts: str
    state: str
    open: bool


@dataclass(frozen=True, slots=True)
class GoalsPage:
    """One's own goals, and those that people one appraises show."""

    title: str
    rows: Sequence[GoalRow]
    shown: Sequence[GoalRow]
    set_url: str
    back: str


@dataclass(frozen=True, slots=True)
class GoalPage:
    """One goal, and the form that closes it for whoever set it."""

    title: str
    who: str
    state: str
    facts: Sequence[tuple[str, str]]
    seen_by: str
    characteristics: Sequence[tuple[str, str]]
    form: Form | None
    change_url: str
    list_url: str


def goals_page(scope: Scope) -> GoalsPage:
    """Arrange the goals the reader sees."""
    found = queries.goals(scope)
    return GoalsPage(
        title="My goals",
        rows=[_row(scope, each) for each in found if each.person_id == scope.person_id],
        shown=[_row(scope, each) for each in found if each.person_id != scope.person_id],
        set_url=pages.address(scope, "goal-set"),
        back=pages.address(scope, "learning"),
    )


def _row(scope: Scope, each: Goal) -> GoalRow:
    day = f"by {in_words(each.due_on)}" if each.ended_on is None else f"on {in_words(each.ended_on)}"
    who = "" if each.person_id == scope.person_id else f"{each.person.name} · "
    state = Stands(each.state)
    url = pages.address(scope, "goal", goal=each.pk)
    return GoalRow(each.what, url, f"{who}{state.words} {day}", state.words, state is Stands.OPEN)


def goal_page(scope: Scope, each: Goal, form: Form) -> GoalPage:
    """Arrange one goal."""
    own = each.person_id == scope.person_id
    open_to_me = rules.change_goal(scope, setter=each.person_id, state=Stands(each.state)) is None
    facts = [("First step", each.step)] if each.step else []
    facts += [("Set on", in_words(each.set_on)), ("By", in_words(each.due_on))]
    if each.ended_on:
        facts += [("Closed on", in_words(each.ended_on)), ("What came of it", each.came_of_it or "Nothing was noted")]
    return GoalPage(
        title=each.what,
        who="" if own else each.person.name,
        state=Stands(each.state).words,
        facts=facts,
        seen_by=Visibility(each.visibility).words if own else f"{each.person.name} and their appraiser",
        characteristics=[
            (f"{it.code} {it.short_title}", pages.address(scope, "characteristic", code=it.code))
            for it in each.characteristics.all()
        ],
        form=form if open_to_me else None,
        change_url=pages.address(scope, "goal-change", goal=each.pk) if open_to_me else "",
        list_url=pages.address(scope, "goals"),
    )


def as_typed(each: Goal) -> dict[str, Any]:
    """Return a goal as its form holds it."""
    return {
        "what": each.what,
        "step": each.step,
        "due_on": each.due_on,
        "serves": [it.code for it in each.characteristics.all()],
        "visibility": each.visibility,
        "version": each.version,
    }
