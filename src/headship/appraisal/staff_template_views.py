"""Screens of templates: kept, changed, begun from, and their objectives put to many."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.appraisal import own_rule_queries, staff_cycle_actions, staff_pages, staff_queries, staff_rules
from headship.appraisal import staff_template_actions as actions
from headship.appraisal import staff_template_forms as forms
from headship.appraisal import staff_template_pages as pages
from headship.appraisal import staff_template_queries as queries
from headship.appraisal import year_days as days
from headship.appraisal.staff_models import StaffCycle
from headship.appraisal.staff_objective_views import seen_version
from headship.appraisal.staff_pages import FormPage, address
from headship.appraisal.staff_template_models import StaffTemplate, StaffTemplateObjective
from headship.appraisal.staff_views import FORM, answered, cycle_form, cycle_of
from headship.core import saving
from headship.core.errors import existing, require
from headship.core.form_parts import VersionForm
from headship.core.pages import academic_year, show
from headship.core.scope import Scope
from headship.policy.loader import YearDay

ASIDE = "It holds days, parts and weights. Nothing about anybody comes into it: no members, no appraisers, no words."


def templates(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the school's templates."""
    require(staff_rules.set_up(scope))
    return show(request, "appraisal/staff_templates.html", pages.list_page(scope), scope=scope)


def template(request: HttpRequest, scope: Scope, template: int) -> HttpResponse:
    """Show one of them."""
    page = pages.template_page(scope, _found(scope, template))
    return show(request, "appraisal/staff_template.html", page, scope=scope)


