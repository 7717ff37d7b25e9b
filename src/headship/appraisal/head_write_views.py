"""Screens on which a headteacher's year is written: objectives, notes, evidence, the statement, an appeal."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.appraisal import (
    head_checks,
    head_course_actions,
    head_evidence,
    head_forms,
    head_objective_actions,
    head_pages,
    head_plan,
    head_queries,
    head_rules,
)
from headship.appraisal.head_checks import PLAN, Check
from headship.appraisal.head_choices import HeadState, Said
from headship.appraisal.head_objective_actions import Aimed
from headship.appraisal.head_pages import FormPage, address, whose
from headship.appraisal.head_plan import Tie
from headship.appraisal.head_views import found, to, version
from headship.appraisal.models import HeadObjective, HeadYear
from headship.appraisal.staff_pages import past_words
from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.saving import saved
from headship.core.scope import Scope
from headship.standards.forms import characteristic_choices

TICKED = 500  # a form holds a thousand fields at most
LONGEST_KEY = 16  # digits
OF_OBJECTIVES = frozenset({"head-objective-change", "head-objective-add"})
UNADVISED = "No advice of the external adviser is noted: the regulations ask that they are consulted first."
ADVISED_LATER = "What the adviser said to the panel, with the day on which they did. The headteacher reads it too."
ASIDES = {
    Said.ADVICE: "What the adviser said of the objectives, before they are set. The headteacher reads it too.",
    Said.HALFWAY: "How far each objective is, what helps and what stands in the way. The headteacher reads it too.",
    Said.MEETING: "What was asked and answered. The statement is written afterwards. The headteacher reads this too.",
    Said.MODERATION: "Whether objectives and assessment are fair beside one another. The headteacher reads it once "
    "they have the statement.",
    Said.ONWARD: "The meeting's note stays. Mid-year and objectives are open again; a draft of the statement is kept. "
    "The headteacher reads this too.",
}


def objective_add(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Write an objective."""
    now, facts = with_facts(scope, year)
    require(head_rules.write_objectives(scope, facts))
    form = _objective_form(request, scope, now, {})

    def do(told: dict[str, Any]) -> None:
        head_objective_actions.add_head_objective(
            by=scope, at=scope.at, once=told["once"], year=now.pk, whose=form.whose, aimed=_aimed(told)
        )

    return answer(
        request,
        scope,
        now,
        form,
        do,
        title=f"An objective of {now.head.name}",
        button="Keep this objective",
        field="tied",
    )


def objective_change(request: HttpRequest, scope: Scope, year: int, objective: int) -> HttpResponse:
    """Change an objective that is not set yet."""
    now, facts = with_facts(scope, year)
    one = _objective(scope, now, objective)
    require(head_rules.write_objectives(scope, facts))
    names = ("words", "pupils", "measure", "weight", "version")
    typed = {name: getattr(one, name) for name in names} | {"tied": head_plan.tied_to(one)}
    form = _objective_form(request, scope, now, typed | {"serves": [it.code for it in one.characteristics.all()]})

    def do(told: dict[str, Any]) -> None:
        head_objective_actions.change_head_objective(
            by=scope,
            at=scope.at,
            year=now.pk,
            objective=one.pk,
            version=told["version"] or 0,
            whose=form.whose,
            aimed=_aimed(told),
        )

    return answer(
        request,
        scope,
        now,
        form,
        do,
        title=f"Change an objective of {now.head.name}",
        button="Save",
        changed=one,
        field="tied",
    )


@require_POST
def objective_drop(request: HttpRequest, scope: Scope, year: int, objective: int) -> HttpResponse:
    """Take an objective out."""
    now = found(scope, year)
    one = _objective(scope, now, objective)
    head_objective_actions.drop_head_objective(
        by=scope, at=scope.at, year=now.pk, objective=one.pk, version=version(request)
    )
    return to(scope, now.pk)


def own_words(request: HttpRequest, scope: Scope, year: int, objective: int) -> HttpResponse:
    """Write one's own words on one's objective."""
    now, facts = with_facts(scope, year)
    one = _objective(scope, now, objective)
    require(head_rules.say_own(scope, facts))
    form = head_forms.OwnWordsForm(request.POST or None, initial={"words": one.own_words, "version": one.version})

    def do(told: dict[str, Any]) -> None:
        head_objective_actions.write_own_words(by=scope, at=scope.at, year=now.pk, objective=one.pk, **told)

    return answer(
        request, scope, now, form, do, title="Your words on this objective", button="Save", changed=one, aside=one.words
    )


