"""Screens of equality checks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.equality import check_actions, check_pages, forms, pages, queries, rules, views
from headship.equality.choices import CheckState, Subject
from headship.equality.models import Check
from headship.people.holders import holders
from headship.strategy.pages import address


def checks(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what lacks a check, and what was settled."""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    return show(request, "equality/checks.html", check_pages.checks_page(scope, before), scope=scope)


def check(request: HttpRequest, scope: Scope, check: int) -> HttpResponse:
    """Show one check."""
    return show(request, "equality/check.html", check_pages.check_page(scope, _check(scope, check)), scope=scope)


def begin(request: HttpRequest, scope: Scope, kind: str, of: int) -> HttpResponse:
    """Say whether something needs a check."""
    if kind not in set(Subject):
        raise Http404
    about = existing(queries.about(scope, Subject(kind), of))
    there = queries.checks_of(scope, [about.source]).get(about.source)
    if there and request.method == "GET":
        return _to(scope, there.pk)
    form = _settle_form(request, scope, {})
    if _settled(form):
        told = form.cleaned_data
        key = check_actions.settle_check(
            by=scope, at=scope.at, once=told["once"], kind=about.kind, of=about.key, settled=_said(form)
        )
        return _to(scope, key)
    return _form(request, scope, form, about.words, address(scope, "equality-checks"))


def change(request: HttpRequest, scope: Scope, check: int) -> HttpResponse:
    """Say anew whether a check is needed, who makes it and by when."""
    found = _check(scope, check)
    needed = "no" if found.state == CheckState.NOT_NEEDED else "yes"
    typed = {"needed": needed, "because": found.because, "due_on": found.due_on, "version": found.version}
    form = _settle_form(request, scope, {**typed, "owner": found.owner_id})

    def save(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        check_actions.change_check(by=scope, at=scope.at, check=found.pk, version=version, settled=_said(form))

    if _settled(form, CheckState(found.state)) and saved(form, save, found):
        return _to(scope, found.pk)
    back = address(scope, "equality-check", check=found.pk)
    return _form(request, scope, form, queries.subject(found).words, back)


def findings(request: HttpRequest, scope: Scope, check: int) -> HttpResponse:
    """Make a check: keep what was found so far, or say that it is done."""
    found, today = _check(scope, check), timezone.localdate(scope.at)
    require(rules.make(scope, CheckState(found.state), found.owner_id))
    form = forms.FindingsForm(request.POST or None, initial=_as_typed(found), protected=rules.protected(today))
    done = "draft" not in request.POST

    def save(told: dict[str, Any]) -> None:
        given = check_actions.Found(form.effects(), told["evidence"], told["changed"], told["review_on"])
        check_actions.write_check(
            by=scope, at=scope.at, check=found.pk, version=told["version"] or 0, found=given, done=done
        )

    if _findings_good(form, scope, done=done) and saved(form, save, found):
        told = form.cleaned_data
        views.hint(
            request, scope, [*(words for _, words in form.effects().values()), told["evidence"], told["changed"]]
        )
        messages.success(request, "The check is done." if done else "Kept. It is not done yet.")
        return _to(scope, found.pk)
    page = check_pages.findings_page(scope, found, form)
    return show(request, "equality/findings.html", page, scope=scope)


def _findings_good(form: forms.FindingsForm, scope: Scope, *, done: bool) -> bool:
    if form.is_valid() and done:
        told = form.cleaned_data
        if wrong := rules.complete(form.effects(), told["evidence"], told["changed"]):
            form.add_error(None, wrong)
        if wrong := rules.looked_again(told["review_on"], today=timezone.localdate(scope.at)):
            form.add_error("review_on", wrong)
    return form.is_valid()


def _as_typed(found: Check) -> dict[str, Any]:
    typed: dict[str, Any] = {name: getattr(found, name) for name in ("evidence", "changed", "review_on", "version")}
    for each in found.findings.all():
        typed[f"{each.characteristic}-effect"], typed[f"{each.characteristic}-words"] = each.effect, each.words
    return typed


def _settle_form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> forms.SettleForm:
    owners = holders(scope).offered_with(initial.get("owner"))
    return forms.SettleForm(request.POST or None, initial=initial, owners=owners)


def _settled(form: forms.SettleForm, state: CheckState | None = None) -> bool:
    if form.is_valid():
        told = form.cleaned_data
        wrong = rules.settled(
            needed=told["needed"], because=told["because"], owner=told["owner"], due_on=told["due_on"]
        )
        if wrong:
            form.add_error("owner" if told["needed"] else "because", wrong)
        to = CheckState.NEEDED if told["needed"] else CheckState.NOT_NEEDED
        if state and (wrong := rules.resettled(state, to)):
            form.add_error("needed", wrong)
    return form.is_valid()


def _said(form: forms.SettleForm) -> check_actions.Settled:
    told = form.cleaned_data
    return check_actions.Settled(told["needed"], told["because"], told["owner"], told["due_on"])


def _check(scope: Scope, key: int) -> Check:
    return existing(queries.check(scope, key))


def _form(request: HttpRequest, scope: Scope, form: forms.SettleForm, about: str, back: str) -> HttpResponse:
    page = pages.FormPage("Does it need an equality check?", form, "Save", back, f"“{about}”")
    return show(request, "equality/form.html", page, scope=scope)


def _to(scope: Scope, key: int) -> HttpResponse:
    return HttpResponseRedirect(address(scope, "equality-check", check=key))
