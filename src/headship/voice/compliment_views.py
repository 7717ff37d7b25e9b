"""Screens of compliments, of a year in counts, and of the school's procedure."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from headship.core import papers
from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.voice import complaint_forms as forms
from headship.voice import (
    complaint_pages,
    complaint_year_pages,
    compliment_actions,
    pages,
    procedure_actions,
    procedure_pages,
)
from headship.voice import complaint_queries as queries
from headship.voice import complaint_rules as rules
from headship.voice.pages import FormPage

FORM = "voice/form.html"


def record(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Write down something kind."""
    back = pages.address(scope, "complaints")
    form = forms.ToldForm(
        request.POST or None,
        about=queries.to_be_about(scope).items(),
        today=queries.today_of(scope),
        help_text="They read it when the headteacher passes it on.",
        initial={"received_on": queries.today_of(scope)},
    )
    if form.is_valid():
        once = form.cleaned_data["once"]
        compliment_actions.record_compliment(by=scope, at=scope.at, once=once, told=form.told)
        messages.success(request, "Recorded. Thank you for keeping it.")
        return HttpResponseRedirect(back)
    return show(request, FORM, FormPage("Record a compliment", form, "Record it", back), scope=scope)


def compliment(request: HttpRequest, scope: Scope, compliment: int) -> HttpResponse:
    """Show one compliment."""
    found = existing(queries.compliment(scope, compliment))
    return show(request, "voice/compliment.html", complaint_pages.compliment_page(scope, found), scope=scope)


def pass_on(request: HttpRequest, scope: Scope, compliment: int) -> HttpResponse:
    """Pass a compliment on to whom it is about."""
    found = existing(queries.compliment(scope, compliment))
    require(rules.pass_on(scope))
    back = pages.address(scope, "compliment", compliment=found.pk)
    form = forms.PassOnForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        compliment_actions.pass_on_compliment(by=scope, at=scope.at, compliment=found.pk, **form.cleaned_data)
        messages.success(request, "Passed on.")
        return HttpResponseRedirect(back)
    name = found.about.name if found.about else "everybody it concerns"
    return show(request, FORM, FormPage(f"Pass it on to {name}", form, "Pass it on", back, found.said), scope=scope)


def year(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show a year in counts."""
    asked = complaint_year_pages.year_asked(scope, request.GET.get("year", ""))
    page = complaint_year_pages.year_page(scope, asked)
    return show(request, "voice/complaints-year.html", page, scope=scope)


def year_document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give a year in counts as a document."""
    asked = complaint_year_pages.year_asked(scope, request.GET.get("year", ""))
    page = complaint_year_pages.year_page(scope, asked)
    return papers.given(request, complaint_year_pages.paper(scope, page))


def procedure(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the school's procedure: its periods, and what the law asks."""
    return show(request, "voice/procedure.html", procedure_pages.procedure_page(scope), scope=scope)


def procedure_change(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Set the school's own periods."""
    require(rules.set_procedure(scope))
    back = pages.address(scope, "complaints-procedure")
    form = forms.ProcedureForm(
        request.POST or None, offered=procedure_pages.offered(scope), initial=procedure_pages.initial(scope)
    )
    if form.is_valid():
        given = form.cleaned_data
        procedure_actions.set_procedure(
            by=scope,
            at=scope.at,
            version=given["version"],
            periods={name: given[name] for name in procedure_actions.PERIODS},
            meets=given["meets"],
            reviewed_on=given["reviewed_on"],
        )
        messages.success(request, "Saved. What is due already stays as it was told.")
        return HttpResponseRedirect(back)
    aside = "Each period is in school days: weekdays in term, without half-terms, holidays and training days."
    return show(request, FORM, FormPage("Our complaints procedure", form, "Save", back, aside), scope=scope)
