"""Pages of the frameworks: public, as the standards are."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from headship.core.audience import visitor
from headship.core.pages import Link, show
from headship.standards import pages, queries, rules


def framework_list(request: HttpRequest) -> HttpResponse:
    """Show every framework held here."""
    found = queries.frameworks()
    address = {each.code: reverse("framework", kwargs={"framework": each.code}) for each in found}
    page = pages.framework_list(found, address, may_import=may_import(request))
    return show(request, "standards/framework_list.html", page)


def may_import(request: HttpRequest) -> bool:
    """Whether the reader may import a framework, and so is shown the way there."""
    scope = visitor(request)
    return scope is not None and rules.load_frameworks(scope) is None


def framework(request: HttpRequest, framework: str) -> HttpResponse:
    """Show one framework, heading by heading."""
    found = _framework(framework)
    newer = queries.replacement_of(framework)
    link = Link(queries.framework(newer).title, reverse("framework", kwargs={"framework": newer})) if newer else None
    return show(request, "standards/framework.html", pages.framework_page(found, link))


def statement(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """Show one statement and its counterparts."""
    found = _framework(framework)
    if code not in found.by_code:
        raise Http404
    return show(request, "standards/statement.html", pages.statement_page(found, found.by_code[code]))


def _framework(code: str) -> queries.FrameworkView:
    try:
        return queries.framework(code)
    except LookupError as missing:
        raise Http404 from missing
