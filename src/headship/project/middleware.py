"""An empty installation has one thing to show: how to set it up."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from headship.core import problems
from headship.project import queries

# a program cannot set up, and is told why
OPEN = ("/set-up/", "/health", "/ready", "/metrics", "/static/", problems.ADDRESS)


class SetUpFirst:
    """Lead every address to set-up while nobody has an account; costs nothing afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or lead it to set-up."""
        if request.path.startswith(OPEN) or queries.is_set_up():
            return self.get_response(request)
        return HttpResponseRedirect(reverse("set-up"))
