"""Links printed for people who are asked by name and have no address here: a sheet each, to fold and close."""

from collections.abc import Iterator
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from headship.core import papers
from headship.core.errors import existing, require
from headship.core.pages import in_words
from headship.core.paper import Block, Copy, Heading, Paper, Points, Words
from headship.core.scope import Scope
from headship.core.sealed import unseal
from headship.voice import codes, queries, rules
from headship.voice.code_views import drawn
from headship.voice.models import Invitation, Survey

FIRST = (
    "Fold each sheet twice, so that the name stays outside and the rest inside, and close it.",
    "Hand each, closed, to the person it names. Best have it done by somebody who does not lead them.",
    "Open no link yourself: if you answered by it, nothing could be answered by the person it names.",
    "Nobody is told who has answered, and nobody without an address gets a reminder: remind all of them together.",
)


def links(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Give the links of an open survey's people without an address, as a document."""
    found = existing(queries.survey(scope, survey))
    require(rules.print_links(scope, queries.facts(found)))
    asked = list(queries.to_print(found))
    if not asked:
        raise Http404
    return papers.given(request, _paper(scope, found, asked, request.build_absolute_uri("/")[:-1]))


def _paper(scope: Scope, survey: Survey, asked: list[Invitation], origin: str) -> Paper:
    blocks: list[Block] = [Words(f"{len(asked)} sheets, one for each person without an e-mail address here.")]
    blocks.append(Points(FIRST))
    for each in asked:
        blocks += _sheet(survey, each, origin)
    return papers.made(scope, f"Links: {survey.title}", (), blocks)


def _sheet(survey: Survey, each: Invitation, origin: str) -> Iterator[Block]:
    assert each.person is not None  # whoever has no name has a code
    address = f"{origin}{reverse('answer', args=[codes.spaced(unseal(each.sealed_token))])}"
    yield Copy(f"{survey.title} · for {each.person.name} alone")
    yield Heading(f"For {each.person.name}")
    yield Words("This came to you closed, since whoever has the link can answer by it, once. If it was open, say so.")
    yield Heading(f"{survey.school.name}: {survey.title}", 2)
    if survey.opening:
        yield Words(survey.opening)
    yield Words(
        f"Scan the square with a phone, or type the address. It works once, until {in_words(survey.closes_on)}."
    )
    yield replace(drawn(address), share=0.2)
    yield Words(address)
    yield Words(
        "Your answers are kept apart from this link and from your name, and deleted when the survey closes. "
        f"Nothing is ever shown of fewer than {survey.fewest} answers. No page tells anybody whether you answered."
    )
