"""What `policies` offers the rest of the house."""

from headship.core.personal import Fate
from headship.core.registry import (
    Destination,
    EvidenceKind,
    Module,
    NavigationItem,
    Permit,
    PersonData,
    Retention,
    SourcePage,
)
from headship.policies import change_rules, rules, waiting

GROUP = "Policies"
WHILE = "While the school uses Headship"
OURS = "Which words were in force on any day can be told."
SCHOOL_RULE = "The school's rule; the same time as its other records of how it is run."

MODULE = Module(
    name="policies",
    label="Policies",
    purpose="To turn changes in policy into the school's own duties, policies and actions.",
    characteristics=("1.5",),
    navigation=(
        NavigationItem("Strategy", "Policies", "policies", rules.see, GROUP),
        NavigationItem("Strategy", "What changes ask of us", "changes-in-policy", rules.see, GROUP),
        NavigationItem("Strategy", "To read", "policies-to-read", rules.is_staff, GROUP),
    ),
    next_actions=waiting.next_actions,
    news=waiting.news,
    calendar=waiting.calendar,
    sources=(
        SourcePage("policies.PolicyApproval", "policy-approval", "approval", rules.see),
        SourcePage("policies.PolicyVersion", "policy-text", "text", rules.see),
        SourcePage("policies.DutyAction", "duty-action", "doing", rules.see),
    ),
    destinations=(
        Destination(
            "policies.note_change",
            "Note a change in policy",
            "change-in-policy-add",
            ("1.5",),
            change_rules.keep,
            ("title", "source", "link", "origin"),
        ),
    ),
    permits=(Permit("policies:read", "Read the school's policies, and what changes in policy ask of it"),),
    evidence_kinds=(
        EvidenceKind("policies.approval", "approval of a policy", "approvals of policies"),
        EvidenceKind("policies.action", "action on a change in policy", "actions on changes in policy"),
    ),
    person_data=(
        PersonData("policies.Policy", ("owner",), "kept: the school's own policies", heading="Policies you answer for"),
        PersonData(
            "policies.PolicyVersion", (), "kept: the school's own policies", heading="The words of policies", whose=()
        ),
        PersonData(
            "policies.PolicyReview", ("by",), "kept: the school's own policies", heading="Reviews of policies you noted"
        ),
        PersonData(
            "policies.PolicyApproval",
            ("recorded_by",),
            "kept: the school's own record of who approved what",
            heading="Approvals of policies you recorded",
        ),
        PersonData(
            "policies.Acknowledgement",
            ("person",),
            "kept: the school's own record of who had read its policies",
            heading="Policies you said you have read",
        ),
        PersonData(
            "policies.PolicyChange",
            ("noted_by",),
            "kept: the school's own record of what was asked of it",
            heading="Changes in policy you noted",
        ),
        PersonData(
            "policies.Duty",
            ("owner",),
            "kept: the school's own record of what was asked of it",
            heading="Duties you answer for",
        ),
        PersonData(
            "policies.DutyAction",
            ("owner",),
            "kept: the school's own record of what was done",
            heading="What you do because policy changed",
        ),
    ),
    retention=(
        Retention("policies.Policy", "policies", WHILE, OURS),
        Retention("policies.PolicyVersion", "versions of policies", WHILE, OURS),
        Retention("policies.PolicyReview", "reviews of policies", WHILE, "They stand with the policy."),
        Retention("policies.PolicyApproval", "approvals of policies", WHILE, "They stand with what was approved."),
        Retention(
            "policies.Acknowledgement",
            "who said they have read a policy",
            "Seven years",
            SCHOOL_RULE,
            "on",
            84,
            Fate.DELETE,
        ),
        Retention(
            "policies.PolicyChange",
            "changes in policy",
            "Seven years after they were noted",
            SCHOOL_RULE,
            "noted_on",
            84,
            Fate.DELETE,
        ),
        Retention(
            "policies.Duty",
            "duties",
            "As long as the change that brought them",
            SCHOOL_RULE,
            follows="policies.PolicyChange",
        ),
        Retention(
            "policies.DutyAction",
            "actions on duties",
            "As long as the change that brought them",
            SCHOOL_RULE,
            follows="policies.PolicyChange",
        ),
    ),
)
