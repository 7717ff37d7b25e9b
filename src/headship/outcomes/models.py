"""A school's own pupils as figures need them: what is known of each in a year, what was assessed, and the scores.

Pupils stand by a keyed hash (`people.Pupil`). Their names are kept only where the school switched that on.
"""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person, Pupil
from headship.schools.models import School, Trust

YEAR = "The academic year's first calendar year: 2026 is 2026/27."


class PupilYear(models.Model):
    """What is known of a pupil in an academic year. Blank, or None, is not known, and never counted as no."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    pupil = classed.personal(models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+"))
    year = classed.school(models.PositiveSmallIntegerField(help_text=YEAR))
    year_group = classed.personal(models.CharField(max_length=20, blank=True))
    sex = classed.personal(models.CharField(max_length=10, blank=True))
    ethnicity = classed.special(models.CharField(max_length=80, blank=True))
    language = classed.special(models.CharField(max_length=10, blank=True))
    sen = classed.special(models.CharField(max_length=10, blank=True))
    disadvantaged = classed.special(models.BooleanField(null=True))
    prior = classed.personal(models.FloatField(null=True, help_text="Prior attainment, in the file's own scale."))
    sessions_possible = classed.personal(models.PositiveIntegerField(null=True))
    sessions_missed = classed.personal(models.PositiveIntegerField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "year", "pupil"], name="outcomes_pupil_year_once"),
            models.CheckConstraint(
                condition=models.Q(sessions_missed=None)
                | models.Q(sessions_possible__isnull=False, sessions_missed__lte=models.F("sessions_possible")),
                name="outcomes_missed_of_possible",
            ),
        )


class Assessment(models.Model):
    """Something that pupils sat or were given in a year: national tests, examinations, a teacher's assessment.

    `scale` says what its scores mean (`choices.SCALES`).
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    year = classed.school(models.PositiveSmallIntegerField(help_text=YEAR))
    name = classed.school(models.CharField(max_length=80))
    scale = classed.school(models.CharField(max_length=20))
    taken_on = classed.school(models.DateField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "year", "name"], name="outcomes_assessment_once"),)


class Scores(models.Model):
    """One pupil's scores in one assessment, by subject (`subjects.SUBJECTS`); a subject not there has no score."""

    belongs = Belongs(through="assessment")
    assessment = classed.school(models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores"))
    pupil = classed.personal(models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+"))
    by_subject = classed.personal(models.JSONField(default=dict))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["assessment", "pupil"], name="outcomes_scores_once"),)


class NamesKept(models.Model):
    """That a school switched names of pupils on: when, and who did. Without this row no name is kept."""

    belongs = Belongs(school="school")
    school = classed.school(models.OneToOneField(School, on_delete=models.CASCADE, related_name="+"))
    since = classed.school(models.DateTimeField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))


class PupilName(models.Model):
    """A pupil's name, for the leaders of a school that switched names on. All go when it switches them off."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    pupil = classed.personal(models.OneToOneField(Pupil, on_delete=models.CASCADE, related_name="+"))
    name = classed.special(models.CharField(max_length=120))


class Target(models.Model):
    """How many pupils of a group are to reach a score, or what their mean is to be, in results that are to come.

    `kind` and `group` are of `target_choices`; `standard` is the score to reach, where pupils are counted. `assessment`
    is the name of the results that decide it, in `year`. `once` is the form's own mark, `version` tells two editors
    apart.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    year = classed.school(models.PositiveSmallIntegerField(help_text=YEAR))
    year_group = classed.school(models.CharField(max_length=20))
    subject = classed.school(models.CharField(max_length=40))
    group = classed.school(models.CharField(max_length=40, blank=True))
    assessment = classed.school(models.CharField(max_length=80))
    kind = classed.school(models.CharField(max_length=10))
    standard = classed.school(models.FloatField(null=True))
    aim = classed.school(models.FloatField())
    due_on = classed.school(models.DateField())
    review_on = classed.school(models.DateField(null=True))
    why = classed.personal(models.TextField(blank=True))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    set_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    set_at = classed.school(models.DateTimeField())
    withdrawn_at = classed.school(models.DateTimeField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="outcomes_target_once"),)
        indexes = (models.Index(fields=["school", "-year", "id"], name="outcomes_targets"),)


