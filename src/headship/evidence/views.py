"""The Standards profile, the pages of characteristics, and reflections."""

from datetime import date
from typing import NoReturn

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from headship.core import kept, registry
from headship.core.pages import show
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions, characteristic_pages, methods, pages, queries
from headship.evidence.choices import PROFILE_FRAMEWORKS, State
from headship.evidence.forms import NoteForm, ReflectionForm, SharingForm
from headship.standards import queries as standards
from headship.standards.queries import FrameworkView, Statement

OLDEST_YEAR = 2000
LONGEST_KEY = 18  # figures; a database's keys have 19 at most


def profile(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the Standards profile of a school."""

    def made() -> HttpResponse:
        page = pages.profile(scope, _framework(request), _year(request, scope))
        return show(request, "evidence/profile.html", page, scope=scope)

    return kept.page(request, scope, made)


def characteristic(request: HttpRequest, scope: Scope, code: str) -> HttpResponse:
    """Show one characteristic with its evidence."""
    found = _framework(request)
    kind = request.GET.get("kind", "")
    page = characteristic_pages.characteristic(
        scope,
        found,
        _statement(found, code),
        kind=kind if kind in registry.evidence_kinds() else "",
        older_than=_older_than(request),
    )
    return show(request, "evidence/characteristic.html", page, scope=scope)


def reflect(request: HttpRequest, scope: Scope, code: str) -> HttpResponse:
    """Let a head say where they stand."""
    found = _framework(request)
    statement = _statement(found, code)
    form = ReflectionForm(request.POST or None)
    page = characteristic_pages.form_page(
        scope, found, statement, form, title="Say where you stand", submit="Save", said=3
    )
    if not form.is_valid():
        return show(request, "evidence/form.html", page, scope=scope)
    told = form.cleaned_data
    actions.write_reflection(
        by=scope,
        at=timezone.now(),
        characteristic_id=statement.id,
        state=State(told["state"]),
        words=told["words"],
        next_step=told["next_step"],
        next_step_by=told["next_step_by"],
        visibility=Visibility(told["visibility"]),
    )
    messages.success(request, f"Saved. Who can see it: {Visibility(told['visibility']).words.lower()}.")
    return HttpResponseRedirect(page.back_url)


def reflection_share(request: HttpRequest, scope: Scope, reflection: int) -> HttpResponse:
    """Let a head choose who sees one reflection."""
    written = queries.own_reflection(scope, reflection) or _nothing_here()
    statement = standards.statement(written.characteristic_id)
    form = SharingForm(request.POST or None, initial={"visibility": written.visibility})
    page = characteristic_pages.form_page(
        scope, standards.framework(statement.framework), statement, form, title="Who can see this?", submit="Save"
    )
    if not form.is_valid():
        return show(request, "evidence/form.html", page, scope=scope)
    visibility = Visibility(form.cleaned_data["visibility"])
    actions.share_reflection(by=scope, at=timezone.now(), reflection_id=written.pk, visibility=visibility)
    messages.success(request, f"Saved. Who can see it: {visibility.words.lower()}.")
    return HttpResponseRedirect(page.back_url)


def note(request: HttpRequest, scope: Scope, code: str) -> HttpResponse:
    """Note by hand something that shows a characteristic."""
    found = standards.framework()
    statement = _statement(found, code)
    today = timezone.localdate(scope.at)
    form = NoteForm(request.POST or None, initial={"occurred_on": today}, opened=scope.opens)
    page = characteristic_pages.form_page(scope, found, statement, form, title="Note something by hand", submit="Save")
    if not form.is_valid():
        return show(request, "evidence/form.html", page, scope=scope)
    told = form.cleaned_data
    actions.note_evidence(
        by=scope,
        at=timezone.now(),
        code=code,
        words=told["words"],
        occurred_on=told["occurred_on"],
        visibility=Visibility(told["visibility"]),
    )
    messages.success(request, "Noted.")
    return HttpResponseRedirect(page.back_url)


def method(request: HttpRequest, method: str) -> HttpResponse:
    """Show how a figure comes about."""
    try:
        page = methods.page(method)
    except LookupError as missing:
        raise Http404 from missing
    return show(request, "evidence/method.html", page)


def my_standards(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Offer somebody their own reflections as files."""
    page = characteristic_pages.my_standards(queries.own_reflections(scope.person_id))
    return show(request, "evidence/my_standards.html", page, scope=scope)


def my_standards_json(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Hand somebody their own reflections as data."""
    values = characteristic_pages.carried_values(scope, queries.own_reflections(scope.person_id))
    return _saved(JsonResponse(values, json_dumps_params={"indent": 1, "ensure_ascii": False}), scope, "json")


def my_standards_html(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Hand somebody their own reflections as a page."""
    page = characteristic_pages.carried(scope, queries.own_reflections(scope.person_id))
    return _saved(render(request, "evidence/carried.html", {"page": page}), scope, "html")


def _saved(response: HttpResponse, scope: Scope, ending: str) -> HttpResponse:
    name = f"my-standards-{timezone.localdate(scope.at).isoformat()}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _framework(request: HttpRequest) -> FrameworkView:
    """Return the framework asked for, or the default for anything else."""
    asked = request.GET.get("framework", "")
    return standards.framework(asked if asked in PROFILE_FRAMEWORKS else standards.DEFAULT)


def _statement(found: FrameworkView, code: str) -> Statement:
    statement = found.by_code.get(code)
    return statement if statement and statement.assessable else _nothing_here()


def _nothing_here() -> NoReturn:
    raise Http404


def _year(request: HttpRequest, scope: Scope) -> int:
    """Return the academic year asked for, or the current one for anything that is no past year."""
    asked, current = request.GET.get("year", ""), pages.current_year(scope)
    return int(asked) if asked.isdecimal() and len(asked) == 4 and OLDEST_YEAR <= int(asked) <= current else current


def _older_than(request: HttpRequest) -> tuple[date, int] | None:
    """Return the place on the timeline asked for, or its newest end for anything that is none."""
    day, _, key = request.GET.get("older", "").partition(".")
    if not key.isdecimal() or len(key) > LONGEST_KEY:
        return None
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        return None
