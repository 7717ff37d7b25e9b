"""Screens of approvals and reviews of policies."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core.errors import Unusable, existing, require
from headship.core.pages import in_words, show
from headship.core.scope import Scope
from headship.policies import approval_actions, forms, pages, queries, rules
from headship.policies.approval_actions import Approved
from headship.policies.choices import Approver, Stage


def approval(request: HttpRequest, scope: Scope, approval: int) -> HttpResponse:
    """Lead from an approval, as evidence names it, to the words it approved, or the policy that a review kept."""
    del request
    found = existing(queries.approvals(scope).filter(pk=approval).first())
    text = existing(queries.version(scope, found.policy_version_id))
    if found.review_id:
        return _to(scope, "policy", policy=text.policy_id)
    return _to(scope, "policy-text", text=text.pk)


def approve(request: HttpRequest, scope: Scope, text: int) -> HttpResponse:
    """Approve words, or record that the board or a committee did."""
    now = existing(queries.version(scope, text))
    approver = Approver(now.policy.approver)
    require(rules.approve(scope, approver, Stage(now.stage)))
    form = _approval(request, scope, approver, now.version)
    if _good(form, scope, now.worded_on):
        told = form.cleaned_data
        approval_actions.approve_version(
            by=scope,
            at=scope.at,
            once=told["once"],
            policy_version=now.pk,
            version=told["version"] or 0,
            approved=_approved(scope, told),
        )
        messages.success(request, "Approved. It holds once it is brought into force.")
        return _to(scope, "policy-text", text=now.pk)
    what, back = f"“{now.policy.title}”, version {now.number}", pages.address(scope, "policy-text", text=now.pk)
    return show(request, "policies/form.html", _page(approver, what, form, back), scope=scope)


@require_POST
def review(request: HttpRequest, scope: Scope, policy: int) -> HttpResponse:
    """Note that a review found nothing to change."""
    of = existing(queries.policy(scope, policy))
    form = forms.OnceForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the page again and choose there. Nothing was changed.")
    approval_actions.note_review(by=scope, at=scope.at, once=form.cleaned_data["once"], policy=of.pk)
    messages.success(request, "Noted. Once it is approved, the next review is set.")
    return _to(scope, "policy", policy=of.pk)


def review_approve(request: HttpRequest, scope: Scope, review: int) -> HttpResponse:
    """Approve that a review changed nothing, or record that the board or a committee did."""
    now = existing(queries.reviews(scope).filter(pk=review).first())
    of = now.policy_version.policy
    approver = Approver(of.approver)
    require(rules.approves(scope, approver))
    form = _approval(request, scope, approver, None)
    if _good(form, scope, now.on):
        told = form.cleaned_data
        approved = _approved(scope, told)
        approval_actions.approve_review(by=scope, at=scope.at, once=told["once"], review=now.pk, approved=approved)
        messages.success(request, "Recorded, and the next review is set.")
        return _to(scope, "policy", policy=of.pk)
    what = f"“{of.title}”, kept without change on {in_words(now.on)}"
    page = _page(approver, what, form, pages.address(scope, "policy", policy=of.pk))
    return show(request, "policies/form.html", page, scope=scope)


def _approval(request: HttpRequest, scope: Scope, approver: Approver, version: int | None) -> Form:
    if approver == Approver.HEAD:
        return forms.HeadApprovalForm(request.POST or None, initial={"version": version})
    initial = {"version": version, "on": timezone.localdate(scope.at)}
    return forms.ApprovalForm(request.POST or None, initial=initial)


def _good(form: Form, scope: Scope, since: Any) -> bool:
    """Whether the form holds a day on which it can have been approved; what is wrong stands at the field."""
    if form.is_valid() and "on" in form.cleaned_data:
        on, today = form.cleaned_data["on"], timezone.localdate(scope.at)
        if wrong := rules.approved_on(on, worded_on=since, today=today):
            form.add_error("on", wrong)
    return form.is_valid()


def _approved(scope: Scope, told: dict[str, Any]) -> Approved:
    return Approved(told.get("on") or timezone.localdate(scope.at), told.get("meeting", ""))


def _page(approver: Approver, what: str, form: Form, back: str) -> pages.FormPage:
    """Arrange the form of an approval, or of recording one."""
    if approver == Approver.HEAD:
        return pages.FormPage(f"Approve {what}", form, "Approve it", back, "You approve it today, as headteacher.")
    aside = f"Record what was approved, in which meeting. {approver.words} approves this policy."
    return pages.FormPage(f"Record the approval of {what}", form, "Record it", back, aside)


def _to(scope: Scope, name: str, **rest: object) -> HttpResponse:
    return HttpResponseRedirect(pages.address(scope, name, **rest))
