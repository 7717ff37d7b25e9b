"""Screens of the horizon."""

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
from headship.improvement import documents, forms, horizon_actions, horizon_pages, horizon_queries, rules
from headship.improvement.choices import Means
from headship.improvement.models import HorizonItem
from headship.people.holders import holders
from headship.strategy.pages import FormPage, address

FIELDS = ("title", "whence", "source", "link", "expected", "expected_on", "read_by")


def horizon(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the digest of a month."""
    month = forms.MonthForm(request.GET).asked(timezone.localdate(scope.at))
    return show(request, "improvement/horizon.html", horizon_pages.horizon_page(scope, month), scope=scope)


def document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give a term's digest to hold."""
    month = forms.MonthForm(request.GET).asked(timezone.localdate(scope.at))
    term, first, last = horizon_queries.term_of(scope, month)
    rows = horizon_queries.between(scope, first, last)
    groups = horizon_pages.grouped(scope, rows, holders(scope))
    return papers.given(request, documents.digest(scope, f"{term.lower()} {first:%Y}", groups))


def item(request: HttpRequest, scope: Scope, item: int) -> HttpResponse:
    """Show one thing on the horizon."""
    page = horizon_pages.item_page(scope, _found(scope, item))
    return show(request, "improvement/horizon_item.html", page, scope=scope)


def note(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Put something on the horizon."""
    form = _item_form(request, scope, {})
    if form.is_valid() and form.cleaned_data["read_by"] < timezone.localdate(scope.at):
        form.add_error("read_by", "Give whoever reads it a day that is not past")
    if form.is_valid():
        once = form.cleaned_data["once"]
        key = horizon_actions.note_item(by=scope, at=scope.at, once=once, seen=_seen(form))
        messages.success(request, "Noted. It waits on the Today of whoever reads it.")
        return _to(scope, key)
    page = FormPage("Put something on the horizon", form, "Note it", address(scope, "horizon"))
    return show(request, "strategy/form.html", page, scope=scope)


def change(request: HttpRequest, scope: Scope, item: int) -> HttpResponse:
    """Change what was noted."""
    found = _found(scope, item)
    require(rules.answer(scope, found.noted_by_id))
    typed = {name: getattr(found, name) for name in (*FIELDS, "version")}
    form = _item_form(request, scope, {**typed, "reader": found.reader_id})

    def write(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        horizon_actions.change_item(by=scope, at=scope.at, item=found.pk, version=version, seen=_seen(form))

    if saved(form, write, found):
        return _to(scope, found.pk)
    page = FormPage("Change what was noted", form, "Save", address(scope, "horizon-item", item=found.pk))
    return show(request, "strategy/form.html", page, scope=scope)


def read(request: HttpRequest, scope: Scope, item: int) -> HttpResponse:
    """Say what it means for the school."""
    found = _found(scope, item)
    require(rules.answer(scope, found.reader_id))
    form = forms.ReadForm(request.POST or None)
    if form.is_valid():
        horizon_actions.read_item(by=scope, at=scope.at, item=found.pk, **form.cleaned_data)
        if form.cleaned_data["means"] == Means.ACT:
            messages.success(request, "Read. Below stands how to act on it.")
        return _to(scope, found.pk)
    aside = f"{found.title}. Read it at: {found.source}."
    page = FormPage("What it means for us", form, "Save", address(scope, "horizon-item", item=found.pk), aside=aside)
    return show(request, "strategy/form.html", page, scope=scope)


def _found(scope: Scope, key: int) -> HorizonItem:
    return existing(horizon_queries.item(scope, key))


def _item_form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> forms.ItemForm:
    readers = holders(scope).offered_with(initial.get("reader"))
    return forms.ItemForm(request.POST or None, initial=initial, readers=readers)


def _seen(form: Form) -> horizon_actions.Seen:
    return horizon_actions.Seen(**{name: form.cleaned_data[name] for name in (*FIELDS, "reader")})


def _to(scope: Scope, key: int) -> HttpResponse:
    return HttpResponseRedirect(address(scope, "horizon-item", item=key))
