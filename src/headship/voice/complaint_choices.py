"""The fixed lists of complaints and compliments: how they come, from whom, about what, and a complaint's stages."""

from collections.abc import Mapping
from enum import StrEnum


class Channel(StrEnum):
    """How something reached the school."""

    LETTER = "letter"
    MAIL = "mail"
    PHONE = "phone"
    IN_PERSON = "in_person"
    FORM = "form"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "letter": "By letter",
            "mail": "By e-mail",
            "phone": "By phone",
            "in_person": "In person",
            "form": "By the school's own form",
        }[self]


class From(StrEnum):
    """What somebody who complains, or praises, is to the school."""

    PARENT = "parent"
    PUPIL = "pupil"
    NEIGHBOUR = "neighbour"
    STAFF = "staff"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "parent": "A parent or carer",
            "pupil": "A pupil",
            "neighbour": "A neighbour",
            "staff": "Somebody who works here",
            "other": "Somebody else",
        }[self]


class Theme(StrEnum):
    """What a complaint or a compliment is about, so that they can be counted. Few, and in everybody's words."""

    TEACHING = "teaching"
    HOMEWORK = "homework"
    BEHAVIOUR = "behaviour"
    BULLYING = "bullying"
    SUPPORT = "support"
    TOLD = "told"
    STAFF = "staff"
    ACTIVITIES = "activities"
    SITE = "site"
    RULES = "rules"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As it stands on pages, after "about"."""
        return _THEMES[self]


_THEMES = {
    "teaching": "Teaching and learning",
    "homework": "Homework and assessment",
    "behaviour": "Behaviour and how it is dealt with",
    "bullying": "Bullying",
    "support": "Help for a pupil who needs more",
    "told": "What families are told, and when",
    "staff": "How somebody was spoken to or treated",
    "activities": "Clubs, trips and events",
    "site": "Buildings, meals, transport and parking",
    "rules": "Uniform, admissions and other rules",
    "other": "Something else",
}


class Stage(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    FORMAL = "formal"
    DECIDED = "decided"
    PANEL = "panel"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """Where it stands, as on pages."""
        return _STAGES[self][0]

    @property
    def doing(self) -> str:
        """What is done to bring a complaint here: a button's words."""
        return _STAGES[self][1]

    @property
    def asks(self) -> str:
        """What a complaint that stands here asks of whoever answers it; nothing once it is closed."""
        return _STAGES[self][2]

    @property
    def done(self) -> str:
        """What was done when a complaint came here, on its timeline."""
        return _STAGES[self][3]


_STAGES = {
    "received": ("Received", "", "Acknowledge it", "Received"),
    "acknowledged": ("Acknowledged", "Say that it was acknowledged", "Answer it informally", "Acknowledged"),
    "answered": ("Answered informally", "Answer it informally", "Close it, or take it further", "Answered informally"),
    "formal": ("Formal stage", "Take it to the formal stage", "Investigate and decide it", "Taken to the formal stage"),
    "decided": ("Decided formally", "Say what was found and decided", "Close it, or take it to a panel", "Decided"),
    "panel": ("Panel of governors", "Take it to a panel of governors", "Hear it in a panel", "Taken to a panel"),
    "closed": ("Closed", "Close it", "", "Closed"),
}

# A closed one is opened again where whoever complained comes back: to the next stage, and not to one passed already.
MOVES: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.RECEIVED: (Stage.ACKNOWLEDGED, Stage.CLOSED),
    Stage.ACKNOWLEDGED: (Stage.ANSWERED, Stage.FORMAL, Stage.CLOSED),
    Stage.ANSWERED: (Stage.CLOSED, Stage.FORMAL),
    Stage.FORMAL: (Stage.DECIDED, Stage.CLOSED),
    Stage.DECIDED: (Stage.CLOSED, Stage.PANEL),
    Stage.PANEL: (Stage.CLOSED,),
    Stage.CLOSED: (Stage.FORMAL, Stage.PANEL),
}


class Outcome(StrEnum):
    """How a complaint ended."""

    RESOLVED = "resolved"
    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "resolved": "Resolved informally",
            "upheld": "Upheld",
            "partly": "Partly upheld",
            "not_upheld": "Not upheld",
            "withdrawn": "Withdrawn",
        }[self]


# Which outcomes a complaint may be closed with, by where it stood: what nobody decided is not upheld or otherwise.
ENDS: Mapping[Stage, tuple[Outcome, ...]] = {
    Stage.RECEIVED: (Outcome.WITHDRAWN,),
    Stage.ACKNOWLEDGED: (Outcome.WITHDRAWN,),
    Stage.ANSWERED: (Outcome.RESOLVED, Outcome.WITHDRAWN),
    Stage.FORMAL: (Outcome.WITHDRAWN, Outcome.RESOLVED),
    Stage.DECIDED: (Outcome.UPHELD, Outcome.PARTLY, Outcome.NOT_UPHELD, Outcome.WITHDRAWN),
    Stage.PANEL: (Outcome.UPHELD, Outcome.PARTLY, Outcome.NOT_UPHELD, Outcome.WITHDRAWN),
}


class Part(StrEnum):
    """Why somebody is named to see a complaint besides whoever answers it."""

    INVESTIGATES = "investigates"
    PANEL = "panel"
    CLERK = "clerk"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"investigates": "Investigates", "panel": "Sits on the panel", "clerk": "Clerks it"}[self]


# What a procedure allows until somebody sets the school's own, in school days. Not rules of England: those set none.
ALLOWED: Mapping[Stage, int] = {
    Stage.RECEIVED: 3,
    Stage.ACKNOWLEDGED: 10,
    Stage.ANSWERED: 10,
    Stage.FORMAL: 20,
    Stage.DECIDED: 10,
    Stage.PANEL: 20,
}
LONGEST = 120  # school days: more than half a year of them
KEPT_MONTHS = 72
