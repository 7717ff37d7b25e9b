"""Screens of a school's own results."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from headship.core import kept, papers
from headship.core.errors import require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.outcomes import own_pages, own_paper, own_sources, own_year_pages, progress_pages, rules
from headship.outcomes.own_frame import Asked, OwnPage

PARTS: Mapping[str, Callable[[Scope, Asked], OwnPage]] = {
    "results": own_pages.results_page,
    "progress": progress_pages.progress_page,
    "gap": own_pages.gap_page,
    "groups": own_pages.groups_page,
    "years": own_year_pages.years_page,
    "attendance": own_year_pages.attendance_page,
}
CHOICES = frozenset({"sat", "year_group", "subject", "year"})
LONGEST_KEY = 18  # figures; a database's keys have 19 at most


def _shown(request: HttpRequest, scope: Scope, part: str) -> HttpResponse:
    """Show a part of the results, kept until anything is done here."""
    require(rules.see_results(scope))

    def made() -> HttpResponse:
        page = replace(_page(request, scope, part), document=_document(request, scope, part))
        return show(request, "outcomes/own.html", page, scope=scope)

    return kept.page(request, scope, made)


def _page(request: HttpRequest, scope: Scope, part: str) -> OwnPage:
    """Return a part as it was asked for, with the rules behind its figures."""
    return replace(PARTS[part](scope, _asked(request)), sources=own_sources.on(timezone.localdate(scope.at)))


def _document(request: HttpRequest, scope: Scope, part: str) -> str:
    """Return where the part as the reader sees it is given as a document, to be followed by its kind."""
    assert scope.place is not None  # pages of a school
    asked = {name: text for name, text in request.GET.items() if name in CHOICES}
    return reverse("results-document", kwargs={"urn": scope.place.key}, query={**asked, "part": part}) + "&as="


def document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give a part of the results as a document to hold: PDF, or for Word."""
    require(rules.see_results(scope))
    part = request.GET.get("part", "")
    page = _page(request, scope, part if part in PARTS else "results")
    return papers.given(request, own_paper.paper(scope, page))


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
    return _shown(request, scope, "results")


def progress(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show progress from starting points."""
    return _shown(request, scope, "progress")


def gap(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the disadvantage gap."""
    return _shown(request, scope, "gap")


def groups(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show groups of pupils."""
    return _shown(request, scope, "groups")


def years(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show three years."""
    return _shown(request, scope, "years")


def attendance(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show attendance."""
    return _shown(request, scope, "attendance")
