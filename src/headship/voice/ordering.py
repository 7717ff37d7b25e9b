"""In which order a person's characteristics stand by what others say of them, and how far it can be relied on.

Worked out once, when feedback closes, from statements that are shown for everybody; no database here, and no clock.
Only the order is kept, a figure rounded to tenths, and how many people more would have been needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from headship.analysis import many_raters, reliability
from headship.analysis.figures import Floats, Places
from headship.voice import sheets
from headship.voice.instruments import CHOICE, Question
from headship.voice.sheets import Answers

ENOUGH = 0.7  # at which an order can be worked with


@dataclass(frozen=True, slots=True)
class Standing:
    """Parts from what others see most of to least; `relied_on` from 0 to 1; `more` people who would make it usable.

    Both are None where they cannot be told: raters say too much the same, or differ as much as characteristics do.
    """

    order: Sequence[str]
    relied_on: float | None = None
    more: int | None = None


def standing(answers: Sequence[Answers], questions: Sequence[Question], *, fewest: int) -> Standing | None:
    """Return how parts stand, from some statements; None with one part alone, or where fewer than `fewest` rated.

    Who scores everything higher does not lift what they alone were asked about: that is taken out where raters overlap.
    """
    asked = [each for each in questions if each.kind == CHOICE]
    parts = list(dict.fromkeys(each.part for each in asked))
    if len(parts) < 2:
        return None
    steps = np.array([[np.nan if step is None else step for step in sheets.scores(answers, each)] for each in asked])
    steps = steps[:, ~np.isnan(steps).all(axis=0)].T
    if len(steps) < fewest:
        return None
    place = np.array([parts.index(each.part) for each in asked])
    means = np.column_stack([_mean(steps[:, place == part]) for part in range(len(parts))])
    raters = max(1, round(float((~np.isnan(means)).sum(axis=0).mean())))
    components = reliability.profile_components(means)
    told = reliability.profile_reliability(means, raters=raters)
    return Standing(
        order=[parts[each] for each in np.argsort(-_levels(steps, place, means), kind="stable")],
        relied_on=None if told.value is None else round(told.value, 1),
        more=None if components is None else reliability.more_raters(components, raters=raters, target=ENOUGH),
    )


def _mean(steps: Floats) -> Floats:
    """Return each rater's mean of some statements (R, Q), NaN where they answered none."""
    given = ~np.isnan(steps)
    return np.where(given.any(axis=1), np.nansum(steps, axis=1) / np.maximum(given.sum(axis=1), 1), np.nan)


def _levels(steps: Floats, place: Places, means: Floats) -> Floats:
    """Return the level of each part, adjusted for how severe its raters are; as it is where too little was answered."""
    rater, statement = np.nonzero(~np.isnan(steps))
    told = many_raters.rating_sums(steps[rater, statement], place[statement], rater, statement)
    plain = _mean(means.T)
    try:
        found = many_raters.adjusted(told)
    except many_raters.Unfit:
        return plain
    plain[told.people] = found.means
    return plain
