"""The posts a person may hold, in the field's own words, and what each means in plain English."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody does at a school or trust. A post is a role at a place between two dates.

    >>> Role.HEADTEACHER.words
    'Headteacher'
    """

    HEADTEACHER = "headteacher"
    SENIOR_LEADER = "senior_leader"
    MIDDLE_LEADER = "middle_leader"
    TEACHER = "teacher"
    SUPPORT_STAFF = "support_staff"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    BUSINESS_MANAGER = "business_manager"
    OFFICE = "office"
    CHAIR = "chair"
    GOVERNOR = "governor"
    CLERK = "clerk"
    EXTERNAL_ADVISER = "external_adviser"
    TRUST_LEADER = "trust_leader"
    AUTHORITY_LEADER = "authority_leader"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        """The role's name as it stands on pages."""
        return _WORDS[self][0]

    @property
    def meaning(self) -> str:
        """One sentence: what this person can do and see here."""
        return _WORDS[self][1]


_LIKE_STAFF = "Sees what is shared with all staff, and what is their own."
_LIKE_GOVERNORS = "sees counts and documents, never named pupils or staff appraisals."
_WORDS = {
    Role.HEADTEACHER: (
        "Headteacher",
        "Leads the school: sees all but private notes, raw survey answers and matters about themselves.",
    ),
    Role.SENIOR_LEADER: ("Senior leader", "Sees what leaders see, not other teams' appraisals."),
    Role.MIDDLE_LEADER: (
        "Middle leader",
        "Leads a subject, phase or team: sees what staff see, and their team's work.",
    ),
    Role.TEACHER: ("Teacher", _LIKE_STAFF),
    Role.SUPPORT_STAFF: ("Support staff", _LIKE_STAFF),
    Role.SAFEGUARDING_LEAD: (
        "Designated safeguarding lead",
        "Leads safeguarding: sees what leaders see, and the safeguarding compartment.",
    ),
    Role.BUSINESS_MANAGER: (
        "School business manager",
        "Runs budget and premises: sees what leaders see, not appraisals or concerns.",
    ),
    Role.OFFICE: ("Office", "Keeps the calendar and the lists: sees what is shared with all staff."),
    Role.CHAIR: ("Chair of governors", f"Leads the governing board: {_LIKE_GOVERNORS}"),
    Role.GOVERNOR: ("Governor", f"Sits on the governing board: {_LIKE_GOVERNORS}"),
    Role.CLERK: ("Governance professional", "Runs the board's business: sees what governors see."),
    Role.EXTERNAL_ADVISER: (
        "External adviser",
        "Advises the headteacher's appraisal panel; else sees only the calendar, counts and published figures.",
    ),
    Role.TRUST_LEADER: ("Trust leader", "Sees figures across the trust's schools, not names."),
    Role.AUTHORITY_LEADER: ("Local authority leader", "Sees figures across the authority's schools, not names."),
    Role.DATA_PROTECTION_OFFICER: (
        "Data protection officer",
        "Watches over personal data: answers requests about it and approves what is deleted; else sees who works here.",
    ),
    Role.ADMINISTRATOR: ("System administrator", "Keeps accounts and imports working; cannot read content."),
}

LEADERS = frozenset({Role.HEADTEACHER, Role.SENIOR_LEADER, Role.SAFEGUARDING_LEAD, Role.BUSINESS_MANAGER})
STAFF = LEADERS | {Role.MIDDLE_LEADER, Role.TEACHER, Role.SUPPORT_STAFF, Role.OFFICE}
BOARD = frozenset({Role.CHAIR, Role.GOVERNOR, Role.CLERK})
ABOVE_SCHOOLS = frozenset({Role.TRUST_LEADER, Role.AUTHORITY_LEADER})
