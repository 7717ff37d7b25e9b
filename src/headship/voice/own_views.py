"""How whoever asks for feedback sees themselves: the same questions, answered in their own name, for them alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.voice import answer_pages, own_actions, pages, queries, rules
from headship.voice.answer_forms import AnswerForm
from headship.voice.instruments import CHOICE, SELF


def own(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Answer about oneself, as often as one likes until the survey closes."""
    found = existing(queries.survey(scope, survey))
    require(rules.see_myself(scope, queries.facts(found)))
    asked = [each for each in queries.questions(found) if each.kind == CHOICE]
    form = AnswerForm(
        request.POST or None,
        questions=asked,
        group=SELF,
        names=(),
        initial={f"q-{code}": str(step) for code, step in found.own.items()},
    )
    if form.is_valid():
        own_actions.see_myself(by=scope, at=scope.at, survey=found.pk, steps=form.steps)
        messages.success(request, "Your own view is kept, for you alone.")
        return HttpResponseRedirect(pages.address(scope, "survey", survey=found.pk))
    back = pages.address(scope, "survey", survey=found.pk)
    return show(
        request, "voice/own.html", answer_pages.OwnPage("How you see yourself", found.title, form, back), scope=scope
    )
