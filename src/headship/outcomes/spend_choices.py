"""The ways money is spent, as the Department's pupil premium statement parts them."""

from enum import StrEnum


class Approach(StrEnum):
    """One of the three parts of a pupil premium statement."""

    TEACHING = "teaching"
    TARGETED = "targeted"
    WIDER = "wider"

    @property
    def words(self) -> str:
        """The part as it stands on pages."""
        return {"teaching": "Teaching", "targeted": "Targeted support", "wider": "Wider strategies"}[self.value]


COLUMNS = ("what", "approach", "need", "amount", "premium")
HEADS = ("What", "Approach", "For which need", "Amount, £", "Of it pupil premium, £")
BLANK_ROWS = 6
MOST_ROWS = 60
YEARS_BACK = 3
