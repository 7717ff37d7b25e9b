"""The fixed lists of equality: states and the moves between them, protected characteristics, parts of a statement."""

from collections.abc import Mapping
from enum import StrEnum

# How the policy data names the protected characteristics, in the order of the Act.
PROTECTED = (
    "equality.age",
    "equality.disability",
    "equality.gender_reassignment",
    "equality.marriage",
    "equality.pregnancy",
    "equality.race",
    "equality.religion",
    "equality.sex",
    "equality.orientation",
)


class AimState(StrEnum):
    """Where an equality objective stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ENDED = "ended"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return self.value.capitalize()


# A draft nobody publishes can be ended too; what ended stays to be read.
AIM_MOVES: Mapping[AimState, tuple[AimState, ...]] = {
    AimState.DRAFT: (AimState.PUBLISHED, AimState.ENDED),
    AimState.PUBLISHED: (AimState.ENDED,),
    AimState.ENDED: (),
}


class StatementState(StrEnum):
    """Where a statement of equality information stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"draft": "Draft", "published": "In force", "superseded": "Superseded"}[self]


STATEMENT_MOVES: Mapping[StatementState, tuple[StatementState, ...]] = {
    StatementState.DRAFT: (StatementState.PUBLISHED,),
    StatementState.PUBLISHED: (StatementState.SUPERSEDED,),
    StatementState.SUPERSEDED: (),
}
SHOWN = (StatementState.PUBLISHED, StatementState.SUPERSEDED)


class Part(StrEnum):
    """A heading of the yearly statement: the school, the three aims of the duty, and who was heard."""

    SCHOOL = "school"
    UNFAIRNESS = "unfairness"
    OPPORTUNITY = "opportunity"
    RELATIONS = "relations"
    HEARD = "heard"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "school": "Whom our school serves",
            "unfairness": "How we prevent unfair treatment, harassment and victimisation",
            "opportunity": "How we advance equality of opportunity",
            "relations": "How we foster good relations",
            "heard": "Whom we listened to",
        }[self]


class CheckState(StrEnum):
    """Where an equality check stands."""

    NEEDED = "needed"
    DONE = "done"
    NOT_NEEDED = "not_needed"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"needed": "Needed", "done": "Done", "not_needed": "Not needed"}[self]


# A check that is done is begun again when it is due for review; what was not needed can come to be.
CHECK_MOVES: Mapping[CheckState, tuple[CheckState, ...]] = {
    CheckState.NEEDED: (CheckState.DONE, CheckState.NOT_NEEDED),
    CheckState.DONE: (CheckState.NEEDED,),
    CheckState.NOT_NEEDED: (CheckState.NEEDED,),
}


class Effect(StrEnum):
    """What a policy or decision does to those with a protected characteristic, as far as anybody can tell."""

    HELPS = "helps"
    NONE = "none"
    MAY_HARM = "may_harm"
    NOT_KNOWN = "not_known"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {
            "helps": "Helps",
            "none": "No difference seen",
            "may_harm": "May harm",
            "not_known": "Not known",
        }[self]


class Subject(StrEnum):
    """What an equality check is about."""

    DECISION = "decision"
    PRIORITY = "priority"
    POLICY = "policy"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return {"decision": "Decision", "priority": "Priority of the plan", "policy": "Policy"}[self]

    @property
    def model(self) -> str:
        """The model it is, as sources name it."""
        return {
            "decision": "strategy.Decision",
            "priority": "strategy.Priority",
            "policy": "policies.PolicyVersion",
        }[self]

    @property
    def key(self) -> str:
        """The key that leads from a check to it."""
        return {"decision": "decision_id", "priority": "priority_id", "policy": "policy_version_id"}[self]
