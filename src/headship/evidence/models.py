"""The spine: evidence entries, what the profile counts of them, reflections, and readings of measures."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.core.visibility import Visibility
from headship.evidence.choices import OWNED, STATES
from headship.people.models import Person
from headship.schools.models import School
from headship.standards.models import Characteristic

CLASSES = [(each.value, each.words) for each in Visibility]


class Entry(models.Model):
    """One thing that was done and shows a characteristic. Written by `evidence.actions.record` and nothing else.

    `source` is the page the work was done on ("strategy.Decision:17"); `from_work` is False for what was typed for its
    own sake. `owner` is whose it is while it is personal (private, shared by name, or with the appraiser); all other
    entries belong to the school. `words` say what was done and never name a pupil.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    kind = classed.school(models.CharField(max_length=40))
    words = classed.personal(models.CharField(max_length=300))
    occurred_on = classed.school(models.DateField())
    recorded_at = classed.school(models.DateTimeField())
    visibility = classed.school(models.CharField(max_length=12, choices=CLASSES))
    owner = classed.personal(models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+"))
    from_work = classed.school(models.BooleanField())
    source = classed.school(models.CharField(max_length=120))
    withdrawn_at = classed.school(models.DateTimeField(null=True))

    class Meta:
        indexes = (models.Index(fields=["school", "source"], name="evidence_source"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False, visibility__in=OWNED)
                | models.Q(owner__isnull=True) & ~models.Q(visibility__in=OWNED),
                name="evidence_owned_when_personal",
            ),
        )


class Serves(models.Model):
    """An entry shows a characteristic. School and date are repeated here so that a timeline is one index walk.

    Rows are there for the characteristics the entry was recorded for, not for their counterparts, and go when the
    entry is withdrawn.
    """

    belongs = Belongs(school="school")
    entry = classed.school(models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="serves"))
    characteristic = classed.school(models.ForeignKey(Characteristic, on_delete=models.PROTECT, related_name="+"))
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+", db_index=False))
    occurred_on = classed.school(models.DateField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["entry", "characteristic"], name="evidence_serves_once"),)
        indexes = (
            models.Index(fields=["school", "characteristic", "-occurred_on", "-entry"], name="evidence_timeline"),
        )


class Tally(models.Model):
    """How many entries a school has for a characteristic in each month of an academic year, by class and kind.

    This is what the profile reads. Kept by `record` in the entry's own transaction, for the characteristic itself and
    its counterparts in other frameworks (each entry once), and under characteristic 0 for the school as a whole (each
    entry once, whatever it serves). `latest_entry` is the newest of those counted. `tally_faults` compares all of it
    with the entries.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+", db_index=False))
    characteristic_key = classed.school(models.BigIntegerField(help_text="A characteristic's key; 0 is all of them."))
    year = classed.school(models.PositiveSmallIntegerField(help_text="The calendar year the academic year starts in."))
    visibility = classed.school(models.CharField(max_length=12, choices=CLASSES))
    owner_key = classed.personal(models.BigIntegerField(default=0, help_text="The owner's key; 0 is the school's own."))
    kind = classed.school(models.CharField(max_length=40))
    from_work = classed.school(models.BooleanField())
    september = classed.school(models.PositiveIntegerField(default=0))
    october = classed.school(models.PositiveIntegerField(default=0))
    november = classed.school(models.PositiveIntegerField(default=0))
    december = classed.school(models.PositiveIntegerField(default=0))
    january = classed.school(models.PositiveIntegerField(default=0))
    february = classed.school(models.PositiveIntegerField(default=0))
    march = classed.school(models.PositiveIntegerField(default=0))
    april = classed.school(models.PositiveIntegerField(default=0))
    may = classed.school(models.PositiveIntegerField(default=0))
    june = classed.school(models.PositiveIntegerField(default=0))
    july = classed.school(models.PositiveIntegerField(default=0))
    august = classed.school(models.PositiveIntegerField(default=0))
    latest_on = classed.school(models.DateField())
    latest_entry = classed.school(models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+"))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                # the order in which the profile groups them, so that it reads them without sorting
                fields=["school", "year", "characteristic_key", "kind", "from_work", "visibility", "owner_key"],
                name="evidence_tally_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["school", "characteristic_key", "-latest_on", "-latest_entry"], name="evidence_tally_latest"
            ),
        )


class EntryShare(models.Model):
    """A person named to see a shared entry. They find it in timelines; it is counted for its owner alone."""

    belongs = Belongs(through="entry")
    entry = classed.personal(models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="shares"))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["entry", "person"], name="evidence_share_once"),)


class Reflection(models.Model):
    """A head's own words on a characteristic and the state they see themselves in. Append-only; the person's own."""

    belongs = Belongs(school="school", own="person")
    person = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+", db_index=False))
    characteristic = classed.personal(models.ForeignKey(Characteristic, on_delete=models.PROTECT, related_name="+"))
    state = classed.personal(models.CharField(max_length=20, choices=STATES))
    words = classed.personal(models.TextField(blank=True))
    next_step = classed.personal(models.CharField(max_length=200, blank=True))
    next_step_by = classed.personal(models.DateField(null=True))
    written_at = classed.personal(models.DateTimeField())
    visibility = classed.personal(models.CharField(max_length=12, choices=CLASSES))
    shown_at = classed.personal(models.DateTimeField(null=True, help_text="When it was last opened to others."))

    class Meta:
        indexes = (
            models.Index(fields=["school", "person", "characteristic", "-written_at"], name="evidence_reflections"),
        )


class Reading(models.Model):
    """A dated value of a measure at a school, stored by the module that owns the measure."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+", db_index=False))
    measure = classed.school(models.CharField(max_length=60))
    year = classed.school(models.PositiveSmallIntegerField())
    value = classed.school(models.FloatField(null=True))
    low = classed.school(models.FloatField(null=True))
    high = classed.school(models.FloatField(null=True))
    reference = classed.school(
        models.FloatField(null=True, help_text="What it is compared with, such as the national figure.")
    )
    reference_words = classed.school(models.CharField(max_length=120, blank=True))
    count = classed.school(models.PositiveIntegerField(null=True))
    words = classed.school(models.CharField(max_length=200))
    source = classed.school(models.CharField(max_length=200))
    method = classed.school(models.CharField(max_length=60))
    read_at = classed.school(models.DateTimeField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "measure", "year"], name="evidence_reading_once"),)
