"""Pages of requests about personal data, keeping times, holds and erasures."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from headship.core import registry
from headship.core.errors import Unusable, require
from headship.core.pages import in_words, show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.people.models import Person
from headship.privacy import actions, exported, forms, gathering, keeping, pages, planning, queries, rules
from headship.privacy.choices import Asked, Stage, State
from headship.privacy.gathering import Gathered

LEAD = (
    "Somebody may ask in any words, by any way, of anybody on the staff. What counts is the day it reached the school."
)


def to(scope: Scope, name: str, **kwargs: Any) -> HttpResponseRedirect:
    """Lead to another page of the same school."""
    return HttpResponseRedirect(pages.address(scope, name, **kwargs))


def requests(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Who asked what."""
    return show(request, "privacy/requests.html", pages.requests_page(scope, queries.requests_here(scope)), scope=scope)


def note(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Note a request that came by letter, by mail or by word."""
    form = forms.NoteRequest(
        request.POST or None, people=_people(scope), initial={"received_on": timezone.localdate(scope.at)}
    )
    if form.is_valid():
        told = form.cleaned_data
        asked = {"person_id": int(told["person"]), "asks": Asked(told["asks"])}
        asked |= {"received_on": told["received_on"], "words": told["words"]}
        if _done(form, actions.note_request, by=scope, at=timezone.now(), **asked):
            messages.success(request, "Noted. It stands in the list with the day to answer it by.")
            return to(scope, "privacy-requests")
    back = pages.address(scope, "privacy-requests")
    page = pages.FormPage("Note a request about personal data", form, "Note it", back, LEAD)
    return show(request, "privacy/form.html", page, scope=scope)


def one_request(request: HttpRequest, scope: Scope, asked: int) -> HttpResponse:
    """One request, and what is to be done about it."""
    found = queries.request_here(scope, asked)
    page = pages.request_page(scope, found, queries.gathered(scope, found))
    return show(request, "privacy/request.html", page, scope=scope)


def read(request: HttpRequest, scope: Scope, asked: int) -> HttpResponse:
    """Read each passage before it is given out."""
    found = queries.request_here(scope, asked)
    require(rules.handle(scope, found.person_id, others=queries.other_handlers(scope)))
    form = forms.Read(request.POST or None, passages=queries.gathered(scope, found).passages)
    if form.is_valid():
        verdicts = form.verdicts()
        count = actions.decide_passages(by=scope, at=timezone.now(), request_id=asked, verdicts=verdicts)
        told = f"Kept what you decided of {count} passage{'' if count == 1 else 's'}."
        nothing = "Nothing is decided yet: choose what is given out of a passage."
        messages.success(request, told if verdicts else nothing)
        if left := len(verdicts) - count:
            messages.warning(
                request, f"{left} changed, or somebody else decided them, while you read. Read them again."
            )
        return to(scope, "privacy-request", asked=asked)
    return show(request, "privacy/read.html", pages.read_page(scope, found, form), scope=scope)


def file(request: HttpRequest, scope: Scope, asked: int) -> HttpResponse:
    """Download what is given out; asked for by a form, since it is written down who took it."""
    found = queries.request_here(scope, asked)
    require(rules.handle(scope, found.person_id, others=queries.other_handlers(scope)))
    if request.method != "POST":
        return to(scope, "privacy-request", asked=asked)
    assert scope.place is not None  # a page of a school
    at = timezone.now()
    return _download(actions.give_out(by=scope, at=at, request_id=asked), scope.place.name, at)


def drafts(request: HttpRequest, scope: Scope, asked: int) -> HttpResponse:
    """Decide whether drafts that somebody was not given yet are in their file."""
    found = queries.request_here(scope, asked)
    require(rules.decide_drafts(scope, found.person_id))
    form = forms.DecideDrafts(
        request.POST or None, initial={"drafts": found.drafts, "why": found.drafts_why, "was": found.drafts}
    )

    def write(told: dict[str, Any]) -> None:
        actions.decide_drafts(by=scope, at=timezone.now(), request_id=asked, **told)

    if saved(form, write):
        messages.success(request, "Recorded. The person reads it with their request.")
        return to(scope, "privacy-request", asked=asked)
    back = pages.address(scope, "privacy-request", asked=asked)
    page = pages.FormPage(f"Drafts about {found.person.name}", form, "Record it", back, pages.DRAFTS)
    return show(request, "privacy/form.html", page, scope=scope)


def close(request: HttpRequest, scope: Scope, asked: int) -> HttpResponse:
    """Say how a request ended."""
    found = queries.request_here(scope, asked)
    require(rules.handle(scope, found.person_id, others=queries.other_handlers(scope)))
    form = forms.Close(request.POST or None, initial={"closed_on": timezone.localdate(scope.at)})
    if form.is_valid():
        told = form.cleaned_data | {"state": State(form.cleaned_data["state"])}
        if _done(form, actions.close_request, by=scope, at=timezone.now(), request_id=asked, **told):
            messages.success(request, "The request is closed.")
            return to(scope, "privacy-requests")
    back = pages.address(scope, "privacy-request", asked=asked)
    page = pages.FormPage(f"Close the request of {found.person.name}", form, "Close it", back)
    return show(request, "privacy/form.html", page, scope=scope)


def keeping_times(request: HttpRequest, scope: Scope) -> HttpResponse:
    """How long everything is kept here."""
    waiting = sum(each.stage == Stage.PREPARED for each in queries.erasures_here(scope))
    kept, holds = keeping.kept_at(scope.school_id), keeping.holds_at(scope.school_id, scope.at)
    return show(request, "privacy/keeping.html", pages.keeping_page(scope, kept, holds, waiting), scope=scope)


def keeping_time(request: HttpRequest, scope: Scope, model: str) -> HttpResponse:
    """Set how long one kind of row is kept."""
    kept = next((each for each in keeping.kept_at(scope.school_id) if each.rule.model == model), None)
    if kept is None or not kept.rule.ends:
        raise Http404
    before = queries.times_set(scope, model)
    begin = {"ends": "yes" if kept.ends else "no", "months": kept.months, "version": before[0].version if before else 0}
    form = forms.SetTime(request.POST or None, initial=begin)
    if form.is_valid():
        told = form.cleaned_data | {"ends": form.cleaned_data["ends"] == "yes"}
        actions.set_keeping_time(by=scope, at=timezone.now(), model=model, **told)
        messages.success(request, "Kept. What is due by it is shown to you before anything goes.")
        return to(scope, "keeping")
    rule = registry.retention()[model]
    lead = f"As it ships: {rule.keep[:1].lower()}{rule.keep[1:]}. {pages.capitalised(rule.because).rstrip('.')}."
    page = pages.TimePage(f"{pages.name_of(model)}: for how long?", form, lead, before, pages.address(scope, "keeping"))
    return show(request, "privacy/time.html", page, scope=scope)


def hold(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Forbid deleting."""
    form = forms.PlaceHold(request.POST or None, people=_people(scope))
    if form.is_valid():
        told = form.cleaned_data
        person_id = int(told["person"]) if told["person"] else None
        actions.place_hold(by=scope, at=timezone.now(), person_id=person_id, why=told["why"], until=told["until"])
        messages.success(request, "The hold stands. Nothing it covers is deleted.")
        return to(scope, "keeping")
    lead = "For a claim, a complaint or an inquiry: what the hold covers stays, whatever the keeping times say."
    page = pages.FormPage("Stop deleting", form, "Place the hold", pages.address(scope, "keeping"), lead)
    return show(request, "privacy/form.html", page, scope=scope)


def lift(request: HttpRequest, scope: Scope, hold: int) -> HttpResponse:
    """Lift a hold."""
    queries.hold_here(scope, hold)
    if request.method == "POST":
        actions.lift_hold(by=scope, at=timezone.now(), hold_id=hold)
        messages.success(request, "The hold is lifted.")
    return to(scope, "keeping")


def erasures(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what waits to be deleted; a form prepares what is due, or one person's erasure."""
    if request.method == "POST":
        person = request.POST.get("person", "")
        if person and not (person.isascii() and person.isdigit()):
            raise Http404  # else what is due would be prepared in place of somebody's own
        person_id = int(person) if person else None
        try:
            made = actions.prepare_erasure(by=scope, at=timezone.now(), person_id=person_id)
        except Unusable as nothing:
            messages.info(request, str(nothing))
            return to(scope, "erasures")
        return to(scope, "erasure", erasure=made.pk)
    return show(request, "privacy/erasures.html", pages.erasures_page(scope, queries.erasures_here(scope)), scope=scope)


def erasure(request: HttpRequest, scope: Scope, erasure: int) -> HttpResponse:
    """Show the dry run; approve or drop it."""
    found = queries.erasure_here(scope, erasure)
    if request.method == "POST":
        return _decided(request, scope, erasure)
    page = pages.erasure_page(scope, found, _planned(scope, found.person))
    return show(request, "privacy/erasure.html", page, scope=scope)


def _decided(request: HttpRequest, scope: Scope, erasure: int) -> HttpResponse:
    if "drop" in request.POST:
        actions.drop_erasure(by=scope, at=timezone.now(), erasure_id=erasure)
        messages.success(request, "Nothing was deleted.")
    else:
        actions.approve_erasure(by=scope, at=timezone.now(), erasure_id=erasure)
        messages.success(request, "Done. The audit says who prepared it and who approved.")
    return to(scope, "erasures")


def own(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what is held about the reader's own account."""
    found = gathering.gather(gathering.subject_of(Person.objects.get(pk=scope.person_id)), None)
    page = pages.own_page(
        scope, found, queries.own_requests(scope), cannot_ask=rules.ask(held=bool(queries.own_schools(scope)))
    )
    return show(request, "privacy/own.html", page, scope=scope)


def own_file(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Download all of it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("held-about-me"))
    at = timezone.now()
    return _download(actions.take_own(by=scope, at=at), "", at)


def ask(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Ask a school about one's own data."""
    schools = [(str(each.pk), each.name) for each in queries.own_schools(scope)]
    require(rules.ask(held=bool(schools)))
    form = forms.Ask(request.POST or None, schools=schools)
    if form.is_valid():
        told = form.cleaned_data
        asked = actions.ask(
            by=scope, at=timezone.now(), school_id=int(told["school"]), asks=Asked(told["asks"]), words=told["words"]
        )
        messages.success(request, f"Your school has your request. It must answer by {in_words(asked.due_on)}.")
        return HttpResponseRedirect(reverse("held-about-me"))
    page = pages.FormPage("Ask a school about my data", form, "Ask", reverse("held-about-me"))
    return show(request, "privacy/form.html", page, scope=scope)


def _download(found: Gathered, place: str, at: Any) -> HttpResponse:
    name = exported.file_name(found, at)
    return HttpResponse(
        exported.packed(found, place, at),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _planned(scope: Scope, person: Person | None) -> planning.Plan:
    if person is None:
        return planning.plan_by_time(scope.school_id, scope.at)
    return planning.plan_for_person(scope.school_id, person, timezone.localdate(scope.at))


def _people(scope: Scope) -> list[tuple[str, str]]:
    return [(str(each.person_id), f"{each.name}, {each.words}") for each in queries.known_here(scope)]


def _done(form: Any, action: Any, **asked: Any) -> bool:
    """Run an action; what it cannot take becomes the form's error."""
    try:
        action(**asked)
    except Unusable as fault:
        form.add_error(None, str(fault))
        return False
    return True
