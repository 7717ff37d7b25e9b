"""Requests about personal data, what was decided of each passage, keeping times of a school, holds, and erasures."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School


class SubjectRequest(models.Model):
    """Somebody asked what a school holds about them, or to have it erased. `received_on` starts the time to answer.

    `drafts`: what the data protection officer decided of drafts that the person was not given yet; empty: not decided.
    """

    belongs = Belongs(school="school", own="person")

    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    asks = classed.personal(models.CharField(max_length=10))
    words = classed.personal(models.TextField(blank=True))
    received_on = classed.personal(models.DateField())
    due_on = classed.personal(models.DateField())
    state = classed.personal(models.CharField(max_length=10))
    noted_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    noted_at = classed.personal(models.DateTimeField())
    closed_by = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    closed_on = classed.personal(models.DateField(null=True))
    outcome = classed.personal(models.TextField(blank=True))
    drafts = classed.personal(models.CharField(max_length=10, blank=True, default="", db_default=""))
    drafts_why = classed.personal(models.TextField(blank=True, default="", db_default=""))
    drafts_by = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    drafts_on = classed.personal(models.DateField(null=True))

    class Meta:
        indexes = (models.Index(fields=["school", "state", "due_on"], name="privacy_requests"),)


class Passage(models.Model):
    """What was decided of one passage before it was given out. Void when the passage changed since (`fingerprint`)."""

    belongs = Belongs(through="request")

    request = classed.personal(models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, related_name="passages"))
    model = classed.school(models.CharField(max_length=60))
    key = classed.school(models.BigIntegerField())
    field = classed.school(models.CharField(max_length=60))
    fingerprint = classed.personal(models.CharField(max_length=64))
    verdict = classed.personal(models.CharField(max_length=10))
    words = classed.personal(models.TextField(blank=True))
    decided_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    decided_at = classed.personal(models.DateTimeField())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["request", "model", "key", "field"], name="privacy_passage_once"),
        )


class KeepingTime(models.Model):
    """How long a school keeps one kind of row, where it differs from what ships. Only ever added to: newest holds."""

    belongs = Belongs(school="school")

    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    model = classed.school(models.CharField(max_length=60))
    version = classed.school(models.PositiveIntegerField())
    months = classed.school(models.PositiveIntegerField())
    ends = classed.school(models.BooleanField())
    reason = classed.school(models.CharField(max_length=200))
    set_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    set_at = classed.school(models.DateTimeField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "model", "version"], name="privacy_time_once"),)


class LegalHold(models.Model):
    """Nothing of this person (or, without one, of this school) is deleted while it runs, whatever else is decided."""

    belongs = Belongs(school="school")

    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    person = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    why = classed.personal(models.CharField(max_length=200))
    until = classed.personal(models.DateField(null=True))
    placed_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    placed_at = classed.personal(models.DateTimeField())
    lifted_by = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    lifted_at = classed.personal(models.DateTimeField(null=True))


class Erasure(models.Model):
    """What was to be deleted, who asked for it and who approved. Without a person: what the keeping times say.

    `fingerprint` covers every row of the dry run: approving something else than what was shown is refused. `counts`
    say how many rows of each model; `prepared_by` is empty where Headship prepared it by itself.
    """

    belongs = Belongs(school="school")

    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    person = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    prepared_by = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    prepared_at = classed.school(models.DateTimeField())
    fingerprint = classed.school(models.CharField(max_length=64))
    counts = classed.school(models.JSONField(default=dict))
    stage = classed.school(models.CharField(max_length=10))
    decided_by = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    decided_at = classed.school(models.DateTimeField(null=True))

    class Meta:
        indexes = (models.Index(fields=["school", "stage", "-prepared_at"], name="privacy_erasures"),)
