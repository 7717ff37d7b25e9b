"""Exactly what the page of who is asked shows: how many of each kind of post, and a page of people to tick."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from headship.core.scope import Scope
from headship.voice import choosing, pages, queries, rules
from headship.voice.asking_queries import Offered
from headship.voice.models import Survey
from headship.voice.people_forms import PAGE, Look, PeopleForm


@dataclass(frozen=True, slots=True)
class Post:
    """One kind of post: how many have one, how many of them are asked, and what the buttons for all and none send."""

    words: str
    facts: str
    all: str
    none: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Who can be asked, with the group each answers in. `nearby` leads to other pages of people, saving this one."""

    title: str
    form: Form
    told: str
    posts: Sequence[Post]
    last: str
    heading: str
    rows: Sequence[tuple[Any, Any, Any]]
    nearby: Sequence[tuple[str, str]]
    teams: Sequence[str]
    codes: Sequence[tuple[str, int]]
    codes_form: Form | None
    codes_url: str
    mailed: Sequence[tuple[str, int]]
    mail_url: str
    back: str


def people_page(scope: Scope, survey: Survey, form: PeopleForm, codes_form: Form, look: Look) -> PeoplePage:
    """Arrange who can be asked: people known by name are asked so alone."""
    cannot = rules.ask_without_names(scope, queries.facts(survey))
    people = form.everybody
    asked = sum(each.chosen for each in people)
    return PeoplePage(
        title="Who is asked",
        form=form,
        told=f"{asked:,} of {len(people):,} people are asked now.",
        posts=[_post(people, post) for post in dict.fromkeys(each.post for each in people)],
        last=form.last.title if form.last else "",
        heading=_heading(look),
        rows=form.rows(),
        nearby=_nearby(look),
        teams=choosing.teams(people),
        codes=[] if cannot else queries.codes_by_group(survey),
        codes_form=None if cannot else codes_form,
        codes_url=pages.address(scope, "survey-codes-make", survey=survey.pk),
        mailed=queries.mailed_by_group(survey),
        mail_url=pages.address(scope, "survey-addresses", survey=survey.pk),
        back=pages.address(scope, "survey", survey=survey.pk),
    )  # fmt: skip


def _post(people: Sequence[Offered], post: str) -> Post:
    held = [each for each in people if each.post == post]
    asked = sum(each.chosen for each in held)
    return Post(post, f"{asked:,} of {len(held):,} asked", choosing.ALL + post, choosing.NONE + post)


def _heading(look: Look) -> str:
    count = len(look.found)
    if look.find:
        return f"{count:,} named “{look.find}”"
    first, last = (look.page - 1) * PAGE + 1, min(look.page * PAGE, count)
    return f"People {first:,} to {last:,} of {count:,}" if count > PAGE else "People"


def _nearby(look: Look) -> list[tuple[str, str]]:
    """Return the buttons to the pages after and before, by the names they begin and end with."""
    offered = ((look.page + 1, "Save, then on to"), (look.page - 1, "Save, then back to"))
    parts = [(at, words, look.on(at)) for at, words in offered]
    return [(f"page-{at}", f"{words} {part[0].name} to {part[-1].name}") for at, words, part in parts if part]
