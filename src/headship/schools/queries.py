"""Reads of the register and of imports."""

from headship.core import imports
from headship.core.models import ImportBatch
from headship.schools.models import School


def newer_import(batch: ImportBatch) -> str:
    """Return the file name of a later import that still stands, or ""."""
    later = ImportBatch.objects.filter(chain=batch.chain, state="committed", pk__gt=batch.pk).order_by("-pk")
    return later.values_list("file_name", flat=True).first() or ""


def joined_since(batch: ImportBatch) -> str:
    """Return the name of a school the import touched that has joined since, or ""."""
    joined = dict(School.objects.filter(joined_at__gte=batch.committed_at).values_list("urn", "name"))
    if not joined:
        return ""
    for model in ("schools.School", "schools.PublishedFigure"):
        for urn in imports.touched(bytes(batch.staged), model):
            if urn in joined:
                return joined[int(str(urn))]
    return ""
