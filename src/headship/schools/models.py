"""Schools of England as the national register tells them, and the academic year: the tenancy boundary."""

from django.db import models

from headship.core import belonging, classed
from headship.core.belonging import Belongs

REGISTER = "the national register is published, and everybody's"


class LocalAuthority(models.Model):
    """A local authority that maintains or neighbours schools."""

    belongs = belonging.to_nobody(REGISTER)
    code = classed.public(models.PositiveIntegerField(null=True, unique=True))
    name = classed.public(models.CharField(max_length=120, unique=True))


class Trust(models.Model):
    """A group of schools: multi-academy trust, single-academy trust, federation. `uid` is the register's group UID."""

    belongs = belonging.to_nobody(REGISTER)
    uid = classed.public(models.PositiveIntegerField(unique=True))
    group_id = classed.public(models.CharField(max_length=60, blank=True))
    name = classed.public(models.CharField(max_length=200))
    kind = classed.public(models.CharField(max_length=80, blank=True))
    status = classed.public(models.CharField(max_length=40, blank=True))
    postcode = classed.public(models.CharField(max_length=10, blank=True))
    opened_on = classed.public(models.DateField(null=True))
    closed_on = classed.public(models.DateField(null=True))


class School(models.Model):
    """An establishment, known by its URN. `joined_at` is set when the school starts to use Headship."""

    belongs = belonging.to_nobody(REGISTER)
    urn = classed.public(models.PositiveIntegerField(unique=True))
    name = classed.public(models.CharField(max_length=200))
    status = classed.public(models.CharField(max_length=60, blank=True))
    phase = classed.public(models.CharField(max_length=60, blank=True))
    kind = classed.public(models.CharField(max_length=80, blank=True))
    gender = classed.public(models.CharField(max_length=20, blank=True))
    religion = classed.public(models.CharField(max_length=80, blank=True))
    authority = classed.public(
        models.ForeignKey(LocalAuthority, null=True, on_delete=models.PROTECT, related_name="schools")
    )
    trust = classed.public(models.ForeignKey(Trust, null=True, on_delete=models.PROTECT, related_name="schools"))
    establishment_number = classed.public(models.PositiveIntegerField(null=True))
    street = classed.public(models.CharField(max_length=200, blank=True))
    town = classed.public(models.CharField(max_length=100, blank=True))
    postcode = classed.public(models.CharField(max_length=10, blank=True))
    region = classed.public(models.CharField(max_length=60, blank=True))
    age_from = classed.public(models.PositiveSmallIntegerField(null=True))
    age_to = classed.public(models.PositiveSmallIntegerField(null=True))
    pupil_count = classed.public(models.PositiveIntegerField(null=True))
    latitude = classed.public(models.FloatField(null=True))
    longitude = classed.public(models.FloatField(null=True))
    opened_on = classed.public(models.DateField(null=True))
    closed_on = classed.public(models.DateField(null=True))
    search_text = classed.public(models.CharField(max_length=500, blank=True))
    joined_at = classed.school(models.DateTimeField(null=True))

    class Meta:
        indexes = (models.Index(fields=["name"], name="schools_by_name"),)

    @property
    def is_open(self) -> bool:
        """Whether it has pupils now, or will; a school whose status nobody gave is taken as open."""
        return self.status != "Closed"


class SchoolLink(models.Model):
    """One establishment's tie to another: predecessor, successor. Either URN may be missing from the register."""

    belongs = belonging.to_nobody(REGISTER)
    urn = classed.public(models.PositiveIntegerField(db_index=True))
    linked_urn = classed.public(models.PositiveIntegerField())
    linked_name = classed.public(models.CharField(max_length=200, blank=True))
    kind = classed.public(models.CharField(max_length=80))
    since = classed.public(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["urn", "linked_urn", "kind"], name="schools_link_once"),)


class PublishedFigure(models.Model):
    """One published figure of a school. Where the source gives a code instead (SUPP, NE, c …), `missing` holds it."""

    belongs = belonging.to_nobody(REGISTER)
    school = classed.public(models.ForeignKey(School, on_delete=models.CASCADE, related_name="figures", db_index=False))
    measure = classed.public(models.CharField(max_length=60))
    year = classed.public(
        models.PositiveSmallIntegerField(help_text="The academic year's first calendar year: 2022 is 2022/23.")
    )
    value = classed.public(models.FloatField(null=True))
    low = classed.public(models.FloatField(null=True))
    high = classed.public(models.FloatField(null=True))
    count = classed.public(models.PositiveIntegerField(null=True))
    missing = classed.public(models.CharField(max_length=10, blank=True))
    source = classed.public(models.CharField(max_length=120))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "measure", "year"], name="schools_figure_once"),)


