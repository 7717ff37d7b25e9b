"""Pages of exchange: what can be fetched here, downloads of a framework, and the import of one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from headship.core import strict_json, tabular
from headship.core.errors import Unusable, existing
from headship.core.pages import show
from headship.core.scope import Scope
from headship.standards import (
    actions,
    api,
    case,
    catalogue,
    exchange_pages,
    forms,
    imports,
    mahara,
    moodle,
    packages,
    queries,
    views,
)
from headship.standards.case import Package
from headship.standards.queries import FrameworkView

Write = Callable[[FrameworkView, Package, str], bytes]
DOWNLOADS: dict[str, tuple[str, str, Write]] = {
    "case": (".case-1.1.json", "application/json", lambda view, package, base: packages.written(package)),
    "case-1.0": (
        ".case-1.0.json",
        "application/json",
        lambda view, package, base: packages.written(case.spelled_package(package, "v1p0", base)),
    ),
    "moodle": (".moodle.csv", "text/csv", lambda view, package, base: moodle.written(package, code=view.code)),
    "mahara": (".matrix", "application/json", lambda view, package, base: mahara.written(package)),
}


@require_safe
def exchange(request: HttpRequest) -> HttpResponse:
    """Say what can be fetched here, and how."""
    base = request.build_absolute_uri("/").rstrip("/")
    page = exchange_pages.exchange_page(base, catalogue.at(base), may_import=views.may_import(request))
    return show(request, "standards/exchange.html", page)


@require_safe
def download(request: HttpRequest, framework: str, form: str) -> HttpResponse:
    """Give a framework as a file in one of the formats."""
    try:
        view = queries.framework(framework)
        ending, kind, write = DOWNLOADS[form]
    except LookupError as missing:
        raise Http404 from missing
    base = request.build_absolute_uri("/").rstrip("/")
    headers = {"Content-Disposition": f'attachment; filename="{framework}{ending}"'}
    response = HttpResponse(write(view, catalogue.package(view, base), base), content_type=kind, headers=headers)
    return api.cacheable(request, response)


def import_file(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Take a file that brings a framework, and look through it."""
    form = forms.FrameworkForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_looked_through(scope, form))
        except Unusable as fault:
            form.add_error("file", str(fault))
    return show(request, "standards/import.html", exchange_pages.import_page(form), scope=scope)


def _looked_through(scope: Scope, form: forms.FrameworkForm) -> str:
    file = form.cleaned_data["file"]
    if file.size > strict_json.LARGEST:
        raise tabular.fault(file.name, f"is larger than {strict_json.LARGEST >> 20} MB", "Split the framework.")
    incoming = imports.read(file.name, file.read(), at=scope.at)
    kept = actions.keep_incoming(by=scope, at=scope.at, incoming=incoming)
    return reverse("framework-import-check", args=[kept.pk])


def import_check(request: HttpRequest, scope: Scope, incoming: int) -> HttpResponse:
    """Show what a file would bring in; bring it in."""
    kept = existing(queries.incoming(incoming))
    if request.method == "POST":
        framework = actions.import_framework(by=scope, at=scope.at, incoming=kept)
        messages.success(request, f"{framework.title} is imported.")
        return HttpResponseRedirect(reverse("framework", args=[framework.code]))
    return show(request, "standards/import_check.html", exchange_pages.check_page(kept), scope=scope)


@require_POST
def remove(request: HttpRequest, scope: Scope, framework: str) -> HttpResponse:
    """Take an imported framework out again."""
    actions.remove_framework(by=scope, at=scope.at, code=framework)
    messages.success(request, "The framework is taken out.")
    return HttpResponseRedirect(reverse("framework-import"))
