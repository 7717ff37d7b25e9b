"""Exactly what the pages of the workload ledger show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString

from headship.analysis.directed_time import told
from headship.core import registry
from headship.core.components import TimelineItem
from headship.core.pages import academic_year, in_words, listed, money, percent
from headship.core.registry import Beside
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.evidence.characteristic_pages import source_url
from headship.people.holders import GONE, Holders, holders
from headship.schools.calendar_dates import year_of
from headship.workload import drawing, limits, pages, queries, rules
from headship.workload.choices import ASKED, TEACHING, Kind, State
from headship.workload.models import Demand
from headship.workload.queries import Ledger, Minutes, Weights

BIGGEST = 8
ROLE_HEADS = ("Post", "Hours a year, of all", "Of one who is asked for all")
COST_HEAD = "Cost"
CHANGE_HEADS = ("Post", "Hours today", "Hours if agreed", "Directed time of one today", "Directed time if agreed")
NO_RATE = "rate not entered"
HOURS_ONLY = (
    "The price is told in hours. What an hour costs is near to somebody's pay where one person holds a post, so pounds "
    "are told to the headteacher and the school business manager alone."
)


@dataclass(frozen=True, slots=True)
class DemandRow:
    """One demand on the ledger."""

    title: str
    url: str
    facts: str
    note: str
    late: bool


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The workload ledger."""

    title: str
    whole: str
    year: str
    proposed: Sequence[DemandRow]
    agreed: Sequence[DemandRow]
    ended: Sequence[DemandRow]
    picture: SafeString | str
    role_heads: Sequence[str]
    roles: Sequence[Sequence[str]]
    rates: str
    pulse: tuple[str, str] | None
    cannot_propose: str | None
    cannot_rate: str | None
    propose_url: str
    rates_url: str


@dataclass(frozen=True, slots=True)
class DemandPage:
    """One demand: what it takes, what a proposal would change, and its history."""

    title: str
    status: str
    waits: bool
    reason: str
    facts: Sequence[tuple[str, str]]
    change_heads: Sequence[str]
    changes: Sequence[Sequence[str]]
    limit: str
    habit: tuple[str, str] | None
    history: Sequence[TimelineItem]
    cannot_weigh: str | None
    cannot_change: str | None
    cannot_review: str | None
    is_proposed: bool
    is_agreed: bool
    weigh_url: str
    change_url: str
    review_url: str
    cannot_question: str | None
    question_url: str
    back: str


def ledger_page(scope: Scope, ledger: Ledger) -> LedgerPage:
    """Arrange the ledger."""
    people, today = holders(scope), timezone.localdate(scope.at)
    total = ledger.weights.total(ledger.agreed)
    pulse = queries.pulse(scope)
    rows = {
        name: [_row(scope, each, ledger.weights, people, today) for each in getattr(ledger, name)]
        for name in ("proposed", "agreed", "ended")
    }
    return LedgerPage(
        title="Workload ledger",
        whole=_whole(ledger, total),
        year=_year(ledger, year_of(today)),
        **rows,
        picture=_picture(ledger) if ledger.agreed else "",
        role_heads=ROLE_HEADS if ledger.weights.rates is None else (*ROLE_HEADS, COST_HEAD),
        roles=[_role(role, total[role], ledger) for role in ASKED if total[role]],
        rates=_rates(ledger.weights),
        pulse=(pulse[0], pages.address(scope, "survey", survey=pulse[1])) if pulse else None,
        cannot_propose=rules.propose(scope),
        cannot_rate=rules.rate(scope),
        propose_url=pages.address(scope, "demand-propose"),
        rates_url=pages.address(scope, "workload-rates"),
    )


