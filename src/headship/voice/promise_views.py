"""Screens of what a school does about what it was told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.voice import pages, promise_actions, promise_forms, promise_pages, queries, rules


def promises(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what was promised."""
    return show(request, "voice/promises.html", promise_pages.promises_page(scope), scope=scope)


def promise(request: HttpRequest, scope: Scope, promise: int) -> HttpResponse:
    """Show one promise, and let whoever answers for it say that it was kept."""
    found = existing(queries.promise(scope, promise))
    form = promise_forms.KeptForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        promise_actions.keep_promise(by=scope, at=scope.at, promise=found.pk, **form.cleaned_data)
        messages.success(request, "Kept. Those who were asked can read what came of it.")
        return HttpResponseRedirect(pages.address(scope, "promises"))
    return show(request, "voice/promise.html", promise_pages.promise_page(scope, found, form), scope=scope)


def make(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Promise something about a survey."""
    found = existing(queries.survey(scope, survey))
    require(rules.promise(scope) or rules.see_results(scope, queries.facts(found)))
    asked = {each.code: each.words for each in queries.questions(found)}
    question = request.GET.get("question", "")
    form = promise_forms.PromiseForm(
        request.POST or None,
        owners=sorted(queries.owners(scope).items(), key=lambda each: each[1].casefold()),
        initial={"question": question if question in asked else "", "said": asked.get(question, "")[:200]},
    )
    if form.is_valid():
        given = form.cleaned_data
        promised = promise_actions.Promised(
            given["said"], given["doing"], int(given["owner"]), given["due_on"], given["question"]
        )
        promise_actions.make_promise(by=scope, at=scope.at, once=given["once"], survey=found.pk, promised=promised)
        messages.success(request, "Promised. Those who were asked can read it by their old link.")
        return HttpResponseRedirect(pages.address(scope, "survey", survey=found.pk))
    page = pages.FormPage("You said, we will", form, "Promise it", pages.address(scope, "survey", survey=found.pk))
    return show(request, "voice/form.html", page, scope=scope)
