"""Figures of a school's own results in words: what they are, and what they let anybody say."""

from collections.abc import Mapping

from headship.analysis import gaps
from headship.analysis.figures import Figure, Lacking
from headship.analysis.gaps import Sensitivity, Verdict
from headship.core.pages import academic_year
from headship.outcomes.beside import Beside

TOO_FEW = "Too few to tell"
HIDDEN = "too few to show"
LACKING: Mapping[Lacking, str] = {
    Lacking.NOBODY: "no pupil has a result",
    Lacking.TOO_FEW: HIDDEN,
    Lacking.ONE: "one pupil alone has no spread",
    Lacking.ALIKE: "all had the same result, so nobody can say how sure it is",
    Lacking.SOME_UNKNOWN: "some results are still to come",
    Lacking.NO_INTERVAL: "nobody can say how sure it is",
    Lacking.OTHER_MEASURE: "the measure changed in between",
    Lacking.NO_SUCH_YEAR: "the measure does not exist for that year",
    Lacking.NOT_KNOWN: "not known",
}


def number(value: float, unit: str) -> str:
    """Return a number as it is printed in a unit: one decimal, no sign of its own for nought.

    >>> number(103.24, "points"), number(4.0, "grades"), number(71.2, "%"), number(-0.02, "points")
    ('103.2 points', '4.0 grades', '71.2%', '0.0 points')
    """
    rounded = round(value, 1) + 0.0
    return f"{rounded:,.1f}%" if unit == "%" else f"{rounded:,.1f} {unit}"


def bare(value: float) -> str:
    """Return a number without its unit.

    >>> bare(3.14)
    '3.1'
    """
    return f"{round(value, 1) + 0.0:,.1f}"


def whole(figure: Figure, unit: str) -> str:
    """Return a figure with its interval, or why there is none.

    >>> whole(Figure(103.2, 30, 101.1, 105.3, None, "mean 1", 32), "points")
    '103.2 points (between 101.1 and 105.3)'
    """
    if figure.value is None:
        return LACKING[figure.lacking or Lacking.NOT_KNOWN]
    told = number(figure.value, unit)
    if figure.interval is None:
        return f"{told} ({LACKING[figure.lacking or Lacking.NO_INTERVAL]})"
    low, high = figure.interval
    return f"{told} (between {bare(low)} and {bare(high)}{'%' if unit == '%' else ''})"


def of_pupils(figure: Figure) -> str:
    """Return how many pupils a figure rests on.

    >>> of_pupils(Figure(1.0, 30, 0.5, 1.5, None, "mean 1", 32)), of_pupils(Figure(1.0, 8, None, None, None, "m", 8))
    ('30 of 32 pupils', '8 pupils')
    """
    return f"{figure.n:,} pupils" if figure.n == figure.of else f"{figure.n:,} of {figure.of:,} pupils"


def compared(figure: Figure, to: float, name: str, *, fewest: int, small: float) -> str:
    """Say where a figure stands against a number that has no interval of its own.

    >>> compared(Figure(103.2, 30, 101.1, 105.3, None, "mean 1", 30), 100.0, "the standard", fewest=6, small=1.0)
    'above the standard'
    """
    return _COMPARED[gaps.verdict(figure, fewest=fewest, against=to, small=small)].format(name=name)


_COMPARED: Mapping[Verdict, str] = {
    Verdict.NO_FIGURE: "not to be compared with {name}",
    Verdict.TOO_FEW: "too few to compare with {name}",
    Verdict.NO_INTERVAL: "not to be compared with {name}: nobody can say how sure it is",
    Verdict.CANNOT_TELL: "too close to {name} to tell from it",
    Verdict.ONE_PUPIL: "on the same side of {name} as one pupil's result",
    Verdict.ABOUT_THE_SAME: "about the same as {name}",
    Verdict.BELOW: "below {name}",
    Verdict.ABOVE: "above {name}",
}


def difference(  # noqa: PLR0913  # whose difference from whom, and what makes it worth saying
    figure: Figure, who: str, others: str, unit: str, *, fewest: int, small: float, one: Sensitivity | None = None
) -> str:
    """Say whether one group's figure differs from another's, as one sentence.

    >>> gap = Figure(-4.0, 60, -7.0, -1.0, None, "disadvantage-gap 1", 60, (20, 40))
    >>> difference(gap, "Disadvantaged pupils", "others", "points", fewest=6, small=1.0)
    'Disadvantaged pupils were 4.0 points below others (between 1.0 and 7.0)'
    """
    told = gaps.verdict(figure, fewest=fewest, small=small, one=one)
    if told in {Verdict.TOO_FEW, Verdict.NO_FIGURE} or figure.value is None:
        return f"{who}: {TOO_FEW.lower()}"
    if told is Verdict.NO_INTERVAL or figure.interval is None:
        return f"{who}: nobody can say how sure a difference from {others} is"
    if told is Verdict.ABOUT_THE_SAME:
        return f"{who} did about the same as {others}"
    size, low, high = _sizes(figure.value, figure.interval)
    side = "below" if figure.value < 0 else "above"
    if told is Verdict.CANNOT_TELL:
        ends = f"anything from {_signed(figure.interval[0])} to {_signed(figure.interval[1])}"
        return f"{who}: too close to {others} to tell ({ends})"
    tail = ", but one pupil's result could undo that" if told is Verdict.ONE_PUPIL else ""
    return f"{who} were {number(size, _gap_unit(unit))} {side} {others} (between {bare(low)} and {bare(high)}){tail}"


def _sizes(value: float, interval: tuple[float, float]) -> tuple[float, float, float]:
    ends = sorted(abs(end) for end in interval)
    return abs(value), ends[0], ends[1]


def _signed(value: float) -> str:
    size = bare(abs(value))
    return "no difference" if size == "0.0" else f"{size} {'below' if value < 0 else 'above'}"


def _gap_unit(unit: str) -> str:
    return "percentage points" if unit == "%" else unit


def beside(found: Beside, unit: str) -> str:
    """Say what is published beside a figure, and of which year.

    >>> beside(Beside(2022, 46.2, None, "", (41.0, 50.0), 48), "points")
    'Published for 2022/23: England 46.2 points; the middle half of 48 similar schools from 41.0 to 50.0.'
    """
    told = []
    if found.england is not None:
        told.append(f"England {number(found.england, unit)}")
    if found.authority is not None:
        told.append(f"{found.authority_name} {number(found.authority, unit)}")
    if found.middle is not None:
        low, high = (bare(end) for end in found.middle)
        told.append(f"the middle half of {found.alike} similar schools from {low} to {high}")
    return f"Published for {academic_year(found.year)}: {'; '.join(told)}." if told else ""
