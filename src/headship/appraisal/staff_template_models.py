"""Templates of staff appraisal: what a school begins a group's cycle with each year, and objectives put to many."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.schools.models import School


class StaffTemplate(models.Model):
    """A group's cycle as the school usually sets it up. Its days are month and day alone, such as 10-31.

    Nothing about anybody stands in it: no organiser, no members, none of what was written in a year. Its version goes
    up with its objectives' too, so that nobody takes away what another window just added.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    name = classed.school(models.CharField(max_length=60))
    objectives_by = classed.school(models.CharField(max_length=5))
    half_by = classed.school(models.CharField(max_length=5))
    review_by = classed.school(models.CharField(max_length=5))
    statement_by = classed.school(models.CharField(max_length=5))
    moderated = classed.school(models.BooleanField(default=False))
    appeal_days = classed.school(models.PositiveSmallIntegerField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "once"], name="appraisal_template_once"),
            models.UniqueConstraint(fields=["school", "name"], name="appraisal_template_named_once"),
        )


class StaffTemplatePart(models.Model):
    """A part of what is looked at in cycles of a template, with its weight of 100."""

    belongs = Belongs(through="template")
    template = classed.school(models.ForeignKey(StaffTemplate, on_delete=models.CASCADE, related_name="parts"))
    number = classed.school(models.PositiveSmallIntegerField())
    name = classed.school(models.CharField(max_length=80))
    weight = classed.school(models.PositiveSmallIntegerField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["template", "number"], name="appraisal_template_part_once"),)


class StaffTemplateObjective(models.Model):
    """An objective that can be put to many: its words, and how it will be seen. It names nobody."""

    belongs = Belongs(through="template")
    template = classed.school(models.ForeignKey(StaffTemplate, on_delete=models.CASCADE, related_name="objectives"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    words = classed.school(models.CharField(max_length=300))
    measure = classed.school(models.CharField(max_length=400, blank=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["template", "once"], name="appraisal_template_objective_once"),)
