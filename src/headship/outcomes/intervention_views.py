"""Screens of interventions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.core import papers
from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.outcomes import intervention_actions as actions
from headship.outcomes import intervention_forms as forms
from headship.outcomes import intervention_pages as pages
from headship.outcomes import intervention_paper as paper
from headship.outcomes import intervention_queries as queries
from headship.outcomes import intervention_rules as rules
from headship.outcomes.held import held
from headship.outcomes.target_pages import FormPage, address
from headship.people.holders import holders


def interventions(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the school's interventions."""
    return show(request, "outcomes/interventions.html", pages.interventions_page(scope), scope=scope)


def intervention(request: HttpRequest, scope: Scope, intervention: int) -> HttpResponse:
    """Show one intervention."""
    found = existing(queries.intervention(scope, intervention))
    return show(request, "outcomes/intervention.html", pages.intervention_page(scope, found), scope=scope)


def interventions_document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give the school's interventions as a document to hold."""
    return papers.given(request, paper.interventions(scope, pages.interventions_page(scope)))


def intervention_document(request: HttpRequest, scope: Scope, intervention: int) -> HttpResponse:
    """Give one intervention as a document to hold."""
    found = existing(queries.intervention(scope, intervention))
    return papers.given(request, paper.intervention(scope, pages.intervention_page(scope, found)))


def plan(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Plan an intervention."""
    form = _form(request, scope, {})
    if form.is_valid():

        def save() -> int:
            once, upns = form.cleaned_data["once"], form.upns_given()
            return actions.plan_intervention(by=scope, at=scope.at, once=once, planned=form.planned(), upns=upns)

        key = _tried(form, save)
        if key is not None:
            messages.success(request, "The intervention is saved.")
            return HttpResponseRedirect(address(scope, "intervention", intervention=key))
    return show(request, "outcomes/form.html", pages.plan_page(scope, form), scope=scope)


def change(request: HttpRequest, scope: Scope, intervention: int) -> HttpResponse:
    """Change an intervention, and who takes part."""
    found = existing(queries.intervention(scope, intervention))
    require(rules.change_intervention(scope, queries.facts(found)))
    form = _form(request, scope, pages.as_typed(found))
    back = address(scope, "intervention", intervention=found.pk)
    if form.is_valid():

        def save() -> int:
            actions.change_intervention(
                by=scope,
                at=scope.at,
                intervention=found.pk,
                version=form.cleaned_data["version"] or 0,
                planned=form.planned(),
                upns=form.upns_given(),
            )
            return found.pk

        if _tried(form, save) is not None:
            messages.success(request, "The intervention is changed.")
            return HttpResponseRedirect(back)
    return show(request, "outcomes/form.html", FormPage("Change an intervention", form, "Save", back), scope=scope)


def review(request: HttpRequest, scope: Scope, intervention: int) -> HttpResponse:
    """Say what came of an intervention."""
    found = existing(queries.intervention(scope, intervention))
    require(rules.review_intervention(scope, queries.facts(found)))
    form = forms.ReviewForm(request.POST or None, initial={"version": found.version, "conclusion": found.conclusion})
    back = address(scope, "intervention", intervention=found.pk)
    if form.is_valid():
        actions.review_intervention(by=scope, at=scope.at, intervention=found.pk, **form.cleaned_data)
        messages.success(request, "What came of it is noted.")
        return HttpResponseRedirect(back)
    return show(request, "outcomes/form.html", FormPage("What came of it?", form, "Save", back), scope=scope)


@require_POST
def withdraw(request: HttpRequest, scope: Scope, intervention: int) -> HttpResponse:
    """Withdraw an intervention."""
    found = existing(queries.intervention(scope, intervention))
    form = forms.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the intervention again and withdraw it from there. Nothing was changed.")
    actions.withdraw_intervention(by=scope, at=scope.at, intervention=found.pk, **form.cleaned_data)
    messages.success(request, "The intervention is withdrawn, and who was to take part is forgotten.")
    return HttpResponseRedirect(address(scope, "interventions"))


def _form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> forms.InterventionForm:
    return forms.InterventionForm(
        request.POST or None, results=held(scope), owners=holders(scope).offered, initial=initial
    )


def _tried(form: forms.InterventionForm, save: Callable[[], int]) -> int | None:
    """Save, or say on the form what cannot be taken, so that what was typed stands there still."""
    try:
        return save()
    except Unusable as wrong:
        form.add_error("upns" if "UPN" in str(wrong) else None, str(wrong))
        return None
