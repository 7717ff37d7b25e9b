"""Pages of one's own tokens for programs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from headship.core.errors import require
from headship.core.pages import in_words, show
from headship.core.scope import Scope
from headship.people import forms, pages, queries, rules
from headship.people import token_actions as actions


def tokens(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List one's own tokens."""
    page = pages.tokens_page(scope, queries.own_tokens(scope))
    return show(request, "people/tokens.html", page, scope=scope)


def make(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Make a token, and show it this once: it is nowhere kept."""
    require(rules.make_token(queries.working_tokens(scope).count()))
    form = forms.Token(request.POST or None)
    if form.is_valid():
        chosen = form.cleaned_data
        made = actions.make_token(
            by=scope, at=timezone.now(), name=chosen["name"], permits=chosen["permits"], lasts=form.lasts()
        )
        example = request.build_absolute_uri("/api/v1/me")
        shown = pages.TokenMadePage(
            f"Your token: {made.kept.name}", made.kept.name, made.token, in_words(made.kept.expires_at), example
        )
        return show(request, "people/token_made.html", shown, scope=scope)
    page = pages.FormPage("Make a token for a program", form, "Make the token", reverse("tokens"), MAKE)
    return show(request, "people/form.html", page, scope=scope)


MAKE = (
    "A program that holds the token can do what you choose here in your name, as far as your posts let you. "
    "Treat it as a password. You can revoke it at any time."
)


def revoke(request: HttpRequest, scope: Scope, token: int) -> HttpResponse:
    """End one's own token."""
    if request.method == "POST":
        ended = actions.revoke_token(by=scope, at=timezone.now(), token_id=token)
        messages.success(request, f"“{ended.name}” no longer works.")
    return HttpResponseRedirect(reverse("tokens"))
