"""Who decides what at a school, its teams, and what they say of each other's decisions once a year."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School


class Area(models.Model):
    """Something that is decided again and again. Its words and rights stand in its versions, the newest in force.

    `version` is the number of the newest. Ended, never deleted: decisions still name it.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    ended_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="strategy_area_once"),)


class AreaVersion(models.Model):
    """What an area is called and means from a day on, and who said so. Only ever added to."""

    belongs = Belongs(through="area")
    area = classed.school(models.ForeignKey(Area, on_delete=models.CASCADE, related_name="versions"))
    version = classed.school(models.PositiveIntegerField())
    since = classed.school(models.DateField())
    name = classed.personal(models.CharField(max_length=80))
    words = classed.personal(models.CharField(max_length=300, blank=True))
    at = classed.school(models.DateTimeField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "version"], name="strategy_area_version_once"),)


class Team(models.Model):
    """People who share a remit. Ended, never deleted."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    name = classed.personal(models.CharField(max_length=80))
    remit = classed.personal(models.CharField(max_length=400))
    lead = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    since = classed.school(models.DateField())
    ended_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="strategy_team_once"),)


class TeamMember(models.Model):
    """Somebody in a team, from a day on and perhaps until one."""

    belongs = Belongs(through="team")
    team = classed.school(models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members"))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    since = classed.school(models.DateField())
    until = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["team", "person"], condition=models.Q(until=None), name="strategy_member_once"
            ),
        )


class Right(models.Model):
    """One part in a version of an area: who decides (within a limit in words, perhaps), is consulted or is told."""

    belongs = Belongs(through="version")
    version = classed.school(models.ForeignKey(AreaVersion, on_delete=models.CASCADE, related_name="rights"))
    part = classed.school(models.CharField(max_length=10))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True))
    team = classed.school(models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True))
    post = classed.school(models.CharField(max_length=30, blank=True))
    limit = classed.personal(models.CharField(max_length=80, blank=True))

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, team=None, post="")
                | models.Q(person=None, team__isnull=False, post="")
                | (models.Q(person=None, team=None) & ~models.Q(post="")),
                name="strategy_right_of_one",
            ),
        )


class Review(models.Model):
    """A yearly look at somebody else's decisions, by a team or a person, of a team or a person.

    `pool` are the decisions a draw was made from, so that anybody can repeat it with the key. Whoever was in a team
    on the day it was arranged takes part (empty where it was arranged before that day was kept).
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    starts_in = classed.school(models.PositiveSmallIntegerField())
    by_team = classed.school(models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True))
    by_person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True))
    of_team = classed.school(models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True))
    of_person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True))
    arranged_on = classed.school(models.DateField(null=True))
    due_on = classed.school(models.DateField())
    how = classed.school(models.CharField(max_length=8))
    count = classed.school(models.PositiveSmallIntegerField())
    key = classed.school(models.CharField(max_length=60, blank=True))
    pool = classed.school(models.JSONField(default=list))
    done_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "once"], name="strategy_review_once"),
            models.CheckConstraint(
                condition=models.Q(by_team=None, by_person__isnull=False)
                | models.Q(by_team__isnull=False, by_person=None),
                name="strategy_review_by_one",
            ),
            models.CheckConstraint(
                condition=models.Q(of_team=None, of_person__isnull=False)
                | models.Q(of_team__isnull=False, of_person=None),
                name="strategy_review_of_one",
            ),
        )


class ReviewedDecision(models.Model):
    """One decision in a review: what was good, and what the others would do otherwise; empty until it was read."""

    belongs = Belongs(through="review")
    review = classed.school(models.ForeignKey(Review, on_delete=models.CASCADE, related_name="read"))
    decision = classed.school(models.ForeignKey("strategy.Decision", on_delete=models.CASCADE, related_name="+"))
    good = classed.personal(models.CharField(max_length=600, blank=True))
    otherwise = classed.personal(models.CharField(max_length=600, blank=True))
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True))
    on = classed.school(models.DateField(null=True))
    version = classed.school(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["review", "decision"], name="strategy_reviewed_once"),)
