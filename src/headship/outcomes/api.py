"""Outcomes for programs."""

from typing import Any, Self

from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, Page, Public, page
from headship.outcomes import queries
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
