"""The relationships between people at a school, and what each means in plain English."""

from enum import StrEnum


class Kind(StrEnum):
    """What one person is to another.

    >>> Kind.COACH.words
    'Coach'
    """

    LINE_MANAGER = "line_manager"
    APPRAISER = "appraiser"
    PANEL_MEMBER = "panel_member"
    ADVISER = "adviser"
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
    Kind.APPRAISER: ("Appraiser", "Sees this person's objectives, appraisal and development goals."),
    Kind.PANEL_MEMBER: ("Appraisal panel member", "Sees what the headteacher shares for their appraisal."),
    Kind.ADVISER: ("Adviser to the panel", "Sees what the headteacher shares for their appraisal, and nothing else."),
    Kind.COACH: ("Coach", "Sees only what this person shares. Nothing of it reaches appraisal."),
}  # fmt: skip
