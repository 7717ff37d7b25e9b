"""Moderation of staff appraisal: a year looked at beside those of its group, and what came of it."""

from django.db import models

from headship.appraisal.staff_models import StaffYear
from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person


class StaffModeration(models.Model):
    """That somebody's objectives or ratings were looked at beside those of their group.

    Where `asked` holds words, whoever appraises was asked to look again, and `answer` says what they found. `before`
    and `after` keep what stood when it was looked at, and when that was settled; there is no `after` until then.
    """

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(StaffYear, on_delete=models.CASCADE, related_name="moderations"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    looked = classed.school(models.CharField(max_length=10))
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    on = classed.school(models.DateField())
    asked = classed.special(models.TextField(blank=True))
    answer = classed.special(models.TextField(blank=True))
    settled_on = classed.school(models.DateField(null=True))
    before = classed.special(models.TextField())
    after = classed.special(models.TextField(blank=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "once"], name="appraisal_moderation_once"),
            models.UniqueConstraint(
                fields=["year", "looked"], condition=models.Q(settled_on=None), name="appraisal_moderation_one_open"
            ),
        )
