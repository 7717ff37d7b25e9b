"""Screens of a headteacher's appraisal: the list, who appraises, one year, its copies."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.appraisal import (
    head_course_actions,
    head_documents,
    head_forms,
    head_pages,
    head_panel_actions,
    head_queries,
    head_rules,
    head_year_pages,
    own_rule_queries,
)
from headship.appraisal.head_choices import HeadState, Part, Scheme
from headship.appraisal.head_pages import FormPage, address
from headship.appraisal.head_panel_actions import Appointed, Minuted
from headship.appraisal.models import HeadCopy, HeadYear
from headship.core import form_parts, papers
from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.schools import queries as schools
from headship.schools.calendar_dates import bounds, year_of
from headship.standards import queries as standards

CLOSES = (
    "For a year that comes to no statement, such as when the headteacher left. What is in it stays for the headteacher "
    "alone; panel and adviser read nothing of it from then on."
)
REMOVES = (
    "For a year that was recorded by mistake, such as one with a wrong first day. It can be removed while nothing is "
    "written in it. Who takes part goes with it."
)
_SETTLED = ("meeting", "scheme", "pay", "moderated", "policy_held", "appeal_days", "half_due_on", "meeting_due_on")


def years(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the years the reader knows of."""
    require(head_queries.finds(scope))
    return show(request, "appraisal/head_list.html", head_pages.list_page(scope), scope=scope)


