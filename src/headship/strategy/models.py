"""Decisions a school takes and the values they serve (the thin beginning of strategy)."""

from django.db import models

from headship.core import classed
from headship.people.models import Person
from headship.schools.models import School
from headship.standards.models import Characteristic


class Value(models.Model):
    """Something the school stands for, in its own words."""

    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    name = classed.school(models.CharField(max_length=60))
    meaning = classed.school(models.CharField(max_length=200, blank=True))
    retired_at = classed.school(models.DateTimeField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "name"], name="strategy_value_once"),)


class Decision(models.Model):
    """What was decided, why, by whom, and which values it serves."""

    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    what = classed.personal(models.CharField(max_length=200))
    why = classed.personal(models.TextField(blank=True))
    decided_on = classed.school(models.DateField())
    decided_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    decided_as = classed.personal(models.CharField(max_length=30))
    visibility = classed.school(models.CharField(max_length=12))
    noted_at = classed.school(models.DateTimeField())
    withdrawn_at = classed.school(models.DateTimeField(null=True))
    values = classed.school(models.ManyToManyField(Value, related_name="+"))
    characteristics = classed.school(models.ManyToManyField(Characteristic, related_name="+"))

    class Meta:
        indexes = (models.Index(fields=["school", "-decided_on", "-id"], name="strategy_decisions"),)
