"""What `outcomes` declares of what a school does about its results: targets, meetings, interventions, spending."""

from headship.core.personal import Fate
from headship.core.registry import EvidenceKind, NavigationItem, PersonData, Retention, SourcePage
from headship.outcomes import rules

SCHOOL_RULE = "The school's own rule: what was done is read beside the results of the same years."

NAVIGATION = (NavigationItem("Pupils", "Targets", "targets", rules.see_results),)
EVIDENCE_KINDS = (EvidenceKind("outcomes.target", "target set", "targets set"),)
SOURCES = (SourcePage("outcomes.Target", "target", "target", rules.see_results),)
PERSON_DATA = (
    PersonData(
        "outcomes.Target",
        ("owner", "set_by"),
        "kept: who set it and who answers for it are the school's record",
        heading="Targets you set or answer for",
    ),
    PersonData(
        "outcomes.TargetChange",
        ("by",),
        "kept with the target it belongs to",
        heading="What you wrote about targets",
    ),
)
RETENTION = (
    Retention("outcomes.Target", "targets", "The academic year and six more", SCHOOL_RULE, "year", 84, Fate.DELETE),
    Retention(
        "outcomes.TargetChange",
        "the history of targets",
        "As long as its target",
        SCHOOL_RULE,
        follows="outcomes.Target",
    ),
)
