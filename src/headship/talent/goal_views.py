"""Screens of goals."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.standards import forms as standards
from headship.talent import goal_actions, goal_forms, goal_pages, pages, queries, rules
from headship.talent.choices import Stands


def goals(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show one's own goals, and those one is shown."""
    return show(request, "talent/goals.html", goal_pages.goals_page(scope), scope=scope)


def goal(request: HttpRequest, scope: Scope, goal: int) -> HttpResponse:
    """Show one goal, and let whoever set it close it."""
    found = existing(queries.goal(scope, goal))
    form = goal_forms.EndForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        given = form.cleaned_data
        goal_actions.end_goal(
            by=scope,
            at=scope.at,
            goal=found.pk,
            version=given["version"],
            to=Stands(given["to"]),
            came_of_it=given["came_of_it"],
        )
        messages.success(request, "Your goal is closed.")
        return HttpResponseRedirect(pages.address(scope, "goals"))
    return show(request, "talent/goal.html", goal_pages.goal_page(scope, found, form), scope=scope)


def set_goal(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Set oneself a goal."""
    serves = [code] if (code := request.GET.get("serves")) else []  # others offer it for what they are about
    form = _form(request, scope, serves, {"visibility": Visibility.PRIVATE.value, "serves": serves})
    if form.is_valid():
        once = form.cleaned_data["once"]
        key = goal_actions.set_goal(by=scope, at=scope.at, once=once, aim=_aim(form))
        messages.success(request, "Your goal is set.")
        return HttpResponseRedirect(pages.address(scope, "goal", goal=key))
    page = pages.FormPage("Set yourself a goal", form, "Set the goal", pages.address(scope, "goals"))
    return show(request, "talent/goal_form.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, goal: int) -> HttpResponse:
    """Change one's own goal."""
    found = existing(queries.goal(scope, goal))
    require(rules.change_goal(scope, setter=found.person_id, state=Stands(found.state)))
    typed = goal_pages.as_typed(found)
    form = _form(request, scope, typed["serves"], typed)
    if form.is_valid():
        version = form.cleaned_data["version"]
        goal_actions.change_goal(by=scope, at=scope.at, goal=found.pk, version=version, aim=_aim(form))
        messages.success(request, "Your goal is changed.")
        return HttpResponseRedirect(pages.address(scope, "goal", goal=found.pk))
    page = pages.FormPage("Change a goal", form, "Save", pages.address(scope, "goal", goal=found.pk))
    return show(request, "talent/goal_form.html", page, scope=scope)


def _form(request: HttpRequest, scope: Scope, serves: list[str], initial: dict[str, Any]) -> goal_forms.GoalForm:
    return goal_forms.GoalForm(
        request.POST or None,
        today=timezone.localdate(scope.at),
        characteristics=standards.characteristic_choices([*serves, *rules.SUGGESTED]),
        offered=pages.offered(scope, rules.goal_visibilities(scope)),
        initial=initial,
    )


def _aim(form: goal_forms.GoalForm) -> goal_actions.Aim:
    given = form.cleaned_data
    return goal_actions.Aim(
        what=given["what"],
        step=given["step"],
        due_on=given["due_on"],
        visibility=Visibility(given["visibility"]),
        characteristics=given["serves"],
    )
