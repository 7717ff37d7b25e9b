"""Screens of feedback shown to others: who can see what, for whom it is about; and what is shown, for its readers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import papers
from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.voice import pack_documents, pages, queries, rules, share_actions, share_forms, share_pages, share_queries
from headship.voice.choices import Why
from headship.voice.models import FeedbackShare, Survey
from headship.voice.views import version_in


def shares(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Show who can see what of the reader's feedback."""
    found = _own(scope, survey)
    return show(request, "voice/shares.html", share_pages.shares_page(scope, found), scope=scope)


def share_new(request: HttpRequest, scope: Scope, survey: int, why: str) -> HttpResponse:
    """Show one's feedback to somebody."""
    found = _own(scope, survey)
    reason = _why(why)
    form = share_forms.ShareForm(
        request.POST or None,
        people=share_queries.choosable(scope, found, reason),
        why=reason,
        offered=share_pages.parts_of(found),
        today=timezone.localdate(scope.at),
        initial=share_pages.first_typed(reason),
    )
    if form.is_valid():
        share_actions.show_feedback(
            by=scope, at=scope.at, survey=found.pk, why=reason, readers=form.readers, shown=form.shown
        )
        messages.success(request, "They can see it now. You can change it, or take it back, at any time.")
        return _back(scope, found)
    return show(request, "voice/form.html", share_pages.form_page(scope, found, reason, form), scope=scope)


def share(request: HttpRequest, scope: Scope, survey: int, share: int) -> HttpResponse:
    """Change what somebody is shown."""
    found = _own(scope, survey)
    shown = existing(share_queries.share(scope, found, share))
    form = share_forms.ShownForm(
        request.POST or None,
        offered=share_pages.parts_of(found),
        today=timezone.localdate(scope.at),
        initial=share_pages.as_typed(shown),
    )
    if form.is_valid():
        version = form.cleaned_data["version"]
        share_actions.change_share(
            by=scope, at=scope.at, survey=found.pk, share=shown.pk, version=version, shown=form.shown
        )
        messages.success(request, "Changed. They see what you chose from now on.")
        return _back(scope, found)
    return show(request, "voice/form.html", share_pages.change_page(scope, found, shown, form), scope=scope)


@require_POST
def share_end(request: HttpRequest, scope: Scope, survey: int, share: int) -> HttpResponse:
    """Take back what somebody is shown."""
    found = _own(scope, survey)
    version = version_in(request)
    share_actions.end_share(by=scope, at=scope.at, survey=found.pk, share=share, version=version)
    messages.success(request, "Taken back. They can no longer open it.")
    return _back(scope, found)


def pack(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Give one's feedback as the pack for a coaching conversation."""
    page = share_pages.own_page(scope, _own(scope, survey))
    return papers.given(request, pack_documents.pack(scope, page))


def shown_list(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what others show the reader."""
    return show(request, "voice/shown.html", share_pages.shown_page(scope), scope=scope)


def shown(request: HttpRequest, scope: Scope, share: int) -> HttpResponse:
    """Show what somebody shows of the feedback on them; to them as their reader sees it."""
    page = share_pages.shared_page(scope, _opened(scope, share))
    return show(request, "voice/feedback.html", page, scope=scope)


def shown_pack(request: HttpRequest, scope: Scope, share: int) -> HttpResponse:
    """Give what is shown as the pack for a conversation."""
    page = share_pages.shared_page(scope, _opened(scope, share))
    return papers.given(request, pack_documents.pack(scope, page))


def _opened(scope: Scope, key: int) -> FeedbackShare:
    """Return what is shown, and let whose it is know the day on which its reader opened it."""
    found = existing(share_queries.shown(scope, key))
    if found.reader_id == scope.person_id and found.opened_on != timezone.localdate(scope.at):
        share_actions.open_share(by=scope, at=scope.at, share=found.pk)
    return found


def _own(scope: Scope, survey: int) -> Survey:
    found = existing(queries.survey(scope, survey))
    existing(found.about_id)
    require(rules.show_feedback(scope, queries.facts(found)))
    return found


def _why(named: str) -> Why:
    if named not in list(Why):
        raise Http404
    return Why(named)


def _back(scope: Scope, survey: Survey) -> HttpResponseRedirect:
    return HttpResponseRedirect(pages.address(scope, "feedback-shares", survey=survey.pk))
