"""The screen of who is asked: a page of people at a time, each saved before the next is shown."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.voice import actions, asking_queries, choosing, forms, pages, people_forms, people_pages, queries, rules
from headship.voice.models import Survey
from headship.voice.people_forms import Look, PeopleForm


def people(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Choose who is asked."""
    found = existing(queries.survey(scope, survey))
    require(rules.change(scope, queries.facts(found)))
    last = asking_queries.last_asked(scope, found)
    everybody = asking_queries.people_to_ask(scope, found, last)
    look = people_forms.LookForm(request.GET).of(everybody)
    form = PeopleForm(
        request.POST or None,
        everybody=everybody,
        page=look.on(look.page),
        groups=pages.groups_of(found),
        last=last,
        initial={"version": found.version, "find": look.find},
    )
    if saved(form, lambda _: _write(scope, found, form), found):
        return HttpResponseRedirect(_next(request, scope, found, form, look))
    codes = forms.CodesForm(initial={"version": found.version})
    shown = people_pages.people_page(scope, found, form, codes, look)
    return show(request, "voice/people.html", shown, scope=scope)


def _write(scope: Scope, found: Survey, form: PeopleForm) -> None:
    version = form.cleaned_data["version"]
    actions.ask_people(by=scope, at=scope.at, survey=found.pk, version=version, people=form.asked)


def _next(request: HttpRequest, scope: Scope, found: Survey, form: PeopleForm, look: Look) -> str:
    """Return where the button leads: to the survey, to another page of people, or back to this one."""
    go = form.cleaned_data["go"]
    here = pages.address(scope, "survey-people", survey=found.pk)
    if go == people_forms.FIND:
        return f"{here}?{urlencode({'find': form.cleaned_data['find']})}"
    if go.startswith("page-"):
        return f"{here}?{urlencode({'find': look.find, 'page': go.removeprefix('page-')})}"
    if go == choosing.SAME or go.startswith((choosing.ALL, choosing.NONE)):
        messages.success(request, f"{len(form.asked):,} people are asked now.")
        return f"{here}?{urlencode({'find': look.find, 'page': look.page})}"
    return pages.address(scope, "survey", survey=found.pk)
