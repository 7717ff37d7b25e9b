"""Screens that join several modules: Today, and what works today."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from headship.core.pages import show
from headship.core.scope import Scope
from headship.people import sessions
from headship.project import pages, queries, rows, setup_later
from headship.project.backups.page import backups_page


def today(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the home of everybody at a school; whoever is setting Headship up goes on with that first."""
    step = queries.step_of(scope)
    if step in setup_later.TO_COME:
        return HttpResponseRedirect(setup_later.place_of(scope, step))
    before = request.session.get(sessions.HERE_BEFORE)
    since = datetime.fromtimestamp(before, tz=UTC) if before else None
    return show(request, "project/today.html", pages.today_page(scope, since), scope=scope)


def what_works(request: HttpRequest) -> HttpResponse:
    """Show the 25 rows with what works today."""
    return show(request, "project/rows.html", rows.page())


def backups(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show when the last backup was made, and what to do where there is none."""
    return show(request, "project/backups.html", backups_page(scope.at), scope=scope)
