"""Sums that schools share, for programs: a school's own to its headteacher; to a trust what a model makes of all."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Self

from headship.core.errors import require
from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, OfSchool, Page, page
from headship.outcomes import sum_model
from headship.outcomes import sum_queries as queries
from headship.outcomes import sum_rules as rules
from headship.outcomes.models import SharedSums
from headship.outcomes.sum_model import Together


class SharedSumsGiven(Given):
    """The six sums of a subject that the school shares: of x, prior attainment, and y, the result."""

    assessment: OfSchool[str]
    year: OfSchool[int]
    year_group: OfSchool[str]
    subject: OfSchool[str]
    made_at: OfSchool[datetime]
    pupils: OfSchool[int]
    x: OfSchool[float]
    y: OfSchool[float]
    x_squared: OfSchool[float]
    x_times_y: OfSchool[float]
    y_squared: OfSchool[float]

    @classmethod
    def of(cls, row: tuple[SharedSums, str], **named: Any) -> Self:
        """Return a subject's sums as programs get them."""
        held, subject = row
        pupils, x, y, xx, xy, yy = held.by_subject[subject]
        sums = {"pupils": int(pupils), "x": x, "y": y, "x_squared": xx, "x_times_y": xy, "y_squared": yy}
        return super().of(held, subject=subject, **sums, **named)


class TogetherGiven(Given):
    """What can be said of a subject of the schools that share it: how many, and what the page prints of the model.

    All after `schools` is None where nothing may be worked out. `between` is the share, 0 to 1, of what prior
    attainment does not explain that lies between schools; `slope` what one point of prior attainment is worth.
    """

    assessment: OfSchool[str]
    year: OfSchool[int]
    year_group: OfSchool[str]
    subject: OfSchool[str]
    schools: OfSchool[int]
    below: OfSchool[int | None]
    like_average: OfSchool[int | None]
    above: OfSchool[int | None]
    between: OfSchool[float | None]
    slope: OfSchool[float | None]

    @classmethod
    def of(cls, row: tuple[SharedSums, Together], **named: Any) -> Self:
        """Return a model as programs get it."""
        held, found = row
        counts: tuple[int | None, ...] = found.apart if found.fitted else (None, None, None)
        below, like, above = counts
        return super().of(
            held,
            subject=found.subject,
            schools=found.schools,
            below=below,
            like_average=like,
            above=above,
            between=round(found.between, 2) if found.fitted else None,
            slope=float(f"{found.fitted.fixed[1]:.2g}") if found.fitted else None,
            **named,
        )


def shared_sums(scope: Scope, asked: Asked) -> Page[SharedSumsGiven]:
    """List the sums that the school shares with its trust, the newest year first."""
    require(rules.share_sums(scope))
    rows = [(each, subject) for each in queries.ours(scope) for subject in sorted(each.by_subject)]
    return page(rows, asked, SharedSumsGiven.of)


def value_added(scope: Scope, asked: Asked) -> Page[TogetherGiven]:
    """List what can be said of each assessment and subject that schools of the trust share."""
    require(rules.see_together(scope))
    return page(list(_together(scope)), asked, TogetherGiven.of)


def _together(scope: Scope) -> Iterator[tuple[SharedSums, Together]]:
    kinds: dict[tuple[int, str, str, str], list[SharedSums]] = {}
    for row in queries.together(scope):
        kinds.setdefault(queries.alike(row), []).append(row)
    for rows in kinds.values():
        for subject in sorted({code for each in rows for code in each.by_subject}):
            yield rows[0], sum_model.of(rows, subject)
