"""The headteacher's year with the governing board: a compartment that no seniority opens."""

from django.db import models

from headship.appraisal.head_choices import HeadState, Scheme
from headship.core import classed
from headship.core.belonging import Belongs
from headship.evidence.models import Entry
from headship.people.models import Person
from headship.schools.models import School
from headship.standards.models import Characteristic
from headship.strategy.models import Objective, Priority


class HeadYear(models.Model):
    """One headteacher's appraisal of one academic year: who appraises, how far it is, and its dates; no content.

    `once` is the form's own mark; `version` tells two windows apart. `shown_on` lets the next panel read the copies.
    `mend_by`: until when its panel can mend it at least, fixed when it was first agreed.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    head = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    starts_in = classed.school(models.PositiveSmallIntegerField())
    starts_on = classed.school(models.DateField())
    ends_on = classed.school(models.DateField())
    state = classed.school(models.CharField(max_length=10, default=HeadState.APPOINTED))
    scheme = classed.school(models.CharField(max_length=10, default=Scheme.PANEL))
    pay = classed.school(models.BooleanField(default=False))
    moderated = classed.school(models.BooleanField(default=False))
    policy_held = classed.school(models.BooleanField(default=False))
    appeal_days = classed.school(models.PositiveSmallIntegerField(null=True))
    meeting = classed.school(models.CharField(max_length=200))
    appointed_on = classed.school(models.DateField())
    recorded_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    half_due_on = classed.school(models.DateField(null=True))
    meeting_due_on = classed.school(models.DateField(null=True))
    framework = classed.school(models.CharField(max_length=40, blank=True))
    told_on = classed.school(models.DateField(null=True))
    set_on = classed.school(models.DateField(null=True))
    half_on = classed.school(models.DateField(null=True))
    met_on = classed.school(models.DateField(null=True))
    given_on = classed.school(models.DateField(null=True))
    agreed_on = classed.school(models.DateField(null=True))
    mend_by = classed.school(models.DateField(null=True))
    closed_on = classed.school(models.DateField(null=True))
    shown_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "once"], name="appraisal_head_once"),
            models.UniqueConstraint(fields=["school", "head", "starts_in"], name="appraisal_head_one_a_year"),
        )


class HeadMember(models.Model):
    """Somebody who takes part in a headteacher's year: panel, adviser, trust leader, moderator, hearer of an appeal."""

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(HeadYear, on_delete=models.CASCADE, related_name="members"))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    part = classed.school(models.CharField(max_length=10))
    since = classed.school(models.DateField())
    ended_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["year", "person", "part"],
                condition=models.Q(ended_on=None),
                name="appraisal_head_member_once",
            ),
        )


class HeadObjective(models.Model):
    """One objective of a headteacher: what it is tied to, how it will be seen, the head's words, how far it came."""

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(HeadYear, on_delete=models.CASCADE, related_name="objectives"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    words = classed.special(models.CharField(max_length=300))
    pupils = classed.special(models.CharField(max_length=400, blank=True))
    measure = classed.special(models.CharField(max_length=400, blank=True))
    weight = classed.special(models.PositiveSmallIntegerField(null=True))
    priority = classed.school(models.ForeignKey(Priority, on_delete=models.SET_NULL, related_name="+", null=True))
    objective = classed.school(models.ForeignKey(Objective, on_delete=models.SET_NULL, related_name="+", null=True))
    characteristics = classed.school(models.ManyToManyField(Characteristic, related_name="+"))
    own_words = classed.special(models.TextField(blank=True))
    reached = classed.special(models.CharField(max_length=10, blank=True))
    assessment = classed.special(models.TextField(blank=True))
    dropped_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["year", "once"], name="appraisal_head_objective_once"),)


