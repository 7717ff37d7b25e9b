"""A school's policies by version, who approved and read them; changes in policy, their duties, and what is done."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.policies.choices import OPEN, Answer, Approver, Asks, Progress, Stage
from headship.schools.models import School


class Policy(models.Model):
    """A policy or document of the school: who answers for it, who approves it, how often it is reviewed.

    `required` is the code of its entry in the register of what is required, or blank for one of the school's own.
    `months` is None where nobody set a cycle; `review_on` is then None too, unless a list gave one. `approved_before`
    is when it was last approved before it came here, as a list said. `asks` says who is asked to read it.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    title = classed.personal(models.CharField(max_length=120))
    required = classed.school(models.CharField(max_length=60, blank=True))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True))
    approver = classed.school(models.CharField(max_length=10, default=Approver.BOARD))
    months = classed.school(models.PositiveSmallIntegerField(null=True))
    published = classed.school(models.BooleanField(default=False))
    asks = classed.school(models.CharField(max_length=8, default=Asks.NOBODY))
    asked_posts = classed.school(models.JSONField(default=list))
    days_to_read = classed.school(models.PositiveSmallIntegerField(default=14))
    review_on = classed.school(models.DateField(null=True))
    approved_before = classed.school(models.DateField(null=True))
    withdrawn_on = classed.school(models.DateField(null=True))
    version = classed.school(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="policies_policy_once"),)


class PolicyVersion(models.Model):
    """The words of a policy as they were drafted, approved, and in force from one day until another.

    One is open at most: a draft, one that waits for approval, or one that was approved. `worded_on` is the day its
    words last changed: nobody can have approved them before. `version` tells two writers apart.
    """

    belongs = Belongs(through="policy")
    policy = classed.school(models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="versions"))
    number = classed.school(models.PositiveSmallIntegerField())
    words = classed.personal(models.TextField())
    why = classed.personal(models.CharField(max_length=300, blank=True))
    stage = classed.school(models.CharField(max_length=12, default=Stage.DRAFT))
    worded_on = classed.school(models.DateField())
    in_force_on = classed.school(models.DateField(null=True))
    superseded_on = classed.school(models.DateField(null=True))
    version = classed.school(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["policy", "number"], name="policies_version_once"),
            models.UniqueConstraint(
                fields=["policy"], condition=models.Q(stage__in=OPEN), name="policies_one_version_drafted"
            ),
            models.UniqueConstraint(
                fields=["policy"], condition=models.Q(stage=Stage.IN_FORCE), name="policies_one_version_in_force"
            ),
        )


class PolicyReview(models.Model):
    """A review that found nothing to change, and the day it was approved, which sets the next one."""

    belongs = Belongs(through="policy_version")
    policy_version = classed.school(models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="reviews"))
    once = classed.school(models.UUIDField())
    on = classed.school(models.DateField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    approved_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["policy_version", "once"], name="policies_review_once"),)


class PolicyApproval(models.Model):
    """Who approved a version, or that a review changed nothing in it: in which meeting, on which day.

    Only ever added to.
    """

    belongs = Belongs(through="policy_version")
    policy_version = classed.school(
        models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="approvals")
    )
    review = classed.school(
        models.ForeignKey(PolicyReview, on_delete=models.CASCADE, related_name="approvals", null=True)
    )
    once = classed.school(models.UUIDField())
    approver = classed.school(models.CharField(max_length=10))
    meeting = classed.personal(models.CharField(max_length=200, blank=True))
    on = classed.school(models.DateField())
    recorded_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    recorded_as = classed.school(models.CharField(max_length=30))
    recorded_at = classed.school(models.DateTimeField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["policy_version", "once"], name="policies_approval_once"),)


class Acknowledgement(models.Model):
    """That somebody said they have read a version. Only ever added to."""

    belongs = Belongs(through="policy_version")
    policy_version = classed.school(models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="read_by"))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    on = classed.personal(models.DateField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["policy_version", "person"], name="policies_read_once"),)


class PolicyChange(models.Model):
    """A change in national or local policy: where it stands, since when it holds, what it means for the school."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    title = classed.personal(models.CharField(max_length=160))
    origin = classed.school(models.CharField(max_length=10))
    source = classed.personal(models.CharField(max_length=200))
    link = classed.school(models.URLField(max_length=400, blank=True))
    published_on = classed.school(models.DateField(null=True))
    in_force_on = classed.school(models.DateField(null=True))
    means = classed.personal(models.TextField(blank=True))
    noted_on = classed.school(models.DateField())
    noted_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    version = classed.school(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="policies_change_once"),)


class Duty(models.Model):
    """One thing that a change asks, by when, and how the school answers it: by a policy, an action, or not at all."""

    belongs = Belongs(through="change")
    change = classed.school(models.ForeignKey(PolicyChange, on_delete=models.CASCADE, related_name="duties"))
    once = classed.school(models.UUIDField())
    words = classed.personal(models.CharField(max_length=400))
    due_on = classed.school(models.DateField(null=True))
    answer = classed.school(models.CharField(max_length=8, default=Answer.OPEN))
    policy = classed.school(models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="duties", null=True))
    because = classed.personal(models.CharField(max_length=300, blank=True))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True))
    version = classed.school(models.PositiveIntegerField(default=1))
    withdrawn_on = classed.school(models.DateField(null=True))
    withdrawn_because = classed.personal(models.CharField(max_length=300, blank=True, default="", db_default=""))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["change", "once"], name="policies_duty_once"),
            models.CheckConstraint(
                condition=models.Q(policy__isnull=True) | models.Q(answer=Answer.POLICY), name="policies_duty_by_policy"
            ),
        )


class DutyAction(models.Model):
    """What is done for a duty, by whom, by when; `said` is what was done, or why it was dropped."""

    belongs = Belongs(through="duty")
    duty = classed.school(models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="actions"))
    once = classed.school(models.UUIDField())
    what = classed.personal(models.CharField(max_length=200))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    due_on = classed.school(models.DateField())
    progress = classed.school(models.CharField(max_length=10, default=Progress.TO_DO))
    said = classed.personal(models.CharField(max_length=400, blank=True))
    done_on = classed.school(models.DateField(null=True))
    version = classed.school(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["duty", "once"], name="policies_action_once"),)
