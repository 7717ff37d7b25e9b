"""Screens of surveys on paper, of those who are signed in: its runner, and whoever types in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from headship.core import paper_pdf, papers
from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.core.sealed import unseal
from headship.voice import (
    pages,
    paper_actions,
    paper_documents,
    paper_forms,
    paper_pages,
    paper_queries,
    queries,
    rules,
    translation_queries,
)


def paper(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Say who types papers in and where they are put; offer the papers."""
    found = existing(queries.survey(scope, survey))
    require(rules.ask_on_paper(scope, queries.facts(found)))
    form = paper_forms.TypistForm(
        request.POST or None,
        typists=paper_queries.typists(scope),
        initial={"version": found.version, "typist": found.typist_id, "paper_to": found.paper_to},
    )
    if form.is_valid():
        paper_actions.name_typist(by=scope, at=scope.at, survey=found.pk, **form.cleaned_data)
        messages.success(request, "Kept. Ask that person whether they know what to do: their page says it.")
        return HttpResponseRedirect(pages.address(scope, "survey-paper", survey=found.pk))
    return show(request, "voice/paper.html", paper_pages.paper_page(scope, found, form), scope=scope)


def print_papers(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Give the papers of a group, a part of them at a time, as a document."""
    found = existing(queries.survey(scope, survey))
    require(rules.print_papers(scope, queries.facts(found)))
    group, part = request.GET.get("group", ""), request.GET.get("part", "1")
    tokens = queries.links_by_group(found, unseal).get(group, [])
    start = (int(part) - 1) * paper_documents.PART if part.isdecimal() and len(part) < 4 else -1
    if not 0 <= start < len(tokens):
        raise Http404
    typist = paper_queries.typist_of(scope, found)
    if typist is None:
        raise Unusable("Whoever typed papers in can do so no longer. Name somebody else first; nothing was printed.")
    printing = paper_documents.Printing(
        request.build_absolute_uri("/")[:-1],
        typist.post,
        "large" in request.GET,
        group,
        len(tokens),
        translation_queries.tongue_of(found, request.GET.get("in", "")),
    )
    if request.GET.get("as") != "word" and not paper_pdf.has_letters(printing.tongue.letters):
        raise Unusable("The typeface of our PDFs has no letters for this language. Take the papers for Word.")
    made = paper_documents.paper(scope, found, tokens[start : start + paper_documents.PART], printing)
    return papers.given(request, made)


def typing(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Tell whoever types in what they agree to, and lead them to where nothing of them is kept."""
    found = existing(queries.survey(scope, survey))
    require(rules.type_in(scope, queries.facts(found)))
    return show(request, "voice/typing.html", paper_pages.begin_typing_page(scope, found), scope=scope)
