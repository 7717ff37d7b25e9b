"""What is asked of staff and what it costs in hours; and the year's directed time, version by version."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.schools.models import School
from headship.workload.choices import State


class Demand(models.Model):
    """Something asked of staff again and again: why, of whom, how long, how often, and what goes for it.

    `goes` is what is dropped when it is agreed; where nothing is, `nothing_because` says why. `habit` is the key of the
    habit by which it is questioned, which a module beside this one keeps.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    once = classed.school(models.UUIDField())
    version = classed.school(models.PositiveIntegerField(default=1))
    title = classed.personal(models.CharField(max_length=120))
    kind = classed.school(models.CharField(max_length=12))
    reason = classed.personal(models.CharField(max_length=400))
    owner = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    minutes = classed.school(models.PositiveIntegerField())
    times = classed.school(models.PositiveIntegerField())
    directed = classed.school(models.BooleanField(default=False))
    state = classed.school(models.CharField(max_length=10, default=State.PROPOSED))
    goes = classed.school(models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+"))
    nothing_because = classed.personal(models.CharField(max_length=300, blank=True))
    proposed_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    proposed_on = classed.school(models.DateField())
    agreed_on = classed.school(models.DateField(null=True))
    ended_on = classed.school(models.DateField(null=True))
    because = classed.personal(models.CharField(max_length=300, blank=True))
    review_on = classed.school(models.DateField())
    habit = classed.school(models.PositiveBigIntegerField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "once"], name="workload_demand_once"),)
        indexes = (models.Index(fields=["school", "state"], name="workload_demand_state"),)


class DemandAsked(models.Model):
    """A post that is asked, and how many of those who hold it; None is all of them, counted on the day."""

    belongs = Belongs(through="demand")
    demand = classed.school(models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="asked"))
    role = classed.school(models.CharField(max_length=30))
    people = classed.school(models.PositiveIntegerField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["demand", "role"], name="workload_asked_once"),)


class DemandChange(models.Model):
    """One line of a demand's history: proposed, agreed, reviewed, dropped, and why. Only ever added to."""

    belongs = Belongs(through="demand")
    demand = classed.school(models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="changes"))
    on = classed.school(models.DateField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.personal(models.CharField(max_length=400))


class RateCard(models.Model):
    """What an hour of staff costs this school, as it entered it."""

    belongs = Belongs(school="school")
    school = classed.school(models.OneToOneField(School, on_delete=models.CASCADE, related_name="+"))
    version = classed.school(models.PositiveIntegerField(default=1))


class Rate(models.Model):
    """Pounds an hour of a post, or of every post without its own where `role` is empty."""

    belongs = Belongs(through="card")
    card = classed.school(models.ForeignKey(RateCard, on_delete=models.CASCADE, related_name="rates"))
    role = classed.school(models.CharField(max_length=30, blank=True))
    pounds = classed.school(models.DecimalField(max_digits=7, decimal_places=2))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["card", "role"], name="workload_rate_once"),)


class DirectedYear(models.Model):
    """A year's plan of directed time. `version` counts its changes; staff are shown the published version."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    starts_in = classed.school(models.PositiveSmallIntegerField())
    version = classed.school(models.PositiveIntegerField(default=1))
    published_version = classed.school(models.PositiveIntegerField(default=0))
    published_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "starts_in"], name="workload_year_once"),)


class YearChange(models.Model):
    """One change of a year's plan, with the version it made, in words of the product's own. Only ever added to."""

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(DirectedYear, on_delete=models.CASCADE, related_name="changes"))
    version = classed.school(models.PositiveIntegerField())
    on = classed.school(models.DateField())
    by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = classed.personal(models.CharField(max_length=200))


class Working(models.Model):
    """How somebody works from a day on, as versions of the plan knew it: `counted` is False for leaders.

    The share of full time is `part` of `whole`; `weekdays` are numbers, 0 for Monday.
    """

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(DirectedYear, on_delete=models.CASCADE, related_name="working"))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    starts_on = classed.personal(models.DateField())
    counted = classed.personal(models.BooleanField(default=True))
    part = classed.personal(models.PositiveSmallIntegerField(default=1))
    whole = classed.personal(models.PositiveSmallIntegerField(default=1))
    weekdays = classed.personal(models.CharField(max_length=5, default="01234"))
    since = classed.school(models.PositiveIntegerField())
    until = classed.school(models.PositiveIntegerField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "person", "starts_on", "since"], name="workload_working_once"),
            models.CheckConstraint(
                condition=models.Q(whole__gt=0, part__lte=models.F("whole")), name="workload_share_of_one"
            ),
        )


class Slot(models.Model):
    """Directed time with its place in the calendar: every week on a weekday, or on dates.

    `line` is the same in all its versions. It is for `everybody`, or for those whom its rows of `SlotFor` name.
    """

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(DirectedYear, on_delete=models.CASCADE, related_name="slots"))
    line = classed.school(models.UUIDField())
    kind = classed.school(models.CharField(max_length=12))
    title = classed.personal(models.CharField(max_length=120))
    minutes = classed.school(models.PositiveIntegerField())
    everybody = classed.school(models.BooleanField(default=False))
    weekday = classed.school(models.PositiveSmallIntegerField(null=True))
    first_on = classed.school(models.DateField(null=True))
    last_on = classed.school(models.DateField(null=True))
    since = classed.school(models.PositiveIntegerField())
    until = classed.school(models.PositiveIntegerField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "line", "since"], name="workload_slot_once"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="workload_slot_takes_time"),
        )


class SlotDate(models.Model):
    """A date a slot lies on."""

    belongs = Belongs(through="slot")
    slot = classed.school(models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="dates"))
    on = classed.school(models.DateField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["slot", "on"], name="workload_slot_date_once"),)


class SlotFor(models.Model):
    """Whom a slot is for: a post, or a person."""

    belongs = Belongs(through="slot")
    slot = classed.school(models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="whom"))
    role = classed.school(models.CharField(max_length=30, blank=True))
    person = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(role=""), name="workload_slot_for_post_or_person"
            ),
        )


class StatementRead(models.Model):
    """Somebody read their statement of a published version."""

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(DirectedYear, on_delete=models.CASCADE, related_name="readings"))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    version = classed.school(models.PositiveIntegerField())
    on = classed.personal(models.DateField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["year", "person", "version"], name="workload_read_once"),)
