"""Exactly what the pages of promises show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.forms import Form

from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.voice import complaint_queries, pages, queries, rules
from headship.voice.models import Promise
from headship.voice.result_pages import PromiseRow, promise_rows


@dataclass(frozen=True, slots=True)
class PromisesPage:
    """You said, we did: what is open, and what was kept."""

    title: str
    due: Sequence[PromiseRow]
    kept: Sequence[PromiseRow]
    back: str


@dataclass(frozen=True, slots=True)
class PromisePage:
    """One promise, and the form that says it was kept."""

    title: str
    said: str
    facts: Sequence[tuple[str, str]]
    kept: bool
    form: Form | None
    cannot_keep: str | None
    back: str


def promises_page(scope: Scope) -> PromisesPage:
    """Arrange the promises of the school."""
    rows = [*promise_rows(scope, queries.promises(scope)), *_learned_rows(scope)]
    return PromisesPage(
        title="You said, we did",
        due=[each for each in rows if not each.kept],
        kept=[each for each in rows if each.kept],
        back=pages.address(scope, "surveys"),
    )


def _learned_rows(scope: Scope) -> Iterator[PromiseRow]:
    """Arrange what the school shows that it learned from complaints, which leads nobody to one."""
    for each in complaint_queries.lessons_shown(scope):
        facts = (
            f"Done on {in_words(each.done_on)}. {each.came_of_it}" if each.done_on else f"By {in_words(each.due_on)}"
        )
        url = pages.address(scope, "lesson", lesson=each.pk)
        yield PromiseRow(each.learned, each.doing, facts, url, bool(each.done_on))


def promise_page(scope: Scope, each: Promise, form: Form) -> PromisePage:
    """Arrange one promise."""
    cannot = rules.keep(scope, each.owner_id)
    who = queries.owner_told(scope, each, queries.owners(scope))
    facts = [("Who", who), ("By", in_words(each.due_on)), ("Told in", each.survey.title)]
    if each.kept_on:
        facts += [("Done on", in_words(each.kept_on)), ("What came of it", each.came_of_it)]
    open_to_me = not each.kept_on and cannot is None
    return PromisePage(
        title=each.doing,
        said=each.said,
        facts=facts,
        kept=bool(each.kept_on),
        form=form if open_to_me else None,
        cannot_keep=None if each.kept_on else cannot,
        back=pages.address(scope, "promises"),
    )
