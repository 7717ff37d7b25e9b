"""The screen of the switch: what leaves a school, what it shares with its trust, and what it could share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from headship.core.pages import academic_year, in_words
from headship.core.scope import Scope
from headship.outcomes import sum_choices, sum_offers
from headship.outcomes import sum_queries as queries
from headship.outcomes import sum_rules as rules
from headship.outcomes.models import SharedSums
from headship.outcomes.sum_offers import Offer, subject_words

HEADS = (
    "Subject", "Pupils", "Sum of prior attainment", "Sum of results", "Squares of prior attainment",
    "Prior attainment times result", "Squares of results",
)  # fmt: skip
SEEN_BY = (
    "The headteacher, who decides",
    "Leaders of the trust see what a model makes of all schools that share, and none of these numbers",
)
NOTHING = "Here stands what you could share. It needs results with pupils' prior attainment."
TOO_FEW = f"No subject has {sum_choices.FEWEST_PUPILS} pupils with a result and known prior attainment who differ."

type Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """An assessment of a year group that is shared (`shared` is its key), or that could be (`assessment` is its)."""

    name: str
    told: str
    sums: Rows
    year_group: str
    assessment: int = 0
    shared: int = 0
    standing: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class SharePage:
    """The switch."""

    title: str
    trust: str
    refusal: str
    rows: Sequence[ShareRow]
    leaves: Sequence[str] = sum_choices.LEAVES
    heads: Sequence[str] = HEADS
    seen_by: Sequence[str] = SEEN_BY
    nothing: str = NOTHING


def share_page(scope: Scope) -> SharePage:
    """Arrange what is shared, then what could be."""
    trust, shared = queries.trust_of(scope), queries.ours(scope)
    taken = {(each.year, each.assessment, each.year_group) for each in shared}
    offered = [each for each in sum_offers.offers(scope, timezone.localdate(scope.at)) if each.key not in taken]
    count = f"{len(shared)} assessments" if len(shared) > 1 else "one assessment"
    return SharePage(
        title=f"We share sums of {count} with our trust" if shared else "We share no sums with our trust",
        trust=trust.name if trust else "",
        refusal="" if trust else rules.NO_TRUST,
        rows=[
            *(_shared(scope, each, trust.pk if trust else 0) for each in shared),
            *(_offered(each) for each in offered),
        ],
    )


def _shared(scope: Scope, row: SharedSums, trust: int) -> ShareRow:
    told = f"Shared with {row.trust.name} since {in_words(row.shared_at)}. Made anew on {in_words(row.made_at)}."
    if row.trust_id != trust:
        told += " The register says that the school belongs to it no longer: nobody sees them there."
    elif not row.by_subject:
        told += f" At present nothing is shared. {TOO_FEW}"
    return ShareRow(
        name=named(row.assessment, row.year_group, row.year),
        told=told,
        sums=_rows(row.by_subject),
        year_group=row.year_group,
        shared=row.pk,
        standing=standing(scope, row) if row.by_subject else "",
    )


def _offered(offer: Offer) -> ShareRow:
    count = len(offer.by_subject)
    told = f"{'One subject' if count == 1 else f'{count} subjects'} could be shared."
    if offer.kept_back:
        told += f" {offer.kept_back} with too few pupils, or all alike, would stay here."
    sat = offer.assessment
    return ShareRow(
        name=named(sat.name, offer.year_group, sat.year),
        told=told if count else "",
        sums=_rows(offer.by_subject),
        year_group=offer.year_group,
        assessment=sat.pk,
        refusal="" if count else TOO_FEW,
    )


def named(assessment: str, year_group: str, year: int) -> str:
    """Return an assessment of a year group as it stands on pages.

    >>> named("GCSE", "11", 2025)
    'GCSE, Year 11, 2025/26'
    """
    group = f"Year {year_group}" if year_group.isdecimal() else year_group
    return f"{assessment}, {group}, {academic_year(year)}"


def standing(scope: Scope, row: SharedSums, page: str = "value-added-standing", **asked: str) -> str:
    """Return the address of where the school stands in what it shares."""
    assert scope.place is not None  # pages of a school
    return reverse(page, kwargs={"urn": scope.place.key, "shared": row.pk}, query=asked)


def _rows(by_subject: Mapping[str, Sequence[float]]) -> Rows:
    rows = [(subject_words(code), *map(_printed, sums)) for code, sums in by_subject.items()]
    return sorted(rows)


def _printed(value: float) -> str:
    return f"{value:,.2f}".removesuffix(".00")
