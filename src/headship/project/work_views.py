"""The screen of work in the background."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from headship.core.pages import show
from headship.core.scope import Scope
from headship.project import actions, work_pages


def work(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what waits, runs and failed, and the upkeep."""
    return show(request, "project/work.html", work_pages.work_page(scope.at), scope=scope)


@require_POST
def again(request: HttpRequest, scope: Scope, task: UUID) -> HttpResponse:
    """Let a failed task be tried again."""
    actions.try_again(by=scope, at=scope.at, task=task)
    messages.success(request, "It waits for a worker again.")
    return HttpResponseRedirect(reverse("work"))