class AreaFigure(models.Model):
    """One published figure of a local authority's schools, or of all in England, as the tables' own rows give it."""

    belongs = belonging.to_nobody(REGISTER)
    authority_code = classed.public(models.PositiveIntegerField(help_text="The authority's code; 0 is England."))
    phase = classed.public(
        models.CharField(max_length=60, blank=True, help_text="Of which schools; blank: of all the table is about.")
    )
    measure = classed.public(models.CharField(max_length=60))
    year = classed.public(models.PositiveSmallIntegerField())
    value = classed.public(models.FloatField(null=True))
    low = classed.public(models.FloatField(null=True))
    high = classed.public(models.FloatField(null=True))
    count = classed.public(models.PositiveIntegerField(null=True))
    missing = classed.public(models.CharField(max_length=10, blank=True))
    source = classed.public(models.CharField(max_length=120))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["authority_code", "phase", "measure", "year"], name="schools_area_figure_once"
            ),
        )

    @property
    def is_of_england(self) -> bool:
        """Whether it is of the whole country."""
        return self.authority_code == 0


class NationalGrades(models.Model):
    """How many pupils in England with certain key stage 2 results got each GCSE grade in a subject in a year.

    `subject` is the table's own name for it; `prior_from` the lowest average scaled score of the group, which ends
    where the next begins; `counts` pupils by grade, U (0) first, 9 last.
    """

    belongs = belonging.to_nobody(REGISTER)
    year = classed.public(models.PositiveSmallIntegerField())
    subject = classed.public(models.CharField(max_length=60))
    prior_from = classed.public(models.FloatField())
    counts = classed.public(models.CharField(max_length=120))
    source = classed.public(models.CharField(max_length=120))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "subject", "prior_from"], name="schools_national_grades_once"),
        )


class AcademicYear(models.Model):
    """1 September to 31 August at one school; `starts_in` 2026 is shown as 2026/27."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="years"))
    starts_in = classed.school(models.PositiveSmallIntegerField())
    version = classed.school(models.PositiveIntegerField(default=0, help_text="How often its terms were set."))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "starts_in"], name="schools_year_once"),)

    @property
    def words(self) -> str:
        """As it stands on pages: 2026/27."""
        return f"{self.starts_in}/{(self.starts_in + 1) % 100:02}"


class Term(models.Model):
    """A term of an academic year with its half-term break."""

    belongs = Belongs(through="year")
    year = classed.school(models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="terms"))
    name = classed.school(models.CharField(max_length=20))
    starts_on = classed.school(models.DateField())
    ends_on = classed.school(models.DateField())
    break_starts_on = classed.school(models.DateField(null=True))
    break_ends_on = classed.school(models.DateField(null=True))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "name"], name="schools_term_once"),
            models.CheckConstraint(condition=models.Q(ends_on__gt=models.F("starts_on")), name="schools_term_forwards"),
        )


class SchoolDay(models.Model):
    """A dated note on a school's calendar: a training day, an event, a meeting. One day or several."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="days"))
    on = classed.school(models.DateField())
    until = classed.school(models.DateField())
    words = classed.personal(models.CharField(max_length=200))
    kind = classed.school(models.CharField(max_length=20))

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(until__gte=models.F("on")), name="schools_day_forwards"),
            models.UniqueConstraint(fields=["school", "on", "until", "kind", "words"], name="schools_day_once"),
        )
        indexes = (models.Index(fields=["school", "until"], name="schools_day_until"),)


class CalendarFeed(models.Model):
    """A calendar address for one person at one school or trust, read as that person. Only the token's hash is kept."""

    belongs = Belongs(school="school", trust="trust")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+", null=True))
    trust = classed.school(models.ForeignKey(Trust, on_delete=models.CASCADE, related_name="+", null=True))
    person_id = classed.personal(models.BigIntegerField())
    account_id = classed.personal(models.BigIntegerField())
    token_hash = classed.school(models.CharField(max_length=64, unique=True))
    created_at = classed.school(models.DateTimeField())
    revoked_at = classed.school(models.DateTimeField(null=True))

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(school=None, trust__isnull=False) | models.Q(school__isnull=False, trust=None),
                name="schools_feed_of_one_place",
            ),
        )
        indexes = (models.Index(fields=["school", "person_id"], name="schools_feed_of_person"),)
