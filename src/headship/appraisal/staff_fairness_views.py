"""The page that asks whether appraisal is fair, for the headteacher."""

from django.http import HttpRequest, HttpResponse

from headship.appraisal import staff_fairness_pages as pages
from headship.appraisal import staff_fairness_queries as queries
from headship.appraisal import staff_queries
from headship.core.pages import show
from headship.core.scope import Scope


def fairness(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show a year's comparison: the year asked for, else the newest that is over, else the newest."""
    every = queries.years(scope) or [staff_queries.this_year(scope)]
    over = [each for each in every if each < staff_queries.this_year(scope)]
    asked = request.GET.get("year", "")
    chosen = next((each for each in every if str(each) == asked), (over or every)[0])
    return show(request, "appraisal/staff_fairness.html", pages.fairness_page(scope, chosen, every), scope=scope)
