"""Decisions a school takes and the values they serve (the thin beginning of strategy)."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School
from headship.standards.models import Characteristic


class Value(models.Model):
    """Something the school stands for, in its own words. Retired, never deleted: old decisions still name it."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    name = classed.school(models.CharField(max_length=60))
    meaning = classed.school(models.CharField(max_length=200, blank=True))
    version = classed.school(models.PositiveIntegerField(default=1))
    retired_at = classed.school(models.DateTimeField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "name"], name="strategy_value_once"),)


class Decision(models.Model):
    """What was decided, why, by whom, and which values it serves.

    `once` is the form's own mark: the same form sent twice notes one decision. `version` tells two editors apart.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
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
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="strategy_decision_once"),)
        indexes = (models.Index(fields=["school", "-decided_on", "-id"], name="strategy_decisions"),)


class DecisionChange(models.Model):
    """One line of a decision's history, in words: noted, changed, withdrawn and why. Only ever added to."""

    belongs = Belongs(through="decision")
    decision = classed.school(models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="changes"))
    at = classed.school(models.DateTimeField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.personal(models.CharField(max_length=400))
