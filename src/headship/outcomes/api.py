"""Outcomes for programs."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, OfSchool, Page, Personal, Public, page
from headship.outcomes import contact_queries, pupil_queries, queries
from headship.outcomes.models import VisibleContact
from headship.outcomes.similar import Alike


class ShareGiven(Given):
    """How much of the squared distance between two schools a measure makes, 0 to 1."""

    measure: Public[str]
    share: Public[float]


class ContactGiven(Given):
    """Whom to write to at a school that chose to be visible to schools like it, and about what."""

    name: Personal[str]
    role: Personal[str]
    email: Personal[str]
    offer: Personal[str]


class AlikeGiven(Given):
    """A similar school, how far it is from ours, and in what they differ, most first; whom to write to, if shown."""

    urn: Public[int]
    name: Public[str]
    distance: Public[float]
    differs_in: list[ShareGiven]
    contact: ContactGiven | None

    @classmethod
    def of(cls, row: Alike, **named: Any) -> Self:
        """Return a similar school as programs get it."""
        differs = [ShareGiven(measure=measure, share=share) for measure, share in row.shares]
        shown: Mapping[int, VisibleContact] = named.pop("contacts")
        found = shown.get(row.school.pk)
        contact = ContactGiven.of(found) if found else None
        return super().of(row.school, distance=row.distance, differs_in=differs, contact=contact, **named)


def similar(scope: Scope, asked: Asked) -> Page[AlikeGiven]:
    """List the schools most like ours, the nearest first; none where the list is not known."""
    _, found, _ = queries.similar_here(scope)
    contacts = contact_queries.shown_to(scope, [each.school.pk for each in found.alike])
    return page(found.alike, asked, lambda each: AlikeGiven.of(each, contacts=contacts))


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