class HeadNote(models.Model):
    """What was said on a day: the adviser's advice, the mid-year review, the panel's meeting, moderation. Added to.

    `of_version`: which version of the statement was moderated; another one is moderated anew.
    """

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(HeadYear, on_delete=models.CASCADE, related_name="notes"))
    once = classed.school(models.UUIDField())
    kind = classed.school(models.CharField(max_length=12))
    on = classed.school(models.DateField())
    words = classed.special(models.TextField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    of_version = classed.school(models.PositiveIntegerField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["year", "once"], name="appraisal_head_note_once"),)


class HeadReflection(models.Model):
    """How a headteacher sees their own year. Theirs alone until they show it, and again when they take it back."""

    belongs = Belongs(through="year")
    year = classed.school(models.OneToOneField(HeadYear, on_delete=models.CASCADE, related_name="reflection"))
    version = classed.school(models.PositiveIntegerField(default=1))
    words = classed.special(models.TextField())
    shown_on = classed.school(models.DateField(null=True))


class HeadEvidence(models.Model):
    """An entry of the Standards profile that the headteacher shows those who appraise them, and why."""

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(HeadYear, on_delete=models.CASCADE, related_name="evidence"))
    entry = classed.personal(models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+"))
    why = classed.special(models.CharField(max_length=300, blank=True))
    shown_on = classed.school(models.DateField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["year", "entry"], name="appraisal_head_evidence_once"),)


class HeadStatement(models.Model):
    """The statement: how the year went against the standards, what to learn next and how, and the head's comments."""

    belongs = Belongs(through="year")
    year = classed.school(models.OneToOneField(HeadYear, on_delete=models.CASCADE, related_name="statement"))
    version = classed.school(models.PositiveIntegerField(default=1))
    standards = classed.special(models.TextField(blank=True))
    needs = classed.special(models.TextField(blank=True))
    action = classed.special(models.TextField(blank=True))
    pay = classed.special(models.TextField(blank=True))
    comments = classed.special(models.TextField(blank=True))
    commented_on = classed.school(models.DateField(null=True))


class HeadCopy(models.Model):
    """What stood when a year was locked, a statement was taken back, or objectives were taken up again. Never changed.

    `given`: the statement that the headteacher had and answered to. `seal` is a fingerprint of salt and lines, kept in
    the log too; copies of before have none. `because`: why it was opened again, or the objectives were taken up again.
    """

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(HeadYear, on_delete=models.CASCADE, related_name="copies"))
    number = classed.school(models.PositiveSmallIntegerField())
    made_on = classed.school(models.DateField())
    locked = classed.school(models.BooleanField())
    given = classed.school(models.BooleanField(default=False, db_default=False))
    lines = classed.special(models.TextField())
    salt = classed.school(models.CharField(max_length=32, blank=True, default="", db_default=""))
    seal = classed.school(models.CharField(max_length=64, blank=True, default="", db_default=""))
    opened_on = classed.school(models.DateField(null=True))
    because = classed.special(models.CharField(max_length=300, blank=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["year", "number"], name="appraisal_head_copy_once"),)


class HeadAppeal(models.Model):
    """A headteacher's appeal against a locked copy, one for each, and what those who heard it decided."""

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(HeadYear, on_delete=models.CASCADE, related_name="appeals"))
    once = classed.school(models.UUIDField())
    lodged_on = classed.school(models.DateField())
    grounds = classed.special(models.TextField())
    heard_on = classed.school(models.DateField(null=True))
    against = classed.school(models.ForeignKey(HeadCopy, on_delete=models.CASCADE, related_name="+", null=True))
    heard_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True))
    result = classed.special(models.CharField(max_length=10, blank=True))
    words = classed.special(models.TextField(blank=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["year", "once"], name="appraisal_head_appeal_once"),)


class HeadChange(models.Model):
    """One line of a year's history, in words of the product's own. Only ever added to."""

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(HeadYear, on_delete=models.CASCADE, related_name="changes"))
    at = classed.school(models.DateTimeField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.school(models.CharField(max_length=200))
