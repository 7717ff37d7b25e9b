"""Frameworks of standards as versioned data: a framework in use never changes; a new version replaces it."""

from django.db import models

from headship.core import belonging, classed

PUBLISHED = "frameworks are published, and the same for everybody"


class Framework(models.Model):
    """A published set of standards, such as the National Standards of Excellence for Headteachers 2015."""

    belongs = belonging.to_nobody(PUBLISHED)
    uuid = classed.public(models.UUIDField(unique=True))
    code = classed.public(models.SlugField(unique=True))
    title = classed.public(models.CharField(max_length=200))
    publisher = classed.public(models.CharField(max_length=200))
    version = classed.public(models.CharField(max_length=40))
    status = classed.public(
        models.CharField(max_length=200, help_text="In words: in force, superseded when and by what.")
    )
    published_on = classed.public(models.DateField(null=True))
    licence = classed.public(models.CharField(max_length=200))
    source_url = classed.public(models.URLField(blank=True))
    checked_on = classed.public(models.DateField(null=True))
    changed_on = classed.public(models.DateField(null=True, help_text="When its document last changed."))
    notes = classed.public(models.TextField(blank=True))
    locked_at = classed.public(models.DateTimeField(null=True))
    replaced_by = classed.public(models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+"))
    digest = classed.public(models.CharField(max_length=64, help_text="SHA-256 of the document it was loaded from."))
    package = classed.public(
        models.TextField(blank=True, help_text="The CASE package it was imported as, whole; empty where it ships.")
    )


class Characteristic(models.Model):
    """One statement of a framework: a preamble, domain, characteristic, section or descriptor.

    `assessable` marks the statements evidence may point at (P and 1.1 to 4.6 in the 2015 framework); headings are not.
    """

    belongs = belonging.to_nobody(PUBLISHED)
    uuid = classed.public(models.UUIDField(unique=True))
    framework = classed.public(models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="characteristics"))
    parent = classed.public(models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children"))
    code = classed.public(models.CharField(max_length=60))
    kind = classed.public(models.CharField(max_length=40))
    short_title = classed.public(models.CharField(max_length=120))
    statement = classed.public(models.TextField())
    position = classed.public(models.PositiveIntegerField())
    assessable = classed.public(models.BooleanField(default=False))

    class Meta:
        ordering = ("framework_id", "position")
        constraints = (models.UniqueConstraint(fields=["framework", "code"], name="standards_code_once"),)


class Association(models.Model):
    """A crosswalk link between characteristics of two frameworks. `proposed_by` says whose proposal it is."""

    belongs = belonging.to_nobody(PUBLISHED)
    uuid = classed.public(models.UUIDField(unique=True))
    origin = classed.public(models.ForeignKey(Characteristic, on_delete=models.PROTECT, related_name="onward"))
    destination = classed.public(models.ForeignKey(Characteristic, on_delete=models.PROTECT, related_name="backward"))
    kind = classed.public(models.CharField(max_length=40))
    proposed_by = classed.public(models.CharField(max_length=200))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["origin", "destination"], name="standards_link_once"),)


class IncomingFramework(models.Model):
    """A file that brings a framework, checked and waiting for an operator to import it."""

    belongs = belonging.to_nobody(PUBLISHED)
    file_name = classed.public(models.CharField(max_length=200))
    format = classed.public(models.CharField(max_length=20))
    fingerprint = classed.public(models.CharField(max_length=64, help_text="SHA-256 of the file."))
    package = classed.public(models.TextField(help_text="The CASE package made of it."))
    noticed = classed.public(models.JSONField(default=dict, help_text="What was noticed, and how often."))
    read_at = classed.public(models.DateTimeField())
