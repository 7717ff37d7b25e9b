"""Exactly what one person's statement of directed time shows, on the page and in the document."""

from collections.abc import Sequence
from dataclasses import dataclass

from headship.analysis import directed_time
from headship.analysis.directed_time import told
from headship.core.pages import academic_year, in_words, percent
from headship.core.scope import Scope
from headship.people.holders import GONE, holders
from headship.schools.calendar_dates import bounds
from headship.workload import directed_pages, directed_queries, directed_rules, limits, pages
from headship.workload.choices import WEEKDAYS, Directed
from headship.workload.directed_queries import Line, Planned

KIND_HEADS = ("What", "Hours in the year")
LINE_HEADS = ("What", "When", "Each time", "In the year")
WORKING_HEADS = ("From", "Share of full time", "Weekdays")
SEEN_BY = ("Whoever it is about", "The headteacher and senior leaders", "The school business manager")


@dataclass(frozen=True, slots=True)
class WorkingRow:
    """How somebody works from a day on, and where it is taken back."""

    cells: Sequence[str]
    key: int


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One person's directed time in a year: what they can be told to work, what is placed, what remains."""

    title: str
    name: str
    answer: str
    note: str
    facts: Sequence[tuple[str, str]]
    kind_heads: Sequence[str]
    kinds: Sequence[Sequence[str]]
    line_heads: Sequence[str]
    lines: Sequence[Sequence[str]]
    working_heads: Sequence[str]
    working: Sequence[WorkingRow]
    limit: str
    seen_by: Sequence[str]
    can_read: bool
    year: int
    version: int
    current: int
    cannot_plan: str | None
    read_url: str
    working_url: str
    remove_url: str
    document_url: str
    file_url: str
    feed_url: str
    back: str


@dataclass(frozen=True, slots=True)
class NoStatementPage:
    """Where somebody has no statement: nothing is published, or they are not counted."""

    title: str
    words: str
    year_url: str


def statement_page(scope: Scope, planned: Planned, person: int) -> StatementPage:
    """Arrange one person's year."""
    of, held, people = planned.year, planned.sums[person], holders(scope)
    where = {"year": of.starts_in, "person": person}
    mine = person == scope.person_id and planned.version == of.published_version
    plans = directed_rules.plan(scope) is None
    return StatementPage(
        title=f"{'My directed' if mine else 'Directed'} time {academic_year(of.starts_in)}",
        name=people.names.get(person, GONE),
        answer=_answer(held),
        note=_note(planned),
        facts=_facts(planned, person),
        kind_heads=KIND_HEADS,
        kinds=[(kind.words, told(held.by_kind[kind])) for kind in Directed if held.by_kind.get(kind)],
        line_heads=LINE_HEADS,
        lines=_lines(planned, person),
        working_heads=WORKING_HEADS,
        working=_working(planned, person) if plans else [],
        limit=limits.cited(bounds(of.starts_in)[0]),
        seen_by=SEEN_BY,
        can_read=mine and not directed_queries.has_read(scope, of),
        year=of.starts_in,
        version=planned.version,
        current=of.version,
        cannot_plan=directed_rules.plan(scope),
        read_url=pages.address(scope, "directed-read", year=of.starts_in),
        working_url=pages.address(scope, "directed-working", **where) if plans else "",
        remove_url=pages.address(scope, "directed-working-remove", year=of.starts_in) if plans else "",
        document_url=pages.address(scope, "directed-statement", **where),
        file_url=pages.address(scope, "directed-calendar", year=of.starts_in) if mine else "",
        feed_url=pages.address(scope, "calendar-feed") if mine else "",
        back=pages.address(scope, "directed-year", year=of.starts_in) if directed_rules.view(scope) is None else "",
    )


