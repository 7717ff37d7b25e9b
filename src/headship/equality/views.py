"""Screens of equality objectives and equality information."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import form_parts, papers
from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.equality import aim_actions, forms, pages, queries, rules, statement_actions, website_documents
from headship.equality.choices import AimState, Part, StatementState
from headship.equality.models import Aim, Statement
from headship.people.holders import holders
from headship.strategy.pages import address

AIM_ASIDE = "Leaders and governors read the draft. The headteacher or the chair publishes it."
ANEW = (
    "This is published. What you save is told from today as a new version, with its day; what was published until now "
    "stays in its history and in earlier statements."
)
KEPT = ("words", "why", "concerns", "measure", "baseline", "target", "starts_on", "ends_on", "review_on", "version")


def objectives(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the objectives."""
    return show(request, "equality/objectives.html", pages.aims_page(scope), scope=scope)


def objectives_document(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give the published objectives to hold."""
    return papers.given(request, website_documents.objectives(scope))


def objective(request: HttpRequest, scope: Scope, aim: int) -> HttpResponse:
    """Show one objective."""
    return show(request, "equality/objective.html", pages.aim_page(scope, _aim(scope, aim)), scope=scope)


def objective_draft(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Draft an objective."""
    form = _aim_form(request, scope, {"starts_on": timezone.localdate(scope.at)})
    if _good(form, "review_on", _span):
        once = form.cleaned_data["once"]
        key = aim_actions.draft_objective(by=scope, at=scope.at, once=once, aimed=_aimed(form))
        _hint(request, scope, form)
        return _to(scope, "equality-objective", aim=key)
    back = address(scope, "equality-objectives")
    return _form(request, scope, pages.FormPage("Draft an objective", form, "Save the draft", back, AIM_ASIDE))


def objective_change(request: HttpRequest, scope: Scope, aim: int) -> HttpResponse:
    """Change an objective."""
    found = _aim(scope, aim)
    require(rules.change_aim(scope, AimState(found.state)))
    form = _aim_form(request, scope, {**{name: getattr(found, name) for name in KEPT}, "owner": found.owner_id})

    def save(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        aim_actions.change_objective(by=scope, at=scope.at, aim=found.pk, version=version, aimed=_aimed(form))

    if _good(form, "review_on", _span) and saved(form, save, found):
        _hint(request, scope, form)
        return _to(scope, "equality-objective", aim=found.pk)
    aside = ANEW if found.state == AimState.PUBLISHED else AIM_ASIDE
    page = pages.FormPage(
        "Change the objective", form, "Save", address(scope, "equality-objective", aim=found.pk), aside
    )
    return _form(request, scope, page)


@require_POST
def objective_publish(request: HttpRequest, scope: Scope, aim: int) -> HttpResponse:
    """Publish an objective."""
    found, version = _aim(scope, aim), _version(request)
    aim_actions.publish_objective(by=scope, at=scope.at, aim=found.pk, version=version)
    messages.success(request, "Published to all staff and governors. Put the document on your website too.")
    return _to(scope, "equality-objective", aim=found.pk)


@require_POST
def objective_end(request: HttpRequest, scope: Scope, aim: int) -> HttpResponse:
    """End an objective."""
    found, version = _aim(scope, aim), _version(request)
    aim_actions.end_objective(by=scope, at=scope.at, aim=found.pk, version=version)
    messages.success(request, "The objective has ended.")
    return _to(scope, "equality-objectives")


def objective_reading(request: HttpRequest, scope: Scope, aim: int) -> HttpResponse:
    """Note where an objective's measure stood."""
    found = _aim(scope, aim)
    require(rules.progress(scope, AimState(found.state), found.owner_id))
    today = timezone.localdate(scope.at)
    form = forms.ReadingForm(request.POST or None, initial={"on": today})
    if _good(form, "on", lambda told: rules.happened_on(told["on"], today=today)):
        aim_actions.note_reading(by=scope, at=scope.at, aim=found.pk, **form.cleaned_data)
        return _to(scope, "equality-objective", aim=found.pk)
    back = address(scope, "equality-objective", aim=found.pk)
    return _form(request, scope, pages.FormPage("Where it stood", form, "Save", back, f"“{found.words}”"))


def objective_review(request: HttpRequest, scope: Scope, aim: int) -> HttpResponse:
    """Say what came of an objective."""
    found = _aim(scope, aim)
    require(rules.progress(scope, AimState(found.state), found.owner_id))
    today = timezone.localdate(scope.at)
    form = forms.ReviewForm(request.POST or None)
    if _good(form, "next_on", lambda told: rules.next_review(told["next_on"], today=today, ends_on=found.ends_on)):
        aim_actions.review_objective(by=scope, at=scope.at, aim=found.pk, **form.cleaned_data)
        hint(request, scope, [form.cleaned_data["came_of_it"]])
        return _to(scope, "equality-objective", aim=found.pk)
    back = address(scope, "equality-objective", aim=found.pk)
    return _form(request, scope, pages.FormPage("What came of it", form, "Save", back, f"“{found.words}”"))


def information(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the information in force."""
    return show(request, "equality/information.html", pages.information_page(scope), scope=scope)


def statement(request: HttpRequest, scope: Scope, statement: int) -> HttpResponse:
    """Show one statement."""
    page = pages.statement_page(scope, _statement(scope, statement))
    return show(request, "equality/statement.html", page, scope=scope)


def statement_document(request: HttpRequest, scope: Scope, statement: int) -> HttpResponse:
    """Give a statement to hold."""
    return papers.given(request, website_documents.statement(scope, _statement(scope, statement)))


def on_day(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show which information was in force on a day."""
    form = forms.DayForm(request.GET or None)
    asked = form.cleaned_data.get("on") if form.is_valid() else None
    return show(request, "equality/on_day.html", pages.on_day_page(scope, form, asked), scope=scope)


def information_draft(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Begin this year's statement, from the words in force."""
    now = queries.in_force(scope)
    form = forms.StatementForm(request.POST or None, initial=dict(now.parts) if now else {})
    if _good(form, Part.SCHOOL, lambda _: _written(form)):
        key = statement_actions.draft_statement(by=scope, at=scope.at, parts=form.parts())
        messages.success(request, "The draft is kept. Leaders and governors can read it; nobody else can.")
        return _to(scope, "equality-statement", statement=key)
    aside = "It begins with the words in force." if now else "Under each heading a few sentences that a parent knows."
    back = address(scope, "equality-information")
    return _form(
        request, scope, pages.FormPage("Write the information of this year", form, "Save the draft", back, aside)
    )


def information_change(request: HttpRequest, scope: Scope, statement: int) -> HttpResponse:
    """Change the words of a statement that is not published."""
    found = _statement(scope, statement)
    require(rules.change_statement(scope, StatementState(found.state)))
    form = forms.StatementForm(request.POST or None, initial={**found.parts, "version": found.version})

    def save(told: dict[str, Any]) -> None:
        version = told["version"] or 0
        statement_actions.change_statement(
            by=scope, at=scope.at, statement=found.pk, version=version, parts=form.parts()
        )

    if _good(form, Part.SCHOOL, lambda _: _written(form)) and saved(form, save, found):
        return _to(scope, "equality-statement", statement=found.pk)
    back = address(scope, "equality-statement", statement=found.pk)
    return _form(request, scope, pages.FormPage("Change the words", form, "Save", back))


@require_POST
def information_publish(request: HttpRequest, scope: Scope, statement: int) -> HttpResponse:
    """Publish a statement."""
    found, version = _statement(scope, statement), _version(request)
    statement_actions.publish_statement(by=scope, at=scope.at, statement=found.pk, version=version)
    messages.success(request, "Published to all staff and governors. Put the document on your website too.")
    return _to(scope, "equality-information")


def hint(request: HttpRequest, scope: Scope, words: list[str]) -> None:
    """Say what reads like a small number of people, as a hint and no more."""
    if found := pages.small_numbers(scope, words):
        told = ", ".join(f"“{each}”" for each in found)
        messages.info(request, f"Only a hint: {told} may be so few that people know who is meant.")


def _written(form: forms.StatementForm) -> str | None:
    return None if any(form.parts().values()) else "Write something under one heading"


def _hint(request: HttpRequest, scope: Scope, form: Form) -> None:
    hint(request, scope, [form.cleaned_data[name] for name in ("words", "why", "measure", "baseline", "target")])


def _version(request: HttpRequest) -> int:
    form = form_parts.VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the page again and do it from there. Nothing was changed.")
    version: int = form.cleaned_data["version"]
    return version


def _aim(scope: Scope, key: int) -> Aim:
    return existing(queries.aim(scope, key))


def _statement(scope: Scope, key: int) -> Statement:
    return existing(queries.statement(scope, key))


def _span(told: dict[str, Any]) -> str | None:
    return rules.span(told["starts_on"], told["ends_on"], told["review_on"])


def _good(form: Form, field: str, wrong: Callable[[dict[str, Any]], str | None]) -> bool:
    """Whether a form holds clean values that the rule lets through; what it says stands at the field."""
    if form.is_valid() and (said := wrong(form.cleaned_data)):
        form.add_error(field, said)
    return form.is_valid()


def _aim_form(request: HttpRequest, scope: Scope, initial: dict[str, Any]) -> forms.AimForm:
    owners = holders(scope).offered_with(initial.get("owner"))
    protected = rules.protected(timezone.localdate(scope.at))
    return forms.AimForm(request.POST or None, initial=initial, owners=owners, protected=protected)


def _aimed(form: forms.AimForm) -> aim_actions.Aimed:
    names = [name for name in KEPT if name != "version"]
    return aim_actions.Aimed(**{name: form.cleaned_data[name] for name in (*names, "owner")})


def _form(request: HttpRequest, scope: Scope, page: pages.FormPage) -> HttpResponse:
    return show(request, "equality/form.html", page, scope=scope)


def _to(scope: Scope, name: str, **rest: object) -> HttpResponse:
    return HttpResponseRedirect(address(scope, name, **rest))
