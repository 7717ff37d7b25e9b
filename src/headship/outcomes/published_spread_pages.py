"""The parts of the page of published results about many schools: the spread of progress, and spend beside gap."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from headship.core.pages import academic_year
from headship.outcomes import published_drawing as drawing
from headship.outcomes import published_words as words
from headship.outcomes.published_figures import middle_of
from headship.outcomes.published_spend import Spend
from headship.outcomes.published_spread import Spread
from headship.schools.published import printed

type Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SpreadView:
    """All schools of the phase in one measure of progress."""

    heading: str
    words: str
    ours: str
    picture: SafeString
    rows: Rows
    definition: str


def spread_view(spread: Spread) -> SpreadView:
    """Arrange the picture of all schools' intervals, and what it says of ours."""
    apart, measure = spread.apart, spread.measure
    rows = (
        ("Below the average", f"{apart.below:,}"),
        ("Cannot be told from the average", f"{apart.cannot_tell:,}"),
        ("Above the average", f"{apart.above:,}"),
        ("All with an interval", f"{apart.schools:,}"),
    )
    drawn = min(drawing.MOST_DRAWN, apart.schools)
    said = f"{measure.words}: intervals of {drawn:,} schools in order, {apart.share:.0%} of all hold the average"
    return SpreadView(
        heading=f"{measure.words}: {apart.share:.0%} of schools cannot be told from the average",
        words=_behind(spread),
        ours=_ours(spread),
        picture=drawing.caterpillar(spread.values, spread.low, spread.high, spread.ours, said),
        rows=rows,
        definition=f"{measure.source}, {academic_year(spread.year)}; {apart.schools:,} open schools of our phase "
        f"with an interval, {drawn:,} of them drawn, from the lowest value to the highest, without names. The line "
        "across is the average of 0.",
    )


def _behind(spread: Spread) -> str:
    between = spread.effects.between**0.5
    if not between:
        return "Chance alone explains how these schools differ: nothing is left between them."
    return (
        f"Allowing for chance, schools' progress differs by a standard deviation of {printed(between, 'points')} "
        f"points; what is published differs by {printed(float(spread.values.std(ddof=1)), 'points')}."
    )


def _ours(spread: Spread) -> str:
    if spread.ours is None or spread.drawn_in is None:
        return "Ours is not among them: no interval is published of it."
    low, value, high = (float(each[spread.ours]) for each in (spread.low, spread.values, spread.high))
    guess, least, most = (printed(each, "points") for each in spread.drawn_in)
    stands = "is below" if high < 0 else "is above" if low > 0 else "cannot be told from"
    interval = f"{printed(low, 'points')} to {printed(high, 'points')}"
    return (
        f"Ours, {printed(value, 'points')} ({interval}), {stands} the average. "
        f"Drawn towards all schools' mean, as few pupils demand, it is {guess} ({least} to {most})."
    )


@dataclass(frozen=True, slots=True)
class SpendView:
    """What is spent on each pupil beside the gap, at our school and at similar ones."""

    heading: str
    words: str
    picture: SafeString | None
    heads: tuple[str, ...]
    rows: Rows
    definition: str


def spend_view(spend: Spend) -> SpendView:
    """Arrange spending beside the gap."""
    points = spend.points
    known = spend.measure is not None and spend.gap is not None
    said = f"{len(points)} similar schools by pounds spent on each pupil and by their gap" + (
        "; ours is the diamond" if spend.ours else ""
    )
    return SpendView(
        heading=_spend_heading(spend),
        words="" if known else "No gap is published of our school to stand beside it.",
        picture=drawing.scatter(spend.ours, points, said) if known and points else None,
        heads=("What", "Our school", "Middle half of similar schools"),
        rows=_spend_rows(spend),
        definition=_spend_definition(spend),
    )


def _spend_heading(spend: Spend) -> str:
    if spend.expenditure is None:
        return "Spending on each pupil is not known"
    shown = f"Spending was {printed(spend.expenditure, '£')} a pupil in {academic_year(spend.year)}"
    middle = middle_of([spent for _, spent in spend.theirs if spent is not None])
    return f"{shown}, {words.among(spend.expenditure, middle)}" if middle else shown


def _spend_rows(spend: Spend) -> Rows:
    income = [each for each, _ in spend.theirs]
    spent = [each for _, each in spend.theirs]
    year = academic_year(spend.year)
    rows = [
        _compared(f"Income a pupil, {year}", spend.income, income, "£"),
        _compared(f"Spending a pupil, {year}", spend.expenditure, spent, "£"),
    ]
    if spend.measure and spend.gap_year is not None:
        name = f"Gap: {words.inside(spend.measure.words)}, {academic_year(spend.gap_year)}"
        rows.append(_compared(name, spend.gap, spend.their_gaps, f"gap {spend.measure.unit}"))
    return tuple(rows)


def _compared(name: str, ours: float | None, theirs: Sequence[float | None], unit: str) -> tuple[str, ...]:
    middle = middle_of([each for each in theirs if each is not None])
    shown = (
        f"{_printed(middle[0], unit)} to {_printed(middle[1], unit)}" if middle else "too few similar schools have it"
    )
    return name, "not known" if ours is None else _printed(ours, unit), shown


def _printed(value: float, unit: str) -> str:
    return words.difference(value, unit.removeprefix("gap ")) if unit.startswith("gap ") else printed(value, unit)


def _spend_definition(spend: Spend) -> str:
    pupils = (
        "Pupils as published for that year."
        if spend.counted
        else "Pupils worked back from the published teachers and pupils for each of them."
    )
    return (
        f"DfE school financial statements, {academic_year(spend.year)}: all spending, not what was meant for "
        f"disadvantaged pupils. {pupils} Similar schools are alike in their pupils. A pattern among them, or none, "
        "proves nothing about what money does."
    )
