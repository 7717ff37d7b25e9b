"""Screens of a board's own rule."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from headship.appraisal import own_rule_actions as actions
from headship.appraisal import own_rule_pages as pages
from headship.appraisal import own_rule_queries as queries
from headship.appraisal import own_rules as rules
from headship.appraisal import year_days
from headship.appraisal.head_pages import FormPage, address
from headship.appraisal.own_rule_forms import OwnRuleForm
from headship.appraisal.own_rule_models import OwnRule
from headship.core.errors import existing, require
from headship.core.form_parts import VersionForm
from headship.core.pages import in_words, show
from headship.core.saving import saved
from headship.core.scope import Scope

FORM = "appraisal/head_form.html"
ASIDE = (
    "It holds for headteachers' years, and for academic years of staff, that end on that day or later. A year that has "
    "ended when a rule is recorded here is not made late, or in time, by it."
)


def own_rule(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what binds this school, and what its board recorded."""
    return show(request, "appraisal/own_rule.html", pages.rule_page(scope), scope=scope)


def record(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Record a rule."""
    require(rules.record(scope, pages.kind(scope)))
    form = _form(request, scope, {"adviser_asked": "yes"})

    def do(told: dict[str, Any]) -> None:
        actions.record_own_rule(by=scope, at=scope.at, once=told["once"], adopted=form.adopted)

    if saved(form, do):
        messages.success(request, "Recorded. It holds for years that end today or later.")
        return _back(scope)
    return _shown(request, scope, form, "Record our board's own rule", "Record it", ASIDE)


def change(request: HttpRequest, scope: Scope, rule: int) -> HttpResponse:
    """Put a rule right."""
    now = _found(scope, rule)
    form = _form(request, scope, _typed(now))

    def do(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        actions.change_own_rule(by=scope, at=scope.at, rule=now.pk, version=version, adopted=form.adopted)

    if saved(form, do, now):
        messages.success(request, "Saved.")
        return _back(scope)
    aside = "For what was recorded wrongly. A rule that the board adopted later is recorded anew."
    return _shown(request, scope, form, f"Change the rule of {in_words(now.adopted_on)}", "Save", aside)


def drop(request: HttpRequest, scope: Scope, rule: int) -> HttpResponse:
    """Take a rule out, once asked."""
    now = _found(scope, rule)
    form = VersionForm(request.POST or None, initial={"version": now.version})
    if saved(form, lambda told: actions.drop_own_rule(by=scope, at=scope.at, rule=now.pk, **told), now):
        messages.success(request, "Taken out. What held before it holds again.")
        return _back(scope)
    aside = (
        "For a rule recorded by mistake. What held before it holds again, also for headteachers' years ended since: "
        "each is told in its history."
    )
    return _shown(request, scope, form, f"Take out the rule of {in_words(now.adopted_on)}?", "Take it out", aside)


def _found(scope: Scope, key: int) -> OwnRule:
    now = existing(queries.own_rule(scope, key))
    require(rules.record(scope, pages.kind(scope)))
    return now


def _form(request: HttpRequest, scope: Scope, typed: dict[str, Any]) -> OwnRuleForm:
    base = rules.ruled((), timezone.localdate(scope.at))
    return OwnRuleForm(request.POST or None, initial=typed, base=base)


def _typed(now: OwnRule) -> dict[str, Any]:
    names = ("meeting", "panel_least", "panel_most", "version")
    days = {name: getattr(now, name) for name in ("head_by", "staff_by")}
    return {
        **{name: getattr(now, name) for name in names},
        **{name: year_days.in_words(year_days.read(kept)) for name, kept in days.items() if kept},
        "on": now.adopted_on,
        "adviser_asked": "yes" if now.adviser_asked else "no",
    }


def _shown(request: HttpRequest, scope: Scope, form: Any, title: str, button: str, aside: str) -> HttpResponse:  # noqa: PLR0913, PLR0917  # a form, and what stands around it
    page = FormPage(title, form, button, address(scope, "own-rule"), "", aside)
    return show(request, FORM, page, scope=scope)


def _back(scope: Scope) -> HttpResponse:
    return HttpResponseRedirect(address(scope, "own-rule"))
