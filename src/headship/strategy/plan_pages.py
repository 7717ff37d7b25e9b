"""Exactly what the pages of the strategic plan show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString

from headship.core import registry
from headship.core.pages import academic_year, in_words, listed, money
from headship.core.registry import Beside
from headship.core.scope import Scope
from headship.people.holders import Holders, holders
from headship.schools.calendar_dates import year_of
from headship.strategy import pages, plan_drawing, plan_kept, plan_queries, plan_rules, pulse_pages, vision_rules
from headship.strategy.choices import ACTIVE, Audience, Status
from headship.strategy.models import Approval, Objective, Plan, PlannedAction, PlanWords, Priority
from headship.strategy.plan_queries import Whole

TIME_HEADS = ("Action", "Who", "From", "By", "Status", "Milestones")


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action on the plan."""

    number: int
    what: str
    url: str
    facts: str
    status: str
    late: bool


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One objective on the plan, with its actions."""

    words: str
    url: str
    measure: str
    actions: Sequence[ActionRow]


@dataclass(frozen=True, slots=True)
class PriorityCard:
    """One priority on the plan."""

    key: int
    title: str
    why: str
    facts: str
    serves: str
    objectives: Sequence[ObjectiveRow]
    change_url: str
    objective_url: str
    withdraw_url: str
    beside: Sequence[Beside] = ()


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan on one screen."""

    title: str
    span: str
    approved: str
    copies: Sequence[tuple[str, str]]
    since: Sequence[str]
    nearest: tuple[str, str, str] | None
    priorities: Sequence[PriorityCard]
    loose: Sequence[ActionRow]
    orphans: Sequence[tuple[str, Sequence[str]]]
    costs: str
    picture: SafeString | str
    time_heads: Sequence[str]
    times: Sequence[Sequence[str]]
    told: Sequence[tuple[str, str]]
    others: Sequence[tuple[str, str]]
    pulse: pulse_pages.Pulse | None
    cannot_edit: str | None
    cannot_approve: str | None
    begin_url: str
    priority_url: str
    gone: Sequence[str]
    action_url: str
    approve_url: str
    change_url: str
    document_url: str


@dataclass(frozen=True, slots=True)
class PlanCopyPage:
    """A plan as it stood when the board's approval of it was recorded."""

    title: str
    told: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    back: str


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    """One objective: its measure, where it stood over time, and what is done for it."""

    title: str
    facts: Sequence[tuple[str, str]]
    readings: Sequence[Sequence[str]]
    cannot_edit: str | None
    change_url: str
    measure_url: str
    withdraw_url: str
    withdrawn: str
    back: str


@dataclass(frozen=True, slots=True)
class WordsPage:
    """The plan in somebody's words."""

    title: str
    year: str
    words: Sequence[str]
    shown: str
    is_shown: bool
    version: int
    cannot_write: str | None
    write_url: str
    show_url: str
    document_url: str
    back: str


def plan_page(scope: Scope, of: Plan) -> PlanPage:
    """Arrange a plan."""
    whole, people, today = plan_queries.whole(of), holders(scope), timezone.localdate(scope.at)
    plans = list(plan_queries.plans(scope))
    rows = {each.pk: _row(scope, at, each, people, today) for at, each in enumerate(whole.actions, 1)}
    year = year_of(today)
    return PlanPage(
        title=of.title,
        span=f"{in_words(of.starts_on)} to {in_words(of.ends_on)}",
        approved=approved(whole),
        copies=[
            (f"as approved on {in_words(each.on)}", pages.address(scope, "plan-copy", plan=of.pk, approval=each.pk))
            for each in whole.approvals
            if each.kept
        ],
        since=[f"{each.words} ({in_words(each.on)})" for each in whole.since],
        nearest=_nearest(scope, whole, today),
        priorities=_cards(scope, whole, rows, people),
        loose=[rows[each.pk] for each in whole.actions if each.objective_id is None],
        orphans=orphans(scope, whole),
        costs=costs(whole.actions),
        picture=_drawn(whole, today) if whole.actions else "",
        time_heads=TIME_HEADS,
        times=[_times(at, each, people) for at, each in enumerate(whole.actions, 1)],
        told=[
            (each.words, pages.address(scope, "plan-words", plan=of.pk, year=year, audience=each.value))
            for each in Audience
        ],
        others=[(each.title, pages.address(scope, "plan-one", plan=each.pk)) for each in plans if each.pk != of.pk],
        pulse=pulse_pages.pulse(scope) if of == plan_queries.of_today(plans, today) else None,
        cannot_edit=plan_rules.edit(scope),
        cannot_approve=vision_rules.record(scope),
        begin_url=pages.address(scope, "plan-begin"),
        priority_url=pages.address(scope, "priority-add", plan=of.pk),
        gone=[_gone(each) for each in plan_queries.withdrawn(of)],
        action_url=pages.address(scope, "action-add", plan=of.pk),
        approve_url=pages.address(scope, "plan-approve", plan=of.pk),
        change_url=pages.address(scope, "plan-change", plan=of.pk),
        document_url=pages.address(scope, "plan-document", plan=of.pk),
    )


