"""What came of an intervention, in words: a difference and no proof, and no less warm where there is none."""

from headship.analysis.adjusted import AdjustedDifference
from headship.analysis.figures import Lacking
from headship.outcomes.intervention_queries import Came

TOO_FEW = "Too few to tell"
WAITING = "What came of it can be told when the results before and after are in"
NO_PROOF = (
    "Nobody drew lots: pupils were chosen, and what they were chosen for may be why they differ. It is a difference, "
    "and no proof that the intervention made it."
)
NULL = (
    "Not being able to tell is worth knowing. Thank those who tried it and those who measured it, and ask whether what "
    "it costs would do more elsewhere."
)
WHY = {
    Lacking.NOBODY: "nobody takes part, or nobody is left to compare with",
    Lacking.TOO_FEW: "fewer pupils with both results, in one of the two groups, than a figure may rest on",
    Lacking.ALIKE: "all pupils of each group had the same score before",
}


def number(value: float) -> str:
    """Return a number with one decimal at most.

    >>> number(2.0), number(-0.04)
    ('2', '0')
    """
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def finding(came: Came) -> str:
    """Say in one line what came of an intervention."""
    found = came.found
    if found is None:
        return WAITING
    if found.value is None:
        return f"{TOO_FEW}: {WHY[found.lacking or Lacking.TOO_FEW]}"
    if found.low is None or found.high is None:
        return f"{_apart(found.value)}, and nobody can say how sure that is"
    if found.low <= 0 <= found.high:
        return f"Nobody can tell a difference: {_inside(found.value)}, but it may be anything {_between(found)}"
    return f"{_apart(found.value)} ({_between(found)})"


def _apart(value: float) -> str:
    if number(abs(value)) == "0":
        return "Those who took part scored the same as others who had scored the same before"
    way = "higher" if value > 0 else "lower"
    return f"Those who took part scored {number(abs(value))} {way} than others who had scored the same before"


def _inside(value: float) -> str:
    words = _apart(value)
    return words[:1].lower() + words[1:]


def _between(found: AdjustedDifference) -> str:
    assert found.low is not None  # its callers asked
    assert found.high is not None
    return f"from {_way(found.low)} to {_way(found.high)}"


def _way(value: float) -> str:
    if number(abs(value)) == "0":
        return "none"
    return f"{number(abs(value))} {'higher' if value > 0 else 'lower'}"


def can_tell(found: AdjustedDifference | None) -> bool:
    """Whether the interval lies on one side of none."""
    return found is not None and found.low is not None and found.high is not None and not found.low <= 0 <= found.high


def one_pupil(found: AdjustedDifference | None) -> str:
    """Say how the difference hangs on one pupil, without the numbers: they would tell of that pupil."""
    if found is None or found.least is None or found.most is None:
        return ""
    if found.least <= 0 <= found.most:
        return "One pupil decides which way it goes."
    return "Leaving out any one pupil, it would still go the same way."


def effect(found: AdjustedDifference | None) -> str:
    """Say the standardised effect with its interval."""
    if found is None or found.effect is None or found.effect_low is None or found.effect_high is None:
        return ""
    return (
        f"As a share of how far pupils' scores lie apart (Hedges' g): {found.effect:.2f}, from {found.effect_low:.2f} "
        f"to {found.effect_high:.2f}."
    )


def rests(found: AdjustedDifference | None) -> str:
    """Say what the difference rests on."""
    if found is None or found.value is None:
        return ""
    ours, theirs = found.groups
    return f"{ours} pupils who took part and {theirs} others of the year group have both results."
