"""What `evidence` offers the rest of the house."""

from headship.core.registry import EvidenceKind, Module, NavigationItem, Permit, PersonData, Recorder, Retention
from headship.evidence import actions, rules, waiting

MODULE = Module(
    name="evidence",
    label="Standards",
    navigation=(NavigationItem("Standards", "Standards profile", "profile", rules.see_profile),),
    evidence_kinds=(EvidenceKind("evidence.noted", "note by hand", "notes by hand", from_work=False),),
    next_actions=waiting.next_actions,
    news=waiting.news,
    recorder=Recorder(record=actions.record, withdraw=actions.withdraw, store_readings=actions.store_readings),
    person_data=(
        PersonData("evidence.Entry", ("owner",), "What was the person's own goes with them; the school's stays."),
        PersonData("evidence.Tally", ("owner_key",), "Counts of the person's own entries go with those entries."),
        PersonData("evidence.EntryShare", ("person",), "The person is no longer named; the entry stays its owner's."),
        PersonData("evidence.Reflection", ("person",), "Reflections belong to the person and go with them."),
    ),
    retention=(
        Retention("evidence.Entry", "six academic years after the one it tells of", "the school's retention schedule"),
        Retention("evidence.Serves", "as long as its entry", "the school's retention schedule"),
        Retention("evidence.Tally", "as long as the entries it counts", "the school's retention schedule"),
        Retention("evidence.EntryShare", "as long as its entry", "the school's retention schedule"),
        Retention("evidence.Reflection", "until its writer asks for it to go", "it belongs to the person"),
        Retention("evidence.Reading", "six academic years", "published or derived figures, needed for trends"),
    ),
    permits=(
        Permit("evidence:read", "Read the Standards profile, its evidence, figures and reflections"),
        Permit("evidence:write", "Note evidence by hand; say where I stand"),
    ),
)