def copy_page(scope: Scope, of: Plan, approval: Approval) -> PlanCopyPage:
    """Arrange a plan as the board approved it."""
    recorded = timezone.localdate(approval.recorded_at)
    return PlanCopyPage(
        title=f"The plan as the board approved it on {in_words(approval.on)}",
        told=f"Approved in {approval.meeting}, and kept as it stood when that was recorded, on {in_words(recorded)}.",
        heads=plan_kept.HEADS,
        rows=plan_kept.lines_of(approval),
        back=pages.address(scope, "plan-one", plan=of.pk),
    )


def approved(whole: Whole) -> str:
    """Say whether the board approved a plan, and whether it changed since."""
    if whole.approval is None:
        return "The board has not approved it yet."
    when = f"the board approved it on {in_words(whole.approval.on)} ({whole.approval.meeting})"
    return f"Changed since {when}." if whole.since else f"T{when[1:]}, and it has not changed since."


def costs(actions: Sequence[PlannedAction]) -> str:
    """Say what actions cost together, and of how many nobody knows; those that were dropped are left out."""
    counted = [each for each in actions if each.status != Status.DROPPED]
    known = [found for each in counted if (found := plan_queries.cost(each)) is not None]
    if not counted:
        return ""
    if not known:
        return "What it costs is not known of any action."
    whole = f"Known costs come to {money(sum(known))}"
    missing = len(counted) - len(known)
    of = f"{len(known)} of {len(counted)}" if missing else f"all {len(counted)}"
    return f"{whole}, of {of} actions."


def cost_told(each: PlannedAction) -> str:
    """Say what an action costs."""
    if each.hours is not None and each.rate is not None:
        return f"{each.hours.normalize():f} hours at {money(each.rate)} = {money(plan_queries.cost(each))}"
    return money(each.cost) if each.cost is not None else "not known"


def orphans(scope: Scope, whole: Whole) -> list[tuple[str, list[str]]]:
    """Return what hangs in the air, in both directions, by what it lacks."""
    costly = [each for each in whole.loose if plan_queries.cost(each) is not None]
    found = [
        ("Priorities nobody acts on", [each.title for each in whole.unacted]),
        ("Objectives without a measure", [each.words for each in whole.unmeasured]),
        ("Actions that serve no objective", [each.what for each in whole.loose]),
        ("Costs that serve no objective", [f"{cost_told(each)}: {each.what}" for each in costly]),
        ("Values that no priority serves", plan_queries.unserved(scope, whole)),
    ]
    return [(words, rows) for words, rows in found if rows]


def objective_page(scope: Scope, of: Objective) -> ObjectivePage:
    """Arrange one objective."""
    return ObjectivePage(
        title=of.words,
        facts=[
            ("Priority", of.priority.title),
            ("How we will see it", of.measure or "No measure yet"),
            ("Where it stood at first", of.baseline or "Not known"),
            ("Where it is to be", of.target or "Not said"),
        ],
        readings=[(in_words(each.on), each.value) for each in of.readings.order_by("on", "pk")],
        cannot_edit=plan_rules.edit(scope),
        withdraw_url="" if plan_queries.served(of) else pages.address(scope, "objective-withdraw", objective=of.pk),
        withdrawn=withdrawn_told(of) or withdrawn_told(of.priority),
        change_url=pages.address(scope, "objective-change", objective=of.pk),
        measure_url=pages.address(scope, "objective-measure", objective=of.pk),
        back=pages.address(scope, "plan-one", plan=of.priority.plan_id),
    )


def words_page(scope: Scope, of: Plan, audience: Audience, year: int, found: PlanWords | None) -> WordsPage:
    """Arrange the plan in somebody's words."""
    where = {"plan": of.pk, "year": year, "audience": audience.value}
    shown = bool(found and found.published_on)
    return WordsPage(
        title=f"Our plan, {audience.words.lower()}",
        year=academic_year(year),
        words=[line.strip() for line in found.words.splitlines() if line.strip()] if found else [],
        shown=f"Shown since {in_words(found.published_on)}" if found and shown else "Only the headteacher sees it",
        is_shown=shown,
        version=found.version if found else 0,
        cannot_write=plan_rules.write(scope),
        write_url=pages.address(scope, "plan-words-write", **where),
        show_url=pages.address(scope, "plan-words-show", **where),
        document_url=pages.address(scope, "plan-words-document", **where),
        back=pages.address(scope, "plan-one", plan=of.pk),
    )