def demand_page(scope: Scope, each: Demand) -> DemandPage:
    """Arrange one demand."""
    people, state, today = holders(scope), State(each.state), timezone.localdate(scope.at)
    ledger = queries.ledger(scope)
    history = each.changes.order_by("pk")
    return DemandPage(
        title=each.title,
        status=state.words,
        waits=state == State.PROPOSED,
        reason=each.reason,
        facts=_facts(each, ledger.weights, people),
        change_heads=CHANGE_HEADS,
        changes=_changes(each, ledger, limits.of_year(year_of(today)).minutes) if state == State.PROPOSED else [],
        limit=limits.cited(today) if state == State.PROPOSED else "",
        habit=_habit(scope, each),
        history=[TimelineItem(it.on, it.words, by=people.posts.get(it.by_id, GONE)) for it in history],
        cannot_weigh=rules.weigh(scope, state),
        cannot_change=rules.change(scope, each.proposed_by_id, state),
        cannot_review=rules.review(scope, each.owner_id, state),
        is_proposed=state == State.PROPOSED,
        is_agreed=state == State.AGREED,
        weigh_url=pages.address(scope, "demand-weigh", demand=each.pk),
        change_url=pages.address(scope, "demand-change", demand=each.pk),
        review_url=pages.address(scope, "demand-review", demand=each.pk),
        cannot_question=rules.question(scope, each.owner_id, each.proposed_by_id),
        question_url=pages.address(scope, "demand-question", demand=each.pk),
        back=pages.address(scope, "workload"),
    )


def beside(scope: Scope, sources: Sequence[str]) -> Iterator[Beside]:
    """Say beside habits which demands on staff they question."""
    named = {int(key): each for each in sources for model, _, key in [each.partition(":")] if model == queries.HABIT}
    if not named or rules.read(scope) is not None:
        return
    weights = queries.weighed(scope)
    for each in queries.questioned(scope, named):
        assert each.habit is not None  # the query asked for it
        words = f"{each.title}, {told(weights.minutes(each).total())} a year ({State(each.state).words.lower()})"
        url = pages.address(scope, "demand", demand=each.pk)
        yield Beside(named[each.habit], "On the workload ledger", words, url)


def _habit(scope: Scope, each: Demand) -> tuple[str, str] | None:
    """Return the habit by which a demand is questioned, and its page."""
    words = registry.nameable(scope, queries.HABIT).get(each.habit) if each.habit else None
    return (words, source_url(scope, f"{queries.HABIT}:{each.habit}")) if words else None


def asked_told(each: Demand, weights: Weights) -> str:
    """Say who is asked."""
    order = [str(role) for role in ASKED]
    rows = sorted(each.asked.all(), key=lambda it: order.index(it.role))
    return listed(
        f"{Role(it.role).words.lower()} ({'all ' if it.people is None else ''}{weights.people(it.role, it.people)})"
        for it in rows
    )


def often(each: Demand) -> str:
    """Say how long a demand takes each time, and how often."""
    return f"{told(each.minutes)}, {'once a year' if each.times == 1 else f'{each.times} times a year'}"


def _row(scope: Scope, each: Demand, weights: Weights, people: Holders, today: date) -> DemandRow:
    minutes = weights.minutes(each)
    behind = each.state == State.AGREED and each.review_on < today
    review = f"review {'was due' if behind else 'by'} {in_words(each.review_on)}"
    owner = people.posts.get(each.owner_id, GONE)
    notes = {
        State.AGREED: f"{owner} · {review}",
        State.PROPOSED: f"{owner} · proposed {in_words(each.proposed_on)}",
    }
    ended = f"{State(each.state).words} {in_words(each.ended_on)}: {each.because}"
    return DemandRow(
        title=each.title,
        url=pages.address(scope, "demand", demand=each.pk),
        facts=f"{told(minutes.total())} a year · {often(each)} · {asked_told(each, weights)}",
        note=notes.get(State(each.state), ended),
        late=behind,
    )


