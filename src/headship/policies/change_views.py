"""Screens of changes in policy, their duties and actions."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.people.holders import holders
from headship.policies import change_actions, change_forms, change_pages, change_queries, change_rules, pages, queries
from headship.policies.choices import ACTION_MOVES, Progress
from headship.policies.models import Duty, DutyAction, PolicyChange


def changes(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the changes that ask something of the school."""
    filters = change_forms.OriginForm(request.GET)
    wanted = filters.cleaned_data["show"] if filters.is_valid() else ""
    start = request.GET.get("start", "")
    first = int(start) if start.isdecimal() and len(start) < 6 else 0
    page = change_pages.changes_page(scope, wanted, filters, first)
    return show(request, "policies/changes.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, change: int) -> HttpResponse:
    """Show one change with its traces."""
    page = change_pages.change_page(scope, _change(scope, change))
    return show(request, "policies/change.html", page, scope=scope)


def add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Note a change; what a link brings along stands in the form."""
    names = ("title", "source", "link", "origin")
    form = change_forms.ChangeForm(request.POST or None, initial={name: request.GET.get(name, "") for name in names})
    if form.is_valid():
        once = form.cleaned_data["once"]
        key = change_actions.note_change(by=scope, at=scope.at, once=once, told=_told(form))
        return _to(scope, key)
    return _form(
        request,
        scope,
        pages.FormPage("Note a change in policy", form, "Save", pages.address(scope, "changes-in-policy")),
    )


def edit(request: HttpRequest, scope: Scope, change: int) -> HttpResponse:
    """Change what is told of a change."""
    of = _change(scope, change)
    names = ("title", "origin", "source", "link", "published_on", "in_force_on", "means", "version")
    form = change_forms.ChangeForm(request.POST or None, initial={name: getattr(of, name) for name in names})
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        change_actions.edit_change(by=scope, at=scope.at, change=of.pk, version=version, told=_told(form))
        return _to(scope, of.pk)
    return _form(request, scope, pages.FormPage("Change what is told of it", form, "Save", _url(scope, of.pk)))


def duty_add(request: HttpRequest, scope: Scope, change: int) -> HttpResponse:
    """Say what a change asks."""
    of = _change(scope, change)
    form = _duty_form(request, scope, {})
    if _answers(form):
        once = form.cleaned_data["once"]
        change_actions.add_duty(by=scope, at=scope.at, once=once, change=of.pk, asked=_asked(form))
        return _to(scope, of.pk)
    return _form(
        request, scope, pages.FormPage("What does it ask of us?", form, "Save", _url(scope, of.pk), f"“{of.title}”")
    )


def duty_edit(request: HttpRequest, scope: Scope, duty: int) -> HttpResponse:
    """Change a duty, or how we answer it."""
    of = _duty(scope, duty)
    names = ("words", "due_on", "answer", "because", "version")
    typed = {**{name: getattr(of, name) for name in names}, "policy": of.policy_id, "owner": of.owner_id}
    form = _duty_form(request, scope, typed)
    if _answers(form):
        version = form.cleaned_data["version"] or 0
        change_actions.edit_duty(by=scope, at=scope.at, duty=of.pk, version=version, asked=_asked(form))
        return _to(scope, of.change_id)
    return _form(request, scope, pages.FormPage("What does it ask of us?", form, "Save", _url(scope, of.change_id)))


def duty_withdraw(request: HttpRequest, scope: Scope, duty: int) -> HttpResponse:
    """Withdraw a duty, saying why."""
    of = _duty(scope, duty)
    done = of.actions.filter(progress=Progress.DONE).exists()
    require(change_rules.withdraw(scope, of.owner_id, done=done))
    form = change_forms.WithdrawForm(request.POST or None, initial={"version": of.version})
    if form.is_valid():
        change_actions.withdraw_duty(by=scope, at=scope.at, duty=of.pk, **form.cleaned_data)
        return _to(scope, of.change_id)
    back = _url(scope, of.change_id)
    return _form(request, scope, pages.FormPage("Withdraw a duty", form, "Withdraw it for good", back, f"“{of.words}”"))


def act(request: HttpRequest, scope: Scope, duty: int) -> HttpResponse:
    """Plan what is done for a duty."""
    of = _duty(scope, duty)
    form = _action_form(request, scope, {"due_on": of.due_on})
    if form.is_valid():
        once = form.cleaned_data["once"]
        change_actions.add_action(by=scope, at=scope.at, once=once, duty=of.pk, doing=_doing(form))
        return _to(scope, of.change_id)
    return _form(
        request, scope, pages.FormPage("What do we do?", form, "Save", _url(scope, of.change_id), f"“{of.words}”")
    )


def action_edit(request: HttpRequest, scope: Scope, doing: int) -> HttpResponse:
    """Change an action."""
    of = _action(scope, doing)
    names = ("what", "due_on", "version")
    form = _action_form(request, scope, {**{name: getattr(of, name) for name in names}, "owner": of.owner_id})
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        change_actions.edit_action(by=scope, at=scope.at, doing_key=of.pk, version=version, doing=_doing(form))
        return _to(scope, of.duty.change_id)
    return _form(request, scope, pages.FormPage("Change an action", form, "Save", _url(scope, of.duty.change_id)))


def action_move(request: HttpRequest, scope: Scope, doing: int) -> HttpResponse:
    """Say how far an action is."""
    of = _action(scope, doing)
    require(change_rules.progress(scope, of.owner_id))
    now = Progress(of.progress)
    form = change_forms.MoveForm(
        request.POST or None, initial={"version": of.version, "said": of.said}, after=ACTION_MOVES[now]
    )
    if form.is_valid():
        told = form.cleaned_data
        if not (wrong := change_rules.move(now, told["to"], told["said"])):
            change_actions.move_action(by=scope, at=scope.at, doing_key=of.pk, **told)
            return _to(scope, of.duty.change_id)
        form.add_error("said", wrong)
    return _form(
        request, scope, pages.FormPage("How far is it?", form, "Save", _url(scope, of.duty.change_id), f"“{of.what}”")
    )


def action(request: HttpRequest, scope: Scope, doing: int) -> HttpResponse:
    """Lead from an action, as evidence names it, to the change it answers."""
    del request
    return _to(scope, _action(scope, doing).duty.change_id)


def _duty(scope: Scope, key: int) -> Duty:
    """Return a duty this reader may answer. Errors: Http404, Refused."""
    found = existing(change_queries.duties(scope).filter(pk=key).first())
    require(change_rules.answer_for(scope, found.owner_id))
    return found


def _change(scope: Scope, key: int) -> PolicyChange:
    return existing(change_queries.change(scope, key))


def _action(scope: Scope, key: int) -> DutyAction:
    return existing(change_queries.actions(scope).filter(pk=key).first())


def _duty_form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> change_forms.DutyForm:
    here = queries.policies(scope).filter(withdrawn_on=None)[: queries.MOST]
    policies = [(each.pk, each.title) for each in here]
    kept = initial.get("policy")
    if kept and kept not in dict(policies) and (found := queries.policies(scope).filter(pk=kept).first()):
        policies.append((found.pk, f"{found.title} (withdrawn)"))
    owners = holders(scope).offered_with(initial.get("owner"))
    return change_forms.DutyForm(request.POST or None, initial=initial, owners=owners, policies=policies)


def _action_form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> change_forms.ActionForm:
    return change_forms.ActionForm(
        request.POST or None, initial=initial, owners=holders(scope).offered_with(initial.get("owner"))
    )


def _answers(form: change_forms.DutyForm) -> bool:
    """Whether the form holds an answer that the rule lets through; what it says stands at a field."""
    if form.is_valid():
        told = form.cleaned_data
        if wrong := change_rules.answer(told["answer"], told["policy"], told["because"]):
            form.add_error("because" if wrong.startswith("Say why") else "policy", wrong)
    return form.is_valid()


def _told(form: change_forms.ChangeForm) -> change_actions.Told:
    names = ("title", "origin", "source", "link", "published_on", "in_force_on", "means")
    return change_actions.Told(**{name: form.cleaned_data[name] for name in names})


def _asked(form: change_forms.DutyForm) -> change_actions.Asked:
    names = ("words", "due_on", "answer", "policy", "because", "owner")
    return change_actions.Asked(**{name: form.cleaned_data[name] for name in names})


def _doing(form: change_forms.ActionForm) -> change_actions.Doing:
    return change_actions.Doing(**{name: form.cleaned_data[name] for name in ("what", "owner", "due_on")})


def _form(request: HttpRequest, scope: Scope, page: pages.FormPage) -> HttpResponse:
    return show(request, "policies/form.html", page, scope=scope)


def _url(scope: Scope, change: int) -> str:
    return pages.address(scope, "change-in-policy", change=change)


def _to(scope: Scope, change: int) -> HttpResponse:
    return HttpResponseRedirect(_url(scope, change))
