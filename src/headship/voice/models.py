"""Surveys: what is asked of whom, sealed answers while one is open, and what was released when it closed.

An invitation and an answer share no key, no time and no address. Nobody outside this application imports this file.
"""

from uuid import uuid4

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School
from headship.voice.choices import FEWEST, State


class Survey(models.Model):
    """One asking: its questions as they were put, and how few answers are shown together (`fewest`, locked when open).

    `questions` are kept whole, so that an instrument may change; `about` is whose 360 feedback it is, None for a
    survey of the school. `once` is the form's own mark. `own` holds how whom it is about sees themselves, for them
    alone.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    instrument = classed.school(models.CharField(max_length=40))
    title = classed.school(models.CharField(max_length=120))
    opening = classed.school(models.TextField(blank=True))
    questions = classed.school(models.JSONField(default=list))
    about = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+"))
    run_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    state = classed.school(models.CharField(max_length=10, default=State.DRAFT))
    fewest = classed.school(models.PositiveSmallIntegerField(default=FEWEST))
    visibility = classed.school(models.CharField(max_length=12))
    made_on = classed.school(models.DateField())
    opened_on = classed.school(models.DateField(null=True))
    closes_on = classed.school(models.DateField())
    closed_on = classed.school(models.DateField(null=True))
    answered = classed.school(models.PositiveIntegerField(null=True))
    own = classed.special(models.JSONField(default=dict))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="voice_survey_once"),)
        indexes = (models.Index(fields=["school", "-made_on", "-id"], name="voice_surveys"),)


class Invitation(models.Model):
    """Somebody asked, or one printed code of a group: its groups, and whether it was used. No time is kept.

    `email` is for those who are not known here (parents), and goes when the survey closes. The token is sealed, so that
    a reminder carries the same link, and known by its hash when it comes back.
    """

    belongs = Belongs(through="survey")
    id = classed.school(models.UUIDField(primary_key=True, default=uuid4))
    survey = classed.school(models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations"))
    person = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+"))
    email = classed.personal(models.EmailField(blank=True))
    groups = classed.personal(models.JSONField(default=dict))
    token_hash = classed.personal(models.CharField(max_length=64, unique=True))
    sealed_token = classed.personal(models.TextField())
    used = classed.personal(models.BooleanField(default=False))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["survey", "person"], name="voice_asked_once"),)


class Sheet(models.Model):
    """One person's answers, sealed and padded, under a random key, until the survey closes: then it is deleted."""

    belongs = Belongs(through="survey")
    id = classed.school(models.UUIDField(primary_key=True, default=uuid4))
    survey = classed.school(models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="sheets"))
    sealed = classed.special(models.TextField())


class Figure(models.Model):
    """One cell: a question for everybody or one group (of a variable). Without a `count` it is not shown.

    `mean` with its interval is on the scale from 1. `spread` counts the answers of each step, where enough answered.
    Where nearly all chose one step (`nearly`, from 0), that alone stands: unanimity would tell what each of them chose.
    """

    belongs = Belongs(through="survey")
    survey = classed.school(models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="figures"))
    question = classed.school(models.CharField(max_length=40))
    variable = classed.school(models.CharField(max_length=40, blank=True))
    group = classed.school(models.CharField(max_length=60, blank=True))
    count = classed.school(models.PositiveIntegerField(null=True))
    mean = classed.school(models.FloatField(null=True))
    low = classed.school(models.FloatField(null=True))
    high = classed.school(models.FloatField(null=True))
    spread = classed.school(models.JSONField(null=True))
    nearly = classed.school(models.PositiveSmallIntegerField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["survey", "question", "variable", "group"], name="voice_figure_once"),
        )


class Comment(models.Model):
    """Something written in a survey, released when it closed, under a random key and in random order.

    `named` is a name its writer chose to give with it.
    """

    belongs = Belongs(through="survey")
    id = classed.school(models.UUIDField(primary_key=True, default=uuid4))
    survey = classed.school(models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="comments"))
    question = classed.school(models.CharField(max_length=40))
    words = classed.special(models.TextField())
    named = classed.personal(models.CharField(max_length=120, blank=True))


class Promise(models.Model):
    """What the school does about something it was told: by whom, by when, and what came of it."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    survey = classed.school(models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="promises"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    question = classed.school(models.CharField(max_length=40, blank=True))
    said = classed.school(models.CharField(max_length=200))
    doing = classed.school(models.CharField(max_length=300))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    due_on = classed.school(models.DateField())
    made_on = classed.school(models.DateField())
    kept_on = classed.school(models.DateField(null=True))
    came_of_it = classed.school(models.CharField(max_length=400, blank=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="voice_promise_once"),)
