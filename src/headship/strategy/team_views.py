"""Screens of teams and their yearly reviews."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import form_parts
from headship.core.errors import Unusable, existing, require
from headship.core.pages import in_words, show
from headship.core.scope import Scope
from headship.people.holders import holders
from headship.schools.calendar_dates import year_of
from headship.strategy import (
    pages,
    rights_queries,
    rights_views,
    team_actions,
    team_forms,
    team_pages,
    team_queries,
    team_review_actions,
    team_rules,
)
from headship.strategy.models import Review, Team
from headship.strategy.rights_choices import How, Party


def teams(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the school's teams."""
    return show(request, "strategy/teams.html", team_pages.teams_page(scope), scope=scope)


def team(request: HttpRequest, scope: Scope, team: int) -> HttpResponse:
    """Show one team."""
    form = team_forms.MemberForm(people=holders(scope).offered)
    page = team_pages.team_page(scope, _team(scope, team), form)
    return show(request, "strategy/team.html", page, scope=scope)


def add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Form a team."""
    form = _form(request, scope, {"since": timezone.localdate(scope.at)})
    if _good(form, scope):
        once = form.cleaned_data["once"]
        key = team_actions.make_team(by=scope, at=scope.at, once=once, formed=_formed(form))
        return _to(scope, "team", team=key)
    page = pages.FormPage("Form a team", form, "Form it", pages.address(scope, "teams"))
    return show(request, "strategy/form.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, team: int) -> HttpResponse:
    """Change a team."""
    found = _team(scope, team)
    typed = {name: getattr(found, name) for name in ("name", "remit", "since", "version")}
    form = _form(request, scope, {**typed, "lead": found.lead_id})
    if not found.ended_on and _good(form, scope) and _undisturbed(form, scope, found):
        team_actions.change_team(
            by=scope, at=scope.at, team=found.pk, version=form.cleaned_data["version"] or 0, formed=_formed(form)
        )
        return _to(scope, "team", team=found.pk)
    page = pages.FormPage("Change a team", form, "Save", pages.address(scope, "team", team=found.pk))
    return show(request, "strategy/form.html", page, scope=scope)


@require_POST
def end(request: HttpRequest, scope: Scope, team: int) -> HttpResponse:
    """End a team."""
    found, form = _team(scope, team), form_parts.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the team again and end it from there. Nothing was changed.")
    team_actions.end_team(by=scope, at=scope.at, team=found.pk, version=form.cleaned_data["version"])
    messages.success(request, f"“{found.name}” has ended. What it decided is told as a gap until somebody else does.")
    return _to(scope, "teams")


@require_POST
def member_add(request: HttpRequest, scope: Scope, team: int) -> HttpResponse:
    """Take somebody into a team."""
    found = _team(scope, team)
    form = team_forms.MemberForm(request.POST, people=holders(scope).offered)
    if form.is_valid():
        team_actions.add_member(by=scope, at=scope.at, team=found.pk, person=form.cleaned_data["person"])
        return _to(scope, "team", team=found.pk)
    return show(request, "strategy/team.html", team_pages.team_page(scope, found, form), scope=scope)


@require_POST
def member_end(request: HttpRequest, scope: Scope, member: int) -> HttpResponse:
    """Let somebody go from a team."""
    found = existing(team_queries.member(scope, member))
    team_actions.end_member(by=scope, at=scope.at, member=found.pk)
    return _to(scope, "team", team=found.team_id)


def arrange(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Ask somebody to look at others' decisions."""
    form = _review_form(request, scope)
    if form.is_valid() and _apart(form, scope):
        told = form.cleaned_data
        arranged = team_review_actions.Arranged(
            told["by"], told["of"], told["starts_in"], told["due_on"], told["how"], told["count"], told["key"]
        )
        key = team_review_actions.arrange_review(by=scope, at=scope.at, once=told["once"], arranged=arranged)
        return _to(scope, "review", review=key)
    page = pages.FormPage("Look at each other's decisions", form, "Arrange it", pages.address(scope, "teams"))
    return show(request, "strategy/form.html", page, scope=scope)


def review(request: HttpRequest, scope: Scope, review: int) -> HttpResponse:
    """Show one review."""
    return show(request, "strategy/review.html", team_pages.review_page(scope, _review(scope, review)), scope=scope)


def evidence(request: HttpRequest, scope: Scope, review: int) -> HttpResponse:
    """Lead from a review, as evidence names it, to its page, or to the teams for whoever may not read what it says."""
    del request
    found = existing(team_queries.arranged(scope).filter(pk=review).first())
    if team_queries.review(scope, found.pk) is None:
        return _to(scope, "teams")
    return _to(scope, "review", review=found.pk)