def year(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Show one year."""
    page = head_year_pages.year_page(scope, found(scope, year))
    return show(request, "appraisal/head_year.html", page, scope=scope)


def document(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Give a year to hold."""
    whole = head_queries.whole(scope, found(scope, year))
    return papers.given(request, head_documents.year(scope, whole))


def copy(request: HttpRequest, scope: Scope, year: int, copy: int) -> HttpResponse:
    """Show a kept copy."""
    return show(request, "appraisal/head_copy.html", _copy(scope, year, copy), scope=scope)


def copy_document(request: HttpRequest, scope: Scope, year: int, copy: int) -> HttpResponse:
    """Give a kept copy to hold."""
    return papers.given(request, head_documents.copy(scope, _copy(scope, year, copy)))


def appoint(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Record who appraises the headteacher in a year."""
    first, last = bounds(year_of(timezone.localdate(scope.at)))
    offered = head_queries.offered(scope)
    typed: dict[str, Any] = {
        "starts_on": first,
        "ends_on": last,
        "head": offered.heads[0][0] if len(offered.heads) == 1 else None,
    }
    typed |= {"framework": standards.DEFAULT}
    form = head_forms.AppointForm(
        request.POST or None,
        initial=typed,
        offered=offered,
        schemes=_schemes(scope),
        ruled=own_rule_queries.ruled(scope, last),
    )
    if saved(form, lambda told: _appoint(scope, told), field="panel"):
        messages.success(request, "Recorded. The panel, the adviser and the headteacher find it on their Today.")
        return HttpResponseRedirect(address(scope, "head-appraisal"))
    page = FormPage("Who appraises the headteacher?", form, "Record it", address(scope, "head-appraisal"), "")
    return show(request, "appraisal/head_form.html", page, scope=scope)


def panel_change(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Record that others appraise, moderate or hear an appeal."""
    now = existing(head_queries.years(scope).select_related("head").filter(pk=year).first())
    if now.state == HeadState.APPEALED:
        return _hearers(request, scope, now)
    require(head_rules.change_panel(HeadState(now.state)))
    form = head_forms.PanelChangeForm(
        request.POST or None,
        initial=_who_now(now),
        offered=head_queries.offered(scope),
        schemes=_schemes(scope),
        ruled=own_rule_queries.ruled(scope, now.ends_on),
    )
    if saved(form, lambda told: _change_panel(scope, now, told), now, field="panel"):
        messages.success(request, "Recorded. Whoever is no longer named reads nothing of it from now on.")
        return HttpResponseRedirect(address(scope, "head-appraisal"))
    back = address(scope, "head-appraisal")
    page = FormPage("Change who appraises", form, "Record it", back, head_pages.whose(now))
    return show(request, "appraisal/head_form.html", page, scope=scope)


def _hearers(request: HttpRequest, scope: Scope, now: HeadYear) -> HttpResponse:
    """Record who hears the appeal: while one is heard, nothing else of who takes part changes."""
    form = head_forms.HearersForm(
        request.POST or None,
        initial={"version": now.version, "hearers": _who_now(now)["hearers"]},
        hearers=head_queries.may_hear(scope, now),
    )

    def do(told: dict[str, Any]) -> None:
        head_panel_actions.name_hearers(by=scope, at=scope.at, year=now.pk, **told)

    back = address(scope, "head-appraisal")
    if saved(form, do, now, field="hearers"):
        messages.success(request, "Recorded. They read statement and grounds until they say how it ended.")
        return HttpResponseRedirect(back)
    page = FormPage("Who hears the appeal?", form, "Record it", back, head_pages.whose(now))
    return show(request, "appraisal/head_form.html", page, scope=scope)


def close(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Close a year that comes to no statement, or open one again that was closed."""
    now = existing(head_queries.years(scope).select_related("head").filter(pk=year).first())
    require(head_rules.close(scope, HeadState(now.state)))
    closed = now.state == HeadState.CLOSED
    sure = {"head": now.head_id, "starts_in": now.starts_in, "version": now.version}
    form = head_forms.CloseForm(request.POST or None, initial=sure, about=head_pages.whose(now))
    act = head_panel_actions.resume_head_year if closed else head_panel_actions.close_head_year

    def do(_told: dict[str, Any]) -> None:
        act(by=scope, at=scope.at, year=now.pk, whose=form.whose, **form.told)

    back = address(scope, "head-appraisal")
    if saved(form, do, now):
        messages.success(request, f"Saved for {head_pages.whose(now)}.")
        return HttpResponseRedirect(back)
    title = "Open this year again" if closed else "Close this year without a statement"
    aside = "It goes on where it stood, and its panel reads it again." if closed else CLOSES
    page = FormPage(title, form, title, back, head_pages.whose(now), aside)
    return show(request, "appraisal/head_form.html", page, scope=scope)


def remove(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Remove a year that was recorded by mistake."""
    now = existing(head_queries.years(scope).select_related("head").filter(pk=year).first())
    require(head_rules.remove(scope, HeadState(now.state)))
    sure = {"head": now.head_id, "starts_in": now.starts_in, "version": now.version}
    about, back = head_pages.whose(now), address(scope, "head-appraisal")
    form = head_forms.ConfirmForm(request.POST or None, initial=sure, about=about)

    def do(told: dict[str, Any]) -> None:
        head_panel_actions.remove_head_year(by=scope, at=scope.at, year=year, version=told["version"], whose=form.whose)

    if saved(form, do, now):
        messages.success(request, f"Removed: {about}.")
        return HttpResponseRedirect(back)
    page = FormPage("Remove this year", form, "Remove it", back, about, REMOVES)
    return show(request, "appraisal/head_form.html", page, scope=scope)


@require_POST
def lend(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Let the next panel read the locked copies, or take that back."""
    now = found(scope, year)
    head_course_actions.lend_copies(
        by=scope, at=scope.at, year=now.pk, version=version(request), shown="show" in request.POST
    )
    return to(scope, now.pk)


def found(scope: Scope, key: int) -> HeadYear:
    """Return a year the reader may read something of. Errors: Http404."""
    return existing(head_queries.year(scope, key))


def to(scope: Scope, key: int) -> HttpResponse:
    """Go to a year."""
    return HttpResponseRedirect(address(scope, "head-year", year=key))


def version(request: HttpRequest) -> int:
    """Return how the year was when a button was pressed. Errors: Unusable."""
    form = form_parts.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the year again and choose there. Nothing was changed.")
    return int(form.cleaned_data["version"])


def _copy(scope: Scope, year: int, number: int) -> head_pages.CopyPage:
    now = found(scope, year)
    whole = head_queries.whole(scope, now)
    kept: HeadCopy | None = next((each for each in whole.copies if each.number == number), None)
    return replace(head_pages.copy_page(scope, whole, existing(kept)), seen_by=head_year_pages.seen_by(whole))


def _schemes(scope: Scope) -> list[Scheme]:
    return list(Scheme) if schools.school_of(scope.school_id).trust_id else [Scheme.PANEL]


def _appoint(scope: Scope, told: dict[str, Any]) -> None:
    head_panel_actions.appoint_panel(
        by=scope,
        at=scope.at,
        once=told["once"],
        head=told["head"],
        starts_on=told["starts_on"],
        ends_on=told["ends_on"],
        framework=told["framework"],
        who=_who(told),
        minuted=_minuted(told),
    )


def _change_panel(scope: Scope, now: HeadYear, told: dict[str, Any]) -> None:
    head_panel_actions.change_panel(
        by=scope, at=scope.at, year=now.pk, version=told["version"], who=_who(told), minuted=_minuted(told)
    )


def _who(told: dict[str, Any]) -> Appointed:
    return Appointed(
        panel=told["panel"],
        adviser=told["adviser"],
        trust=told.get("trust"),
        moderator=told["moderator"],
    )


def _minuted(told: dict[str, Any]) -> Minuted:
    names = (*_SETTLED, "on")
    return Minuted(**{name: told[name] for name in names})


def _who_now(now: HeadYear) -> dict[str, Any]:
    running: dict[str, list[int]] = {}
    for part, person in now.members.filter(ended_on=None).values_list("part", "person_id"):
        running.setdefault(part, []).append(person)
    return {
        **{name: getattr(now, name) for name in (*_SETTLED, "version") if name != "meeting"},  # it was another one
        "panel": running.get(Part.PANEL, []),
        "hearers": running.get(Part.APPEAL, []),
        **{part.value: next(iter(running.get(part, [])), None) for part in (Part.ADVISER, Part.TRUST, Part.MODERATOR)},
    }
