"""Where papers are typed in: an address that drops cookies and leaves no line, as the one of whoever has a link."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from headship.core import belt
from headship.core.errors import Unusable
from headship.core.pages import show
from headship.voice import answer_actions, answer_pages, paper_pages, paper_queries, queries
from headship.voice.models import Survey
from headship.voice.paper_forms import TypingForm
from headship.voice.sheets import Answers

STRANGE = "This code is none of this survey. Look at it again: a code has letters and the figures 2 to 9"


@csrf_exempt  # no cookie is read here, so none can be misused: whoever holds the leave and a paper may type it in, once
def typed(request: HttpRequest, leave: str) -> HttpResponse:
    """Take one paper after the other, each as if its code had been answered online."""
    survey = paper_queries.typed_by(leave)
    if survey is None:
        return show(request, "voice/said.html", answer_pages.NO_LEAVE, status=404)
    form = TypingForm(request.POST if request.method == "POST" else None, questions=queries.questions(survey))
    if form.is_valid() and _taken(survey, form):
        return HttpResponseRedirect(f"{request.path}?kept=1")
    page = paper_pages.typing_page(survey, form, kept="kept" in request.GET)
    return show(request, "voice/typed.html", page)


def _taken(survey: Survey, form: TypingForm) -> bool:
    """Take a paper by the code's own link; where that cannot be, say why beside the code."""
    invitation = queries.invited_by(form.cleaned_data["code"])
    if invitation is None or invitation.survey_id != survey.pk or invitation.person_id or invitation.email:
        form.add_error("code", STRANGE)
        return False
    scope = queries.scope_of(invitation, at=timezone.now())
    given = Answers(invitation.groups, form.steps, form.words, form.cleaned_data.get("named", ""))
    try:
        with belt.within(scope):
            answer_actions.answer(by=scope, at=scope.at, invitation=invitation, answers=given)
    except Unusable as fault:
        form.add_error("code", str(fault))
        return False
    return True
