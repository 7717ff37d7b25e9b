"""The page that asks whether appraisal is fair, and the one that compares by what staff said of themselves, once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from headship.appraisal import staff_fairness_pages as pages
from headship.appraisal import staff_fairness_queries as queries
from headship.appraisal import staff_queries
from headship.appraisal.staff_pages import address
from headship.core.pages import show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.equality import apart_actions
from headship.equality import apart_queries as apart
from headship.equality.apart_forms import ReleaseForm


def fairness(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show a year's comparison: the year asked for, else the newest that is over, else the newest."""
    chosen, every = _chosen(scope, request.GET.get("year", ""))
    return show(request, "appraisal/staff_fairness.html", pages.fairness_page(scope, chosen, every), scope=scope)


def release(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Say what is compared by what staff said of themselves, and compare it, once."""
    sent = request.POST if request.method == "POST" else None
    year, _ = _chosen(scope, (sent or request.GET).get("year", ""))
    form = ReleaseForm(sent, initial={"year": year})

    def save(_told: dict[str, Any]) -> None:
        people, holds = queries.looked_at(scope, year)
        apart_actions.release_fairness(by=scope, at=scope.at, starts_in=year, people=people, holds=holds)

    back = HttpResponseRedirect(f"{address(scope, 'staff-fairness')}?year={year}")
    if sent is None and apart.released(scope, year):
        return back
    if why := pages.cannot_release(scope, year, staff_queries.this_year(scope)):
        messages.info(request, why)
        return back
    if sent is not None and saved(form, save):
        messages.success(request, "Compared. What can be shown stands on this page.")
        return back
    return show(request, "appraisal/staff_fairness_release.html", pages.release_page(scope, year, form), scope=scope)


def _chosen(scope: Scope, asked: str) -> tuple[int, list[int]]:
    """Return the academic year that is looked at, and all there are."""
    this_year = staff_queries.this_year(scope)
    every = queries.years(scope) or [this_year]
    over = [each for each in every if each < this_year]
    return next((each for each in every if str(each) == asked), (over or every)[0]), every
