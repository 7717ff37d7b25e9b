"""Writes of templates: kept, changed, taken away; their objectives, and those put to many in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.shortcuts import get_object_or_404

from headship.appraisal import staff_rules as rules
from headship.appraisal import staff_template_queries as queries
from headship.appraisal import year_days as days
from headship.appraisal.staff_cycle_actions import to_aim
from headship.appraisal.staff_models import StaffObjective
from headship.appraisal.staff_objective_actions import Aimed
from headship.appraisal.staff_queries import this_year
from headship.appraisal.staff_template_models import StaffTemplate, StaffTemplateObjective, StaffTemplatePart
from headship.appraisal.staff_template_queries import DAYS, Usual
from headship.appraisal.staff_writing import day, fresh, locked, moved, organised, refuse, tell
from headship.core import actions
from headship.core.actions import action
from headship.core.errors import require
from headship.core.scope import Scope

ORDER = (
    "The days must follow one another from the start of an academic year to the end of the autumn after it: "
    "objectives, mid-year, review, statement"
)
PUT = UUID("0b1ce9a4-6d0e-4a5d-9d53-2f1f1f6b7c55")  # ours, for the marks of objectives put to somebody
MEANWHILE = "The objectives of templates have changed meanwhile: look at the list again"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a template holds of a cycle: its group, days of every year, parts, moderation and days for an appeal."""

    name: str
    days: Usual
    parts: Sequence[tuple[str, int]]
    moderated: bool = False
    appeal_days: int | None = None


@action("appraisal.keep_template", apart=True)
def keep_template(*, by: Scope, at: datetime, once: UUID, kept: Kept) -> int:
    """Keep a template of a group's cycle; the same form sent again gives the first one's key."""
    _set_up(by)
    if found := StaffTemplate.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(_source(found), repeated=True)
        return found.pk
    made = StaffTemplate(school_id=by.school_id, once=once, version=0)
    _write(made, by, kept)
    _name_parts(made, kept)
    actions.audit(_source(made), parts=len(kept.parts), on=day(at).isoformat())
    return made.pk


@action("appraisal.change_template", apart=True)
def change_template(*, by: Scope, at: datetime, template: int, version: int, kept: Kept) -> None:
    """Change a template. Cycles that began from it stay as they are."""
    now = _template(by, template, version)
    _write(now, by, kept)
    now.parts.all().delete()
    _name_parts(now, kept)
    actions.audit(_source(now), version=now.version, on=day(at).isoformat())


@action("appraisal.drop_template", apart=True)
def drop_template(*, by: Scope, at: datetime, template: int, version: int) -> None:
    """Take a template away, with its objectives. Cycles that began from it, and what was put to many, stay."""
    now = _template(by, template, version)
    actions.audit(_source(now), dropped=True, on=day(at).isoformat())
    now.delete()


@action("appraisal.add_template_objective", apart=True)
def add_template_objective(*, by: Scope, at: datetime, once: UUID, template: int, aimed: Aimed) -> int:
    """Keep an objective with a template; the same form sent again gives the first one's key."""
    now = _template(by, template)
    if found := now.objectives.filter(once=once).first():
        actions.audit(_source(now), repeated=True)
        return found.pk
    _stands(now, by, aimed)
    made = now.objectives.create(once=once, words=aimed.words, measure=aimed.measure)
    _touched(now)
    actions.audit(_source(now), objective=made.pk, on=day(at).isoformat())
    return made.pk


@action("appraisal.change_template_objective", apart=True)
def change_template_objective(  # noqa: PLR0913  # which, as it was seen, and what
    *, by: Scope, at: datetime, template: int, objective: int, version: int, aimed: Aimed
) -> None:
    """Change an objective of a template: where it was put to somebody, theirs stays as it is."""
    now = _template(by, template)
    one = _objective(now, objective, version)
    _stands(now, by, aimed, one.pk)
    one.words, one.measure, one.version = aimed.words, aimed.measure, version + 1
    one.save(update_fields=["words", "measure", "version"])
    _touched(now)
    actions.audit(_source(now), objective=one.pk, version=one.version, on=day(at).isoformat())


@action("appraisal.drop_template_objective", apart=True)
def drop_template_objective(*, by: Scope, at: datetime, template: int, objective: int, version: int) -> None:
    """Take an objective out of a template: where it was put to somebody, theirs stays."""
    now = _template(by, template)
    one = _objective(now, objective, version)
    actions.audit(_source(now), objective=one.pk, dropped=True, on=day(at).isoformat())
    one.delete()
    _touched(now)


