"""Screens of the workload ledger."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from headship.core import registry
from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.people.holders import holders
from headship.workload import demand_actions, demand_forms, demand_pages, pages, queries, rules
from headship.workload.choices import Kind, State
from headship.workload.models import Demand

NAMES = ("title", "kind", "reason", "minutes", "times", "directed", "nothing_because", "review_on", "version")


def ledger(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the ledger."""
    page = demand_pages.ledger_page(scope, queries.ledger(scope))
    return show(request, "workload/ledger.html", page, scope=scope)


def demand(request: HttpRequest, scope: Scope, demand: int) -> HttpResponse:
    """Show one demand."""
    return show(request, "workload/demand.html", demand_pages.demand_page(scope, _found(scope, demand)), scope=scope)


def propose(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Propose a demand."""
    today = timezone.localdate(scope.at)
    form = _demand_form(request, scope, {"review_on": today.replace(year=today.year + 1, day=min(today.day, 28))})

    def write(told: dict[str, Any]) -> int:
        return demand_actions.propose_demand(by=scope, at=scope.at, once=told["once"], asks=_asks(form))

    if saved(form, write):
        messages.success(request, "It is proposed. The headteacher and senior leaders weigh it.")
        return HttpResponseRedirect(pages.address(scope, "workload"))
    page = pages.FormPage("Propose a demand", form, "Propose it", pages.address(scope, "workload"))
    return show(request, "workload/demand_form.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, demand: int) -> HttpResponse:
    """Change a proposal."""
    found = _found(scope, demand)
    require(rules.change(scope, found.proposed_by_id, State(found.state)))
    form = _demand_form(request, scope, _typed(found), kept=found)

    def write(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        demand_actions.change_demand(by=scope, at=scope.at, demand=found.pk, version=version, asks=_asks(form))

    if saved(form, write, found):
        return HttpResponseRedirect(pages.address(scope, "demand", demand=found.pk))
    page = pages.FormPage("Change a proposal", form, "Save", pages.address(scope, "demand", demand=found.pk))
    return show(request, "workload/demand_form.html", page, scope=scope)


def weigh(request: HttpRequest, scope: Scope, demand: int) -> HttpResponse:
    """Agree to a proposal, or refuse it."""
    found = _found(scope, demand)
    require(rules.weigh(scope, State(found.state)))
    form = demand_forms.WeighForm(request.POST or None, initial={"version": found.version})

    def write(told: dict[str, Any]) -> None:
        demand_actions.weigh_demand(by=scope, at=scope.at, demand=found.pk, **{**told, "version": told["version"] or 0})

    if saved(form, write, found):
        return HttpResponseRedirect(pages.address(scope, "demand", demand=found.pk))
    goes = f"“{found.goes.title}” is dropped for it." if found.goes else "Nothing goes for it."
    back = pages.address(scope, "demand", demand=found.pk)
    return _form(request, scope, pages.FormPage("Weigh a proposal", form, "Save", back, f"“{found.title}”. {goes}"))


def review(request: HttpRequest, scope: Scope, demand: int) -> HttpResponse:
    """Review a demand."""
    found = _found(scope, demand)
    require(rules.review(scope, found.owner_id, State(found.state)))
    typed = {name: getattr(found, name) for name in ("minutes", "times", "version")}
    form = demand_forms.ReviewForm(request.POST or None, initial=typed, today=timezone.localdate(scope.at))

    def write(told: dict[str, Any]) -> None:
        names = ("outcome", "because", "next_on", "minutes", "times")
        reviewed = demand_actions.Reviewed(**{name: told[name] for name in names})
        demand_actions.review_demand(
            by=scope, at=scope.at, demand=found.pk, version=told["version"] or 0, reviewed=reviewed
        )

    if saved(form, write, found):
        return HttpResponseRedirect(pages.address(scope, "demand", demand=found.pk))
    aside = f"“{found.title}”: {demand_pages.often(found)}. Why it is asked: {found.reason}"
    back = pages.address(scope, "demand", demand=found.pk)
    return _form(request, scope, pages.FormPage("Review a demand", form, "Save", back, aside))


def question(request: HttpRequest, scope: Scope, demand: int) -> HttpResponse:
    """Name the habit by which a demand is questioned."""
    found = _found(scope, demand)
    require(rules.question(scope, found.owner_id, found.proposed_by_id))
    typed = {"habit": found.habit, "version": found.version}
    habits = registry.nameable(scope, queries.HABIT)
    form = demand_forms.HabitForm(request.POST or None, initial=typed, habits=habits)

    def write(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        demand_actions.question_demand(by=scope, at=scope.at, demand=found.pk, version=version, habit=told["habit"])

    if saved(form, write, found):
        return HttpResponseRedirect(pages.address(scope, "demand", demand=found.pk))
    aside = "" if habits else "No habit is noted yet. Note one under Out of habit, then choose it here."
    back = pages.address(scope, "demand", demand=found.pk)
    return _form(request, scope, pages.FormPage("Question it as a habit", form, "Save", back, aside))


def rates(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Enter what an hour costs."""
    version, held = queries.rates(scope)
    form = demand_forms.RatesForm(request.POST or None, initial=demand_forms.as_typed(held, version))

    def write(told: dict[str, Any]) -> None:
        demand_actions.set_rates(by=scope, at=scope.at, version=told["version"] or 0, rates=form.rates())

    if saved(form, write):
        return HttpResponseRedirect(pages.address(scope, "workload"))
    aside = (
        "Your own figures, with what an employer pays on top if you like. They price hours; nobody's pay is kept. "
        "Where one person holds a post the figure is near to their pay, so the headteacher and the school business "
        "manager alone are told pounds."
    )
    back = pages.address(scope, "workload")
    return _form(request, scope, pages.FormPage("What an hour costs", form, "Save", back, aside))


def _found(scope: Scope, key: int) -> Demand:
    return existing(queries.demand(scope, key))


def _demand_form(
    request: HttpRequest, scope: Scope, initial: dict[str, Any], kept: Demand | None = None
) -> demand_forms.DemandForm:
    owners = holders(scope).offered_with(kept.owner_id if kept else None)
    return demand_forms.DemandForm(
        request.POST or None,
        initial=initial,
        owners=owners,
        agreed=[(each.pk, each.title) for each in queries.agreed(scope)],
        heads=queries.weighed(scope).heads,
        today=timezone.localdate(scope.at),
    )


def _typed(found: Demand) -> dict[str, Any]:
    asked = list(found.asked.all())
    return {
        **{name: getattr(found, name) for name in NAMES},
        **{f"people_{it.role}": it.people for it in asked},
        "everybody": [it.role for it in asked],
        "owner": found.owner_id,
        "goes": found.goes_id,
    }


def _asks(form: demand_forms.DemandForm) -> demand_actions.Asks:
    told = form.cleaned_data
    names = ("title", "reason", "owner", "minutes", "times", "directed", "goes", "nothing_because", "review_on")
    return demand_actions.Asks(kind=Kind(told["kind"]), asked=form.asked(), **{name: told[name] for name in names})


def _form(request: HttpRequest, scope: Scope, page: pages.FormPage) -> HttpResponse:
    return show(request, "workload/form.html", page, scope=scope)
