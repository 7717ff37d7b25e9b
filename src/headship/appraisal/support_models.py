"""Support before capability: who is supported by whom, its reviews, and a timeline that is only ever added to."""

import secrets

from django.db import models

from headship.appraisal.support_choices import Standing
from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School


def any_key() -> int:
    """Return a random key: numbers in a row would tell, by a gap, that there is one that the reader may not know of."""
    return secrets.randbelow(2**48)


class Support(models.Model):
    """Informal support for a member of staff. All words about it stand in its lines.

    `apart`: it is for a headteacher, so the chair leads it and no leader of the school knows that there is one.
    `yes_on`: the last day on which they had accepted, where they declined since.
    """

    belongs = Belongs(school="school")
    id = classed.school(models.BigIntegerField(primary_key=True, default=any_key))
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    supporter = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    apart = classed.school(models.BooleanField(default=False))
    standing = classed.school(models.CharField(max_length=10, default=Standing.OFFERED))
    offered_on = classed.school(models.DateField())
    accepted_on = classed.school(models.DateField(null=True))
    yes_on = classed.school(models.DateField(null=True))
    ended_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="appraisal_support_once"),)
        indexes = (
            models.Index(fields=["school", "-offered_on", "-id"], name="appraisal_supports"),
            models.Index(fields=["person"], name="appraisal_supported"),
        )


class SupportReview(models.Model):
    """A day on which support is looked at together, and the day on which that was done."""

    belongs = Belongs(through="support")
    support = classed.school(models.ForeignKey(Support, on_delete=models.CASCADE, related_name="reviews"))
    due_on = classed.school(models.DateField())
    held_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["support", "due_on"], name="appraisal_review_a_day"),)


class SupportLine(models.Model):
    """One line of the timeline, in its writer's own words: `reply` where the person wrote it, `said` where another did.

    Only ever added to: a correction is a line of its own, with the key of what it `corrects`. `number` counts the lines
    of one support.
    """

    belongs = Belongs(through="support")
    id = classed.school(models.BigIntegerField(primary_key=True, default=any_key))
    support = classed.school(models.ForeignKey(Support, on_delete=models.CASCADE, related_name="lines"))
    once = classed.school(models.UUIDField())
    number = classed.school(models.PositiveSmallIntegerField())
    kind = classed.school(models.CharField(max_length=10))
    on = classed.school(models.DateField())
    at = classed.school(models.DateTimeField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    said = classed.special(models.TextField(blank=True))
    reply = classed.special(models.TextField(blank=True))
    corrects = classed.school(models.ForeignKey("self", on_delete=models.CASCADE, related_name="+", null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["support", "once"], name="appraisal_line_once"),
            models.UniqueConstraint(fields=["support", "number"], name="appraisal_line_number"),
            models.CheckConstraint(
                condition=models.Q(said="") | models.Q(reply=""), name="appraisal_line_of_one_writer"
            ),
        )
