"""Screens of expectations of conduct."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.appraisal import conduct_actions, conduct_forms, conduct_pages, conduct_queries
from headship.appraisal.support_pages import FormPage, address
from headship.core.pages import show
from headship.core.scope import Scope

ASIDE = (
    "Its words, versions and approval stay where policies are. Here it stands among what staff expect of one another, "
    "and each new version asks all staff again."
)


def conduct(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what staff expect of one another."""
    return show(request, "appraisal/conduct.html", conduct_pages.conduct_page(scope), scope=scope)


def name(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Say that a policy is an expectation of conduct."""
    form = conduct_forms.NameForm(request.POST or None, offered=conduct_queries.to_name(scope).items())
    if form.is_valid():
        conduct_actions.name_expectation(by=scope, at=scope.at, **form.cleaned_data)
        messages.success(request, "It stands among our expectations. Each new version asks all staff again.")
        return HttpResponseRedirect(address(scope, "conduct"))
    page = FormPage("Name a policy as an expectation", form, "Name it", address(scope, "conduct"), ASIDE)
    return show(request, "appraisal/support_form.html", page, scope=scope)


@require_POST
def drop(request: HttpRequest, scope: Scope, expectation: int) -> HttpResponse:
    """Say that a policy is no longer an expectation of conduct."""
    conduct_actions.drop_expectation(by=scope, at=scope.at, expectation=expectation)
    messages.success(request, "It is no longer an expectation. The policy stays.")
    return HttpResponseRedirect(address(scope, "conduct"))
