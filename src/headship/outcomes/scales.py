"""What the scores of an assessment mean on a day: where its scale begins and ends, and the standard on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from headship.outcomes.choices import SCALES
from headship.policy import loader as policy


@dataclass(frozen=True, slots=True)
class Marks:
    """A scale's ends, and the score that reaches its standard; None where the scale has no national standard."""

    lowest: float
    highest: float
    standard: float | None
    checked_on: date | None


def marks_on(scale: str, day: date) -> Marks:
    """Return a scale's ends and standard as they stand on a day."""
    known = SCALES[scale]
    if not known.policy:
        return Marks(*known.ends, standard=None, checked_on=None)
    value = policy.value_on(known.policy, day)
    told = cast("Mapping[str, float]", value.value)
    return Marks(told["lowest"], told["highest"], told["standard"], value.checked_on)
