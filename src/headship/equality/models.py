"""Equality objectives, what a school publishes about equality, and the equality checks of what it decides."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.equality import apart_models as apart_models  # noqa: PLC0414  # its tables are of this application
from headship.equality.choices import AimState, StatementState
from headship.people.models import Person
from headship.policies.models import PolicyVersion
from headship.schools.models import School
from headship.strategy.models import Decision, Priority


class Aim(models.Model):
    """An equality objective: what is to be different, for whom, how anybody will see it, and who answers for it.

    `concerns` are codes of protected characteristics in the policy data. `worded_on` is the day since which it stands
    in these words, where it was published in others before.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    words = classed.personal(models.CharField(max_length=300))
    why = classed.personal(models.CharField(max_length=500, blank=True))
    concerns = classed.school(models.JSONField(default=list))
    measure = classed.personal(models.CharField(max_length=200))
    baseline = classed.personal(models.CharField(max_length=80, blank=True))
    target = classed.personal(models.CharField(max_length=80, blank=True))
    starts_on = classed.school(models.DateField())
    ends_on = classed.school(models.DateField())
    review_on = classed.school(models.DateField())
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    state = classed.school(models.CharField(max_length=12, default=AimState.DRAFT))
    version = classed.school(models.PositiveIntegerField(default=1))
    published_on = classed.school(models.DateField(null=True))
    worded_on = classed.school(models.DateField(null=True))
    ended_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="equality_aim_once"),)


class AimReading(models.Model):
    """Where an equality objective's measure stood on a day. Only ever added to."""

    belongs = Belongs(through="aim")
    aim = classed.school(models.ForeignKey(Aim, on_delete=models.CASCADE, related_name="readings"))
    once = classed.school(models.UUIDField())
    on = classed.school(models.DateField())
    value = classed.personal(models.CharField(max_length=80))
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["aim", "once"], name="equality_reading_once"),)


class AimReview(models.Model):
    """The yearly look at an equality objective: what came of it. Only ever added to."""

    belongs = Belongs(through="aim")
    aim = classed.school(models.ForeignKey(Aim, on_delete=models.CASCADE, related_name="reviews"))
    once = classed.school(models.UUIDField())
    on = classed.school(models.DateField())
    came_of_it = classed.personal(models.TextField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["aim", "once"], name="equality_review_once"),)


class AimChange(models.Model):
    """One line of an equality objective's history, and what was published until then. Only ever added to."""

    belongs = Belongs(through="aim")
    aim = classed.school(models.ForeignKey(Aim, on_delete=models.CASCADE, related_name="changes"))
    on = classed.school(models.DateField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.personal(models.CharField(max_length=200))
    before = classed.personal(models.TextField(blank=True, default="", db_default=""))


class Statement(models.Model):
    """What a school publishes of a year about how it meets its equality duty: words by heading, and objectives.

    One is drafted at most, and one is in force; earlier ones stay. `parts` are words by heading; `kept` are the
    objectives as they were told on the day of publishing, as JSON.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    starts_in = classed.school(models.PositiveSmallIntegerField())
    parts = classed.school(models.JSONField(default=dict))
    aims = classed.school(models.ManyToManyField(Aim, related_name="+"))
    kept = classed.personal(models.TextField(blank=True, default="", db_default=""))
    state = classed.school(models.CharField(max_length=12, default=StatementState.DRAFT))
    version = classed.school(models.PositiveIntegerField(default=1))
    published_on = classed.school(models.DateField(null=True))
    superseded_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["school"],
                condition=models.Q(state=StatementState.DRAFT),
                name="equality_one_statement_drafted",
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=models.Q(state=StatementState.PUBLISHED),
                name="equality_one_statement_in_force",
            ),
        )


class StatementChange(models.Model):
    """One line of a statement's history: drafted, changed, published. Only ever added to."""

    belongs = Belongs(through="statement")
    statement = classed.school(models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="changes"))
    on = classed.school(models.DateField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.school(models.CharField(max_length=200))


class Check(models.Model):
    """Whether a decision, a priority or a version of a policy needs an equality check, and what was found.

    There is one of each at most, and exactly one key says what it is about. `done_on` and `done_by` tell of the last
    time it was done, kept while it is done again.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    decision = classed.school(models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+", null=True))
    priority = classed.school(models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="+", null=True))
    policy_version = classed.school(
        models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="+", null=True)
    )
    once = classed.school(models.UUIDField())
    state = classed.school(models.CharField(max_length=12))
    because = classed.personal(models.CharField(max_length=300, blank=True))
    evidence = classed.personal(models.TextField(blank=True))
    changed = classed.personal(models.TextField(blank=True))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True))
    due_on = classed.school(models.DateField(null=True))
    review_on = classed.school(models.DateField(null=True))
    done_on = classed.school(models.DateField(null=True))
    done_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True))
    settled_on = classed.school(models.DateField())
    version = classed.school(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["decision"], name="equality_check_of_decision"),
            models.UniqueConstraint(fields=["priority"], name="equality_check_of_priority"),
            models.UniqueConstraint(fields=["policy_version"], name="equality_check_of_policy"),
            models.CheckConstraint(
                condition=models.Q(decision__isnull=False, priority=None, policy_version=None)
                | models.Q(decision=None, priority__isnull=False, policy_version=None)
                | models.Q(decision=None, priority=None, policy_version__isnull=False),
                name="equality_check_of_one",
            ),
        )
        indexes = (models.Index(fields=["school", "state", "-id"], name="equality_checks"),)


class Finding(models.Model):
    """What an equality check found for one protected characteristic."""

    belongs = Belongs(through="of")
    of = classed.school(models.ForeignKey(Check, on_delete=models.CASCADE, related_name="findings"))
    characteristic = classed.school(models.CharField(max_length=40))
    effect = classed.school(models.CharField(max_length=12))
    words = classed.personal(models.CharField(max_length=300, blank=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["of", "characteristic"], name="equality_finding_once"),)


class CheckChange(models.Model):
    """One line of an equality check's history, in words of the product's own. Only ever added to."""

    belongs = Belongs(through="of")
    of = classed.school(models.ForeignKey(Check, on_delete=models.CASCADE, related_name="changes"))
    on = classed.school(models.DateField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.school(models.CharField(max_length=200))