def choose(request: HttpRequest, scope: Scope, review: int) -> HttpResponse:
    """Choose the decisions to look at."""
    found = _review(scope, review)
    reviewing = team_queries.reviewing(scope, found)
    require(team_rules.review(scope, reviewing))
    offered = team_queries.pool(scope, team_queries.reviewed(scope, found), reviewing, found.starts_in)
    form = team_forms.ChooseForm(
        request.POST or None, offered=[(each.pk, f"{each.what} ({in_words(each.decided_on)})") for each in offered]
    )
    if form.is_valid():
        chosen = form.cleaned_data["decisions"]
        if not (wrong := team_rules.choose(How(found.how), found.read.count(), len(chosen), found.count)):
            team_review_actions.choose_decisions(by=scope, at=scope.at, review=found.pk, decisions=chosen)
            return _to(scope, "review", review=found.pk)
        form.add_error("decisions", wrong)
    back = pages.address(scope, "review", review=found.pk)
    page = pages.FormPage("Choose decisions", form, "Look at these", back, f"Up to {found.count}.")
    return show(request, "strategy/form.html", page, scope=scope)


def write(request: HttpRequest, scope: Scope, reading: int) -> HttpResponse:
    """Say what one thinks of a decision."""
    found = existing(team_queries.reading(scope, reading))
    reviewing = team_queries.reviewing(scope, found.review)
    require(team_rules.write(scope, reviewing, found.decision.decided_by_id))
    typed = {"good": found.good, "otherwise": found.otherwise, "version": found.version}
    form = team_forms.ReadingForm(request.POST or None, initial=typed)
    if form.is_valid():
        if wrong := team_rules.rewrite(scope, found.review.done_on, found.by_id):
            form.add_error(None, f"{wrong}. Nothing was saved.")
        elif form.cleaned_data["version"] == found.version:
            team_review_actions.write_reading(by=scope, at=scope.at, reading=found.pk, **form.cleaned_data)
            return _to(scope, "review", review=found.review_id)
        else:
            rights_views.keep_theirs(form, found.version, f"{found.good} {found.otherwise}")
    return show(request, "strategy/reading.html", team_pages.reading_page(scope, found, form), scope=scope)


def _team(scope: Scope, key: int) -> Team:
    return existing(team_queries.team(scope, key))


def _review(scope: Scope, key: int) -> Review:
    return existing(team_queries.review(scope, key))


def _form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> team_forms.TeamForm:
    people = holders(scope)
    offered = people.offered
    kept = initial.get("lead")
    if kept and kept not in dict(offered):  # whoever left still leads it on paper until somebody else does
        offered = [*offered, (kept, people.told(kept))]
    return team_forms.TeamForm(request.POST or None, initial=initial, people=offered)


def _formed(form: team_forms.TeamForm) -> team_actions.Formed:
    return team_actions.Formed(**{name: form.cleaned_data[name] for name in ("name", "remit", "lead", "since")})


def _good(form: team_forms.TeamForm, scope: Scope) -> bool:
    if form.is_valid() and (said := team_rules.since(form.cleaned_data["since"], today=timezone.localdate(scope.at))):
        form.add_error("since", said)
    return form.is_valid()


def _undisturbed(form: team_forms.TeamForm, scope: Scope, found: Team) -> bool:
    if form.cleaned_data["version"] == found.version:
        return True
    theirs = f"{found.name}, led by {holders(scope).told(found.lead_id)}: {found.remit}"
    rights_views.keep_theirs(form, found.version, theirs)
    return False


def _review_form(request: HttpRequest, scope: Scope) -> team_forms.ReviewForm:
    who, year = rights_queries.everybody(scope), year_of(timezone.localdate(scope.at))
    parties = [
        *((Party(team=key).code, who.told(Party(team=key))) for key in who.teams),
        *((Party(person=key).code, words) for key, words in who.people.offered),
    ]
    initial = {"due_on": date(year + 1, 7, 1), "key": f"{year} {scope.at:%j}"}
    return team_forms.ReviewForm(request.POST or None, initial=initial, parties=parties, years=(year, year - 1))


def _apart(form: team_forms.ReviewForm, scope: Scope) -> bool:
    told = form.cleaned_data
    by, of = (team_queries.people_of(scope, Party.of(told[name])) for name in ("by", "of"))
    if said := team_rules.sides(by, of):
        form.add_error("by", said)
    elif said := team_rules.due(told["due_on"], today=timezone.localdate(scope.at)):
        form.add_error("due_on", said)
    elif not team_queries.pool(scope, of, by, told["starts_in"]):
        form.add_error("of", team_review_actions.NONE_NOTED)
    return form.is_valid()


def _to(scope: Scope, name: str, **rest: object) -> HttpResponse:
    return HttpResponseRedirect(pages.address(scope, name, **rest))
