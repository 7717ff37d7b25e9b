"""Equality objectives and information as documents, for a school's own website: no name stands in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from headship.core import papers
from headship.core.pages import in_words
from headship.core.paper import Block, Heading, Paper, Table, Words
from headship.core.scope import Scope
from headship.equality import pages, queries, wordings
from headship.equality.choices import AimState
from headship.equality.models import Aim, Statement
from headship.people.holders import Holders, holders

HEADS = ("Objective", "Whom it concerns", "How it is measured, and where it stands", "Who answers for it", "Days")


def objectives(scope: Scope) -> Paper:
    """Return the published objectives."""
    return _public(scope, "Our equality objectives", (), _aims(scope, queries.listed(scope, AimState.PUBLISHED)))


def statement(scope: Scope, each: Statement) -> Paper:
    """Return a statement of information with its objectives."""
    told = pages.told(scope, each)
    state = told.facts or "A draft, not published"
    return _public(scope, f"Equality information {told.year}", (state,), _blocks(scope, each, told))


def _public(scope: Scope, title: str, about: Sequence[str], blocks: Iterable[Block]) -> Paper:
    """Return a document whose foot names the school and the day, and nobody."""
    paper = papers.made(scope, title, about, blocks)
    return replace(paper, foot=f"{paper.about[0]} · {in_words(scope.at)}")


def _blocks(scope: Scope, each: Statement, told: pages.Told) -> Iterator[Block]:
    for heading, lines in told.parts:
        yield Heading(heading)
        yield from (Words(line) for line in lines or ["Nothing has been written here yet."])
    kept = wordings.kept(each)
    if kept:
        yield Heading("Our equality objectives")
        yield Table("", HEADS, [(it.words, it.concerns, it.measure, it.post, it.days) for it in kept])
        yield from _came((it.words, it.came) for it in kept)
    elif kept is None and (
        found := list(each.aims.prefetch_related("readings", "reviews").order_by("starts_on", "pk"))
    ):
        yield Heading("Our equality objectives")
        yield from _aims(scope, found)


def _aims(scope: Scope, found: Sequence[Aim]) -> Iterator[Block]:
    people = holders(scope)
    if not found:
        yield Words("No equality objective is published.")
        return
    yield Table("", HEADS, [_row(scope, each, people) for each in found])
    yield from _came((each.words, wordings.came_told(each)) for each in found)


def _came(rows: Iterable[tuple[str, str]]) -> Iterator[Block]:
    reviewed = [(words, came) for words, came in rows if came]
    if reviewed:
        yield Heading("What came of them")
    for words, came in reviewed:
        yield Heading(words, 2)
        yield Words(came)


def _row(scope: Scope, each: Aim, people: Holders) -> tuple[str, ...]:
    row = pages.aim_row(scope, each, people)
    return row.words, row.concerns, row.measure, people.posts.get(each.owner_id, "Not said"), row.days
