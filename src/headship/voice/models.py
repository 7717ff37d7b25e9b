"""Surveys, and what reached the school unasked: complaints and compliments.

Of surveys: what is asked of whom, sealed answers while one is open, and what was released when it closed. An
invitation and an answer share no key, no time and no address. Nobody outside this application imports this file.
"""

import secrets
from uuid import uuid4

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School
from headship.voice.choices import FEWEST, Known, State
from headship.voice.complaint_choices import ALLOWED, Stage


class Survey(models.Model):
    """One asking: its questions as they were put, and how few answers are shown together (`fewest`, locked when open).

    `questions` are kept whole, so that an instrument may change; `about` is whose 360 feedback it is, None for a
    survey of the school. `once` is the form's own mark. `own` holds how whom it is about sees themselves, for them
    alone. `typist` types in what comes on paper, and is forgotten when it closes; `paper_to` says where paper goes.
    `translations` hold its words in other languages: by the language's tag, then by the English. `progress` is how far
    it had come on `counted_on`, in whole steps: counted once a day, so that nobody can watch it turn.
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
    reminded_on = classed.school(models.DateField(null=True))
    counted_on = classed.school(models.DateField(null=True))
    progress = classed.school(models.JSONField(default=list, db_default=[]))
    answered = classed.school(models.PositiveIntegerField(null=True))
    own = classed.special(models.JSONField(default=dict))
    standing = classed.special(models.JSONField(default=dict, db_default={}))
    typist = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+"))
    paper_to = classed.school(models.CharField(max_length=120, blank=True, default="", db_default=""))
    translations = classed.school(models.JSONField(default=dict, db_default={}))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="voice_survey_once"),)
        indexes = (models.Index(fields=["school", "-made_on", "-id"], name="voice_surveys"),)


class Invitation(models.Model):
    """Somebody asked, or one printed code of a group: its groups, and whether it was used. No time is kept.

    `email` is for those who are not known here (parents), and goes when the survey closes. The token is sealed, so that
    a reminder carries the same link, and known by its hash when it comes back. `known`, set when the survey opens, says
    whether whoever runs it could have made this one up.
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
    known = classed.personal(models.CharField(max_length=6, default=Known.NOBODY, db_default=Known.NOBODY))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["survey", "person"], name="voice_asked_once"),
            models.UniqueConstraint(
                fields=["survey", "email"], condition=~models.Q(email=""), name="voice_address_asked_once"
            ),
        )


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

    `named` is a name its writer chose to give with it. `theme`: what its reader says it is about.
    """

    belongs = Belongs(through="survey")
    id = classed.school(models.UUIDField(primary_key=True, default=uuid4))
    survey = classed.school(models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="comments"))
    question = classed.school(models.CharField(max_length=40))
    words = classed.special(models.TextField())
    named = classed.personal(models.CharField(max_length=120, blank=True))
    theme = classed.school(models.CharField(max_length=40, blank=True, default="", db_default=""))


class FeedbackShare(models.Model):
    """What somebody shows of the feedback on them, to whom, for what and until when. Nobody sees more, or knows of it.

    `parts` are the characteristics shown (or themes, of statements with none); empty means all. `own` shows how they
    see themselves beside it. `opened_on` is the day the reader last opened it: whose feedback it is reads that.
    """

    belongs = Belongs(through="survey")
    survey = classed.school(models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="shares"))
    reader = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    version = classed.school(models.PositiveIntegerField(default=1))
    why = classed.personal(models.CharField(max_length=10))
    parts = classed.personal(models.JSONField(default=list))
    comments = classed.personal(models.BooleanField(default=False))
    own = classed.personal(models.BooleanField(default=False))
    shown_on = classed.personal(models.DateField())
    until = classed.personal(models.DateField())
    ended_on = classed.personal(models.DateField(null=True))
    opened_on = classed.personal(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["survey", "reader"], name="voice_shown_once"),)
        indexes = (models.Index(fields=["reader", "-until"], name="voice_shown"),)


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


def any_key() -> int:
    """Return a random key: numbers in a row would tell, by a gap, that there is one that the reader may not know of."""
    return secrets.randbelow(2**48)


class Heard(models.Model):
    """What complaints and compliments share: when and how it came, from whom, and what it says."""

    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    received_on = classed.school(models.DateField())
    channel = classed.school(models.CharField(max_length=10))
    from_role = classed.school(models.CharField(max_length=10))
    from_name = classed.special(models.CharField(max_length=120, blank=True))
    from_contact = classed.special(models.CharField(max_length=200, blank=True))
    theme = classed.school(models.CharField(max_length=12))
    said = classed.special(models.TextField())

    class Meta:
        abstract = True


class Complaint(Heard):
    """A complaint. `apart`: it is about the headteacher, so the chair leads it and no leader knows that there is one.

    `about` is whom it concerns of those known here. `owner` answers it; without one, the headteacher, or the chair of
    one that is apart. `due_on` is when its present stage is to be done.
    """

    belongs = Belongs(school="school")
    id = classed.school(models.BigIntegerField(primary_key=True, default=any_key))
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    about = classed.special(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    apart = classed.school(models.BooleanField(default=False))
    owner = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    recorded_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    stage = classed.school(models.CharField(max_length=12, default=Stage.RECEIVED))
    due_on = classed.school(models.DateField(null=True))
    outcome = classed.school(models.CharField(max_length=12, blank=True))
    closed_on = classed.school(models.DateField(null=True))
    panel_members = classed.school(models.PositiveSmallIntegerField(null=True))
    panel_independent = classed.school(models.PositiveSmallIntegerField(null=True))
    panel_fair = classed.school(models.BooleanField(default=False))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="voice_complaint_once"),)
        indexes = (models.Index(fields=["school", "-received_on", "-id"], name="voice_complaints"),)


class ComplaintStep(models.Model):
    """One move of a complaint: to which stage, on what day, what was found and what was answered. Only ever added to.

    `was_due_on` is when the stage before was to be done.
    """

    belongs = Belongs(through="complaint")
    complaint = classed.school(models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="steps"))
    stage = classed.school(models.CharField(max_length=12))
    on = classed.school(models.DateField())
    was_due_on = classed.school(models.DateField(null=True))
    found = classed.special(models.TextField(blank=True))
    answered = classed.special(models.TextField(blank=True))
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))


class ComplaintReader(models.Model):
    """Somebody named to see a complaint besides whoever answers it, and why."""

    belongs = Belongs(through="complaint")
    complaint = classed.school(models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="readers"))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    part = classed.school(models.CharField(max_length=12))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["complaint", "person"], name="voice_reader_once"),)


class Lesson(models.Model):
    """What a school learned from a complaint and does about it; where `shown`, all staff and governors read it."""

    belongs = Belongs(through="complaint")
    id = classed.school(models.BigIntegerField(primary_key=True, default=any_key))
    complaint = classed.school(models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="lessons"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    learned = classed.personal(models.CharField(max_length=300))
    doing = classed.personal(models.CharField(max_length=300))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    due_on = classed.school(models.DateField())
    shown = classed.school(models.BooleanField(default=False))
    done_on = classed.school(models.DateField(null=True))
    came_of_it = classed.personal(models.CharField(max_length=400, blank=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["complaint", "once"], name="voice_lesson_once"),)


class Compliment(Heard):
    """Something kind that reached the school; `about` is to whom it is passed on, with a word of whoever did."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    about = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    recorded_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    passed_on = classed.school(models.DateField(null=True))
    word = classed.personal(models.CharField(max_length=400, blank=True))
    thanked_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="voice_compliment_once"),)
        indexes = (models.Index(fields=["school", "-received_on", "-id"], name="voice_compliments"),)


class Procedure(models.Model):
    """A school's own complaints procedure: how many school days each stage may take, and what it says it provides."""

    belongs = Belongs(school="school")
    school = classed.school(models.OneToOneField(School, on_delete=models.CASCADE, related_name="+"))
    version = classed.school(models.PositiveIntegerField(default=1))
    acknowledge = classed.school(models.PositiveSmallIntegerField(default=ALLOWED[Stage.RECEIVED]))
    answer = classed.school(models.PositiveSmallIntegerField(default=ALLOWED[Stage.ACKNOWLEDGED]))
    come_back = classed.school(models.PositiveSmallIntegerField(default=ALLOWED[Stage.ANSWERED]))
    decide = classed.school(models.PositiveSmallIntegerField(default=ALLOWED[Stage.FORMAL]))
    hear = classed.school(models.PositiveSmallIntegerField(default=ALLOWED[Stage.PANEL]))
    meets = classed.school(models.JSONField(default=list))
    reviewed_on = classed.school(models.DateField(null=True))
