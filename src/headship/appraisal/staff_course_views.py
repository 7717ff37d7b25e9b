"""Screens of the course of somebody's year: reflection, mid-year, review, statement, comment, lock, copies."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from headship.appraisal import staff_course_actions as actions
from headship.appraisal import staff_documents, staff_year_pages
from headship.appraisal import staff_forms as forms
from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal.head_pages import CopyPage
from headship.appraisal.staff_choices import StaffState
from headship.appraisal.staff_models import StaffYear
from headship.appraisal.staff_objective_views import about, of_year
from headship.appraisal.staff_pages import whose
from headship.appraisal.staff_rules import Facts
from headship.appraisal.staff_views import answered, found
from headship.core import papers
from headship.core.errors import existing, require
from headship.core.pages import in_words, show
from headship.core.scope import Scope

LOCKS = "A sealed copy of all of it is kept, and nothing can be changed unless it is opened again with a reason."


def reflection(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Write how one sees one's own year."""
    now = _allowed(scope, appraised, rules.reflect)
    told = queries.reflection_of(now)
    typed = {"words": told.words, "shown": bool(told.shown_on), "version": told.version} if told else {"version": 0}
    form = forms.ReflectionForm(request.POST or None, initial=typed)

    def do() -> None:
        actions.write_staff_reflection(by=scope, at=scope.at, year=now.pk, **form.cleaned_data)

    return answered(request, scope, of_year(scope, now, form, "How you see your year", "Save"), do, _done(now), told)


