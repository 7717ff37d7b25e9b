"""Screens of the strategic plan, its priorities, objectives and words."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import form_parts, papers
from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.people.holders import holders
from headship.standards import forms as standards
from headship.strategy import (
    approval_actions,
    pages,
    plan_actions,
    plan_documents,
    plan_forms,
    plan_pages,
    plan_queries,
    plan_rules,
    queries,
    vision_forms,
)
from headship.strategy.choices import Audience, Matter
from headship.strategy.models import Objective, Plan, Priority


def plan(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the plan of today, or how to begin one."""
    found = plan_queries.in_force(scope)
    if found is None:
        page = pages.EmptyPlanPage("Strategic plan", pages.address(scope, "plan-begin"), plan_rules.edit(scope))
        return show(request, "strategy/plan_none.html", page, scope=scope)
    return show(request, "strategy/plan.html", plan_pages.plan_page(scope, found), scope=scope)


def one(request: HttpRequest, scope: Scope, plan: int) -> HttpResponse:
    """Show one plan."""
    return show(request, "strategy/plan.html", plan_pages.plan_page(scope, _plan(scope, plan)), scope=scope)


def document(request: HttpRequest, scope: Scope, plan: int) -> HttpResponse:
    """Give a plan on one page to hold."""
    return papers.given(request, plan_documents.plan(scope, plan_pages.plan_page(scope, _plan(scope, plan))))


def copy(request: HttpRequest, scope: Scope, plan: int, approval: int) -> HttpResponse:
    """Show a plan as it stood when the board's approval of it was recorded."""
    found = _plan(scope, plan)
    of = existing(plan_queries.kept(found, approval))
    return show(request, "strategy/plan_copy.html", plan_pages.copy_page(scope, found, of), scope=scope)


