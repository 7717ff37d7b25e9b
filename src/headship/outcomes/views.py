"""Screens of outcomes."""

from django.http import HttpRequest, HttpResponse

from headship.core import kept, papers
from headship.core.pages import show
from headship.core.scope import Scope
from headship.outcomes import contact_queries, pages, similar_paper


def similar(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the schools most like ours, kept until anything is done here or imported."""
    return kept.page(
        request,
        scope,
        lambda: show(request, "outcomes/similar.html", pages.similar_page(scope), scope=scope),
        besides=contact_queries.stamp(scope),
    )


def document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give the schools most like ours as a document."""
    return papers.given(request, similar_paper.paper(scope, pages.similar_page(scope)))
