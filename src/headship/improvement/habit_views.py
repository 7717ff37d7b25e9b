"""Screens of what is done out of habit."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.improvement import forms, habit_actions, habit_pages, habit_queries, rules
from headship.improvement.choices import Outcome
from headship.improvement.models import Habit
from headship.people.holders import holders
from headship.strategy.pages import FormPage, address

FIELDS = ("practice", "since", "hours", "rests", "evidence", "link", "review_on")


def habits(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the register."""
    number, dropped = forms.PageForm(request.GET).asked(), "dropped" in request.GET
    return show(
        request, "improvement/habits.html", habit_pages.habits_page(scope, number, dropped=dropped), scope=scope
    )


def habit(request: HttpRequest, scope: Scope, habit: int) -> HttpResponse:
    """Show one practice."""
    return show(request, "improvement/habit.html", habit_pages.habit_page(scope, _found(scope, habit)), scope=scope)


def note(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Put a practice to the question."""
    form = _habit_form(request, scope, {"owner": scope.person_id})
    if _ahead(form, "review_on", scope):
        once = form.cleaned_data["once"]
        key = habit_actions.note_habit(by=scope, at=scope.at, once=once, kept=_kept(form))
        return _to(scope, key)
    page = FormPage("What do we do out of habit?", form, "Note it", address(scope, "habits"))
    return show(request, "strategy/form.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, habit: int) -> HttpResponse:
    """Change what is known of a practice."""
    found = _found(scope, habit)
    require(rules.answer(scope, found.owner_id))
    typed = {name: getattr(found, name) for name in (*FIELDS, "version")}
    form = _habit_form(request, scope, {**typed, "owner": found.owner_id})
    if form.is_valid() and form.cleaned_data["review_on"] != found.review_on:
        _ahead(form, "review_on", scope)

    def write(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        habit_actions.change_habit(by=scope, at=scope.at, habit=found.pk, version=version, kept=_kept(form))

    if saved(form, write, found):
        return _to(scope, found.pk)
    page = FormPage("Change a habit", form, "Save", address(scope, "habit", habit=found.pk))
    return show(request, "strategy/form.html", page, scope=scope)


def review(request: HttpRequest, scope: Scope, habit: int) -> HttpResponse:
    """Say what evidence it rests on, and keep it, test it or drop it."""
    found = _found(scope, habit)
    require(rules.answer(scope, found.owner_id))
    typed = {name: getattr(found, name) for name in ("rests", "evidence", "link", "version")}
    form = forms.ReviewForm(request.POST or None, initial=typed)

    def write(told: dict[str, Any]) -> None:
        version = told.pop("version") or 0
        questioned = habit_actions.Questioned(**told)
        habit_actions.review_habit(by=scope, at=scope.at, habit=found.pk, version=version, questioned=questioned)

    if _reviews(form, scope) and saved(form, write, found):
        if form.cleaned_data["outcome"] == Outcome.TEST:
            messages.success(request, "It is to be tested: propose the bet that does.")
        return _to(scope, found.pk)
    page = FormPage(
        "What evidence does it rest on?", form, "Save", address(scope, "habit", habit=found.pk), aside=found.practice
    )
    return show(request, "strategy/form.html", page, scope=scope)


def _found(scope: Scope, key: int) -> Habit:
    return existing(habit_queries.habit(scope, key))


def _habit_form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> forms.HabitForm:
    owners = holders(scope).offered_with(initial.get("owner"))
    return forms.HabitForm(request.POST or None, initial=initial, owners=owners)


def _ahead(form: Form, name: str, scope: Scope) -> bool:
    """Whether a form is clean and its day lies ahead; what the rule says stands at the field."""
    if form.is_valid() and (wrong := rules.ahead(form.cleaned_data[name], today=timezone.localdate(scope.at))):
        form.add_error(name, wrong)
    return form.is_valid()


def _reviews(form: Form, scope: Scope) -> bool:
    if form.is_valid():
        told, today = form.cleaned_data, timezone.localdate(scope.at)
        wrong = rules.reviewed(told["outcome"], told["rests"], told["evidence"], told["again"], today=today)
        if wrong:
            form.add_error("evidence" if wrong == rules.KEEP_WITH else "again", wrong)
    return form.is_valid()


def _kept(form: Form) -> habit_actions.Kept:
    return habit_actions.Kept(**{name: form.cleaned_data[name] for name in (*FIELDS, "owner")})


def _to(scope: Scope, key: int) -> HttpResponse:
    return HttpResponseRedirect(address(scope, "habit", habit=key))
