"""Exactly what the pages of bets show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.utils import timezone
from django.utils.safestring import SafeString

from headship.core.components import TimelineItem
from headship.core.pages import Link, in_words, money
from headship.core.registry import Beside
from headship.core.scope import Scope
from headship.improvement import bet_queries, rules
from headship.improvement.choices import GOES_ON, BetState
from headship.improvement.models import Bet, BetDecision
from headship.people.holders import Holders, holders
from headship.standards import queries as standards
from headship.strategy import plan_queries
from headship.strategy.pages import address
from headship.strategy.plan_drawing import Bar, timeline

ALWAYS = "4.5"
TIME_HEADS = ("Bet", "Who", "From", "Stops", "How it stands", "Readings")
SEEN_BY = ("All staff and governors",)
NO_NAMES = "Governors are told posts where they know no names."


@dataclass(frozen=True, slots=True)
class BetRow:
    """One bet of the register."""

    title: str
    url: str
    believed: str
    state: str
    facts: str
    asks: bool
    learned: str


@dataclass(frozen=True, slots=True)
class BetsPage:
    """The register: due, running, proposed, over, and all of it over time."""

    title: str
    said: str
    waits: Link | None
    due: Sequence[BetRow]
    running: Sequence[BetRow]
    proposed: Sequence[BetRow]
    over: Sequence[BetRow]
    newer_url: str
    older_url: str
    picture: SafeString | str
    time_heads: Sequence[str]
    times: Sequence[Sequence[str]]
    cannot_propose: str | None
    propose_url: str
    document_url: str


@dataclass(frozen=True, slots=True)
class BetPage:
    """One bet: what is believed, how it stands, what was measured and decided."""

    title: str
    believed: str
    kill_rule: str
    state: str
    asks: str
    facts: Sequence[tuple[str, str]]
    readings: Sequence[Sequence[str]]
    decisions: Sequence[TimelineItem]
    serves: Sequence[Link]
    is_running: bool
    is_proposed: bool
    can_run_again: bool
    cannot_answer: str | None
    cannot_keep: str | None
    decide_url: str
    reading_url: str
    start_url: str
    decline_url: str
    change_url: str
    hand_url: str
    back: str


def bets_page(scope: Scope, page: int = 1) -> BetsPage:
    """Arrange the register."""
    people, today = holders(scope), timezone.localdate(scope.at)
    running = bet_queries.running(scope)
    proposed = bet_queries.proposed(scope)
    over, more = bet_queries.over(scope, page)
    rows = {each.pk: row(scope, each, people, today) for each in (*running, *over)}
    drawn = [*running, *(each for each in over if each.runs_since)]
    here = address(scope, "bets")
    return BetsPage(
        title="Bets",
        said=said(running, bet_queries.counted(scope), today),
        waits=_waits(scope, [each for each in running if bet_queries.asks(each, today)], proposed),
        due=[rows[each.pk] for each in running if bet_queries.asks(each, today)],
        running=[rows[each.pk] for each in running if not bet_queries.asks(each, today)],
        proposed=[row(scope, each, people, today) for each in proposed],
        over=[rows[each.pk] for each in over],
        newer_url=f"{here}?page={page - 1}" if page > 1 else "",
        older_url=f"{here}?page={page + 1}" if more else "",
        picture=picture(drawn, today) if drawn else "",
        time_heads=TIME_HEADS,
        times=[_times(at, each, people, today) for at, each in enumerate(drawn, 1)],
        cannot_propose=rules.propose(scope),
        propose_url=address(scope, "bet-propose"),
        document_url=address(scope, "bets-document"),
    )


def beside(scope: Scope, sources: Sequence[str]) -> Iterator[Beside]:
    """Say beside priorities of the plan which bets serve them."""
    asked = {key for each in sources if (key := plan_queries.priority_key(each)) is not None}
    if not asked or rules.see(scope) is not None:
        return
    for each in bet_queries.of_priorities(scope, asked):
        assert each.priority_id is not None  # the query asked for it
        words = f"{each.title} ({BetState(each.state).words.lower()})"
        yield Beside(plan_queries.priority_source(each.priority_id), "A bet", words, address(scope, "bet", bet=each.pk))


def _waits(scope: Scope, due: Sequence[Bet], proposed: Sequence[Bet]) -> Link | None:
    """Return what waits for the reader: their own bet that is due a decision, or one to let run."""
    for each in due:
        if each.owner_id == scope.person_id:
            return Link(f"Continue, stop or scale: {each.title}", address(scope, "bet-decide", bet=each.pk), False)
    if proposed and rules.keep(scope) is None:
        return Link(f"Let it run, or not: {proposed[0].title}", address(scope, "bet", bet=proposed[0].pk), False)
    return None


def said(running: Sequence[Bet], counted: Mapping[str, int], today: date) -> str:
    """Say in words how many bets run and are due, and how many were continued, stopped and scaled."""
    due = sum(bet_queries.asks(each, today) for each in running)
    ends = [(BetState.STOPPED, "stopped"), (BetState.SCALED, "scaled"), (BetState.CONTINUED, "continued")]
    decided = ", ".join(f"{counted[state]} {word}" for state, word in ends if counted.get(state))
    runs = f"{_count(len(running), 'bet')} {'runs' if len(running) == 1 else 'run'}"
    asked = f", {due} of them due a decision" if due else ""
    return f"{runs}{asked}. Decided so far: {decided or 'none'}."


def row(scope: Scope, each: Bet, people: Holders, today: date) -> BetRow:
    """Arrange one bet of the register."""
    state = BetState(each.state)
    last = _last(each) if state not in {BetState.RUNNING, BetState.PROPOSED} else None
    asks = bet_queries.asks(each, today)
    when = {
        BetState.RUNNING: f"{'was to stop' if each.stops_on < today else 'stops'} on {in_words(each.stops_on)}",
        BetState.PROPOSED: f"proposed, {in_words(each.starts_on)} to {in_words(each.stops_on)}",
    }.get(state, f"{state.words.lower()} on {in_words(each.ended_on)}" if each.ended_on else state.words.lower())
    return BetRow(
        title=each.title,
        url=address(scope, "bet", bet=each.pk),
        believed=believed(each),
        state="Kill rule met" if asks and each.killed_on else state.words,
        facts=f"{people.told(each.owner_id)} · {when} · {cost_told(each)}",
        asks=asks,
        learned=(last.learned or last.because) if last else "",
    )


def believed(each: Bet) -> str:
    """Say what a bet believes."""
    return f"We believe that {_inside(each.trying)} will {_inside(each.expected)}."


def stops_if(each: Bet) -> str:
    """Say what stops a bet before its day."""
    return f"We stop if {_inside(each.kill_rule)}."


def cost_told(each: Bet) -> str:
    """Say what a bet costs, in pounds and hours, as far as anybody knows."""
    told = [money(each.cost)] if each.cost is not None else []
    told += [f"{each.hours.normalize():f} hours"] if each.hours is not None else []
    return f"costs {' and '.join(told)}" if told else "cost not known"


def bet_page(scope: Scope, each: Bet) -> BetPage:
    """Arrange one bet."""
    state, people, today = BetState(each.state), holders(scope), timezone.localdate(scope.at)
    return BetPage(
        title=each.title,
        believed=believed(each),
        kill_rule=stops_if(each),
        state=state.words,
        asks=_asks(each, today),
        facts=_facts(each, people, today),
        readings=readings(each),
        decisions=[_decision(it, people) for it in each.decisions.order_by("on", "pk")],
        serves=_serves(scope, each),
        is_running=state == BetState.RUNNING,
        is_proposed=state == BetState.PROPOSED,
        can_run_again=state in GOES_ON,
        cannot_answer=rules.answer(scope, each.owner_id),
        cannot_keep=rules.keep(scope),
        decide_url=address(scope, "bet-decide", bet=each.pk),
        reading_url=address(scope, "bet-reading", bet=each.pk),
        start_url=address(scope, "bet-start", bet=each.pk),
        decline_url=address(scope, "bet-decline", bet=each.pk),
        change_url=address(scope, "bet-change", bet=each.pk),
        hand_url=address(scope, "bet-hand", bet=each.pk),
        back=address(scope, "bets"),
    )


def readings(each: Bet) -> list[tuple[str, str, str]]:
    """Return what was measured, oldest first."""
    found = sorted(each.readings.all(), key=lambda it: (it.on, it.pk))
    return [
        (
            in_words(it.on),
            it.value,
            f"The kill rule is met. {it.words}".strip() if it.kills else it.words or "Nothing more",
        )
        for it in found
    ]


def picture(drawn: Sequence[Bet], today: date) -> SafeString:
    """Draw bets over time: their readings as dots, today as a line."""
    bars = [
        Bar(at, each.starts_on, _until(each), [(it.on, not it.kills) for it in each.readings.all()])
        for at, each in enumerate(drawn, 1)
    ]
    first, last = min(bar.starts_on for bar in bars), max(bar.due_on for bar in bars)
    words = f"{_count(len(bars), 'bet')} over time. The table says the same."
    return timeline(bars, (first, max(last, today)), today, words)


def times(scope: Scope, drawn: Sequence[Bet]) -> list[tuple[str, ...]]:
    """Return the same as a table."""
    people, today = holders(scope), timezone.localdate(scope.at)
    return [_times(at, each, people, today) for at, each in enumerate(drawn, 1)]


def _until(each: Bet) -> date:
    """Return the day up to which a bet ran, or is to run."""
    return max(each.ended_on or each.stops_on, each.starts_on)


def _times(number: int, each: Bet, people: Holders, today: date) -> tuple[str, ...]:
    state = "Due a decision" if bet_queries.asks(each, today) else BetState(each.state).words
    told = "; ".join(f"{value} on {day}" for day, value, _ in readings(each))
    return (
        f"{number}. {each.title}",
        people.told(each.owner_id),
        in_words(each.starts_on),
        in_words(_until(each)),
        state,
        told or "None",
    )


def _asks(each: Bet, today: date) -> str:
    """Say why a bet asks for a decision now, where it does."""
    if not bet_queries.asks(each, today):
        return ""
    if each.killed_on:
        return f"Its kill rule was met, as noted on {in_words(each.killed_on)}: continue, stop or scale it now."
    return f"Its stop date was {in_words(each.stops_on)}: continue, stop or scale it now."


def _facts(each: Bet, people: Holders, today: date) -> list[tuple[str, str]]:
    last = "Stops on" if each.state == BetState.RUNNING and each.stops_on > today else "Was to stop on"
    return [
        ("What we measure", each.measure),
        ("How we will know", each.knows),
        ("Where it stood at first", each.baseline or "Not known"),
        ("Who answers for it", people.told(each.owner_id)),
        ("From", in_words(each.starts_on)),
        ("Is to stop on" if each.state == BetState.PROPOSED else last, in_words(each.stops_on)),
        ("Cost", cost_told(each).removeprefix("costs ").removeprefix("cost ").capitalize()),
    ]


def _decision(it: BetDecision, people: Holders) -> TimelineItem:
    until = f" until {in_words(it.until)}" if it.until else ""
    told = [it.because, it.evidence and f"Evidence: {it.evidence}", it.learned and f"Learned: {it.learned}"]
    told += [it.unmeasured and f"Not measured, because {_inside(it.unmeasured)}"]
    note = " ".join(_sentence(each) for each in told if each)
    return TimelineItem(on=it.on, words=f"{BetState(it.to).words}{until}", by=people.told(it.by_id), note=note)


def _serves(scope: Scope, each: Bet) -> list[Link]:
    own = standards.framework().by_code[ALWAYS]
    served = [(own.code, own.short_title)]
    served += [(it.code, it.short_title) for it in each.characteristics.all() if it.code != ALWAYS]
    found = [Link(f"{code} {title}", address(scope, "characteristic", code=code), False) for code, title in served]
    if each.priority:
        url = address(scope, "plan-one", plan=each.priority.plan_id)
        found.append(Link(f"Priority: {each.priority.title}", url, False))
    if each.habit:
        found.append(
            Link(f"Tests the habit: {each.habit.practice}", address(scope, "habit", habit=each.habit.pk), False)
        )
    if each.item:
        found.append(
            Link(f"On the horizon: {each.item.title}", address(scope, "horizon-item", item=each.item.pk), False)
        )
    return found


def _last(each: Bet) -> BetDecision | None:
    return max(each.decisions.all(), key=lambda it: (it.on, it.pk), default=None)


def _inside(words: str) -> str:
    """Return words as they stand inside a sentence: without their own stop."""
    return words.strip().rstrip(".")


def _sentence(words: str) -> str:
    return f"{_inside(words)}."


def _count(count: int, noun: str) -> str:
    return f"{count or 'No'} {noun}{'' if count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class DecidePage:
    """The form of a decision, with what was measured above it."""

    title: str
    believed: str
    knows: str
    kill_rule: str
    baseline: str
    readings: Sequence[Sequence[str]]
    form: Form
    back: str


def decide_page(scope: Scope, each: Bet, form: Form) -> DecidePage:
    """Arrange the form of a decision."""
    return DecidePage(
        title=f"Continue, stop or scale: {each.title}",
        believed=believed(each),
        knows=_sentence(f"We know by this: {each.knows}"),
        kill_rule=stops_if(each),
        baseline=each.baseline,
        readings=readings(each),
        form=form,
        back=address(scope, "bet", bet=each.pk),
    )
