"""Screens of values and decisions."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import form_parts
from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.standards import forms as standards
from headship.strategy import actions, forms, pages, queries, rights_pages, rights_queries, rules


def decisions(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the decision log."""
    form = forms.FilterForm(
        request.GET, values=queries.values(scope), years=queries.years(scope), areas=rights_queries.names(scope)
    )
    page = pages.decisions_page(scope, form.wanted(), form)
    return show(request, "strategy/decisions.html", page, scope=scope)


def decision(request: HttpRequest, scope: Scope, decision: int) -> HttpResponse:
    """Show one decision."""
    found = existing(queries.decision(scope, decision))
    page = pages.decision_page(scope, found, queries.changes(found), timezone.localdate(scope.at))
    return show(request, "strategy/decision.html", page, scope=scope)


def note(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Note a decision in four fields; with `?day` there is a fifth."""
    today = timezone.localdate(scope.at)
    initial = {
        "serves": [f"c{code}" for code in rules.SUGGESTED],
        "visibility": Visibility.STAFF.value,
        "decided_on": today,
    }
    form = _form(request, scope, initial, with_day="day" in request.GET)
    hint = _hint(form, scope)
    if form.is_valid() and not hint:
        once = form.cleaned_data["once"]
        key = actions.note_decision(by=scope, at=scope.at, once=once, noted=_noted(form, today))
        messages.success(request, "The decision is noted.")
        return HttpResponseRedirect(pages.address(scope, "decision", decision=key))
    page = pages.note_page(scope, form, f"{request.path}?day" if "day" not in request.GET else "", hint)
    return show(request, "strategy/decision_form.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, decision: int) -> HttpResponse:
    """Change one's own decision."""
    found = existing(queries.decision(scope, decision))
    require(rules.change_decision(scope, queries.facts(found), today=timezone.localdate(scope.at)))
    form = _form(request, scope, pages.as_typed(found), with_day=True)
    hint = _hint(form, scope, found.area_id)
    if form.is_valid() and not hint:
        actions.change_decision(
            by=scope,
            at=scope.at,
            decision=found.id,
            version=form.cleaned_data["version"],
            noted=_noted(form, found.decided_on),
        )
        messages.success(request, "The decision is changed.")
        return HttpResponseRedirect(pages.address(scope, "decision", decision=found.id))
    back = pages.address(scope, "decision", decision=found.id)
    page = pages.FormPage("Change a decision", form, "Save", back, hint=hint)
    return show(request, "strategy/decision_form.html", page, scope=scope)


def withdraw(request: HttpRequest, scope: Scope, decision: int) -> HttpResponse:
    """Withdraw a decision, saying why."""
    found = existing(queries.decision(scope, decision))
    require(rules.withdraw_decision(scope, queries.facts(found)))
    form = forms.WithdrawForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        actions.withdraw_decision(by=scope, at=scope.at, decision=found.id, **form.cleaned_data)
        messages.success(request, "The decision is withdrawn. Its page keeps its history.")
        return HttpResponseRedirect(pages.address(scope, "decision", decision=found.id))
    page = pages.withdraw_page(scope, form, found)
    return show(request, "strategy/form.html", page, scope=scope)


def value_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Add a value."""
    form = forms.ValueForm(request.POST or None)
    if form.is_valid():
        words = form.cleaned_data
        actions.add_value(by=scope, at=scope.at, name=words["name"], meaning=words["meaning"])
        return HttpResponseRedirect(pages.address(scope, "values"))
    page = pages.FormPage("Add a value", form, "Add the value", pages.address(scope, "values"))
    return show(request, "strategy/form.html", page, scope=scope)


def value_change(request: HttpRequest, scope: Scope, value: int) -> HttpResponse:
    """Change a value's words."""
    found = existing(queries.value(scope, value))
    typed = {"name": found.name, "meaning": found.meaning, "version": found.version}
    form = forms.ValueForm(request.POST or None, initial=typed)
    if form.is_valid():
        actions.change_value(by=scope, at=scope.at, value=found.id, **form.cleaned_data)
        return HttpResponseRedirect(pages.address(scope, "values"))
    page = pages.FormPage("Change a value", form, "Save", pages.address(scope, "values"))
    return show(request, "strategy/form.html", page, scope=scope)


@require_POST
def value_retire(request: HttpRequest, scope: Scope, value: int) -> HttpResponse:
    """Take a value off the list."""
    found = existing(queries.value(scope, value))
    form = form_parts.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the values again and take it off from there. Nothing was changed.")
    actions.retire_value(by=scope, at=scope.at, value=found.id, version=form.cleaned_data["version"])
    messages.success(request, f"“{found.name}” is off the list. Decisions that name it keep its name.")
    return HttpResponseRedirect(pages.address(scope, "values"))


def _form(request: HttpRequest, scope: Scope, initial: dict[str, Any], *, with_day: bool) -> forms.DecisionForm:
    given: dict[str, Any] = {
        "values": queries.values(scope),
        "characteristics": standards.characteristic_choices(rules.SUGGESTED),
        "offered": rules.visibilities(scope),
        "initial": initial,
    }
    if with_day:
        today, areas = timezone.localdate(scope.at), _areas(scope, initial.get("area"))
        return forms.FullDecisionForm(request.POST or None, today=today, areas=areas, **given)
    return forms.DecisionForm(request.POST or None, **given)


def _areas(scope: Scope, kept: int | None) -> list[tuple[int, str]]:
    """Return the areas to choose from: those of today, and the one it stands in."""
    areas = rights_queries.names(scope)
    return areas if kept is None or kept in dict(areas) else [*areas, (kept, rights_queries.name_of(scope, kept))]


def _hint(form: Any, scope: Scope, stands: int | None = None) -> tuple[str, str] | None:
    """Say once who decides the chosen area by the map, where that is not the reader; sent again, it is taken."""
    area = form.cleaned_data.get("area") if form.is_valid() else None
    if area is None or area in {stands, form.cleaned_data["hinted"]}:
        return None
    found = rights_pages.hint(scope, area)
    if found:
        form.data = form.data.copy()
        form.data["hinted"] = str(area)
    return found


def _journal(form: forms.DecisionForm) -> actions.Journal | None:
    """Return what is said for looking back, where the form asks."""
    if not isinstance(form, forms.FullDecisionForm):
        return None
    return actions.Journal(*(form.cleaned_data[name] for name in ("area", "expected", "review_on")))


def _noted(form: forms.DecisionForm, day: date) -> actions.Noted:
    return actions.Noted(
        what=form.cleaned_data["what"],
        why=form.cleaned_data["why"],
        decided_on=form.cleaned_data.get("decided_on", day),
        visibility=Visibility(form.cleaned_data["visibility"]),
        values=[int(each) for each in form.chosen("v")],
        characteristics=form.chosen("c"),
        journal=_journal(form),
    )
