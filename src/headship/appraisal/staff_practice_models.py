"""Excellent practice, recognised by name: shown to staff with the person's consent alone, which can be taken back."""

from django.db import models

from headship.appraisal.staff_choices import PracticeState
from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School


class ExcellentPractice(models.Model):
    """Something somebody does excellently, as somebody else saw it, and what they said to its being shown."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    seen_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.personal(models.CharField(max_length=200))
    state = classed.school(models.CharField(max_length=10, default=PracticeState.ASKED))
    asked_on = classed.school(models.DateField())
    answered_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="appraisal_practice_once"),)
        indexes = (models.Index(fields=["school", "state", "-asked_on"], name="appraisal_practice_shown"),)
