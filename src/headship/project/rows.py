"""The 25 rows of the Standards and what works of each today: one list, for the page, the README and the house test."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

NO_BREAK = "\N{NO-BREAK SPACE}"


class Status(StrEnum):
    """How far a row is."""

    WORKS = "works"
    BEGUN = "begun"
    TO_COME = "to come"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the standard in short, the capability, the applications that hold it, and what works of it `now`.

    `page` is the name of the address where it is used; `journey` the test that goes through it. A row to come has
    neither.
    """

    code: str
    standard: str
    capability: str
    applications: tuple[str, ...]
    status: Status = Status.TO_COME
    now: str = "Not begun."
    page: str = ""
    journey: str = ""


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain with its rows."""

    name: str
    rows: Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class RowsPage:
    """What works today."""

    title: str
    summary: str
    domains: Sequence[Domain]


DOMAINS = {
    "P": "Preamble",
    "1": "Qualities and knowledge",
    "2": "Pupils and staff",
    "3": "Systems and process",
    "4": "The self-improving school system",
}

ROWS = (
    Row("P", "Role, workload, room for professional development", "Workload ledger", ("voice", "strategy")),
    Row(
        "1.1",
        "Values and moral purpose",
        "Values, and decisions logged against them",
        ("strategy",),
        Status.BEGUN,
        "A school's values, decisions that name them, and each year's mirror of which were named. "
        "A published vision is to come.",
        "values",
        "tests/journeys/test_rows_at_work.py",
    ),
    Row(
        "1.2",
        "Optimistic behaviour, relationships",
        "360 feedback and voice",
        ("voice",),
        Status.BEGUN,
        "Surveys of staff, pupils, parents and governors, 360 feedback, and what was done about it. Translations, a "
        "paper form, the coaching pack, and compliments and complaints are to come.",
        "surveys",
        "tests/journeys/test_listening.py",
    ),
    Row(
        "1.3",
        "Leading by example",
        "The head's own learning, shown by choice",
        ("talent",),
        Status.BEGUN,
        "A headteacher's notes of learning, shown to staff by choice. Who here knows what is to come.",
        "learning-shared",
        "tests/journeys/test_rows_at_work.py",
    ),
    Row(
        "1.4",
        "Current knowledge, professional development",
        "CPD plan and log",
        ("talent",),
        Status.BEGUN,
        "Notes of learning with minutes and what will change. Plans, cost and the 12-week check are to come.",
        "learning",
        "tests/journeys/test_rows_at_work.py",
    ),
    Row("1.5", "Political and financial astuteness", "Policy translator", ("strategy",)),
    Row("1.6", "Communicating vision, driving strategy", "Strategic plan on a page", ("strategy",)),
    Row(
        "2.1",
        "Ambitious standards, disadvantage, equality",
        "Outcomes with intervals",
        ("schools", "outcomes"),
        Status.WORKS,
        "The school's own results by subject, progress from starting points, the disadvantage gap, groups, attendance "
        "and the years before, each with its interval and what it lets anybody say; published results beside England "
        "and the fifty schools most like ours; targets with the whole distribution of what may come; termly progress "
        "meetings; interventions with an honest effect; pupil premium beside the gap. Small groups are hidden.",
        "results",
        "tests/journeys/test_rows_at_work.py",
    ),
    Row("2.2", "Excellent teaching, curriculum design", "Curriculum map with a sequence checker", ("teaching",)),
    Row("2.3", "Open classrooms, research, data analysis", "Open-classroom invitations", ("teaching",)),
    Row(
        "2.4",
        "Motivated, supported staff",
        "Coaching and skills exchange",
        ("people", "talent", "voice"),
        Status.BEGUN,
        "Who coaches whom. The exchange of skills and the wellbeing pulse are to come.",
        "relationships",
        "tests/journeys/test_rows_at_work.py",
    ),
    Row("2.5", "Emerging talent, succession", "Leadership pipeline", ("talent",)),
    Row("2.6", "Conduct and practice", "Expectations acknowledged by version", ("appraisal",)),
    Row(
        "3.1",
        "Systems fit for purpose, probity",
        "Process register and tamper-evident log",
        ("governance", "core"),
        Status.BEGUN,
        "Everything done is chained in a tamper-evident log, which anybody can verify from checkpoints kept elsewhere. "
        "The process register and declarations are to come.",
        "audit-log",
        "tests/governance/test_log.py",
    ),
    Row("3.2", "Safe, calm, orderly", "Single central record with gap-finder", ("safeguarding",)),
    Row("3.3", "Fair, transparent performance management", "Staff appraisal", ("appraisal",)),
    Row(
        "3.4",
        "Governance, the head held to account",
        "Meetings and head's appraisal",
        ("people", "governance", "appraisal"),
        Status.BEGUN,
        "The board's own Today, its decisions, the profile as the head shares it, and the appraisal panel named. "
        "Meetings, minutes and the appraisal are to come.",
        "today",
        "tests/journeys/test_rows_at_work.py",
    ),
    Row("3.5", "Curriculum-led financial planning", "Curriculum and budget engine", ("finance",)),
    Row(
        "3.6",
        "Distributed leadership",
        "Decision journal and decision-rights map",
        ("strategy",),
        Status.BEGUN,
        "Decisions with who took them, in which post, and why. The map of who decides what is to come.",
        "decisions",
        "tests/journeys/test_rows_at_work.py",
    ),
    Row("4.1", "Outward-facing, mutual challenge", "Peer review between schools", ("network",)),
    Row("4.2", "Other public services", "Partner register and referral ledger", ("safeguarding",)),
    Row("4.3", "Evidence, challenging orthodoxy", "School trial kit", ("network",)),
    Row("4.4", "Training of the profession", "Programmes traced to practice", ("talent",)),
    Row("4.5", "Innovation and accountability", "Bets register", ("strategy",)),
    Row("4.6", "Inspiring beyond the school", "Outreach log and public page", ("network",)),
)


def page() -> RowsPage:
    """Arrange the rows by domain."""
    counts = [(status, sum(row.status is status for row in ROWS)) for status in Status]
    counted = ", ".join(f"{count} {status.value}" for status, count in counts if count)
    return RowsPage(
        title="What works today",
        summary=f"Today: {counted}.",
        domains=[
            Domain(DOMAINS[first], [_cells(row) for row in rows])
            for first, rows in groupby(ROWS, key=lambda row: row.code.split(".")[0])
        ],
    )


def _cells(row: Row) -> tuple[str, str, str, str]:
    return f"{row.code} {row.standard}", row.capability, row.status.value.capitalize().replace(" ", NO_BREAK), row.now
