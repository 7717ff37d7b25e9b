"""The pages of somebody who was asked: one link, no account, no cookie, one form. See `core.middleware.Unwatched`."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from headship.core import belt
from headship.core.pages import show
from headship.voice import answer_actions, answer_pages, queries
from headship.voice.answer_forms import AnswerForm
from headship.voice.choices import State
from headship.voice.models import Invitation
from headship.voice.sheets import Answers


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
        if survey.state != State.OPEN or invitation.used or answer_actions.closed(invitation, at):
            return show(request, "voice/said.html", answer_pages.standing(scope, invitation))
        form = _form(request, invitation)
        if form.is_valid():
            if form.people and not form.cleaned_data.get("as_it_is"):
                return show(request, "voice/answer.html", answer_pages.form_page(invitation, form, form.people))
            given = Answers(invitation.groups, form.steps, form.words, form.cleaned_data.get("named", ""))
            answer_actions.answer(by=scope, at=at, invitation=invitation, answers=given)
            return HttpResponseRedirect(request.path)
        return show(request, "voice/answer.html", answer_pages.form_page(invitation, form, ()))


def _form(request: HttpRequest, invitation: Invitation) -> AnswerForm:
    return AnswerForm(
        request.POST if request.method == "POST" else None,
        questions=queries.questions(invitation.survey),
        group=queries.asked_as(invitation),
        names=queries.names_here(invitation.survey.school_id),
    )
