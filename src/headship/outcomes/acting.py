"""What `outcomes` declares of what a school does about its results: targets, meetings, interventions, spending."""

from headship.core.personal import Fate
from headship.core.registry import EvidenceKind, NavigationItem, PersonData, Retention, SourcePage
from headship.outcomes import meeting_rules, rules, spend_rules, sum_rules

SCHOOL_RULE = "The school's own rule: what was done is read beside the results of the same years."

NAVIGATION = (
    NavigationItem("Pupils", "Targets", "targets", rules.see_results, group="What we do"),
    NavigationItem("Pupils", "Progress meetings", "meetings", meeting_rules.see_meetings, group="What we do"),
    NavigationItem("Pupils", "Interventions", "interventions", rules.see_results, group="What we do"),
    NavigationItem("Pupils", "Pupil premium spend", "spend", spend_rules.see_spending, group="What we do"),
    NavigationItem("Pupils", "Value added", "value-added", sum_rules.share_sums, group="Results"),
    NavigationItem("Pupils", "Value added", "trust-value-added", sum_rules.see_together, group="Results"),
)
EVIDENCE_KINDS = (
    EvidenceKind("outcomes.target", "target set", "targets set"),
    EvidenceKind("outcomes.meeting", "progress meeting", "progress meetings"),
    EvidenceKind("outcomes.intervention", "intervention planned", "interventions planned"),
    EvidenceKind("outcomes.intervention_reviewed", "intervention looked at", "interventions looked at"),
    EvidenceKind("outcomes.spending", "pupil premium grid", "pupil premium grids"),
    EvidenceKind("outcomes.visible", "contact for schools like ours", "contacts for schools like ours"),
    EvidenceKind("outcomes.shared", "sums shared with the trust", "assessments whose sums are shared with the trust"),
)
SOURCES = (
    SourcePage("outcomes.Target", "target", "target", rules.see_results),
    SourcePage("outcomes.ProgressMeeting", "meeting", "meeting", meeting_rules.see_meetings),
    SourcePage("outcomes.Intervention", "intervention", "intervention", rules.see_results),
    SourcePage("outcomes.SpendYear", "spend", "", spend_rules.see_spending),
    SourcePage("outcomes.VisibleContact", "similar", ""),
    SourcePage("outcomes.SharedSums", "value-added", "", sum_rules.share_sums),
)
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
    PersonData(
        "outcomes.Intervention",
        ("owner", "planned_by"),
        "kept: who planned it and who answers for it are the school's record",
        heading="Interventions you planned or answer for",
    ),
    PersonData(
        "outcomes.InterventionPupil",
        (),
        "Goes with the pupil's row.",
        heading="Pupils who take part in interventions",
        whose=(),
        others=("pupil",),
    ),
    PersonData(
        "outcomes.ProgressMeeting",
        ("noted_by", "present"),
        "kept: who was there is the school's record",
        heading="Progress meetings you were at, or noted",
        whose=("noted_by", "present"),
        others=("present",),
    ),
    PersonData(
        "outcomes.MeetingLine",
        ("owner",),
        "kept with its meeting",
        heading="What you took on in progress meetings",
        others=("pupils",),
    ),
    PersonData(
        "outcomes.SpendLine",
        ("owner",),
        "kept with the grid it belongs to",
        heading="Spending you answer for",
    ),
    PersonData(
        "outcomes.VisibleContact",
        ("shown_by",),
        "Deleted: the school is visible no more.",
        heading="The contact your school shows to schools like it",
        whose=("shown_by", "email"),
        fate=Fate.DELETE,
    ),
    PersonData(
        "outcomes.SharedSums",
        ("shared_by",),
        "kept while it is shared: who decided",
        heading="Sums you shared with your trust",
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
    Retention(
        "outcomes.Intervention",
        "interventions",
        "Seven years after it began",
        SCHOOL_RULE,
        "starts_on",
        84,
        Fate.DELETE,
    ),
    Retention(
        "outcomes.InterventionPupil",
        "who takes part in interventions",
        "As long as its intervention",
        SCHOOL_RULE,
        follows="outcomes.Intervention",
    ),
    Retention(
        "outcomes.ProgressMeeting",
        "progress meetings",
        "Seven years after it was held",
        SCHOOL_RULE,
        "held_on",
        84,
        Fate.DELETE,
    ),
    Retention(
        "outcomes.MeetingLine",
        "what progress meetings decided to change",
        "As long as its meeting",
        SCHOOL_RULE,
        follows="outcomes.ProgressMeeting",
    ),
    Retention(
        "outcomes.SpendYear",
        "pupil premium spending",
        "The academic year and six more",
        SCHOOL_RULE,
        "year",
        84,
        Fate.DELETE,
    ),
    Retention(
        "outcomes.SpendLine",
        "lines of pupil premium spending",
        "As long as its year",
        SCHOOL_RULE,
        follows="outcomes.SpendYear",
    ),
    Retention(
        "outcomes.VisibleContact",
        "the contact shown to schools like ours",
        "Until the headteacher switches it off",
        "It says whom to write to from now on.",
    ),
    Retention(
        "outcomes.SharedSums",
        "sums shared with the trust",
        "The academic year and two more, or until the headteacher takes them back",
        "Our own rule: the trust compares schools while the results are new.",
        "year",
        36,
        Fate.DELETE,
    ),
)
