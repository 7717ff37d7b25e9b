"""Staff appraisal: cycles for groups of staff, and in each somebody's year, known to three people."""

from django.db import models

from headship.appraisal.staff_choices import StaffState
from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School


class StaffCycle(models.Model):
    """An academic year's appraisal of a group of staff: its dates, and who besides the headteacher says who appraises.

    `organiser` sees who appraises whom and how far it is, no content. `moderated`: whether the headteacher looks at the
    ratings beside one another before statements are given. `appeal_days`: the school's own number.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    starts_in = classed.school(models.PositiveSmallIntegerField())
    name = classed.school(models.CharField(max_length=60))
    objectives_by = classed.school(models.DateField())
    half_by = classed.school(models.DateField())
    review_by = classed.school(models.DateField())
    statement_by = classed.school(models.DateField())
    organiser = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True))
    moderated = classed.school(models.BooleanField(default=False, db_default=False))
    appeal_days = classed.school(models.PositiveSmallIntegerField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "once"], name="appraisal_cycle_once"),
            models.UniqueConstraint(fields=["school", "starts_in", "name"], name="appraisal_cycle_named_once"),
        )


class StaffPart(models.Model):
    """A part of what is looked at in a cycle, with its weight of 100."""

    belongs = Belongs(through="cycle")
    cycle = classed.school(models.ForeignKey(StaffCycle, on_delete=models.CASCADE, related_name="parts"))
    number = classed.school(models.PositiveSmallIntegerField())
    name = classed.school(models.CharField(max_length=80))
    weight = classed.school(models.PositiveSmallIntegerField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["cycle", "number"], name="appraisal_part_once"),)


class StaffYear(models.Model):
    """Somebody's appraisal of one academic year: who appraises them, how far it is, its days; no content."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    cycle = classed.school(models.ForeignKey(StaffCycle, on_delete=models.PROTECT, related_name="years"))
    version = classed.school(models.PositiveIntegerField(default=1))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    appraiser = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True))
    starts_in = classed.school(models.PositiveSmallIntegerField())
    ends_on = classed.school(models.DateField())
    state = classed.school(models.CharField(max_length=10, default=StaffState.AIMING))
    set_on = classed.school(models.DateField(null=True))
    first_set_on = classed.school(models.DateField(null=True))  # stays where objectives are taken up and set again
    half_on = classed.school(models.DateField(null=True))
    reviewed_on = classed.school(models.DateField(null=True))
    given_on = classed.school(models.DateField(null=True))
    appeal_until = classed.school(models.DateField(null=True))
    completed_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "person", "starts_in"], name="appraisal_staff_one_a_year"),
        )
        indexes = (models.Index(fields=["appraiser", "-starts_in"], name="appraisal_staff_appraised"),)


class StaffObjective(models.Model):
    """One objective of somebody's year: how it will be seen, how far it was reached in the appraiser's words."""

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(StaffYear, on_delete=models.CASCADE, related_name="objectives"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    words = classed.special(models.CharField(max_length=300))
    measure = classed.special(models.CharField(max_length=400, blank=True))
    reached = classed.special(models.CharField(max_length=10, blank=True))
    assessment = classed.special(models.TextField(blank=True))
    dropped_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["year", "once"], name="appraisal_staff_objective_once"),)


class StaffChange(models.Model):
    """One line of the history of somebody's year, in words of our own, with who appraises. Only ever added to.

    `because`: the reason for it, in whole, in the words of whoever did it.
    `appraising`: whether whoever did it appraised then; they hear no appeal against it.
    """

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(StaffYear, on_delete=models.CASCADE, related_name="changes"))
    at = classed.school(models.DateTimeField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.personal(models.CharField(max_length=200))
    because = classed.special(models.CharField(max_length=300, blank=True, default="", db_default=""))
    appraising = classed.school(models.BooleanField(default=False, db_default=False))


class StaffReflection(models.Model):
    """How somebody sees their own year. Theirs alone until they show it, and again when they take it back."""

    belongs = Belongs(through="year")
    year = classed.school(models.OneToOneField(StaffYear, on_delete=models.CASCADE, related_name="reflection"))
    version = classed.school(models.PositiveIntegerField(default=1))
    words = classed.special(models.TextField())
    shown_on = classed.school(models.DateField(null=True))


class StaffStatement(models.Model):
    """What was said at mid-year, the statement of a year, and the person's comment on it."""

    belongs = Belongs(through="year")
    year = classed.school(models.OneToOneField(StaffYear, on_delete=models.CASCADE, related_name="statement"))
    halfway = classed.special(models.TextField(blank=True))
    overall = classed.special(models.TextField(blank=True))
    needs = classed.special(models.TextField(blank=True))
    action = classed.special(models.TextField(blank=True))
    comments = classed.special(models.TextField(blank=True))
    commented_on = classed.school(models.DateField(null=True))


class StaffRating(models.Model):
    """How a part of a year was rated, in a word and in the appraiser's own words; empty where it was not rated."""

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(StaffYear, on_delete=models.CASCADE, related_name="ratings"))
    part = classed.school(models.ForeignKey(StaffPart, on_delete=models.PROTECT, related_name="+"))
    reached = classed.special(models.CharField(max_length=10, blank=True))
    words = classed.special(models.TextField(blank=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["year", "part"], name="appraisal_staff_rated_once"),)


class StaffCopy(models.Model):
    """What stood when a year was locked, or when something was taken back or up again, line by line. Never changed.

    `stated`: it holds a statement that was given and taken back. Neither that nor `locked`: objectives as set.
    `seal` is a fingerprint of salt and lines, kept in the school's log too. `because`: why it was opened again.
    `heard`: that it was kept when an appeal was heard. `closed`: all that stood when a year was closed before its end.
    """

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(StaffYear, on_delete=models.CASCADE, related_name="copies"))
    number = classed.school(models.PositiveSmallIntegerField())
    made_on = classed.school(models.DateField())
    locked = classed.school(models.BooleanField())
    stated = classed.school(models.BooleanField(default=False, db_default=False))
    heard = classed.school(models.BooleanField(default=False, db_default=False))
    closed = classed.school(models.BooleanField(default=False, db_default=False))
    lines = classed.special(models.TextField())
    salt = classed.school(models.CharField(max_length=32))
    seal = classed.school(models.CharField(max_length=64))
    opened_on = classed.school(models.DateField(null=True))
    because = classed.special(models.CharField(max_length=300, blank=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["year", "number"], name="appraisal_staff_copy_once"),)
