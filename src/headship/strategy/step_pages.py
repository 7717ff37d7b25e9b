"""Exactly what the page of one action of the plan shows, its trace above all."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from headship.core.components import TimelineItem
from headship.core.pages import in_words, listed
from headship.core.scope import Scope
from headship.people.holders import holders
from headship.strategy import pages, plan_pages, plan_rules, queries, vision_queries
from headship.strategy.choices import ACTION_MOVES, Status
from headship.strategy.models import Minute, PlannedAction


@dataclass(frozen=True, slots=True)
class Traced:
    """One link of the trace: what it is, what stands there or that nothing does, and where to read it."""

    link: str
    words: str
    url: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone, and the addresses that say it was reached and change it, until it was."""

    words: str
    when: str
    version: int
    reach_url: str
    change_url: str


@dataclass(frozen=True, slots=True)
class ActionPage:
    """One action: how far it is, its trace, milestones and minutes."""

    title: str
    status: str
    late: bool
    because: str
    facts: Sequence[tuple[str, str]]
    trace: Sequence[Traced]
    milestones: Sequence[Step]
    minutes: Sequence[TimelineItem]
    seen_by: str
    can_move: bool
    cannot_progress: str | None
    cannot_edit: str | None
    cannot_minute: str | None
    move_url: str
    change_url: str
    milestone_url: str
    minute_url: str
    back: str


def action_page(scope: Scope, each: PlannedAction) -> ActionPage:
    """Arrange one action."""
    people, status = holders(scope), Status(each.status)
    minutes = list(each.minutes.order_by("on", "pk"))
    facts = [
        ("Who", people.told(each.owner_id)),
        ("From", in_words(each.starts_on)),
        ("By", in_words(each.due_on)),
        ("Cost", plan_pages.cost_told(each)),
    ]
    cannot_progress = plan_rules.progress(scope, each.owner_id)
    return ActionPage(
        title=each.what,
        status=status.words,
        late=plan_pages.late(each, timezone.localdate(scope.at)),
        because=each.because,
        facts=[*facts, ("Done on", in_words(each.done_on))] if each.done_on else facts,
        trace=trace(scope, each, minutes),
        milestones=_steps(scope, each, may=cannot_progress is None),
        minutes=[TimelineItem(on=it.on, words=it.words, note=it.meeting) for it in minutes],
        seen_by="All staff and governors; governors are told posts where they know no names",
        can_move=bool(ACTION_MOVES[status]),
        cannot_progress=cannot_progress,
        cannot_edit=plan_rules.edit(scope),
        cannot_minute=plan_rules.minute(scope),
        move_url=pages.address(scope, "planned-move", planned=each.pk),
        change_url=pages.address(scope, "planned-change", planned=each.pk),
        milestone_url=""
        if plan_rules.add_milestone(status)
        else pages.address(scope, "milestone-add", planned=each.pk),
        minute_url=pages.address(scope, "minute-link", planned=each.pk),
        back=pages.address(scope, "plan-one", plan=each.plan_id),
    )


def trace(scope: Scope, each: PlannedAction, minutes: Sequence[Minute]) -> list[Traced]:
    """Return the trace from the vision to the cost, each link that is missing said to be."""
    of = each.objective
    priority = of.priority if of else None
    served = [it.name for it in priority.values.all()] if priority else []
    plan = pages.address(scope, "plan-one", plan=each.plan_id)
    met = [f"{it.meeting}, {in_words(it.on)}" for it in minutes]
    cost = plan_pages.cost_told(each)
    from_one = queries.decision(scope, each.decision_id) if each.decision_id else None
    decided = (
        [Traced("Decision", from_one.what, pages.address(scope, "decision", decision=from_one.pk))] if from_one else []
    )
    return [
        _vision(scope, by_values=bool(served)),
        _link("Values", listed(served) if served else "", "Its priority names no value" if priority else "None"),
        _link("Priority", priority.title if priority else "", "It serves no priority yet", plan),
        _link(
            "Objective",
            of.words if of else "",
            "It serves no objective yet",
            pages.address(scope, "objective", objective=of.pk) if of else "",
        ),
        *decided,
        Traced("Action", each.what),
        _link("Minute", "; ".join(met), "No minute is tied to it"),
        Traced("Cost", cost, missing=cost == "not known"),
    ]


def _vision(scope: Scope, *, by_values: bool) -> Traced:
    """Return the statement in force, which an action serves by a value that its priority names."""
    vision = vision_queries.in_force(scope)
    if vision is None:
        return Traced("Vision", "No statement is in force", missing=True)
    if not by_values:
        return Traced("Vision", "No value ties it to the statement in force", missing=True)
    return Traced("Vision", vision.words.splitlines()[0], pages.address(scope, "vision", vision=vision.pk))


def _link(link: str, words: str, otherwise: str, url: str = "") -> Traced:
    return Traced(link, words, url) if words else Traced(link, otherwise, missing=True)


def _steps(scope: Scope, each: PlannedAction, *, may: bool) -> list[Step]:
    return [
        Step(
            it.words,
            f"Reached on {in_words(it.reached_on)}" if it.reached_on else f"Due on {in_words(it.due_on)}",
            it.version,
            *(
                pages.address(scope, name, milestone=it.pk) if may and not it.reached_on else ""
                for name in ("milestone-reach", "milestone-change")
            ),
        )
        for it in each.milestones.order_by("due_on", "pk")
    ]
