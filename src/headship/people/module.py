"""What `people` offers the rest of the house."""

from headship.core.registry import EvidenceKind, Module, NavigationItem, Permit, PersonData, Retention, SourcePage
from headship.people import rules

SCHOOL_RULE = "The school's own retention schedule; six years is the usual limit of claims."

MODULE = Module(
    name="people",
    label="People",
    characteristics=("2.5", "3.3", "3.4", "3.6"),
    navigation=(
        NavigationItem("People", "People", "people"),
        NavigationItem("People", "Lists of staff and pupils", "rosters", rules.bring_roster),
        NavigationItem("People", "Who supports whom", "relationships"),
    ),
    evidence_kinds=(
        EvidenceKind("people.appointment", "leader appointed", "leaders appointed"),
        EvidenceKind("people.coach", "coach named", "coaches named"),
        EvidenceKind("people.appraiser", "appraiser named", "appraisers named"),
        EvidenceKind("people.panel", "appraisal panel", "appraisal panels"),
        EvidenceKind("people.governor_invited", "governor invited", "governors invited"),
    ),
    sources=(
        SourcePage("people.Post", "people"),
        SourcePage("people.Invitation", "people"),
        SourcePage("people.Relationship", "relationships"),
    ),
    person_data=(
        PersonData("people.Account", ("person",), "Deleted, with its passkeys and codes."),
        PersonData("people.ApiToken", ("person",), "Deleted with the account: they stop working at once."),
        PersonData("people.Post", ("person",), "Kept without the title and reason: the school's history of posts."),
        PersonData("people.Relationship", ("holder", "about"), "Deleted."),
        PersonData("people.RosterKey", ("person",), "Deleted: the school's next list no longer finds them here."),
        PersonData("people.Invitation", ("invited_by",), "The name and address are removed."),
    ),
    retention=(
        Retention("people.Person", "As long as they hold a post, then six years", SCHOOL_RULE),
        Retention("people.Account", "Until the last post has been over for a year", SCHOOL_RULE),
        Retention("people.ApiToken", "A year after it ended", "Our own rule: long enough to see which token was used."),
        Retention("people.Post", "Six years after it ends", SCHOOL_RULE),
        Retention("people.Relationship", "Six years after it ends", SCHOOL_RULE),
        Retention("people.RosterKey", "As long as the post it found", SCHOOL_RULE),
        Retention("people.Pupil", "As long as they are on roll, then six years", SCHOOL_RULE),
        Retention("people.Invitation", "A year after it was sent", "Our own rule: an old letter proves nothing."),
    ),
    permits=(Permit("people:read", "Read who I am, who holds which post, who supports whom, and open invitations"),),
)
