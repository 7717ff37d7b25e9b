"""What a model makes of the sums that several schools share: how much schools differ, each one's mark without a name.

Everything is rounded so far that one pupil more or less hardly shows (decision 27).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from headship.analysis import value_added
from headship.analysis.figures import Floats
from headship.analysis.value_added import Unfit, ValueAdded
from headship.outcomes.models import SharedSums
from headship.outcomes.sum_choices import FEWEST_SCHOOLS, STEPS, UNLIKE

TWO_SCALES = (
    "The schools' prior attainment is so far apart that it must be on different scales. Agree on one, bring it again, "
    "and the sums are made anew."
)


@dataclass(frozen=True)
class Together:
    """A subject of schools that share: how many, and the model of them; None where nothing may be worked out.

    `ours` is the place of the reader's own school among them; `why_not` says what stands in the way.
    """

    subject: str
    schools: int
    ours: int | None
    fitted: ValueAdded | None
    why_not: str = ""

    @cached_property
    def step(self) -> float:
        """How finely marks are told: a tenth of the pupils' standard deviation, to one figure."""
        assert self.fitted is not None  # asked only where there is a model
        tenth = math.sqrt(self.fitted.residual) / STEPS
        return round(tenth, -math.floor(math.log10(tenth))) if tenth > 0 else 1.0

    @cached_property
    def marks(self) -> Floats:
        """Each school's effect with the ends of its 95% interval (J, 3), in whole steps, the ends rounded outward."""
        assert self.fitted is not None  # as above
        low, high = self.fitted.intervals.T / self.step
        marks: Floats = np.column_stack([(self.fitted.effects[:, 0] / self.step).round(), np.floor(low), np.ceil(high)])
        return marks * self.step + 0.0

    @cached_property
    def order(self) -> list[int]:
        """The schools in the order of their marks, which alone decides: nothing finer shows between equal ones."""
        value, low, high = self.marks.T
        return [int(each) for each in np.lexsort((high, low, value))]

    @property
    def apart(self) -> tuple[int, int, int]:
        """How many schools are below the average, cannot be told from it, and are above."""
        _, low, high = self.marks.T
        below, above = int((high < 0).sum()), int((low > 0).sum())
        return below, self.schools - below - above, above

    @property
    def between(self) -> float:
        """Of what prior attainment does not explain, the share (0 to 1) that lies between schools."""
        assert self.fitted is not None  # as above
        between = float(self.fitted.covariance[0, 0])
        return between / (between + self.fitted.residual)


def of(rows: Sequence[SharedSums], subject: str, *, school: int | None = None) -> Together:
    """Return what can be said of a subject of the schools that share it; `school` is the reader's own."""
    held = [(each.school_id, each.by_subject[subject]) for each in rows if subject in each.by_subject]
    schools = [key for key, _ in held]
    ours = schools.index(school) if school in schools else None
    if len(held) < FEWEST_SCHOOLS:
        return Together(subject, len(held), ours, None)
    sums = np.array([each for _, each in held], dtype=float)
    if _unlike(sums):
        return Together(subject, len(held), ours, None, TWO_SCALES)
    try:
        # Keys by place: which school is whose is known to nobody who reads the model.
        fitted = value_added.fit(value_added.statistics_of_sums(sums, np.arange(len(sums)), "prior attainment"))
    except Unfit as unfit:
        return Together(subject, len(held), ours, None, str(unfit))
    return Together(subject, len(held), ours, fitted)


def _unlike(sums: Floats) -> bool:
    """Whether schools' mean prior attainment lies further apart than pupils of a school ever do."""
    count, x, xx = sums[:, 0], sums[:, 1], sums[:, 3]
    inside = (xx - x * x / count).sum() / (count.sum() - len(sums))
    means = x / count
    return bool(np.abs(means - np.median(means)).max() > UNLIKE * math.sqrt(inside))
