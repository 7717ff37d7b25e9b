"""Screens of a school's own results."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from headship.core import kept
from headship.core.errors import require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.outcomes import own_pages, own_year_pages, rules
from headship.outcomes.own_frame import Asked, OwnPage

LONGEST_KEY = 18  # figures; a database's keys have 19 at most


def _shown(request: HttpRequest, scope: Scope, make: Callable[[Scope, Asked], OwnPage]) -> HttpResponse:
    """Show a page made of results, kept until anything is done here."""
    require(rules.see_results(scope))
    asked = _asked(request)
    return kept.page(request, scope, lambda: show(request, "outcomes/own.html", make(scope, asked), scope=scope))


def _asked(request: HttpRequest) -> Asked:
    """Read what was chosen; what cannot be a choice is as if nothing was."""
    told = request.GET
    return Asked(
        _number(told.get("sat", "")), told.get("year_group", ""), told.get("subject", ""), _number(told.get("year", ""))
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else None


def results(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show how pupils did in each subject."""
    return _shown(request, scope, own_pages.results_page)


def gap(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the disadvantage gap."""
    return _shown(request, scope, own_pages.gap_page)


def groups(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show groups of pupils."""
    return _shown(request, scope, own_pages.groups_page)


def years(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show three years."""
    return _shown(request, scope, own_year_pages.years_page)


def attendance(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show attendance."""
    return _shown(request, scope, own_year_pages.attendance_page)
