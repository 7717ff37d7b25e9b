"""Screens of those who run surveys."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.voice import (
    actions,
    closing,
    forms,
    instruments,
    pages,
    preview_pages,
    queries,
    result_pages,
    rules,
    share_pages,
    tasks,
    unshown,
)
from headship.voice.choices import State
from headship.voice.models import Survey


def surveys(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the surveys the reader knows of."""
    return show(request, "voice/surveys.html", pages.surveys_page(scope), scope=scope)


def survey(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Show a survey as it stands: what is left to prepare, how far it has come, or what it released."""
    found = existing(queries.survey(scope, survey))
    if found.state == State.DRAFT:
        return show(
            request, "voice/draft.html", pages.draft_page(scope, found, unshown.unshown(found, scope.at)), scope=scope
        )
    if found.state == State.OPEN:
        return show(request, "voice/open.html", pages.open_page(scope, found), scope=scope)
    if found.about_id:
        return show(request, "voice/feedback.html", share_pages.own_page(scope, found), scope=scope)
    chosen = forms.ChosenForm(request.GET).chosen
    return show(request, "voice/results.html", result_pages.results_page(scope, found, chosen), scope=scope)


def new(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Offer the instruments."""
    return show(request, "voice/offers.html", pages.offers_page(scope), scope=scope)


def prepare(request: HttpRequest, scope: Scope, instrument: str) -> HttpResponse:
    """Begin a survey with an instrument."""
    if instrument not in instruments.instruments():
        raise Http404
    require(rules.prepare(scope, instrument))
    brought = instruments.instruments()[instrument]
    start = {"title": brought.title, "opening": brought.opening, **forms.as_typed(brought.questions)}
    form = _form(request, scope, instrument, start)
    if form.is_valid():
        once = form.cleaned_data["once"]
        key = actions.prepare_survey(by=scope, at=scope.at, once=once, prepared=_prepared(form, instrument))
        return HttpResponseRedirect(pages.address(scope, "survey", survey=key))
    page = pages.FormPage(brought.title, form, "Save and choose who is asked", pages.address(scope, "survey-new"))
    return show(request, "voice/form.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Change a survey before it opens."""
    found = _own_draft(scope, survey)
    start = {"title": found.title, "opening": found.opening, "closes_on": found.closes_on, "version": found.version}
    start |= {"visibility": found.visibility, "fewest": found.fewest, **forms.as_typed(queries.questions(found))}
    form = _form(request, scope, found.instrument, start)
    if form.is_valid():
        version = form.cleaned_data["version"]
        prepared = _prepared(form, found.instrument)
        actions.change_survey(by=scope, at=scope.at, survey=found.pk, version=version, prepared=prepared)
        return HttpResponseRedirect(pages.address(scope, "survey", survey=found.pk))
    page = pages.FormPage("What is asked", form, "Save", pages.address(scope, "survey", survey=found.pk))
    return show(request, "voice/form.html", page, scope=scope)


def make_codes(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Make codes to print for a group."""
    found = _own_draft(scope, survey)
    require(rules.ask_without_names(scope, queries.facts(found)))
    form = forms.CodesForm(request.POST or None, initial={"version": found.version})
    back = pages.address(scope, "survey-people", survey=found.pk)
    if form.is_valid():
        actions.ask_by_code(by=scope, at=scope.at, survey=found.pk, **form.cleaned_data)
        return HttpResponseRedirect(back)
    return show(request, "voice/form.html", pages.FormPage("Codes on paper", form, "Save", back), scope=scope)


def preview(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Show the questions as a group will read them."""
    found = existing(queries.survey(scope, survey))
    page = preview_pages.preview_page(scope, found, request.GET.get("as", ""), request.GET.get("in", ""))
    return show(request, "voice/preview.html", page, scope=scope)


@require_POST
def open_survey(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Let people answer, and have the worker mail each their link."""
    found = existing(queries.survey(scope, survey))
    actions.open_survey(by=scope, at=scope.at, survey=found.pk, version=version_in(request))
    mailed = tasks.mail_links(by=scope, survey=found, origin=_origin(request))
    messages.success(request, f"The survey is open. {mailed}")
    return HttpResponseRedirect(pages.address(scope, "survey", survey=found.pk))


@require_POST
def remind(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Have those reminded who have not answered, without learning who they are."""
    found = existing(queries.survey(scope, survey))
    actions.remind(by=scope, at=scope.at, survey=found.pk, version=version_in(request))
    tasks.mail_links(by=scope, survey=found, origin=_origin(request))
    messages.success(request, "Whoever has not answered is being reminded. Nobody learns who they are.")
    return HttpResponseRedirect(pages.address(scope, "survey", survey=found.pk))


@require_POST
def close(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Close a survey, which decides once what is released."""
    found = existing(queries.survey(scope, survey))
    closing.close_survey(by=scope, at=scope.at, survey=found.pk, version=version_in(request))
    messages.success(request, "The survey is closed. What can be shown is below; no single answer is kept.")
    return HttpResponseRedirect(pages.address(scope, "survey", survey=found.pk))


@require_POST
def drop(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Throw a survey away that never opened."""
    found = _own_draft(scope, survey)
    actions.drop_survey(by=scope, at=scope.at, survey=found.pk, version=version_in(request))
    messages.success(request, "The survey is thrown away. Nobody had been asked.")
    return HttpResponseRedirect(pages.address(scope, "surveys"))


def _own_draft(scope: Scope, survey: int) -> Survey:
    found = existing(queries.survey(scope, survey))
    require(rules.change(scope, queries.facts(found)))
    return found


def version_in(request: HttpRequest) -> int:
    """Return which state of a thing was looked at when a button was pressed. Errors: Unusable."""
    form = forms.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the survey again and press the button there. Nothing was changed.")
    version: int = form.cleaned_data["version"]
    return version


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _form(request: HttpRequest, scope: Scope, instrument: str, start: dict[str, Any]) -> forms.SurveyForm:
    brought = instruments.instruments()[instrument]
    return forms.SurveyForm(
        request.POST or None,
        offered=brought.questions,
        seen_as=rules.seen_as(scope, about_person=brought.about_person),
        today=timezone.localdate(scope.at),
        initial={"visibility": rules.seen_as(scope, about_person=brought.about_person)[0].value, **start},
    )


def _prepared(form: forms.SurveyForm, instrument: str) -> actions.Prepared:
    given = form.cleaned_data
    return actions.Prepared(
        instrument=instrument,
        title=given["title"],
        opening=given["opening"],
        closes_on=given["closes_on"],
        visibility=Visibility(given["visibility"]),
        questions=form.questions,
        fewest=given["fewest"],
    )
