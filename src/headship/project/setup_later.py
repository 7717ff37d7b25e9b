"""Screens of the first hour after the first account: terms, three people, and the profile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from headship.core.pages import academic_year, show
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people import actions as people
from headship.people import documents
from headship.people import rules as people_rules
from headship.project import actions, forms, queries, setup_pages
from headship.project.choices import Step
from headship.schools import actions as schools
from headship.schools import calendar_dates
from headship.schools import queries as calendar
from headship.schools import rules as calendar_rules
from headship.schools.calendar_forms import TermsForm, as_typed

LETTERS = "set_up_letters"
TO_COME = (Step.TERMS, Step.PEOPLE)
PLACES = {Step.TERMS: "set-up-terms", Step.PEOPLE: "set-up-people", Step.DONE: "profile"}
NOT_YOUR_DATES = (
    "These dates have the shape of a usual year. They are not your school's: check each against your own calendar, "
    "or your local authority's."
)


def place_of(scope: Scope, step: Step) -> str:
    """Return the address of a step."""
    return _address(scope, PLACES[step])


def terms(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Set the terms of the year the school is in."""
    if gone_on := _gone_on(scope, Step.TERMS):
        return gone_on
    starts_in = calendar_dates.year_of(timezone.localdate(scope.at))
    if refusal := calendar_rules.change_calendar(scope):
        return _told(request, scope, refusal)
    held = calendar.year(scope.school_id, starts_in)
    shown = held.terms or calendar.proposed_terms(scope.school_id, starts_in)[0]
    typed = {**as_typed(shown), "version": held.version}
    form = TermsForm(request.POST or None, initial=typed, starts_in=starts_in)
    if form.is_valid():
        version = form.cleaned_data["version"]
        schools.set_terms(by=scope, at=scope.at, starts_in=starts_in, terms=form.terms(), version=version)
        return _on(scope, Step.TERMS)
    page = setup_pages.GroupsPage(
        title=f"Term dates of {academic_year(starts_in)}",
        step=Step.TERMS.words,
        words=("Everybody's calendar, and what waits for whom, follows them.",),
        form=form,
        button="Set these dates",
        skip=_address(scope, "set-up-skip", step=Step.TERMS.value),
        check=NOT_YOUR_DATES,
    )
    return show(request, "project/set_up_groups.html", page, scope=scope)


def invite(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Invite up to three people."""
    if gone_on := _gone_on(scope, Step.PEOPLE):
        return gone_on
    roles = [role for role in Role if role in people_rules.grantable(scope)]
    form = forms.InviteThreeForm(request.POST or None, roles=roles)
    if form.is_valid():
        letters = [_invited(request, scope, person) for person in form.people()]
        request.session[LETTERS] = letters
        actions.go_on(by=scope, at=scope.at, done=Step.PEOPLE)
        return HttpResponseRedirect(_address(scope, "set-up-letters" if letters else "set-up-end"))
    page = setup_pages.GroupsPage(
        title="Invite three people",
        step=Step.PEOPLE.words,
        words=(
            "Such as your chair of governors, your deputy, your school business manager. "
            "Each gets an address that works once, for two weeks. One is enough to begin with.",
        ),
        form=form,
        button="Invite them",
        skip=_address(scope, "set-up-skip", step=Step.PEOPLE.value),
    )
    return show(request, "project/set_up_groups.html", page, scope=scope)


def letters(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show once what was sent, for those whom no mail reaches."""
    page = setup_pages.LettersPage("Their invitations", Step.PEOPLE.words, request.session.pop(LETTERS, []))
    return show(request, "project/set_up_letters.html", page, scope=scope)


def skip(request: HttpRequest, scope: Scope, step: str) -> HttpResponse:
    """Leave a step for later."""
    if request.method == "POST" and step in TO_COME:
        return _on(scope, Step(step))
    return HttpResponseRedirect(_address(scope, "today"))


def end(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Lead to the profile, or where the reader may not open it, to Today."""
    messages.success(
        request, "Headship is set up. What is published about your school is filled in; the rest gathers as you work."
    )
    return HttpResponseRedirect(_address(scope, "profile" if scope.has(Role.HEADTEACHER) else "today"))


def _invited(request: HttpRequest, scope: Scope, person: dict[str, object]) -> dict[str, str]:
    assert scope.place is not None
    starts_on = timezone.localdate(scope.at)
    invited = people.invite(by=scope, at=scope.at, starts_on=starts_on, **person)  # type: ignore[arg-type]  # the form's cleaned parts
    link = request.build_absolute_uri(reverse("invitation", kwargs={"token": invited.token}))
    documents.send_letter(invited.invitation, link, by=scope, place_name=scope.place.name)  # the next page shows it too
    return {"name": invited.invitation.name, "email": invited.invitation.email, "link": link}


def _gone_on(scope: Scope, step: Step) -> HttpResponse | None:
    """Return the way to where set-up stands, where that is not this step."""
    now = queries.step_of(scope)
    if now == step:
        return None
    return HttpResponseRedirect(_address(scope, PLACES[now] if now in TO_COME else "today"))


def _on(scope: Scope, done: Step) -> HttpResponse:
    following = actions.go_on(by=scope, at=scope.at, done=done)
    return HttpResponseRedirect(_address(scope, "set-up-end" if following is Step.DONE else PLACES[following]))


def _told(request: HttpRequest, scope: Scope, refusal: str) -> HttpResponse:
    """Say who takes this step instead, and go on."""
    if request.method == "POST":
        return _on(scope, Step.TERMS)
    page = setup_pages.StepPage(
        "Term dates", Step.TERMS.words, (refusal, "They find it on their Today."), button="Go on"
    )
    return show(request, "project/set_up.html", page, scope=scope)


def _address(scope: Scope, name: str, **rest: object) -> str:
    assert scope.place is not None
    return reverse(name, kwargs={"urn": scope.place.key, **rest})