def begin(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Begin a plan."""
    form = plan_forms.PlanForm(request.POST or None)
    if _good(form, "ends_on", lambda told: plan_rules.span(told["starts_on"], told["ends_on"])):
        key = plan_actions.make_plan(by=scope, at=scope.at, once=form.cleaned_data["once"], **_called(form))
        return _to(scope, "plan-one", plan=key)
    return _form(request, scope, "Begin a plan", form, pages.address(scope, "plan"))


def change(request: HttpRequest, scope: Scope, plan: int) -> HttpResponse:
    """Change a plan's title or years."""
    found = _plan(scope, plan)
    typed = {name: getattr(found, name) for name in ("title", "starts_on", "ends_on", "version")}
    form = plan_forms.PlanForm(request.POST or None, initial=typed)
    if _good(form, "ends_on", lambda told: _years(told, found)):
        version = form.cleaned_data["version"] or 0
        plan_actions.change_plan(by=scope, at=scope.at, plan=found.pk, version=version, **_called(form))
        return _to(scope, "plan-one", plan=found.pk)
    return _form(request, scope, "Change the plan's title or years", form, _one(scope, found))


def approve(request: HttpRequest, scope: Scope, plan: int) -> HttpResponse:
    """Record that the board approved a plan."""
    found = _plan(scope, plan)
    form = vision_forms.approval(request.POST, found.version)
    if _good(form, "on", lambda told: _happened(scope, told["on"])):
        told = form.cleaned_data
        approved = approval_actions.Approved(Matter.PLAN, found.pk, told["version"], told["meeting"], told["on"])
        approval_actions.record_approval(by=scope, at=scope.at, once=told["once"], approved=approved)
        messages.success(request, "Recorded. What changes from now on is told as changed since.")
        return _to(scope, "plan-one", plan=found.pk)
    return _form(request, scope, "The board approved the plan", form, _one(scope, found))


def priority_add(request: HttpRequest, scope: Scope, plan: int) -> HttpResponse:
    """Put something first."""
    found = _plan(scope, plan)
    form = _priority_form(request, scope, {"starts_on": found.starts_on, "ends_on": found.ends_on})
    if _good(form, "ends_on", lambda told: _inside(told, found)):
        once = form.cleaned_data["once"]
        plan_actions.add_priority(by=scope, at=scope.at, once=once, plan=found.pk, put=_put(form))
        return _to(scope, "plan-one", plan=found.pk)
    page = pages.FormPage("Add a priority", form, "Add it", _one(scope, found))
    return show(request, "strategy/priority_form.html", page, scope=scope)


def priority_change(request: HttpRequest, scope: Scope, priority: int) -> HttpResponse:
    """Change a priority."""
    found = existing(plan_queries.priorities(scope).select_related("plan").filter(pk=priority).first())
    names = ("title", "why", "starts_on", "ends_on", "version")
    served = [f"v{it.pk}" for it in found.values.all()] + [f"c{it.code}" for it in found.characteristics.all()]
    typed = {**{name: getattr(found, name) for name in names}, "owner": found.owner_id, "serves": served}
    form = _priority_form(request, scope, typed)
    if _good(form, "ends_on", lambda told: _inside(told, found.plan)):
        version = form.cleaned_data["version"]
        plan_actions.change_priority(by=scope, at=scope.at, priority=found.pk, version=version, put=_put(form))
        return _to(scope, "plan-one", plan=found.plan_id)
    page = pages.FormPage("Change a priority", form, "Save", _one(scope, found.plan))
    return show(request, "strategy/priority_form.html", page, scope=scope)


def objective_add(request: HttpRequest, scope: Scope, priority: int) -> HttpResponse:
    """Say what a priority is to reach."""
    found = existing(plan_queries.priorities(scope).select_related("plan").filter(pk=priority).first())
    form = plan_forms.ObjectiveForm(request.POST or None)
    if form.is_valid():
        once, aimed = form.cleaned_data["once"], _aimed(form)
        plan_actions.add_objective(by=scope, at=scope.at, once=once, priority=found.pk, aimed=aimed)
        return _to(scope, "plan-one", plan=found.plan_id)
    return _form(request, scope, f"An objective of “{found.title}”", form, _one(scope, found.plan))


def priority_withdraw(request: HttpRequest, scope: Scope, priority: int) -> HttpResponse:
    """Withdraw a priority, saying why."""
    found = existing(plan_queries.priorities(scope).select_related("plan").filter(pk=priority).first())
    form = _withdraw_form(request, scope, found)
    if form.is_valid():
        plan_actions.withdraw_priority(by=scope, at=scope.at, priority=found.pk, **form.cleaned_data)
        messages.success(request, "The priority is withdrawn. The plan tells when and why.")
        return _to(scope, "plan-one", plan=found.plan_id)
    return _sure(request, scope, found.title, form, _one(scope, found.plan))


def objective_withdraw(request: HttpRequest, scope: Scope, objective: int) -> HttpResponse:
    """Withdraw an objective, saying why."""
    found = existing(plan_queries.objectives(scope).filter(pk=objective).first())
    form = _withdraw_form(request, scope, found)
    if form.is_valid():
        plan_actions.withdraw_objective(by=scope, at=scope.at, objective=found.pk, **form.cleaned_data)
        messages.success(request, "The objective is withdrawn. The plan tells when and why.")
        return _to(scope, "plan-one", plan=found.priority.plan_id)
    return _sure(request, scope, found.words, form, pages.address(scope, "objective", objective=found.pk))


def objective(request: HttpRequest, scope: Scope, objective: int) -> HttpResponse:
    """Show one objective."""
    found = existing(plan_queries.every_objective(scope).filter(pk=objective).first())
    return show(request, "strategy/objective.html", plan_pages.objective_page(scope, found), scope=scope)


def objective_change(request: HttpRequest, scope: Scope, objective: int) -> HttpResponse:
    """Change an objective."""
    found = existing(plan_queries.objectives(scope).filter(pk=objective).first())
    names = ("words", "measure", "baseline", "target", "version")
    form = plan_forms.ObjectiveForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if form.is_valid():
        version, aimed = form.cleaned_data["version"] or 0, _aimed(form)
        plan_actions.change_objective(by=scope, at=scope.at, objective=found.pk, version=version, aimed=aimed)
        return _to(scope, "objective", objective=found.pk)
    return _form(request, scope, "Change an objective", form, pages.address(scope, "objective", objective=found.pk))


def objective_measure(request: HttpRequest, scope: Scope, objective: int) -> HttpResponse:
    """Note where an objective's measure stood."""
    found = existing(plan_queries.objectives(scope).filter(pk=objective).first())
    form = plan_forms.MeasuredForm(request.POST or None, initial={"on": timezone.localdate(scope.at)})
    if _good(form, "on", lambda told: _happened(scope, told["on"])):
        plan_actions.note_measured(by=scope, at=scope.at, objective=found.pk, **form.cleaned_data)
        return _to(scope, "objective", objective=found.pk)
    return _form(request, scope, "Where it stood", form, pages.address(scope, "objective", objective=found.pk))


def words(request: HttpRequest, scope: Scope, plan: int, year: int, audience: str) -> HttpResponse:
    """Show the plan in somebody's words."""
    return show(request, "strategy/plan_words.html", _words(scope, plan, year, audience), scope=scope)


def words_document(request: HttpRequest, scope: Scope, plan: int, year: int, audience: str) -> HttpResponse:
    """Give the plan in somebody's words to hold."""
    return papers.given(request, plan_documents.words(scope, _words(scope, plan, year, audience)))


def words_write(request: HttpRequest, scope: Scope, plan: int, year: int, audience: str) -> HttpResponse:
    """Write the plan in somebody's words."""
    found, whom = _plan(scope, plan), _audience(audience)
    now = plan_queries.words_for(scope, found, whom, year)
    typed = {"words": now.words if now else "", "version": now.version if now else 0}
    form = plan_forms.WordsForm(request.POST or None, initial=typed)
    if form.is_valid():
        plan_actions.write_plan_words(
            by=scope, at=scope.at, plan=found.pk, audience=whom, starts_in=year, **form.cleaned_data
        )
        return _to(scope, "plan-words", plan=found.pk, year=year, audience=audience)
    back = pages.address(scope, "plan-words", plan=found.pk, year=year, audience=audience)
    return _form(request, scope, f"Our plan, {whom.words.lower()}", form, back)


@require_POST
def words_show(request: HttpRequest, scope: Scope, plan: int, year: int, audience: str) -> HttpResponse:
    """Show the plan in somebody's words to all who read the plan, or take it back."""
    found, form = _plan(scope, plan), form_parts.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the page again and choose there. Nothing was changed.")
    plan_actions.show_plan_words(
        by=scope,
        at=scope.at,
        plan=found.pk,
        audience=_audience(audience),
        starts_in=year,
        version=form.cleaned_data["version"],
        shown="show" in request.POST,
    )
    return _to(scope, "plan-words", plan=plan, year=year, audience=audience)


def _words(scope: Scope, plan: int, year: int, audience: str) -> plan_pages.WordsPage:
    found, whom = _plan(scope, plan), _audience(audience)
    return plan_pages.words_page(scope, found, whom, year, plan_queries.words_for(scope, found, whom, year))


def _audience(code: str) -> Audience:
    if code not in set(Audience):
        raise Http404
    return Audience(code)


def _plan(scope: Scope, key: int) -> Plan:
    return existing(plan_queries.plan(scope, key))


def _happened(scope: Scope, on: Any) -> str | None:
    return plan_rules.happened_on(on, today=timezone.localdate(scope.at))


def _called(form: plan_forms.PlanForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("title", "starts_on", "ends_on")}


def _years(told: dict[str, Any], of: Plan) -> str | None:
    starts_on, ends_on = told["starts_on"], told["ends_on"]
    held = plan_rules.holds(starts_on, ends_on, of=plan_queries.days_of(of))
    return plan_rules.span(starts_on, ends_on) or held


def _inside(told: dict[str, Any], of: Plan) -> str | None:
    starts_on, ends_on = told["starts_on"], told["ends_on"]
    return plan_rules.span(starts_on, ends_on) or plan_rules.inside(starts_on, ends_on, of=(of.starts_on, of.ends_on))


def _good(form: Form, field: str, wrong: Any) -> bool:
    """Whether a form holds clean values that the rule lets through; what it says stands at the field."""
    if form.is_valid() and (said := wrong(form.cleaned_data)):
        form.add_error(field, said)
    return form.is_valid()


def _priority_form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> plan_forms.PriorityForm:
    owners = holders(scope).offered_with(initial.get("owner"))
    return plan_forms.PriorityForm(
        request.POST or None,
        initial=initial,
        values=queries.values(scope),
        characteristics=standards.characteristic_choices(()),
        owners=owners,
    )


def _put(form: plan_forms.PriorityForm) -> plan_actions.Put:
    told = form.cleaned_data
    return plan_actions.Put(
        title=told["title"],
        why=told["why"],
        starts_on=told["starts_on"],
        ends_on=told["ends_on"],
        owner=told["owner"],
        values=[int(each) for each in form.chosen("v")],
        characteristics=form.chosen("c"),
    )


def _aimed(form: plan_forms.ObjectiveForm) -> plan_actions.Aimed:
    return plan_actions.Aimed(**{name: form.cleaned_data[name] for name in ("words", "measure", "baseline", "target")})


def _form(request: HttpRequest, scope: Scope, title: str, form: Form, back: str) -> HttpResponse:
    return show(request, "strategy/form.html", pages.FormPage(title, form, "Save", back), scope=scope)


def _withdraw_form(request: HttpRequest, scope: Scope, of: Priority | Objective) -> plan_forms.WithdrawForm:
    require(plan_rules.withdraw(scope, served=plan_queries.served(of)))
    return plan_forms.WithdrawForm(request.POST or None, initial={"version": of.version})


def _sure(request: HttpRequest, scope: Scope, title: str, form: Form, back: str) -> HttpResponse:
    page = pages.FormPage(f"Withdraw “{title}”", form, "Withdraw it for good", back)
    return show(request, "strategy/form.html", page, scope=scope)


def _one(scope: Scope, of: Plan) -> str:
    return pages.address(scope, "plan-one", plan=of.pk)


def _to(scope: Scope, name: str, **rest: object) -> HttpResponse:
    return HttpResponseRedirect(pages.address(scope, name, **rest))
