"""What `governance` offers the rest of the house."""

from datetime import timedelta

from headship.core.personal import Fate
from headship.core.registry import Module, NavigationItem, PersonData, Retention, Upkeep
from headship.governance import documents, rules

MODULE = Module(
    name="governance",
    label="Board",
    purpose="To prove to the board that the record of what was done was not changed.",
    characteristics=("3.1",),
    navigation=(NavigationItem("Board", "Can you trust the log?", "audit-log", rules.see_log),),
    person_data=(
        PersonData(
            "governance.CheckpointReader",
            ("person", "chosen_by"),
            "Deleted: they get no mail any more.",
            heading="Checkpoints mailed to you",
            whose=("person",),
            others=("chosen_by",),
            fate=Fate.DELETE,
        ),
    ),
    retention=(
        Retention(
            "governance.CheckpointReader",
            "who gets the daily checkpoint",
            "Until another choice is made",
            "It says who gets a mail from now on.",
        ),
    ),
    upkeep=(
        Upkeep(
            "mail-checkpoints",
            "Mail the newest checkpoint of each audit log to those the school chose",
            every=timedelta(days=1),
            run=documents.send_checkpoints,
        ),
    ),
)
