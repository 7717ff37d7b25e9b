"""The pages of somebody who was asked: one link, no account, no cookie, one form. See `core.middleware.Unwatched`."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from headship.core import belt
from headship.core.pages import show
from headship.voice import answer_actions, answer_pages, mail_actions, queries, translation_queries
from headship.voice.answer_forms import AnswerForm
from headship.voice.choices import State
from headship.voice.models import Invitation
from headship.voice.sheets import Answers
from headship.voice.tongue import Tongue

SENT = "sent"


@csrf_exempt  # no cookie is read here, so none can be misused: whoever holds the link may answer, once
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form to whoever holds a link, and take it once; else say where things stand."""
    invitation = queries.invited_by(token)
    if invitation is None:
        return show(request, "voice/said.html", answer_pages.UNKNOWN, status=404)
    at = timezone.now()
    scope = queries.scope_of(invitation, at=at)
    with belt.within(scope):
        survey = invitation.survey
        tongue = translation_queries.tongue_of(survey, request.GET.get("in", ""))
        printed, running = queries.is_printed(invitation, token), survey.state == State.OPEN
        if printed and running and SENT in request.GET and request.method != "POST":
            return show(request, "voice/said.html", answer_pages.taken(invitation, tongue))
        # Of a printed link nobody is told whether it was used: whoever printed it could look at each of them.
        if not running or answer_actions.closed(invitation, at) or (invitation.used and not printed):
            return show(request, "voice/said.html", answer_pages.standing(scope, invitation, tongue))
        form = _form(request, invitation, tongue)
        if form.is_valid():
            if form.people and not form.cleaned_data.get("as_it_is"):
                page = answer_pages.form_page(invitation, form, form.people, tongue)
                return show(request, "voice/answer.html", page)
            given = Answers(invitation.groups, form.steps, form.words, form.cleaned_data.get("named", ""))
            answer_actions.answer(by=scope, at=at, invitation=invitation, answers=given)
            return HttpResponseRedirect(_after(request) if printed else request.get_full_path())
        return show(request, "voice/answer.html", answer_pages.form_page(invitation, form, (), tongue))


@csrf_exempt  # as above
def no_more(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever was mailed a link have their address deleted."""
    invitation = queries.invited_by(token)
    if invitation is None:
        return show(request, "voice/said.html", answer_pages.UNKNOWN, status=404)
    scope = queries.scope_of(invitation, at=timezone.now())
    with belt.within(scope):
        if request.method == "POST":
            mail_actions.want_no_mail(by=scope, at=scope.at, invitation=invitation)
        if request.method == "POST" or not invitation.email:
            return show(request, "voice/said.html", answer_pages.FORGOTTEN)
        return show(request, "voice/no_more.html", answer_pages.no_more_page(invitation))


def _after(request: HttpRequest) -> str:
    """Return the address that thanks, whoever opens it."""
    asked = request.GET.copy()
    asked[SENT] = "1"
    return f"{request.path}?{asked.urlencode()}"


def _form(request: HttpRequest, invitation: Invitation, tongue: Tongue) -> AnswerForm:
    return AnswerForm(
        request.POST if request.method == "POST" else None,
        questions=queries.questions(invitation.survey),
        group=queries.asked_as(invitation),
        names=queries.names_here(invitation.survey.school_id),
        tongue=tongue,
    )
