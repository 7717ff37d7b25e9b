"""What `schools` offers the rest of the house."""

from headship.core.personal import Fate
from headship.core.registry import (
    EvidenceKind,
    Measure,
    Module,
    NavigationItem,
    Permit,
    PersonData,
    Retention,
    SourcePage,
)
from headship.schools import queries
from headship.schools.choices import PUBLISHED, READINGS

SCHEDULE = "the school's retention schedule"
REGISTER = "until the next import replaces it", "published by the Department for Education"

MODULE = Module(
    name="schools",
    label="Schools",
    purpose="To keep the school's calendar, and to show it in the calendars of those who ask.",
    characteristics=("2.1", "3.1", "3.2", "3.5"),
    # the calendar
    navigation=(
        NavigationItem("Today", "Calendar", "calendar"),
        NavigationItem("Pupils", "School facts", "facts", group="Results"),
    ),
    evidence_kinds=(EvidenceKind("schools.calendar", "term dates set", "term dates set"),),
    sources=(SourcePage("schools.AcademicYear", "calendar"),),
    next_actions=queries.next_actions,
    calendar=queries.calendar,
    person_data=(
        PersonData(
            "schools.CalendarFeed",
            ("person_id", "account_id"),
            "The address ends and its row goes with the person.",
            heading="Calendar addresses of yours",
            secrets=("token_hash",),
            fate=Fate.DELETE,
        ),
        PersonData(
            "schools.SchoolDay",
            (),
            "Stays: the school's calendar. Whoever it names asks the school to change it.",
            heading="Dates on the calendar",
            whose=(),
        ),
    ),
    # the register and published figures
    measures=tuple(
        Measure(f"schools.{code}", PUBLISHED[code].words, (serves,), PUBLISHED[code].unit, method)
        for code, (serves, method) in READINGS.items()
    ),
    retention=(
        Retention("schools.LocalAuthority", "local authorities", *REGISTER),
        Retention("schools.Trust", "trusts", *REGISTER),
        Retention("schools.School", "schools of the national register", *REGISTER),
        Retention("schools.SchoolLink", "which school came from which", *REGISTER),
        Retention("schools.PublishedFigure", "published figures", *REGISTER),
        Retention("schools.AreaFigure", "published figures of authorities and the country", *REGISTER),
        Retention("schools.NationalGrades", "grades of pupils in England by starting point", *REGISTER),
        Retention(
            "schools.AcademicYear",
            "academic years",
            "seven years after it ends",
            SCHEDULE,
            "starts_in",
            84,
            Fate.DELETE,
        ),
        Retention(
            "schools.Term", "term dates", "as long as its academic year", SCHEDULE, follows="schools.AcademicYear"
        ),
        Retention(
            "schools.SchoolDay",
            "days on the calendar",
            "seven years after its last day",
            SCHEDULE,
            "until",
            84,
            Fate.DELETE,
        ),
        Retention(
            "schools.CalendarFeed",
            "private calendar addresses",
            "until the account goes; an ended one a year",
            "needed only to be read",
            "revoked_at",
            12,
            Fate.DELETE,
        ),
    ),
    permits=(
        Permit("schools:read", "Find schools; read published figures and the calendar"),
        Permit("schools:write", "Set term dates; put days on the calendar and take them off"),
    ),
)
