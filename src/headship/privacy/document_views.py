"""The documents a school must show before it uses Headship, filled in."""

from django.http import Http404, HttpRequest, HttpResponse

from headship.core.pages import show
from headship.core.scope import Scope
from headship.privacy import documents, pages


def all_documents(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the documents."""
    page = pages.DocumentsPage("What the school must show", tuple(documents.titles().items()))
    return show(request, "privacy/documents.html", page, scope=scope)


def document(request: HttpRequest, scope: Scope, document: str) -> HttpResponse:
    """Show one, to read and to print."""
    return show(request, "privacy/document.html", _found(scope, document), scope=scope)


def document_file(request: HttpRequest, scope: Scope, document: str) -> HttpResponse:
    """Download one as Markdown, to be edited."""
    headers = {"Content-Disposition": f'attachment; filename="{document}.md"'}
    return HttpResponse(_found(scope, document).text, content_type="text/markdown; charset=utf-8", headers=headers)


def _found(scope: Scope, name: str) -> documents.Document:
    try:
        return documents.filled(scope, name)
    except LookupError as unknown:
        raise Http404 from unknown
