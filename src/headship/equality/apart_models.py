"""What staff said of themselves, kept apart: no other application reads these tables (pyproject.toml says so).

What leaves them are comparisons that were released once, and stay as they were shown.
"""

from uuid import uuid4

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School


class SaidOfSelf(models.Model):
    """One thing somebody said of themselves. There is no row for what they would rather not say.

    `mark` stands for the answer as long as it stands; said otherwise, or taken back and said again, it has another.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    person = classed.special(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    asked = classed.special(models.CharField(max_length=40))
    said = classed.special(models.CharField(max_length=40))
    mark = classed.special(models.UUIDField(default=uuid4, unique=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "person", "asked"], name="equality_said_once"),)


class FairnessRelease(models.Model):
    """That a finished academic year was compared by what staff said of themselves: once, whatever it showed."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    starts_in = classed.school(models.PositiveSmallIntegerField())
    made_on = classed.school(models.DateField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "starts_in"], name="equality_released_once"),)


class FairnessShown(models.Model):
    """One line as it was shown: a group beside all others, in shares with their intervals, or the words alone."""

    belongs = Belongs(through="release")
    release = classed.school(models.ForeignKey(FairnessRelease, on_delete=models.CASCADE, related_name="lines"))
    asked = classed.school(models.CharField(max_length=40))
    outcome = classed.school(models.CharField(max_length=12))
    group = classed.school(models.CharField(max_length=40, blank=True))
    words = classed.school(models.CharField(max_length=120))
    share = classed.school(models.FloatField(null=True))
    low = classed.school(models.FloatField(null=True))
    high = classed.school(models.FloatField(null=True))
    count = classed.school(models.PositiveSmallIntegerField(null=True))
    others_share = classed.school(models.FloatField(null=True))
    others_low = classed.school(models.FloatField(null=True))
    others_high = classed.school(models.FloatField(null=True))
    others_count = classed.school(models.PositiveSmallIntegerField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["release", "asked", "outcome", "group"], name="equality_shown_once"),
        )


class FairnessCounted(models.Model):
    """That an answer was counted in what was shown, and what held of whoever gave it. Not who, and not what they said.

    It stays when the answer is gone, and then leads to nobody: later years are held against it.
    """

    belongs = Belongs(through="release")
    release = classed.school(models.ForeignKey(FairnessRelease, on_delete=models.CASCADE, related_name="counted"))
    asked = classed.special(models.CharField(max_length=40))
    mark = classed.special(models.UUIDField())
    held = classed.special(models.JSONField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["release", "asked", "mark"], name="equality_counted_once"),)
