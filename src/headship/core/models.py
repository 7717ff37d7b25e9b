"""The audit chain: append-only events, hash-chained per school. Read by the verifier, never by features."""

from django.db import models

from headship.core import belonging, classed
from headship.core.belonging import Belongs

HOUSEKEEPING = "what the installation does by itself, in no school's name"


class ChainHead(models.Model):
    """The newest link of one chain. Locked last in every business transaction. Chain 0 is the installation's.

    `signed_length` and `signed_at` (seconds since 1970; 0: never) tell of the newest checkpoint.
    """

    belongs = Belongs(chain="chain")
    chain = classed.school(models.BigIntegerField(primary_key=True))
    length = classed.school(models.BigIntegerField(default=0))
    newest_hash = classed.school(models.BinaryField(max_length=32))
    signed_length = classed.school(models.BigIntegerField(default=0, db_default=0))
    signed_at = classed.school(models.BigIntegerField(default=0, db_default=0))


class AuditEvent(models.Model):
    """One thing that was done. `canonical` is what the hash covers; the other columns repeat it for finding.

    No foreign keys: the chain outlives what it tells of. Triggers refuse UPDATE and DELETE.
    """

    belongs = Belongs(chain="chain")
    chain = classed.school(models.BigIntegerField())
    number = classed.school(models.BigIntegerField())
    at = classed.school(models.DateTimeField())
    action = classed.school(models.CharField(max_length=80))
    person_id = classed.personal(models.BigIntegerField(null=True))
    subject = classed.school(models.CharField(max_length=120))
    canonical = classed.personal(models.BinaryField())
    previous_hash = classed.school(models.BinaryField(max_length=32))
    hash = classed.school(models.BinaryField(max_length=32))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="core_audit_one_per_number"),)


class AuditDetail(models.Model):
    """Words about a person that belong to an event, which holds a salted commitment to them.

    They may be deleted, when somebody has a right to it; a trigger refuses UPDATE. `words` is JSON as it was hashed.
    """

    belongs = Belongs(chain="chain")
    chain = classed.school(models.BigIntegerField())
    number = classed.school(models.BigIntegerField())
    salt = classed.personal(models.BinaryField(max_length=32))
    person_id = classed.personal(models.BigIntegerField(null=True, db_index=True))
    subject = classed.school(models.CharField(max_length=120, db_index=True))
    words = classed.personal(models.TextField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="core_detail_one_per_event"),)


class Checkpoint(models.Model):
    """A signed statement of a chain's length and newest hash. `text` is what was signed; triggers refuse changes."""

    belongs = Belongs(chain="chain")
    chain = classed.school(models.BigIntegerField())
    length = classed.school(models.BigIntegerField())
    at = classed.school(models.DateTimeField())
    text = classed.school(models.TextField())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["chain", "length"], name="core_checkpoint_one_per_length"),)


class ImportBatch(models.Model):
    """One import: the file, and the packed difference that committing makes and undoing takes back.

    `state` is previewed, committed or undone; `chain` is the school's, or 0.
    """

    belongs = Belongs(chain="chain")
    chain = classed.school(models.BigIntegerField())
    importer = classed.school(models.CharField(max_length=60))
    file_name = classed.school(models.CharField(max_length=255))
    fingerprint = classed.school(models.CharField(max_length=64))
    state = classed.school(models.CharField(max_length=20))
    created_at = classed.school(models.DateTimeField())
    created_by = classed.personal(models.BigIntegerField(null=True))
    committed_at = classed.school(models.DateTimeField(null=True))
    undone_at = classed.school(models.DateTimeField(null=True))
    summary = classed.school(models.JSONField(default=dict))
    staged = classed.personal(models.BinaryField(default=bytes))


class Remembered(models.Model):
    """Something every process of this installation must know for a while: tries that were made, codes that were used.

    `key` is a keyed hash, so that the table names no address and no account; `value` is plain JSON, never code.
    """

    belongs = belonging.to_nobody("keys are hashes of addresses and accounts; no school is in it")
    key = classed.school(models.CharField(max_length=64, primary_key=True))
    value = classed.school(models.JSONField(null=True))
    until = classed.school(models.DateTimeField(db_index=True))


class Worker(models.Model):
    """A process that works in the background, for as long as it lives; one that no longer beats is taken for lost."""

    belongs = belonging.to_nobody(HOUSEKEEPING)
    name = classed.school(models.CharField(max_length=32, primary_key=True))
    started_at = classed.school(models.DateTimeField())
    beat_at = classed.school(models.DateTimeField())


class UpkeepDuty(models.Model):
    """One kind of upkeep. Its row is locked by whoever decides whether it is due, so that one worker does it."""

    belongs = belonging.to_nobody(HOUSEKEEPING)
    name = classed.school(models.CharField(max_length=80, primary_key=True))


class UpkeepRun(models.Model):
    """One time an upkeep ran: by which worker, and what it said. `ended_at` is empty while it runs."""

    belongs = belonging.to_nobody(HOUSEKEEPING)
    duty = classed.school(models.ForeignKey(UpkeepDuty, on_delete=models.CASCADE, related_name="runs"))
    worker = classed.school(models.CharField(max_length=32))
    began_at = classed.school(models.DateTimeField())
    ended_at = classed.school(models.DateTimeField(null=True))
    failed = classed.school(models.BooleanField(default=False))
    said = classed.school(models.CharField(max_length=300, blank=True))

    class Meta:
        indexes = (models.Index(fields=["duty", "-began_at"], name="core_upkeep_newest"),)
