"""A school's vision and values, what its board approved, and the decisions that serve them."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School
from headship.standards.models import Characteristic
from headship.strategy.choices import OPEN, Status, VisionState
from headship.strategy.rights_models import Area, AreaVersion, Review, ReviewedDecision, Right, Team, TeamMember

__all__ = [
    "Approval",
    "Area",
    "AreaVersion",
    "Decision",
    "DecisionChange",
    "LookBack",
    "Measured",
    "Milestone",
    "Minute",
    "Objective",
    "Plan",
    "PlanChange",
    "PlanWords",
    "PlannedAction",
    "Priority",
    "Review",
    "ReviewedDecision",
    "Right",
    "Team",
    "TeamMember",
    "Value",
    "Vision",
    "VisionChange",
]


class Value(models.Model):
    """Something the school stands for, in its own words. Retired, never deleted: old decisions still name it."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    name = classed.personal(models.CharField(max_length=60))
    meaning = classed.personal(models.CharField(max_length=200, blank=True))
    version = classed.school(models.PositiveIntegerField(default=1))
    retired_at = classed.school(models.DateTimeField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "name"], name="strategy_value_once"),)


class Decision(models.Model):
    """What was decided, why, by whom, and which values it serves.

    `once` is the form's own mark: the same form sent twice notes one decision. `version` tells two editors apart.
    `review_on` is the day on which it is to be looked back at next; nothing once that was done.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    what = classed.personal(models.CharField(max_length=200))
    why = classed.personal(models.TextField(blank=True))
    decided_on = classed.school(models.DateField())
    decided_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    decided_as = classed.personal(models.CharField(max_length=30))
    visibility = classed.school(models.CharField(max_length=12))
    noted_at = classed.school(models.DateTimeField())
    withdrawn_at = classed.school(models.DateTimeField(null=True))
    area = classed.school(models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True))
    expected = classed.personal(models.CharField(max_length=400, blank=True, default="", db_default=""))
    review_on = classed.school(models.DateField(null=True))
    values = classed.school(models.ManyToManyField(Value, related_name="+"))
    characteristics = classed.school(models.ManyToManyField(Characteristic, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="strategy_decision_once"),)
        indexes = (
            models.Index(fields=["school", "-decided_on", "-id"], name="strategy_decisions"),
            models.Index(fields=["school", "-noted_at"], name="strategy_noted_since"),
            models.Index(
                fields=["school", "review_on"],
                condition=models.Q(review_on__isnull=False, withdrawn_at=None),
                name="strategy_to_look_back_at",
            ),
        )


class DecisionChange(models.Model):
    """One line of a decision's history, in words: noted, changed, withdrawn and why. Only ever added to."""

    belongs = Belongs(through="decision")
    decision = classed.school(models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="changes"))
    at = classed.school(models.DateTimeField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.personal(models.CharField(max_length=400))


class LookBack(models.Model):
    """How a decision turned out, in the words of whoever looked back at it. Only ever added to.

    `expected` is what the decision said then.
    """

    belongs = Belongs(through="decision")
    decision = classed.school(models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="looks"))
    once = classed.school(models.UUIDField())
    on = classed.school(models.DateField())
    expected = classed.personal(models.CharField(max_length=400, blank=True))
    was = classed.personal(models.CharField(max_length=600))
    learned = classed.personal(models.CharField(max_length=600, blank=True))
    as_expected = classed.school(models.CharField(max_length=8))
    again = classed.school(models.CharField(max_length=8))
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["decision", "once"], name="strategy_look_back_once"),)
        indexes = (models.Index(fields=["on"], name="strategy_looked_back_since"),)


class Vision(models.Model):
    """A statement of what a school is for. One is being drafted at most, and one is in force; earlier ones stay.

    `worded_on` is the day its words last changed: a board cannot have agreed them before.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    words = classed.personal(models.TextField())
    state = classed.school(models.CharField(max_length=12, default=VisionState.DRAFT))
    version = classed.school(models.PositiveIntegerField(default=1))
    worded_on = classed.school(models.DateField())
    published_on = classed.school(models.DateField(null=True))
    superseded_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["school"], condition=models.Q(state__in=OPEN), name="strategy_one_vision_drafted"
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=models.Q(state=VisionState.PUBLISHED),
                name="strategy_one_vision_in_force",
            ),
        )


class VisionChange(models.Model):
    """One line of a statement's history: drafted, changed, agreed, published. Only ever added to."""

    belongs = Belongs(through="vision")
    vision = classed.school(models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="changes"))
    at = classed.school(models.DateTimeField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.personal(models.CharField(max_length=300))


class Plan(models.Model):
    """A strategic plan over some years. `version` counts what changes it, so that a board's approval can be told."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    title = classed.personal(models.CharField(max_length=120))
    starts_on = classed.school(models.DateField())
    ends_on = classed.school(models.DateField())
    version = classed.school(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="strategy_plan_once"),)


class PlanChange(models.Model):
    """One change to a plan, in words of the product's own, with the version it made. Only ever added to."""

    belongs = Belongs(through="plan")
    plan = classed.school(models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="changes"))
    version = classed.school(models.PositiveIntegerField())
    on = classed.school(models.DateField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.personal(models.CharField(max_length=300))


class PlanWords(models.Model):
    """A plan told to pupils, parents or staff in their words, for one academic year; shown when the head chooses."""

    belongs = Belongs(through="plan")
    plan = classed.school(models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="told"))
    audience = classed.school(models.CharField(max_length=8))
    starts_in = classed.school(models.PositiveSmallIntegerField())
    words = classed.personal(models.TextField())
    version = classed.school(models.PositiveIntegerField(default=1))
    published_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "audience", "starts_in"], name="strategy_plan_words_once"),
        )


