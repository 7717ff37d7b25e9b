"""What published figures let anybody say, in words."""

from collections.abc import Iterable, Sequence

from headship.analysis.figures import Figure, Lacking
from headship.analysis.gaps import Verdict
from headship.core import figures
from headship.core.pages import academic_year, listed
from headship.outcomes.published_choices import is_progress
from headship.outcomes.published_figures import PUBLISHED_AS, Gap, Told
from headship.schools.choices import Published
from headship.schools.published import printed

FEW = frozenset({"SUPP", "LOWCOV", "SP", "SN", "c"})  # the codes that a small number of pupils is behind
AVERAGE = "the average of 0"
UNCERTAIN = {
    Verdict.CANNOT_TELL: "cannot be told from",
    Verdict.TOO_FEW: "of too few pupils to be told from",
    Verdict.NO_INTERVAL: "beside",
    Verdict.ONE_PUPIL: "by one pupil's result apart from",
    Verdict.ABOUT_THE_SAME: "about the same as",
    Verdict.BELOW: "lower than",
    Verdict.ABOVE: "higher than",
}


def shown(value: float, unit: str) -> str:
    """Return a figure as it stands on this page: a share with one decimal, a score with two, at most.

    >>> shown(66.667, "%"), shown(-0.338, "points")
    ('66.7%', '-0.34')
    """
    return printed(round(value, 1) if unit == "%" else value, unit)


def inside(words: str) -> str:
    """Return words as they stand inside a sentence: without a capital, but for an abbreviation or a name.

    >>> inside("Expected standard in reading"), inside("Attainment 8"), inside("Sessions missed: overall absence")
    ('expected standard in reading', 'Attainment 8', 'overall absence')
    """
    words = words.rpartition(": ")[2]
    first = words.split(maxsplit=1)[0]
    named = first[:2].isupper() or first in {"Attainment", "Progress"}
    return words if named else words[:1].lower() + words[1:]


def between(figure: Figure, unit: str) -> str:
    """Return an interval, or nothing where there is none."""
    if figure.interval is None:
        return ""
    low, high = figure.interval
    return f"{shown(low, unit)} to {shown(high, unit)}"


def valued(figure: Figure, unit: str) -> str:
    """Return a figure with its interval, as it stands in a table."""
    assert figure.value is not None  # its caller looked
    return f"{shown(figure.value, unit)} ({between(figure, unit) or 'no interval'})"


def reason(missing: str) -> str:
    """Return why a figure is not shown."""
    return figures.MISSING_WORDS.get(missing, "not published")


def hatched(missing: str) -> str:
    """Return the words beside the hatching that stands for a figure."""
    return "too few to show" if missing in FEW else "not shown"


def against(told: Told) -> str:
    """Return what a figure is held against: England's, or the average of 0 for progress."""
    if told.beside.england is not None:
        return f"England's {shown(told.beside.england, told.measure.unit)}"
    return AVERAGE


def heading(told: Told) -> str:
    """Return the finding about a measure."""
    words = told.measure.words
    if told.figure.value is None:
        return f"{words}: {reason(told.missing)}"
    value = f"{words}: {shown(told.figure.value, told.measure.unit)}"
    if told.verdict is not None:
        return f"{value}, {UNCERTAIN[told.verdict]} {against(told)}"
    if told.beside.middle is not None:
        return f"{value}, {among(told.figure.value, told.beside.middle)}"
    return f"{value}, with nothing published here to hold it against"


def among(value: float, middle: tuple[float, float]) -> str:
    """Say where a value stands among similar schools, and no more than their middle half can bear."""
    low, high = middle
    if low <= value <= high:
        return "about the same as the middle half of similar schools"
    return f"{'higher' if value > high else 'lower'} than in three quarters of similar schools"


