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

    `page` is the name of the address where it is used; `journey` the test that goes through it, `others` those that
    go through more of it. A row to come has none of them.
    """

    code: str
    standard: str
    capability: str
    applications: tuple[str, ...]
    status: Status = Status.TO_COME
    now: str = "Not begun."
    page: str = ""
    journey: str = ""
    others: tuple[str, ...] = ()


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
    Row(
        "P",
        "Role, workload, room for professional development",
        "Workload ledger",
        ("voice", "workload"),
        Status.BEGUN,
        "Everything staff are asked for again and again, with its reason, its price in hours and what goes for it; "
        "proposals weighed with the hours of each post before and after; a review a year. Directed time placed on its "
        "days to the minute, too much refused, a statement for each. The workload pulse, and promises that follow from "
        "it. Room for "
        "professional development is to come.",
        "workload",
        "tests/journeys/test_workload.py",
    ),
    Row(
        "1.1",
        "Values and moral purpose",
        "Values, and decisions logged against them",
        ("strategy",),
        Status.WORKS,
        "A statement of vision, drafted, agreed by the board, published, and in force on any day; values; decisions "
        "that name them; and each year's mirror of which were acted on and which nobody named.",
        "values",
        "tests/journeys/test_planning.py",
        ("tests/journeys/test_rows_at_work.py",),
    ),
    Row(
        "1.2",
        "Optimistic behaviour, relationships",
        "360 feedback and voice",
        ("voice",),
        Status.WORKS,
        "Surveys of staff, pupils, parents and governors, on paper and in other languages too, 360 feedback with a "
        "coaching pack, shown by choice; compliments and complaints; and what was done about it all.",
        "surveys",
        "tests/journeys/test_listening.py",
        ("tests/journeys/test_complaining.py",),
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
        "Goals, and notes of learning with minutes and what will change. Cost and the 12-week check are to come.",
        "learning",
        "tests/journeys/test_rows_at_work.py",
    ),
    Row(
        "1.5",
        "Political and financial astuteness",
        "Policy translator",
        ("policies",),
        Status.WORKS,
        "Changes in national, local and trust policy, each traced to duty, policy, owner and action, with what is "
        "missing; policies by version, approved by head, committee or board, in force on any day, compared in words; "
        "who has read which version; reviews and what is overdue; and what is required and lacking, by a list of ours "
        "that is not yet checked.",
        "changes-in-policy",
        "tests/journeys/test_policies.py",
    ),
    Row(
        "1.6",
        "Communicating vision, driving strategy",
        "Strategic plan on a page",
        ("strategy",),
        Status.WORKS,
        "The plan on one screen and one page: priorities, objectives with measures, actions with owner, days, status "
        "and cost; a time line; the trace from vision to cost; orphans both ways; the board's approval and what "
        "changed since; versions for pupils, parents and staff; and a pulse of two questions, which says whether it "
        "has reached people.",
        "plan",
        "tests/journeys/test_planning.py",
    ),
    Row(
        "2.1",
        "Ambitious standards, disadvantage, equality",
        "Outcomes with intervals",
        ("schools", "outcomes", "equality"),
        Status.WORKS,
        "The school's own results by subject, progress from starting points, the disadvantage gap, groups, attendance "
        "and the years before, each with its interval and what it lets anybody say; published results beside England "
        "and the fifty schools most like ours; targets with the whole distribution of what may come; termly progress "
        "meetings; interventions with an honest effect; pupil premium beside the gap. Small groups are hidden. "
        "Equality objectives and information, published and reviewed; checks of whom a decision touches.",
        "results",
        "tests/journeys/test_rows_at_work.py",
        ("tests/journeys/test_equality.py", "tests/journeys/test_pupils_come_in.py"),
    ),
    Row("2.2", "Excellent teaching, curriculum design", "Curriculum map with a sequence checker", ("teaching",)),
    Row("2.3", "Open classrooms, research, data analysis", "Open-classroom invitations", ("teaching",)),
    Row(
        "2.4",
        "Motivated, supported staff",
        "Coaching and skills exchange",
        ("people", "talent", "voice"),
        Status.BEGUN,
        "Who coaches whom; a pulse of how staff are, told from five answers on, and what the school promised and did "
        "about it. The exchange of skills is to come.",
        "relationships",
        "tests/journeys/test_rows_at_work.py",
        ("tests/journeys/test_listening.py",),
    ),
    Row("2.5", "Emerging talent, succession", "Leadership pipeline", ("talent",)),
    Row(
        "2.6",
        "Conduct and practice",
        "Expectations acknowledged by version",
        ("appraisal", "policies"),
        Status.WORKS,
        "What staff expect of one another, in the school's own words, drafted, approved and in force from a day; each "
        "version is acknowledged by all staff, and a new one asks again. A neutral timeline holds what support was "
        "offered and the person's reply.",
        "conduct",
        "tests/journeys/test_conduct.py",
    ),
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
    Row(
        "3.3",
        "Fair, transparent performance management",
        "Staff appraisal",
        ("appraisal",),
        Status.WORKS,
        "Appraisal by group of staff: objectives that say whose they are and of which year, review in words, a sealed "
        "copy, moderation and appeal; excellent practice told with consent; whether it is fair, in words with "
        "intervals, also by what staff choose to say of themselves. Support before capability: a formal step is "
        "refused while it is missing.",
        "staff-appraisal",
        "tests/journeys/test_staff_appraisal.py",
        ("tests/journeys/test_fairness.py", "tests/journeys/test_appeals.py"),
    ),
    Row(
        "3.4",
        "Governance, the head held to account",
        "Meetings and head's appraisal",
        ("people", "governance", "appraisal"),
        Status.BEGUN,
        "The headteacher's year with the board, from panel and adviser to the locked statement, read by nobody else; "
        "the board's own Today, its decisions, the profile as the head shares it. Meetings and minutes are to come.",
        "head-appraisal",
        "tests/journeys/test_head_appraisal.py",
        ("tests/journeys/test_appeals.py", "tests/journeys/test_rows_at_work.py"),
    ),
    Row("3.5", "Curriculum-led financial planning", "Curriculum and budget engine", ("finance",)),
    Row(
        "3.6",
        "Distributed leadership",
        "Decision journal and decision-rights map",
        ("strategy",),
        Status.WORKS,
        "Who decides, is consulted and is told in each area, on any day; overlaps, gaps and load; teams that look at "
        "each other's decisions once a year; decisions with what was expected, looked back at beside what it was.",
        "who-decides",
        "tests/journeys/test_decision_rights.py",
        ("tests/journeys/test_rows_at_work.py",),
    ),
    Row("4.1", "Outward-facing, mutual challenge", "Peer review between schools", ("network",)),
    Row("4.2", "Other public services", "Partner register and referral ledger", ("safeguarding",)),
    Row("4.3", "Evidence, challenging orthodoxy", "School trial kit", ("network",)),
    Row("4.4", "Training of the profession", "Programmes traced to practice", ("talent",)),
    Row(
        "4.5",
        "Innovation and accountability",
        "Bets register, horizon and readiness",
        ("improvement",),
        Status.WORKS,
        "Bets with a stop date and a kill rule, which ask for continue, stop or scale with the evidence; what is "
        "coming, read by somebody for what it means; habits asked what they rest on; for each area of inspection "
        "what there is and what is thin, without a grade.",
        "bets",
        "tests/journeys/test_bets.py",
    ),
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
