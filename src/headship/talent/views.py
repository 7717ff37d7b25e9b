"""Screens of learning."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.standards import forms as standards
from headship.talent import actions, forms, pages, queries, rules
from headship.talent.models import LearningNote


def learning(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show one's own notes."""
    rows, following = queries.own_notes(scope, forms.ListForm(request.GET).wanted())
    return show(request, "talent/notes.html", pages.notes_page(scope, rows, following, shared=False), scope=scope)


def shared(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what others chose to show."""
    rows, following = queries.shared_notes(scope, forms.ListForm(request.GET).wanted())
    return show(request, "talent/notes.html", pages.notes_page(scope, rows, following, shared=True), scope=scope)


def note(request: HttpRequest, scope: Scope, note: int) -> HttpResponse:
    """Show one note."""
    return show(request, "talent/note.html", pages.note_page(scope, existing(queries.note(scope, note))), scope=scope)


def write(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Write a note."""
    serves = [request.GET.get("serves", "1.4")]  # others offer to note something for what they are about
    initial = {"visibility": Visibility.PRIVATE.value, "learned_on": timezone.localdate(scope.at), "serves": serves}
    form = _form(request, scope, initial)
    if form.is_valid():
        once = form.cleaned_data["once"]
        key = actions.write_note(by=scope, at=scope.at, once=once, learned=_learned(form))
        messages.success(request, "Your note is kept.")
        return HttpResponseRedirect(pages.address(scope, "learning-note", note=key))
    page = pages.FormPage("Note something you learned", form, "Keep the note", pages.address(scope, "learning"))
    return show(request, "talent/note_form.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, note: int) -> HttpResponse:
    """Change one's own note."""
    found = _own(scope, note)
    form = _form(request, scope, pages.as_typed(found))
    if form.is_valid():
        version = form.cleaned_data["version"]
        actions.change_note(by=scope, at=scope.at, note=found.id, version=version, learned=_learned(form))
        messages.success(request, "Your note is changed.")
        return HttpResponseRedirect(pages.address(scope, "learning-note", note=found.id))
    page = pages.FormPage("Change a note", form, "Save", pages.address(scope, "learning-note", note=found.id))
    return show(request, "talent/note_form.html", page, scope=scope)


@require_POST
def withdraw(request: HttpRequest, scope: Scope, note: int) -> HttpResponse:
    """Withdraw one's own note."""
    found = _own(scope, note)
    form = forms.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the note again and withdraw it from there. Nothing was changed.")
    actions.withdraw_note(by=scope, at=scope.at, note=found.id, version=form.cleaned_data["version"])
    messages.success(request, "Your note is withdrawn, and no longer counts as evidence.")
    return HttpResponseRedirect(pages.address(scope, "learning"))


def _form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> forms.NoteForm:
    return forms.NoteForm(
        request.POST or None,
        today=timezone.localdate(scope.at),
        characteristics=standards.characteristic_choices(rules.SUGGESTED),
        offered=pages.offered(scope, rules.visibilities(scope)),
        initial=initial,
    )


def _learned(form: forms.NoteForm) -> actions.Learned:
    return actions.Learned(
        what=form.cleaned_data["what"],
        change=form.cleaned_data["change"],
        learned_on=form.cleaned_data["learned_on"],
        minutes=form.cleaned_data["minutes"],
        visibility=Visibility(form.cleaned_data["visibility"]),
        characteristics=form.cleaned_data["serves"],
    )


def _own(scope: Scope, note: int) -> LearningNote:
    found = existing(queries.note(scope, note))
    require(rules.change_note(scope, writer=found.person_id, withdrawn_at=found.withdrawn_at))
    return found
