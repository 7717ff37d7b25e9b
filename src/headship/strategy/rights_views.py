"""Screens of who decides what."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import form_parts, papers
from headship.core.errors import Unusable, existing
from headship.core.pages import show
from headship.core.roles import Role
from headship.core.saving import keep
from headship.core.scope import Scope
from headship.strategy import (
    pages,
    rights_actions,
    rights_documents,
    rights_forms,
    rights_pages,
    rights_queries,
    rights_rules,
)
from headship.strategy.models import Area
from headship.strategy.rights_choices import POSTS, THE_BOARD, Part, Party
from headship.strategy.rights_queries import THE_BOARD as BOARD_WORDS
from headship.strategy.rights_queries import Everybody

MEANWHILE = (
    "Somebody changed this while you were writing. Theirs now stands, and yours is kept here, not saved: {theirs}. "
    "Save again to put yours in its place."
)


def who_decides(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show who decides what."""
    return show(request, "strategy/who_decides.html", rights_pages.rights_page(scope), scope=scope)


def document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give the map to hold."""
    return papers.given(request, rights_documents.rights(scope, rights_pages.rights_page(scope)))


def on_day(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show who decided what on a day."""
    form = rights_forms.DayForm(request.GET or None)
    day = form.cleaned_data["on"] if form.is_valid() else None
    return show(request, "strategy/who_decided.html", rights_pages.day_page(scope, form, day), scope=scope)


@require_POST
def take(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Take over the list to begin with."""
    count = rights_actions.take_usual_areas(by=scope, at=scope.at)
    messages.success(request, f"{count} areas are on the map. Rename them, and say who decides each.")
    return _to(scope, "who-decides")


def area(request: HttpRequest, scope: Scope, responsibility: int) -> HttpResponse:
    """Show one area."""
    found = existing(rights_queries.area(scope, responsibility))
    return show(request, "strategy/area.html", rights_pages.area_page(scope, found), scope=scope)


def area_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Add an area."""
    form = _form(request, scope, {"since": timezone.localdate(scope.at)})
    if _good(form, scope, None):
        once = form.cleaned_data["once"]
        key = rights_actions.add_area(by=scope, at=scope.at, once=once, agreed=_agreed(form))
        return _to(scope, "area", responsibility=key)
    page = pages.FormPage("Add an area", form, "Add it", pages.address(scope, "who-decides"))
    return show(request, "strategy/area_form.html", page, scope=scope)


def area_change(request: HttpRequest, scope: Scope, responsibility: int) -> HttpResponse:
    """Say anew who decides an area."""
    found = existing(rights_queries.area(scope, responsibility))
    form = _form(request, scope, _typed(scope, found), found)
    if not found.ended_on and _good(form, scope, found) and _undisturbed(form, scope, found):
        rights_actions.change_area(
            by=scope, at=scope.at, area=found.pk, version=form.cleaned_data["version"] or 0, agreed=_agreed(form)
        )
        messages.success(request, "Saved. What held before can still be told.")
        return _to(scope, "area", responsibility=found.pk)
    page = pages.FormPage("Who decides?", form, "Save", pages.address(scope, "area", responsibility=found.pk))
    return show(request, "strategy/area_form.html", page, scope=scope)


@require_POST
def area_end(request: HttpRequest, scope: Scope, responsibility: int) -> HttpResponse:
    """Take an area off the map."""
    found, form = existing(rights_queries.area(scope, responsibility)), form_parts.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the area again and take it off from there. Nothing was changed.")
    rights_actions.end_area(by=scope, at=scope.at, area=found.pk, version=form.cleaned_data["version"])
    messages.success(request, "It is off the map. What held on earlier days can still be told.")
    return _to(scope, "who-decides")


def keep_theirs(form: Any, version: int, theirs: str) -> None:
    """Keep what somebody typed on the form and say what stands now; sent again, it goes in its place."""
    keep(form, version, MEANWHILE.format(theirs=theirs))


def _undisturbed(form: rights_forms.AreaForm, scope: Scope, found: Area) -> bool:
    if form.cleaned_data["version"] == found.version:
        return True
    stands = rights_queries.stands(rights_queries.versions(found)[0])
    told = rights_pages.parts(rights_queries.everybody(scope), stands.of(Part.DECIDES)) or "nobody"
    keep_theirs(form, found.version, f"{stands.name}, decided by {told}")
    return False


def _good(form: rights_forms.AreaForm, scope: Scope, found: Area | None) -> bool:
    """Whether the form holds what the rules let through; what they say stands at a field."""
    if form.is_valid():
        told, today = form.cleaned_data, timezone.localdate(scope.at)
        others = [name for key, name in rights_queries.names(scope) if found is None or key != found.pk]
        before = rights_queries.versions(found)[0].since if found else None
        checks = (
            ("name", rights_rules.name(told["name"], others)),
            ("also_decides", rights_rules.deciders([code for code, _ in form.deciders()])),
            ("since", rights_rules.since(told["since"], before=before, today=today)),
        )
        for field, said in checks:
            if said:
                form.add_error(field, said)
    return form.is_valid()


def _form(request: HttpRequest, scope: Scope, initial: dict[str, Any], of: Area | None = None) -> rights_forms.AreaForm:
    who = rights_queries.everybody(scope)
    groups = [
        (THE_BOARD.code, BOARD_WORDS),
        *((Party(post=each).code, Role(each).words) for each in POSTS),
        *((Party(team=key).code, who.told(Party(team=key))) for key in who.teams),
    ]
    people = [(Party(person=key).code, words) for key, words in who.people.offered]
    kept = _kept(of, who) if of else []
    people += [each for each in kept if each not in people and each[0].startswith("person-")]
    groups += [each for each in kept if each not in groups and each[0].startswith("team-")]
    return rights_forms.AreaForm(request.POST or None, initial=initial, groups=groups, people=people)


def _kept(of: Area, who: Everybody) -> list[tuple[str, str]]:
    """Return who has a part now: whoever left still stands there until somebody else does."""
    stands = rights_queries.stands(rights_queries.versions(of)[0])
    return [(each.party.code, who.told(each.party)) for each in stands.held]


def _typed(scope: Scope, found: Area) -> dict[str, Any]:
    stands = rights_queries.stands(rights_queries.versions(found)[0])
    deciders = [*((each.party.code, each.limit) for each in stands.of(Part.DECIDES)), ("", ""), ("", "")]
    parts = [
        pair
        for part in (Part.CONSULTED, Part.TOLD)
        for pair in rights_forms.typed(part, [each.party.code for each in stands.of(part)])
    ]
    return {
        "name": stands.name,
        "words": stands.words,
        "decides": deciders[0][0],
        "limit": deciders[0][1],
        "also_decides": deciders[1][0],
        "also_limit": deciders[1][1],
        "since": timezone.localdate(scope.at),
        "version": found.version,
        **dict(parts),
    }


def _agreed(form: rights_forms.AreaForm) -> rights_actions.Agreed:
    told = form.cleaned_data
    return rights_actions.Agreed(
        told["name"], told["since"], told["words"], form.deciders(), form.parties("consulted"), form.parties("told")
    )


def _to(scope: Scope, name: str, **rest: object) -> HttpResponse:
    return HttpResponseRedirect(pages.address(scope, name, **rest))
