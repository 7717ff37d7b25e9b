"""What the board of an academy settled for itself, where the regulations bind maintained schools alone."""

from datetime import date

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School


class OwnRule(models.Model):
    """A board's own rule of appraisal, from the day it was adopted until the next one. Empty: as the regulations say.

    Days are month and day alone, such as 12-31. It holds for years that end on `adopted_on` or later, and for none that
    had ended when it was first recorded here; of those recorded before `recorded_on` was kept, that is not known.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    adopted_on = classed.school(models.DateField())
    recorded_on = classed.school(models.DateField(null=True))
    meeting = classed.school(models.CharField(max_length=150))
    panel_least = classed.school(models.PositiveSmallIntegerField(null=True))
    panel_most = classed.school(models.PositiveSmallIntegerField(null=True))
    adviser_asked = classed.school(models.BooleanField(default=True))
    head_by = classed.school(models.CharField(max_length=5, blank=True))
    staff_by = classed.school(models.CharField(max_length=5, blank=True))
    recorded_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "once"], name="appraisal_own_rule_once"),
            models.UniqueConstraint(fields=["school", "adopted_on"], name="appraisal_own_rule_one_a_day"),
        )

    @property
    def holds_from(self) -> date:
        """The day on which, or later, a year must end for this to hold for it."""
        return max(self.adopted_on, self.recorded_on or self.adopted_on)
