"""The screens of published results: the first part with what can be said, and a page for each other part."""

from django.http import HttpRequest, HttpResponse

from headship.core import kept, papers
from headship.core.errors import existing
from headship.core.pages import show
from headship.core.scope import Scope
from headship.outcomes import published_pages as pages
from headship.outcomes import published_paper, published_parts


def published(request: HttpRequest, scope: Scope, part: str = "") -> HttpResponse:
    """Show a part of what is published of the school, kept until anything is done here or imported."""
    existing(published_parts.named(part))

    def made() -> HttpResponse:
        page = published_parts.of(scope, pages.published_page(scope), part)
        return show(request, "outcomes/published.html", page, scope=scope)

    return kept.page(request, scope, made)


def document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give what is published of the school as a document."""
    return papers.given(request, published_paper.paper(scope, pages.published_page(scope)))
