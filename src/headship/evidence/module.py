"""What `evidence` offers the rest of the house."""

from headship.core.personal import Fate
from headship.core.registry import EvidenceKind, Module, NavigationItem, Permit, PersonData, Recorder, Retention
from headship.evidence import actions, removal, rules, waiting

MODULE = Module(
    name="evidence",
    label="Standards",
    purpose="To show what leaders do for each characteristic of the Standards, and to let them reflect on it.",
    navigation=(NavigationItem("Standards", "Standards profile", "profile", rules.see_profile),),
    evidence_kinds=(EvidenceKind("evidence.noted", "note by hand", "notes by hand", from_work=False),),
    next_actions=waiting.next_actions,
    news=waiting.news,
    recorder=Recorder(record=actions.record, withdraw=actions.withdraw, store_readings=actions.store_readings),
    person_data=(
        PersonData(
            "evidence.EntryShare",
            ("person",),
            "The person is no longer named; the entry stays its owner's.",
            heading="Evidence that others share with you by name",
            fate=Fate.DELETE,
        ),
        PersonData(
            "evidence.Tally",
            ("owner_key",),
            "Counts of the person's own entries go with those entries.",
            heading="Counts of your own evidence",
            own=True,
            fate=Fate.DELETE,
        ),
        PersonData(
            "evidence.Entry",
            ("owner",),
            "What was the person's own goes with them; the school's stays.",
            heading="Evidence of your own",
            own=True,
            fate=Fate.DELETE,
        ),
        PersonData(
            "evidence.Reflection",
            ("person",),
            "Reflections belong to the person and go with them.",
            heading="Your reflections",
            own=True,
            fate=Fate.DELETE,
        ),
    ),
    retention=(
        Retention(
            "evidence.Entry",
            "evidence",
            "seven years after the day it tells of",
            "the school's retention schedule",
            start="occurred_on",
            months=84,
            fate=Fate.DELETE,
            remove=removal.remove_entries,
        ),
        Retention(
            "evidence.Serves",
            "which standards evidence points at",
            "as long as its entry",
            "the school's retention schedule",
            follows="evidence.Entry",
        ),
        Retention(
            "evidence.Tally",
            "counts of evidence",
            "as long as the entries it counts",
            "the school's retention schedule",
            follows="evidence.Entry",
        ),
        Retention(
            "evidence.EntryShare",
            "whom evidence was shared with",
            "as long as its entry",
            "the school's retention schedule",
            follows="evidence.Entry",
        ),
        Retention(
            "evidence.Reflection", "reflections", "until its writer asks for it to go", "it belongs to the person"
        ),
        Retention(
            "evidence.Reading",
            "readings of measures",
            "seven years after its academic year",
            "published or derived figures, needed for trends",
            start="year",
            months=84,
            fate=Fate.DELETE,
        ),
    ),
    permits=(
        Permit("evidence:read", "Read the Standards profile, its evidence, figures and reflections"),
        Permit("evidence:write", "Note evidence by hand; say where I stand"),
    ),
)
