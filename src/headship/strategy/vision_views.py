"""Screens of vision and values."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import form_parts, papers
from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.schools.calendar_dates import year_of
from headship.strategy import (
    approval_actions,
    pages,
    queries,
    vision_actions,
    vision_documents,
    vision_forms,
    vision_pages,
    vision_queries,
    vision_rules,
)
from headship.strategy.choices import Matter, VisionState
from headship.strategy.models import Vision

AGREED_ANEW = "The board agreed these words. Changed, they are a draft again and the board agrees them anew."


def values(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the vision and what the school stands for, mirrored back in a year's decisions."""
    return show(request, "strategy/values.html", _values_page(request, scope), scope=scope)


def document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give vision and values on one page to hold."""
    return papers.given(request, vision_documents.values(scope, _values_page(request, scope, for_all=True)))


def vision(request: HttpRequest, scope: Scope, vision: int) -> HttpResponse:
    """Show one statement."""
    found = existing(vision_queries.vision(scope, vision))
    return show(request, "strategy/vision.html", vision_pages.vision_page(scope, found), scope=scope)


def on_day(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show which words were in force on a day."""
    form = vision_forms.DayForm(request.GET or None)
    page = vision_pages.on_day_page(scope, form, form.asked())
    return show(request, "strategy/vision_on_day.html", page, scope=scope)


def draft(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Begin the next statement."""
    form = vision_forms.VisionForm(request.POST or None)
    if form.is_valid():
        key = vision_actions.draft_vision(by=scope, at=scope.at, words=form.cleaned_data["words"])
        messages.success(request, "The draft is kept. Leaders and governors can read it; nobody else can.")
        return _back(scope, key)
    aside = "Leaders and governors read the draft. The board agrees it in a meeting, and then you publish it."
    page = pages.FormPage("Draft our vision", form, "Save the draft", pages.address(scope, "values"), aside)
    return show(request, "strategy/form.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, vision: int) -> HttpResponse:
    """Change the words of a statement that is not published."""
    found = existing(vision_queries.vision(scope, vision))
    require(vision_rules.change(scope, VisionState(found.state)))
    form = vision_forms.VisionForm(request.POST or None, initial={"words": found.words, "version": found.version})
    if form.is_valid():
        vision_actions.change_vision(by=scope, at=scope.at, vision=found.pk, **form.cleaned_data)
        messages.success(request, "The words are changed.")
        return _back(scope, found.pk)
    aside = AGREED_ANEW if found.state == VisionState.AGREED else ""
    page = pages.FormPage("Change the statement", form, "Save", _address(scope, found), aside)
    return show(request, "strategy/form.html", page, scope=scope)


def agree(request: HttpRequest, scope: Scope, vision: int) -> HttpResponse:
    """Record that the board agreed a statement."""
    found = existing(vision_queries.vision(scope, vision))
    require(vision_rules.agree(scope, VisionState(found.state)))
    form = vision_forms.approval(request.POST, found.version)
    if form.is_valid():
        told = form.cleaned_data
        approved = approval_actions.Approved(Matter.VISION, found.pk, told["version"], told["meeting"], told["on"])
        approval_actions.record_approval(by=scope, at=scope.at, once=told["once"], approved=approved)
        messages.success(request, "Recorded. The headteacher can publish it now.")
        return _back(scope, found.pk)
    page = pages.FormPage("The board agreed it", form, "Record it", _address(scope, found))
    return show(request, "strategy/form.html", page, scope=scope)


@require_POST
def publish(request: HttpRequest, scope: Scope, vision: int) -> HttpResponse:
    """Publish what the board agreed."""
    found = existing(vision_queries.vision(scope, vision))
    form = form_parts.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the statement again and publish it from there. Nothing was changed.")
    vision_actions.publish_vision(by=scope, at=scope.at, vision=found.pk, version=form.cleaned_data["version"])
    messages.success(request, "Published to all staff and governors.")
    return HttpResponseRedirect(pages.address(scope, "values"))


def _values_page(request: HttpRequest, scope: Scope, *, for_all: bool = False) -> vision_pages.ValuesPage:
    years, this = queries.years(scope), year_of(timezone.localdate(scope.at))
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else this
    return vision_pages.values_page(scope, year, sorted({*years, this}, reverse=True), for_all=for_all)


def _address(scope: Scope, of: Vision) -> str:
    return pages.address(scope, "vision", vision=of.pk)


def _back(scope: Scope, key: int) -> HttpResponse:
    return HttpResponseRedirect(pages.address(scope, "vision", vision=key))
