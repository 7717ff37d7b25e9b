"""What `people` offers the rest of the house."""

from datetime import timedelta

from headship.core.personal import Fate
from headship.core.registry import (
    EvidenceKind,
    Module,
    NavigationItem,
    Permit,
    PersonData,
    Retention,
    SourcePage,
    Upkeep,
)
from headship.people import devices, leavers, rules

GROUP = "People"
SCHOOL_RULE = "The school's own retention schedule; six years is the usual limit of claims."
# What the sign-in library keeps of an account. All of it goes with the account.
SIGN_IN = (
    PersonData(
        "account.EmailAddress",
        ("user",),
        "Goes with the account.",
        heading="Addresses you sign in with",
        fate=Fate.DELETE,
    ),
    PersonData(
        "mfa.Authenticator",
        ("user",),
        "Goes with the account.",
        heading="Your passkeys, authenticator app and recovery codes",
        secrets=("data",),
        fate=Fate.DELETE,
    ),
    PersonData(
        "socialaccount.SocialAccount",
        ("user",),
        "Goes with the account.",
        heading="Sign-in held elsewhere",
        fate=Fate.DELETE,
    ),
)

MODULE = Module(
    name="people",
    label="People",
    purpose="To know who holds which post, what each may see, and how they sign in.",
    characteristics=("2.5", "3.3", "3.4", "3.6"),
    navigation=(
        NavigationItem("People", "People", "people", group=GROUP),
        NavigationItem("People", "Lists of staff and pupils", "rosters", rules.bring_roster, GROUP),
        NavigationItem("People", "Who supports whom", "relationships", group=GROUP),
        NavigationItem("People", "Schools of the trust", "trust"),
    ),
    evidence_kinds=(
        EvidenceKind("people.appointment", "leader appointed", "leaders appointed"),
        EvidenceKind("people.coach", "coach named", "coaches named"),
        EvidenceKind("people.appraiser", "appraiser named", "appraisers named"),  # of earlier versions, as the next
        EvidenceKind("people.panel", "appraisal panel", "appraisal panels"),
        EvidenceKind("people.governor_invited", "governor invited", "governors invited"),
    ),
    sources=(
        SourcePage("people.Post", "people"),
        SourcePage("people.Invitation", "people"),
        SourcePage("people.Relationship", "relationships"),
    ),
    person_data=(
        PersonData(
            "people.Person",
            (),
            "The name and address are removed; what stays at the school points at nobody by name.",
            heading="Who you are",
            whose=("id",),
            fate=Fate.EMPTY,
            empties=("name", "email"),
        ),
        PersonData(
            "people.Account",
            ("person",),
            "Deleted, with its passkeys and codes.",
            heading="Your account",
            secrets=("password",),
            fate=Fate.DELETE,
        ),
        *SIGN_IN,
        PersonData(
            "people.ApiToken",
            ("person",),
            "Deleted with the account: they stop working at once.",
            heading="Your tokens for other programs",
            secrets=("token_hash",),
            fate=Fate.DELETE,
        ),
        PersonData(
            "people.Post",
            ("person",),
            "Kept without the title and reason: the school's history of posts.",
            heading="Posts you hold or held",
            passages=("reason",),
            fate=Fate.EMPTY,
            empties=("title", "reason"),
        ),
        PersonData(
            "people.Relationship",
            ("holder", "about"),
            "Deleted.",
            heading="Who supports whom: line managers, coaches; and in earlier years who appraised",
            fate=Fate.DELETE,
        ),
        PersonData(
            "people.RosterKey",
            ("person",),
            "Deleted: the school's next list no longer finds them here.",
            heading="How the school's own list knows you",
            fate=Fate.DELETE,
        ),
        PersonData(
            "people.Pupil",
            (),
            "Stays for its time: without a name, only the school's own system can say whose row it is.",
            heading="Pupils on roll",
            whose=(),
            others=("key_hash", "year_group"),
        ),
        PersonData(
            "people.Invitation",
            ("invited_by",),
            "The name and address are removed.",
            heading="Invitations to you",
            whose=("email",),
            secrets=("token_hash",),
            fate=Fate.EMPTY,
            empties=("name", "email", "title"),
        ),
        PersonData(
            "people.Invitation",
            ("invited_by",),
            "Stays while the invitation does: it says who sent the letter.",
            heading="Invitations you sent",
            others=("name", "email", "role", "title", "starts_on", "token_hash"),
        ),
    ),
    retention=(
        Retention(
            "people.Person",
            "people's names and e-mail addresses",
            "As long as they hold a post, then six years",
            SCHOOL_RULE,
            months=72,
            fate=Fate.EMPTY,
            empties=("name", "email"),
            due=leavers.people_gone_by,
        ),
        Retention(
            "people.Account",
            "accounts",
            "Until the last post has been over for a year",
            SCHOOL_RULE,
            months=12,
            fate=Fate.DELETE,
            due=leavers.accounts_gone_by,
        ),
        Retention(
            "people.Post", "posts", "As long as its holder is known by name; then without title and reason", SCHOOL_RULE
        ),
        Retention(
            "people.Relationship",
            "who supports whom",
            "Six years after it ends",
            SCHOOL_RULE,
            "ends_on",
            72,
            Fate.DELETE,
        ),
        Retention(
            "people.ApiToken",
            "tokens for programs",
            "A year after it ended",
            "Our own rule: long enough to see which token was used.",
        ),
        Retention(
            "people.RosterKey", "codes by which staff lists know people", "As long as the post it found", SCHOOL_RULE
        ),
        Retention(
            "people.Pupil",
            "pupils on roll, without names",
            "As long as they are on roll, then six years",
            SCHOOL_RULE,
            "left_on",
            72,
            Fate.DELETE,
        ),
        Retention(
            "people.Invitation",
            "letters of invitation",
            "A year after it was sent",
            "Our own rule: an old letter proves nothing.",
            "invited_at",
            12,
            Fate.DELETE,
        ),
    ),
    upkeep=(
        Upkeep(
            "forget-sessions",
            "Forget sign-ins that are over",
            every=timedelta(hours=1),
            run=devices.forget_what_is_over,
        ),
    ),
    permits=(Permit("people:read", "Read who I am, who holds which post, who supports whom, and open invitations"),),
)
