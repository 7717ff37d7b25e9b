"""The steps of the first hour, in order."""

from enum import StrEnum


class Step(StrEnum):
    """Where set-up stands. The first three are taken before anybody has an account, the others signed in."""

    REGISTER = "register"
    SCHOOL = "school"
    ACCOUNT = "account"
    TERMS = "terms"
    PEOPLE = "people"
    DONE = "done"

    @property
    def words(self) -> str:
        """The step as it stands on pages."""
        return f"Step {[*Step].index(self) + 1} of {len(Step)}"
