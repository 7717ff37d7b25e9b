"""Screens of staff appraisal: the list, cycles and who is in them, who appraises whom."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from headship.appraisal import own_rule_queries, staff_again, staff_pages, staff_template_pages, staff_year_pages
from headship.appraisal import staff_cycle_actions as actions
from headship.appraisal import staff_forms as forms
from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal.staff_choices import StaffState
from headship.appraisal.staff_models import StaffCycle, StaffYear
from headship.appraisal.staff_pages import FormPage, address, whose
from headship.core import saving
from headship.core.errors import existing, require
from headship.core.form_parts import VersionForm
from headship.core.pages import academic_year, show
from headship.core.scope import Scope

FORM = "appraisal/staff_form.html"
HELD = ("name", "starts_in", "moderated", "appeal_days", *forms.DAYS)


def appraisals(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what this reader knows of."""
    return show(request, "appraisal/staff_list.html", staff_pages.list_page(scope), scope=scope)


def cycle(request: HttpRequest, scope: Scope, cycle: int) -> HttpResponse:
    """Show a cycle to whoever organises it."""
    page = staff_pages.cycle_page(scope, cycle_of(scope, cycle), page_of(request))
    return show(request, "appraisal/staff_cycle.html", page, scope=scope)


def cycle_new(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Set up a cycle."""
    require(rules.set_up(scope))
    year = queries.this_year(scope)
    typed = {"starts_in": year, "parts": "Objectives 60\nProfessional standards 40"}
    days = rules.usual(year, own_rule_queries.staff_due(scope, year).value)
    form = cycle_form(request, scope, (year, year + 1), typed | dict(zip(forms.DAYS, days, strict=True)))
    made: list[int] = []

    def do() -> None:
        once, starts_in = form.cleaned_data["once"], form.cleaned_data["starts_in"]
        made.append(actions.open_cycle(by=scope, at=scope.at, once=once, starts_in=starts_in, planned=form.planned))

    if saving.saved(form, lambda _clean: do()):
        messages.success(request, "Set up. Now put people into it.")
        return HttpResponseRedirect(address(scope, "staff-members", cycle=made[0]))
    page = FormPage(
        "Set up appraisal for a group of staff",
        form,
        "Set it up",
        address(scope, "staff-appraisal"),
        links=[*staff_template_pages.beginnings(scope), *staff_pages.beginnings(scope)],
    )
    return show(request, FORM, page, scope=scope)


def cycle_again(request: HttpRequest, scope: Scope, cycle: int) -> HttpResponse:
    """Begin another year's cycle from one that there was: all that would be taken is on the page first."""
    require(rules.set_up(scope))
    past = cycle_of(scope, cycle)
    require(rules.again(past.starts_in, queries.this_year(scope)))
    ahead = staff_again.begun(scope, past)
    typed = _typed(past) | dict(zip(forms.DAYS, ahead.days, strict=True))
    typed |= {"starts_in": ahead.starts_in, "again": [each.year for each in ahead.coming]}
    if past.organiser_id not in queries.leaders(scope):
        typed["organiser"] = None
    coming = [(each.year, each.words) for each in ahead.coming]
    form = cycle_form(request, scope, (ahead.starts_in,), typed, kind=partial(forms.AgainForm, coming=coming))
    made: list[int] = []

    def do() -> None:
        once, years = form.cleaned_data["once"], form.cleaned_data["again"]
        made.append(
            actions.repeat_cycle(by=scope, at=scope.at, once=once, cycle=past.pk, planned=form.planned, years=years)
        )

    if saving.saved(form, lambda _clean: do()):
        messages.success(request, "Set up, with those whom you chose.")
        return HttpResponseRedirect(address(scope, "staff-cycle", cycle=made[0]))
    was, will = academic_year(past.starts_in), academic_year(ahead.starts_in)
    page = FormPage(
        f"Begin {past.name}, {will}, from {was}",
        form,
        "Set it up",
        _at(scope, past),
        aside="This is what comes along. Change what is different; nothing is taken until you set it up.",
        about="Not coming along",
        notes=ahead.left_out,
    )
    return show(request, FORM, page, scope=scope)


def cycle_change(request: HttpRequest, scope: Scope, cycle: int) -> HttpResponse:
    """Change a cycle; once its academic year is over, what can still be said of it."""
    require(rules.set_up(scope))
    now, this = cycle_of(scope, cycle), queries.this_year(scope)
    require(rules.change(scope, now.starts_in, this, goes_on=queries.goes_on(now)))
    kind = partial(forms.SettledForm, stands=actions.planned_as(now)) if now.starts_in < this else forms.CycleForm
    form = cycle_form(request, scope, (now.starts_in,), _typed(now) | {"version": now.version}, kind=kind)

    def do() -> None:
        version = form.cleaned_data["version"] or 0
        actions.change_cycle(by=scope, at=scope.at, cycle=now.pk, version=version, planned=form.planned)

    page = FormPage(f"Change {now.name}, {academic_year(now.starts_in)}", form, "Save", _at(scope, now))
    return answered(request, scope, page, do, "Saved.", now)


def members(request: HttpRequest, scope: Scope, cycle: int) -> HttpResponse:
    """Put people into a cycle."""
    now = cycle_of(scope, cycle)
    left_out = staff_pages.themself(scope)
    staff = {key: words for key, words in queries.staff(scope).items() if key not in left_out}
    form = forms.MembersForm(request.POST or None, people=queries.to_add(scope, now.starts_in), staff=staff)

    def do() -> None:
        chosen, who = form.cleaned_data["people"], form.cleaned_data["appraiser"]
        named, staff = queries.appraised_before(scope), queries.staff(scope)
        as_before = {each: named[each] if named.get(each) in staff else None for each in chosen}
        appraisers = as_before if who == forms.AS_BEFORE else dict.fromkeys(chosen, who)
        actions.add_to_cycle(by=scope, at=scope.at, cycle=now.pk, appraisers=appraisers)

    title = f"Who is in {now.name}, {academic_year(now.starts_in)}?"
    past = staff_pages.past_words(scope, now.starts_in)
    return answered(request, scope, FormPage(title, form, "Put them in", _at(scope, now), past=past), do, "Put in.")


def many(request: HttpRequest, scope: Scope, cycle: int) -> HttpResponse:
    """Write one objective for many."""
    now = cycle_of(scope, cycle)
    offered = [(each.pk, each.person.name) for each in queries.aiming(queries.members(scope, now))]
    form = forms.ManyForm(request.POST or None, years=offered)

    def do() -> None:
        given = form.cleaned_data
        actions.aim_for_many(
            by=scope, at=scope.at, once=given["once"], cycle=now.pk, years=given["years"], aimed=form.aimed
        )

    title = f"One objective for many, {academic_year(now.starts_in)}"
    aside = "It stands among the objectives of each whom you choose, to be talked about with them before they are set."
    return answered(request, scope, FormPage(title, form, "Write it", _at(scope, now), aside=aside), do, "Written.")


def appraiser(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Say who appraises somebody, or hand it on."""
    now, of = _member(scope, appraised)
    require(rules.hand_on(scope, of.organiser_id, now.person_id))
    left_out = {now.person_id, now.appraiser_id} | staff_pages.themself(scope)
    staff = [each for each in queries.staff(scope).items() if each[0] not in left_out]
    form = forms.AppraiserForm(request.POST or None, staff=staff, initial={"version": now.version})

    def do() -> None:
        actions.name_appraiser(by=scope, at=scope.at, year=now.pk, **form.cleaned_data)

    aside = "What is written stays. Whoever appraised before no longer sees it."
    page = FormPage("Who appraises?", form, "Save", _at(scope, of), whose=whose(now), aside=aside)
    return answered(request, scope, page, do, f"Saved for {whose(now)}.", now)


def take_out(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Take somebody out of a group."""
    now, of = _member(scope, appraised)
    require(rules.hand_on(scope, of.organiser_id, now.person_id))
    form = VersionForm(request.POST or None, initial={"version": now.version})

    def do() -> None:
        actions.take_out_of_cycle(by=scope, at=scope.at, year=now.pk, **form.cleaned_data)

    aside = "It can be done while nothing is written in their year. You can put them into this group or another again."
    title = f"Take {now.person.name} out of {of.name}?"
    page = FormPage(title, form, "Take them out", _at(scope, of), whose=whose(now), aside=aside)
    return answered(request, scope, page, do, "Taken out.", now)


def close(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Close a year without a statement: of somebody who left, is away for long, or became headteacher."""
    now, of = _member(scope, appraised)
    here = now.person_id in queries.staff(scope) and now.person_id not in queries.heads(scope)
    require(rules.close(scope, StaffState(now.state), here=here))
    form = forms.WhyForm(request.POST or None, initial={"version": now.version})

    def do() -> None:
        actions.close_staff_year(by=scope, at=scope.at, year=now.pk, **form.cleaned_data)

    aside = (
        "Nothing is deleted: a sealed copy of all that stands is kept. Who left, or became headteacher, reads it, "
        "drafts of whoever appraised too. Nothing more is asked of anybody, and it can be opened again."
    )
    page = FormPage("Close this year?", form, "Close it", _at(scope, of), whose=whose(now), aside=aside)
    return answered(request, scope, page, do, f"Closed for {whose(now)}.", now)


def year(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Show somebody's year."""
    page = staff_year_pages.year_page(scope, found(scope, appraised))
    return show(request, "appraisal/staff_year.html", page, scope=scope)


def page_of(request: HttpRequest) -> int:
    """Return which page of a list was asked for. Errors: Http404."""
    asked = request.GET.get("page", "1")
    if not asked.isdecimal() or len(asked) > 4 or int(asked) < 1:
        raise Http404
    return int(asked)


def found(scope: Scope, key: int) -> StaffYear:
    """Return a year the reader reads. Errors: Http404."""
    return existing(queries.year(scope, key))


def answered(  # noqa: PLR0913, PLR0917  # a form, what it does, what is said, and what it changes
    request: HttpRequest,
    scope: Scope,
    page: FormPage,
    do: Callable[[], object],
    done: str,
    now: Model | None = None,
) -> HttpResponse:
    """Show a form, or save it, say so, and go back where it belongs. `now` is what it changes, with its version."""
    if saving.saved(page.form, lambda _clean: do(), now):
        messages.success(request, done)
        return HttpResponseRedirect(page.back)
    return show(request, FORM, page, scope=scope)


def cycle_of(scope: Scope, key: int) -> StaffCycle:
    """Return a cycle that the reader organises. Errors: Http404."""
    now = queries.cycle(scope, key)
    if now is None:
        raise Http404
    return now


def _member(scope: Scope, key: int) -> tuple[StaffYear, StaffCycle]:
    """Return somebody's year and its cycle for whoever organises it, whatever else they read. Errors: Http404."""
    now = existing(StaffYear.objects.select_related("person").filter(school_id=scope.school_id, pk=key).first())
    return now, cycle_of(scope, now.cycle_id)


def _at(scope: Scope, cycle: StaffCycle) -> str:
    return address(scope, "staff-cycle", cycle=cycle.pk)


def _typed(of: StaffCycle) -> dict[str, Any]:
    """Return a cycle as its form holds it."""
    typed: dict[str, Any] = {name: getattr(of, name) for name in HELD}
    parts = "\n".join(f"{each.name} {each.weight}" for each in of.parts.all())
    return typed | {"organiser": of.organiser_id, "parts": parts}


def cycle_form(
    request: HttpRequest,
    scope: Scope,
    years: tuple[int, ...],
    typed: dict[str, Any],
    kind: Callable[..., forms.CycleForm] = forms.CycleForm,
) -> forms.CycleForm:
    """Return the form of a cycle in one of these academic years."""
    rule = staff_pages.rule_words(scope, years[0])
    leaders = queries.leaders(scope)
    return kind(request.POST or None, initial=typed, years=years, leaders=leaders, rule=rule)