class Priority(models.Model):
    """What a plan puts first, why, for how long, and who answers for it."""

    belongs = Belongs(through="plan")
    plan = classed.school(models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="priorities"))
    once = classed.school(models.UUIDField())
    title = classed.personal(models.CharField(max_length=120))
    why = classed.personal(models.CharField(max_length=500, blank=True))
    starts_on = classed.school(models.DateField())
    ends_on = classed.school(models.DateField())
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    version = classed.school(models.PositiveIntegerField(default=1))
    withdrawn_on = classed.school(models.DateField(null=True))
    withdrawn_because = classed.personal(models.CharField(max_length=300, blank=True, default="", db_default=""))
    values = classed.school(models.ManyToManyField(Value, related_name="+"))
    characteristics = classed.school(models.ManyToManyField(Characteristic, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "once"], name="strategy_priority_once"),)


class Objective(models.Model):
    """What is to be reached, and how anybody will see it. What nobody knows yet is left empty.

    A page tells it as not known.
    """

    belongs = Belongs(through="priority")
    priority = classed.school(models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="objectives"))
    once = classed.school(models.UUIDField())
    words = classed.personal(models.CharField(max_length=200))
    measure = classed.personal(models.CharField(max_length=200, blank=True))
    baseline = classed.personal(models.CharField(max_length=80, blank=True))
    target = classed.personal(models.CharField(max_length=80, blank=True))
    version = classed.school(models.PositiveIntegerField(default=1))
    withdrawn_on = classed.school(models.DateField(null=True))
    withdrawn_because = classed.personal(models.CharField(max_length=300, blank=True, default="", db_default=""))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["priority", "once"], name="strategy_objective_once"),)


class Measured(models.Model):
    """Where an objective's measure stood on a day. Only ever added to."""

    belongs = Belongs(through="objective")
    objective = classed.school(models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="readings"))
    once = classed.school(models.UUIDField())
    on = classed.school(models.DateField())
    value = classed.personal(models.CharField(max_length=80))
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["objective", "once"], name="strategy_measured_once"),)


class PlannedAction(models.Model):
    """What is done for an objective, or for none yet, by when, and what it costs: an amount, or hours at a rate.

    Unknown costs are None.
    """

    belongs = Belongs(through="plan")
    plan = classed.school(models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions"))
    objective = classed.school(
        models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="actions", null=True)
    )
    once = classed.school(models.UUIDField())
    what = classed.personal(models.CharField(max_length=200))
    decision = classed.school(models.ForeignKey(Decision, on_delete=models.SET_NULL, related_name="actions", null=True))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    starts_on = classed.school(models.DateField())
    due_on = classed.school(models.DateField())
    cost = classed.school(models.DecimalField(max_digits=10, decimal_places=2, null=True))
    hours = classed.school(models.DecimalField(max_digits=7, decimal_places=2, null=True))
    rate = classed.school(models.DecimalField(max_digits=7, decimal_places=2, null=True))
    status = classed.school(models.CharField(max_length=10, default=Status.PLANNED))
    because = classed.personal(models.CharField(max_length=300, blank=True))
    done_on = classed.school(models.DateField(null=True))
    version = classed.school(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "once"], name="strategy_action_once"),)


class Milestone(models.Model):
    """A step on the way of an action, with the day it is due and the day it was reached."""

    belongs = Belongs(through="action")
    action = classed.school(models.ForeignKey(PlannedAction, on_delete=models.CASCADE, related_name="milestones"))
    once = classed.school(models.UUIDField())
    words = classed.personal(models.CharField(max_length=160))
    due_on = classed.school(models.DateField())
    reached_on = classed.school(models.DateField(null=True))
    version = classed.school(models.PositiveIntegerField(default=1, db_default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["action", "once"], name="strategy_milestone_once"),)


class Minute(models.Model):
    """What a meeting said about an action: the meeting in words, its day, and the text. Only ever added to."""

    belongs = Belongs(through="action")
    action = classed.school(models.ForeignKey(PlannedAction, on_delete=models.CASCADE, related_name="minutes"))
    once = classed.school(models.UUIDField())
    meeting = classed.personal(models.CharField(max_length=200))
    on = classed.school(models.DateField())
    words = classed.personal(models.CharField(max_length=600))
    noted_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["action", "once"], name="strategy_minute_once"),)


class Approval(models.Model):
    """What the board approved, in which meeting, and the version it had before it. Only ever added to.

    `kept` is what a plan said then, line by line, as `plan_kept` writes it. Exactly one key says what: each further
    thing a board approves gets a key of its own here.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    vision = classed.school(models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="approvals", null=True))
    plan = classed.school(models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="approvals", null=True))
    version = classed.school(models.PositiveIntegerField())
    meeting = classed.personal(models.CharField(max_length=200))
    on = classed.school(models.DateField())
    recorded_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    recorded_as = classed.school(models.CharField(max_length=30))
    recorded_at = classed.school(models.DateTimeField())
    kept = classed.personal(models.TextField(blank=True, default="", db_default=""))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "once"], name="strategy_approval_once"),
            models.CheckConstraint(
                condition=models.Q(vision=None, plan__isnull=False) | models.Q(vision__isnull=False, plan=None),
                name="strategy_approval_of_one",
            ),
        )
