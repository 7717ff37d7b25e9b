"""The screen of published results."""

from django.http import HttpRequest, HttpResponse

from headship.core import kept, papers
from headship.core.pages import show
from headship.core.scope import Scope
from headship.outcomes import published_pages as pages
from headship.outcomes import published_paper


def published(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what is published of the school, kept until anything is done here or imported."""
    return kept.page(
        request, scope, lambda: show(request, "outcomes/published.html", pages.published_page(scope), scope=scope)
    )


def document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give what is published of the school as a document."""
    return papers.given(request, published_paper.paper(scope, pages.published_page(scope)))
