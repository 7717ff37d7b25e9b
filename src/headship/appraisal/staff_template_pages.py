"""Exactly what the pages of templates show: the list, one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from headship.appraisal import staff_queries, staff_rules
from headship.appraisal import staff_template_queries as queries
from headship.appraisal import year_days as days
from headship.appraisal.staff_pages import address
from headship.appraisal.staff_template_models import StaffTemplate
from headship.core.pages import academic_year
from headship.core.scope import Scope

CALLED = ("Objectives set by", "Mid-year review by", "Review by", "Statement by")


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template in the list."""

    name: str
    url: str
    facts: str


@dataclass(frozen=True, slots=True)
class TemplatesPage:
    """The school's templates, and the cycles one can be kept from."""

    title: str
    rows: Sequence[TemplateRow]
    cycles: Sequence[tuple[str, str]]
    new_url: str
    back: str


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective of a template."""

    words: str
    measure: str
    version: int
    change_url: str
    drop_url: str


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """A template: its days, parts and objectives, and what it begins."""

    title: str
    days: Sequence[tuple[str, str]]
    parts: Sequence[tuple[str, int]]
    facts: Sequence[str]
    objectives: Sequence[ObjectiveRow]
    begin: Sequence[tuple[str, str]]
    standing: Sequence[str]
    add_url: str
    change_url: str
    drop_url: str
    back: str


def list_page(scope: Scope) -> TemplatesPage:
    """Arrange the list."""
    return TemplatesPage(
        title="Templates",
        rows=[
            TemplateRow(each.name, address(scope, "staff-template", template=each.pk), _facts(each))
            for each in queries.templates(scope)
        ],
        cycles=[
            (f"{each.name}, {academic_year(each.starts_in)}", address(scope, "staff-cycle-template", cycle=each.pk))
            for each in staff_queries.cycles(scope)[:12]
        ],
        new_url=address(scope, "staff-template-new"),
        back=address(scope, "staff-appraisal"),
    )


def _facts(each: StaffTemplate) -> str:
    parts = ", ".join(f"{part.name} {part.weight}" for part in sorted(each.parts.all(), key=_number))
    count = len(each.objectives.all())
    held = f"{count} objective{'' if count == 1 else 's'} for many" if count else "no objectives yet"
    return f"{parts} · statement by {days.in_words(days.read(each.statement_by))} · {held}"


def _number(part: object) -> int:
    number: int = getattr(part, "number", 0)
    return number


def template_page(scope: Scope, each: StaffTemplate) -> TemplatePage:
    """Arrange a template."""
    at = {"template": each.pk}
    years = queries.begun_from(scope)
    stand = {(cycle.starts_in, cycle.name) for cycle in staff_queries.cycles(scope)}
    return TemplatePage(
        title=each.name,
        days=[(called, days.in_words(on)) for called, on in zip(CALLED, queries.usual(each), strict=True)],
        parts=[(part.name, part.weight) for part in sorted(each.parts.all(), key=_number)],
        facts=_held(each),
        objectives=[
            ObjectiveRow(
                words=one.words,
                measure=one.measure,
                version=one.version,
                change_url=address(scope, "staff-template-aim-change", **at, common=one.pk),
                drop_url=address(scope, "staff-template-aim-drop", **at, common=one.pk),
            )
            for one in sorted(each.objectives.all(), key=lambda one: one.pk)
        ],
        begin=[
            (f"Begin {academic_year(year)}", address(scope, "staff-template-begin", **at, starts_in=year))
            for year in years
            if (year, each.name) not in stand
        ],
        standing=[f"{each.name}, {academic_year(year)}, is set up." for year in years if (year, each.name) in stand],
        add_url=address(scope, "staff-template-aim", **at),
        change_url=address(scope, "staff-template-change", **at),
        drop_url=address(scope, "staff-template-drop", **at),
        back=address(scope, "staff-templates"),
    )


def _held(each: StaffTemplate) -> list[str]:
    looked = "Ratings are looked at beside one another before statements are given."
    alone = "Ratings are not looked at beside one another before statements are given."
    within = f"Somebody can appeal within {each.appeal_days} days of being given their statement."
    return [
        looked if each.moderated else alone,
        within if each.appeal_days else "No days for an appeal are set, so nobody can appeal here.",
    ]


def beginnings(scope: Scope) -> list[tuple[str, str]]:
    """Return the templates from which this year's cycle can begin, with where."""
    if staff_rules.set_up(scope):
        return []
    this = staff_queries.this_year(scope)
    return [
        (f"The template {each.name}", address(scope, "staff-template-begin", template=each.pk, starts_in=this))
        for each in queries.templates(scope)
    ]
