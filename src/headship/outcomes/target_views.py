"""Screens of targets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from headship.core import papers
from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.outcomes import target_actions as actions
from headship.outcomes import target_forms as forms
from headship.outcomes import target_pages as pages
from headship.outcomes import target_paper
from headship.outcomes import target_queries as queries
from headship.outcomes import target_rules as rules
from headship.outcomes.held import held
from headship.people.holders import holders


def targets(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the school's targets."""
    return show(request, "outcomes/targets.html", pages.targets_page(scope), scope=scope)


def target(request: HttpRequest, scope: Scope, target: int) -> HttpResponse:
    """Show one target."""
    found = existing(queries.target(scope, target))
    return show(request, "outcomes/target.html", pages.target_page(scope, found), scope=scope)


def targets_document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give the school's targets as a document."""
    return papers.given(request, target_paper.targets(scope, pages.targets_page(scope)))


def target_document(request: HttpRequest, scope: Scope, target: int) -> HttpResponse:
    """Give one target as a document."""
    found = existing(queries.target(scope, target))
    return papers.given(request, target_paper.target(scope, pages.target_page(scope, found)))


def set_(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Set a target."""
    form = _form(request, scope, {})
    if form.is_valid():
        key = actions.set_target(by=scope, at=scope.at, once=form.cleaned_data["once"], aimed=form.aimed())
        messages.success(request, "The target is set.")
        return HttpResponseRedirect(pages.address(scope, "target", target=key))
    return show(request, "outcomes/form.html", pages.set_page(scope, form), scope=scope)


def change(request: HttpRequest, scope: Scope, target: int) -> HttpResponse:
    """Change a target."""
    found = existing(queries.target(scope, target))
    require(rules.change_target(scope, queries.facts(found)))
    form = _form(request, scope, pages.as_typed(found))
    back = pages.address(scope, "target", target=found.pk)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        actions.change_target(by=scope, at=scope.at, target=found.pk, version=version, aimed=form.aimed())
        messages.success(request, "The target is changed.")
        return HttpResponseRedirect(back)
    page = pages.FormPage("Change a target", form, "Save", back)
    return show(request, "outcomes/form.html", page, scope=scope)


def review(request: HttpRequest, scope: Scope, target: int) -> HttpResponse:
    """Say how a target goes."""
    found = existing(queries.target(scope, target))
    require(rules.review_target(scope, queries.facts(found)))
    initial = {"version": found.version}
    form = forms.ReviewForm(request.POST or None, initial=initial, today=timezone.localdate(scope.at))
    back = pages.address(scope, "target", target=found.pk)
    if form.is_valid():
        actions.review_target(by=scope, at=scope.at, target=found.pk, **form.cleaned_data)
        messages.success(request, "What you found is noted.")
        return HttpResponseRedirect(back)
    page = pages.FormPage("How does this target go?", form, "Save", back)
    return show(request, "outcomes/form.html", page, scope=scope)


def withdraw(request: HttpRequest, scope: Scope, target: int) -> HttpResponse:
    """Withdraw a target, saying why."""
    found = existing(queries.target(scope, target))
    require(rules.change_target(scope, queries.facts(found)))
    form = forms.WithdrawForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        actions.withdraw_target(by=scope, at=scope.at, target=found.pk, **form.cleaned_data)
        messages.success(request, "The target is withdrawn. Its page keeps its history.")
        return HttpResponseRedirect(pages.address(scope, "targets"))
    back = pages.address(scope, "target", target=found.pk)
    return show(
        request, "outcomes/form.html", pages.FormPage("Withdraw a target", form, "Withdraw it", back), scope=scope
    )


def _form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> forms.TargetForm:
    offered = sorted({*pages.years(scope), *filter(None, [initial.get("year")])})
    owners = holders(scope).offered
    return forms.TargetForm(request.POST or None, results=held(scope), owners=owners, years=offered, initial=initial)
