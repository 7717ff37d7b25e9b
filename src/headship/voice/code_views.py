"""Codes to cut out and hand round: one a person, by group, without a name."""

from io import BytesIO

import qrcode
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from qrcode.image.svg import SvgPathImage

from headship.core import papers
from headship.core.errors import existing, require
from headship.core.pages import in_words
from headship.core.paper import Heading, Paper, Picture, Table, Words
from headship.core.scope import Scope
from headship.core.sealed import unseal
from headship.voice import codes as printed
from headship.voice import queries, rules
from headship.voice.models import Survey


def codes(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Give the codes of an open survey as a document."""
    found = existing(queries.survey(scope, survey))
    require(rules.print_codes(scope, queries.facts(found)))
    return papers.given(request, _paper(scope, found, request.build_absolute_uri("/")[:-1]))


def _paper(scope: Scope, survey: Survey, origin: str) -> Paper:
    blocks: list[Heading | Words | Table] = [
        Words(
            "Cut these apart and hand them round within each group, in no order. Each code is for one person and works "
            f"once, until {in_words(survey.closes_on)}. Nobody can tell who had which: keep no list."
        )
    ]
    for group, links in queries.links_by_group(survey, unseal).items():
        rows = [
            (
                f"{survey.title} · {group}",
                drawn(url := f"{origin}{reverse('answer', args=[printed.spaced(link)])}"),
                url,
            )
            for link in links
        ]
        blocks += [Heading(group), Table(f"Codes for {group}", ("Survey", "Scan it", "or type it"), rows)]
    return papers.made(scope, f"Codes: {survey.title}", (), blocks)


def drawn(url: str) -> Picture:
    """Draw an address as a code for a phone's camera."""
    out = BytesIO()
    qrcode.make(url, image_factory=SvgPathImage, box_size=10, border=2).save(out)
    svg = out.getvalue().decode()
    return Picture(svg[svg.index("<svg") :], f"A code that opens {url}", 0.9)
