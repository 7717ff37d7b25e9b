"""The screens of pupil premium spending: a year's grid, with the gap beside it and no word of cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from headship.core.pages import academic_year, money
from headship.core.scope import Scope
from headship.outcomes import intervention_queries, said
from headship.outcomes import spend_queries as queries
from headship.outcomes import spend_rules as rules
from headship.outcomes.models import SpendLine
from headship.outcomes.spend_choices import HEADS, YEARS_BACK, Approach
from headship.outcomes.spend_forms import Fault, Typed
from headship.outcomes.spend_queries import GapOf
from headship.outcomes.target_pages import address
from headship.people.holders import Holders, holders
from headship.schools.calendar_dates import year_of

NO_CAUSE = (
    "The gap stands beside the money because both are asked about together. It does not say what the money did: "
    "pupils, tests and much else differ from year to year."
)
FEW = "too few pupils to say"
SEEN_BY = ("Staff and governors of this school",)


@dataclass(frozen=True, slots=True)
class SpendPage:
    """A year's grid, its sums, and the gap of the newest results and of the years before."""

    title: str
    year: str
    years: Sequence[tuple[str, str, bool]]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    sums: Sequence[tuple[str, str]]
    gap_heads: Sequence[str]
    gaps: Sequence[Sequence[str]]
    finding: str
    no_cause: str
    cannot_keep: str | None
    edit_url: str
    like_last_url: str
    document_url: str
    seen_by: Sequence[str] = SEEN_BY
    method: str = "disadvantage-gap"


@dataclass(frozen=True, slots=True)
class GridPage:
    """The grid to be filled in."""

    title: str
    heads: Sequence[str]
    rows: Sequence[tuple[int, Typed]]
    approaches: Sequence[tuple[str, str]]
    owners: Sequence[tuple[str, str]]
    interventions: Sequence[tuple[str, str]]
    faults: Sequence[str]
    wrong: frozenset[str]
    version: int
    back: str


def years(scope: Scope) -> list[int]:
    """Return the years on offer: next year, this one, those before, and any that has a grid; newest first."""
    this = year_of(timezone.localdate(scope.at))
    return sorted({this + 1, *range(this - YEARS_BACK + 1, this + 1), *queries.years(scope)}, reverse=True)


def spend_page(scope: Scope, year: int) -> SpendPage:
    """Arrange a year's grid."""
    day, people = timezone.localdate(scope.at), holders(scope)
    found, beside = queries.lines(scope, year), queries.gaps_beside(scope, day)
    premium = sum((each.premium for each in found), Decimal(0))
    return SpendPage(
        title=_title(found, premium, year),
        year=academic_year(year),
        years=[(academic_year(each), f"?year={each}", each == year) for each in years(scope)],
        heads=(*(each.removesuffix(", £") for each in HEADS), "Who answers for it", "Intervention"),
        rows=[_row(each, people) for each in found],
        sums=_sums(found, premium, queries.disadvantaged(scope, year, day)),
        gap_heads=("Subject", "Year", "Gap: disadvantaged pupils and others"),
        gaps=[_gap(each) for each in beside],
        finding=beside[0].name if beside else "",
        no_cause=NO_CAUSE,
        cannot_keep=rules.keep_spending(scope),
        edit_url=address(scope, "spend-edit", year=year),
        like_last_url=_like_last(scope, year, found),
        document_url=f"{address(scope, 'spend-document')}?year={year}",
    )


def _like_last(scope: Scope, year: int, found: Sequence[SpendLine]) -> str:
    """Return where an empty grid starts from the year before, where that has one and the reader keeps grids."""
    if found or rules.keep_spending(scope) or year - 1 not in queries.years(scope):
        return ""
    return f"{address(scope, 'spend-edit', year=year)}?like=last"


def _title(found: Sequence[SpendLine], premium: Decimal, year: int) -> str:
    if not found:
        return f"Pupil premium spend, {academic_year(year)}"
    things = f"{len(found)} thing{'' if len(found) == 1 else 's'}"
    return f"{money(premium)} of pupil premium in {academic_year(year)}, spent on {things}"


def _row(each: SpendLine, people: Holders) -> tuple[str, ...]:
    return (
        each.what,
        Approach(each.approach).words,
        each.need or "not said",
        money(each.amount),
        money(each.premium),
        people.told(each.owner_id) if each.owner_id else "nobody named",
        each.intervention.name if each.intervention else "none",
    )


def _sums(found: Sequence[SpendLine], premium: Decimal, pupils: int | None) -> list[tuple[str, str]]:
    amount = sum((each.amount for each in found), Decimal(0))
    each = queries.each_pupil(premium, pupils)
    told = f"{money(each)}, for {pupils} pupils" if each is not None else FEW
    return [("In all", money(amount)), ("Of it pupil premium", money(premium)), ("For one disadvantaged pupil", told)]


def _gap(each: GapOf) -> tuple[str, str, str]:
    words = said.difference(
        each.figure,
        "Disadvantaged pupils",
        "others",
        each.column.unit,
        fewest=each.fewest,
        small=each.column.small,
        one=each.one,
    )
    return each.column.words, academic_year(each.year), words


def grid_page(scope: Scope, year: int, rows: Sequence[Typed], faults: Sequence[Fault], version: int) -> GridPage:
    """Arrange the grid to be filled in."""
    done = intervention_queries.standing(scope)
    return GridPage(
        title=f"Pupil premium spend, {academic_year(year)}",
        heads=(*HEADS, "Who answers for it", "Intervention"),
        rows=list(enumerate(rows)),
        approaches=[(each.value, each.words) for each in Approach],
        owners=[("", "Nobody named"), *((str(key), words) for key, words in holders(scope).offered)],
        interventions=[("", "None"), *((str(each.pk), each.name) for each in done)],
        faults=[each.words for each in faults],
        wrong=frozenset(f"{each.column}-{each.row - 1}" for each in faults),
        version=version,
        back=f"{address(scope, 'spend')}?year={year}",
    )
