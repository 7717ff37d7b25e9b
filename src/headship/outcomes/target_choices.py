"""What a target can be about, and from how much its chance may be worked out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a target counts."""

    STANDARD = "standard"
    MEAN = "mean"

    @property
    def words(self) -> str:
        """The kind as it stands in forms."""
        return {"standard": "How many pupils reach a score", "mean": "The mean score of the pupils"}[self.value]


@dataclass(frozen=True, slots=True)
class Group:
    """Some pupils of a year group: the fact (`results.FACTS`) and its value that makes them one, and their words."""

    fact: str
    value: str
    words: str


GROUPS: Mapping[str, Group] = {
    f"{each.fact}:{each.value}": each
    for each in (
        Group("disadvantaged", "yes", "disadvantaged pupils"),
        Group("disadvantaged", "no", "pupils who are not disadvantaged"),
        Group("sex", "female", "girls"),
        Group("sex", "male", "boys"),
        Group("sen", "support", "pupils with SEN support"),
        Group("language", "other", "pupils whose first language is other than English"),
    )
}
COHORTS_BACK = 3  # earlier cohorts that speak for this one
ENOUGH_FOR_A_LINE = 12  # pupils of an earlier cohort with both scores
FEW_LACKING = 0.25  # the share of pupils without an earlier score that may borrow the earlier cohort's
HALF_A_PUPIL = 0.5  # where all or none reached it before: nobody is certain for that
