"""Screens of support before capability: the list, one, and each thing that is done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.appraisal import support_actions as actions
from headship.appraisal import support_documents, support_pages
from headship.appraisal import support_forms as forms
from headship.appraisal import support_queries as queries
from headship.appraisal import support_rules as rules
from headship.appraisal.support_choices import NOTED, Kind, Standing
from headship.appraisal.support_models import Support, SupportLine
from headship.appraisal.support_pages import FormPage, address
from headship.core import papers
from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.saving import saved
from headship.core.scope import Scope

FORM = "appraisal/support_form.html"
SAVED = "Saved. It stands on the timeline."


def supports(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what this reader knows of."""
    return show(request, "appraisal/supports.html", support_pages.list_page(scope), scope=scope)


def support(request: HttpRequest, scope: Scope, support: int) -> HttpResponse:
    """Show one."""
    page = support_pages.support_page(scope, _found(scope, support))
    return show(request, "appraisal/support.html", page, scope=scope)


def document(request: HttpRequest, scope: Scope, support: int) -> HttpResponse:
    """Give the timeline as a document."""
    page = support_pages.support_page(scope, _found(scope, support), on_paper=True)
    return papers.given(request, support_documents.timeline(scope, page))


def offer(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Offer somebody support."""
    require(rules.offer(scope))
    people = queries.to_support(scope).items()
    supporters = queries.supporters(scope, apart=rules.leads_apart(scope)).items()
    form = forms.OfferForm(request.POST or None, people=people, supporters=supporters)
    made: list[int] = []

    def save(given: dict[str, Any]) -> None:
        made.append(actions.offer_support(by=scope, at=scope.at, once=given["once"], offered=form.offered))

    if saved(form, save):
        messages.success(request, "Offered. They find it on their Today page, and can reply in their own words.")
        return HttpResponseRedirect(_at(scope, made[0]))
    aside = "Support is kind, informal and no judgement. You, they and whoever gives it read it here, and nobody else."
    page = FormPage("Offer support", form, "Offer it", address(scope, "support-list"), aside)
    return show(request, FORM, page, scope=scope)


def reply(request: HttpRequest, scope: Scope, support: int) -> HttpResponse:
    """Reply in one's own words, and answer the offer."""
    found = _found(scope, support)
    facts = queries.facts(found)
    require(rules.reply(scope, facts))
    must = facts.standing is Standing.OFFERED
    form = forms.ReplyForm(
        request.POST or None, answers=rules.answers(facts), must=must, initial={"version": found.version, "to": ""}
    )

    def save(given: dict[str, Any]) -> None:
        actions.reply_to_support(by=scope, at=scope.at, support=found.pk, **{"to": None, **given})

    return _asked(request, scope, found, form, save, "Answer the offer" if must else Kind.REPLY.doing)


def note(request: HttpRequest, scope: Scope, support: int, kind: str) -> HttpResponse:
    """Say what is aimed for, note help that was given, or ask for a reply."""
    found = _found(scope, support)
    what = existing(next((each for each in NOTED if each == kind), None))
    require(rules.note(scope, queries.facts(found), what))
    today = queries.today_of(scope)
    form = forms.NoteForm(
        request.POST or None,
        label=support_pages.asked(what),
        dated=what is Kind.HELP,
        today=today,
        initial={"on": today},
    )

    def save(given: dict[str, Any]) -> None:
        actions.note_support(
            by=scope, at=scope.at, once=given["once"], support=found.pk, kind=what, on=form.day, said=given["said"]
        )

    return _asked(request, scope, found, form, save, what.doing)


def review(request: HttpRequest, scope: Scope, support: int) -> HttpResponse:
    """Note a review that was held."""
    found = _found(scope, support)
    require(rules.note(scope, queries.facts(found), Kind.REVIEW))
    initial = {"on": queries.today_of(scope), "version": found.version}
    form = forms.ReviewForm(request.POST or None, initial=initial)

    def save(given: dict[str, Any]) -> None:
        actions.review_support(
            by=scope,
            at=scope.at,
            once=given["once"],
            support=found.pk,
            version=given["version"],
            reviewed=form.reviewed,
        )

    return _asked(request, scope, found, form, save, Kind.REVIEW.doing)


def end(request: HttpRequest, scope: Scope, support: int) -> HttpResponse:
    """Say what came of it."""
    found = _found(scope, support)
    facts = queries.facts(found)
    require(rules.end(scope, facts))
    form = forms.EndForm(request.POST or None, outcomes=rules.outcomes(facts), initial={"version": found.version})

    def save(given: dict[str, Any]) -> None:
        actions.end_support(
            by=scope, at=scope.at, once=given["once"], support=found.pk, version=given["version"], ended=form.ended
        )

    return _asked(request, scope, found, form, save, Kind.OUTCOME.doing)


def hand(request: HttpRequest, scope: Scope, support: int) -> HttpResponse:
    """Name somebody else who gives the support."""
    found = _found(scope, support)
    facts = queries.facts(found)
    require(rules.end(scope, facts))
    offered = queries.supporters(scope, apart=facts.apart)
    others = [each for each in offered.items() if each[0] not in {found.person_id, found.supporter_id}]
    form = forms.HandForm(request.POST or None, supporters=others, initial={"version": found.version})

    def save(given: dict[str, Any]) -> None:
        actions.hand_support(by=scope, at=scope.at, support=found.pk, **given)

    return _asked(request, scope, found, form, save, Kind.HANDED.doing)


def correct(request: HttpRequest, scope: Scope, written: int) -> HttpResponse:
    """Correct a line of one's own, by a new one."""
    of: SupportLine = existing(queries.line(scope, written))
    require(rules.correct(scope, of.by_id, of.kind))
    form = forms.CorrectForm(request.POST or None, initial={"words": of.reply or of.said})

    def save(given: dict[str, Any]) -> None:
        actions.correct_support(by=scope, at=scope.at, line=of.pk, **given)

    return _asked(request, scope, of.support, form, save, Kind.CORRECTION.doing)


@require_POST
def delete(request: HttpRequest, scope: Scope, support: int) -> HttpResponse:
    """Delete support that is apart, its time being over."""
    actions.delete_support(by=scope, at=scope.at, support=support)
    messages.success(request, "Deleted.")
    return HttpResponseRedirect(address(scope, "support-list"))


def _found(scope: Scope, key: int) -> Support:
    return existing(queries.support(scope, key))


def _at(scope: Scope, key: int) -> str:
    return address(scope, "support", support=key)


def _asked(  # noqa: PLR0913, PLR0917  # a form, what it does, and what it is called
    request: HttpRequest, scope: Scope, of: Support, form: Form, save: Callable[[dict[str, Any]], object], title: str
) -> HttpResponse:
    """Show a form about one support, or save it and go back there."""
    if saved(form, save, of):
        messages.success(request, SAVED)
        seen = queries.support(scope, of.pk) is not None
        return HttpResponseRedirect(_at(scope, of.pk) if seen else address(scope, "support-list"))
    about = support_pages.about(of, scope.person_id)
    return show(request, FORM, FormPage(title, form, "Save", _at(scope, of.pk), about), scope=scope)
