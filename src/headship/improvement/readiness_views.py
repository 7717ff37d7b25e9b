"""Screens of readiness."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from headship.core import papers
from headship.core.errors import Stale, existing
from headship.core.pages import show
from headship.core.saving import keep
from headship.core.scope import Scope
from headship.improvement import documents, forms, readiness_actions, readiness_pages, readiness_queries
from headship.improvement.areas import Area, AreaSet
from headship.strategy.pages import FormPage, address


def readiness(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what there is for each area, and what is thin."""
    return show(request, "improvement/readiness.html", readiness_pages.readiness_page(scope), scope=scope)


def document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give it to hold: what leaders and governors both may see."""
    page = readiness_pages.readiness_page(scope, readiness_queries.for_board(scope))
    return papers.given(request, documents.readiness(scope, page))


def area(request: HttpRequest, scope: Scope, area: str) -> HttpResponse:
    """Show one area."""
    held, found = _found(scope, area)
    page = readiness_pages.area_page(scope, held, found)
    return show(request, "improvement/readiness_area.html", page, scope=scope)


def note(request: HttpRequest, scope: Scope, area: str) -> HttpResponse:
    """Write what leaders would show, and do about it."""
    held, found = _found(scope, area)
    before = next(iter(readiness_queries.versions(scope, held.inspectorate, area, most=1)), None)
    typed = {"show": before.show, "doing": before.doing, "version": before.version} if before else {"version": 0}
    form = forms.NoteForm(request.POST or None, initial=typed)
    back = address(scope, "readiness-area", area=area)
    if form.is_valid():
        told = {**form.cleaned_data, "version": form.cleaned_data["version"] or 0}
        try:
            readiness_actions.write_readiness(by=scope, at=scope.at, area=area, **told)
            return HttpResponseRedirect(back)
        except Stale:
            newest = readiness_queries.versions(scope, held.inspectorate, area, most=1)
            keep(form, newest[0].version)
    return show(request, "strategy/form.html", FormPage(found.name, form, "Save", back), scope=scope)


def _found(scope: Scope, code: str) -> tuple[AreaSet, Area]:
    held = readiness_queries.areas_of(scope)
    return held, existing(held.area(code))
