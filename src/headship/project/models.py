"""How far the first hour of this installation has come, and which backups were made."""

from django.db import models

from headship.core import belonging, classed
from headship.people.models import Person
from headship.schools.models import School


class SetUp(models.Model):
    """The one row that remembers where set-up stands, so that a closed browser goes on where it stopped."""

    belongs = belonging.to_nobody("one row for the installation, from before any school is there")
    step = classed.school(models.CharField(max_length=12))
    school = classed.school(models.ForeignKey(School, null=True, on_delete=models.SET_NULL, related_name="+"))
    person = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+"))
    changed_at = classed.school(models.DateTimeField())


class Backup(models.Model):
    """One backup that was made, or one that failed: then `fault` says why. The files lie elsewhere."""

    belongs = belonging.to_nobody("what operators see of the installation's backups; no school's content")
    made_at = classed.school(models.DateTimeField())
    name = classed.school(models.CharField(max_length=60, blank=True))
    folder = classed.school(models.CharField(max_length=500))
    size = classed.school(models.BigIntegerField(default=0))
    row_count = classed.school(models.BigIntegerField(default=0))
    sha256 = classed.school(models.CharField(max_length=64, blank=True))
    verified_at = classed.school(models.DateTimeField(null=True))
    fault = classed.school(models.CharField(max_length=500, blank=True))
