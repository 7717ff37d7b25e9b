"""What the house itself offers: Today, the one row that remembers the first hour, and the nightly backup."""

from datetime import timedelta

from headship.core.personal import Fate
from headship.core.registry import Module, NavigationItem, Permit, PersonData, Readiness, Retention, Upkeep
from headship.project.backups import keeping

MODULE = Module(
    name="project",
    label="Headship",
    purpose="To set the installation up once.",
    navigation=(NavigationItem("Today", "Today", "today"),),
    person_data=(
        PersonData(
            "project.SetUp",
            ("person",),
            "Emptied: who set the installation up is no longer told.",
            heading="That you set this installation up",
            fate=Fate.EMPTY,
            empties=("person",),
        ),
    ),
    next_actions=keeping.next_actions,
    retention=(
        Retention(
            "project.SetUp",
            "that Headship is set up",
            "while the installation lasts",
            "one row that tells it is set up",
        ),
        Retention(
            "project.Backup",
            "that a backup was made",
            "while the installation lasts",
            "one short row a night, without a person in it",
        ),
    ),
    upkeep=(
        Upkeep("project.backup", "Make a backup, read it back, let old ones go", timedelta(days=1), keeping.nightly),
    ),
    readiness=(Readiness("backups", keeping.not_ready),),
    permits=(Permit("today:read", "Read what waits for me today, what is on and what is new"),),
)
