"""Screens of progress meetings."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from headship.core import papers
from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.outcomes import meeting_actions as actions
from headship.outcomes import meeting_forms as forms
from headship.outcomes import meeting_pages as pages
from headship.outcomes import meeting_paper
from headship.outcomes import meeting_queries as queries
from headship.outcomes import meeting_rules as rules
from headship.outcomes.held import held
from headship.outcomes.models import MeetingLine
from headship.outcomes.target_pages import FormPage, address
from headship.people.holders import holders


def meetings(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what is to change and the meetings."""
    return show(request, "outcomes/meetings.html", pages.meetings_page(scope), scope=scope)


def agenda(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the agenda of the next meeting."""
    return show(request, "outcomes/agenda.html", pages.agenda_page(scope), scope=scope)


def meeting(request: HttpRequest, scope: Scope, meeting: int) -> HttpResponse:
    """Show the minute of a meeting."""
    found = existing(queries.meeting(scope, meeting))
    return show(request, "outcomes/meeting.html", pages.meeting_page(scope, found), scope=scope)


def agenda_document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give the agenda of the next meeting as a document."""
    return papers.given(request, meeting_paper.agenda(scope, pages.agenda_page(scope)))


def meeting_document(request: HttpRequest, scope: Scope, meeting: int) -> HttpResponse:
    """Give the minute of a meeting as a document, with the names of pupils that its page shows this reader."""
    found = existing(queries.meeting(scope, meeting))
    return papers.given(request, meeting_paper.minute(scope, pages.meeting_page(scope, found)))


def note(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Note a meeting."""
    started = {"held_on": timezone.localdate(scope.at), "present": [scope.person_id], **_like(request, scope)}
    form = _meeting_form(request, scope, started)
    if form.is_valid():
        key = actions.hold_meeting(by=scope, at=scope.at, once=form.cleaned_data["once"], held=form.held())
        messages.success(request, "The meeting is noted. Now say what changes.")
        return HttpResponseRedirect(address(scope, "meeting", meeting=key))
    return show(request, "outcomes/form.html", pages.note_page(scope, form), scope=scope)


def _like(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    """Return what is taken over from an earlier meeting, where one of the school's was asked for."""
    asked = request.GET.get("like", "")
    key = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 18 else 0  # figures of a key
    found = queries.meeting(scope, key)
    return pages.like(found) if found else {}


def change(request: HttpRequest, scope: Scope, meeting: int) -> HttpResponse:
    """Change what is noted of a meeting."""
    found = existing(queries.meeting(scope, meeting))
    form = _meeting_form(request, scope, pages.meeting_typed(found))
    back = address(scope, "meeting", meeting=found.pk)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        actions.change_meeting(by=scope, at=scope.at, meeting=found.pk, version=version, held=form.held())
        return HttpResponseRedirect(back)
    return show(request, "outcomes/form.html", FormPage("Change the meeting", form, "Save", back), scope=scope)


def agree(request: HttpRequest, scope: Scope, meeting: int) -> HttpResponse:
    """Note something that is to change."""
    found = existing(queries.meeting(scope, meeting))
    form = _line_form(request, scope, {})
    back = address(scope, "meeting", meeting=found.pk)
    if form.is_valid():
        once = form.cleaned_data["once"]
        actions.agree_change(by=scope, at=scope.at, meeting=found.pk, once=once, agreed=form.agreed())
        messages.success(request, "What changes is noted.")
        return HttpResponseRedirect(back)
    return show(request, "outcomes/form.html", FormPage("What changes?", form, "Save", back), scope=scope)


def line(request: HttpRequest, scope: Scope, line: int) -> HttpResponse:
    """Change something that is to change."""
    found = existing(queries.line(scope, line))
    require(rules.change_line(scope, queries.facts(found)))
    form = _line_form(request, scope, pages.line_typed(found))
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        actions.change_agreed(by=scope, at=scope.at, line=found.pk, version=version, agreed=form.agreed())
        return HttpResponseRedirect(_back(scope, found))
    page = FormPage("Change what changes", form, "Save", _back(scope, found))
    return show(request, "outcomes/form.html", page, scope=scope)


def close(request: HttpRequest, scope: Scope, line: int) -> HttpResponse:
    """Close something that was to change, with what came of it."""
    found = existing(queries.line(scope, line))
    require(rules.close_line(scope, queries.facts(found)))
    form = forms.CloseForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        actions.close_agreed(by=scope, at=scope.at, line=found.pk, **form.cleaned_data)
        messages.success(request, "What came of it is noted, and it is closed.")
        return HttpResponseRedirect(_back(scope, found))
    page = FormPage(found.what, form, "Close it", _back(scope, found), f"It was for {found.for_whom}.")
    return show(request, "outcomes/form.html", page, scope=scope)


def _back(scope: Scope, found: MeetingLine) -> str:
    return address(scope, "meeting", meeting=found.meeting_id)


def _meeting_form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> forms.MeetingForm:
    people = holders(scope)
    gone = [each for each in initial.get("present", ()) if each not in dict(people.offered)]
    return forms.MeetingForm(
        request.POST or None,
        people=[*people.offered, *((each, people.told(each)) for each in gone)],
        results=held(scope),
        today=timezone.localdate(scope.at),
        initial=initial,
    )


def _line_form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> forms.LineForm:
    return forms.LineForm(
        request.POST or None, owners=holders(scope).offered, names=queries.names(scope), initial=initial
    )
