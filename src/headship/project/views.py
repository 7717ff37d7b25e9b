"""Screens that join several modules: Today, and what works today."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from headship.core.pages import show
from headship.core.scope import Scope
from headship.project import pages, rows

HERE_BEFORE = "here_before"  # in the session, from the session clock: when the last visit ended


def today(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the home of everybody at a school."""
    before = request.session.get(HERE_BEFORE)
    since = datetime.fromtimestamp(before, tz=UTC) if before else None
    return show(request, "project/today.html", pages.today_page(scope, since), scope=scope)


def what_works(request: HttpRequest) -> HttpResponse:
    """Show the 25 rows with what works today."""
    return show(request, "project/rows.html", rows.page())
