"""Screens of excellent practice: the page staff read, recognising it, and what the person says to that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.appraisal import staff_practice_actions as actions
from headship.appraisal import staff_practice_forms as forms
from headship.appraisal import staff_practice_pages as pages
from headship.appraisal import staff_practice_queries as queries
from headship.appraisal import staff_practice_rules as rules
from headship.appraisal import staff_queries
from headship.appraisal.staff_choices import PracticeState
from headship.appraisal.staff_pages import FormPage, address
from headship.appraisal.staff_views import answered
from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope


def practices(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what this reader knows of."""
    return show(request, "appraisal/staff_practice.html", pages.list_page(scope), scope=scope)


def recognise(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Recognise somebody's practice."""
    require(rules.recognise(scope))
    staff = [each for each in staff_queries.staff(scope).items() if each[0] != scope.person_id]
    form = forms.RecogniseForm(request.POST or None, staff=staff)

    def do() -> None:
        actions.recognise_practice(by=scope, at=scope.at, **form.cleaned_data)

    page = FormPage("Recognise excellent practice", form, "Ask them", address(scope, "practice"))
    return answered(request, scope, page, do, "They are asked first. Staff read it once they agree.")


def answer(request: HttpRequest, scope: Scope, practice: int) -> HttpResponse:
    """Say whether all staff may read what one does."""
    now = existing(queries.practice(scope, practice))
    require(rules.answer(scope, now.person_id, PracticeState(now.state), PracticeState.AGREED))
    form = forms.AnswerForm(request.POST or None, initial={"version": now.version})

    def do() -> None:
        given = form.cleaned_data
        same = not given["shown"] and now.state != PracticeState.ASKED  # it is not shown, and stays so
        if not same:
            actions.answer_practice(by=scope, at=scope.at, practice=now.pk, **given)

    aside = f"{now.seen_by.name} saw: {now.words} You can take it back at any time."
    page = FormPage("May all staff read this?", form, "Save", address(scope, "practice"), aside=aside)
    return answered(request, scope, page, do, "Saved.")


@require_POST
def take_back(request: HttpRequest, scope: Scope, practice: int) -> HttpResponse:
    """Stop it from being shown."""
    actions.take_back_practice(by=scope, at=scope.at, practice=practice)
    messages.success(request, "It is no longer shown.")
    return HttpResponseRedirect(address(scope, "practice"))
