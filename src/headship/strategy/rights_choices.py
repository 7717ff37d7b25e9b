"""Who may hold a part in deciding: a person, whoever has a post, a team or the governing board."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from headship.core.roles import Role

BOARD = "board"
POSTS = (
    Role.HEADTEACHER,
    Role.SENIOR_LEADER,
    Role.MIDDLE_LEADER,
    Role.SAFEGUARDING_LEAD,
    Role.BUSINESS_MANAGER,
    Role.OFFICE,
    Role.TEACHER,
    Role.SUPPORT_STAFF,
    Role.CHAIR,
    Role.CLERK,
)


class Part(StrEnum):
    """What somebody's part in an area is."""

    DECIDES = "decides"
    CONSULTED = "consulted"
    TOLD = "told"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"decides": "Decides", "consulted": "Is consulted", "told": "Is told"}[self]


class Turned(StrEnum):
    """An answer about how something turned out."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return self.value.capitalize()


class How(StrEnum):
    """How the decisions of a yearly review come together."""

    DRAWN = "drawn"
    CHOSEN = "chosen"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"drawn": "Drawn by lot, so that anybody can repeat it", "chosen": "Whoever reviews chooses them"}[self]


@dataclass(frozen=True, slots=True)
class Party:
    """A person, a team, or a post (the board is one of its own); exactly one of them.

    >>> Party.of("person-4").person, Party.of("post-headteacher").post, Party.of("team-2").code
    (4, 'headteacher', 'team-2')
    """

    person: int | None = None
    team: int | None = None
    post: str = ""

    @property
    def code(self) -> str:
        """As forms write it."""
        if self.person is not None:
            return f"person-{self.person}"
        return f"team-{self.team}" if self.team is not None else f"post-{self.post}"

    @classmethod
    def of(cls, code: str) -> Self:
        """Read what a form wrote. Errors: ValueError."""
        kind, _, rest = code.partition("-")
        if kind == "post" and rest in {BOARD, *POSTS}:
            return cls(post=rest)
        if kind == "person":
            return cls(person=int(rest))
        if kind == "team":
            return cls(team=int(rest))
        raise ValueError(code)


THE_BOARD = Party(post=BOARD)

# A list to begin with: names and what is meant. Who decides, each school says for itself.
USUAL_AREAS: tuple[tuple[str, str], ...] = (
    ("Curriculum", "What is taught, in which order, and which courses we offer"),
    ("Assessment and reporting", "What is tested and when, and what families are told"),
    ("Behaviour", "What we expect, what follows, and what we praise"),
    ("Attendance", "How absence is followed up, and what is agreed with families"),
    ("Timetable", "Who teaches whom, when and where"),
    ("Cover and calendar", "Who stands in, and what goes into the school year"),
    ("Staffing", "Which posts there are, and who is appointed"),
    ("Professional development", "What staff learn together, and what time and money it gets"),
    ("Budget", "How the year's money is shared out"),
    ("Purchases", "What is bought in the course of the year"),
    ("Trips and visits", "Which go ahead, and for whom"),
    ("Premises", "Repairs, rooms, and who may use them"),
    ("Communication with families", "What goes out, and in whose name"),
)
