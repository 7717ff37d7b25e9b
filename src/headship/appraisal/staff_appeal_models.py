"""An appeal against somebody's statement, and who hears it."""

from django.db import models

from headship.appraisal.staff_models import StaffYear
from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person


class StaffAppeal(models.Model):
    """Somebody's appeal against their statement, and what those who heard it decided.

    `former`: a statement was given anew since, so that this one stands against it no longer. `read_on`: when the person
    said that they read how it ended.
    """

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(StaffYear, on_delete=models.CASCADE, related_name="appeals"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    lodged_on = classed.school(models.DateField())
    grounds = classed.special(models.TextField())
    heard_on = classed.school(models.DateField(null=True))
    result = classed.special(models.CharField(max_length=10, blank=True))
    words = classed.special(models.TextField(blank=True))
    read_on = classed.school(models.DateField(null=True))
    former = classed.school(models.BooleanField(default=False))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "once"], name="appraisal_staff_appeal_once"),
            models.UniqueConstraint(
                fields=["year"], condition=models.Q(heard_on=None), name="appraisal_staff_appeal_one_open"
            ),
        )


class StaffHearer(models.Model):
    """Somebody who was named to hear an appeal. They read that one year until it is heard, and not after."""

    belongs = Belongs(through="appeal")
    appeal = classed.school(models.ForeignKey(StaffAppeal, on_delete=models.CASCADE, related_name="hearers"))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    since = classed.school(models.DateField())
    ended_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["appeal", "person"], condition=models.Q(ended_on=None), name="appraisal_staff_hearer_once"
            ),
        )
