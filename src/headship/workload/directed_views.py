"""Screens of a year's directed time: who has how much left, what is placed, and how people work."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import form_parts
from headship.core.errors import Unusable, existing
from headship.core.pages import academic_year, show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.people.holders import holders
from headship.schools.calendar_dates import bounds, year_of
from headship.workload import directed_actions, directed_forms, directed_pages, directed_queries, pages
from headship.workload.choices import Directed
from headship.workload.directed_actions import Placing, Works
from headship.workload.models import DirectedYear, Slot

GONE_AT = "Open the page again and choose there. Nothing was changed."


def this_year(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the year of today."""
    return year(request, scope, year_of(timezone.localdate(scope.at)))


def year(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Show who has how much left in a year."""
    found = directed_queries.year(scope, directed_queries.in_reach(scope, year))
    if found is None:
        page = directed_pages.no_year_page(scope, year)
        return show(request, "workload/no_year.html", page, scope=scope)
    shown = directed_pages.year_page(scope, directed_queries.planned(scope, found), _from(request))
    return show(request, "workload/year.html", shown, scope=scope)


@require_POST
def begin(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Begin a year's plan."""
    del request
    starts_in = directed_queries.in_reach(scope, year)
    directed_actions.begin_year(by=scope, at=scope.at, starts_in=starts_in)
    return _to(scope, year)


def slots(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Show what is placed."""
    planned = directed_queries.planned(scope, _year(scope, year))
    page = directed_pages.slots_page(scope, planned, _from(request))
    return show(request, "workload/slots.html", page, scope=scope)


def place(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Place directed time in the calendar."""
    found = _year(scope, year)
    form = _placing_form(request, scope, found, {"version": found.version})

    def write(told: dict[str, Any]) -> None:
        directed_actions.place_time(
            by=scope,
            at=scope.at,
            year=found.pk,
            version=told["version"] or 0,
            once=told["once"],
            placing=_placing(told),
        )

    if saved(form, write, found):
        messages.success(request, "It is placed. Staff are shown it when you publish the year.")
        return _to(scope, year, "directed-slots")
    page = pages.FormPage(
        f"Place time in {academic_year(year)}", form, "Place it", pages.address(scope, "directed-year", year=year)
    )
    return show(request, "workload/placing.html", page, scope=scope)


def slot(request: HttpRequest, scope: Scope, year: int, slot: int) -> HttpResponse:
    """Change what is placed, or take it off."""
    found = _year(scope, year)
    held = existing(directed_queries.held_slots(found, found.version).filter(pk=slot).first())
    form = _placing_form(request, scope, found, _typed(held, found))

    def write(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        directed_actions.move_time(
            by=scope, at=scope.at, year=found.pk, version=version, slot=held.pk, placing=_placing(told)
        )

    def remove(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        directed_actions.remove_time(by=scope, at=scope.at, year=found.pk, version=version, slot=held.pk)

    if saved(form, remove if "remove" in request.POST else write, found):
        return _to(scope, year, "directed-slots")
    back = pages.address(scope, "directed-slots", year=year)
    page = pages.FormPage(f"Change “{held.title}”", form, "Save", back, can_remove=True)
    return show(request, "workload/placing.html", page, scope=scope)


def working_add(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Say how somebody works who is chosen from the list."""
    return _working(request, scope, year, None)


def working(request: HttpRequest, scope: Scope, year: int, person: int) -> HttpResponse:
    """Say how somebody works from a day on."""
    return _working(request, scope, year, person)


def shares(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Say in one grid how everybody who is counted works."""
    found, at = _year(scope, year), _from(request)
    people, day = holders(scope), max(timezone.localdate(scope.at), bounds(year)[0])
    every = sorted(
        ((each, people.names.get(each.person_id, people.told(each.person_id)))
         for each in directed_queries.working_on(found, day)), key=lambda row: row[1].casefold()
    )  # fmt: skip
    initial = {"starts_on": min(day, bounds(year)[1]), "version": found.version}
    form = directed_forms.SharesForm(request.POST or None, initial=initial, rows=every[at : at + directed_pages.GRID])

    def write(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        directed_actions.set_shares(by=scope, at=scope.at, year=found.pk, version=version, shares=form.shares())

    if saved(form, write, found):
        messages.success(request, "Saved. Staff are shown it when you publish the year.")
        return _to(scope, year)
    page = directed_pages.shares_page(scope, year, form, at, len(every))
    return show(request, "workload/shares.html", page, scope=scope)


@require_POST
def working_remove(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Take back that somebody works so from a day on."""
    found, form = _year(scope, year), directed_forms.RemoveForm(request.POST)
    if not form.is_valid():
        raise Unusable(GONE_AT)
    told = form.cleaned_data
    directed_actions.remove_working(by=scope, at=scope.at, year=found.pk, version=told["version"], working=told["key"])
    return _to(scope, year)


@require_POST
def publish(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Publish a year to staff."""
    found, form = _year(scope, year), form_parts.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable(GONE_AT)
    version = form.cleaned_data["version"]
    directed_actions.publish_year(by=scope, at=scope.at, year=found.pk, version=version)
    messages.success(request, "Published: each of the staff finds their own under My directed time, and on Today.")
    return _to(scope, year)


def _working(request: HttpRequest, scope: Scope, year: int, person: int | None) -> HttpResponse:
    found, people = _year(scope, year), holders(scope)
    initial = {
        "person": person,
        "starts_on": max(timezone.localdate(scope.at), bounds(year)[0]),
        "part": 1,
        "whole": 1,
        "weekdays": [0, 1, 2, 3, 4],
        "version": found.version,
    }
    offered = [each for each in people.offered if person in {None, each[0]}]
    if person and not offered:
        existing(directed_queries.held_working(found, found.version).filter(person_id=person).first())
        offered = [(person, people.told(person))]
    form = directed_forms.WorkingForm(request.POST or None, initial=initial, people=offered)

    def write(told: dict[str, Any]) -> None:
        works = Works(told["starts_on"], not told["uncounted"], told["part"], told["whole"], tuple(told["weekdays"]))
        directed_actions.set_working(
            by=scope, at=scope.at, year=found.pk, version=told["version"] or 0, person=told["person"], works=works
        )

    if saved(form, write, found):
        return _to(scope, year)
    aside = (
        "From the day you give, until the next day given for them. Hours are in proportion, by days of the school year."
    )
    back = pages.address(scope, "directed-year", year=year)
    return show(
        request, "workload/form.html", pages.FormPage("How somebody works", form, "Save", back, aside), scope=scope
    )


def _year(scope: Scope, starts_in: int) -> DirectedYear:
    return existing(directed_queries.year(scope, directed_queries.in_reach(scope, starts_in)))


def _from(request: HttpRequest) -> int:
    asked = request.GET.get("from", "")
    return min(int(asked), 100_000) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0


def _placing_form(
    request: HttpRequest, scope: Scope, found: DirectedYear, initial: dict[str, Any]
) -> directed_forms.PlacingForm:
    people = holders(scope)
    counted = directed_queries.held_working(found, found.version).filter(counted=True)
    keys = set(counted.values_list("person_id", flat=True))
    offered = sorted(
        ((key, people.names.get(key, people.told(key))) for key in keys), key=lambda each: each[1].casefold()
    )
    return directed_forms.PlacingForm(request.POST or None, initial=initial, counted=offered)


def _placing(told: dict[str, Any]) -> Placing:
    names = ("title", "minutes", "weekday", "first_on", "last_on", "dates", "everybody", "roles", "people")
    return Placing(kind=Directed(told["kind"]), **{name: told[name] for name in names})


def _typed(held: Slot, found: DirectedYear) -> dict[str, Any]:
    whom = list(held.whom.all())
    names = ("kind", "title", "minutes", "weekday", "first_on", "last_on", "everybody")
    return {
        **{name: getattr(held, name) for name in names},
        "dates": directed_forms.as_lines([each.on for each in held.dates.order_by("on")]),
        "roles": [each.role for each in whom if each.role],
        "people": [each.person_id for each in whom if each.person_id],
        "version": found.version,
    }


def _to(scope: Scope, year: int, name: str = "directed-year") -> HttpResponse:
    return HttpResponseRedirect(pages.address(scope, name, year=year))
