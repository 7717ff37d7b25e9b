"""Screens of the actions of the plan."""

from collections.abc import Sequence
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import form_parts
from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.people.holders import holders
from headship.strategy import pages, plan_forms, plan_queries, plan_rules, queries, step_actions, step_pages
from headship.strategy.choices import ACTION_MOVES, Status
from headship.strategy.models import Plan, PlannedAction


def planned(request: HttpRequest, scope: Scope, planned: int) -> HttpResponse:
    """Show one action with its trace."""
    return show(request, "strategy/action.html", step_pages.action_page(scope, _found(scope, planned)), scope=scope)


def add(request: HttpRequest, scope: Scope, plan: int) -> HttpResponse:
    """Plan an action."""
    of = existing(plan_queries.plan(scope, plan))
    starts_on = min(max(timezone.localdate(scope.at), of.starts_on), of.ends_on)
    form = _action_form(request, scope, of, {"starts_on": starts_on})
    if _good(form, of):
        once = form.cleaned_data["once"]
        key = step_actions.add_action(by=scope, at=scope.at, once=once, plan=of.pk, doing=_doing(form))
        return _to(scope, key)
    page = pages.FormPage("Plan an action", form, "Plan it", pages.address(scope, "plan-one", plan=of.pk))
    return show(request, "strategy/form.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, planned: int) -> HttpResponse:
    """Change an action."""
    found = _found(scope, planned)
    names = ("what", "starts_on", "due_on", "cost", "hours", "rate", "version")
    typed = {name: getattr(found, name) for name in names}
    form = _action_form(request, scope, found.plan, _held(found, typed))
    if _good(form, found.plan):
        version = form.cleaned_data["version"] or 0
        step_actions.change_action(by=scope, at=scope.at, planned=found.pk, version=version, doing=_doing(form))
        return _to(scope, found.pk)
    return _form(request, scope, "Change an action", form, found)


def move(request: HttpRequest, scope: Scope, planned: int) -> HttpResponse:
    """Say how far an action is."""
    found = _found(scope, planned)
    require(plan_rules.progress(scope, found.owner_id))
    status = Status(found.status)
    form = plan_forms.MoveForm(request.POST or None, initial={"version": found.version}, after=ACTION_MOVES[status])
    if form.is_valid():
        told = form.cleaned_data
        if not (wrong := plan_rules.move(status, told["to"], told["because"])):
            step_actions.move_action(by=scope, at=scope.at, planned=found.pk, **told)
            return _to(scope, found.pk)
        form.add_error("because", wrong)
    return _form(request, scope, "How far is it?", form, found)


def milestone_add(request: HttpRequest, scope: Scope, planned: int) -> HttpResponse:
    """Set a step on the way."""
    found = _found(scope, planned)
    require(plan_rules.progress(scope, found.owner_id) or plan_rules.add_milestone(Status(found.status)))
    form = plan_forms.MilestoneForm(request.POST or None)
    if _in_time(form, found.plan):
        once = form.cleaned_data["once"]
        step_actions.add_milestone(by=scope, at=scope.at, planned=found.pk, once=once, **_step(form))
        return _to(scope, found.pk)
    return _form(request, scope, "Add a milestone", form, found)


def milestone_change(request: HttpRequest, scope: Scope, milestone: int) -> HttpResponse:
    """Change a step on the way, until it is reached."""
    found = existing(plan_queries.milestones(scope).select_related("action__plan").filter(pk=milestone).first())
    require(plan_rules.progress(scope, found.action.owner_id) or plan_rules.change_milestone(found.reached_on))
    typed = {name: getattr(found, name) for name in ("words", "due_on", "version")}
    form = plan_forms.MilestoneForm(request.POST or None, initial=typed)
    if _in_time(form, found.action.plan):
        version = form.cleaned_data["version"] or 0
        step_actions.change_milestone(by=scope, at=scope.at, milestone=found.pk, version=version, **_step(form))
        return _to(scope, found.action_id)
    return _form(request, scope, "Change a milestone", form, found.action)


@require_POST
def milestone_reach(request: HttpRequest, scope: Scope, milestone: int) -> HttpResponse:
    """Say that a milestone was reached."""
    found = existing(plan_queries.milestones(scope).filter(pk=milestone).first())
    form = form_parts.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the action again and say so there. Nothing was changed.")
    version = form.cleaned_data["version"]
    step_actions.reach_milestone(by=scope, at=scope.at, milestone=found.pk, version=version)
    return _to(scope, found.action_id)


def minute(request: HttpRequest, scope: Scope, planned: int) -> HttpResponse:
    """Tie what a meeting said to an action."""
    found = _found(scope, planned)
    form = plan_forms.MinuteForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        if not (wrong := plan_rules.happened_on(told["on"], today=timezone.localdate(scope.at))):
            minuted = step_actions.Minuted(told["meeting"], told["on"], told["words"])
            step_actions.link_minute(by=scope, at=scope.at, once=told["once"], planned=found.pk, minuted=minuted)
            return _to(scope, found.pk)
        form.add_error("on", wrong)
    return _form(request, scope, "Tie a minute to it", form, found)


def _found(scope: Scope, key: int) -> PlannedAction:
    return existing(plan_queries.actions(scope).filter(pk=key).first())


def _held(found: PlannedAction, typed: dict[str, Any]) -> dict[str, Any]:
    return {**typed, "owner": found.owner_id, "objective": found.objective_id, "decision": found.decision_id}


def _good(form: plan_forms.ActionForm, of: Plan) -> bool:
    """Whether the form holds an action that the rules let through; what they say stands at a field."""
    if form.is_valid():
        told = form.cleaned_data
        starts_on, due_on = told["starts_on"], told["due_on"]
        order = plan_rules.span(starts_on, due_on) if due_on != starts_on else None
        said = order or plan_rules.inside(starts_on, due_on, of=(of.starts_on, of.ends_on))
        _at(form, "due_on", said)
        _at(form, "cost", plan_rules.costed(told["cost"], told["hours"], told["rate"]))
    return form.is_valid()


def _in_time(form: plan_forms.MilestoneForm, of: Plan) -> bool:
    """Whether the form holds a milestone whose day is inside its plan; what is wrong stands at the day."""
    if form.is_valid():
        due = form.cleaned_data["due_on"]
        _at(form, "due_on", plan_rules.inside(due, due, of=(of.starts_on, of.ends_on)))
    return form.is_valid()


def _step(form: plan_forms.MilestoneForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("words", "due_on")}


def _at(form: Form, field: str, said: str | None) -> None:
    if said:
        form.add_error(field, said)


def _action_form(request: HttpRequest, scope: Scope, of: Plan, initial: dict[str, Any]) -> plan_forms.ActionForm:
    whole = plan_queries.whole(of)
    objectives: Sequence[tuple[int, str]] = [
        (it.pk, f"{each.title}: {it.words}") for each in whole.priorities for it in each.objectives.all()
    ]
    owners = holders(scope).offered_with(initial.get("owner"))
    return plan_forms.ActionForm(
        request.POST or None,
        initial=initial,
        owners=owners,
        objectives=objectives,
        decisions=queries.offered(scope, initial.get("decision")),
    )


def _doing(form: plan_forms.ActionForm) -> step_actions.Doing:
    told = form.cleaned_data
    costed = step_actions.Costed(told["cost"], told["hours"], told["rate"])
    names = ("what", "owner", "starts_on", "due_on", "objective", "decision")
    return step_actions.Doing(**{name: told[name] for name in names}, costed=costed)


def _form(request: HttpRequest, scope: Scope, title: str, form: Any, of: PlannedAction) -> HttpResponse:
    page = pages.FormPage(title, form, "Save", pages.address(scope, "planned-action", planned=of.pk), f"“{of.what}”")
    return show(request, "strategy/form.html", page, scope=scope)


def _to(scope: Scope, key: int) -> HttpResponse:
    return HttpResponseRedirect(pages.address(scope, "planned-action", planned=key))