def template_new(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Make a template."""
    require(staff_rules.set_up(scope))
    year = staff_queries.this_year(scope)
    by = own_rule_queries.staff_due(scope, year).value
    usual = dict(zip(queries.DAYS, staff_rules.usual(year, by), strict=True))
    typed = {"parts": "Objectives 60\nProfessional standards 40", **_days(usual)}
    return _kept(request, scope, "Make a template", typed, address(scope, "staff-templates"))


def from_cycle(request: HttpRequest, scope: Scope, cycle: int) -> HttpResponse:
    """Keep a template of a cycle there is: what would be kept is on the page first."""
    require(staff_rules.set_up(scope))
    of = cycle_of(scope, cycle)
    back = address(scope, "staff-cycle", cycle=of.pk)
    return _kept(request, scope, f"Keep {of.name} as a template", _typed(of), back)


def _kept(request: HttpRequest, scope: Scope, title: str, typed: dict[str, Any], back: str) -> HttpResponse:
    form = _form(request, scope, typed)
    made: list[int] = []

    def do() -> None:
        once = form.cleaned_data["once"]
        made.append(actions.keep_template(by=scope, at=scope.at, once=once, kept=form.kept))

    if saving.saved(form, lambda _clean: do()):
        messages.success(request, "Kept. Add objectives that many get, if you like.")
        return HttpResponseRedirect(address(scope, "staff-template", template=made[0]))
    return show(request, FORM, FormPage(title, form, "Keep it", back, aside=ASIDE), scope=scope)


def template_change(request: HttpRequest, scope: Scope, template: int) -> HttpResponse:
    """Change a template."""
    now = _found(scope, template)
    form = _form(request, scope, _typed(now) | {"version": now.version})

    def do() -> None:
        version = form.cleaned_data["version"] or 0
        actions.change_template(by=scope, at=scope.at, template=now.pk, version=version, kept=form.kept)

    aside = "Cycles that began from it stay as they are."
    page = FormPage(f"Change the template {now.name}", form, "Save", _at(scope, now), aside=aside)
    return answered(request, scope, page, do, "Saved.", now)


def template_drop(request: HttpRequest, scope: Scope, template: int) -> HttpResponse:
    """Take a template away, once asked."""
    now = _found(scope, template)
    form = VersionForm(request.POST or None, initial={"version": now.version})
    if saving.saved(form, lambda clean: actions.drop_template(by=scope, at=scope.at, template=now.pk, **clean), now):
        messages.success(request, f"The template {now.name} is taken away.")
        return HttpResponseRedirect(address(scope, "staff-templates"))
    aside = (
        "Its objectives go with it. Cycles that began from it stay, and so does every objective that was put to many."
    )
    page = FormPage(f"Take the template {now.name} away?", form, "Take it away", _at(scope, now), aside=aside)
    return show(request, FORM, page, scope=scope)


def template_begin(request: HttpRequest, scope: Scope, template: int, starts_in: int) -> HttpResponse:
    """Set up a cycle that begins from a template: all it brings is on the page first."""
    of = _found(scope, template)
    existing(starts_in if starts_in in queries.begun_from(scope) else None)
    typed = _typed(of) | {"starts_in": starts_in}
    typed |= dict(zip(queries.DAYS, queries.in_year(of, starts_in), strict=True))
    form = cycle_form(request, scope, (starts_in,), typed)
    made: list[int] = []

    def do() -> None:
        once = form.cleaned_data["once"]
        planned = form.planned
        made.append(
            staff_cycle_actions.open_cycle(by=scope, at=scope.at, once=once, starts_in=starts_in, planned=planned)
        )

    if saving.saved(form, lambda _clean: do()):
        messages.success(request, "Set up. Now put people into it.")
        return HttpResponseRedirect(address(scope, "staff-members", cycle=made[0]))
    title = f"Begin {of.name}, {academic_year(starts_in)}, from its template"
    aside = "This is what the template brings. Change what is different; nothing is set up until you say so."
    return show(request, FORM, FormPage(title, form, "Set it up", _at(scope, of), aside=aside), scope=scope)


def aim_add(request: HttpRequest, scope: Scope, template: int) -> HttpResponse:
    """Keep an objective with a template."""
    of = _found(scope, template)
    form = forms.TemplateAimForm(request.POST or None)

    def do() -> None:
        once = form.cleaned_data["once"]
        actions.add_template_objective(by=scope, at=scope.at, once=once, template=of.pk, aimed=form.aimed)

    page = FormPage(f"An objective for the template {of.name}", form, "Keep it", _at(scope, of))
    return answered(request, scope, page, do, "Kept.")


def aim_change(request: HttpRequest, scope: Scope, template: int, common: int) -> HttpResponse:
    """Change an objective of a template."""
    of = _found(scope, template)
    one = _objective(of, common)
    typed = {"words": one.words, "measure": one.measure, "version": one.version}
    form = forms.TemplateAimForm(request.POST or None, initial=typed)

    def do() -> None:
        seen = form.cleaned_data["version"] or 0
        actions.change_template_objective(
            by=scope, at=scope.at, template=of.pk, objective=one.pk, version=seen, aimed=form.aimed
        )

    aside = "Where it was put to somebody already, theirs stays as it is."
    page = FormPage(f"Change an objective of the template {of.name}", form, "Save", _at(scope, of), aside=aside)
    return answered(request, scope, page, do, "Saved.", one)


@require_POST
def aim_drop(request: HttpRequest, scope: Scope, template: int, common: int) -> HttpResponse:
    """Take an objective out of a template."""
    of = _found(scope, template)
    one = _objective(of, common)
    version = seen_version(request)
    actions.drop_template_objective(by=scope, at=scope.at, template=of.pk, objective=one.pk, version=version)
    messages.success(request, "Taken out. Where it was put to somebody, theirs stays.")
    return HttpResponseRedirect(_at(scope, of))


def put(request: HttpRequest, scope: Scope, cycle: int) -> HttpResponse:
    """Put objectives of templates to many."""
    now = cycle_of(scope, cycle)
    years = [(each.pk, each.person.name) for each in staff_queries.aiming(staff_queries.members(scope, now))]
    found = queries.to_put(scope, now)
    objectives = [(_mark(each), f"{each.template.name}: {each.words}") for each in found]
    seen = {_mark(each): f"Seen by: {each.measure}" for each in found if each.measure}
    form = forms.PutForm(request.POST or None, years=years, objectives=objectives, seen=seen)

    def do() -> None:
        given = form.cleaned_data
        actions.put_to_many(
            by=scope, at=scope.at, once=given["once"], cycle=now.pk, objectives=form.chosen, years=given["years"]
        )
        people = len(given["years"])
        messages.success(request, f"Put to {people} {'person' if people == 1 else 'people'}.")

    if saving.saved(form, lambda _clean: do()):
        return HttpResponseRedirect(address(scope, "staff-cycle", cycle=now.pk))
    aside = (
        "Each stands among the objectives of each whom you choose, to be talked about with them before they are set."
    )
    title = f"Objectives from templates, {now.name}, {academic_year(now.starts_in)}"
    back = address(scope, "staff-cycle", cycle=now.pk)
    past = staff_pages.past_words(scope, now.starts_in)
    return show(request, FORM, FormPage(title, form, "Write them", back, aside=aside, past=past), scope=scope)


def _mark(each: StaffTemplateObjective) -> str:
    return f"{each.pk}-{each.version}"


def _found(scope: Scope, key: int) -> StaffTemplate:
    require(staff_rules.set_up(scope))
    return existing(queries.template(scope, key))


def _objective(of: StaffTemplate, key: int) -> StaffTemplateObjective:
    return existing(next((each for each in of.objectives.all() if each.pk == key), None))


def _at(scope: Scope, of: StaffTemplate) -> str:
    return address(scope, "staff-template", template=of.pk)


def _form(request: HttpRequest, scope: Scope, typed: dict[str, Any]) -> forms.TemplateForm:
    rule = staff_pages.rule_words(scope, staff_queries.this_year(scope))
    return forms.TemplateForm(request.POST or None, initial=typed, rule=rule)


def _typed(of: StaffTemplate | StaffCycle) -> dict[str, Any]:
    """Return a template, or what a template of a cycle would be, as the form holds it."""
    parts = "\n".join(f"{each.name} {each.weight}" for each in of.parts.order_by("number"))
    held = {"name": of.name, "moderated": of.moderated, "appeal_days": of.appeal_days, "parts": parts}
    return held | _days({name: getattr(of, name) for name in queries.DAYS})


def _days(given: dict[str, Any]) -> dict[str, str]:
    """Return days as they are typed: of a template as it keeps them, of a cycle without its year."""
    found = {name: days.read(on) if isinstance(on, str) else YearDay(on.month, on.day) for name, on in given.items()}
    return {name: days.in_words(on) for name, on in found.items()}
