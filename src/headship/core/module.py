"""What the house itself keeps: the audit chain and the batches of imports."""

from datetime import timedelta

from headship.core import audit, remembered, tidying
from headship.core.personal import Fate
from headship.core.registry import Module, PersonData, Retention, Upkeep

MODULE = Module(
    name="core",
    label="The house",
    purpose="To prove who did what and when, and to take a mistaken import back.",
    person_data=(
        PersonData(
            "core.AuditEvent",
            ("person_id",),
            "Stays: the chain proves who did what. It holds a key, no words.",
            heading="What you did, as the audit chain tells it",
            others=("canonical", "previous_hash", "hash"),
        ),
        PersonData(
            "core.AuditDetail",
            ("person_id",),
            "Deleted; the chain stays whole.",
            heading="Words about you in the audit",
            secrets=("salt",),
            passages=("words",),
            fate=Fate.DELETE,
        ),
        PersonData(
            "core.ImportBatch",
            ("created_by",),
            "The key stays with the batch: it says who brought the file in.",
            heading="Files you brought in",
            others=("staged", "summary"),
        ),
    ),
    retention=(
        Retention(
            "core.AuditDetail",
            "names and words in the audit log",
            "for as long as what it tells of",
            "words about people go when the rest does",
        ),
        Retention(
            "core.Checkpoint",
            "signed checkpoints of the audit log",
            "for as long as the installation runs",
            "it proves what the chain was",
        ),
        Retention(
            "core.ChainHead",
            "the newest link of each audit log",
            "for as long as the installation runs",
            "the newest link of the audit chain",
        ),
        Retention(
            "core.AuditEvent",
            "events of the audit log",
            "for as long as the installation runs",
            "a chain with links removed proves nothing",
        ),
        Retention(
            "core.Remembered",
            "tries at signing in, and codes already used",
            "a day at most",
            "our own rule: limits and used codes matter for minutes",
        ),
        Retention(
            "core.Worker",
            "who works in the background",
            "until it ends, or a day after it is lost",
            "it tells which worker has a task",
        ),
        Retention(
            "core.UpkeepDuty", "kinds of upkeep", "for as long as the installation runs", "one row a kind of upkeep"
        ),
        Retention("core.UpkeepRun", "what upkeep did", "90 days", "it tells those who keep the installation what ran"),
        Retention(
            "core.ImportBatch",
            "files brought in, and what undoing them needs",
            "for as long as the installation runs; what undoing needs, one year",
            "our own rule: after a year nobody takes an import back",
            start="created_at",
            months=12,
            fate=Fate.EMPTY,
            empties=("staged",),
        ),
    ),
    upkeep=(
        Upkeep("core.tidy_background", "Forget finished work in the background", timedelta(days=1), tidying.tidy),
        Upkeep(
            "forget-what-is-over",
            "Forget tries and used codes that count no longer",
            timedelta(hours=1),
            remembered.forget_what_is_over,
        ),
        Upkeep(
            "checkpoints",
            "Sign the audit log of every school that did something since",
            every=timedelta(minutes=15),
            run=audit.sign_all,
        ),
    ),
)
