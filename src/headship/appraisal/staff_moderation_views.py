"""Screens of moderation: a group beside one another, a question to whoever appraises, and their answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.appraisal import staff_moderation_actions as actions
from headship.appraisal import staff_moderation_forms as forms
from headship.appraisal import staff_moderation_queries as moderation
from headship.appraisal import staff_moderation_rules as rules
from headship.appraisal import staff_queries as queries
from headship.appraisal.staff_choices import Looked
from headship.appraisal.staff_models import StaffCycle
from headship.appraisal.staff_moderation_pages import group_page
from headship.appraisal.staff_objective_views import about, of_year
from headship.appraisal.staff_pages import address, whose
from headship.appraisal.staff_views import answered, found, page_of
from headship.core.errors import Stale, existing, require
from headship.core.pages import show
from headship.core.scope import Scope

READ_BY = (
    "You, the headteacher and whoever appraises then read it on the page. The person reads there that it was looked at "
    "and what changed; in the file of what is held about them they find the words too, once the statement is given."
)


def group(request: HttpRequest, scope: Scope, cycle: int) -> HttpResponse:
    """Show a group's objectives or ratings beside one another."""
    require(rules.look(scope))
    now = existing(queries.cycle(scope, cycle))
    page = group_page(scope, now, _looked(request, scope, now), page_of(request))
    return show(request, "appraisal/staff_moderation.html", page, scope=scope)


def _looked(request: HttpRequest, scope: Scope, now: StaffCycle) -> Looked:
    """Return what is looked at: as was asked, or ratings as soon as there are any."""
    asked = request.GET.get("of", "")
    if asked in set(Looked):
        return Looked(asked)
    return Looked.RATINGS if moderation.group(scope, now, Looked.RATINGS).exists() else Looked.OBJECTIVES


@require_POST
def looked_at(request: HttpRequest, scope: Scope, cycle: int) -> HttpResponse:
    """Note that a group was looked at."""
    require(rules.look(scope))
    existing(queries.cycle(scope, cycle))
    form = forms.LookedAtForm(request.POST)
    if not form.is_valid():
        raise Stale("Open the page again, and press the button there. Nothing was noted.")
    actions.note_looked_at(by=scope, at=scope.at, cycle=cycle, **form.cleaned_data)
    messages.success(request, "Noted. Each person reads in their year that it was looked at.")
    here = address(scope, "staff-moderation", cycle=cycle)
    return HttpResponseRedirect(f"{here}?of={form.cleaned_data['looked']}")


def ask_again(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Ask whoever appraises to look again."""
    now = found(scope, appraised)
    require(rules.ask_again(scope, queries.facts(scope, now)))
    typed = about(now) | {"version": now.version}
    form = forms.AskAgainForm(request.POST or None, about=whose(now), initial=typed)

    def do() -> None:
        given = form.cleaned_data
        actions.ask_to_look_again(
            by=scope,
            at=scope.at,
            once=given["once"],
            year=now.pk,
            version=given["version"],
            whose=form.whose,
            words=given["words"],
        )

    by = now.appraiser.name if now.appraiser else "whoever appraises"
    page = of_year(scope, now, form, f"Ask {by} to look again", "Ask", READ_BY)
    return answered(request, scope, page, do, f"Asked. {by} finds it on their Today.", now)


def answer(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Answer what the headteacher asked."""
    now = found(scope, appraised)
    require(rules.answer(scope, queries.facts(scope, now)))
    one = existing(moderation.open_one(now))
    form = forms.AnswerForm(request.POST or None, initial={"version": one.version})

    def do() -> None:
        actions.answer_look(by=scope, at=scope.at, year=now.pk, **form.cleaned_data)

    what = Looked(one.looked).words.lower()
    aside = f"{one.by.name} asked you to look at the {what} again: {one.asked}"
    more = "Change them first, where you want to: what is changed until you answer is kept with your answer."
    page = of_year(scope, now, form, "Answer the headteacher", "Answer", f"{aside} {more}")
    return answered(request, scope, page, do, f"Answered for {whose(now)}.", one)
