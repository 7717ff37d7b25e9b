"""Screens of looking back at decisions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.strategy import (
    journal_actions,
    journal_forms,
    journal_pages,
    journal_queries,
    journal_rules,
    pages,
    queries,
)


def looked(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what was looked back at, and how often it was as expected."""
    form = journal_forms.BeforeForm(request.GET)
    before = form.cleaned_data["before"] if form.is_valid() else None
    return show(request, "strategy/looked_back.html", journal_pages.looked_page(scope, before), scope=scope)


def look(request: HttpRequest, scope: Scope, look: int) -> HttpResponse:
    """Lead from a look back, as evidence names it, to its decision."""
    del request
    found = existing(journal_queries.look(scope, look))
    return HttpResponseRedirect(f"{pages.address(scope, 'decision', decision=found.decision_id)}#look-{found.pk}")


def look_back(request: HttpRequest, scope: Scope, decision: int) -> HttpResponse:
    """Say how a decision turned out."""
    found = existing(queries.decision(scope, decision))
    require(journal_rules.look_back(scope, queries.facts(found)))
    form = journal_forms.LookBackForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        if not (wrong := journal_rules.again_on(told["again_on"], today=timezone.localdate(scope.at))):
            names = ("was", "as_expected", "again", "learned", "again_on")
            said = journal_actions.Looked(**{name: told[name] for name in names})
            journal_actions.look_back(by=scope, at=scope.at, once=told["once"], decision=found.pk, looked=said)
            messages.success(request, "Kept beside what was expected.")
            return HttpResponseRedirect(pages.address(scope, "decision", decision=found.pk))
        form.add_error("again_on", wrong)
    page = journal_pages.look_back_page(scope, found, form, Visibility(found.visibility).words)
    return show(request, "strategy/look_back.html", page, scope=scope)
