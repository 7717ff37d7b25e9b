"""The relationships between people at a school, and what each means in plain English.

Who appraises whom is none of them: `appraisal` alone knows that, and says it through the registry.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What one person is to another.

    >>> Kind.COACH.words
    'Coach'
    """

    LINE_MANAGER = "line_manager"
    COACH = "coach"

    @property
    def words(self) -> str:
        """The relationship's name as it stands on pages."""
        return _WORDS[self][0]

    @property
    def meaning(self) -> str:
        """One sentence: what the holder may see of the other person's."""
        return _WORDS[self][1]


_WORDS = {
    Kind.LINE_MANAGER: ("Line manager", "Sees who is in their team and what its members share; not their appraisals."),
    Kind.COACH: ("Coach", "Sees only what this person shares. Nothing of it reaches appraisal."),
}  # fmt: skip
