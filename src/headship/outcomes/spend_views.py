"""Screens of pupil premium spending."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from headship.core import papers
from headship.core.pages import show
from headship.core.scope import Scope
from headship.outcomes import intervention_queries, spend_paper
from headship.outcomes import spend_actions as actions
from headship.outcomes import spend_forms as forms
from headship.outcomes import spend_pages as pages
from headship.outcomes import spend_queries as queries
from headship.outcomes.target_pages import address
from headship.people.holders import holders
from headship.schools.calendar_dates import year_of


def spend(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show a year's grid with the gap beside it."""
    return show(request, "outcomes/spend.html", pages.spend_page(scope, _year(request, scope)), scope=scope)


def document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give a year's grid with the gap beside it as a document."""
    return papers.given(request, spend_paper.paper(scope, pages.spend_page(scope, _year(request, scope))))


def _year(request: HttpRequest, scope: Scope) -> int:
    """Return the year that was asked for, or this one."""
    asked = request.GET.get("year", "")
    offered = [str(each) for each in pages.years(scope)]
    return int(asked) if asked in offered else year_of(timezone.localdate(scope.at))


def edit(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Fill in a year's grid."""
    if year not in pages.years(scope):
        raise Http404
    kept = queries.spend_year(scope, year)
    if request.method != "POST":
        lines = queries.lines(scope, year)
        rows = (
            forms.of_lines(lines or queries.lines(scope, year - 1)) if "like" in request.GET else forms.of_lines(lines)
        )
        page = pages.grid_page(scope, year, rows, (), kept.version if kept else 0)
        return show(request, "outcomes/spend_grid.html", page, scope=scope)
    owners = list(holders(scope).staff)
    interventions = [each.pk for each in intervention_queries.standing(scope)]
    grid = forms.read(request.POST.dict(), owners, interventions)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1
    if grid.faults:
        page = pages.grid_page(scope, year, grid.rows, grid.faults, version)
        return show(request, "outcomes/spend_grid.html", page, scope=scope)
    actions.keep_spending(by=scope, at=scope.at, year=year, version=version, spent=grid.spent)
    messages.success(request, "The grid is saved.")
    return HttpResponseRedirect(address(scope, "spend") + f"?year={year}")
