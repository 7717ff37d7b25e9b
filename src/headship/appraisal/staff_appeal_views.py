"""Screens of appeals against somebody's statement."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.appraisal import staff_appeal_actions as actions
from headship.appraisal import staff_appeal_forms as forms
from headship.appraisal import staff_appeal_pages as pages
from headship.appraisal import staff_appeal_queries as appeals
from headship.appraisal import staff_appeal_rules as rules
from headship.appraisal import staff_queries as queries
from headship.appraisal.staff_appeal_models import StaffAppeal
from headship.appraisal.staff_objective_views import at, of_year
from headship.appraisal.staff_pages import FormPage, address, whose
from headship.appraisal.staff_views import answered, found
from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.roles import Role
from headship.core.scope import Scope

ASIDE = (
    "The year is then read-only until the appeal was heard, by somebody who neither appraised nor moderated it. What "
    "they decide, and why, stands in your year."
)
NAMES = "They read this one year until they said how the appeal ended, and nothing else. The person sees who they are."
ENDS = (
    "A sealed copy of what stood is kept either way, with your reasons. Upheld opens the year: it is reviewed, and the "
    "statement written anew. The person, whoever appraises them and the headteacher read what you write."
)


def lodge(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Appeal against one's own statement."""
    now = found(scope, appraised)
    today, heard = queries.today_of(scope), appeals.heard_already(now)
    require(rules.appeal(scope, queries.facts(scope, now), until=now.appeal_until, today=today, heard=heard))
    form = forms.AppealForm(request.POST or None, initial={"version": now.version})

    def do() -> None:
        actions.lodge_staff_appeal(by=scope, at=scope.at, year=now.pk, **form.cleaned_data)

    page = of_year(scope, now, form, "Appeal against your statement", "Appeal", ASIDE)
    return answered(request, scope, page, do, "Your appeal is lodged. Your year says who hears it.", now)


@require_POST
def read(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Say that one read how one's appeal ended."""
    now = found(scope, appraised)
    actions.read_staff_outcome(by=scope, at=scope.at, year=now.pk)
    return HttpResponseRedirect(at(scope, now))


def listed(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the appeals the reader has to do with."""
    return show(request, "appraisal/staff_appeals.html", pages.list_page(scope), scope=scope)


def file(request: HttpRequest, scope: Scope, appeal: int) -> HttpResponse:
    """Show an appeal to those who hear it."""
    page = pages.file_page(scope, existing(appeals.heard_by(scope, appeal)))
    return show(request, "appraisal/staff_appeal.html", page, scope=scope)


def hearers(request: HttpRequest, scope: Scope, appeal: int) -> HttpResponse:
    """Say who hears an appeal."""
    now, of = _to_name(scope, appeal)
    typed = {"version": now.version, "people": [each.person_id for each in appeals.running(now)]}
    form = forms.HearersForm(request.POST or None, offered=appeals.offered(scope, of), initial=typed)

    def do() -> None:
        actions.name_staff_hearers(by=scope, at=scope.at, appeal=now.pk, **form.cleaned_data)

    back = address(scope, "staff-appeals")
    page = FormPage("Who hears this appeal?", form, "Name them", back, whose=whose(now.year), aside=NAMES)
    return answered(request, scope, page, do, "Named. They find it on their Today.", now)


def hear(request: HttpRequest, scope: Scope, appeal: int) -> HttpResponse:
    """Say how an appeal ended."""
    now = existing(appeals.heard_by(scope, appeal))
    form = forms.HeardForm(request.POST or None, initial={"version": now.version})

    def do() -> None:
        actions.hear_staff_appeal(by=scope, at=scope.at, appeal=now.pk, **form.cleaned_data)

    back = address(scope, "staff-appeals")
    page = FormPage("How did the appeal end?", form, "Save", back, whose=whose(now.year), aside=ENDS)
    return answered(request, scope, page, do, "Saved. The person finds it on their Today.", now)


def _to_name(scope: Scope, key: int) -> tuple[StaffAppeal, rules.Involved]:
    """Return an appeal whose hearers the reader names. Errors: Http404, and Refused for a headteacher who took part."""
    now = existing(appeals.unheard(scope, key))
    of = appeals.involved(scope, now.year)
    refusal = rules.name(scope, of)
    if refusal and not scope.has(Role.HEADTEACHER):
        raise Http404
    require(refusal)
    return now, of
