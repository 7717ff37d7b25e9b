"""What a plan said when the board's approval of it was recorded: kept with the approval, and never changed.

Nobody is named in it: who does what is in the plan itself, and changes.
"""

import json
from collections.abc import Iterator

from headship.core.pages import in_words, money
from headship.strategy import plan_queries
from headship.strategy.models import Approval, Objective, PlannedAction, Priority
from headship.strategy.plan_queries import Whole

HEADS = ("What", "In words", "More")


def words_of(whole: Whole) -> str:
    """Return a plan as it stands, line by line, to be kept."""
    return json.dumps(list(_lines(whole)), ensure_ascii=False)


def lines_of(approval: Approval) -> list[tuple[str, str, str]]:
    """Return the lines that were kept; none where the approval is older than the keeping of them."""
    kept = json.loads(approval.kept) if approval.kept else []
    return [(what, words, more) for what, words, more in kept]


def _lines(whole: Whole) -> Iterator[tuple[str, str, str]]:
    plan = whole.plan
    yield "Plan", plan.title, f"{in_words(plan.starts_on)} to {in_words(plan.ends_on)}"
    for priority in whole.priorities:
        yield "Priority", priority.title, _priority(priority)
        for objective in priority.objectives.all():
            yield "Objective", objective.words, _objective(objective)
            for each in whole.actions:
                if each.objective_id == objective.pk:
                    yield "Action", each.what, _action(each)
    for each in whole.loose:
        yield "Action for no objective", each.what, _action(each)


def _priority(of: Priority) -> str:
    days = f"{in_words(of.starts_on)} to {in_words(of.ends_on)}"
    return f"{of.why} ({days})" if of.why else days


def _objective(of: Objective) -> str:
    told = (("seen by", of.measure), ("from", of.baseline), ("to", of.target))
    return ", ".join(f"{word} {value}" for word, value in told if value)


def _action(of: PlannedAction) -> str:
    cost = plan_queries.cost(of)
    milestones = [f"{each.words} by {in_words(each.due_on)}" for each in of.milestones.all()]
    told = [f"by {in_words(of.due_on)}", f"cost {money(cost)}" if cost is not None else "cost not known", *milestones]
    return "; ".join(told)
