"""Screens of one person's directed time: the statement, its document, and the calendar to take along."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import form_parts, papers
from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.schools.calendar_dates import bounds, year_of
from headship.schools.calendar_feed import calendar_file
from headship.workload import (
    directed_actions,
    directed_queries,
    directed_rules,
    pages,
    statement_documents,
    statement_pages,
    waiting,
)
from headship.workload.directed_queries import Planned


def mine(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the reader's own year as it is published."""
    return _own(request, scope, year_of(timezone.localdate(scope.at)))


def evidence(request: HttpRequest, scope: Scope, planned: int) -> HttpResponse:
    """Show a year as evidence names it: who has how much left to those who see that, to others their own."""
    starts_in = existing(directed_queries.years(scope).filter(pk=planned).first()).starts_in
    if directed_rules.view(scope) is None:
        return HttpResponseRedirect(pages.address(scope, "directed-year", year=starts_in))
    return _own(request, scope, starts_in)


def _own(request: HttpRequest, scope: Scope, starts_in: int) -> HttpResponse:
    planned = directed_queries.published(scope, starts_in)
    if planned is None or scope.person_id not in planned.patterns:
        page = statement_pages.no_statement_page(scope, starts_in)
        return show(request, "workload/no_statement.html", page, scope=scope)
    shown = statement_pages.statement_page(scope, planned, scope.person_id)
    return show(request, "workload/statement.html", shown, scope=scope)


def person(request: HttpRequest, scope: Scope, year: int, person: int) -> HttpResponse:
    """Show one person's year: to themselves as published, to those who see everybody's as it stands."""
    page = statement_pages.statement_page(scope, _planned(scope, year, person), person)
    return show(request, "workload/statement.html", page, scope=scope)


def document(request: HttpRequest, scope: Scope, year: int, person: int) -> HttpResponse:
    """Give one person's statement to hold."""
    page = statement_pages.statement_page(scope, _planned(scope, year, person), person)
    return papers.given(request, statement_documents.statement(scope, page))


@require_POST
def read(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Say that one read one's statement."""
    found = existing(directed_queries.year(scope, directed_queries.in_reach(scope, year)))
    form = form_parts.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the page again and choose there. Nothing was changed.")
    version = form.cleaned_data["version"]
    directed_actions.read_statement(by=scope, at=scope.at, year=found.pk, version=version)
    return HttpResponseRedirect(pages.address(scope, "my-directed-time"))


def file(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Give the reader's own directed time as a calendar file."""
    starts_in = directed_queries.in_reach(scope, year)
    assert scope.place is not None  # a page of a school
    events = waiting.events(scope, *bounds(starts_in), every=True)
    content = calendar_file(
        f"Directed time, {scope.place.name}",
        scope.place.key,
        events,
        at=scope.at,
        full_address=request.build_absolute_uri,
    )
    headers = {"Content-Disposition": 'attachment; filename="directed-time.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _planned(scope: Scope, year: int, person: int) -> Planned:
    """Return the version of a year that the reader may see of somebody. Errors: Http404, Refused."""
    require(directed_rules.statement(scope, person))
    found = existing(directed_queries.year(scope, directed_queries.in_reach(scope, year)))
    if directed_rules.view(scope) is None:
        planned: Planned | None = directed_queries.planned(scope, found, person=person)
    else:
        planned = directed_queries.published(scope, found.starts_in)
    return existing(planned if planned and person in planned.patterns else None)