def late(each: PlannedAction, today: date) -> bool:
    """Whether an action is neither done nor dropped after its day."""
    return each.status in ACTIVE and each.due_on < today


def _row(scope: Scope, number: int, each: PlannedAction, people: Holders, today: date) -> ActionRow:
    behind = late(each, today)
    due = f"by {in_words(each.due_on)}{', late' if behind else ''}"
    return ActionRow(
        number=number,
        what=each.what,
        url=pages.address(scope, "planned-action", planned=each.pk),
        facts=f"{people.told(each.owner_id)} · {due} · cost {cost_told(each)}",
        status=Status(each.status).words,
        late=behind or each.status == Status.STUCK,
    )


def _cards(scope: Scope, whole: Whole, rows: dict[int, ActionRow], people: Holders) -> list[PriorityCard]:
    beside = registry.beside(scope, [plan_queries.priority_source(each.pk) for each in whole.priorities])
    return [
        replace(_card(scope, each, whole, rows, people), beside=beside[plan_queries.priority_source(each.pk)])
        for each in whole.priorities
    ]


def _card(scope: Scope, each: Priority, whole: Whole, rows: dict[int, ActionRow], people: Holders) -> PriorityCard:
    of = whole.of(each)
    served = [it.name for it in each.values.all()] + [it.code for it in each.characteristics.all()]
    return PriorityCard(
        key=each.pk,
        title=each.title,
        why=each.why,
        facts=f"{people.told(each.owner_id)} · {in_words(each.starts_on)} to {in_words(each.ends_on)}",
        serves=f"Serves {listed(served)}" if served else "Serves no value that was named",
        objectives=[
            ObjectiveRow(
                words=it.words,
                url=pages.address(scope, "objective", objective=it.pk),
                measure=measured(it),
                actions=[rows[found.pk] for found in of if found.objective_id == it.pk],
            )
            for it in each.objectives.all()
        ],
        change_url=pages.address(scope, "priority-change", priority=each.pk),
        objective_url=pages.address(scope, "objective-add", priority=each.pk),
        withdraw_url=""
        if any(it.status != Status.DROPPED for it in of)
        else pages.address(scope, "priority-withdraw", priority=each.pk),
    )


def withdrawn_told(of: Priority | Objective) -> str:
    """Say when something was withdrawn, and why; nothing where it stands."""
    return f"Withdrawn on {in_words(of.withdrawn_on)}: {of.withdrawn_because}" if of.withdrawn_on else ""


def _gone(of: Priority | Objective) -> str:
    return f"{of.title if isinstance(of, Priority) else of.words}. {withdrawn_told(of)}"


def measured(of: Objective) -> str:
    """Say an objective's measure, from where to where, and where it stands by the newest reading."""
    if not of.measure:
        return "No measure yet"
    newest = max(of.readings.all(), key=lambda each: (each.on, each.pk), default=None)
    now = f"; {newest.value} on {in_words(newest.on)}" if newest else ""
    return f"{of.measure}: from {of.baseline or 'not known'} to {of.target or 'not said'}{now}"


def _nearest(scope: Scope, whole: Whole, today: date) -> tuple[str, str, str] | None:
    each = whole.nearest
    if each is None:
        return None
    when = f"{'was due' if late(each, today) else 'due'} on {in_words(each.due_on)}"
    return each.what, pages.address(scope, "planned-action", planned=each.pk), when


def _times(number: int, each: PlannedAction, people: Holders) -> tuple[str, ...]:
    steps = [
        f"{it.words}, {'reached' if it.reached_on else 'due'} {in_words(it.reached_on or it.due_on)}"
        for it in each.milestones.all()
    ]
    return (
        f"{number}. {each.what}",
        people.told(each.owner_id),
        in_words(each.starts_on),
        in_words(each.due_on),
        Status(each.status).words,
        "; ".join(steps) or "None",
    )


def _drawn(whole: Whole, today: date) -> SafeString:
    bars = [
        plan_drawing.Bar(
            at, each.starts_on, each.due_on, [(it.due_on, bool(it.reached_on)) for it in each.milestones.all()]
        )
        for at, each in enumerate(whole.actions, 1)
    ]
    behind = sum(late(each, today) for each in whole.actions)
    count = len(bars)
    words = f"{count} action{'' if count == 1 else 's'} over time, {behind or 'none'} late. The table says the same."
    return plan_drawing.timeline(bars, (whole.plan.starts_on, whole.plan.ends_on), today, words)