def no_statement_page(scope: Scope, starts_in: int) -> NoStatementPage:
    """Say why somebody has no statement."""
    found = directed_queries.year(scope, starts_in)
    words = "No directed time is published yet. Yours stands here as soon as it is."
    if found and found.published_version:
        words = (
            "Your time is not counted as directed time here: leadership posts and posts that do not teach are not. "
            "Ask the headteacher if you think it should be."
        )
    may = directed_rules.view(scope) is None
    return NoStatementPage(
        title=f"My directed time {academic_year(starts_in)}",
        words=words,
        year_url=pages.address(scope, "directed-year", year=starts_in) if may else "",
    )


def days_of(planned: Planned, person: int, line: Line, *, named: bool) -> int:
    """Return the set of days on which something counts for somebody."""
    usual, present = directed_time.worked(planned.days, planned.patterns[person])
    return line.on & (present if named else usual)


def _answer(held: directed_time.Sum) -> str:
    if held.left < 0:
        return f"{told(held.placed)} is placed of {told(held.entitled)}: {told(-held.left)} too much."
    return f"{told(held.left)} remains of {told(held.entitled)}: {told(held.placed)} is placed."


def _note(planned: Planned) -> str:
    of = planned.year
    if planned.version == of.published_version:
        return f"As published on {in_words(of.published_on)}."
    return "A draft: staff are shown what was published last." if of.published_version else "A draft, not published."


def _facts(planned: Planned, person: int) -> list[tuple[str, str]]:
    held = planned.sums[person]
    facts = [
        ("Share of full time", directed_pages.shares(planned, person)),
        ("Can be told to work", told(held.entitled)),
        ("Placed", told(held.placed)),
        ("Remains", told(held.left)),
        ("Days with directed time", f"{held.days} of {planned.limits.days} at most"),
        ("Days with teaching", f"{held.teaching_days} of {planned.limits.teaching_days} at most"),
    ]
    teaching = held.by_kind.get(Directed.TEACHING, 0)
    if teaching:
        part = percent(held.by_kind.get(Directed.PPA, 0) / teaching)
        facts.append(("PPA beside teaching", f"{part}; {limits.ppa(planned.year.starts_in)}"))
    return facts


def _lines(planned: Planned, person: int) -> list[tuple[str, ...]]:
    """Return what is placed for somebody; what differs in its days alone stands in one row."""
    order = list(Directed)
    rows: dict[tuple[Directed, str, int], list[tuple[Line, int]]] = {}
    for each, named in sorted(planned.concerning(person), key=lambda held: _place(held[0], order)):
        days = days_of(planned, person, each, named=named)
        if days:
            rows.setdefault((each.kind, each.title, each.minutes), []).append((each, days))
    return [
        (
            title,
            "; ".join(_when(planned, each, days) for each, days in held),
            told(minutes),
            told(minutes * sum(days.bit_count() for _, days in held)),
        )
        for (_, title, minutes), held in rows.items()
    ]


def _place(each: Line, order: Sequence[Directed]) -> tuple[int, str, int]:
    return order.index(each.kind), each.title, -1 if each.weekday is None else each.weekday


def _when(planned: Planned, each: Line, days: int) -> str:
    """Say on which of its days something counts for somebody."""
    if each.weekday is None:
        return ", ".join(in_words(day) for day in planned.days.held(days))
    since = f" from {in_words(each.first_on)}" if each.first_on else ""
    until = f" until {in_words(each.last_on)}" if each.last_on else ""
    count = days.bit_count()
    return f"{WEEKDAYS[each.weekday]}s{since}{until}: {count} {'time' if count == 1 else 'times'}"


def _working(planned: Planned, person: int) -> list[WorkingRow]:
    return [
        WorkingRow(
            (
                in_words(each.starts_on),
                directed_pages.share(directed_queries.pattern(each).share),
                ", ".join(WEEKDAYS[int(day)] for day in each.weekdays) or "None",
            ),
            each.pk,
        )
        for each in planned.working
        if each.person_id == person
    ]
