"""Screens on which somebody's objectives are written and set."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.appraisal import staff_forms as forms
from headship.appraisal import staff_objective_actions as actions
from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal.staff_models import StaffObjective, StaffYear
from headship.appraisal.staff_pages import FormPage, address, past_words, whose
from headship.appraisal.staff_views import answered, found
from headship.core.errors import Stale, existing, require
from headship.core.scope import Scope


def objective_add(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Write an objective."""
    now = found(scope, appraised)
    require(rules.write_objectives(scope, queries.facts(scope, now)))
    form = forms.ObjectiveForm(request.POST or None, about=whose(now), initial=about(now))

    def do() -> None:
        once = form.cleaned_data["once"]
        actions.add_staff_objective(by=scope, at=scope.at, once=once, year=now.pk, whose=form.whose, aimed=form.aimed)

    page = of_year(scope, now, form, f"An objective of {now.person.name}", "Keep this objective")
    return answered(request, scope, page, do, f"Saved for {whose(now)}.")


def objective_change(request: HttpRequest, scope: Scope, appraised: int, aim: int) -> HttpResponse:
    """Change an objective that is not set yet."""
    now = found(scope, appraised)
    one = _objective(now, aim)
    require(rules.write_objectives(scope, queries.facts(scope, now)))
    typed = about(now) | {"words": one.words, "measure": one.measure, "version": one.version}
    form = forms.ObjectiveForm(request.POST or None, about=whose(now), initial=typed)

    def do() -> None:
        actions.change_staff_objective(
            by=scope,
            at=scope.at,
            year=now.pk,
            objective=one.pk,
            version=form.cleaned_data["version"] or 0,
            whose=form.whose,
            aimed=form.aimed,
        )

    page = of_year(scope, now, form, f"Change an objective of {now.person.name}", "Save")
    return answered(request, scope, page, do, f"Saved for {whose(now)}.", one)


@require_POST
def objective_drop(request: HttpRequest, scope: Scope, appraised: int, aim: int) -> HttpResponse:
    """Take an objective out."""
    now = found(scope, appraised)
    one = _objective(now, aim)
    actions.drop_staff_objective(by=scope, at=scope.at, year=now.pk, objective=one.pk, version=seen_version(request))
    return HttpResponseRedirect(at(scope, now))


def objectives_set(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Set the objectives."""
    now = found(scope, appraised)
    require(rules.set_objectives(scope, queries.facts(scope, now)))
    kind = forms.LateForm if queries.facts(scope, now).past else forms.SureForm
    form = kind(request.POST or None, about=whose(now), initial=about(now) | {"version": now.version})

    def do() -> None:
        version, because = form.cleaned_data["version"], form.cleaned_data.get("because", "")
        actions.set_staff_objectives(
            by=scope, at=scope.at, year=now.pk, version=version, whose=form.whose, because=because
        )

    aside = "Once they are set, both of you hold to them. You can take them up again, and say why."
    page = of_year(scope, now, form, f"Set the objectives of {now.person.name}", "Set them", aside)
    return answered(request, scope, page, do, f"Saved for {whose(now)}.", now)


def of_year(  # noqa: PLR0913, PLR0917  # a form, and all that stands around it
    scope: Scope, now: StaffYear, form: Form, title: str, button: str, aside: str = ""
) -> FormPage:
    """Return the page of a form about somebody's year: whose and which stand above it."""
    past = past_words(scope, now.starts_in)
    return FormPage(title, form, button, at(scope, now), whose=whose(now), aside=aside, past=past)


def at(scope: Scope, now: StaffYear) -> str:
    """Return the address of somebody's year."""
    return address(scope, "staff-year", appraised=now.pk)


def about(now: StaffYear) -> dict[str, Any]:
    """Say whose year a form is about, and which."""
    return {"person": now.person_id, "starts_in": now.starts_in}


def _objective(now: StaffYear, key: int) -> StaffObjective:
    return existing(next((each for each in now.objectives.all() if each.pk == key), None))


def seen_version(request: HttpRequest) -> int:
    """Return what version whoever sent a button saw. Errors: Stale where nothing tells."""
    sent = request.POST.get("version", "")
    if not sent.isdecimal():
        raise Stale("Open the page again, and try it there. Nothing was changed.")
    return int(sent)
