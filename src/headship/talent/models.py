"""Notes of professional learning, and goals (the thin beginning of talent). They belong to whoever wrote them."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School
from headship.standards.models import Characteristic
from headship.talent.choices import Stands


class LearningNote(models.Model):
    """Something learned: what, what will change, and how long it took. Private unless its writer shares it.

    `once` is the form's own mark: the same form sent twice writes one note. `version` tells two windows apart.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
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
        constraints = (models.UniqueConstraint(fields=["school", "person", "once"], name="talent_note_once"),)
        indexes = (
            models.Index(fields=["person", "-learned_on", "-id"], name="talent_notes"),
            models.Index(fields=["school", "-learned_on", "-id"], name="talent_notes_of_school"),
        )


class Goal(models.Model):
    """Something somebody wants to do better: what others would see, the first step, and by when. Theirs to share."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    what = classed.personal(models.CharField(max_length=200))
    step = classed.personal(models.CharField(max_length=300, blank=True))
    due_on = classed.personal(models.DateField())
    visibility = classed.personal(models.CharField(max_length=12))
    state = classed.school(models.CharField(max_length=10, default=Stands.OPEN))
    set_on = classed.personal(models.DateField())
    ended_on = classed.personal(models.DateField(null=True))
    came_of_it = classed.personal(models.CharField(max_length=400, blank=True))
    characteristics = classed.school(models.ManyToManyField(Characteristic, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "person", "once"], name="talent_goal_once"),)
        indexes = (models.Index(fields=["person", "due_on"], name="talent_goals"),)