def notes(told: Told) -> str:
    """Return what else has to be known of a figure, in a sentence or two."""
    if told.figure.value is None:
        return "It is never read as nought. What it was, nobody can work out from this page."
    said = []
    if told.figure.interval is None:
        said.append("No interval is published with it: whether a difference is more than chance, nobody can say.")
    elif told.figure.method != PUBLISHED_AS:
        said.append("The interval is worked out here, from the number of pupils.")
    if told.beside.middle is not None and told.verdict is not None:
        said.append(f"It is {among(told.figure.value, told.beside.middle)}.")
    return " ".join(said)


def definition(measure: Published, year: int, figure: Figure) -> str:
    """Return what a measure is of: source, year and number of pupils."""
    pupils = f"{figure.n:,} pupils" if figure.n else "number of pupils not published with it"
    progress = " The average pupil in England has 0." if is_progress(measure.code) else ""
    return f"{measure.source}, {academic_year(year)}; {pupils}.{progress}"


# --- what we can say and what we cannot


def can(told: Sequence[Told]) -> list[str]:
    """Return what may be said, one sentence a figure that stands apart."""
    return [_apart(each) for each in told if each.verdict in {Verdict.ABOVE, Verdict.BELOW}]


def _apart(told: Told) -> str:
    assert told.figure.value is not None  # else it would not stand apart
    assert told.verdict is not None
    value, interval = shown(told.figure.value, told.measure.unit), between(told.figure, told.measure.unit)
    said = f"{UNCERTAIN[told.verdict]} {against(told)}"
    return f"{told.measure.words}, {academic_year(told.year)}: {value} ({interval}), {said}."


def cannot(told: Sequence[Told]) -> list[str]:
    """Return what may not be said, alike figures together."""
    groups = (
        (
            [each for each in told if each.verdict is Verdict.CANNOT_TELL],
            "Whether {} differ from England's, or from the average: chance alone makes such differences.",
        ),
        (
            [each for each in told if each.figure.value is not None and each.figure.lacking is Lacking.NO_INTERVAL],
            "Whether {} differ from anybody's by more than chance: no interval is published with them.",
        ),
        (
            [each for each in told if each.figure.value is None or each.verdict is Verdict.TOO_FEW],
            "Anything about {}: the figures are withheld, or of too few pupils to tell.",
        ),
    )
    said = [words.format(_names(group)) for group, words in groups if group]
    return [*said, "Why any of them is as it is, or what next year's pupils will do: a figure tells neither."]


def _names(told: Iterable[Told]) -> str:
    return listed([inside(each.measure.words) for each in told])


# --- the gap

BEHIND = {
    Verdict.BELOW: "disadvantaged pupils were behind others here",
    Verdict.ABOVE: "disadvantaged pupils were ahead of others here",
    Verdict.CANNOT_TELL: "too few pupils to tell whether disadvantaged ones were behind",
    Verdict.TOO_FEW: "too few pupils to tell",
    Verdict.NO_INTERVAL: "no interval is published, so that it may be chance",
    Verdict.NO_FIGURE: "not shown",
}


def hidden(gaps: Sequence[Gap]) -> str:
    """Return which gaps are not shown and why, in one sentence, or nothing."""
    if not gaps:
        return ""
    names = listed([inside(each.measure.words) for each in gaps])
    why = listed(sorted({reason(each.missing) for each in gaps}))
    return f"Not shown: the gap in {names}. A figure of one of the two groups is {why}."


def gap_heading(gap: Gap) -> str:
    """Return the finding about a gap that is known."""
    assert gap.gap.value is not None  # others are told together
    return f"{gap.measure.words}: {difference(gap.gap.value, gap.measure.unit)}; {BEHIND[gap.verdict]}"


def difference(value: float, unit: str) -> str:
    """Return a difference between two figures; between shares it is in percentage points.

    >>> difference(-12.34, "%"), difference(0.25, "points"), difference(-0.5, "points")
    ('-12.3 percentage points', '+0.25', '-0.5')
    """
    told = printed(round(value, 1) if unit == "%" else round(value, 2), "")
    return f"{'+' if value > 0 else ''}{told}{' percentage points' if unit == '%' else ''}"
