"""A target, its chance and its result, in words. Nothing here shows a number that is hidden."""

from headship.analysis.targets import CountOutlook
from headship.core.pages import academic_year, in_words, listed
from headship.outcomes.models import Target
from headship.outcomes.subjects import SUBJECTS
from headship.outcomes.target_choices import GROUPS, Kind
from headship.outcomes.target_outlook import Actual, Outlook, Standing, Unknown, Verdict

TOO_FEW = "too few to tell"
WHY_UNKNOWN = {
    Unknown.SMALL: "It is about so few pupils, or leaves out so few, that a figure could tell of one of them. Nobody "
    "is shown its chance.",
    Unknown.NO_PUPILS: "Nobody has brought in the pupils of that year yet, so nothing can be said of what to expect.",
    Unknown.NOBODY: "No pupil of that group is known in that year.",
    Unknown.NO_EARLIER: "No earlier results like these are here, or too few, so there is nothing to expect by.",
}
CANNOT_KNOW = (
    "It says what to expect if these pupils do as earlier ones did. It cannot know what you will do differently, a "
    "hard paper, or who joins and leaves. It is no forecast of what the school can do."
)


def about(target: Target) -> str:
    """Say what a target is about: "Year 6: Mathematics, disadvantaged pupils"."""
    subject = SUBJECTS[target.subject].words if target.subject in SUBJECTS else target.subject
    group = f", {GROUPS[target.group].words}" if target.group in GROUPS else ""
    return f"{target.year_group}: {subject}{group}"


def number(value: float) -> str:
    """Return a score or a number of pupils as it is printed.

    >>> number(20.0), number(104.25)
    ('20', '104.2')
    """
    return f"{value:.1f}".removesuffix(".0")


def aim(target: Target, n: int | None) -> str:
    """Say what is aimed at."""
    if target.kind == Kind.MEAN:
        return f"a mean of at least {number(target.aim)}"
    of = f" of {n}" if n else ""
    assert target.standard is not None  # pupils are counted
    return f"at least {number(target.aim)}{of} pupils reach {number(target.standard)}"


def chance(value: float) -> str:
    """Say a chance as people say it.

    >>> chance(0.72), chance(0.01), chance(0.99), chance(0.5)
    ('about 7 in 10', 'less than 1 in 20', 'more than 19 in 20', 'about 5 in 10')
    """
    if value < 0.05:
        return "less than 1 in 20"
    return "more than 19 in 20" if value > 0.95 else f"about {max(1, min(9, round(10 * value)))} in 10"


def likely(outlook: Outlook) -> str:
    """Say where the middle half of all that may come lies, and nine tenths."""
    found = outlook.found
    if found is None or found.half is None or found.most is None:
        return ""
    unit = " pupils" if isinstance(found, CountOutlook) else ""
    half, most = (_from_to(*each) for each in (found.half, found.most))
    return f"most likely {half}{unit}; nine times in ten {most}"


def finding(standing: Standing, *, hidden: bool) -> str:
    """Say in one line how a target stands. `hidden`: the reader may not see what it aims at."""
    actual, outlook = standing.actual, standing.outlook
    if standing.target.withdrawn_at:
        return "Withdrawn"
    if actual.verdict != Verdict.WAITING:
        return came(standing.target, actual)
    if outlook.found is None or outlook.found.value is None or hidden:
        why = TOO_FEW if outlook.unknown in {Unknown.SMALL, Unknown.NO_EARLIER} else "nothing to expect by yet"
        return f"{why[:1].upper()}{why[1:]}"
    said, target = chance(outlook.found.value), standing.target
    aimed = f"the mean is at least {number(target.aim)}" if target.kind == Kind.MEAN else aim(target, outlook.n)
    return f"{said[:1].upper()}{said[1:]} that {aimed}; {likely(outlook)}"


def came(target: Target, actual: Actual) -> str:
    """Say what came of a target."""
    if actual.verdict == Verdict.HIDDEN:
        return f"Results are in: {TOO_FEW}"
    said = {Verdict.MET: "Met", Verdict.NOT_MET: "Not met", Verdict.CANNOT_TELL: "Cannot tell"}[actual.verdict]
    return f"{said}: {_value(target, actual)}{_lacking(actual)}"


def _value(target: Target, actual: Actual) -> str:
    assert actual.value is not None  # neither waiting nor hidden
    if target.kind == Kind.MEAN:
        return f"a mean of {number(actual.value)}, of {actual.n} pupils with a result"
    assert target.standard is not None  # pupils are counted
    return f"{number(actual.value)} of {actual.n} pupils with a result reached {number(target.standard)}"


def _lacking(actual: Actual) -> str:
    if not actual.lacking:
        return ""
    enough = ", enough to turn it" if actual.verdict == Verdict.CANNOT_TELL else ""
    return f"; some pupils have no result{enough}"


def rests(outlook: Outlook) -> str:
    """Say what an outlook rests on."""
    if outlook.rests is None:
        return ""
    its = outlook.rests
    years = listed(academic_year(year) for year in sorted(its.years))
    if its.before:
        return (
            f"It rests on these pupils' own scores in “{its.before}”, and on how {its.pupils} pupils who had both went "
            f"on from there in {years}."
        )
    return f"It rests on how {its.pupils} pupils of {years} did, taken as like these."


def due(target: Target) -> str:
    """Say when results are due."""
    return f"{in_words(target.due_on)} ({academic_year(target.year)})"


def _from_to(low: float, high: float) -> str:
    return number(low) if number(low) == number(high) else f"{number(low)} to {number(high)}"
