"""The screen on which staff say something of themselves, or take it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from headship.core.pages import show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.equality import apart_actions, apart_forms, apart_pages
from headship.equality import apart_queries as queries
from headship.strategy.pages import address


def about_you(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what the reader said of themselves, and keep what they say now."""
    stands = queries.own(scope)
    typed = {code.partition(".")[2]: said for code, said in stands.items()}
    asked = queries.asked(timezone.localdate(scope.at))
    form = apart_forms.AboutYouForm(request.POST if request.method == "POST" else None, initial=typed, asked=asked)

    def save(_told: dict[str, Any]) -> None:
        apart_actions.say_of_self(by=scope, at=scope.at, said=form.said)

    if request.method == "POST" and saved(form, save):
        messages.success(request, "Saved. What you no longer say is deleted.")
        return HttpResponseRedirect(address(scope, "about-you"))
    page = apart_pages.about_you_page(scope, form, len(stands))
    return show(request, "equality/about_you.html", page, scope=scope)
