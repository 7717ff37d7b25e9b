"""Reads of templates: the school's own, naming nobody."""

from datetime import date

from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal import year_days as days
from headship.appraisal.staff_models import StaffCycle
from headship.appraisal.staff_template_models import StaffTemplate, StaffTemplateObjective
from headship.core.roles import STAFF
from headship.core.scope import Scope
from headship.people import queries as people
from headship.policy.loader import YearDay

DAYS = ("objectives_by", "half_by", "review_by", "statement_by")
Usual = tuple[YearDay, YearDay, YearDay, YearDay]


def templates(scope: Scope) -> list[StaffTemplate]:
    """Return the school's templates for whoever sets up cycles, by name."""
    here = StaffTemplate.objects.filter(school_id=scope.school_id)
    found = here if rules.set_up(scope) is None else here.none()
    return list(found.prefetch_related("parts", "objectives").order_by("name"))


def template(scope: Scope, key: int) -> StaffTemplate | None:
    """Return one of them."""
    return next((each for each in templates(scope) if each.pk == key), None)


def to_put(scope: Scope, of: StaffCycle) -> list[StaffTemplateObjective]:
    """Return the objectives of templates, for whoever organises a cycle; those of the template of its name first."""
    if rules.organise(scope, of.organiser_id):
        return []
    found = StaffTemplateObjective.objects.filter(template__school_id=scope.school_id).select_related("template")
    return sorted(found, key=lambda each: (each.template.name != of.name, each.template.name, each.pk))


def usual(of: StaffTemplate) -> Usual:
    """Return a template's days."""
    first, half, review, statement = (days.read(getattr(of, name)) for name in DAYS)
    return first, half, review, statement


def in_year(of: StaffTemplate, starts_in: int) -> tuple[date, ...]:
    """Return a template's days as they fall in an academic year."""
    return days.falling(usual(of), starts_in)


def names(scope: Scope) -> list[str]:
    """Return the names of everybody on the staff, none of which a template may hold."""
    return [each.name for each in people.holders_here(scope) if each.role in STAFF]


def begun_from(scope: Scope) -> tuple[int, int]:
    """Return the academic years for which a cycle can be set up."""
    this = queries.this_year(scope)
    return this, this + 1