def _whole(ledger: Ledger, total: Minutes) -> str:
    count = len(ledger.agreed)
    if not count:
        return ""
    whole = told(sum(total.values()))
    cost = ledger.weights.cost(total)
    said = f", {money(round(cost))} at the school's own rates" if cost is not None else ""
    return f"Staff are asked for {whole} a year by {count} demand{'' if count == 1 else 's'}{said}."


def _year(ledger: Ledger, starts_in: int) -> str:
    """Say what the year added and dropped."""
    parts = [
        f"{len(rows) or 'nothing'} {words}" + (f" ({told(ledger.weights.total(rows).total())})" if rows else "")
        for words, rows in (("added", ledger.added), ("dropped", ledger.dropped))
    ]
    return f"In {academic_year(starts_in)}: {listed(parts)}."


def _picture(ledger: Ledger) -> SafeString:
    rows = [(each.title, ledger.weights.minutes(each).total()) for each in ledger.agreed[:BIGGEST]]
    words = f"The biggest demands, in hours a year: {', '.join(f'{name} {told(size)}' for name, size in rows)}"
    return drawing.bars([(name, size, told(size)) for name, size in rows], words)


def _role(role: Role, minutes: int, ledger: Ledger) -> tuple[str, ...]:
    hours = (role.words, told(minutes), told(queries.each(ledger.agreed, role)))
    return hours if ledger.weights.rates is None else (*hours, _cost(ledger.weights, {role: minutes}))


def _cost(weights: Weights, minutes: Minutes, more: str = "") -> str:
    cost = weights.cost(minutes)
    return NO_RATE if cost is None else f"{money(round(cost))}{more}"


def _rates(weights: Weights) -> str:
    if weights.rates is None:
        return HOURS_ONLY
    if not weights.rates:
        return "The school has not entered what an hour costs, so nothing is told in pounds."
    told_rates = [
        f"{money(pounds)} {f'for {Role(role).words.lower()}' if role else 'for every post without its own'}"
        for role, pounds in sorted(weights.rates.items())
    ]
    return f"An hour is priced at the school's own rates: {listed(told_rates)}."


def _facts(each: Demand, weights: Weights, people: Holders) -> list[tuple[str, str]]:
    minutes, by_rates = weights.minutes(each), " a year, at the school's own rates"
    cost = [] if weights.rates is None else [("It costs", _cost(weights, minutes, by_rates))]
    goes = each.goes.title if each.goes else f"Nothing, because: {each.nothing_because}"
    facts = [
        ("What it is", Kind(each.kind).words),
        ("It takes", f"{told(minutes.total())} a year"),
        ("That is", f"{often(each)}, of {asked_told(each, weights)}"),
        *cost,
        ("Counted as directed time", "Yes" if each.directed else "No"),
        ("Who answers for it", people.posts.get(each.owner_id, GONE)),
        ("What goes for it", goes),
    ]
    if each.state in {State.PROPOSED, State.AGREED}:
        return [*facts, ("Next review", in_words(each.review_on))]
    return [*facts, (State(each.state).words, f"{in_words(each.ended_on)}: {each.because}")]


def _changes(each: Demand, ledger: Ledger, whole: int) -> list[tuple[str, ...]]:
    """Return, of each post a proposal concerns, the hours of all and the directed time of one, before and after."""
    after = [it for it in ledger.agreed if it.pk != each.goes_id] + [each]
    before_all, after_all = ledger.weights.total(ledger.agreed), ledger.weights.total(after)
    roles = [role for role in ASKED if before_all[role] != after_all[role]]
    return [
        (
            role.words,
            told(before_all[role]),
            told(after_all[role]),
            _directed(ledger.agreed, role, whole),
            _directed(after, role, whole),
        )
        for role in roles
    ]


def _directed(demands: Sequence[Demand], role: Role, whole: int) -> str:
    if role not in TEACHING:
        return "not counted"
    minutes = queries.each((it for it in demands if it.directed), role)
    return f"{told(minutes)} ({percent(minutes / whole)})"
