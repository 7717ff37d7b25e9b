"""A progress meeting's minute and agenda as documents. Pupils are named where the page names them to this reader."""

from collections.abc import Iterator, Sequence

from headship.core import papers
from headship.core.paper import Block, Heading, Paper, Points, Words
from headship.core.scope import Scope
from headship.outcomes.meeting_pages import AgendaPage, LineRow, MeetingPage


def minute(scope: Scope, page: MeetingPage) -> Paper:
    """Return the minute of a meeting as a document."""
    return papers.made(scope, page.title, (), _minute(page))


def _minute(page: MeetingPage) -> Iterator[Block]:
    yield from papers.facts(page.facts)
    if page.earlier:
        yield Heading("Open from earlier meetings")
        yield from _lines(page.earlier)
    if page.notes:
        yield Heading("What was talked about")
        yield from papers.prose(page.notes)
    yield Heading("What changes")
    yield from _lines(page.lines) if page.lines else [Words("Nothing is written down yet.")]
    yield papers.seen_by(page.seen_by)


def agenda(scope: Scope, page: AgendaPage) -> Paper:
    """Return the agenda of the next meeting as a document."""
    return papers.made(scope, page.title, ("Made of what is known today.",), _agenda(page))


def _agenda(page: AgendaPage) -> Iterator[Block]:
    yield Heading("1. What we said would change")
    yield from _lines(page.open) if page.open else [Words("Nothing is open.")]
    yield Heading("2. New results")
    yield from _results(page)
    yield Heading("3. Targets")
    yield from _found([(each.about, each.finding) for each in page.targets], "No target is set.")
    yield Heading("4. Interventions")
    found = [(each.name, each.finding) for each in page.interventions]
    yield from _found(found, "None runs, or waits to be looked at.")
    yield Heading("5. What changes now, for whom, by whom, by when?")


def _results(page: AgendaPage) -> list[Block]:
    return (
        [Words(f"{page.since}:"), Points([each.words for each in page.results])]
        if page.results
        else [Words(f"{page.since}, none came in.")]
    )


def _found(rows: Sequence[tuple[str, str]], none: str) -> list[Block]:
    told: list[Block] = []
    for name, finding in rows:
        told += [Heading(name, 2), Words(finding)]
    return told or [Words(none)]


def _lines(rows: Sequence[LineRow]) -> Iterator[Block]:
    for row in rows:
        yield Heading(f"{row.what} ({row.state[:1].lower()}{row.state[1:]})", 2)
        yield Words(row.facts)
        if row.pupils:
            yield Words(f"Pupils: {row.pupils}")
        if row.came_of_it:
            yield from papers.prose(f"What came of it: {row.came_of_it}")
