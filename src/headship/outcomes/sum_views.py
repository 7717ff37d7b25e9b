"""Screens of value added over a trust's schools."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.core import papers
from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.core.shapes import LARGEST_KEY
from headship.outcomes import own_paper
from headship.outcomes import sum_actions as actions
from headship.outcomes import sum_pages as pages
from headship.outcomes import sum_queries as queries
from headship.outcomes import sum_rules as rules
from headship.outcomes import sum_together_pages as together
from headship.outcomes.own_frame import OwnPage
from headship.outcomes.target_pages import address


class ShareForm(forms.Form):
    """Which assessment's sums are shared, of which year group."""

    assessment = forms.IntegerField(widget=forms.HiddenInput, max_value=LARGEST_KEY)
    year_group = forms.CharField(widget=forms.HiddenInput, max_length=20)


class TakeBackForm(forms.Form):
    """What is taken back."""

    shared = forms.IntegerField(widget=forms.HiddenInput, max_value=LARGEST_KEY)


def sharing(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what the school shares with its trust, and what it could."""
    return show(request, "outcomes/sums.html", pages.share_page(scope), scope=scope)


@require_POST
def share(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Share the sums of an assessment."""
    form = ShareForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the page again and share it from there. Nothing was shared.")
    actions.share_sums(by=scope, at=scope.at, **form.cleaned_data)
    messages.success(request, "The sums are shared. Take them back whenever you like.")
    return HttpResponseRedirect(address(scope, "value-added"))


@require_POST
def take_back(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Take shared sums back."""
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the page again and take it back from there. Nothing was changed.")
    actions.take_back_sums(by=scope, at=scope.at, **form.cleaned_data)
    messages.success(request, "The sums are taken back, and deleted.")
    return HttpResponseRedirect(address(scope, "value-added"))


def standing(request: HttpRequest, scope: Scope, shared: int) -> HttpResponse:
    """Show where our school stands among those that share the same."""
    return show(request, "outcomes/own.html", _standing(request, scope, shared), scope=scope)


def standing_document(request: HttpRequest, scope: Scope, shared: int) -> HttpResponse:
    """Give where our school stands as a document to hold."""
    return papers.given(request, own_paper.paper(scope, _standing(request, scope, shared)))


def _standing(request: HttpRequest, scope: Scope, shared: int) -> OwnPage:
    require(rules.share_sums(scope))
    return together.standing_page(scope, existing(queries.one_of_ours(scope, shared)), request.GET)


def of_trust(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show a trust how much its schools differ."""
    require(rules.see_together(scope))
    return show(request, "outcomes/own.html", together.trust_page(scope, request.GET), scope=scope)


def trust_document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give a trust the same as a document to hold."""
    require(rules.see_together(scope))
    return papers.given(request, own_paper.paper(scope, together.trust_page(scope, request.GET)))
