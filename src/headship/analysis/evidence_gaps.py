"""What is thin in a body of evidence, from counts and days alone: no score, and no sum of any kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

AFTER = 6  # months without anything new
DAYS = 30.4375


class Thin(StrEnum):
    """A way in which evidence is thin."""

    NOTHING = "nothing"
    OLD = "old"
    ONE_KIND = "one_kind"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Gap:
    """One way in which evidence is thin: for how many whole months (old), or of which kind alone (one kind)."""

    thin: Thin
    months: int = 0
    kind: str = ""


def evidence_gaps(
    counts: Mapping[str, int], from_work: int, newest: date | None, today: date, after: int = AFTER
) -> tuple[Gap, ...]:
    """Return the ways in which evidence is thin, none where it is not.

    `counts` entries by kind within the time looked at, none of them 0; `from_work` how many of them came from work
    and were not typed for their own sake; `newest` the day of the newest; `after` months without anything new.

    Reference: this project's own reading; docs/methods/evidence-gaps.md.

    >>> evidence_gaps({}, 0, None, date(2026, 11, 29))
    (Gap(thin=<Thin.NOTHING: 'nothing'>, months=0, kind=''),)
    >>> [gap.thin.value for gap in evidence_gaps({"noted": 3}, 0, date(2026, 2, 1), date(2026, 11, 29))]
    ['old', 'one_kind', 'typed']
    """
    if not counts or newest is None:
        return (Gap(Thin.NOTHING),)
    gaps = []
    months = int((today - newest).days / DAYS)
    if months >= after:
        gaps.append(Gap(Thin.OLD, months=months))
    if len(counts) == 1:
        gaps.append(Gap(Thin.ONE_KIND, kind=next(iter(counts))))
    if from_work == 0:
        gaps.append(Gap(Thin.TYPED))
    return tuple(gaps)
