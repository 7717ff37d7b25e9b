"""Signing in to the demonstration with one press. Outside the demonstration these addresses lead nowhere."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from headship.core import belt
from headship.core.errors import existing
from headship.core.pages import show
from headship.people import sessions
from headship.people.models import Account
from headship.project.demonstration import content, pages


def cast(request: HttpRequest) -> HttpResponse:
    """Show everybody in the cast."""
    _only_in_the_demonstration()
    return show(request, "project/demonstration.html", pages.cast_page())


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the cast, second step included."""
    _only_in_the_demonstration()
    key = request.POST.get("person", "")
    with belt.whole_installation(because="signing in finds an account before a scope is known"):
        account = existing(Account.objects.filter(email=content.email_of(key)).first())
        sessions.sign_in_to_demonstration(request, account, login)
    place = request.POST.get("place", "")
    return redirect("today", urn=int(place)) if place in content.schools() else redirect("/")


def _only_in_the_demonstration() -> None:
    """Answer 404 anywhere else. Errors: Http404."""
    if not settings.DEMONSTRATION:
        raise Http404
