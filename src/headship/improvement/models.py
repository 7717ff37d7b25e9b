"""Bets with a day to stop, habits that are questioned, what is on the horizon, and notes towards an inspection."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.improvement.choices import BetState
from headship.people.models import Person
from headship.schools.models import School
from headship.standards.models import Characteristic
from headship.strategy.models import Priority


class Habit(models.Model):
    """A practice kept out of habit, the evidence it rests on, and the day on which it is questioned.

    `outcome` is what came of it last; empty while nobody has said. One that was dropped has no `review_on`.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    practice = classed.personal(models.CharField(max_length=160))
    since = classed.personal(models.CharField(max_length=80, blank=True))
    hours = classed.school(models.DecimalField(max_digits=7, decimal_places=2, null=True))
    rests = classed.school(models.CharField(max_length=8))
    evidence = classed.personal(models.CharField(max_length=500, blank=True))
    link = classed.school(models.CharField(max_length=300, blank=True))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    review_on = classed.school(models.DateField(null=True))
    outcome = classed.school(models.CharField(max_length=8, blank=True))
    version = classed.school(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="improvement_habit_once"),)
        indexes = (models.Index(fields=["school", "review_on", "id"], name="improvement_habits"),)


class HabitReview(models.Model):
    """What was said of a habit when it was questioned. Only ever added to."""

    belongs = Belongs(through="habit")
    habit = classed.school(models.ForeignKey(Habit, on_delete=models.CASCADE, related_name="reviews"))
    on = classed.school(models.DateField())
    outcome = classed.school(models.CharField(max_length=8))
    rests = classed.school(models.CharField(max_length=8))
    because = classed.personal(models.CharField(max_length=500))
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))


class HorizonItem(models.Model):
    """Something that is coming, who reads it by when, and what it was last said to mean (empty: nobody has read it)."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    title = classed.personal(models.CharField(max_length=160))
    whence = classed.school(models.CharField(max_length=8))
    source = classed.personal(models.CharField(max_length=200))
    link = classed.school(models.CharField(max_length=300, blank=True))
    expected = classed.personal(models.CharField(max_length=80))
    expected_on = classed.school(models.DateField(null=True))
    noted_on = classed.school(models.DateField())
    noted_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    reader = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    read_by = classed.school(models.DateField())
    means = classed.school(models.CharField(max_length=8, blank=True))
    version = classed.school(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="improvement_item_once"),)
        indexes = (
            models.Index(fields=["school", "-noted_on", "-id"], name="improvement_horizon"),
            models.Index(fields=["school", "means", "read_by"], name="improvement_unread"),
        )


class HorizonReading(models.Model):
    """What somebody said something on the horizon means for the school. Only ever added to; the newest holds."""

    belongs = Belongs(through="item")
    item = classed.school(models.ForeignKey(HorizonItem, on_delete=models.CASCADE, related_name="readings"))
    once = classed.school(models.UUIDField())
    on = classed.school(models.DateField())
    means = classed.school(models.CharField(max_length=8))
    words = classed.personal(models.CharField(max_length=500))
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item", "once"], name="improvement_item_read_once"),)


class Bet(models.Model):
    """Something new that is tried: what we believe, how we will know, when it stops, and what stops it before.

    `runs_since` is the day it last began to run, `killed_on` the day on which its kill rule was said to be met, which
    asks at once, and `ended_on` the day of the decision while it does not run.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    title = classed.personal(models.CharField(max_length=120))
    trying = classed.personal(models.CharField(max_length=250))
    expected = classed.personal(models.CharField(max_length=250))
    measure = classed.personal(models.CharField(max_length=200))
    knows = classed.personal(models.CharField(max_length=300))
    baseline = classed.personal(models.CharField(max_length=80, blank=True))
    kill_rule = classed.personal(models.CharField(max_length=250))
    cost = classed.school(models.DecimalField(max_digits=10, decimal_places=2, null=True))
    hours = classed.school(models.DecimalField(max_digits=7, decimal_places=2, null=True))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    starts_on = classed.school(models.DateField())
    stops_on = classed.school(models.DateField())
    state = classed.school(models.CharField(max_length=10, default=BetState.PROPOSED))
    runs_since = classed.school(models.DateField(null=True))
    killed_on = classed.school(models.DateField(null=True))
    ended_on = classed.school(models.DateField(null=True))
    version = classed.school(models.PositiveIntegerField(default=1))
    priority = classed.school(models.ForeignKey(Priority, on_delete=models.SET_NULL, related_name="+", null=True))
    habit = classed.school(models.ForeignKey(Habit, on_delete=models.SET_NULL, related_name="bets", null=True))
    item = classed.school(models.ForeignKey(HorizonItem, on_delete=models.SET_NULL, related_name="bets", null=True))
    characteristics = classed.school(models.ManyToManyField(Characteristic, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="improvement_bet_once"),)
        indexes = (
            models.Index(fields=["school", "state", "stops_on"], name="improvement_bets"),
            models.Index(fields=["school", "-ended_on", "-id"], name="improvement_bets_over"),
        )


class BetReading(models.Model):
    """Where a bet's measure stood on a day, and whether its kill rule was met then. Only ever added to."""

    belongs = Belongs(through="bet")
    bet = classed.school(models.ForeignKey(Bet, on_delete=models.CASCADE, related_name="readings"))
    once = classed.school(models.UUIDField())
    on = classed.school(models.DateField())
    value = classed.personal(models.CharField(max_length=80))
    words = classed.personal(models.CharField(max_length=300, blank=True))
    kills = classed.school(models.BooleanField(default=False))
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["bet", "once"], name="improvement_bet_read_once"),)


class BetDecision(models.Model):
    """What was decided about a bet, why, what the evidence says and what was learned. Only ever added to.

    `unmeasured` says why nothing could be measured, where nothing was; `until` is the new stop date, where it goes on.
    """

    belongs = Belongs(through="bet")
    bet = classed.school(models.ForeignKey(Bet, on_delete=models.CASCADE, related_name="decisions"))
    on = classed.school(models.DateField())
    to = classed.school(models.CharField(max_length=10))
    because = classed.personal(models.CharField(max_length=500))
    evidence = classed.personal(models.CharField(max_length=500, blank=True))
    learned = classed.personal(models.CharField(max_length=500, blank=True))
    unmeasured = classed.personal(models.CharField(max_length=300, blank=True))
    until = classed.school(models.DateField(null=True))
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))


class ReadinessNote(models.Model):
    """What leaders would show in an area of inspection and do about it: a version for each time they wrote."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    inspectorate = classed.school(models.CharField(max_length=20))
    area = classed.school(models.CharField(max_length=60))
    version = classed.school(models.PositiveIntegerField())
    on = classed.school(models.DateField())
    show = classed.personal(models.CharField(max_length=1500, blank=True))
    doing = classed.personal(models.CharField(max_length=1500, blank=True))
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["school", "inspectorate", "area", "version"], name="improvement_note_version_once"
            ),
        )
