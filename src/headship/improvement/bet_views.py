"""Screens of bets."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from headship.core import papers
from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.improvement import (
    bet_actions,
    bet_pages,
    bet_queries,
    documents,
    forms,
    habit_queries,
    horizon_queries,
    rules,
)
from headship.improvement.choices import BetState
from headship.improvement.models import Bet
from headship.people.holders import holders
from headship.standards import forms as standards
from headship.strategy.pages import FormPage, address


def bets(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the register."""
    page = bet_pages.bets_page(scope, forms.PageForm(request.GET).asked())
    return show(request, "improvement/bets.html", page, scope=scope)


def document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give the register to hold."""
    return papers.given(request, documents.bets(scope, bet_pages.bets_page(scope)))


def bet(request: HttpRequest, scope: Scope, bet: int) -> HttpResponse:
    """Show one bet."""
    return show(request, "improvement/bet.html", bet_pages.bet_page(scope, _found(scope, bet)), scope=scope)


def propose(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Propose a bet; from a habit, or from something on the horizon."""
    form = _bet_form(request, scope, _begun(request, scope))
    if _runs(form):
        once, proposed = form.cleaned_data["once"], _proposed(form)
        key = bet_actions.propose_bet(by=scope, at=scope.at, once=once, proposed=proposed)
        messages.success(request, "Proposed. The headteacher or a senior leader lets it run.")
        return _to(scope, key)
    page = FormPage("Propose a bet", form, "Propose it", address(scope, "bets"))
    return show(request, "improvement/bet_form.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, bet: int) -> HttpResponse:
    """Change a bet before it runs."""
    found = _found(scope, bet)
    require(rules.answer(scope, found.owner_id))
    typed = {name: getattr(found, name) for name in (*bet_actions.FIELDS, "version")}
    typed |= {"owner": found.owner_id, "priority": found.priority_id}
    typed["serves"] = [it.code for it in found.characteristics.all()]
    form = _bet_form(request, scope, typed)

    def write(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        bet_actions.change_bet(by=scope, at=scope.at, bet=found.pk, version=version, proposed=_proposed(form))

    if _runs(form) and saved(form, write, found):
        return _to(scope, found.pk)
    page = FormPage("Change a bet", form, "Save", address(scope, "bet", bet=found.pk))
    return show(request, "improvement/bet_form.html", page, scope=scope)


def hand(request: HttpRequest, scope: Scope, bet: int) -> HttpResponse:
    """Let somebody else answer for it."""
    found = _found(scope, bet)
    require(rules.answer(scope, found.owner_id))
    typed = {"owner": found.owner_id, "version": found.version}
    form = forms.HandForm(request.POST or None, initial=typed, owners=holders(scope).offered_with(found.owner_id))
    return _done(request, scope, found, form, bet_actions.hand_bet, "Who answers for it?")


def start(request: HttpRequest, scope: Scope, bet: int) -> HttpResponse:
    """Let it run, or run again."""
    found = _found(scope, bet)
    typed: dict[str, Any] = {"version": found.version}
    if found.state == BetState.PROPOSED:
        typed["stops_on"] = found.stops_on
    form = forms.StartForm(request.POST or None, initial=typed)
    if form.is_valid() and (wrong := rules.run(timezone.localdate(scope.at), form.cleaned_data["stops_on"])):
        form.add_error("stops_on", wrong)
    return _done(request, scope, found, form, bet_actions.start_bet, "Let it run from today", bet_pages.stops_if(found))


def decline(request: HttpRequest, scope: Scope, bet: int) -> HttpResponse:
    """Say that it is not tried, and why."""
    found = _found(scope, bet)
    form = forms.DeclineForm(request.POST or None, initial={"version": found.version})
    return _done(request, scope, found, form, bet_actions.decline_bet, "Not to be tried", bet_pages.believed(found))


def reading(request: HttpRequest, scope: Scope, bet: int) -> HttpResponse:
    """Note where its measure stands."""
    found = _found(scope, bet)
    require(rules.answer(scope, found.owner_id))
    today = timezone.localdate(scope.at)
    form = forms.BetReadingForm(request.POST or None, initial={"on": today}, kill_rule=found.kill_rule)
    if form.is_valid():
        told = form.cleaned_data
        since = found.runs_since or found.starts_on
        if not (wrong := rules.reading(told["on"], since=since, today=today)):
            measured = bet_actions.Measured(told["on"], told["value"], told["words"], told["kills"])
            bet_actions.note_bet_reading(by=scope, at=scope.at, once=told["once"], bet=found.pk, measured=measured)
            return _to(scope, found.pk)
        form.add_error("on", wrong)
    return _form(request, scope, found, form, "Where it stands", f"We measure: {found.measure}")


def decide(request: HttpRequest, scope: Scope, bet: int) -> HttpResponse:
    """Continue, stop or scale, with the evidence in sight."""
    found = _found(scope, bet)
    require(rules.answer(scope, found.owner_id))
    measured = bet_queries.measured(found)
    form = forms.DecideForm(request.POST or None, initial={"version": found.version}, measured=measured)

    def write(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        bet_actions.decide_bet(by=scope, at=scope.at, bet=found.pk, version=version, decided=_decided(form))

    if _decides(form, scope, measured=measured) and saved(form, write, found):
        messages.success(request, "Decided, and what was learned is kept.")
        return _to(scope, found.pk)
    page = bet_pages.decide_page(scope, found, form)
    return show(request, "improvement/decide.html", page, scope=scope)


def _found(scope: Scope, key: int) -> Bet:
    return existing(bet_queries.bet(scope, key))


def _begun(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    """Return what a new form holds: today, and what it comes from."""
    asked = forms.FromForm(request.GET)
    asked.is_valid()
    begun: dict[str, Any] = {"starts_on": timezone.localdate(scope.at), "owner": scope.person_id}
    if (key := asked.cleaned_data.get("habit")) and (habit := habit_queries.habit(scope, key)):
        begun |= {"habit": habit.pk, "title": f"Without: {habit.practice}"[:120], "serves": ["4.3"]}
    if (key := asked.cleaned_data.get("item")) and (item := horizon_queries.item(scope, key)):
        begun |= {"item": item.pk, "title": item.title[:120]}
    return begun


def _bet_form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> forms.BetForm:
    return forms.BetForm(
        request.POST or None,
        initial=initial,
        owners=holders(scope).offered,
        priorities=bet_queries.priorities(scope),
        characteristics=standards.characteristic_choices(()),
    )


def _runs(form: forms.BetForm) -> bool:
    """Whether a form holds a bet that can run; what the rule says stands at the field."""
    if form.is_valid() and (wrong := rules.run(form.cleaned_data["starts_on"], form.cleaned_data["stops_on"])):
        form.add_error("stops_on", wrong)
    return form.is_valid()


def _decides(form: forms.DecideForm, scope: Scope, *, measured: bool) -> bool:
    if form.is_valid():
        told, today = form.cleaned_data, timezone.localdate(scope.at)
        unmeasured = told.get("unmeasured", "")
        if wrong := rules.decided(told["to"], told["until"], measured=measured, unmeasured=unmeasured, today=today):
            form.add_error("unmeasured" if wrong == rules.UNMEASURED else "until", wrong)
    return form.is_valid()


def _proposed(form: forms.BetForm) -> bet_actions.Proposed:
    told = form.cleaned_data
    names = (*bet_actions.FIELDS, "owner", "priority", "habit", "item")
    return bet_actions.Proposed(**{name: told[name] for name in names}, characteristics=told["serves"])


def _decided(form: forms.DecideForm) -> bet_actions.Decided:
    told = form.cleaned_data
    names = ("to", "because", "evidence", "learned", "until")
    return bet_actions.Decided(**{name: told[name] for name in names}, unmeasured=told.get("unmeasured", ""))


def _done(  # noqa: PLR0913, PLR0917  # a form's parts
    request: HttpRequest, scope: Scope, found: Bet, form: Form, save: Any, title: str, aside: str = ""
) -> HttpResponse:
    """Do what a small form says, or show it."""

    def write(told: dict[str, Any]) -> None:
        save(by=scope, at=scope.at, bet=found.pk, **{**told, "version": told["version"] or 0})

    if saved(form, write, found):
        return _to(scope, found.pk)
    return _form(request, scope, found, form, title, aside)


def _form(request: HttpRequest, scope: Scope, found: Bet, form: Form, title: str, aside: str = "") -> HttpResponse:  # noqa: PLR0913, PLR0917  # the same
    page = FormPage(title, form, "Save", address(scope, "bet", bet=found.pk), aside=aside)
    return show(request, "strategy/form.html", page, scope=scope)


def _to(scope: Scope, key: int) -> HttpResponse:
    return HttpResponseRedirect(address(scope, "bet", bet=key))
