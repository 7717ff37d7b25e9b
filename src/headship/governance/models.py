"""What the board keeps: so far, who gets the daily checkpoint of the audit log."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School


class CheckpointReader(models.Model):
    """Somebody chosen to get the school's newest checkpoint by mail, each day that something was done.

    `sent_on` and `sent_length` tell of the last mail: what the log's length was then.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    chosen_by = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+"))
    chosen_at = classed.school(models.DateTimeField())
    sent_on = classed.school(models.DateField(null=True))
    sent_length = classed.school(models.BigIntegerField(default=0))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "person"], name="governance_reader_once"),)
