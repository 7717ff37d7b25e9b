"""The plan on one page to hold, and the plan in the words of pupils, parents or staff."""

from collections.abc import Iterator
from dataclasses import replace

from headship.core import papers
from headship.core.paper import Block, Heading, Paper, Table, Words
from headship.core.scope import Scope
from headship.strategy.plan_pages import ActionRow, PlanPage, WordsPage

SEEN_BY = ("All staff", "Governors, who print their own: it tells posts where they know no names")
HEADS = ("Priority", "Objective and measure", "Action", "Who, by when, cost", "Status")


def plan(scope: Scope, page: PlanPage) -> Paper:
    """Return a plan on one A4 page, landscape."""
    return replace(papers.made(scope, page.title, (f"{page.span}. {page.approved}",), _blocks(page)), wide=True)


def _blocks(page: PlanPage) -> Iterator[Block]:
    if rows := list(_rows(page)):
        yield Table("", HEADS, rows)
    for words, found in page.orphans:
        yield Words(f"{words}: {'; '.join(found)}.")
    if page.costs:
        yield Words(page.costs)
    yield papers.seen_by(SEEN_BY)


def _rows(page: PlanPage) -> Iterator[tuple[str, ...]]:
    for card in page.priorities:
        title = card.title
        for each in card.objectives:
            aim = f"{each.words} ({each.measure})"
            for action in each.actions:
                yield (title, aim, *_action(action))
                title, aim = "", ""
            if not each.actions:
                yield (title, aim, "Nobody acts on it yet", "", "")
                title = ""
        if not card.objectives:
            yield (title, "No objective yet", "", "", "")
    for action in page.loose:
        yield ("None yet", "", *_action(action))


def _action(each: ActionRow) -> tuple[str, str, str]:
    return f"{each.number}. {each.what}", each.facts, each.status


def words(scope: Scope, page: WordsPage) -> Paper:
    """Return the plan in somebody's words."""
    blocks: list[Block] = [Heading(page.year), *(Words(line) for line in page.words)]
    return papers.made(scope, page.title, (), blocks)
