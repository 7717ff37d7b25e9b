"""Screens of policies and their versions."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.analysis import wording
from headship.core import form_parts, papers
from headship.core.errors import Stale, Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.people.holders import holders
from headship.policies import actions, forms, late_pages, pages, policy_pages, queries, rules, text_documents
from headship.policies.choices import Stage
from headship.policies.models import Policy, PolicyVersion
from headship.policy.required import entry

KEPT = (
    "Somebody saved other words while you were writing. Yours are still here and not saved; theirs stand above. "
    "Put together what both need, then save."
)


def policies(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the school's policies."""
    filters = forms.FilterForm(request.GET)
    wanted = filters.cleaned_data["show"] if filters.is_valid() else ""
    return show(request, "policies/policies.html", pages.policies_page(scope, wanted, filters), scope=scope)


def required(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what is required of the school, and what of it is lacking."""
    return show(request, "policies/required.html", pages.required_page(scope), scope=scope)


def late(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what is overdue."""
    filters = forms.LateForm(request.GET)
    told = filters.cleaned_data if filters.is_valid() else {}
    page = late_pages.late_page(scope, told.get("what", ""), told.get("whose", ""), filters)
    return show(request, "policies/late.html", page, scope=scope)


def to_read(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what the reader is asked to read."""
    return show(request, "policies/to_read.html", pages.to_read_page(scope), scope=scope)


def policy(request: HttpRequest, scope: Scope, policy: int) -> HttpResponse:
    """Show one policy."""
    of = _policy(scope, policy)
    page = policy_pages.policy_page(scope, of, str(uuid4()), _comparing(scope, of, None))
    return show(request, "policies/policy.html", page, scope=scope)


def add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Add a policy."""
    form = _policy_form(request, scope, _suggested(request.GET.get("required", "")))
    if form.is_valid():
        key = actions.add_policy(by=scope, at=scope.at, once=form.cleaned_data["once"], put=_put(form))
        return _to(scope, "policy-draft", policy=key)
    button, back = "Add it and write its words", pages.address(scope, "policies")
    return _form(request, scope, pages.FormPage("Add a policy", form, button, back))


def change(request: HttpRequest, scope: Scope, policy: int) -> HttpResponse:
    """Change what a policy is."""
    of = _policy(scope, policy)
    form = _policy_form(request, scope, _typed(of))
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        actions.change_policy(by=scope, at=scope.at, policy=of.pk, version=version, put=_put(form))
        return _to(scope, "policy", policy=of.pk)
    back = pages.address(scope, "policy", policy=of.pk)
    return _form(request, scope, pages.FormPage("Change what it is", form, "Save", back))


@require_POST
def withdraw(request: HttpRequest, scope: Scope, policy: int) -> HttpResponse:
    """Withdraw a policy."""
    of = _policy(scope, policy)
    actions.withdraw_policy(by=scope, at=scope.at, policy=of.pk, version=_seen(request))
    messages.success(request, "Withdrawn. What was in force before can still be read.")
    return _to(scope, "policy", policy=policy)


def draft(request: HttpRequest, scope: Scope, policy: int) -> HttpResponse:
    """Draft the next words of a policy, from those in force."""
    of = _policy(scope, policy)
    require(rules.write(scope, of.owner_id))
    now = queries.on_day(scope, of, timezone.localdate(scope.at))
    form = forms.WordsForm(request.POST or None, initial={"words": now.words if now else ""})
    theirs: PolicyVersion | None = None
    if form.is_valid():
        told = form.cleaned_data
        try:
            key = actions.draft_version(by=scope, at=scope.at, policy=of.pk, words=told["words"], why=told["why"])
        except Stale:
            theirs = queries.versions(scope).filter(policy=of).order_by("-number").first()
            return _words(request, scope, of, form, theirs)
        return _to(scope, "policy-text", text=key)
    return _words(request, scope, of, form, theirs)


def words(request: HttpRequest, scope: Scope, text: int) -> HttpResponse:
    """Change words that are not in force."""
    now = _version(scope, text)
    require(rules.change_words(scope, now.policy.owner_id, Stage(now.stage)))
    typed = {"words": now.words, "why": now.why, "version": now.version}
    form = forms.WordsForm(request.POST or None, initial=typed)
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.change_words(
                by=scope,
                at=scope.at,
                policy_version=now.pk,
                version=told["version"] or 0,
                words=told["words"],
                why=told["why"],
            )
        except Stale:
            return _words(request, scope, now.policy, form, _version(scope, text))
        return _to(scope, "policy-text", text=now.pk)
    return _words(request, scope, now.policy, form, None)


def text(request: HttpRequest, scope: Scope, text: int) -> HttpResponse:
    """Show one version."""
    return show(request, "policies/version.html", policy_pages.version_page(scope, _version(scope, text)), scope=scope)


def document(request: HttpRequest, scope: Scope, text: int) -> HttpResponse:
    """Give one version to hold."""
    return papers.given(request, text_documents.version(scope, policy_pages.version_page(scope, _version(scope, text))))


@require_POST
def offer(request: HttpRequest, scope: Scope, text: int) -> HttpResponse:
    """Offer words for approval."""
    now = _version(scope, text)
    actions.offer_version(by=scope, at=scope.at, policy_version=now.pk, version=_seen(request))
    messages.success(request, "Offered. It is on the Today of whoever approves it.")
    return _to(scope, "policy-text", text=text)


def bring(request: HttpRequest, scope: Scope, text: int) -> HttpResponse:
    """Bring words into force."""
    now = _version(scope, text)
    require(rules.bring(scope, Stage(now.stage)))
    approval = queries.approval_of(scope, now)
    today = timezone.localdate(scope.at)
    form = forms.BringForm(request.POST or None, initial={"on": today, "version": now.version})
    if form.is_valid():
        on, earlier = form.cleaned_data["on"], queries.standing(scope, now.policy)
        approved = approval.on if approval else today
        wrong = rules.in_force_on(on, approved_on=approved, before=earlier.in_force_on if earlier else None)
        if not wrong:
            version = form.cleaned_data["version"]
            actions.bring_into_force(by=scope, at=scope.at, policy_version=now.pk, version=version, on=on)
            return _to(scope, "policy", policy=now.policy_id)
        form.add_error("on", wrong)
    back = pages.address(scope, "policy-text", text=now.pk)
    aside = (
        "From that day these words hold, and those before them no longer. Whoever is asked to read it is asked anew."
    )
    title = f"Bring “{now.policy.title}” into force"
    return _form(request, scope, pages.FormPage(title, form, "Bring it into force", back, aside))


@require_POST
def read(request: HttpRequest, scope: Scope, text: int) -> HttpResponse:
    """Say that one has read a version."""
    now = _version(scope, text)
    actions.acknowledge(by=scope, at=scope.at, policy_version=now.pk)
    messages.success(request, "Thank you. It is noted that you have read it.")
    return _to(scope, "policy", policy=now.policy_id)


def on_day(request: HttpRequest, scope: Scope, policy: int) -> HttpResponse:
    """Show the words in force on a day."""
    of = _policy(scope, policy)
    form = forms.DayForm(request.GET or None)
    on = form.cleaned_data["on"] if form.is_valid() else None
    return show(request, "policies/on_day.html", policy_pages.day_page(scope, of, form, on), scope=scope)


def compare(request: HttpRequest, scope: Scope, policy: int) -> HttpResponse:
    """Show what changed between two versions."""
    of = _policy(scope, policy)
    form = _comparing(scope, of, request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else form.initial
    before, after = (_version(scope, chosen.get(name, 0)) for name in ("before", "after"))
    return show(request, "policies/compare.html", policy_pages.compare_page(scope, before, after, form), scope=scope)


def _policy(scope: Scope, key: int) -> Policy:
    return existing(queries.policy(scope, key))


def _version(scope: Scope, key: int) -> PolicyVersion:
    return existing(queries.version(scope, key))


def _seen(request: HttpRequest) -> int:
    form = form_parts.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the page again and choose there. Nothing was changed.")
    version: int = form.cleaned_data["version"]
    return version


def _comparing(scope: Scope, of: Policy, given: Any) -> forms.CompareForm:
    versions = queries.versions_of(scope, of)
    first = [each.pk for each in versions[:2]]
    initial = {"before": first[-1], "after": first[0]} if first else {}
    return forms.CompareForm(given, initial=initial, versions=policy_pages.version_choices(versions))


def _suggested(code: str) -> dict[str, Any]:
    """Return what the register says of a required policy, for the form of a new one."""
    found = entry(code)
    if found is None:
        return {"asks": "nobody", "days_to_read": 14}
    return {
        "title": found.words,
        "required": found.code,
        "months": found.months,
        "approver": found.approver or "",
        "published": bool(found.published),
        "asks": "nobody",
        "days_to_read": 14,
    }


def _typed(of: Policy) -> dict[str, Any]:
    names = ("title", "required", "approver", "months", "published", "asks", "asked_posts", "days_to_read", "version")
    return {**{name: getattr(of, name) for name in names}, "owner": of.owner_id}


def _policy_form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> forms.PolicyForm:
    owners = holders(scope).offered_with(initial.get("owner"))
    asked = [(each.code, each.words) for each in queries.asked_of(scope)]
    code = initial.get("required")
    if code and code not in dict(asked) and (found := entry(code)):
        asked.append((found.code, found.words))
    return forms.PolicyForm(request.POST or None, initial=initial, owners=owners, asked=asked)


def _put(form: forms.PolicyForm) -> actions.Put:
    names = ("title", "owner", "approver", "months", "required", "published", "asks", "asked_posts", "days_to_read")
    return actions.Put(**{name: form.cleaned_data[name] for name in names})


def _words(
    request: HttpRequest, scope: Scope, of: Policy, form: forms.WordsForm, theirs: PolicyVersion | None
) -> HttpResponse:
    """Show the form for words; where somebody saved first, with what they saved, and one's own kept."""
    title, back = f"The words of “{of.title}”", pages.address(scope, "policy", policy=of.pk)
    if theirs is None:
        return _form(request, scope, pages.FormPage(title, form, "Save the draft", back))
    mine = {**form.cleaned_data, "version": theirs.version}
    again = forms.WordsForm(initial=mine)
    found = wording.compared(theirs.words, mine["words"])
    target = pages.address(scope, "policy-words", text=theirs.pk)
    page = pages.FormPage(title, again, "Save mine over theirs", back, KEPT, found, target)
    return show(request, "policies/words_twice.html", page, scope=scope, status=409)


def _form(request: HttpRequest, scope: Scope, page: pages.FormPage) -> HttpResponse:
    return show(request, "policies/form.html", page, scope=scope)


def _to(scope: Scope, name: str, **rest: object) -> HttpResponse:
    return HttpResponseRedirect(pages.address(scope, name, **rest))
