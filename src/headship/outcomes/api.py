"""Outcomes for programs."""

from datetime import date
from typing import Any, Self

from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, OfSchool, Page, Public, page
from headship.outcomes import pupil_queries, queries
from headship.outcomes.similar import Alike


class ShareGiven(Given):
    """How much of the squared distance between two schools a measure makes, 0 to 1."""

    measure: Public[str]
    share: Public[float]


class AlikeGiven(Given):
    """A similar school, how far it is from ours, and in what they differ, most first."""

    urn: Public[int]
    name: Public[str]
    distance: Public[float]
    differs_in: list[ShareGiven]

    @classmethod
    def of(cls, row: Alike, **named: Any) -> Self:
        """Return a similar school as programs get it."""
        differs = [ShareGiven(measure=measure, share=share) for measure, share in row.shares]
        return super().of(row.school, distance=row.distance, differs_in=differs, **named)


def similar(scope: Scope, asked: Asked) -> Page[AlikeGiven]:
    """List the schools most like ours, the nearest first; none where the list is not known."""
    _, found, _ = queries.similar_here(scope)
    return page(found.alike, asked, AlikeGiven.of)


class AssessmentGiven(Given):
    """An assessment that stands at the school, and how many pupils have scores in it; none where they are too few."""

    name: OfSchool[str]
    year: OfSchool[int]
    scale: OfSchool[str]
    taken_on: OfSchool[date]
    pupils: OfSchool[int | None]


def assessments(scope: Scope, asked: Asked) -> Page[AssessmentGiven]:
    """List the assessments whose results were brought, the newest first. No pupil and no score is among it."""
    return page(pupil_queries.assessments(scope), asked, AssessmentGiven.of)
