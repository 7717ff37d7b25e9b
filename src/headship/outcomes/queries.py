"""Reads of outcomes: what is published of a school and of those most like it."""

from dataclasses import dataclass

from django.utils import timezone

from headship.core.scope import Scope
from headship.outcomes import published_figures, published_spend, published_spread, similar
from headship.outcomes.published_choices import ANY_PHASE, BY_SUBJECT, GAPS, PROGRESS, SECTIONS, WENT, Section
from headship.outcomes.published_figures import Gap, Tables
from headship.outcomes.published_spend import Spend
from headship.outcomes.published_spread import Spread
from headship.outcomes.similar import Compared, Similar
from headship.schools import queries as schools
from headship.schools.models import School

SAMPLE = 1_500  # schools that stand for the country on the map


def similar_here(scope: Scope) -> tuple[School, Similar, tuple[Compared, ...]]:
    """Return the scope's school, the schools most like it, and the measures they are compared in."""
    school = schools.school_of(scope.school_id)
    found = similar.similar_to(school, timezone.localdate(scope.at))
    return school, found, similar.compared(school, found.alike)


def country() -> list[tuple[float, float]]:
    """Return where some schools are, the same ones each time, for the outline of the country."""
    placed = School.objects.filter(latitude__isnull=False, longitude__isnull=False)
    step = max(1, placed.count() // SAMPLE)
    rows = placed.order_by("urn").values_list("latitude", "longitude")[::step]
    return [(up, across) for up, across in rows if up is not None and across is not None]


@dataclass(frozen=True, slots=True)
class PublishedHere:
    """What is published of the scope's school: tables, its phase's sections, gaps, spread of progress, spending."""

    school: School
    sections: tuple[Section, ...]
    tables: Tables
    gaps: tuple[Gap, ...]
    spreads: tuple[Spread, ...]
    spend: Spend | None


def published_here(scope: Scope) -> PublishedHere:
    """Return what is published of the scope's school, beside England, its authority and similar schools."""
    school, day = schools.school_of(scope.school_id), timezone.localdate(scope.at)
    alike = similar.similar_to(school, day).alike
    sections = SECTIONS.get(school.phase, ANY_PHASE)
    measures = [measure for each in sections for measure in each.measures]
    subjects = [measure for _, pair in BY_SUBJECT for measure in pair]
    tables = published_figures.tables_of(school, alike, (*measures, *WENT, *subjects))
    gaps = (published_figures.gap_of(tables, measure, day) for measure in GAPS if measure in measures)
    spreads = (published_spread.spread_of(school, measure) for measure in measures if measure in PROGRESS)
    return PublishedHere(
        school=school,
        sections=sections,
        tables=tables,
        gaps=tuple(each for each in gaps if each),
        spreads=tuple(each for each in spreads if each),
        spend=published_spend.spend_of(school, alike),
    )
