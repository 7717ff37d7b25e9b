"""Notes of professional learning (the thin beginning of talent). They belong to the person who wrote them."""

from django.db import models

from headship.core import classed
from headship.people.models import Person
from headship.schools.models import School
from headship.standards.models import Characteristic


class LearningNote(models.Model):
    """Something learned: what, what will change, and how long it took. Private unless its writer shares it."""

    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    what = classed.personal(models.CharField(max_length=200))
    change = classed.personal(models.TextField(blank=True))
    learned_on = classed.personal(models.DateField())
    minutes = classed.personal(models.PositiveIntegerField(null=True))
    visibility = classed.personal(models.CharField(max_length=12))
    written_at = classed.personal(models.DateTimeField())
    withdrawn_at = classed.personal(models.DateTimeField(null=True))
    characteristics = classed.school(models.ManyToManyField(Characteristic, related_name="+"))

    class Meta:
        indexes = (models.Index(fields=["person", "-learned_on", "-id"], name="talent_notes"),)
