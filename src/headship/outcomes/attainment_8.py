"""Attainment 8 of a school's own GCSE results: which results fill which slots."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

import numpy as np

from headship.analysis import attainment
from headship.analysis.figures import Floats
from headship.outcomes.subjects import SUBJECTS, Slot
from headship.policy import loader as policy

NEEDED = frozenset({Slot.ENGLISH, Slot.MATHS})


def of(scores: Mapping[str, Floats], day: date) -> Floats | None:
    """Return each pupil's Attainment 8 (N,), or None where the subjects of these results cannot fill its slots.

    The better of language and literature fills the English slot. The best EBacc results fill theirs; the open slots
    take the best of what is left, the other English result among it. A pupil's own empty slot scores nothing; slots
    that no subject could fill would make a total that looks like the measure and is not.
    """
    slots = {name: [code for code in scores if SUBJECTS[code].slot is name] for name in Slot}
    sizes = cast("Mapping[str, float]", policy.value_on("attainment_8.slots", day).value)
    counts = tuple(int(sizes[name]) for name in ("english", "maths", "ebacc", "open"))
    over = sum(len(slots[name]) for name in Slot) - len(NEEDED) - counts[2]
    if any(not slots[name] for name in NEEDED) or len(slots[Slot.EBACC]) < counts[2] or over < counts[3]:
        return None
    english, other_english = _best(scores, slots[Slot.ENGLISH], 1)
    maths, other_maths = _best(scores, slots[Slot.MATHS], 1)
    ebacc, other_ebacc = _best(scores, slots[Slot.EBACC], counts[2])
    left = np.hstack([other_english, other_maths, other_ebacc, _stacked(scores, slots[Slot.OPEN])])
    open_, _ = _parted(left, counts[3])
    return attainment.attainment_8(english[:, 0], maths[:, 0], ebacc, open_, slots=counts)


def _best(scores: Mapping[str, Floats], codes: Sequence[str], count: int) -> tuple[Floats, Floats]:
    return _parted(_stacked(scores, codes), count)


def _stacked(scores: Mapping[str, Floats], codes: Sequence[str]) -> Floats:
    pupils = len(next(iter(scores.values())))
    return np.column_stack([scores[code] for code in codes]) if codes else np.empty((pupils, 0))


def _parted(results: Floats, count: int) -> tuple[Floats, Floats]:
    """Return each pupil's best `count` results (N, count), NaN where there are fewer, and the rest."""
    padded = np.pad(results, ((0, 0), (0, max(count - results.shape[1], 0))), constant_values=np.nan)
    falling = -np.sort(-padded, axis=1)  # a NaN sorts last
    return falling[:, :count], falling[:, count:]
