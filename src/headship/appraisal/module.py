"""What `appraisal` offers the rest of the house."""

from collections.abc import Iterator
from datetime import date, datetime

from headship.appraisal import (
    appraising,
    conduct_rules,
    head_kept,
    head_rules,
    head_waiting,
    head_writing,
    staff_appeal_rules,
    staff_appeal_waiting,
    staff_course_actions,
    staff_cycle_actions,
    staff_kept,
    staff_practice_actions,
    staff_practice_rules,
    staff_rules,
    staff_waiting,
    support_queries,
    support_rules,
    support_waiting,
)
from headship.core.personal import Fate
from headship.core.registry import (
    CalendarEvent,
    EvidenceKind,
    Module,
    NavigationItem,
    News,
    NextAction,
    PersonData,
    Retention,
    SourcePage,
)
from headship.core.roles import Role
from headship.core.scope import Scope

SUPPORT_RULE = "The school's own rule: long enough to show, later, that help came first and what was replied."
GROUP = "Appraisal"
AS_SUPPORT = "As long as its support"


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Say what waits for the reader."""
    yield from head_waiting.next_actions(scope)
    yield from staff_waiting.next_actions(scope)
    yield from staff_appeal_waiting.next_actions(scope)
    yield from support_waiting.next_actions(scope)


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Put what is due on the calendar of those who know of it."""
    yield from head_waiting.calendar(scope, since, until)
    yield from staff_waiting.calendar(scope, since, until)
    yield from support_waiting.calendar(scope, since, until)


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Say what happened in the years of appraisal that the reader reads."""
    yield from head_waiting.news(scope, since)
    yield from staff_waiting.news(scope, since)


def _as_head(scope: Scope) -> str | None:
    return None if scope.has(Role.HEADTEACHER) else head_rules.HEAD_ONLY


def _as_board(scope: Scope) -> str | None:
    return head_rules.find(scope) if _as_head(scope) else head_rules.FINDERS_ONLY


MODULE = Module(
    name="appraisal",
    label="Appraisal",
    purpose="To give the headteacher and all staff a fair year of appraisal, and help before any formal step.",
    characteristics=("2.6", "3.3", "3.4"),
    apart=True,
    navigation=(
        NavigationItem("People", "My appraisal", "head-appraisal", _as_head, GROUP),
        NavigationItem("People", "Appraisal", "staff-appraisal", staff_rules.open_list, GROUP),
        NavigationItem("People", "Excellent practice", "practice", staff_practice_rules.see, GROUP),
        NavigationItem("People", "Is it fair?", "staff-fairness", staff_rules.look_at_fairness, GROUP),
        NavigationItem("People", "What we expect of one another", "conduct", conduct_rules.see, GROUP),
        NavigationItem("People", "Support", "support-list", support_rules.open_list, GROUP),
        NavigationItem("Board", "Headteacher's appraisal", "head-appraisal", _as_board),
        NavigationItem("Board", "Appeals of staff", "staff-appeals", staff_appeal_rules.find_as_board),
        NavigationItem("Board", "Headteachers' appraisal", "trust-head-appraisal"),
    ),
    evidence_kinds=(
        EvidenceKind(head_writing.KIND, "step of the headteacher's appraisal", "steps of the headteacher's appraisal"),
        EvidenceKind("appraisal.conduct", "expectation of conduct", "expectations of conduct"),
        EvidenceKind(staff_cycle_actions.KIND, "cycle of staff appraisal", "cycles of staff appraisal"),
        EvidenceKind(staff_course_actions.KIND, "completed appraisal", "completed appraisals"),
        EvidenceKind(staff_practice_actions.KIND, "excellent practice", "excellent practices"),
        EvidenceKind("appraisal.support", "support that ended well", "supports that ended well"),
    ),
    sources=(
        SourcePage("appraisal.HeadYear", "head-appraisal", "", head_rules.find),
        SourcePage("appraisal.Expectation", "conduct", "", conduct_rules.see),
        SourcePage("appraisal.StaffCycle", "staff-cycle", "cycle", staff_rules.set_up),
        SourcePage("appraisal.StaffYear", "staff-year", "appraised", staff_rules.open_list),
        SourcePage("appraisal.ExcellentPractice", "practice", "", staff_practice_rules.see),
        SourcePage("appraisal.Support", "support", "support", support_rules.open_list),
    ),
    next_actions=next_actions,
    calendar=calendar,
    trust_actions=head_waiting.trust_actions,
    trust_calendar=head_waiting.trust_calendar,
    news=news,
    appraising=appraising.told,
    person_data=(
        *head_kept.PERSON_DATA,
        *staff_kept.PERSON_DATA,
        PersonData(
            "appraisal.Expectation",
            ("named_by",),
            "kept: the school's own record of what it expects",
            heading="Policies you named as expectations of conduct",
        ),
        PersonData(
            "appraisal.Support",
            ("person", "supporter"),
            "kept: that help was offered, until its time is over",
            heading="Support you were offered, or gave",
            readable=support_queries.may_be_read,
        ),
        PersonData(
            "appraisal.SupportLine",
            ("by",),
            "kept with its support",
            heading="What was written about support you were offered, or gave",
            whose=("by", "support__person"),
            passages=("said",),
            readable=support_queries.lines_read,
        ),
    ),
    retention=(
        *head_kept.RETENTION,
        *staff_kept.RETENTION,
        Retention("appraisal.Expectation", "expectations of conduct", "While the school uses Headship",
                  "It stands with its policy, and names nobody but who said so."),
        Retention("appraisal.Support", "support for staff", "Six years after it ended", SUPPORT_RULE,
                  months=support_rules.KEPT_MONTHS, fate=Fate.DELETE, due=support_queries.over),
        Retention("appraisal.SupportReview", "reviews of support", AS_SUPPORT, SUPPORT_RULE,
                  follows="appraisal.Support"),
        Retention("appraisal.SupportLine", "timelines of support", AS_SUPPORT, SUPPORT_RULE,
                  follows="appraisal.Support"),
    ),
)  # fmt: skip
