"""Published results for programs."""

from typing import Any, Self

from django.utils import timezone

from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, Page, Public, page
from headship.outcomes import published_words as words
from headship.outcomes import queries
from headship.outcomes.published_figures import Gap, Told, told
from headship.outcomes.published_spread import Spread


class ResultGiven(Given):
    """A measure in its newest year at our school; `words` say the finding, or why there is no figure.

    `low` and `high` end its 95% interval, None where it has none. `verdict` is about `against`: England's figure, or 0
    for progress. `year` 2022 is 2022/23.
    """

    measure: Public[str]
    about: Public[str]
    unit: Public[str]
    year: Public[int]
    value: Public[float | None]
    low: Public[float | None]
    high: Public[float | None]
    pupils: Public[int | None]
    missing: Public[str]
    against: Public[float | None]
    verdict: Public[str]
    england: Public[float | None]
    authority: Public[float | None]
    similar_low: Public[float | None]
    similar_high: Public[float | None]
    words: Public[str]
    source: Public[str]

    @classmethod
    def of(cls, row: Told, **named: Any) -> Self:
        """Return a measure as programs get it."""
        low, high = row.beside.middle or (None, None)
        return super().of(
            row,
            measure=row.measure.code,
            about=row.measure.words,
            unit=row.measure.unit,
            value=row.figure.value,
            low=row.figure.low,
            high=row.figure.high,
            pupils=row.figure.n or None,
            verdict=row.verdict or "",
            england=row.beside.england,
            authority=row.beside.authority,
            similar_low=low,
            similar_high=high,
            words=words.heading(row),
            **named,
        )


class GapGiven(Given):
    """Disadvantaged pupils less all others at our school, None where it is not published of both."""

    measure: Public[str]
    year: Public[int]
    disadvantaged: Public[float | None]
    others: Public[float | None]
    gap: Public[float | None]
    low: Public[float | None]
    high: Public[float | None]
    england: Public[float | None]
    verdict: Public[str]
    source: Public[str]

    @classmethod
    def of(cls, row: Gap, **named: Any) -> Self:
        """Return a gap as programs get it; where one group is withheld the other is not given here either."""
        known = row.gap.value is not None
        return super().of(
            row,
            measure=row.measure.code,
            disadvantaged=row.disadvantaged.value if known else None,
            others=row.others.value if known else None,
            gap=row.gap.value,
            low=row.gap.low,
            high=row.gap.high,
            **named,
        )


class SpreadGiven(Given):
    """How many open schools of our phase can be told from the average of 0 in a measure of progress, and ours."""

    measure: Public[str]
    year: Public[int]
    schools: Public[int]
    below: Public[int]
    cannot_tell: Public[int]
    above: Public[int]
    between: Public[float]
    ours: Public[float | None]
    ours_low: Public[float | None]
    ours_high: Public[float | None]
    ours_drawn_in: Public[float | None]

    @classmethod
    def of(cls, row: Spread, **named: Any) -> Self:
        """Return how schools are spread as programs get it; `between` is the standard deviation between schools."""
        ours = None if row.ours is None else tuple(float(each[row.ours]) for each in (row.values, row.low, row.high))
        value, low, high = ours or (None, None, None)
        counts = {name: getattr(row.apart, name) for name in ("schools", "below", "cannot_tell", "above")}
        return super().of(
            row,
            measure=row.measure.code,
            between=row.effects.between**0.5,
            ours=value,
            ours_low=low,
            ours_high=high,
            ours_drawn_in=row.drawn_in[0] if row.drawn_in else None,
            **counts,
            **named,
        )


def results(scope: Scope, asked: Asked) -> Page[ResultGiven]:
    """List what is published of the school, each measure in its newest year."""
    here, day = queries.published_here(scope), timezone.localdate(scope.at)
    found = [told(here.tables, measure, day) for section in here.sections for measure in section.measures]
    return page([each for each in found if each], asked, ResultGiven.of)


def gaps(scope: Scope, asked: Asked) -> Page[GapGiven]:
    """List the published gaps between disadvantaged pupils and others."""
    return page(queries.published_here(scope).gaps, asked, GapGiven.of)


def spread(scope: Scope, asked: Asked) -> Page[SpreadGiven]:
    """List, for each measure of progress, how many schools can be told from the average."""
    return page(queries.published_here(scope).spreads, asked, SpreadGiven.of)