def halfway(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Note the mid-year review."""
    now = _allowed(scope, appraised, rules.halfway)
    told = queries.statement_of(now)
    form = forms.HalfwayForm(request.POST or None, about=whose(now), initial=_sure(now))

    def do() -> None:
        given = form.cleaned_data
        actions.note_staff_halfway(
            by=scope, at=scope.at, year=now.pk, version=given["version"], whose=form.whose, words=given["words"]
        )

    title = f"Mid-year review with {now.person.name}"
    page = of_year(scope, now, form, title, "Save", "They read it too.")
    if told and told.halfway:
        aside = "They read it too. What stands stays: what you write is added below it, with today's date."
        page = replace(page, aside=aside, about="What stands", notes=[told.halfway])
    return answered(request, scope, page, do, _done(now), now)


def review(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Review the year."""
    now = _allowed(scope, appraised, rules.review)
    form = forms.ReviewForm(
        request.POST or None,
        about=whose(now),
        initial=_sure(now) | _rated(now),
        early=in_words(now.cycle.review_by) if _early(scope, now) else "",
        objectives=[(each.pk, each.words) for each in now.objectives.all()],
        parts=[(each.pk, f"{each.name} ({each.weight} of 100)") for each in now.cycle.parts.all()],
    )

    def do() -> None:
        version = form.cleaned_data["version"]
        actions.review_staff_year(
            by=scope, at=scope.at, year=now.pk, version=version, whose=form.whose, reviewed=form.reviewed
        )

    aside = "What is not rated counts for nothing, neither way. They read it once you give them the statement."
    return answered(
        request,
        scope,
        of_year(scope, now, form, f"Review the year of {now.person.name}", "Save", aside),
        do,
        _done(now),
        now,
    )


def _early(scope: Scope, now: StaffYear) -> bool:
    noted = now.state == StaffState.REVIEWED
    return not noted and rules.early(now.cycle.review_by, queries.today_of(scope))


def review_back(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Take a review back, so that the year goes on."""
    now = _allowed(scope, appraised, rules.take_back_review)
    aside = "What you noted stays, for you alone and the headteacher, and stands in the form when you review again."
    return _why(request, scope, now, actions.take_back_staff_review, "Take the review back", aside)


def statement(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Write the statement."""
    now = _allowed(scope, appraised, rules.draft)
    told, names = queries.statement_of(now), ("overall", "needs", "action")
    typed = {name: getattr(told, name) for name in names} if told else {}
    form = forms.StatementForm(request.POST or None, about=whose(now), initial=_sure(now) | typed)

    def do() -> None:
        version = form.cleaned_data["version"]
        actions.draft_staff_statement(
            by=scope, at=scope.at, year=now.pk, version=version, whose=form.whose, stated=form.stated
        )

    aside = "Save as often as you like. They read it once you give it to them."
    page = of_year(scope, now, form, f"The statement of {now.person.name}", "Save the draft", aside)
    return answered(request, scope, page, do, _done(now), now)


def give(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Give the statement."""
    now = _allowed(scope, appraised, rules.give)
    aside = "They read it and comment. Until it is complete you can take it back, and say why."
    told = queries.statement_of(now)
    if told and not told.action:
        aside = f"Nothing says yet what will be done about what to learn next. {aside}"
    return _confirmed(request, scope, now, actions.give_staff_statement, "Give the statement", aside)


def complete(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Complete the year and lock it."""
    now = found(scope, appraised)
    require(staff_year_pages.completes(scope, now, queries.facts(scope, now)))
    return _confirmed(request, scope, now, actions.complete_staff_year, "Complete and lock it", LOCKS)


def take_back(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Take the statement back to change it."""
    now = _allowed(scope, appraised, rules.take_back)
    aside = "A copy of it is kept, with their comment. They are told that you took it back, and why."
    return _why(request, scope, now, actions.take_back_staff_statement, "Take the statement back", aside)


def comment(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Comment on one's own statement."""
    now = _allowed(scope, appraised, rules.comment)
    told = queries.statement_of(now)
    typed = {"words": told.comments if told else "", "version": now.version}
    form = forms.CommentForm(request.POST or None, initial=typed)

    def do() -> None:
        actions.comment_on_staff_statement(by=scope, at=scope.at, year=now.pk, **form.cleaned_data)

    return answered(request, scope, of_year(scope, now, form, "Your comment", "Save"), do, _done(now), now)


def reopen(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Open a locked year again."""
    now = _allowed(scope, appraised, rules.reopen)
    aside = "The locked copy stays as it is, with your reason beside it. The person reads both."
    return _why(request, scope, now, actions.reopen_staff_year, "Open the year again", aside)


def take_up(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Take set objectives up again."""
    now = _allowed(scope, appraised, rules.take_up)
    aside = "A copy of what was set stays, with your reason beside it."
    return _why(request, scope, now, actions.take_up_staff_objectives, "Take the objectives up again", aside)


def document(request: HttpRequest, scope: Scope, appraised: int) -> HttpResponse:
    """Give a year to hold."""
    return papers.given(request, staff_documents.year(scope, found(scope, appraised)))


def copy(request: HttpRequest, scope: Scope, appraised: int, copy: int) -> HttpResponse:
    """Show a kept copy."""
    return show(request, "appraisal/head_copy.html", _copy(scope, appraised, copy), scope=scope)


def copy_document(request: HttpRequest, scope: Scope, appraised: int, copy: int) -> HttpResponse:
    """Give a kept copy to hold."""
    return papers.given(request, staff_documents.copy(scope, _copy(scope, appraised, copy)))


def _copy(scope: Scope, key: int, number: int) -> CopyPage:
    now = found(scope, key)
    return staff_year_pages.copy_page(scope, now, existing(queries.copy(scope, now, number)))


def _allowed(scope: Scope, key: int, rule: Callable[[Scope, Facts], str | None]) -> StaffYear:
    """Return a year the reader may do something to. Errors: Http404, Refused."""
    now = found(scope, key)
    require(rule(scope, queries.facts(scope, now)))
    return now


def _confirmed(  # noqa: PLR0913, PLR0917  # what is done, and what the page says
    request: HttpRequest, scope: Scope, now: StaffYear, act: Callable[..., None], title: str, aside: str
) -> HttpResponse:
    form = forms.SureForm(request.POST or None, about=whose(now), initial=_sure(now))

    def do() -> None:
        act(by=scope, at=scope.at, year=now.pk, version=form.cleaned_data["version"], whose=form.whose)

    return answered(request, scope, of_year(scope, now, form, title, title, aside), do, _done(now), now)


def _why(  # noqa: PLR0913, PLR0917  # the same
    request: HttpRequest, scope: Scope, now: StaffYear, act: Callable[..., None], title: str, aside: str
) -> HttpResponse:
    form = forms.WhyForm(request.POST or None, initial={"version": now.version})

    def do() -> None:
        act(by=scope, at=scope.at, year=now.pk, **form.cleaned_data)

    return answered(request, scope, of_year(scope, now, form, title, title, aside), do, _done(now), now)


def _sure(now: StaffYear) -> dict[str, Any]:
    return about(now) | {"version": now.version}


def _rated(now: StaffYear) -> dict[str, str]:
    typed: dict[str, str] = {}
    for each in now.objectives.all():
        typed |= {f"reached_objective_{each.pk}": each.reached, f"words_objective_{each.pk}": each.assessment}
    for its in now.ratings.all():
        typed |= {f"reached_part_{its.part_id}": its.reached, f"words_part_{its.part_id}": its.words}
    return typed


def _done(now: StaffYear) -> str:
    return f"Saved for {whose(now)}."
