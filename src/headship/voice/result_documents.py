"""The results of a survey of the school as a report to hold, and what was released as a table."""

import csv
import io
from collections.abc import Iterator, Sequence

from headship.core import papers
from headship.core.pages import listed
from headship.core.paper import Block, Heading, Paper, Table, Words
from headship.core.scope import Scope
from headship.core.tabular import safe_cell
from headship.voice import instruments, pages, queries, result_pages, said
from headship.voice.choices import Chosen
from headship.voice.inks import drawn
from headship.voice.models import Figure, Survey
from headship.voice.result_pages import ResultsPage, Theme, Told

HEADS = ("Theme", "Question", "Groups by", "Group", "Answers", "Mean", "Low", "High", "Steps", "How many chose each")
ABOUT = "What was released when the survey closed, and nothing else: no single answer exists any more."


METHODS = "How this is worked out stands in Headship under Methods: mean, change, disclosure-audit and comment-themes."


def report(scope: Scope, page: ResultsPage) -> Paper:
    """Return results as a document."""
    about = (f"{page.answered} · closed on {page.closed}", ABOUT)
    return papers.made(scope, page.title, about, _blocks(page))


def _blocks(page: ResultsPage) -> Iterator[Block]:
    if page.finding:
        yield Words(page.finding)
    if page.promises:
        rows = [(each.said, each.doing, each.facts) for each in page.promises]
        yield Heading("You said, we did")
        yield Table("", ("You said", "We will", "Who and when"), rows)
    for theme in page.themes:
        yield from _theme(theme)
    for each in page.words:
        yield Heading(each.question)
        if not each.comments:
            yield Words("Too few wrote for their words to be shown.")
        yield from (Words(f"“{words}”" + (f" ({named})" if named else "")) for words, named in each.comments)
    yield Heading("How to read it")
    yield Words(
        f"Nothing rests on fewer than {page.fewest} people, nor on what fewer could be worked out from: {page.hidden} "
        "figures are left out. Each mean stands with where it is likely to lie. There is no total and no rank."
    )
    if page.compared:
        yield Words(
            "Who answered both times is known to nobody, so a change is told as if other people had answered: where "
            "people keep their views, it is likely to lie closer than it says."
        )
    yield Words(METHODS)
    yield papers.seen_by([page.seen_by])


def _theme(theme: Theme) -> Iterator[Block]:
    yield Heading(theme.name)
    if theme.said:
        yield Words(". ".join(filter(None, (theme.said, theme.facts, theme.change))) + ".")
    if theme.groups:
        yield Table("", theme.heads, theme.groups)
    for each in theme.questions:
        yield from _question(each)


def _question(each: Told) -> Iterator[Block]:
    yield Heading(each.words, 2)
    yield Words(". ".join(filter(None, (each.said, each.facts, each.change))) + ".")
    if each.picture:
        yield drawn(each.picture, 0.5)
    if shown := [group for group in each.groups if group[1] != said.NOT_SHOWN]:
        yield Table("", each.heads, shown)
    if hidden := [group[0] for group in each.groups if group[1] == said.NOT_SHOWN]:
        yield Words(f"Too few to show: {listed(hidden)}.")


def figures(survey: Survey, held: Sequence[Figure], chosen: Chosen) -> str:
    """Return the released cells as CSV; of those withheld there is no row, so that nothing can be read of them."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(HEADS)
    asked = {each.code: each for each in queries.questions(survey)}
    for each in result_pages.of_variable(held, chosen.by):
        theme = result_pages.theme_of(asked[each.question])
        if each.count is not None and chosen.theme in {"", theme}:
            table.writerow([safe_cell(cell) for cell in (theme, *_cells(each, asked[each.question]))])
    return written.getvalue()


def _cells(each: Figure, question: instruments.Question) -> tuple[str, ...]:
    scale = instruments.scales()[question.scale]
    steps = scale.steps
    if each.nearly is not None:
        told = f"All or nearly all: {steps[each.nearly]}"
    else:
        told = "; ".join(f"{step}: {count}" for step, count in zip(steps, each.spread or (), strict=False))
    told_of = (each.mean, each.low, each.high) if scale.judges else (None,) * 3
    numbers = ("" if value is None else f"{value:.3f}" for value in told_of)
    group = pages.group_words(each.group)
    return (question.words, each.variable, group, str(each.count), *numbers, str(len(steps)), told)