@action("appraisal.put_to_many", apart=True)
def put_to_many(  # noqa: PLR0913  # which objectives, as they were seen, and to whom
    *, by: Scope, at: datetime, once: UUID, cycle: int, objectives: Sequence[tuple[int, int]], years: Sequence[int]
) -> None:
    """Put objectives of templates to members of a cycle: all to all who were chosen, or none to nobody.

    `objectives` are keys with the version seen. Who has one of the same words keeps theirs, and who took one out is not
    given it again: whoever organises reads no objective, so nothing here may tell them which.
    """
    now = organised(by, cycle)
    found = to_aim(by, now, years)
    offered = {(each.pk, each.version): each for each in queries.to_put(by, now)}
    refuse(None if objectives else "Choose at least one objective")
    refuse(None if set(objectives) <= offered.keys() else MEANWHILE)
    made = 0
    for one in (offered[each] for each in dict.fromkeys(objectives)):
        for year in found:
            if year.objectives.filter(words=one.words, dropped_on=None).exists():
                continue
            mark = uuid5(PUT, f"{year.pk}.{one.pk}.{one.version}")
            _, new = StaffObjective.objects.get_or_create(
                year=year, once=mark, defaults={"words": one.words, "measure": one.measure}
            )
            if new:
                made += 1
                moved(year)
                tell(year, by, at, "An objective for many was added")
    actions.audit(f"appraisal.StaffCycle:{now.pk}", objectives=made, of_templates=len(set(objectives)), form=str(once))


def _set_up(by: Scope) -> None:
    require(rules.set_up(by))
    locked(by)


def _template(by: Scope, key: int, version: int | None = None) -> StaffTemplate:
    """Return a template, locked, for whoever sets up cycles. Errors: Http404, Refused, Stale."""
    _set_up(by)
    now: StaffTemplate = get_object_or_404(StaffTemplate, pk=key, school_id=by.school_id)
    if version is not None:
        fresh(now.version, version)
    return now


def _objective(now: StaffTemplate, key: int, version: int) -> StaffTemplateObjective:
    one: StaffTemplateObjective = get_object_or_404(StaffTemplateObjective, pk=key, template=now)
    fresh(one.version, version)
    return one


def _touched(now: StaffTemplate) -> None:
    now.version += 1
    now.save(update_fields=["version"])


def _write(now: StaffTemplate, by: Scope, kept: Kept) -> None:
    year = this_year(by)
    refuse(ORDER if rules.dates(year, days.falling(kept.days, year)) else None)
    refuse(rules.parts(kept.parts) or rules.appeal_days(kept.appeal_days))
    same = StaffTemplate.objects.filter(school_id=by.school_id, name__iexact=kept.name).exclude(pk=now.pk)
    refuse(f"There is a template called {kept.name} already: change that one, or choose another name"
           if same.exists() else None)  # fmt: skip
    _names_nobody(by, kept.name, *(name for name, _ in kept.parts))
    now.name, now.moderated, now.appeal_days, now.version = kept.name, kept.moderated, kept.appeal_days, now.version + 1
    for name, each in zip(DAYS, kept.days, strict=True):
        setattr(now, name, days.written(each))
    now.save()


def _stands(now: StaffTemplate, by: Scope, aimed: Aimed, own: int = 0) -> None:
    same = now.objectives.filter(words__iexact=aimed.words).exclude(pk=own)
    refuse("This template holds that objective already" if same.exists() else None)
    _names_nobody(by, aimed.words, aimed.measure)


def _names_nobody(by: Scope, *words: str) -> None:
    """Refuse the name of anybody who works here. Errors: Unusable."""
    said = " ".join(words).casefold()
    named = next((each for each in queries.names(by) if each.casefold() in said), None)
    refuse(f"A template is for everybody and names nobody: leave {named} out" if named else None)


def _name_parts(now: StaffTemplate, kept: Kept) -> None:
    StaffTemplatePart.objects.bulk_create(
        StaffTemplatePart(template=now, number=number, name=name, weight=weight)
        for number, (name, weight) in enumerate(kept.parts, 1)
    )


def _source(now: StaffTemplate) -> str:
    return f"appraisal.StaffTemplate:{now.pk}"