def objectives_set(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Set the objectives."""
    now, facts = with_facts(scope, year)
    require(head_rules.set_objectives(facts))
    today = timezone.localdate(scope.at)
    typed = confirm(now) | {"told_on": now.told_on or today, "set_on": today, "framework": head_queries.framework(now)}
    form = head_forms.SetForm(
        request.POST or None, initial=typed, about=whose(now), starts_on=now.starts_on, today=today
    )
    whole, bound = head_queries.whole(scope, now), head_plan.tie(scope)
    loose = head_plan.loose(bound, whole.objectives)
    aside = _before_set(head_checks.missing(head_checks.checks(whole, today)), bound, must=bool(loose))
    aside = f"{UNADVISED} {aside}" if whole.adviser_asked and not whole.advised else aside
    links = [
        (f"Tie objective {at} to the plan", address(scope, "head-objective-change", year=now.pk, objective=each.pk))
        for at, each in loose
    ]
    if wrong := head_rules.weights([each.weight for each in whole.objectives]):
        aside = f"{wrong}. {aside}"
        links += _weights(scope, whole)

    def do(_told: dict[str, Any]) -> None:
        head_objective_actions.set_head_objectives(by=scope, at=scope.at, year=now.pk, whose=form.whose, **form.told)

    return answer(
        request,
        scope,
        now,
        form,
        do,
        title="Set the objectives",
        button="Set them",
        changed=now,
        aside=aside,
        links=links,
    )


def _weights(scope: Scope, whole: head_queries.Whole) -> list[tuple[str, str]]:
    """Return where each objective's weight is changed: they cannot be set before these fit."""
    key = whole.year.pk
    return [
        (
            f"Change the weight of objective {at} ({each.weight or 'none'})",
            f"{address(scope, 'head-objective-change', year=key, objective=each.pk)}#id_weight",
        )
        for at, each in enumerate(whole.objectives, 1)
    ]


def _before_set(lacking: Sequence[Check], bound: Tie, *, must: bool) -> str:
    """Say what must be mended before objectives are set, and what can be."""
    told = [each.words for each in lacking if each.mend in OF_OBJECTIVES and not (must and each.code == PLAN)]
    first = f"Before they are set, each must serve something of the plan “{bound.title}”." if must else ""
    free = f"Not so yet: {'; '.join(told)}. You can set them all the same, or mend them first." if told else ""
    return " ".join(filter(None, (first, bound.why_none if any(each.code == PLAN for each in lacking) else "", free)))


def objectives_again(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Take set objectives up again."""
    now, facts = with_facts(scope, year)
    require(head_rules.take_up(facts))
    form = head_forms.WhyForm(request.POST or None, initial={"version": now.version})

    def do(told: dict[str, Any]) -> None:
        head_objective_actions.take_up_objectives(by=scope, at=scope.at, year=now.pk, **told)

    aside = "A copy of the objectives as they were set is kept. Talk with the headteacher first."
    return answer(
        request,
        scope,
        now,
        form,
        do,
        title="Take the objectives up again",
        button="Take them up",
        changed=now,
        aside=aside,
    )


def advice(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Note the adviser's advice."""
    return _note(request, scope, year, Said.ADVICE)


def halfway(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Note the mid-year review."""
    return _note(request, scope, year, Said.HALFWAY)


def meeting(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Note the panel's meeting."""
    return _note(request, scope, year, Said.MEETING)


def moderate(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Note the moderation."""
    return _note(request, scope, year, Said.MODERATION)


def onward(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Say why the year goes on after a meeting that was not the one at its end."""
    return _note(request, scope, year, Said.ONWARD)


def evidence(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Choose what of one's evidence is shown: every button keeps the ticks, and one shows what is ticked."""
    now, facts = with_facts(scope, year)
    require(head_rules.say_own(scope, facts))
    codes, sent = head_evidence.codes(now), request.POST or request.GET
    asked = sent.get("code", "")
    asked = asked if asked in dict(codes) else ""
    ticked = [_key(each) for each in sent.getlist("entries")][:TICKED]
    shelf = head_evidence.shelf(scope, now, asked, _key(sent.get("page", "")), ticked)
    looks = {"look", "page"} & set(request.POST)
    typed = {"entries": ticked, "why": sent.get("why", "")}
    form = head_forms.EvidenceForm(None if looks else request.POST or None, entries=shelf.rows, initial=typed)

    def do(told: dict[str, Any]) -> None:
        chosen = dict.fromkeys(told["entries"], told["why"])
        head_course_actions.show_evidence(by=scope, at=scope.at, year=now.pk, entries=chosen)

    if saved(form, do):
        messages.success(request, "Shown. You can take each back until the panel has written the statement.")
        return to(scope, now.pk)
    back, past = address(scope, "head-year", year=now.pk), past_words(scope, now.starts_in)
    page = head_pages.EvidencePage("What do you show the panel?", form, back, whose(now), asked, codes, shelf, past)
    return show(request, "appraisal/head_evidence.html", page, scope=scope)


def _key(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < LONGEST_KEY else 0


@require_POST
def evidence_hide(request: HttpRequest, scope: Scope, year: int, shown: int) -> HttpResponse:
    """Take back an entry one showed."""
    now = found(scope, year)
    existing(now.evidence.filter(pk=shown).first())
    head_course_actions.hide_evidence(by=scope, at=scope.at, year=now.pk, evidence=shown)
    return to(scope, now.pk)


def reflection(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Write how one sees one's year."""
    now, facts = with_facts(scope, year)
    require(head_rules.say_own(scope, facts))
    mine = head_queries.reflection(scope, now, facts)
    typed = {"words": mine.words, "shown": bool(mine.shown_on), "version": mine.version} if mine else {"version": 0}
    form = head_forms.ReflectionForm(request.POST or None, initial=typed)

    def do(told: dict[str, Any]) -> None:
        head_course_actions.write_head_reflection(by=scope, at=scope.at, year=now.pk, **told)

    aside = "Only you read this until you show it. You can take it back until the statement is written."
    return answer(
        request, scope, now, form, do, title="How you see your year", button="Save", changed=mine, aside=aside
    )


def _note(request: HttpRequest, scope: Scope, year: int, kind: Said) -> HttpResponse:
    now, facts = with_facts(scope, year)
    require(head_rules.note(facts, kind))
    form = _note_form(request, scope, now, kind)

    def do(_told: dict[str, Any]) -> None:
        head_course_actions.note_said(by=scope, at=scope.at, year=now.pk, kind=kind, whose=form.whose, **form.told)

    return answer(request, scope, now, form, do, title=kind.words, button="Save", field="on", aside=_aside(now, kind))


def _aside(now: HeadYear, kind: Said) -> str:
    later = kind == Said.ADVICE and now.state != HeadState.APPOINTED
    return ADVISED_LATER if later else ASIDES[kind]


def _note_form(request: HttpRequest, scope: Scope, now: HeadYear, kind: Said) -> head_forms.NoteForm:
    today = timezone.localdate(scope.at)
    given: dict[str, Any] = {"initial": confirm(now) | {"on": today}, "about": whose(now)}
    if kind == Said.MEETING and now.state != HeadState.MET and today < now.ends_on:
        return head_forms.MeetingForm(request.POST or None, ends_on=now.ends_on, **given)
    form = head_forms.OnwardForm if kind == Said.ONWARD else head_forms.NoteForm
    return form(request.POST or None, **given)


def answer(  # noqa: PLR0913  # a form, what it does, and what its page says
    request: HttpRequest,
    scope: Scope,
    now: HeadYear,
    form: Form,
    do: Callable[[dict[str, Any]], None],
    *,
    title: str,
    button: str,
    changed: Model | None = None,
    aside: str = "",
    field: str | None = None,
    home: bool = False,
    links: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """Do what a form is for and go to the year (`home`: to the list, since it may be closed to who did it).

    `changed` is whose version the form carries: nothing where something new is made.
    """
    if saved(form, do, changed, field=field):
        messages.success(request, f"Saved for {whose(now)}.")
        return home_of(scope) if home else to(scope, now.pk)
    back, past = address(scope, "head-year", year=now.pk), past_words(scope, now.starts_in)
    page = FormPage(title, form, button, back, whose(now), aside, past, links)
    return show(request, "appraisal/head_form.html", page, scope=scope)


def home_of(scope: Scope) -> HttpResponse:
    """Go to the list of years."""
    return HttpResponseRedirect(address(scope, "head-appraisal"))


def with_facts(scope: Scope, key: int) -> tuple[HeadYear, head_rules.Facts]:
    """Return a year the reader may read something of, with what their rights over it depend on. Errors: Http404."""
    now = found(scope, key)
    return now, head_queries.facts(scope, now)


def _objective(scope: Scope, now: HeadYear, key: int) -> HeadObjective:
    return existing(next((each for each in head_queries.objectives(scope, now) if each.pk == key), None))


def _objective_form(
    request: HttpRequest, scope: Scope, now: HeadYear, typed: dict[str, Any]
) -> head_forms.ObjectiveForm:
    return head_forms.ObjectiveForm(
        request.POST or None,
        about=whose(now),
        initial={"head": now.head_id, "starts_in": now.starts_in} | typed,
        plan=head_plan.choices(scope),
        characteristics=characteristic_choices((), head_queries.framework(now)),
    )


def _aimed(told: dict[str, Any]) -> Aimed:
    return Aimed(told["words"], told["pupils"], told["measure"], told["tied"], told["weight"], told["serves"])


def confirm(now: HeadYear) -> dict[str, Any]:
    """Return what a form carries so that nobody writes in somebody else's year."""
    return {"head": now.head_id, "starts_in": now.starts_in, "version": now.version}
