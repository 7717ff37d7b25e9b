"""The screens of outcomes: exactly what each shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from headship.core import figures
from headship.core.pages import academic_year, listed
from headship.core.scope import Scope
from headship.outcomes import contact_queries, contact_rules, drawing, queries
from headship.outcomes.choices import FEWER, WEIGHTS
from headship.outcomes.models import VisibleContact
from headship.outcomes.similar import Alike, Compared, Similar
from headship.outcomes.target_pages import address
from headship.schools.choices import PUBLISHED
from headship.schools.models import School
from headship.schools.published import printed

METHOD = "similar-schools"
FIRST = 10  # schools shown at once; the others open below
MOST, LITTLE = 2, 0.1  # differences told of a school, and what share of the whole is too little to tell


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure: what it says in words, the picture, and its definition."""

    measure: str
    finding: str
    definition: str
    picture: SafeString | None


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """The schools most like ours, why, where, and how we stand among them; or why that is not known."""

    title: str
    unknown: str
    mend: str
    words: str
    standings: tuple[Standing, ...]
    heads: tuple[str, ...]
    nearest: tuple[tuple[str, ...], ...]
    others: tuple[tuple[str, ...], ...]
    places: SafeString | None
    contact_url: str
    method: str = METHOD


def similar_page(scope: Scope) -> SimilarPage:
    """Arrange the list of similar schools."""
    school, found, compared = queries.similar_here(scope)
    unknown, mend = _unknown(school, found)
    rows = tuple(_row(place, each, compared) for place, each in enumerate(found.alike))
    shown = contact_queries.shown_to(scope, [each.school.pk for each in found.alike])
    if shown:
        rows = tuple((*row, _contact(shown.get(each.school.pk))) for row, each in zip(rows, found.alike, strict=True))
    return SimilarPage(
        title="Schools like ours",
        unknown=unknown,
        mend=mend,
        words="" if unknown else _words(school, found),
        standings=() if unknown else tuple(_standing(each) for each in compared),
        heads=(
            "School",
            "Where",
            "Differs most in",
            *(_short(each) for each in compared),
            *(["Contact"] if shown else []),
        ),
        nearest=rows[:FIRST],
        others=rows[FIRST:],
        places=_places(school, found.alike),
        contact_url="" if contact_rules.show_contact(scope) else address(scope, "similar-contact"),
    )


def _contact(shown: VisibleContact | None) -> str:
    """Say whom to write to at a school that chose to be visible, and about what."""
    return f"{shown.name}, {shown.role}, {shown.email}: {shown.offer}" if shown else "none shown"


def _unknown(school: School, found: Similar) -> tuple[str, str]:
    """Return why a list is not known, and what would mend it; nothing where it is."""
    if school.phase not in WEIGHTS:
        kind = f"for {school.phase.lower()} schools" if school.phase else "for schools whose phase is not known"
        return f"No way to find similar schools is published {kind}.", ""
    if found.year is None:
        return (
            "Nobody has brought in the values by which the Department for Education compares schools, or none is "
            "published of this school.",
            "Whoever keeps this installation running imports them once for all schools.",
        )
    if found.lacking:
        gone = listed(_inside(PUBLISHED[each].words) for each in found.lacking)
        return (
            f"This school has no value for {gone} in {academic_year(found.year)}, so nobody can say which schools are "
            "like it. A value that is not known is never counted as nought.",
            "Where few pupils are behind a value, the Department for Education withholds it: School facts say which. "
            "It may come with the next values that are published.",
        )
    return "", ""


def _words(school: School, found: Similar) -> str:
    assert found.year is not None  # else the list is unknown
    return (
        f"The {len(found.alike)} {school.phase.lower()} schools most like {school.name}, of the {found.known:,} whose "
        f"values for {academic_year(found.year)} are known: alike in their pupils, not in place or in results."
    )


def _standing(each: Compared) -> Standing:
    measure = PUBLISHED[each.measure]
    year = academic_year(each.year)
    if each.ours is None:
        reason = figures.MISSING_WORDS.get(each.missing, "not published")
        return Standing(measure.words, f"Ours is {reason}", f"{measure.source}, {year}", None)
    shown = printed(each.ours, measure.unit)
    definition = f"{measure.source}, {year}. {len(each.known)} similar schools have a figure"
    if each.middle is None:
        return Standing(measure.words, f"Ours is {shown}. {FEWER}", definition, None)
    finding = f"Ours is {shown}: {_stands(each.ours, each.middle)}"
    spread = _spread(each.known, each.middle, measure.unit)
    picture = drawing.strip(each.ours, each.known, each.middle, f"{measure.words}: ours {shown}; {spread}")
    return Standing(measure.words, finding, f"{definition}: {spread}", picture)


def _stands(ours: float, middle: tuple[float, float]) -> str:
    if middle[0] <= ours <= middle[1]:
        return "about the same as the middle half of similar schools"
    return f"{'higher' if ours > middle[1] else 'lower'} than in three quarters of similar schools"


def _spread(known: Sequence[float], middle: tuple[float, float], unit: str) -> str:
    low, high = (printed(round(end, 1) if unit == "%" else end, unit) for end in middle)
    least, most = (printed(end, unit) for end in (min(known), max(known)))
    return f"the middle half from {low} to {high}, all from {least} to {most}"


def _short(each: Compared) -> str:
    return f"{PUBLISHED[each.measure].words}, {academic_year(each.year)}"


def _row(place: int, each: Alike, compared: Sequence[Compared]) -> tuple[str, ...]:
    differs = [
        f"{_inside(PUBLISHED[name].words)} ({share:.0%})" for name, share in each.shares[:MOST] if share >= LITTLE
    ]
    return (
        each.school.name,
        ", ".join(filter(None, (each.school.town, each.school.authority.name if each.school.authority else ""))),
        listed(differs) if differs else "alike in everything",
        *(_figure(column.theirs[place], column.measure) for column in compared),
    )


def _inside(words: str) -> str:
    """Return words as they stand inside a sentence: without a capital, but for an abbreviation."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _figure(value: float | None, measure: str) -> str:
    return "not published" if value is None else printed(value, PUBLISHED[measure].unit)


def _places(school: School, alike: Sequence[Alike]) -> SafeString | None:
    theirs = [place for each in alike if (place := _place(each.school))]
    return drawing.chart_of_places(_place(school), theirs, queries.country()) if theirs else None


def _place(school: School) -> tuple[float, float] | None:
    if school.latitude is None or school.longitude is None:
        return None
    return school.latitude, school.longitude