class TargetChange(models.Model):
    """One line of a target's history, in words: set, changed, looked at, withdrawn. Only ever added to."""

    belongs = Belongs(through="target")
    target = classed.school(models.ForeignKey(Target, on_delete=models.CASCADE, related_name="changes"))
    at = classed.school(models.DateTimeField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.personal(models.CharField(max_length=400))


class Intervention(models.Model):
    """Something done for some pupils beyond what all get: what for, by whom, what it costs, and what came of it.

    `before` and `after` with their years name the assessments it is judged by, so that results may be brought again.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    name = classed.personal(models.CharField(max_length=80))
    approach = classed.personal(models.TextField(blank=True))
    subject = classed.school(models.CharField(max_length=40))
    year_group = classed.school(models.CharField(max_length=20))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    starts_on = classed.school(models.DateField())
    ends_on = classed.school(models.DateField(null=True))
    cost = classed.school(models.DecimalField(max_digits=10, decimal_places=2, null=True))
    hours = classed.school(models.DecimalField(max_digits=7, decimal_places=1, null=True))
    before = classed.school(models.CharField(max_length=80, blank=True))
    before_year = classed.school(models.PositiveSmallIntegerField(null=True, help_text=YEAR))
    after = classed.school(models.CharField(max_length=80, blank=True))
    after_year = classed.school(models.PositiveSmallIntegerField(null=True, help_text=YEAR))
    planned_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    planned_at = classed.school(models.DateTimeField())
    reviewed_at = classed.school(models.DateTimeField(null=True))
    conclusion = classed.personal(models.TextField(blank=True))
    withdrawn_at = classed.school(models.DateTimeField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="outcomes_intervention_once"),)


class InterventionPupil(models.Model):
    """That a pupil, who stands by a keyed hash, takes part in an intervention."""

    belongs = Belongs(through="intervention")
    intervention = classed.school(models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="pupils"))
    pupil = classed.personal(models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["intervention", "pupil"], name="outcomes_takes_part_once"),)


class ProgressMeeting(models.Model):
    """A meeting about how pupils do: when, which term, about whom and what; what is to change stands in its lines."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    held_on = classed.school(models.DateField())
    term = classed.school(models.CharField(max_length=10))
    year_group = classed.school(models.CharField(max_length=20, blank=True))
    subject = classed.school(models.CharField(max_length=40, blank=True))
    notes = classed.personal(models.TextField(blank=True))
    present = classed.personal(models.ManyToManyField(Person, related_name="+"))
    noted_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    noted_at = classed.school(models.DateTimeField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="outcomes_meeting_once"),)


class MeetingLine(models.Model):
    """What changes, for whom (a group, in words), by whom and by when; and, once it is closed, what came of it."""

    belongs = Belongs(through="meeting")
    meeting = classed.school(models.ForeignKey(ProgressMeeting, on_delete=models.CASCADE, related_name="lines"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    what = classed.personal(models.CharField(max_length=200))
    for_whom = classed.personal(models.CharField(max_length=200))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    due_on = classed.school(models.DateField())
    pupils = classed.personal(models.ManyToManyField(Pupil, related_name="+"))
    closed_at = classed.school(models.DateTimeField(null=True))
    came_of_it = classed.personal(models.TextField(blank=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "once"], name="outcomes_line_once"),)


class SpendYear(models.Model):
    """The grid of pupil premium spending of an academic year: one version for all its lines."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    year = classed.school(models.PositiveSmallIntegerField(help_text=YEAR))
    version = classed.school(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "year"], name="outcomes_spend_year_once"),)


class SpendLine(models.Model):
    """One thing that money was spent on: what and how, for which need, how much in all and of the pupil premium."""

    belongs = Belongs(through="spend")
    spend = classed.school(models.ForeignKey(SpendYear, on_delete=models.CASCADE, related_name="lines"))
    what = classed.personal(models.CharField(max_length=120))
    approach = classed.school(models.CharField(max_length=20))
    need = classed.personal(models.CharField(max_length=160, blank=True))
    amount = classed.school(models.DecimalField(max_digits=10, decimal_places=2))
    premium = classed.school(models.DecimalField(max_digits=10, decimal_places=2))
    owner = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    intervention = classed.school(
        models.ForeignKey(Intervention, null=True, on_delete=models.SET_NULL, related_name="+")
    )


class VisibleContact(models.Model):
    """That a school lets schools like it see whom they can write to. The row goes when the school switches it off."""

    belongs = Belongs(school="school")
    school = classed.school(models.OneToOneField(School, on_delete=models.CASCADE, related_name="+"))
    version = classed.school(models.PositiveIntegerField(default=1))
    name = classed.personal(models.CharField(max_length=120))
    role = classed.personal(models.CharField(max_length=80))
    email = classed.personal(models.EmailField())
    offer = classed.personal(models.CharField(max_length=200))
    shown_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    shown_at = classed.school(models.DateTimeField())


class SharedSums(models.Model):
    """That a school shares with its trust sums over the pupils of an assessment's year group, and those sums.

    `by_subject`: six numbers each (`analysis.value_added.sums_of`), of every subject with pupils enough. They are made
    anew whenever results are brought or undone. The row goes when the school takes them back.
    """

    belongs = Belongs(school="school", shown_to="trust")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    trust = classed.school(models.ForeignKey(Trust, on_delete=models.CASCADE, related_name="+"))
    year = classed.school(models.PositiveSmallIntegerField(help_text=YEAR))
    assessment = classed.school(models.CharField(max_length=80))
    scale = classed.school(models.CharField(max_length=20))
    year_group = classed.school(models.CharField(max_length=20))
    by_subject = classed.school(models.JSONField(default=dict))
    made_at = classed.school(models.DateTimeField())
    shared_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    shared_at = classed.school(models.DateTimeField())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "year", "assessment", "year_group"], name="outcomes_sums_once"),
        )
