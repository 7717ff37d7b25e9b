"""Screens of a headteacher's statement: written, given, commented on, locked, opened again, and appealed against."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.appraisal import head_forms, head_queries, head_rules, head_statement_actions
from headship.appraisal.head_pages import whose
from headship.appraisal.head_statement_actions import Judged
from headship.appraisal.head_views import found, to, version
from headship.appraisal.head_write_views import answer, confirm, with_facts
from headship.appraisal.models import HeadObjective, HeadStatement, HeadYear
from headship.core.errors import existing, require
from headship.core.scope import Scope


def statement(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Write the statement."""
    now, facts = with_facts(scope, year)
    require(head_rules.draft(facts))
    rows = list(head_queries.objectives(scope, now))
    form = head_forms.StatementForm(
        request.POST or None,
        initial=_judged_now(now, rows),
        objectives=[(each.pk, each.words) for each in rows],
        pay=now.pay,
        about=whose(now),
    )

    def do(told: dict[str, Any]) -> None:
        head_statement_actions.draft_statement(
            by=scope, at=scope.at, year=now.pk, version=told["version"], whose=form.whose, judged=_judged(form, told)
        )

    aside = "Save as often as you like. The headteacher reads it once you give it to them."
    return answer(
        request,
        scope,
        now,
        form,
        do,
        title=f"The statement of {now.head.name}",
        button="Save the draft",
        changed=HeadStatement.objects.filter(year=now).first(),
        aside=aside,
    )


def statement_give(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Give the statement to the headteacher."""
    now, facts = with_facts(scope, year)
    drafted = HeadStatement.objects.filter(year=now).exists()
    require(head_rules.give(facts) or (None if drafted else head_rules.UNDRAFTED))
    aside = "The headteacher reads it and comments. Until you lock it you can take it back."
    return _confirmed(
        request, scope, now, head_statement_actions.give_statement, title="Give the statement", aside=aside
    )


def lock(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Agree the statement and lock the year."""
    now, facts = with_facts(scope, year)
    told = HeadStatement.objects.filter(year=now).first()
    today = timezone.localdate(scope.at)
    commented = bool(told and told.commented_on)
    require(head_rules.agree(facts, commented=commented, given_on=now.given_on, today=today))
    aside = "A copy of all of it is kept, and nothing can be changed any more unless you open it again and say why."
    return _confirmed(
        request, scope, now, head_statement_actions.lock_statement, title="Agree and lock it", aside=aside
    )


@require_POST
def statement_back(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Take the statement back to change it."""
    now = found(scope, year)
    head_statement_actions.take_back_statement(by=scope, at=scope.at, year=now.pk, version=version(request))
    return to(scope, now.pk)


def comment(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Comment on one's statement."""
    now, facts = with_facts(scope, year)
    require(head_rules.comment(scope, facts))
    told = existing(HeadStatement.objects.filter(year=now).first())
    form = head_forms.CommentForm(request.POST or None, initial={"words": told.comments, "version": told.version})

    def do(typed: dict[str, Any]) -> None:
        head_statement_actions.comment_on_statement(by=scope, at=scope.at, year=now.pk, **typed)

    return answer(request, scope, now, form, do, title="Your comments on the statement", button="Save", changed=told)


def reopen(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Open a locked year again."""
    now, facts = with_facts(scope, year)
    require(head_rules.reopen(facts))
    form = head_forms.WhyForm(request.POST or None, initial={"version": now.version})

    def do(told: dict[str, Any]) -> None:
        head_statement_actions.reopen_year(by=scope, at=scope.at, year=now.pk, **told)

    aside = "The locked copy stays as it is, with your reason beside it. The headteacher reads both."
    return answer(
        request, scope, now, form, do, title="Open the year again", button="Open it again", changed=now, aside=aside
    )


def appeal(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Appeal against one's statement."""
    now, facts = with_facts(scope, year)
    require(head_rules.appeal(scope, facts))
    form = head_forms.AppealForm(request.POST or None)

    def do(told: dict[str, Any]) -> None:
        head_statement_actions.lodge_appeal(by=scope, at=scope.at, year=now.pk, **told)

    aside = "The chair or the governance professional records who hears it: governors who had no part in it."
    return answer(request, scope, now, form, do, title="Appeal against your statement", button="Appeal", aside=aside)


def appeal_hear(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Say how an appeal ended."""
    now, facts = with_facts(scope, year)
    require(head_rules.hear(facts))
    form = head_forms.HeardForm(request.POST or None, initial={"version": now.version})

    def do(told: dict[str, Any]) -> None:
        head_statement_actions.hear_appeal(by=scope, at=scope.at, year=now.pk, **told)

    return answer(
        request,
        scope,
        now,
        form,
        do,
        title="How did the appeal end?",
        button="Save",
        changed=now,
        field="on",
        home=True,
    )


def _confirmed(  # noqa: PLR0913  # what is done, and what the page says
    request: HttpRequest, scope: Scope, now: HeadYear, act: Callable[..., None], *, title: str, aside: str
) -> HttpResponse:
    form = head_forms.ConfirmForm(request.POST or None, initial=confirm(now), about=whose(now))

    def do(told: dict[str, Any]) -> None:
        act(by=scope, at=scope.at, year=now.pk, version=told["version"], whose=form.whose)

    home = title == "Agree and lock it"
    return answer(request, scope, now, form, do, title=title, button=title, changed=now, aside=aside, home=home)


def _judged_now(now: HeadYear, rows: list[HeadObjective]) -> dict[str, Any]:
    told = HeadStatement.objects.filter(year=now).first()
    names = ("standards", "needs", "action", "pay", "version")
    typed = {name: getattr(told, name) for name in names} if told else {"version": 0}
    for each in rows:
        typed |= {f"reached_{each.pk}": each.reached, f"assessment_{each.pk}": each.assessment}
    return confirm(now) | typed


def _judged(form: head_forms.StatementForm, told: dict[str, Any]) -> Judged:
    return Judged(
        standards=told["standards"],
        needs=told["needs"],
        action=told["action"],
        pay=told.get("pay", ""),
        reached={key: told[f"reached_{key}"] for key in form.keys},
        assessments={key: told[f"assessment_{key}"] for key in form.keys},
    )
